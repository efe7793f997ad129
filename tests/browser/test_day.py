"""A counsellor's day on the page."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.channels.sms import unsendable
from assistant.service import Assistant
from tests.browser.axe import serious
from tests.browser.hands import BOX, ask, enter, painted, set_day, status

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

WHERE = "어머니가 67세신데 기초연금 어디서 신청해요?"


def test_an_answer_stands_beside_its_evidence(page: "Page", screenshots: Path) -> None:
    set_day(page, "2021-03-02")
    ask(page, WHERE)
    assert status(page) == "answered"
    assert "행정복지센터" in page.inner_text(".aloud")
    assert page.locator(".passage.on mark.on").count() >= 1
    assert page.locator("#as-of.moved").count() == 1
    page.screenshot(path=screenshots / "answered.png")


def test_pointing_at_a_sentence_lights_its_words_in_the_document(page: "Page") -> None:
    set_day(page, "2021-03-02")
    ask(page, WHERE)
    sentence = page.locator(".aloud .say").last
    sentence.hover()
    assert page.inner_text("mark.on").strip() == sentence.inner_text().strip()


def test_alt_and_a_number_open_a_citation(page: "Page") -> None:
    set_day(page, "2021-03-02")
    ask(page, WHERE)
    page.keyboard.press("Alt+1")
    assert page.evaluate("document.activeElement.className").startswith("passage")
    assert page.input_value(BOX) == WHERE


def test_an_enter_that_ends_a_syllable_does_not_ask(page: "Page") -> None:
    set_day(page, "2021-03-02")
    keys = page.context.new_cdp_session(page)
    page.focus(BOX)
    for text in ("기", "기초", "기초연", "기초연금"):
        keys.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )
    press = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
    keys.send("Input.dispatchKeyEvent", {"type": "keyDown", **press})
    keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **press})
    page.wait_for_timeout(400)
    assert page.locator("#result .result").count() == 0
    keys.send("Input.insertText", {"text": "기초연금 얼마 나와요?"})
    enter(page)
    assert page.locator(".asked").inner_text() == "질문: 기초연금 얼마 나와요?"


def test_programmes_appear_while_typing_and_one_can_be_taken(page: "Page", screenshots: Path) -> None:
    page.focus(BOX)
    page.keyboard.type("기초연", delay=20)
    page.wait_for_selector("#suggestions li")
    page.screenshot(path=screenshots / "suggestions.png")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value(BOX).startswith("기초연금")
    assert page.locator("#suggestions").count() == 0
    assert page.locator("#result .result").count() == 0


def test_a_programme_that_is_over_on_the_day_is_marked_in_the_list(page: "Page") -> None:
    for day, marks in (("2021-06-10", []), ("2022-06-10", ["종료"])):
        page.keyboard.press("F2")
        set_day(page, day)
        page.focus(BOX)
        page.keyboard.type("행복지원금", delay=20)
        page.wait_for_selector("#suggestions li")
        assert page.locator("#suggestions li .tag").all_inner_texts() == marks
    assert serious(page) == []
    page.keyboard.press("ArrowDown")
    assert serious(page) == []
    page.keyboard.press("Enter")
    assert "행복지원금" in page.input_value(BOX)
    assert "종료" not in page.input_value(BOX)


def test_the_last_keystroke_wins(page: "Page") -> None:
    page.focus(BOX)
    page.keyboard.type("기초연금생계급여", delay=5)
    page.fill(BOX, "")
    page.keyboard.type("생계급", delay=5)
    page.wait_for_selector("#suggestions li")
    page.wait_for_timeout(300)
    assert all("생계급여" in text for text in page.locator("#suggestions li").all_inner_texts())


def test_programmes_that_come_late_are_not_those_of_an_earlier_keystroke(page: "Page") -> None:
    waiting: list[Route] = []
    page.route("**/api/suggest*", lambda route: route.continue_() if waiting else waiting.append(route))
    page.focus(BOX)
    with page.expect_request("**/api/suggest*"):
        page.keyboard.type("생계", delay=5)
    page.evaluate(
        "lists = [];"
        "new MutationObserver(() => lists.push(document.querySelector('#suggestions')?.innerText))"
        ".observe(document.querySelector('#question'), {childList: true})"
    )
    page.fill(BOX, "")
    page.keyboard.type("기초연", delay=5)
    waiting[0].continue_()
    page.wait_for_selector("#suggestions li")
    page.wait_for_timeout(300)
    assert all("생계급여" not in (shown or "") for shown in page.evaluate("lists"))


def test_a_follow_up_carries_the_programme_and_can_be_mended(page: "Page", screenshots: Path) -> None:
    set_day(page, "2021-03-02")
    ask(page, WHERE)
    ask(page, "서류는요?")
    assert page.locator(".chip-words").all_inner_texts() == ["기초연금"]
    assert page.input_value("#standalone") == "기초연금 서류는요?"
    page.screenshot(path=screenshots / "follow-up.png")
    page.fill("#standalone", "기초연금 얼마 나와요?")
    page.evaluate("counsel.paintedAt = 0")
    page.click('[data-action="ask-standalone"]')
    painted(page)
    assert page.locator(".asked").inner_text() == "질문: 기초연금 얼마 나와요?"
    assert page.locator("#standalone").count() == 0


def test_a_new_call_leaves_nothing_of_the_last_caller(page: "Page") -> None:
    set_day(page, "2021-03-02")
    ask(page, WHERE)
    page.keyboard.press("Alt+n")
    assert page.input_value(BOX) == ""
    assert page.locator(".chip").count() == 0
    assert page.locator("#as-of.moved").count() == 0
    assert not page.locator("#result .result").is_visible()
    ask(page, "서류는요?")
    assert page.locator("#standalone").count() == 0


def test_escape_clears_the_question(page: "Page") -> None:
    page.fill(BOX, "잘못 적은 말")
    page.press(BOX, "Escape")
    assert page.input_value(BOX) == ""


def test_a_programme_that_is_over_says_so(page: "Page", screenshots: Path) -> None:
    ask(page, "행복지원금 신청할게요")
    assert status(page) == "closed"
    assert "종료된 사업" in page.inner_text(".status")
    page.screenshot(path=screenshots / "closed.png")


def test_an_old_edition_is_framed_with_its_year(page: "Page", screenshots: Path) -> None:
    ask(page, "기초연금 얼마 나와요?")
    assert status(page) == "outdated"
    assert page.locator(".aloud.framed").count() == 1
    page.screenshot(path=screenshots / "outdated.png")


def test_danger_shows_its_hot_line_above_everything(page: "Page", screenshots: Path) -> None:
    ask(page, "죽고 싶대요. 생계급여 받을 수 있나요?")
    assert page.locator(".hotline b").first.inner_text() == "109"
    top = page.locator(".alerts").bounding_box()
    answer = page.locator(".answer").bounding_box()
    assert top is not None
    assert answer is not None
    assert top["y"] < answer["y"]
    page.screenshot(path=screenshots / "crisis.png")


def test_each_draft_is_copied_with_its_size(page: "Page", screenshots: Path) -> None:
    set_day(page, "2021-03-02")
    ask(page, "기초연금 어디서 신청해요?")
    tabs = page.locator('.drafts [role="tab"]')
    assert [tab.get_attribute("data-value") for tab in tabs.all()] == [
        "script",
        "kakao",
        "sms",
        "lms",
        "note",
    ]
    for tab in tabs.all():
        tab.click()
        panel = page.locator(".draft:visible")
        assert panel.locator(".size").inner_text()
        panel.locator('[data-action="copy"]').click()
        page.wait_for_timeout(100)
        assert page.evaluate("navigator.clipboard.readText()") == panel.locator("textarea").input_value()
    page.click("#tab-lms")
    area = page.locator("#draft-lms textarea")
    area.fill("가나다 30")
    assert page.locator("#draft-lms .size").inner_text() == "9 / 2,000바이트"
    area.fill("가" * 1001)
    assert page.locator("#draft-lms .size.too-long").inner_text() == "2,002 / 2,000바이트"
    copy = page.locator('#draft-lms [data-action="copy"]')
    page.wait_for_function("button => button.textContent === '복사'", arg=copy.element_handle())
    page.screenshot(path=screenshots / "draft-too-long.png")


def test_a_text_message_that_is_changed_says_what_no_phone_shows(page: "Page") -> None:
    set_day(page, "2021-03-02")
    ask(page, "기초연금 어디서 신청해요?")
    page.click("#tab-lms")
    note = page.locator("#draft-lms .draft-foot .quiet")
    subject = note.inner_text()
    assert subject.startswith("제목: ")
    page.fill("#draft-lms textarea", "뷁 기초연금 😀 뷁")
    assert note.inner_text() == f"{subject} · 보낼 수 없는 글자: 뷁 😀"
    page.fill("#draft-lms textarea", "기초연금")
    assert note.inner_text() == subject
    page.click("#tab-sms")
    page.fill("#draft-sms textarea", "햏")
    assert page.inner_text("#draft-sms .draft-foot .quiet") == "보낼 수 없는 글자: 햏"


def test_the_page_and_the_server_agree_on_what_a_text_message_can_hold(page: "Page") -> None:
    everything = "".join(chr(code) for code in range(0x20, 0xFFFE) if not 0xD800 <= code < 0xE000)
    assert page.evaluate("text => counsel.unsendable(text)", everything) == list(unsendable(everything))


def test_the_shift_survives_a_reload_and_can_be_searched(page: "Page", screenshots: Path) -> None:
    set_day(page, "2021-03-02")
    ask(page, WHERE)
    ask(page, "기초연금 얼마 나와요?")
    page.reload()
    page.wait_for_selector("#result .result")
    assert page.locator(".asked").inner_text() == "질문: 기초연금 얼마 나와요?"
    assert page.locator(".chip-words").all_inner_texts() == ["기초연금"]
    page.click('#tabs button[data-tab-id="history"]')
    page.fill("#history-search", "67세")
    assert page.locator("#history-list strong").all_inner_texts() == [WHERE]
    page.screenshot(path=screenshots / "history.png")
    page.evaluate("counsel.paintedAt = 0")
    page.click("#history-list button")
    painted(page)
    assert page.locator(".asked").inner_text() == f"질문: {WHERE}"


def test_shortcuts_are_listed_from_the_question_box_and_outside_it(page: "Page") -> None:
    page.fill(BOX, "3인이요")
    page.keyboard.press("F1")
    assert page.locator("#help").is_visible()
    told = " ".join(page.locator("#help dt, #help dd").all_inner_texts())
    for key in ("Enter", "F2", "Alt+N", "Esc", "↑ ↓", "Alt+1…9", "/", "F1", "?"):
        assert key in told
    page.keyboard.press("F1")
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    assert page.input_value(BOX) == "3인이요"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement === document.querySelector('#question input')")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (640, 360)])
def test_the_shortcuts_have_a_button_also_at_two_hundred_per_cent(
    page: "Page", width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.click('[data-action="help"]', timeout=5_000)
    assert page.locator("#help").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_shows_everything_without_sideways_scrolling(page: "Page", screenshots: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    set_day(page, "2021-03-02")
    ask(page, "기초연금 얼마 나와요?")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=screenshots / "phone.png")
    page.set_viewport_size({"width": 640, "height": 360})
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_the_dark_page_is_kept(page: "Page", screenshots: Path) -> None:
    page.click('[data-action="dark"]')
    set_day(page, "2021-03-02")
    ask(page, "기초연금 얼마 나와요?")
    page.screenshot(path=screenshots / "dark.png")
    page.reload()
    page.wait_for_selector("body.dark")


def test_nothing_found_says_whom_to_call(page: "Page", screenshots: Path) -> None:
    ask(page, "달나라 이주 지원금 신청 방법")
    page.screenshot(path=screenshots / "no-evidence.png")
    assert status(page) == "unanswerable_no_evidence"
    assert "129" in page.inner_text(".contacts")
    assert page.locator(".aloud").count() == 0


def test_a_choice_of_the_clarifying_question_asks_again(page: "Page", screenshots: Path) -> None:
    ask(page, "진주시 소상공인 지원금 얼마예요?")
    page.screenshot(path=screenshots / "clarification.png")
    assert status(page) == "clarification_needed"
    page.evaluate("counsel.paintedAt = 0")
    page.locator(".choices button").first.click()
    painted(page)
    assert status(page) != "clarification_needed"


def test_feedback_takes_two_clicks(page: "Page", desk: Assistant) -> None:
    set_day(page, "2021-03-02")
    ask(page, WHERE)
    page.click('[data-action="rate"][data-value="부족"]')
    page.click('[data-action="send-rating"]')
    page.wait_for_function("document.querySelector('.rated').textContent.includes('남겼습니다')")
    answer_id = page.locator("#result .result").get_attribute("data-answer-id") or ""
    assert desk.records is not None
    assert [rating["verdict"] for rating in desk.records.opened(answer_id).ratings] == ["부족"]
