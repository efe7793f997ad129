"""The tab 평가: who may call its handlers, what they write, and text from outside stays text."""

import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from fastapi.testclient import TestClient

from assistant.channels.web.page import build_app
from assistant.channels.web.render_plots import differences_plot, kinds_plot
from assistant.channels.web.render_ratings import csv_link, item_html
from assistant.channels.web.render_runs import comparison_html, failure_html, verdict_html
from assistant.evaluation.compare import Flip, compare_stored
from assistant.evaluation.failures import Failure
from assistant.evaluation.files import read_run
from assistant.evaluation.ratings import BlindItem, read_ratings
from assistant.records.users import Role, Users
from assistant.service import Assistant
from tests.channels.web.gradio_queue import called, dependencies
from tests.evaluation import answers as made
from tests.evaluation.test_compare import run_in, worse

PASSWORD = "correct horse"
PEOPLE = {
    "김정책": Role.POLICY,
    "이상담": Role.COUNSELLOR,
    "박평가": Role.EVALUATOR,
    "최평가": Role.EVALUATOR,
}
HOSTILE = '<img src=x onerror="alert(1)">{{bad}}'
TOPICS = """
defaults: {as_of: 2021-03-02}
topics:
  - id: single
    question: 기초연금 단독 얼마
    kind: fact
    gold: {programme: basic-pension, document: basic-pension-2021, section: benefit}
    facts: 30만원
  - {id: moon, question: 달나라 이주 지원금 신청 방법, kind: out_of_world}
"""
OURS = "evaluators_"
HANDLERS = {
    "began",
    "ended",
    "summed_up",
    "filtered",
    "picked",
    "collected",
    "rated_collected",
    "compared",
    "made",
    "opened",
    "rated",
    "listed",
    "drafted",
    "saved",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    evals = tmp_path / "evals"
    (evals / "topics").mkdir(parents=True)
    (evals / "topics" / "few.yaml").write_text(TOPICS, encoding="utf-8")
    gates = "target:\n- {measure: right, min: 1.0}\nfloor:\n- {measure: has_answer, min: 1.0}\n"
    (evals / "gates.yaml").write_text(gates, encoding="utf-8")
    run_in(evals / "results" / "before", made.honest_answers())
    run_in(evals / "results" / "after", worse())
    return evals


@pytest.fixture
def client(desk: Assistant, folder: Path, tmp_path: Path) -> Iterator[TestClient]:
    users = Users(tmp_path / "users.yaml")
    people = {
        "김정책": Role.POLICY,
        "이상담": Role.COUNSELLOR,
        "박평가": Role.EVALUATOR,
        "최평가": Role.EVALUATOR,
    }
    for name, role in people.items():
        users.add(name, PASSWORD, role)
    settings = replace(desk.settings, users_path=tmp_path / "users.yaml", evaluation_dir=folder)
    with TestClient(build_app(desk, settings)) as client:
        yield client


def signed_in(client: TestClient, name: str) -> None:
    assert client.post("/sign-in", json={"name": name, "password": PASSWORD}).status_code == 200


def handlers(client: TestClient) -> dict[str, dict[str, Any]]:
    named = {d["api_name"]: d for d in dependencies(client)}
    return {name.removeprefix(OURS): d for name, d in named.items() if name.startswith(OURS)}


class Opened:
    """The page as one person has it open: what handlers put into lists can be chosen."""

    def __init__(self, client: TestClient, name: str) -> None:
        signed_in(client, name)
        self._client = client
        self._session = uuid4().hex
        for dependency in dependencies(client):
            if dependency["api_name"].startswith("shown"):
                called(client, dependency, session=self._session)

    def call(self, name: str, *given: Any) -> list[Any]:
        answer = called(self._client, handlers(self._client)[name], list(given), self._session)
        assert answer["success"], answer
        found: list[Any] = answer["output"]["data"]
        return found


def test_every_handler_is_refused_to_who_may_not_evaluate(client: TestClient, desk: Assistant) -> None:
    assert {re.sub(r"_\d+$", "", name) for name in handlers(client)} == HANDLERS
    sorts = {part["id"]: part["type"] for part in client.get("/config").json()["components"]}
    for name in ("", "이상담", "김정책"):
        if name:
            signed_in(client, name)
        for handler, dependency in handlers(client).items():
            if name == "김정책" and handler in {"listed", "drafted"}:
                continue  # policy staff may read the records
            given = [[] if sorts[i] == "checkboxgroup" else None for i in dependency["inputs"]]
            answer = called(client, dependency, given)
            assert "권한이 없습니다" in answer["output"]["error"] or "로그인" in answer["output"]["error"]
    assert desk.records is not None
    rows = desk.records.rows("SELECT detail FROM audit WHERE action = '평가' AND allowed = 0")
    assert HANDLERS - {"listed", "drafted"} <= {row["detail"].removeprefix(OURS) for row in rows}


def test_an_evaluator_runs_topics_reads_failures_and_compares(client: TestClient, folder: Path) -> None:
    page = Opened(client, "박평가")
    told, _ = page.call("began", ["topics/few.yaml"])
    assert 'role="status"' in told
    results = folder / "results"
    until = time.monotonic() + 60
    while not list(results.glob("2*/summary.json")) and time.monotonic() < until:
        time.sleep(0.05)
    run = next(results.glob("2*/summary.json")).parent.name
    page = Opened(client, "박평가")
    assert "2문항" in page.call("summed_up", run)[0]
    _, pages, listed, shown = page.call("filtered", "after", "모두", "모두", "right")
    assert listed["choices"][0][1] == "pension-2021"
    assert pages["value"] == "1"
    assert made.IN_2020 in shown
    assert "말하면 안 되는 것" in page.call("picked", "after", "pension-2021")[0]
    verdict, differences, kinds, flips = page.call("compared", "before", "after")
    assert "심각도 3 질문 pension-2021" in verdict
    assert differences["visible"] is True
    assert kinds["visible"] is True
    assert "맞음 → 틀림" in flips


def test_two_evaluators_rate_blind_and_see_their_agreement(client: TestClient, folder: Path) -> None:
    page = Opened(client, "박평가")
    sheet, *_ = page.call("made", ["before", "after"], 1)
    name = sheet["value"]
    for person in ("박평가", "최평가"):
        page = Opened(client, person)
        told = page.call("opened", name)[2]
        for item, score in (("item-0001", 5), ("item-0002", 2)):
            assert "일치도(가중 카파)" not in told
            told = page.call("rated", name, item, score, score, 3, "좋음")[2]
    assert "일치도(가중 카파)" in told
    assert "1.00" in told
    ratings = read_ratings(folder / "ratings" / name / "ratings.csv")
    assert {(r.rater, r.item, r.correctness) for r in ratings} == {
        (person, item, score)
        for person in ("박평가", "최평가")
        for item, score in (("item-0001", 5), ("item-0002", 2))
    }


def test_a_logged_answer_becomes_a_topic_in_three_clicks(
    client: TestClient, desk: Assistant, folder: Path
) -> None:
    asked = desk.ask("혼자 사는 노인 기초연금 얼마", as_of=made.date(2021, 3, 2), channel="web")
    page = Opened(client, "박평가")
    choices = page.call("listed", "모두")[0]["choices"]
    assert asked.answer_id in {value for _, value in choices}
    text, _ = page.call("drafted", asked.answer_id)
    assert yaml.safe_load(text)["gold"][0]["document"] == "basic-pension-2021"
    assert "collected.yaml에 넣었습니다" in page.call("saved", text, "collected.yaml")[0]
    with pytest.raises(AssertionError, match=r"id가 collected\.yaml:3에도"):
        page.call("saved", text, "collected.yaml")
    assert (folder / "topics" / "collected.yaml").is_file()


def test_text_of_topics_and_answers_stays_text(tmp_path: Path) -> None:
    about = {"question": HOSTILE, "why": HOSTILE, "as_of": "", "kind": "fact", "style": "", "severity": "3"}
    answer = made.answer(HOSTILE, "2021-03-02", summary=[made.pension("basic-pension-2021", made.IN_2021)])
    for part in (*answer["statements"], *answer["citations"]):
        part |= {name: HOSTILE for name in ("text", "quote", "title") if name in part}
    flip = Flip("t", HOSTILE, 3, True, HOSTILE, HOSTILE, HOSTILE)
    run = read_run(run_in(tmp_path / "a", made.honest_answers()))
    comparison = replace(compare_stored(run, run), flips=(flip,), failures=(HOSTILE,), unreached=(HOSTILE,))
    item = BlindItem("item-1", HOSTILE, "2021", HOSTILE, HOSTILE, (HOSTILE,), "answered", HOSTILE)
    pages = (
        failure_html(Failure("t", about, answer, True)),
        verdict_html(comparison),
        comparison_html(comparison),
        item_html(item),
    )
    for page in pages:
        assert "&lt;img" in page
        assert "<img" not in page
        assert "{{" not in page


def test_the_plots_show_what_moved_and_nothing_else(tmp_path: Path) -> None:
    before = read_run(run_in(tmp_path / "a", made.honest_answers()))
    after = read_run(run_in(tmp_path / "b", worse()))
    figure = differences_plot(compare_stored(before, after))
    worsened = next(trace for trace in figure.data if trace.name == "나빠짐")
    assert list(worsened.y) == ["기준일 짝"]
    assert list(worsened.x) == [-1.0]
    bars = kinds_plot(before, after)
    assert [trace.name for trace in bars.data] == ["A", "B"]
    fact = list(bars.data[0].x).index("fact")
    assert bars.data[1].y[fact] < bars.data[0].y[fact]


def test_ratings_leave_as_a_file_that_a_spreadsheet_reads(tmp_path: Path) -> None:
    import base64

    from assistant.evaluation.ratings import rating
    from assistant.evaluation.sheets import Sheet

    sheet = Sheet.made(tmp_path, {"a": made.honest_answers()}, 1)
    sheet.rate(rating("item-0001", "박평가", (5, 4, 3), "짧고, 좋음"))
    data = csv_link(sheet).split("base64,")[1].split('"')[0]
    copy = tmp_path / "copy.csv"
    copy.write_bytes(base64.b64decode(data))
    assert copy.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read_ratings(copy) == sheet.ratings
    shutil.rmtree(sheet.folder)
