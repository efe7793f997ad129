"""Two runs side by side: paired bootstrap per measure, topics that flipped, and the gates that stop a bad
version. A *floor* is what versions hold already and must never lose; a *target* is what they should reach.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import EvaluationError
from assistant.evaluation.files import StoredRun, read_run
from assistant.evaluation.intervals import paired_difference
from assistant.evaluation.measures import MEASURES
from assistant.evaluation.view import Json, View

SMALLEST = 0.005
"""The smallest drop that counts: at 2.5 % each, about one of fifty measures leaves its interval on the bad
side in a version that is no worse.
"""
OTHER_ARITHMETIC = (
    "주의: A와 B의 인코더나 정밀도가 달라, 바뀐 문항 하나하나는 실패로 세지 않고 하한과 지표만 봅니다."
)


class Gate(BaseModel):
    """A bound of a measure; `n` is the fewest units on which it is judged. Only a floor stops a version."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    measure: str
    min: float | None = None
    max: float | None = None
    n: Annotated[int, Field(ge=1)] = 1
    role: Literal["floor", "target"] = "floor"


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure in both runs over the units they share: `gap` is B minus A, with its paired interval."""

    measure: str
    before: float
    after: float
    gap: float
    low: float
    high: float
    n: int
    worse: bool


@dataclass(frozen=True, slots=True)
class Flip:
    """A topic that was right in one run only, with both summaries."""

    topic_id: str
    question: str
    severity: int
    was_right: bool
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Run B against run A. `failures` say, a line each, why B must not go out; empty when it may.

    `unreached` are the targets that B does not reach yet; they stop nothing. `other_arithmetic`: the runs
    embedded with another encoder or precision, so that single topics may turn without a change of the code.
    """

    differences: tuple[Difference, ...]
    flips: tuple[Flip, ...]
    failures: tuple[str, ...]
    unreached: tuple[str, ...] = ()
    other_arithmetic: bool = False

    @property
    def failed(self) -> bool:
        """Whether the exit status is 1."""
        return bool(self.failures)

    @property
    def lines(self) -> tuple[str, ...]:
        """The comparison as it is printed."""
        lines = [f"{'지표':<42} {'A':>8} {'B':>8} {'차이':>8}  95% 구간"]
        for d in self.differences:
            mark = " ← 나빠짐" if d.worse else ""
            lines.append(
                f"{d.measure:<42} {d.before:8.3f} {d.after:8.3f} {d.gap:+8.3f}  "
                f"[{d.low:+.3f}, {d.high:+.3f}]{mark}"
            )
        for flip in self.flips:
            turn = "맞음 → 틀림" if flip.was_right else "틀림 → 맞음"
            lines += [f"{turn} (심각도 {flip.severity}) {flip.topic_id}: {flip.question}"]
            lines += [f"    A: {flip.before}", f"    B: {flip.after}"]
            lines += [f"    까닭: {flip.why}"] if flip.why else []
        if self.other_arithmetic:
            lines.append(OTHER_ARITHMETIC)
        lines += [f"목표 미달: {target}" for target in self.unreached]
        lines += [f"실패: {failure}" for failure in self.failures] or ["통과: 지켜야 할 기준을 지켰습니다."]
        return tuple(lines)


def load_gates(path: Path) -> tuple[Gate, ...]:
    """Floors and targets of a YAML file (EvaluationError when it cannot be used)."""
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        gates = tuple(
            Gate.model_validate({**gate, "role": role})
            for role in ("floor", "target")
            for gate in (loaded or {}).pop(role, None) or ()
        )
        if loaded:
            raise ValueError(f"floor와 target만 쓸 수 있습니다: {', '.join(loaded)}")
    except (OSError, ValueError, TypeError, AttributeError, yaml.YAMLError, ValidationError) as error:
        reason = str(error).replace("\n", " ")
        raise EvaluationError(
            f"{path}: 기준 파일을 쓸 수 없습니다({reason}). evals/gates.yaml을 고쳐 주세요."
        ) from error
    unknown = [gate.measure for gate in gates if gate.measure not in MEASURES]
    if unknown:
        raise EvaluationError(
            f"{path}: 모르는 지표 {unknown[0]!r}입니다. 쓸 수 있는 이름: {', '.join(MEASURES)}"
        )
    return gates


def compare_runs(before: Path, after: Path, gates: Path | Sequence[Gate] = ()) -> Comparison:
    """Compare the run in folder `after` (B) with the one in `before` (A), against gates."""
    return compare_stored(
        read_run(before), read_run(after), load_gates(gates) if isinstance(gates, Path) else gates
    )


def compare_stored(a: StoredRun, b: StoredRun, gates: Sequence[Gate] = ()) -> Comparison:
    """Fails when a floor falls, a measure gets worse by more than its interval, a topic of severity 3 goes
    wrong or a topic vanishes. Turned topics do not count between runs of different arithmetic.
    """
    one, two = (run.summary["version"].get("encoder") for run in (a, b))
    other_arithmetic = None not in (one, two) and one != two
    differences = tuple(d for name in MEASURES if (d := _difference(name, a, b)))
    flips = tuple(_flips(a, b))
    failures = [
        f"심각도 3 질문 {f.topic_id}이(가) 맞음 → 틀림: {f.question}"
        for f in flips
        if f.was_right and f.severity == 3 and not other_arithmetic
    ]
    failures += [f"{d.measure}이(가) {d.before:.3f} → {d.after:.3f}로 나빠짐" for d in differences if d.worse]
    failures += gate_failures(b, gates)
    gone = [t for t in a.about if t not in b.about]
    if gone:
        failures.append(f"A에 있던 질문 {len(gone)}개가 B에 없음: {', '.join(gone[:5])}")
    return Comparison(differences, flips, tuple(failures), unreached(b, gates), other_arithmetic)


def gate_failures(run: StoredRun, gates: Sequence[Gate]) -> list[str]:
    """Floors that a run does not keep, a line each. A floor whose measure has too few units falls too."""
    return [line for gate in gates if gate.role == "floor" for line in _missed(run, gate)]


def unreached(run: StoredRun, gates: Sequence[Gate]) -> tuple[str, ...]:
    """Targets that a run does not reach, a line each."""
    return tuple(line for gate in gates if gate.role == "target" for line in _missed(run, gate))


def _missed(run: StoredRun, gate: Gate) -> list[str]:
    name = {"floor": "하한", "target": "목표"}[gate.role]
    figure = run.summary["measures"].get(gate.measure)
    if figure is None or figure["n"] < gate.n:
        count = figure["n"] if figure else 0
        return [f"{name} {gate.measure}: 질문이 {count}개뿐이라 잴 수 없음(필요 {gate.n}개)"]
    value, lines = figure["value"], []
    shown = f"{value:.3f} [{figure['low']:.3f}, {figure['high']:.3f}] (n={figure['n']})"
    if gate.min is not None and value < gate.min:
        lines.append(f"{name} {gate.measure} ≥ {gate.min}: {shown}")
    if gate.max is not None and value > gate.max:
        lines.append(f"{name} {gate.measure} ≤ {gate.max}: {shown}")
    return lines


def _difference(name: str, a: StoredRun, b: StoredRun) -> Difference | None:
    measure = MEASURES[name]
    before, after = _units(name, a), _units(name, b)
    shared = [unit for unit in before if unit in after]
    if not shared:
        return None
    weights = [float(a.about[u]["severity"]) for u in shared] if measure.weighted else None
    one, two = [before[u] for u in shared], [after[u] for u in shared]
    gap, low, high = paired_difference(one, two, weights)
    worse = (high < 0 if measure.higher_is_better else low > 0) and abs(gap) >= SMALLEST
    base = paired_difference([0.0] * len(one), one, weights)[0]
    return Difference(name, base, base + gap, gap, low, high, len(shared), worse)


def _units(name: str, run: StoredRun) -> Mapping[str, float]:
    return run.groups.get(name) or {t: scores[name] for t, scores in run.scores.items() if name in scores}


def _flips(a: StoredRun, b: StoredRun) -> list[Flip]:
    flips = []
    for topic_id, about in a.about.items():
        was, now = a.scores[topic_id].get("right"), b.scores.get(topic_id, {}).get("right")
        if now is None or was == now:
            continue
        before, after = _spoken(a.answers.get(topic_id)), _spoken(b.answers.get(topic_id))
        why = b.about[topic_id]["why"]
        severity = int(about["severity"])
        flips.append(Flip(topic_id, about["question"], severity, was == 1, before, after, why))
    return sorted(flips, key=lambda flip: (not flip.was_right, -flip.severity, flip.topic_id))


def _spoken(answer: Json | None) -> str:
    if answer is None:
        return "(답 없음)"
    view = View(answer)
    return f"[{view.status}] {view.summary_text.replace(chr(10), ' ') or '(읽어 드릴 말 없음)'}"
