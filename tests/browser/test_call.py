"""What a call needs around an answer: filters, what is carried over, late answers, evidence first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from assistant.service import Assistant
from tests.browser.conftest import Desk
from tests.browser.hands import BOX, ask, enter, painted, set_day, status

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

HOUSEHOLD = "4인 가구인데 생계급여 얼마예요?"
WHERE = "기초연금 어디서 신청해요?"
LONG = (
    ("2020-05-20", "3인 가구 긴급재난지원금 얼마예요?"),
    ("2023-05-01", "기초연금 얼마예요?"),
    ("2024-05-01", "장애인연금 얼마예요?"),
    ("2023-05-01", "실업급여 얼마예요?"),
)
LUNCH = "어르신 도시락 배달 한 주에 몇 번 와요?"
PLACE = """() => {
  const mark = document.querySelector(".passage.on mark.on").getBoundingClientRect();
  const text = document.querySelector(".passage.on .passage-text");
  const panel = text.closest(".evidence");
  const inside = [text, panel].every((box) => {
    const seen = box.getBoundingClientRect();
    return mark.top >= seen.top - 1 && mark.bottom <= seen.bottom + 1;
  });
  return { inside, scrolled: [text.scrollTop > 0, panel.scrollTop > 0] };
}"""
"""Where the lit quote stands: inside what is seen of its section and of the panel, and whether they moved."""


@pytest.fixture(scope="module")
def desk(stage: Assistant) -> Assistant:
    return stage


def chips(page: "Page") -> list[str]:
    return page.locator(".chip-words").all_inner_texts()


@contextmanager
def held(page: "Page") -> Iterator[Callable[[], None]]:
    """Questions do not reach the server until the function is called: a network or a server that is slow."""
    waiting: list[Route] = []
    gone: list[bool] = []
    page.route("**/queue/join*", lambda route: route.continue_() if gone else waiting.append(route))

    def let_go() -> None:
        gone.append(True)
        for route in waiting:
            route.continue_()

    yield let_go


def test_a_filter_narrows_and_shows_that_it_is_on(page: "Page") -> None:
    set_day(page, "2021-03-02")
    page.wait_for_selector('#filter-category option[value="노인"]', state="attached")
    page.select_option("#filter-category", "코로나19")
    assert page.locator("#filter-category.moved").count() == 1
    ask(page, "기초연금 얼마예요?")
    assert status(page) == "unanswerable_no_evidence"
    assert "코로나19만" in page.inner_text(".status")
    assert "필터" in page.inner_text(".notices")
    page.evaluate("counsel.paintedAt = 0")
    page.click('[data-action="ask-unfiltered"]')
    painted(page)
    assert status(page) == "answered"
    assert page.locator(".filters .moved").count() == 0


def test_a_region_narrows_to_its_own_documents(page: "Page") -> None:
    set_day(page, "2026-03-02")
    page.wait_for_selector('#filter-region option[value="진주시"]', state="attached")
    page.select_option("#filter-region", "전국")
    assert page.locator("#filter-region.moved").count() == 1
    ask(page, LUNCH)
    assert status(page) == "unanswerable_no_evidence"
    assert "전국만" in page.inner_text(".status")
    page.select_option("#filter-region", "진주시")
    enter(page)
    assert status(page) == "conflicting"
    facts = page.locator(".source-facts").all_inner_texts()
    assert facts
    assert all("진주시" in fact for fact in facts)
    page.click('[data-action="unfilter"]')
    assert page.locator(".filters .moved").count() == 0


def test_programme_and_household_are_carried_over_and_can_be_taken_away(page: "Page") -> None:
    set_day(page, "2024-05-01")
    ask(page, HOUSEHOLD)
    assert chips(page) == ["생계급여", "4인"]
    ask(page, "그럼 주거급여는요?")
    assert page.input_value("#standalone") == "4인 가구 주거급여는요?"
    assert chips(page) == ["주거급여", "4인"]
    page.click('.chip [data-action="drop"][data-value="household"]')
    ask(page, "그럼 장애인연금은요?")
    assert page.locator("#standalone").count() == 0
    page.click('.chip [data-action="drop"][data-value="programme"]')
    assert chips(page) == []
    ask(page, "서류는요?")
    assert page.locator("#standalone").count() == 0


def test_one_key_starts_a_new_call(page: "Page") -> None:
    set_day(page, "2024-05-01")
    page.wait_for_selector('#filter-region option[value="전국"]', state="attached")
    page.select_option("#filter-region", "전국")
    ask(page, HOUSEHOLD)
    page.click("#tab-note")
    page.keyboard.press("F2")
    assert page.input_value(BOX) == ""
    assert chips(page) == []
    assert page.locator(".moved").count() == 0
    assert not page.locator("#result .result").is_visible()
    assert page.evaluate("document.activeElement === document.querySelector('#question input')")
    page.reload()
    page.wait_for_selector(BOX)
    page.wait_for_timeout(300)
    assert chips(page) == []
    assert page.locator("#result .result").count() == 0


def test_a_new_call_leaves_nothing_of_the_answer_in_the_page(page: "Page") -> None:
    set_day(page, "2021-03-02")
    ask(page, f"010-1234-5678 {WHERE}")
    assert "행정복지센터" in page.inner_html("#result")
    page.keyboard.press("F2")
    left = page.inner_html("#result")
    assert all(words not in left for words in ("행정복지센터", "신청해요", "기초연금", "전화번호"))
    ask(page, WHERE)
    assert "행정복지센터" in page.inner_text(".aloud")


def test_a_note_of_the_call_goes_with_each_question_until_the_next_call(
    page: "Page", desk: Assistant
) -> None:
    set_day(page, "2021-03-02")
    page.focus(BOX)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "call-note"
    assert page.get_by_role("textbox", name="통화 메모").count() == 1
    page.keyboard.type("내선 12, 김 끝자리 수")
    page.fill(BOX, WHERE)
    page.focus("#call-note")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.locator("#result .result").count() == 0
    assert page.evaluate("document.activeElement === document.querySelector('#question input')")
    enter(page)
    ask(page, "서류는요?")
    page.focus("#call-note")
    page.keyboard.press("Alt+1")
    assert page.evaluate("document.activeElement.className").startswith("passage")
    page.reload()
    page.wait_for_selector("#result .result")
    assert page.input_value("#call-note") == "내선 12, 김 끝자리 수"
    page.focus("#call-note")
    page.keyboard.press("F2")
    assert page.input_value("#call-note") == ""
    ask(page, "기초연금 얼마예요?")
    assert desk.records is not None
    calls = [logged.call for logged in desk.records.logged("channel = 'web'", (), 3)]
    assert calls == [None, "내선 12, 김 끝자리 수", "내선 12, 김 끝자리 수"]


def test_an_old_question_is_asked_again_without_what_the_call_under_way_carries(page: "Page") -> None:
    set_day(page, "2024-05-01")
    ask(page, "주거급여 얼마예요?")
    page.keyboard.press("F2")
    set_day(page, "2024-05-01")
    ask(page, HOUSEHOLD)
    assert chips(page) == ["생계급여", "4인"]
    page.click('#tabs button[data-tab-id="history"]')
    page.evaluate("counsel.paintedAt = 0")
    page.locator("#history-list button", has_text="주거급여 얼마예요?").click()
    painted(page)
    assert page.locator(".asked").inner_text() == "질문: 주거급여 얼마예요?"
    assert chips(page) == ["주거급여"]
    assert page.locator("#as-of").input_value() == "2024-05-01"


def test_an_answer_that_comes_after_the_call_has_ended_is_not_shown(page: "Page") -> None:
    set_day(page, "2021-03-02")
    with held(page) as let_go:
        page.fill(BOX, WHERE)
        page.press(BOX, "Enter")
        page.wait_for_function("document.querySelector('#result').getAttribute('aria-busy')")
        page.keyboard.press("F2")
        let_go()
        page.wait_for_function("document.querySelectorAll('#result [data-answer-id]').length > 0")
    page.wait_for_timeout(100)
    assert not page.locator("#result .result").is_visible()
    assert "행정복지센터" not in page.inner_html("#result")
    assert chips(page) == []
    assert page.evaluate("localStorage.getItem('counsel-shift')") is None


def test_the_last_of_two_questions_is_the_one_that_is_answered(page: "Page") -> None:
    set_day(page, "2021-03-02")
    with held(page) as let_go:
        page.fill(BOX, WHERE)
        page.press(BOX, "Enter")
        page.fill(BOX, "기초연금 얼마 나와요?")
        page.press(BOX, "Enter")
        page.wait_for_timeout(100)
        let_go()
        page.wait_for_function(
            "document.querySelector('#result .asked')?.textContent === '질문: 기초연금 얼마 나와요?'"
        )
    page.wait_for_function("!document.querySelector('#result').getAttribute('aria-busy')")
    assert page.locator("#result .result").is_visible()


def test_a_slow_answer_shows_evidence_first(page: "Page") -> None:
    set_day(page, "2021-03-02")
    with held(page) as let_go:
        page.fill(BOX, WHERE)
        page.press(BOX, "Enter")
        page.wait_for_selector("#first-evidence li strong")
        assert "기초연금" in page.locator("#first-evidence li").first.inner_text()
        page.evaluate("counsel.paintedAt = 0")
        let_go()
        painted(page)
    assert page.locator("#first-evidence").count() == 0
    assert status(page) == "answered"


def test_a_quick_answer_shows_no_search_before_it(page: "Page") -> None:
    page.evaluate("counsel.evidenceAt = 0")
    ask(page, WHERE)
    page.wait_for_timeout(400)
    assert page.evaluate("counsel.evidenceAt") == 0
    assert page.locator("#first-evidence").count() == 0


def test_what_is_typed_while_an_answer_is_under_way_stays(page: "Page") -> None:
    with held(page) as let_go:
        page.fill(BOX, WHERE)
        page.press(BOX, "Enter")
        page.fill(BOX, "")
        page.keyboard.type("그럼 서류")
        page.evaluate("counsel.paintedAt = 0")
        let_go()
        painted(page)
    page.keyboard.type("는요?")
    assert page.input_value(BOX) == "그럼 서류는요?"


def test_a_browser_that_has_nothing_takes_the_shift_from_the_records(
    page: "Page", chromium: "Browser", server: Desk
) -> None:
    set_day(page, "2021-03-02")
    ask(page, "010-1234-5678 기초연금 어디서 신청해요?")
    other = chromium.new_context(locale="ko-KR", timezone_id="Asia/Seoul").new_page()
    other.goto(server.address)
    other.wait_for_selector(BOX)
    other.click('#tabs button[data-tab-id="history"]')
    other.wait_for_selector("#history-list button")
    newest = other.locator("#history-list button").first
    assert "[전화번호] 기초연금 어디서 신청해요?" in newest.inner_text()
    assert "기준일 2021.3.2." in newest.inner_text()
    newest.click()
    other.wait_for_selector("#result .result")
    assert other.locator("#as-of").input_value() == "2021-03-02"
    other.click('#tabs button[data-tab-id="history"]')
    other.click('[data-action="forget-shift"]')
    other.reload()
    other.wait_for_selector(BOX)
    other.click('#tabs button[data-tab-id="history"]')
    other.wait_for_timeout(300)
    assert other.locator("#history-list button").count() == 0
    other.context.close()


def test_a_citation_of_two_digits_opens(page: "Page") -> None:
    set_day(page, "2024-05-01")
    ask(page, HOUSEHOLD)
    assert page.evaluate("counsel.hasCitation(10)")
    page.keyboard.press("Alt+1")
    page.keyboard.press("Alt+0")
    assert "10" in (page.evaluate("document.activeElement.dataset.markers") or "").split()


def test_a_section_opens_at_its_quote(page: "Page") -> None:
    """At 125 % zoom sections are longer than their boxes, and the panel than the page."""
    page.set_viewport_size({"width": 1024, "height": 576})
    places = []
    for day, question in LONG:
        page.keyboard.press("F2")
        set_day(page, day)
        ask(page, question)
        for cite in page.locator("#result .cite").all():
            cite.focus()
            places.append(page.evaluate(PLACE))
    assert all(place["inside"] for place in places)
    assert any(place["scrolled"][0] for place in places)
    assert any(place["scrolled"][1] for place in places)


def test_the_keyboard_alone_lights_a_quote(page: "Page") -> None:
    set_day(page, "2021-03-02")
    ask(page, WHERE)
    page.locator(".aloud .cite").last.focus()
    lit = page.locator("mark.on").all_inner_texts()
    assert lit == [page.locator(".aloud .say").last.inner_text()]


def test_pointing_at_a_quote_underlines_its_sentence(page: "Page") -> None:
    set_day(page, "2021-03-02")
    ask(page, WHERE)
    quote = page.locator(".passage-text mark").last
    quote.hover()
    assert page.locator(".say.on").all_inner_texts() == [quote.inner_text()]


def test_the_keyboard_alone_underlines_what_stands_on_a_passage(page: "Page") -> None:
    set_day(page, "2024-05-01")
    ask(page, HOUSEHOLD)
    said = [
        ((say.get_attribute("data-markers") or "").split()[0], say.inner_text())
        for say in page.locator("#result .say").all()
    ]
    lit = []
    for passage in page.locator("#result .passage:has(.passage-text)").all():
        own = (passage.get_attribute("data-markers") or "").split()
        page.keyboard.press("Tab")
        passage.locator(".passage-text").focus()
        lit.append(page.locator(".say.on").all_inner_texts())
        assert lit[-1] == [text for marker, text in said if marker in own]
        quotes = {
            marker
            for mark in page.locator("mark.on").all()
            for marker in (mark.get_attribute("data-marker") or "").split()
        }
        assert quotes >= set(own)
    assert sum(1 for sentences in lit if sentences) >= 2
    page.locator(".aloud .cite").first.focus()
    assert page.locator(".aloud .say.on").count() == 1


def test_a_page_of_a_pdf_is_named_and_the_file_can_be_had(page: "Page") -> None:
    set_day(page, "2023-05-01")
    ask(page, "기초연금 얼마예요?")
    assert page.locator(".page").first.inner_text().endswith("쪽")
    with page.expect_download() as download:
        page.locator("a.original").first.click()
    assert download.value.suggested_filename == "basic-pension-2023.pdf"


def test_a_related_programme_is_one_click_away(page: "Page") -> None:
    set_day(page, "2024-05-01")
    ask(page, "장애인연금 얼마예요?")
    related = page.locator(".related .choice").first
    name = related.inner_text()
    page.evaluate("counsel.paintedAt = 0")
    related.click()
    painted(page)
    assert page.locator(".source-title strong").first.inner_text().split(" (")[0] == name.split(" (")[0]


def test_a_changed_day_keeps_the_question_at_hand(page: "Page") -> None:
    ask(page, "기초연금 얼마 나와요?")
    assert status(page) == "outdated"
    set_day(page, "2021-03-02")
    enter(page)
    assert status(page) == "answered"
