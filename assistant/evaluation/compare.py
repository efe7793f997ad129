"""Two runs side by side: paired bootstrap per measure, topics that flipped, and the gates that stop a bad
version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import EvaluationError
from assistant.evaluation.files import StoredRun, read_run
from assistant.evaluation.intervals import paired_difference
from assistant.evaluation.measures import MEASURES
from assistant.evaluation.view import Json, View


class Gate(BaseModel):
    """A bound that a measure must keep; `n` is the fewest units on which it is judged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    measure: str
    min: float | None = None
    max: float | None = None
    n: Annotated[int, Field(ge=1)] = 1


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
    """Run B against run A. `failures` say, a line each, why B must not go out; empty when it may."""

    differences: tuple[Difference, ...]
    flips: tuple[Flip, ...]
    failures: tuple[str, ...]

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
        lines += [f"실패: {failure}" for failure in self.failures] or ["통과: 모든 기준을 지켰습니다."]
        return tuple(lines)


def load_gates(path: Path) -> tuple[Gate, ...]:
    """The gates of a YAML file (EvaluationError when it cannot be used)."""
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        gates = tuple(Gate.model_validate(gate) for gate in (loaded or {}).get("gates", ()))
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
    """Fails when a gate falls, a measure gets worse by more than its interval, a topic of severity 3 goes
    wrong or vanishes.
    """
    differences = tuple(d for name in MEASURES if (d := _difference(name, a, b)))
    flips = tuple(_flips(a, b))
    failures = [*gate_failures(b, gates)]
    failures += [f"{d.measure}이(가) {d.before:.3f} → {d.after:.3f}로 나빠짐" for d in differences if d.worse]
    failures += [
        f"심각도 3 질문 {f.topic_id}이(가) 맞음 → 틀림: {f.question}"
        for f in flips
        if f.was_right and f.severity == 3
    ]
    gone = [t for t in a.about if t not in b.about]
    if gone:
        failures.append(f"A에 있던 질문 {len(gone)}개가 B에 없음: {', '.join(gone[:5])}")
    return Comparison(differences, flips, tuple(failures))


def gate_failures(run: StoredRun, gates: Sequence[Gate]) -> list[str]:
    """Gates that a run does not keep, a line each. A gate whose measure has too few units falls too."""
    failures = []
    for gate in gates:
        figure = run.summary["measures"].get(gate.measure)
        if figure is None or figure["n"] < gate.n:
            count = figure["n"] if figure else 0
            failures.append(f"기준 {gate.measure}: 질문이 {count}개뿐이라 잴 수 없음(필요 {gate.n}개)")
            continue
        if gate.min is not None and figure["value"] < gate.min:
            failures.append(f"기준 {gate.measure} ≥ {gate.min}: {figure['value']:.3f} (n={figure['n']})")
        if gate.max is not None and figure["value"] > gate.max:
            failures.append(f"기준 {gate.measure} ≤ {gate.max}: {figure['value']:.3f} (n={figure['n']})")
    return failures


def _difference(name: str, a: StoredRun, b: StoredRun) -> Difference | None:
    measure = MEASURES[name]
    before, after = _units(name, a), _units(name, b)
    shared = [unit for unit in before if unit in after]
    if not shared:
        return None
    weights = [float(a.about[u]["severity"]) for u in shared] if measure.weighted else None
    one, two = [before[u] for u in shared], [after[u] for u in shared]
    gap, low, high = paired_difference(one, two, weights)
    worse = high < 0 if measure.higher_is_better else low > 0
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
    return f"[{view.status}] {view.summary_text.replace(chr(10), ' ')}"
