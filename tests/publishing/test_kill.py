"""A killed publication or undoing leaves the live generation, the files and the history whole."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import PROJECT


@pytest.mark.slow
def test_thirty_kills_at_random_moments(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.publishing.kill_publishing", str(tmp_path), "30"],
        cwd=PROJECT,
        env={"PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads(done.stdout)
    assert report["wrongs"] == []
    assert report["rounds"] == 30
    assert report["history"] > 0
