"""An office of 220 documents with people who may sign in, and what a policy person's hands do on the page."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from assistant.corpus.library import SITUATIONS, source_paths
from assistant.index.encoder import Encoder
from assistant.records.store import Records
from assistant.records.users import Role, Users
from assistant.service import Assistant, build_index
from assistant.settings import PROJECT, Settings
from tests.browser.hands import troubles

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DOCUMENTS = 220
PASSWORD = "correct horse"
PEOPLE = (("김정책", Role.POLICY), ("박승인", Role.POLICY), ("이상담", Role.COUNSELLOR))
DAY = "2021-03-02"
QUESTION = "기초연금 얼마 받나요?"
NEWEST = "kind => document.querySelector('#past summary .tag')?.innerText === kind"
QUESTIONS = (
    QUESTION,
    "기초연금 어디서 신청해요?",
    "기초연금 대상 나이가 어떻게 되나요?",
    "기초연금 서류 뭐 내요?",
)


def office_of(folder: Path, encoder: Encoder, cache: Path | None = None) -> Assistant:
    """An assistant over 220 of the project's documents; `cache`: an index folder with embeddings of them."""
    corpus = PROJECT / "corpus"
    wanted = sorted(source_paths(corpus), key=lambda path: ("basic-pension" not in path.name, path))[
        :DOCUMENTS
    ]
    for source in (*wanted, *(Path(f"{path}.yaml") for path in wanted), corpus / "city.yaml"):
        if source.is_file():
            target = folder / "corpus" / source.relative_to(corpus)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    shutil.copytree(corpus / SITUATIONS, folder / "corpus" / SITUATIONS)
    if cache is not None and (cache / "cache").is_dir():
        shutil.copytree(cache / "cache", folder / "index" / "cache")
    settings = replace(
        Settings(),
        corpus_dir=folder / "corpus",
        index_dir=folder / "index",
        records_path=folder / "records.sqlite",
        uploads_dir=folder / "uploads",
        watched_dir=folder / "watched",
        users_path=folder / "users.yaml",
    )
    users = Users(settings.users_path)
    for name, role in PEOPLE:
        users.add(name, PASSWORD, role)
    build_index(settings, encoder)
    assistant = Assistant(settings, encoder, Records(settings.records_path))
    assert len(assistant.documents()) == DOCUMENTS
    return assistant


@contextmanager
def asking(address: str, people: int = 10, pause: float = 1.0) -> Iterator[list[str]]:
    """So many people ask all the time, each with a pause between questions; the list holds what failed."""
    stop, failed, counted = threading.Event(), list[str](), list[int]()

    def ask(number: int) -> None:
        with httpx.Client(timeout=30) as client:
            for turn in range(10_000):
                body = {"question": QUESTIONS[(number + turn) % len(QUESTIONS)], "as_of": DAY}
                try:
                    answer = client.post(f"{address}/api/ask", json=body)
                    if answer.status_code != 200 or not answer.json()["statements"]:
                        failed.append(f"{answer.status_code} {answer.text[:200]}")
                except httpx.HTTPError as error:
                    failed.append(repr(error))
                counted.append(1)
                if stop.wait(pause):
                    return

    threads = [threading.Thread(target=ask, args=(number,), daemon=True) for number in range(people)]
    for thread in threads:
        thread.start()
    try:
        yield failed
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)
        assert len(counted) >= people, "nobody asked"


@dataclass
class Staff:
    """Somebody of the policy staff before the page."""

    page: "Page"
    address: str

    def open(self) -> None:
        self.page.goto(self.address)
        self.page.click('#tabs button[data-tab-id="staff"]')

    def sign_in(self, name: str = "김정책", password: str = PASSWORD) -> None:
        self.page.fill(".sign-in:visible input[name=name]", name)
        self.page.fill(".sign-in:visible input[name=password]", password)
        self.page.click(".sign-in:visible button")

    def settle(self) -> None:
        """Wait until the page has filled its lists: before, a tab may be drawn once more."""
        self.page.wait_for_selector("#staff-file:visible")
        self.page.wait_for_timeout(500)

    def at(self, tab: str) -> None:
        self.page.click(f'#staff-tabs > .tab-wrapper [role="tab"][data-tab-id="{tab}"]')

    def write(self, part: str, text: str) -> None:
        self.page.fill(f"#{part} :is(input, textarea)", text)

    def choose(self, part: str, words: str) -> None:
        self.page.fill(f"#{part} input", words)
        self.page.locator('ul[role="listbox"] [role="option"]', has_text=words).first.click()
        self.page.wait_for_selector('ul[role="listbox"]', state="detached")

    def upload(self, file: Path) -> None:
        with self.page.expect_response(lambda r: "/upload" in r.url and r.request.method == "POST"):
            # By content: where no Korean locale is installed Chromium finds no path with Hangul in it.
            self.page.set_input_files(
                "#staff-file input[type=file]",
                {"name": file.name, "mimeType": "application/octet-stream", "buffer": file.read_bytes()},
            )
        self.page.wait_for_selector("#staff-form:visible", timeout=60_000)
        self.page.wait_for_selector(".as-cited", timeout=60_000)

    def save(self, why: str) -> None:
        self.write("staff-why", why)
        self.page.click("#staff-save")
        self.page.wait_for_selector("#look:visible")

    def look(self) -> tuple[float, float]:
        """Seconds until diff, conflicts and the first changed topics are on screen, and until all are."""
        begun = time.monotonic()
        self.page.click("#look")
        self.page.wait_for_selector("#preview .preview", timeout=60_000)
        first = time.monotonic() - begun
        self.page.wait_for_selector("#preview .asking", state="detached", timeout=120_000)
        return first, time.monotonic() - begun

    def approve(self, why: str, reason: str, second: str = "박승인") -> None:
        self.write("publish-why", why)
        if self.page.is_visible("#second-person"):
            self.write("override", reason)
            self.write("approver", second)
            self.page.fill("#approver-password input", PASSWORD)

    def publish(self) -> float:
        """Seconds until the page says that the drafts are live."""
        begun = time.monotonic()
        self.page.click("#publish")
        self.page.wait_for_selector("#preview .published", timeout=60_000)
        return time.monotonic() - begun

    def undo(self, why: str) -> float:
        """Seconds until the history on the page begins with the publication taken back."""
        newest = self.page.locator("#past summary .tag").first
        self.at("past")
        self.page.wait_for_function(NEWEST, arg="게시", timeout=30_000)
        self.write("undo-why", why)
        begun = time.monotonic()
        self.page.click("#undo")
        self.page.wait_for_function(NEWEST, arg="되돌림", timeout=60_000)
        assert newest.is_visible()
        return time.monotonic() - begun


@contextmanager
def somebody(browser: "Browser", address: str) -> Iterator[Staff]:
    """A person with a browser of their own; a script error or a request to another host is an error here."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, locale="ko-KR", timezone_id="Asia/Seoul"
    )
    page = context.new_page()
    broken = troubles(page, address)
    yield Staff(page, address)
    context.close()
    assert broken == []


def amount_raised(assistant: Assistant, folder: Path) -> Path:
    """The guideline of 2021 with one amount changed, as somebody would bring it."""
    text = (assistant.settings.corpus_dir / "노인/basic-pension-2021.md").read_text(encoding="utf-8")
    file = folder / "기초연금 사업안내(2021) 고침.md"
    file.write_text(text.replace("30만원", "31만원"), encoding="utf-8")
    assert file.read_text(encoding="utf-8") != text
    return file


def said(address: str) -> str:
    """What a caller would be told now."""
    answer = httpx.post(f"{address}/api/ask", json={"question": QUESTION, "as_of": DAY}, timeout=30).json()
    return " ".join(statement["text"] for statement in answer["statements"])
