"""The evaluators' tab in a real Chromium: a run, failures, a comparison, blind ratings, a topic."""

from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.evaluation import run_evaluation
from assistant.records.users import Role, Users
from assistant.service import Assistant
from tests.browser.axe import serious
from tests.browser.conftest import Desk
from tests.browser.hands import troubles

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PASSWORD = "correct horse"
TOPICS = """
defaults: {as_of: 2021-06-10, severity: 3}
topics:
  - id: single
    question: 기초연금 단독 얼마
    kind: fact
    gold: {programme: basic-pension, document: basic-pension-2021, section: benefit}
    facts: 30만원
    wrong_facts: 48만원
  - id: happiness
    question: 행복지원금 온라인 신청 언제까지예요
    kind: fact
    gold: {programme: jinju-happiness-fund, document: jinju-happiness-2021-amend-1}
    facts: 6월 6일
  - id: moon
    question: 달나라 이주 지원금 신청 방법
    kind: out_of_world
  - id: lost
    question: 기초연금 부부가구 얼마
    kind: fact
    gold: {programme: basic-pension, document: basic-pension-2021, section: benefit}
    facts: 99만원
    wrong_facts: 48만원
"""
GATES = """
target:
  - {measure: answered_wrong, max: 0.02}
floor:
  - {measure: has_answer, min: 1.0}
  - {measure: fact_recall, min: 0.5}
"""


@pytest.fixture(scope="module")
def evals(desk: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An evaluation folder with topics and two runs, of which the second lost what the first had."""
    folder = tmp_path_factory.mktemp("evals")
    (folder / "topics").mkdir()
    (folder / "topics" / "few.yaml").write_text(TOPICS, encoding="utf-8")
    (folder / "gates.yaml").write_text(GATES, encoding="utf-8")
    run_evaluation(desk.supposing({}), [folder / "topics"], folder / "results" / "앞선판")
    pension = desk.document("basic-pension-2021").metadata
    lost = {pension.id: replace(pension, published_on=date(2030, 1, 1))}
    run_evaluation(desk.supposing(lost), [folder / "topics"], folder / "results" / "새판")
    return folder


@pytest.fixture(scope="module")
def evaluators(desk: Assistant, evals: Path, chromium: "Browser") -> Iterator[Desk]:
    users = Users(evals / "users.yaml")
    for name, role in (("박평가", Role.EVALUATOR), ("이상담", Role.COUNSELLOR)):
        users.add(name, PASSWORD, role)
    there = copy(desk)
    there.settings = replace(desk.settings, users_path=evals / "users.yaml", evaluation_dir=evals)
    server = Desk(there)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def page(chromium: "Browser", evaluators: Desk) -> Iterator["Page"]:
    """An evaluator who has signed in; a script error or a request to another host fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, locale="ko-KR")
    page = context.new_page()
    broken = troubles(page, evaluators.address)
    page.goto(evaluators.address)
    page.wait_for_selector("#question input")
    sign_in(page, "박평가")
    page.wait_for_selector("#run-begin")
    yield page
    context.close()
    assert broken == []


def sign_in(page: "Page", name: str) -> None:
    page.get_by_role("tab", name="평가", exact=True).click()
    form = page.locator("form[data-sign-in]:visible")
    form.locator("[name=name]").fill(name)
    form.locator("[name=password]").fill(PASSWORD)
    form.locator("button").click()


def choose(page: "Page", part: str, text: str) -> None:
    page.click(f"{part} input")
    page.locator("[role=option]:visible", has_text=text).first.click()


def test_a_run_is_started_watched_and_read(page: "Page", screenshots: Path) -> None:
    page.click("#run-begin")
    page.wait_for_selector(".going.done", timeout=60_000)
    assert "4문항" in page.inner_text("#run-told")
    choose(page, "#run-shown", "앞선판")
    page.wait_for_selector("#run-summary table")
    assert "전부 맞음" in page.inner_text("#run-summary")
    page.screenshot(path=screenshots / "evaluate-run.png")
    assert serious(page) == []


def test_failures_show_question_answer_evidence_and_why(page: "Page", screenshots: Path) -> None:
    page.get_by_role("tab", name="틀린 답").click()
    choose(page, "#failures-run", "앞선판")
    page.wait_for_selector("#failure article")
    page.locator("#failures-list").get_by_label("기초연금 부부가구 얼마").check()
    page.wait_for_function("document.querySelector('#failure h3')?.innerText === '기초연금 부부가구 얼마'")
    shown = page.inner_text("#failure")
    assert "말하면 안 되는 것: 48만원" in shown
    assert "요약에 없음: 99만원" in shown
    assert page.locator("#failure blockquote").count() > 0
    page.screenshot(path=screenshots / "evaluate-failures.png")
    assert serious(page) == []


def test_two_runs_are_compared_with_plots(page: "Page", screenshots: Path) -> None:
    page.get_by_role("tab", name="견주기").click()
    choose(page, "#compare-a", "앞선판")
    choose(page, "#compare-b", "새판")
    page.locator("#compare").click()
    page.wait_for_selector("#plot-differences .js-plotly-plot", timeout=20_000)
    page.wait_for_selector("#plot-kinds .js-plotly-plot")
    assert "심각도 3 질문 single" in page.inner_text("#verdict")
    assert "30만원" in page.inner_text("#flips")
    page.wait_for_timeout(500)
    page.screenshot(path=screenshots / "evaluate-compare.png")
    assert serious(page) == []


def test_answers_are_rated_blind(page: "Page", evals: Path, screenshots: Path) -> None:
    page.get_by_role("tab", name="매기기").click()
    page.locator("#new-sheet button").first.click()
    for run in ("앞선판", "새판"):
        page.locator("#sheet-runs").get_by_label(run).check()
    page.locator("#new-sheet input[type=number]").fill("1")
    page.click("#sheet-make")
    page.wait_for_selector("#rated article")
    assert "앞선판" not in page.inner_text("#rated")
    page.screenshot(path=screenshots / "evaluate-rate.png")
    assert serious(page) == []
    for left in (1, 0):
        for aspect in ("correctness", "completeness", "wording"):
            page.locator(f"#score-{aspect}").get_by_label("4", exact=True).check()
        page.click("#rate")
        page.wait_for_function(f"document.querySelector('#rating-told b')?.innerText === '{2 - left}'")
    assert "모두 매겼습니다" in page.inner_text("#rated")
    with page.expect_download() as downloaded:
        page.click("#rating-told a.file")
    assert downloaded.value.suggested_filename.endswith(".csv")
    assert len(list((evals / "ratings").glob("*/ratings.csv"))) == 1


def test_a_logged_answer_becomes_a_topic_in_three_clicks(
    page: "Page", desk: Assistant, evals: Path, screenshots: Path
) -> None:
    desk.ask("혼자 사는데 기초연금 얼마 나와요", as_of=date(2021, 6, 10), channel="web")
    page.reload()
    page.get_by_role("tab", name="평가", exact=True).click()
    page.get_by_role("tab", name="문항 만들기").click()
    choose(page, "#logged", "혼자 사는데")
    page.click("#draft-topic")
    page.wait_for_function("document.querySelector('#topic-text textarea').value.includes('혼자 사는데')")
    page.screenshot(path=screenshots / "evaluate-topic.png")
    assert serious(page) == []
    page.click("#topic-save")
    page.wait_for_selector("#topic-told .passed", timeout=20_000)
    assert "혼자 사는데" in (evals / "topics" / "collected.yaml").read_text(encoding="utf-8")


def test_a_counsellor_sees_that_the_tab_is_not_theirs(chromium: "Browser", evaluators: Desk) -> None:
    page = chromium.new_page()
    page.goto(evaluators.address)
    page.wait_for_selector("#question input")
    sign_in(page, "이상담")
    page.wait_for_selector(".signed-in.refused:visible")
    assert not page.locator("#run-begin").is_visible()
    page.close()
