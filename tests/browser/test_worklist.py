"""A day of the policy staff on the page: work list, gaps, log, approved answers, corrections, bench."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.index.encoder import Encoder
from assistant.publishing import corrections, notices
from assistant.publishing.office import Office
from assistant.records.store import Records
from assistant.records.users import Role, User, Users
from assistant.service import Assistant
from tests.browser.axe import serious
from tests.browser.conftest import Desk
from tests.browser.hands import BOX, ask, set_day, troubles

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PASSWORD = "correct horse"
DAY = date(2021, 3, 2)
HOW_MUCH, WHERE = "기초연금 얼마 받나요?", "기초연금 어디서 신청해요?"
HOTLINE = "자살예방 상담전화 번호가 몇 번인가요?"
AUTHORS = ("김정책", "박승인")
CALLS = (
    (HOW_MUCH, "3번 통화"),
    (WHERE, "4번 통화"),
    ("단독가구 기초연금 월 얼마까지 나옵니까", "내선 12"),
    ("행복지원금 언제까지 신청해요?", None),
    (HOTLINE, "5번 통화"),
    ("강아지 예방접종 비용 지원되나요", None),
    ("강아지 예방접종 지원", None),
    ("비트코인 세금 얼마예요", None),
)


@pytest.fixture(scope="module")
def centre(desk: Assistant, real_encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A centre with people and a morning of calls."""
    folder = tmp_path_factory.mktemp("centre")
    shutil.copytree(desk.settings.corpus_dir, folder / "corpus")
    shutil.copytree(desk.settings.index_dir, folder / "index")
    settings = replace(
        desk.settings,
        corpus_dir=folder / "corpus",
        index_dir=folder / "index",
        records_path=folder / "records.sqlite",
        uploads_dir=folder / "uploads",
        users_path=folder / "users.yaml",
    )
    users = Users(settings.users_path)
    for name, role in (("김정책", Role.POLICY), ("박승인", Role.POLICY), ("이상담", Role.COUNSELLOR)):
        users.add(name, PASSWORD, role)
    records = Records(settings.records_path)
    assistant = Assistant(settings, real_encoder, records)
    for question, call in CALLS:
        day = None if question == HOTLINE else DAY
        answer = assistant.ask(question, as_of=day, channel="web", user="이상담", call=call)
    assistant.rate(answer.answer_id, "부족", "담당 부서를 모름", user="이상담")
    office, author, second = Office(assistant, records), *(User(n, Role.POLICY) for n in AUTHORS)
    where = office.records.logged("question = ?", (WHERE,))[0]
    until = assistant.today() + timedelta(days=30)
    notices.approve(office, second, notices.curate(office, author, where.answer_id, until))
    corrections.open_correction(office, author, "basic-pension-2021", "", "지난해 금액이 실림")
    return assistant


@pytest.fixture(scope="module")
def staffed(centre: Assistant, chromium: "Browser") -> Iterator[Desk]:
    server = Desk(centre)
    server.start()
    yield server
    server.stop()


class Person:
    """Somebody before the page, signed in where a name is given.

    A script error or a request to another host fails the test.
    """

    def __init__(self, browser: "Browser", address: str, name: str | None) -> None:
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 720},
            locale="ko-KR",
            timezone_id="Asia/Seoul",
            accept_downloads=True,
        )
        if name is not None:
            signed = self.context.request.post(
                f"{address}/sign-in", data={"name": name, "password": PASSWORD}, headers={"Origin": address}
            )
            assert signed.ok
        self.page = self.context.new_page()
        self.broken = troubles(self.page, address)
        self.page.goto(address)
        self.page.wait_for_selector("#question input")

    def tab(self, *names: str) -> "Page":
        for name in names:
            self.page.click(f'[role="tab"][data-tab-id="{name}"]')
        return self.page

    def leave(self) -> None:
        self.context.close()
        assert self.broken == []


@pytest.fixture
def policy(chromium: "Browser", staffed: Desk) -> Iterator[Person]:
    person = Person(chromium, staffed.address, "김정책")
    yield person
    person.leave()


@pytest.fixture
def second(chromium: "Browser", staffed: Desk) -> Iterator[Person]:
    person = Person(chromium, staffed.address, "박승인")
    yield person
    person.leave()


def test_the_work_list_leads_to_the_log_and_is_saved(policy: Person, screenshots: Path) -> None:
    page = policy.tab("work")
    page.wait_for_selector("table.work")
    page.screenshot(path=screenshots / "staff-worklist.png")
    with page.expect_download() as waiting:
        page.click('[data-do="work-csv"]')
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert text.startswith("종류,대상,내용,할 일,기한,무게\n")
    assert waiting.value.suggested_filename.startswith("worklist-")


def test_a_row_leads_to_the_metadata_of_its_document_and_a_question_is_ticked_off(
    policy: Person, centre: Assistant
) -> None:
    assert centre.records is not None
    answer = centre.records.logged("question = ?", (HOW_MUCH,))[0]
    centre.rate(answer.answer_id, "오래됨", "작년 금액", user="이상담")
    page = policy.tab("work")
    tick = f'[data-do="work-settle"][data-question="{HOW_MUCH}"]'
    page.click(tick)
    page.wait_for_selector(tick, state="detached")
    assert serious(page) == []
    way = page.locator('[data-do="info-open"]').first
    document = way.get_attribute("data-document")
    assert document is not None
    way.click()
    page.wait_for_selector("#info-save:visible")
    page.wait_for_function("document.querySelector('#info-review_by :is(input, textarea)').value")
    assert document in page.input_value("#info-document input")
    assert serious(page) == []


def test_gaps_of_a_period_are_clusters_with_nearest_documents(policy: Person, screenshots: Path) -> None:
    page = policy.tab("work")
    page.wait_for_selector('form[data-do="gaps-find"]')
    page.click('form[data-do="gaps-find"] button')
    page.wait_for_selector("table.gaps", timeout=60_000)
    page.locator("table.gaps summary").first.click()
    page.locator('form[data-do="gaps-find"]').scroll_into_view_if_needed()
    page.evaluate("document.querySelector('form[data-do=gaps-find]').scrollIntoView()")
    page.screenshot(path=screenshots / "staff-gaps.png")
    dog = page.locator("table.gaps tr", has_text="강아지")
    assert dog.count() == 1
    assert dog.locator("li").count() == 1


def test_three_clicks_make_an_approved_answer_and_a_second_person_lets_it_out(
    policy: Person, second: Person, centre: Assistant, screenshots: Path
) -> None:
    page = policy.tab("review")
    page.click(f'.log button:has-text("{HOTLINE}")')
    page.wait_for_selector(".opened mark")
    page.click(".curate > summary")
    page.screenshot(path=screenshots / "staff-curate.png")
    page.click('form[data-do="curate"] button')
    page.wait_for_selector(".desk-open .desk-told")
    assert page.locator(".desk-open .desk-told").first.is_visible()
    other = second.tab("review", "curated")
    other.click('[data-do="curated-approve"]')
    other.wait_for_selector('.desk-told:has-text("나갑니다")')
    other.screenshot(path=screenshots / "staff-curated.png")
    assert centre.records is not None
    (row,) = centre.records.rows(
        "SELECT author, approver FROM curated WHERE questions LIKE ?", (f"%{HOTLINE}%",)
    )
    assert tuple(row) == ("김정책", "박승인")
    assert centre.ask(HOTLINE).warnings[0].code == "curated"


def test_a_wrong_passage_becomes_a_list_of_calls(policy: Person, screenshots: Path) -> None:
    page = policy.tab("review")
    page.click(f'.log button:has-text("{HOW_MUCH}")')
    page.wait_for_selector(".opened mark")
    page.screenshot(path=screenshots / "staff-review.png")
    page.locator(".wrong summary").first.click()
    page.locator('.wrong input[name="why"]').first.fill("금액이 지난해 것")
    page.locator('form[data-do="correct"] button').first.click()
    page.wait_for_selector('.desk-told:has-text("정정")')
    policy.tab("corrections")
    page.wait_for_selector('form[data-do="correction-tick"]')
    before = page.locator('form[data-do="correction-tick"]').count()
    page.locator('form[data-do="correction-tick"] input[name="note"]').first.fill("다시 안내함")
    page.locator('form[data-do="correction-tick"] button').first.click()
    page.wait_for_selector('.called:has-text("김정책")')
    page.screenshot(path=screenshots / "staff-calls.png")
    assert page.locator('form[data-do="correction-tick"]').count() == before - 1


def test_the_list_of_calls_names_what_the_counsellor_noted(
    policy: Person, chromium: "Browser", staffed: Desk
) -> None:
    counsellor = Person(chromium, staffed.address, "이상담")
    set_day(counsellor.page, str(DAY))
    counsellor.page.fill("#call-note", "내선 77, 김○수")
    ask(counsellor.page, HOW_MUCH)
    counsellor.leave()
    page = policy.tab("review", "corrections")
    page.locator('.log [data-do="correction-open"]').last.click()
    page.wait_for_selector('.desk-open article.card:has-text("이상담 · 통화 메모: 내선 77, 김○수")')


def test_the_bench_shows_candidates_and_switches_a_document_off_and_on(
    policy: Person, centre: Assistant, screenshots: Path
) -> None:
    page = policy.tab("bench")
    page.fill('form[data-do="bench-try"] input[name="question"]', HOW_MUCH)
    page.fill('form[data-do="bench-try"] input[name="as_of"]', str(DAY))
    page.click('form[data-do="bench-try"] button')
    page.wait_for_selector("tr.out .left-out")
    page.screenshot(path=screenshots / "staff-bench.png")
    row = page.locator("tr", has=page.locator("b", has_text="기초연금 사업안내 (2021)")).first
    row.locator("summary").click()
    row.locator('input[name="note"]').fill("금액 확인 중")
    row.get_by_role("button", name="모든 답에서 끄기").click()
    page.wait_for_selector(".switched")
    page.screenshot(path=screenshots / "staff-switched.png")
    assert "basic-pension-2021" not in {c.document_id for c in centre.ask(HOW_MUCH, as_of=DAY).citations}
    page.fill('form[data-do="switch-on"] input[name="note"]', "금액이 맞음")
    page.click('form[data-do="switch-on"] button')
    page.wait_for_selector(".switched", state="detached")


def test_who_signs_out_leaves_nothing_in_the_browser(second: Person) -> None:
    page = second.page
    set_day(page, str(DAY))
    page.fill("#call-note", "내선 77")
    ask(page, WHERE)
    kept = "[localStorage, sessionStorage].flatMap((kept) => Object.values(kept)).join()"
    assert WHERE in page.evaluate(kept)
    second.tab("work")
    page.click(".signed-in:visible [data-sign-out]")
    page.wait_for_selector(".sign-in:visible")
    assert "기초연금" not in page.evaluate(kept)
    assert "내선 77" not in page.evaluate(kept)
    assert page.locator("#history-list button").count() == 0
    second.tab("counsel")
    assert page.input_value(BOX) == page.input_value("#call-note") == ""
    assert page.locator(".chip, #result .result").count() == 0


def test_a_counsellor_signs_in_where_questions_are_asked(
    chromium: "Browser", staffed: Desk, centre: Assistant, screenshots: Path
) -> None:
    counsellor = Person(chromium, staffed.address, None)
    page, who = counsellor.page, counsellor.page.locator("#who")
    page.fill(BOX, WHERE)
    page.get_by_role("button", name="로그인", exact=True).click()
    page.fill("#sign-in [name=name]", "이상담")
    page.fill("#sign-in [name=password]", "wrong horse")
    page.press("#sign-in [name=password]", "Enter")
    page.wait_for_selector("#sign-in .sign-in-error:visible")
    page.screenshot(path=screenshots / "signin.png")
    assert serious(page) == []
    page.keyboard.press("Escape")
    assert not page.is_visible("#sign-in")
    assert page.input_value(BOX) == WHERE
    page.click("#who button")
    page.fill("#sign-in [name=password]", PASSWORD)
    page.press("#sign-in [name=password]", "Enter")
    page.wait_for_selector("#who [data-sign-out]")
    assert who.inner_text() == "이상담 님 · 로그아웃"
    page.wait_for_function("box => document.querySelector(box)?.value", arg=BOX)
    set_day(page, str(DAY))
    ask(page, WHERE)
    answer_id = page.locator("#result .result").get_attribute("data-answer-id") or ""
    assert centre.records is not None
    assert centre.records.opened(answer_id).user == "이상담"
    counsellor.tab("work")
    assert not who.is_visible()
    counsellor.tab("counsel")
    page.click("#who [data-sign-out]")
    page.wait_for_selector("#who [data-sign-in-open]")
    assert who.inner_text() == "로그인"
    page.wait_for_selector(BOX)
    assert page.input_value(BOX) == ""
    counsellor.leave()


def test_a_counsellor_is_told_when_questions_carry_no_name_any_more(second: Person) -> None:
    second.page.wait_for_selector("#who [data-sign-out]")
    second.context.clear_cookies()
    ask(second.page, WHERE)
    second.page.wait_for_selector('#who:has-text("로그인이 끝났습니다 · 로그인")')
    second.page.reload()
    second.page.wait_for_selector('#who:has-text("로그인이 끝났습니다 · 로그인")')


def test_a_full_queue_is_told_in_korean(chromium: "Browser", centre: Assistant) -> None:
    full = Desk(centre, waiting=0)
    full.start()
    person = Person(chromium, full.address, "김정책")
    page = person.tab("work")
    page.click('[data-do="work-again"]')
    page.wait_for_selector('[data-testid="toast-text"]')
    assert "지금 쓰는 사람이 많아 처리하지 못했습니다" in page.inner_text('[data-testid="toast-text"]')
    assert "currently busy" not in page.inner_text("body")
    person.leave()
    full.stop()


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_serious_violation_in_the_tabs_of_staff(policy: Person, dark: bool) -> None:
    page = policy.page
    if dark:
        page.click('[data-action="dark"]')
    policy.tab("work")
    page.wait_for_selector('form[data-do="gaps-find"]')
    page.click('form[data-do="gaps-find"] button')
    page.wait_for_selector("table.gaps", timeout=60_000)
    assert serious(page) == []
    policy.tab("review")
    page.click(f'.log button:has-text("{HOW_MUCH}")')
    page.locator(".curate > summary").click()
    page.locator(".wrong summary").first.click()
    assert serious(page) == []
    policy.tab("curated")
    assert serious(page) == []
    policy.tab("corrections")
    page.locator('.log [data-do="correction-open"]').first.click()
    page.wait_for_selector(".desk-open article.card")
    assert serious(page) == []
    policy.tab("bench")
    page.fill('form[data-do="bench-try"] input[name="question"]', HOW_MUCH)
    page.click('form[data-do="bench-try"] button')
    page.wait_for_selector(".candidates-table")
    page.locator(".switch summary").first.click()
    assert serious(page) == []
