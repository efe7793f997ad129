"""A real Chromium before a real server; without Chromium these tests are left out and say so."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from assistant.channels.web.page import WAITING, build_app
from assistant.index.encoder import Encoder
from assistant.service import Assistant
from tests.browser.hands import troubles
from tests.browser.stage import set_up
from tests.browser.stopwatch import SCRIPT
from tests.desk import desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["desk"]

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=ko-KR",
    # Debian's Chromium has English alone: date fields take the page's language, as a Korean browser's do.
    "--enable-blink-features=LangAttributeAwareFormControlUI",
)
KOREAN = {
    "LANGUAGE": "ko",
    "LANG": "ko_KR.UTF-8",
    **{k: os.environ[k] for k in ("PATH", "HOME") if k in os.environ},
}
ABSENT = "Chromium is not installed (apt-get install chromium fonts-noto-cjk): the browser tests are left out"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Desk:
    """A server of the page that can be stopped and started on the same port."""

    def __init__(self, assistant: Assistant, waiting: int = WAITING) -> None:
        self._assistant = assistant
        self._waiting = waiting
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        app = build_app(self._assistant, self._assistant.settings, self._waiting)
        config = uvicorn.Config(app, port=self.port, log_level="error", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.05)

    def stop(self) -> None:
        assert self._server is not None
        assert self._thread is not None
        self._server.should_exit = True
        self._thread.join(20)


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip(ABSENT)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS), env=KOREAN)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def stage(real_encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """More documents than `desk`; a module names it `desk` to put its server before it."""
    return set_up(tmp_path_factory.mktemp("stage"), real_encoder)


@pytest.fixture(scope="module")
def server(desk: Assistant, chromium: "Browser") -> Iterator[Desk]:
    server = Desk(desk)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def page(chromium: "Browser", server: Desk) -> Iterator["Page"]:
    """A fresh counsellor: no history, the clipboard allowed.

    A script error or a request to another host fails the test.
    """
    context = chromium.new_context(
        viewport={"width": 1280, "height": 720}, locale="ko-KR", timezone_id="Asia/Seoul"
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.address)
    page = context.new_page()
    broken = troubles(page, server.address)
    page.add_init_script(SCRIPT)
    page.goto(server.address)
    page.wait_for_selector("#question input")
    page.wait_for_function("document.activeElement === document.querySelector('#question input')")
    yield page
    context.close()
    assert broken == []


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures go: a temporary folder, or the one that SCREENSHOTS names (docs/screenshots)."""
    named = os.environ.get("SCREENSHOTS")
    return Path(named) if named else tmp_path_factory.mktemp("screenshots")
