"""The measurement of the page runs, and what goes wrong in it is an error and no answer."""

import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from assistant.service import Assistant
from assistant.settings import PROJECT
from tests.browser.conftest import Desk
from tests.browser.stopwatch import Taken, table

if TYPE_CHECKING:
    from playwright.sync_api import Browser


SHORT = ("--questions", "3", "--people", "2", "--seconds", "1")


@pytest.fixture
def full(desk: Assistant, chromium: "Browser") -> Iterator[Desk]:
    """A server whose queue takes no question."""
    full = Desk(desk, waiting=0)
    full.start()
    yield full
    full.stop()


def measured(server: Desk) -> list[list[str]]:
    """The cells of the table that a short run prints."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.browser.measure", server.address, *SHORT],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.stderr == ""
    rows = [line for line in run.stdout.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_a_short_run_prints_a_row_for_each_wait(server: Desk) -> None:
    head, answers, suggestions, together = measured(server)
    assert head[:5] == ["wait", "n", "errors", "p50 ms", "p95 ms"]
    assert answers[1:3] == ["3", "0"]
    assert int(suggestions[1]) >= 3
    assert suggestions[2] == "0"
    assert int(together[1]) >= 2
    assert together[2] == "0"
    assert all(float(row[4]) > 0 for row in (answers, suggestions, together))


def test_a_question_that_is_not_answered_is_an_error_and_no_answer(full: Desk) -> None:
    _, answers, _, together = measured(full)
    assert answers[1:3] == ["0", "3"]
    assert together[1] == "0"
    assert int(together[2]) >= 2
    assert answers[-1] == together[-1] == "no"


def test_figures_of_a_wait_are_nearest_ranks() -> None:
    row = Taken("wait", 400, tuple(float(n) for n in range(1, 51)))
    assert (row.percentile(0.5), row.percentile(0.95), row.percentile(1.0)) == (25, 48, 50)
    assert row.met
    assert not Taken("wait", 47, row.times).met
    assert not Taken("wait", 400, row.times, ("broke",)).met
    assert table((row,)).splitlines()[-1] == "| wait | 50 | 0 | 25 | 48 | 50 | 400 | yes |"
