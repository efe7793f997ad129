"""The watched folder before a policy person: one press, what became drafts, what needs somebody."""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.index.encoder import Encoder
from assistant.service import Assistant
from tests.browser.axe import serious
from tests.browser.conftest import Desk
from tests.browser.staff import somebody
from tests.channels.web.test_staff_watched import watching

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_a_press_makes_drafts_and_shows_what_needs_somebody(
    desk: Assistant, real_encoder: Encoder, chromium: "Browser", tmp_path: Path, screenshots: Path
) -> None:
    server = Desk(watching(desk, real_encoder, tmp_path).assistant)
    server.start()
    with somebody(chromium, server.address) as staff:
        staff.open()
        staff.sign_in()
        staff.settle()
        staff.at("watched")
        staff.page.click("#watched-look")
        staff.page.wait_for_selector("#watched td")
        staff.page.screenshot(path=screenshots / "staff-watched.png")
        assert "담당(owner)" in staff.page.inner_text("#watched")
        assert serious(staff.page) == []
        staff.choose("watched-standing", "화분나눔")
        staff.page.click("#watched-done")
        staff.page.wait_for_selector("#watched .empty")
        staff.at("publish")
        staff.page.wait_for_selector("text=basic-pension-2024")
    server.stop()
