"""The watched folder before a policy person: opening the tab looks, so does a press; what needs somebody."""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.index.encoder import Encoder
from assistant.service import Assistant
from tests.browser.axe import serious
from tests.browser.conftest import Desk
from tests.browser.staff import somebody
from tests.channels.web.test_staff_watched import drafted, watching

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_what_came_is_drafted_behind_the_page_or_at_a_press_and_what_needs_somebody_is_shown(
    desk: Assistant, real_encoder: Encoder, chromium: "Browser", tmp_path: Path, screenshots: Path
) -> None:
    office = watching(desk, real_encoder, tmp_path)
    server = Desk(office.assistant)
    server.start()
    with somebody(chromium, server.address) as staff:
        staff.open()
        staff.sign_in()
        staff.settle()
        assert drafted(office) == ["basic-pension-2024"]
        (office.settings.watched_dir / "부채나눔.md").write_text("# 부채 나눔 알림\n\n부채를 드립니다.\n")
        staff.at("watched")
        staff.page.wait_for_selector("#watched td")
        staff.page.screenshot(path=screenshots / "staff-watched.png")
        assert "부채나눔" not in staff.page.inner_text("#watched")
        staff.page.click("#watched-look")
        staff.page.wait_for_selector("#watched td >> text=부채나눔")
        assert "담당(owner)" in staff.page.inner_text("#watched")
        assert serious(staff.page) == []
        staff.choose("watched-standing", "화분나눔")
        staff.page.click("#watched-done")
        staff.page.wait_for_selector("#watched td >> text=화분나눔", state="detached")
        staff.at("publish")
        staff.page.wait_for_selector("text=basic-pension-2024")
    server.stop()
