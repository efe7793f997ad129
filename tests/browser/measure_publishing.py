"""`python -m tests.browser.measure_publishing`: one amount of 220 documents, seen, published and taken back.

Through the page, in a real Chromium, while ten people ask all the time, each a question a second.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from assistant.index.encoder import Encoder
from assistant.settings import Settings
from tests.browser.conftest import FLAGS, KOREAN, Desk
from tests.browser.staff import DOCUMENTS, amount_raised, asking, office_of, said, somebody

TURNS = 3


def main() -> None:
    """Measure and print one line a step: the seconds of each turn, and the budget."""
    settings = Settings.from_environment()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    steps: dict[str, list[float]] = {"to see": [], "to see all": [], "to be live": [], "to be taken back": []}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        encoder = Encoder(threads=settings.threads)
        assistant = office_of(Path(folder) / "office", encoder, settings.index_dir)
        server = Desk(assistant)
        server.start()
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS), env=dict(KOREAN))
        with somebody(browser, server.address) as staff, asking(server.address) as failed:
            staff.open()
            staff.sign_in()
            staff.settle()
            for turn in range(TURNS):
                staff.at("upload")
                staff.upload(amount_raised(assistant, Path(folder)))
                staff.save(f"{turn + 1}번째 금액")
                first, whole = staff.look()
                staff.approve("고시 반영", "두 사람이 확인함")
                live = staff.publish()
                assert "31만원" in said(server.address)
                back = staff.undo("되돌림")
                assert "30만원" in said(server.address)
                for name, seconds in zip(steps, (first, whole, live, back), strict=True):
                    steps[name].append(seconds)
                time.sleep(1)
        server.stop()
    for (name, taken), budget in zip(steps.items(), ("≤ 5 s", "", "≤ 5 s", "≤ 10 s"), strict=True):
        say(f"{name:18} {', '.join(f'{s:.1f}' for s in taken)} s   {budget}")
    say(f"{DOCUMENTS} documents, ten people asking: {len(failed)} errors   0")


def say(line: str) -> None:
    """One line on standard output."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
