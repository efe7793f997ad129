"""How fast the page is: `python -m tests.browser.measure ADDRESS` prints milliseconds.

One person first (50 questions, and keystroke to suggestions), then several at once, each in a context of
their own with two to four seconds between questions, as on a busy shift. The server must be running.
"""

import argparse
import asyncio
import random
import shutil
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

QUESTIONS = (
    "기초연금 얼마 나와요?",
    "어머니가 67세신데 기초연금 어디서 신청해요?",
    "생계급여 받으려면 소득이 얼마여야 해요?",
    "행복지원금 카드 언제까지 써요?",
    "긴급복지 서류 뭐 필요해요?",
    "달나라 이주 지원금 신청 방법",
)
BOX = "#question input"


async def ask(page: "Page", question: str) -> float:
    """Milliseconds from Enter to the painted answer."""
    await page.fill(BOX, question)
    await page.evaluate("counsel.paintedAt = 0")
    await page.press(BOX, "Enter")
    await page.wait_for_function("counsel.paintedAt > 0", timeout=30_000)
    return float(await page.evaluate("counsel.paintedAt - counsel.askedAt"))


async def suggest(page: "Page", word: str) -> float:
    """Milliseconds from the last keystroke to the painted suggestions."""
    await page.fill(BOX, "")
    await page.focus(BOX)
    await page.keyboard.type(word[:-1])
    await page.evaluate(
        "counsel.suggestedAt = 0;"
        "document.addEventListener('input', () => { counsel.typedAt = performance.now(); }, true)"
    )
    await page.keyboard.type(word[-1])
    await page.wait_for_function("counsel.suggestedAt > counsel.typedAt", timeout=10_000)
    return float(await page.evaluate("counsel.suggestedAt - counsel.typedAt"))


async def opened(browser: "Browser", address: str) -> "Page":
    page = await (await browser.new_context(viewport={"width": 1280, "height": 720})).new_page()
    await page.goto(address)
    await page.wait_for_selector(BOX)
    return page


async def person(page: "Page", seconds: float, chance: random.Random) -> list[float]:
    """One counsellor for a while, on a page that is open; calls begin at different moments."""
    await ask(page, QUESTIONS[0])
    await asyncio.sleep(chance.uniform(0, 4))
    until, times = time.monotonic() + seconds, []
    while time.monotonic() < until:
        times.append(await ask(page, chance.choice(QUESTIONS)))
        await asyncio.sleep(chance.uniform(2, 4))
    return times


def told(name: str, times: list[float]) -> None:
    """One line of figures."""
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    line = f"{name}: n={len(times)} p50={median(times):.0f} p95={p95:.0f} max={ordered[-1]:.0f} ms\n"
    sys.stdout.write(line)


async def measure(address: str, people: int, seconds: float) -> None:
    """Print the figures of one person, of suggestions, and of several people at once."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = await opened(browser, address)
        await ask(page, QUESTIONS[0])
        told("Enter to answer", [await ask(page, QUESTIONS[i % len(QUESTIONS)]) for i in range(50)])
        told(
            "keystroke to suggestions",
            [await suggest(page, w) for w in ("기초연금", "생계급여", "긴급복지") * 5],
        )
        await page.context.close()
        pages = [await opened(browser, address) for _ in range(people)]
        crowd = await asyncio.gather(*(person(p, seconds, random.Random(i)) for i, p in enumerate(pages)))
        told(f"{people} people at once", [t for times in crowd for t in times])
        await browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=120)
    options = parser.parse_args()
    asyncio.run(measure(options.address, options.people, options.seconds))
