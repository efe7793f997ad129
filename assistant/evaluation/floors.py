"""Floors follow what versions hold: keeping a run as the baseline raises them, nothing lowers them."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.errors import EvaluationError
from assistant.evaluation.compare import Gate, load_gates
from assistant.evaluation.files import keep_baseline, read_run

FLOOR = "floor:"
"""The line of the gates file from which on it is written by `raise_floors`."""


def keep_run(run: Path, baseline: Path, gates: Path) -> tuple[Gate, ...]:
    """Make a run the baseline and raise the floors to it; the floors now in force (EvaluationError)."""
    stored = read_run(run)
    keep_baseline(run, baseline)
    return raise_floors(gates, stored.summary["measures"])


def raise_floors(path: Path, measures: Mapping[str, Mapping[str, Any]]) -> tuple[Gate, ...]:
    """Write, below the targets of a gates file, a floor for each of them; the floors (EvaluationError)."""
    gates = load_gates(path)
    old = {gate.measure: gate for gate in gates if gate.role == "floor"}
    targets = [gate for gate in gates if gate.role == "target"]
    floors = [_floor(t, old.get(t.measure), measures.get(t.measure)) for t in targets]
    kept = tuple(gate for gate in floors if gate is not None)
    head, mark, _ = path.read_text(encoding="utf-8").partition(f"\n{FLOOR}")
    if not mark:
        raise EvaluationError(f"{path}: 'floor:' 줄이 없습니다. 파일 끝에 그 줄을 적어 주세요.")
    written = "".join(f"  - {_written(gate)}\n" for gate in kept)
    path.write_text(f"{head}\n{FLOOR}\n{written}", encoding="utf-8")
    return kept


def _floor(target: Gate, old: Gate | None, figure: Mapping[str, Any] | None) -> Gate | None:
    """The end of the measured interval on the bad side; the target itself where that is reached and
    absolute (0 or 1). Never below the old floor.
    """
    if figure is None or figure["n"] < target.n:
        return old
    if target.min is not None:
        exact = target.min == 1 and figure["value"] == 1
        low = 1.0 if exact else math.floor(figure["low"] * 1000) / 1000
        held = old.min if old and old.min is not None else 0.0
        return Gate(measure=target.measure, min=max(low, held), n=target.n)
    exact = target.max == 0 and figure["value"] == 0
    high = 0.0 if exact else math.ceil(figure["high"] * 1000) / 1000
    held = old.max if old and old.max is not None else 1.0
    return Gate(measure=target.measure, max=min(high, held), n=target.n)


def _written(gate: Gate) -> str:
    bound = f"min: {gate.min}" if gate.min is not None else f"max: {gate.max}"
    return f"{{measure: {gate.measure}, {bound}, n: {gate.n}}}"
