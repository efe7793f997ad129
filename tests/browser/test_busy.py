"""More people ask than the server takes: the page says so in its own words, and goes on."""

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from assistant.channels.web.counsel import AT_ONCE
from assistant.domain import Answer
from assistant.index.encoder import Encoder
from assistant.service import Assistant
from tests.browser.axe import serious
from tests.browser.conftest import Desk
from tests.browser.hands import BOX, ask, painted, set_day, status

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WHERE = "기초연금 어디서 신청해요?"
DAY = "2021-03-02"


class Slow(Assistant):
    """Answers when it is let: until then questions are under way and count."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.free = threading.Event()
        self.free.set()
        self.begun = threading.Semaphore(0)

    def ask(self, *words: Any, **facts: Any) -> Answer:
        self.begun.release()
        assert self.free.wait(60)
        return super().ask(*words, **facts)


@pytest.fixture(scope="module")
def slow(desk: Assistant, real_encoder: Encoder) -> Slow:
    return Slow(desk.settings, real_encoder)


@pytest.fixture(scope="module")
def server(slow: Slow, chromium: "Browser") -> Iterator[Desk]:
    """One question may wait besides those that are answered."""
    server = Desk(slow, waiting=1)
    server.start()
    yield server
    server.stop()


def asked_by_another(address: str) -> bool:
    """Somebody else's question goes into the queue; whether it was taken."""
    with httpx.Client(base_url=address, timeout=20) as client:
        known = client.get("/config").json()["dependencies"]
        asking = next(d["id"] for d in known if any(name == "submit" for _, name in d["targets"]))
        question = {"data": [WHERE, {"as_of": DAY}], "fn_index": asking, "session_hash": uuid4().hex}
        return client.post("/gradio_api/queue/join", json=question).status_code == 200


def test_a_full_queue_is_told_in_korean_and_the_question_can_be_asked_again(
    page: "Page", slow: Slow, server: Desk
) -> None:
    set_day(page, DAY)
    ask(page, "기초연금 얼마 나와요?")
    assert slow.begun.acquire(timeout=20)
    slow.free.clear()
    try:
        for _ in range(AT_ONCE):
            assert asked_by_another(server.address)
            assert slow.begun.acquire(timeout=20)
        assert asked_by_another(server.address)
        page.fill(BOX, WHERE)
        page.press(BOX, "Enter")
        page.wait_for_selector("#result .result.error")
        page.wait_for_function("!document.querySelector('#result').getAttribute('aria-busy')")
        assert "지금 묻는 사람이 많아" in page.inner_text("#result .result.error")
        assert page.locator('#result .result [class*="aloud"]').count() == 0
        page.wait_for_timeout(500)
        assert "currently busy" not in page.inner_text("body")
        assert page.locator('[data-testid="toast-body"]:visible').count() == 0
        assert page.locator("#first-evidence").count() == 0
        assert page.input_value(BOX) == WHERE
        assert serious(page) == []
    finally:
        slow.free.set()
    assert slow.begun.acquire(timeout=20)
    page.evaluate("counsel.paintedAt = 0")
    page.click('[data-action="ask-again"]')
    painted(page)
    assert status(page) == "answered"
    assert page.locator(".asked").inner_text() == f"질문: {WHERE}"
