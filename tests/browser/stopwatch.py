"""How long a person waits, as the page sees it: from the key to the frame that shows what was waited for.

Time begins at the key's own time stamp, before any script has run, and ends two animation frames after it
is in the page: the second begins when the first has been painted.
"""

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPT = """(() => {
  const watch = (window.stopwatch = { typed: 0, listed: 0, entered: 0, answered: 0 });
  const inBox = (event) => event.isTrusted && event.target.matches?.("#question input");
  const answer = () => document.querySelector("#result .result:not([hidden])");
  const keyOf = (result) => result && (result.dataset.answerId || result.dataset.key || null);
  const list = () => document.querySelector("#suggestions");
  const waits = { entered: 0, typed: 0 };
  function until(begun, ended, event, there) {
    const mine = (waits[begun] += 1);
    Object.assign(watch, { [begun]: event.timeStamp, [ended]: 0 });
    const painted = () => { if (mine === waits[begun]) watch[ended] = performance.now(); };
    const look = () => {
      if (mine === waits[begun]) requestAnimationFrame(there() ? painted : look);
    };
    requestAnimationFrame(look);
  }
  addEventListener("keydown", (event) => {
    const before = keyOf(answer());
    const there = () => ![before, null].includes(keyOf(answer()));
    if (event.key === "Enter" && inBox(event)) until("entered", "answered", event, there);
  }, true);
  addEventListener("input", (event) => {
    const before = list();
    if (inBox(event)) until("typed", "listed", event, () => list() && list() !== before);
  }, true);
})()"""
"""Runs before the page's own scripts (`add_init_script`)."""
ANSWERED, LISTED = "stopwatch.answered > 0", "stopwatch.listed > 0"
TO_ANSWER, TO_LIST = "stopwatch.answered - stopwatch.entered", "stopwatch.listed - stopwatch.typed"


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds of each wait, and what went wrong in those that ended otherwise."""

    name: str
    wanted_p95: float
    times: tuple[float, ...] = ()
    errors: tuple[str, ...] = ()

    def percentile(self, share: float) -> float:
        """The nearest rank: the smallest wait that so large a share of waits does not exceed."""
        ordered = sorted(self.times)
        return ordered[ceil(share * len(ordered)) - 1] if ordered else float("inf")

    @property
    def met(self) -> bool:
        """Whether nothing went wrong and the 95th percentile is as wanted."""
        return not self.errors and self.percentile(0.95) <= self.wanted_p95


def table(rows: tuple[Taken, ...]) -> str:
    """The figures as a Markdown table, a row each."""
    head = "| wait | n | errors | p50 ms | p95 ms | max ms | wanted p95 | met |"
    return "\n".join([head, "|---" * 8 + "|", *(_row(row) for row in rows)])


def _row(row: Taken) -> str:
    figures = (row.percentile(share) for share in (0.5, 0.95, 1.0))
    told = " | ".join(f"{figure:.0f}" for figure in figures)
    met = "yes" if row.met else "no"
    return f"| {row.name} | {len(row.times)} | {len(row.errors)} | {told} | {row.wanted_p95:.0f} | {met} |"


def last_answer(page: "Page") -> float:
    """Milliseconds from Enter to the painted answer of the question just asked."""
    page.wait_for_function(ANSWERED, timeout=15_000)
    return float(page.evaluate(TO_ANSWER))


def last_list(page: "Page") -> float:
    """Milliseconds from the last keystroke to the painted list of programmes."""
    page.wait_for_function(LISTED, timeout=15_000)
    return float(page.evaluate(TO_LIST))
