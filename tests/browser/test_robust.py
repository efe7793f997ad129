"""Restarts, the network, accessibility, and the time an answer takes on the screen."""

from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlparse

import pytest

from tests.browser.axe import serious
from tests.browser.conftest import Desk
from tests.browser.hands import BOX, ask, set_day, status, troubles
from tests.browser.stopwatch import last_answer, last_list

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUESTIONS = (
    "기초연금 얼마 나와요?",
    "기초연금 어디서 신청해요?",
    "기초연금 서류",
    "생계급여 기준",
    "행복지원금 언제까지예요?",
)
WORDS = (
    "기초연",
    "노령연",
    "생계급",
    "기초생활",
    "행복지",
    "진주시",
    "소상공",
    "자살예",
    "긴급",
    "어르신",
    "노인연",
)


def test_a_restart_of_the_server_is_noticed_and_recovered_from(
    page: "Page", server: Desk, screenshots: Path
) -> None:
    set_day(page, "2021-03-02")
    ask(page, "기초연금 얼마 나와요?")
    page.fill(BOX, "")
    page.focus(BOX)
    page.keyboard.type("기초연금 서류")
    server.stop()
    page.wait_for_selector("#connection:visible", timeout=20_000)
    page.screenshot(path=screenshots / "lost.png")
    server.start()
    page.wait_for_selector("#connection", state="hidden", timeout=20_000)
    page.wait_for_selector("#result .result")
    page.wait_for_function(
        "box => document.querySelector(box)?.value === '기초연금 서류'", arg=BOX, timeout=5_000
    )
    page.wait_for_timeout(1_500)
    assert page.input_value(BOX) == "기초연금 서류"
    assert page.locator(".chip").all_inner_texts()
    ask(page, "기초연금 서류 뭐 필요해요?")
    assert status(page) == "answered"


def test_a_whole_session_asks_no_other_host_for_anything(page: "Page", server: Desk) -> None:
    """From the first load through every part of the page to the next call; sockets count as requests."""
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlparse(request.url).netloc))
    page.on("websocket", lambda socket: hosts.add(urlparse(socket.url).netloc))
    page.reload()
    page.wait_for_selector(BOX)
    set_day(page, "2021-03-02")
    page.focus(BOX)
    page.keyboard.type("기초연", delay=20)
    page.wait_for_selector("#suggestions li")
    ask(page, "기초연금 얼마 나와요?")
    ask(page, "서류는요?")
    page.keyboard.press("Alt+1")
    page.click("#tab-kakao")
    page.click('.draft:visible [data-action="copy"]')
    page.click('[data-action="rate"][data-value="정확"]')
    page.wait_for_function("document.querySelector('.rated').textContent.includes('남겼습니다')")
    with page.expect_download():
        page.locator("a.original").first.click()
    page.select_option("#filter-category", "코로나19")
    ask(page, "행복지원금 얼마예요?")
    page.click('[data-action="dark"]')
    page.click('[data-action="help"]')
    page.keyboard.press("Escape")
    page.click('#tabs button[data-tab-id="history"]')
    page.wait_for_selector("#history-list button")
    page.keyboard.press("F2")
    ask(page, "죽고 싶대요. 생계급여 되나요?")
    assert hosts == {urlparse(server.address).netloc}


def test_a_request_to_another_host_would_fail_any_test_of_a_page(chromium: "Browser", server: Desk) -> None:
    """Of the tabs of staff and evaluators too: whoever opens one listens for `troubles`."""
    page = chromium.new_page()
    found = troubles(page, server.address)
    page.goto(server.address)
    page.wait_for_selector(BOX)
    assert found == []
    page.evaluate("fetch('http://localhost:9/fonts.css').catch(() => null)")
    assert found == ["http://localhost:9/fonts.css"]
    page.close()


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_serious_violation(page: "Page", dark: bool) -> None:
    if dark:
        page.click('[data-action="dark"]')
    for question in ("기초연금 얼마 나와요?", "죽고 싶대요. 생계급여 되나요?", "달나라 이주 지원금"):
        ask(page, question)
        page.click("#tab-lms")
        assert serious(page) == []
    page.click('#tabs button[data-tab-id="history"]')
    page.wait_for_selector("#history-list button")
    assert serious(page) == []


def test_an_answer_is_painted_in_time(page: "Page") -> None:
    """The median over 25 questions; `python -m tests.browser.measure` reports p95 on a quiet machine."""
    set_day(page, "2021-03-02")
    times = []
    for question in (f"{question} {turn}번째" for turn in range(5) for question in QUESTIONS):
        ask(page, question)
        times.append(last_answer(page))
    assert median(times) <= 400


def test_suggestions_are_painted_in_time(page: "Page") -> None:
    """The median over words that are all different; as above."""
    times = []
    for word in WORDS:
        page.keyboard.press("F2")
        page.keyboard.type(word, delay=30)
        times.append(last_list(page))
        assert page.locator("#suggestions li").count() >= 1
    assert min(times) > 0
    assert median(times) <= 250
