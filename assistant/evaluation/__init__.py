"""Topics, measures, runs, comparisons and ratings; drives the same Assistant object as everyone else.

`run_evaluation(assistant, paths, out_dir, progress)` and `compare_runs(a_dir, b_dir, gates)` are what the
command line and the page for evaluators call. They are loaded on first use, so that importing this package
costs nothing.
"""

from typing import TYPE_CHECKING, Any

from assistant.settings import PROJECT

if TYPE_CHECKING:
    from assistant.evaluation.compare import Comparison, compare_runs
    from assistant.evaluation.files import keep_baseline
    from assistant.evaluation.floors import keep_run
    from assistant.evaluation.markdown import report_markdown
    from assistant.evaluation.runner import run_evaluation
    from assistant.evaluation.summary import Summary

__all__ = [
    "Comparison",
    "Summary",
    "compare_runs",
    "keep_baseline",
    "keep_run",
    "report_markdown",
    "run_evaluation",
]

TOPICS = (PROJECT / "evals" / "topics", PROJECT / "evals" / "crisis.yaml")
"""What a run asks unless told otherwise (of the folder, not what lies in heldout/)."""
GATES = PROJECT / "evals" / "gates.yaml"
"""What a version must keep to go out, and what it should reach."""
BASELINE = PROJECT / "evals" / "baseline"
"""The committed run that a new version is compared with."""

_HOMES = {
    "Comparison": "compare",
    "Summary": "summary",
    "compare_runs": "compare",
    "keep_baseline": "files",
    "keep_run": "floors",
    "report_markdown": "markdown",
    "run_evaluation": "runner",
}


def __getattr__(name: str) -> Any:
    """The public functions, imported when first asked for (AttributeError for anything else)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
