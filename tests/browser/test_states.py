"""Every state of the page as a picture, in both schemes without a serious violation of the axe rules."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.publishing.notices import post_bulletin, withdraw_bulletin
from assistant.publishing.office import Office
from assistant.records.users import Role, User
from assistant.service import Assistant
from tests.browser.axe import serious
from tests.browser.hands import BOX, ask, set_day, status

if TYPE_CHECKING:
    from playwright.sync_api import Page

BESIDE = "우리 며느리가 장애가 있는데 애기를 낳았어요 나오는 돈이 얼마랍니까"
NOTICE = "생계급여 신청은 오늘 오후 4시까지만 전산 점검으로 받지 못합니다."


@pytest.fixture(scope="module")
def desk(stage: Assistant) -> Assistant:
    return stage


def looked_at(page: "Page", to: Path) -> None:
    """A picture of the whole state in light, also below the fold; and the rules in light and dark."""
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=to, full_page=True)
    assert serious(page) == []
    page.evaluate("counsel.setDark(true, false)")
    page.wait_for_timeout(350)
    assert serious(page) == []
    page.evaluate("counsel.setDark(false, false)")


def test_before_the_first_question(page: "Page", screenshots: Path) -> None:
    looked_at(page, screenshots / "empty.png")


@pytest.mark.parametrize(
    ("name", "day", "question", "outcome", "part"),
    [
        ("table", "2020-05-20", "3인 가구 긴급재난지원금 얼마예요?", "answered", "tr.own"),
        ("confirm", "2024-05-01", "4인 가구 생계급여 얼마예요?", "answered", ".confirm li"),
        ("candidates", "", "남편이 실직해서 생활비가 없어요", "clarification_needed", ".candidates li"),
        ("related", "2024-05-01", "장애인연금 얼마예요?", "answered", ".related .choice"),
        ("out-of-scope", "", "오늘 진주 날씨 어때요?", "unanswerable_out_of_scope", ".notices li"),
        ("personal", "", "제 기초연금 신청한 거 어떻게 됐어요?", "redirected_personal_record", ".contacts b"),
    ],
)
def test_a_state_of_the_answer(
    page: "Page", screenshots: Path, name: str, day: str, question: str, outcome: str, part: str
) -> None:
    if day:
        set_day(page, day)
    ask(page, question)
    assert status(page) == outcome
    assert page.locator(f"#result {part}").count() >= 1
    looked_at(page, screenshots / f"{name}.png")


@pytest.mark.parametrize("draft", ["script", "kakao", "sms", "lms", "note"])
def test_each_draft(page: "Page", screenshots: Path, draft: str) -> None:
    set_day(page, "2026-03-02")
    ask(page, "아이돌봄서비스 이용요금 얼마예요?")
    page.click(f"#tab-{draft}")
    assert page.locator(f"#draft-{draft} textarea").is_visible()
    looked_at(page, screenshots / f"draft-{draft}.png")


@pytest.fixture
def bulletin(desk: Assistant) -> Iterator[str]:
    """A bulletin on a programme, for an hour."""
    assert desk.records is not None
    office, author, now = Office(desk, desk.records), User("김정책", Role.POLICY), datetime.now(UTC)
    number = post_bulletin(
        office, author, "livelihood-benefit", NOTICE, now - timedelta(hours=1), now + timedelta(hours=1)
    )
    yield NOTICE
    withdraw_bulletin(office, author, number)


def test_a_bulletin_heads_its_programme(page: "Page", screenshots: Path, bulletin: str) -> None:
    ask(page, "생계급여 어디서 신청해요?")
    assert bulletin in page.inner_text(".notices li:first-child")
    looked_at(page, screenshots / "bulletin.png")


def test_documents_that_disagree_stand_side_by_side(page: "Page", screenshots: Path) -> None:
    set_day(page, "2026-03-02")
    ask(page, "어르신 도시락 배달 한 주에 몇 번 와요?")
    assert page.locator(".side").count() == 2
    assert all(times in page.inner_text("#result .aloud") for times in ("3번", "5번"))
    looked_at(page, screenshots / "conflicting.png")


def test_filters_that_are_on(page: "Page", screenshots: Path) -> None:
    page.wait_for_selector('#filter-category option[value="노인"]', state="attached")
    page.select_option("#filter-category", "노인")
    page.select_option("#filter-region", "전국")
    set_day(page, "2021-03-02")
    ask(page, "생계급여 얼마예요?")
    looked_at(page, screenshots / "filters.png")


def test_programmes_that_may_fit_stand_beside_an_answer(page: "Page", screenshots: Path) -> None:
    set_day(page, "2024-05-01")
    ask(page, BESIDE)
    assert status(page) == "answered"
    assert page.locator(".lead + .candidates li .say").count() >= 2
    looked_at(page, screenshots / "beside.png")


def test_what_cannot_be_asked_is_one_line(page: "Page", screenshots: Path) -> None:
    page.evaluate("counsel.call.asOf = '언젠가'")
    page.fill(BOX, "기초연금 얼마예요?")
    page.press(BOX, "Enter")
    page.wait_for_selector("#result .result.error")
    looked_at(page, screenshots / "error.png")


def test_a_verdict_that_waits_for_a_word(page: "Page", screenshots: Path) -> None:
    set_day(page, "2021-03-02")
    ask(page, "기초연금 어디서 신청해요?")
    page.click('[data-action="rate"][data-value="부족"]')
    page.fill(".note input", "대리 신청 서류가 없습니다")
    looked_at(page, screenshots / "feedback.png")


def test_the_shortcuts(page: "Page", screenshots: Path) -> None:
    page.click('[data-action="help"]')
    looked_at(page, screenshots / "shortcuts.png")


def test_text_at_two_hundred_per_cent(page: "Page", screenshots: Path) -> None:
    """1280 × 720 at 200 % is a page of 640 × 360."""
    page.set_viewport_size({"width": 640, "height": 360})
    set_day(page, "2024-05-01")
    ask(page, "4인 가구 생계급여 얼마예요?")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.locator(BOX).is_visible()
    looked_at(page, screenshots / "zoom.png")


def test_on_a_phone(page: "Page", screenshots: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    set_day(page, "2020-05-20")
    ask(page, "3인 가구 긴급재난지원금 얼마예요?")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    looked_at(page, screenshots / "phone-table.png")


def test_evidence_while_the_answer_is_slow(page: "Page", screenshots: Path) -> None:
    page.route("**/queue/join*", lambda route: None)
    set_day(page, "2021-03-02")
    page.fill(BOX, "기초연금 어디서 신청해요?")
    page.press(BOX, "Enter")
    page.wait_for_selector("#first-evidence li")
    looked_at(page, screenshots / "slow.png")
