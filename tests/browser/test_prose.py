"""A language model beside the page: the answer first, its checked prose second, marked as such."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.index.encoder import Encoder
from assistant.records.store import Records
from assistant.service import Assistant
from tests.browser.hands import BOX, ask, set_day, status
from tests.browser.stopwatch import last_answer

if TYPE_CHECKING:
    from playwright.sync_api import Page

WHERE = "기초연금 어디서 신청해요?"


@dataclass
class Model:
    """A language model's server: how long it thinks, and whether what it says is in the evidence."""

    url: str
    seconds: float = 0.0
    honest: bool = True


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            evidence = json.loads(body["messages"][1]["content"])["evidence"]
            time.sleep(served.seconds)
            text = evidence[0]["text"] if served.honest else "누구나 매달 900만원을 받습니다."
            content = json.dumps([{"text": text, "ids": [evidence[0]["id"]]}], ensure_ascii=False)
            reply = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Model(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def desk(
    stage: Assistant, model: Model, real_encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> Assistant:
    """The stage with a language model configured."""
    path = tmp_path_factory.mktemp("prose") / "records.sqlite"
    settings = replace(stage.settings, records_path=path, llm_base_url=model.url, llm_model="small")
    return Assistant(settings, real_encoder, Records(path))


@pytest.fixture(autouse=True)
def as_new(model: Model) -> None:
    model.seconds, model.honest = 0.0, True


def test_the_answer_stands_before_the_prose_which_is_marked(
    page: "Page", model: Model, screenshots: Path
) -> None:
    model.seconds = 1.5
    set_day(page, "2021-03-02")
    ask(page, WHERE)
    assert last_answer(page) < 1500
    assert status(page) == "answered"
    assert "쓰고 있습니다" in page.inner_text(".prose-slot")
    page.screenshot(path=screenshots / "prose-pending.png")
    page.wait_for_selector(".prose-slot.told")
    assert "AI가 다듬은 문장" in page.inner_text(".prose-slot h2")
    said = page.locator(".prose-slot .say").first
    assert "기초연금" in said.inner_text()
    said.hover()
    assert page.locator("mark.on").count() >= 1
    page.screenshot(path=screenshots / "prose.png")
    page.click('[data-action="copy-prose"]')
    page.wait_for_timeout(100)
    assert page.evaluate("navigator.clipboard.readText()") == said.inner_text()


def test_prose_that_fails_its_check_is_not_shown(page: "Page", model: Model, screenshots: Path) -> None:
    model.honest = False
    set_day(page, "2021-03-02")
    ask(page, "기초연금 얼마예요?")
    page.wait_for_selector(".prose-slot[data-done]")
    assert "쓰지 않았습니다" in page.inner_text(".prose-slot")
    assert "900만원" not in page.inner_text("#result")
    page.screenshot(path=screenshots / "prose-refused.png")


def test_the_next_question_does_not_wait_for_a_slow_model(page: "Page", model: Model) -> None:
    model.seconds = 4.0
    set_day(page, "2021-03-02")
    ask(page, "기초연금 서류 알려 주세요")
    assert page.locator(".prose-slot:not([data-done])").count() == 1
    ask(page, "기초연금 언제 신청해요?")
    assert last_answer(page) < 2000
    page.wait_for_selector(".prose-slot[data-done]", timeout=10_000)
    assert page.input_value(BOX) == "기초연금 언제 신청해요?"


def test_prose_survives_a_reload(page: "Page") -> None:
    set_day(page, "2021-03-02")
    ask(page, WHERE)
    page.wait_for_selector(".prose-slot.told")
    page.reload()
    page.wait_for_selector("#result .prose-slot.told")
