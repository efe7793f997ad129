"""What a counsellor's hands do on the page."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

BOX = "#question input"


def set_day(page: "Page", day: str) -> None:
    page.fill("#as-of", day)
    page.dispatch_event("#as-of", "change")


def ask(page: "Page", question: str) -> None:
    """Type a question, press Enter, wait until the answer is in the page."""
    page.fill(BOX, question)
    enter(page)


def enter(page: "Page") -> None:
    page.evaluate("counsel.paintedAt = 0")
    page.press(BOX, "Enter")
    painted(page)


def painted(page: "Page") -> None:
    page.wait_for_function("counsel.paintedAt > 0", timeout=15_000)


def status(page: "Page") -> str:
    return page.locator("#result .result").get_attribute("data-status") or ""


def troubles(page: "Page", address: str) -> list[str]:
    """What no page may do, as it comes: an error of a script, a request to any host but the server."""
    found: list[str] = []
    ours = (f"{address}/", f"ws{address.removeprefix('http')}/", "data:", "blob:")
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(ours) else found.append(request.url))
    page.on("websocket", lambda socket: None if socket.url.startswith(ours) else found.append(socket.url))
    return found
