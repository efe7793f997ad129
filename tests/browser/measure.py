"""How fast the page is: `python -m tests.browser.measure ADDRESS` prints a table of milliseconds.

One person first: 50 questions, each asked once, then 50 words that suggestions are typed for. Then ten
people at once for two minutes, each in a context of one Chromium, with questions of their own and two to
four seconds between them, as on a busy shift. No question is asked twice, so that no encoding is a cached
one, and nothing is asked to warm up. An answer that says that something broke, a wait of half a minute and
an error of a script are errors, not answers. The server must be running and have answered nothing before.
Exit status 1: an error, or a 95th percentile that is not as wanted.
"""

import argparse
import asyncio
import random
import re
import shutil
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from assistant.evaluation.topic_files import load_topics
from assistant.evaluation.topics import Topic
from assistant.settings import PROJECT
from tests.browser.conftest import FLAGS, KOREAN
from tests.browser.stopwatch import ANSWERED, LISTED, SCRIPT, TO_ANSWER, TO_LIST, Taken, table

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

QUESTIONS, WORDS = 50, 50
BOX = "#question input"
LONGEST_MS = 30_000
BROKE = "document.querySelector('#result .result:not([hidden])').classList.contains('error')"


def questions() -> list[Topic]:
    """The development questions that stand alone, each text once, in an order that is the same every time."""
    alone = {t.question: t for t in load_topics([PROJECT / "evals" / "topics"]) if not t.context}
    found = [alone[text] for text in sorted(alone)]
    random.Random(8).shuffle(found)
    return found


async def words(page: "Page", address: str, count: int) -> list[str]:
    """What is typed for suggestions: the first syllables of titles all over the corpus that the server has
    programmes for, no two alike."""
    texts = (path.read_text(encoding="utf-8")[:600] for path in sorted((PROJECT / "corpus").rglob("*.md")))
    titles = (re.search(r"^title: *['\"]?([가-힣]{3,5})", text, re.M) for text in texts)
    found = sorted({title.group(1) for title in titles if title})
    random.Random(8).shuffle(found)
    known: list[str] = []
    for word in found:
        if (
            len(known) < count
            and await (await page.request.get(f"{address}/api/suggest?prefix={quote(word)}")).json()
        ):
            known.append(word)
    return known


async def opened(browser: "Browser", address: str) -> tuple["Page", list[str]]:
    """A page of a new person, and the errors of its scripts as they come."""
    context = await browser.new_context(
        viewport={"width": 1280, "height": 720}, locale="ko-KR", timezone_id="Asia/Seoul"
    )
    page, broken = await context.new_page(), list[str]()
    page.on("pageerror", lambda error: broken.append(str(error)))
    await page.add_init_script(SCRIPT)
    await page.goto(address)
    await page.wait_for_selector(BOX)
    return page, broken


async def ask(page: "Page", topic: Topic) -> float | str:
    """Begin a call and ask as a person does, key by key; milliseconds, or what went wrong."""
    from playwright.async_api import Error

    try:
        await page.keyboard.press("F2")
        await page.evaluate("day => counsel.setDay(day)", topic.as_of.isoformat())
        await page.focus(BOX)
        await page.keyboard.type(topic.question, delay=10)
        await page.keyboard.press("Enter")
        await page.wait_for_function(ANSWERED, timeout=LONGEST_MS)
        if await page.evaluate(BROKE):
            return f"{topic.question}: {await page.inner_text('#result .result')}"
        return float(await page.evaluate(TO_ANSWER))
    except Error as error:
        return f"{topic.question}: {error.message}"


async def suggest(page: "Page", word: str) -> float | str:
    """Type a word; milliseconds from its last keystroke to the painted list, or what went wrong."""
    from playwright.async_api import Error

    try:
        await page.keyboard.press("F2")
        await page.keyboard.type(word, delay=60)
        await page.wait_for_function(LISTED, timeout=LONGEST_MS)
        return float(await page.evaluate(TO_LIST))
    except Error as error:
        return f"{word}: {error.message}"


async def person(
    page: "Page", own: Sequence[Topic], seconds: float, chance: random.Random
) -> list[float | str]:
    """One counsellor for a while; calls begin at different moments."""
    await asyncio.sleep(chance.uniform(0, 4))
    until, waits = time.monotonic() + seconds, []
    for topic in own:
        if time.monotonic() > until:
            break
        waits.append(await ask(page, topic))
        await asyncio.sleep(chance.uniform(2, 4))
    return waits


def taken(name: str, wanted: float, waits: Sequence[float | str], broken: Sequence[str]) -> Taken:
    """What was waited for, told apart from what went wrong."""
    times = tuple(wait for wait in waits if isinstance(wait, float))
    return Taken(name, wanted, times, (*(wait for wait in waits if isinstance(wait, str)), *broken))


async def alone(browser: "Browser", address: str, topics: Sequence[Topic]) -> tuple[Taken, Taken]:
    """One person: answers, then suggestions."""
    page, broken = await opened(browser, address)
    answers = taken("Enter to painted answer", 400, [await ask(page, topic) for topic in topics], broken)
    broken.clear()
    waits = [await suggest(page, word) for word in await words(page, address, WORDS)]
    await page.context.close()
    return answers, taken("last keystroke to painted suggestions", 250, waits, broken)


async def together(
    browser: "Browser", address: str, topics: Sequence[Topic], people: int, seconds: float
) -> Taken:
    """Several people at once, no question of one also another's."""
    pages = [await opened(browser, address) for _ in range(people)]
    asking = (person(page, topics[i::people], seconds, random.Random(i)) for i, (page, _) in enumerate(pages))
    waits = [wait for own in await asyncio.gather(*asking) for wait in own]
    broken = [error for _, errors in pages for error in errors]
    return taken(f"{people} people at once, {seconds:.0f} s", 800, waits, broken)


async def measure(address: str, count: int, people: int, seconds: float) -> bool:
    """Print the table, then what went wrong; whether all is as wanted."""
    from playwright.async_api import async_playwright

    topics = questions()
    async with async_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS), env=dict(KOREAN))
        rows = (
            *await alone(browser, address, topics[:count]),
            await together(browser, address, topics[count:], people, seconds),
        )
        await browser.close()
    sys.stdout.write(table(rows) + "\n")
    sys.stdout.writelines(f"{row.name}: {error}\n" for row in rows for error in row.errors)
    return all(row.met for row in rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=120)
    options = parser.parse_args()
    met = asyncio.run(measure(options.address, options.questions, options.people, options.seconds))
    sys.exit(0 if met else 1)
