"""Without Chromium the browser tests are left out, and the run says so in words."""

import os
import subprocess
import sys

from assistant.settings import PROJECT
from tests.browser.conftest import ABSENT


def test_a_run_without_chromium_says_what_it_leaves_out_and_why() -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "tests/browser/test_day.py",
            "-k",
            "escape",
            "-p",
            "no:cacheprovider",
        ],
        cwd=PROJECT,
        env={**os.environ, "PATH": ""},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "SKIPPED [1]" in run.stdout
    assert ABSENT in run.stdout
