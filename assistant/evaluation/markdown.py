"""The report of a run as Markdown, written from its folder: what docs/evaluation.md holds."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import EvaluationError
from assistant.evaluation.compare import Gate, load_gates, unreached
from assistant.evaluation.files import HELD_OUT_LOG, StoredRun, read_run
from assistant.evaluation.measures import MEASURES
from assistant.evaluation.topic_files import load_topics
from assistant.evaluation.topics import Topic

WANTED: Mapping[str, int] = {
    "표에서 찾기 (table)": 60,
    "기준일 짝": 30,
    "답이 없는 질문": 200,
    "그 가운데 비슷한 질문 (near_miss)": 100,
    "말바꿈 묶음 (5개씩)": 30,
    "이어진 질문 (follow_up)": 25,
    "자료 상충 (conflict)": 15,
    "옛 자료뿐 (outdated)": 15,
    "기간 끝남 (closed)": 15,
    "몇 차인지 모름 (ambiguous_round)": 15,
    "개인 기록 (personal_record)": 15,
    "지시 주입 (injection)": 20,
    "위기 표현 (crisis)": 60,
    "위기처럼 들리는 말 (benign)": 200,
}
"""How many topics of a sort the project asked itself for."""


LEGEND = """하한은 지금 지키고 있는 값이라 어기면 `make eval`이 실패합니다. 목표에 못 미치는 것은
'미달'이라 적고 아래에 모읍니다. 지표의 뜻은 `assistant/evaluation/measures.py`에 있습니다."""
LIMITS = """## 이 수치로 알 수 없는 것

- 문항은 자료를 아는 사람들이 만들었습니다. 이 저장소를 본 적 없는 사람의 질문에서는 더 낮을 수 있습니다.
- 자료 상충 문항은 실제로 서로를 대신한 두 판을 함께 유효하다고 가정한 것입니다(evals/README.md).
- 말투는 상담사 말 절반, 일상어와 상황을 4분의 1씩 바랐으나 상황 질문이 그보다 적습니다.
- 사람이 매긴 점수와 그 일치도는 아직 없습니다. 심사 모델도 써 본 적이 없습니다."""
SLICE_HEAD = """## 나누어 보기

| 나눔 | 값 | 문항 | 전부 맞음 | 답했으나 틀림 | 사실 재현율 |
|---|---|---|---|---|---|"""
HELD_OUT_HEAD = """## 따로 둔 문항의 실행

마지막 줄이 가장 새 것입니다. 따로 둔 문항만 채점한 값입니다.

| 때 | 코드 | 따로 둔/전체 | 전부 맞음 | 상태 정확도 | 답했으나 틀림(가중) | 사실 재현율 |
|---|---|---|---|---|---|---|"""


def report_markdown(run: Path, topics: Sequence[Path], gates: Path) -> str:
    """The report of a run: version, figures with intervals and bounds, what falls short, topics, held-back
    runs (EvaluationError when the run, the topics or the gates cannot be read).
    """
    stored, bounds = read_run(run), load_gates(gates)
    everything = load_topics(topics, held_out=True)
    log = topics[0].parent / HELD_OUT_LOG
    parts = (
        _head(stored),
        _figures(stored, bounds),
        _short(stored, bounds),
        _refusals(stored),
        _slices(stored),
        _topics(everything),
        _held_out(log),
        LIMITS,
    )
    return "\n\n".join(parts) + "\n"


def _head(run: StoredRun) -> str:
    version, summary = run.summary["version"], run.summary
    latency = summary["latency_ms"]
    return f"""# 평가 결과

한 번의 전체 실행에서 만든 글입니다. 손으로 고치지 마세요. 다시 만들기:
`python -m assistant eval run --markdown docs/evaluation.md`

| | |
|---|---|
| 실행 | {summary["run"]["started_at"]}, {summary["run"]["seconds"]:.0f}초 |
| 문항 | {summary["topics"]}개 (따로 둔 문항 {summary["held_out"]}개) |
| 코드 | `{version["commit"]}` |
| 색인 | `{version["generation"]}` |
| 자료 | `{version["corpus_hash"][:16]}` |
| 인코더 | `{version.get("encoder", "-")}` |
| 응답 시간 | p50 {latency["p50"]:.1f} ms, p95 {latency["p95"]:.1f} ms |"""


def _figures(run: StoredRun, gates: Sequence[Gate]) -> str:
    lines = ["## 지표", "", "| 지표 | 값 | 95% 구간 | n | 하한 | 목표 | |", "|---|---|---|---|---|---|---|"]
    for name, figure in run.summary["measures"].items():
        label, scale = MEASURES[name].label, 1000 if MEASURES[name].per_thousand else 1
        value, low, high = (_number(figure[part] * scale, scale) for part in ("value", "low", "high"))
        floor, target = (_bound(gates, name, role, scale) for role in ("floor", "target"))
        short = "미달" if unreached(run, [gate for gate in gates if gate.measure == name]) else ""
        cells = (f"{label} `{name}`", value, f"{low} – {high}", str(figure["n"]), floor, target, short)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, "", LEGEND])


def _number(value: float, scale: int) -> str:
    return f"{value:.1f}" if scale > 1 else f"{value:.3f}"


def _bound(gates: Sequence[Gate], name: str, role: str, scale: int) -> str:
    for gate in gates:
        if gate.measure == name and gate.role == role:
            sign, bound = ("≥", gate.min) if gate.min is not None else ("≤", gate.max)
            return f"{sign} {(bound or 0) * scale:g}"
    return ""


def _short(run: StoredRun, gates: Sequence[Gate]) -> str:
    lines = unreached(run, gates)
    listed = [f"- {line.removeprefix('목표 ')}" for line in lines] or ["- 모든 목표에 이르렀습니다."]
    wrong = Counter(_sort_of(about["why"]) for t, about in run.about.items() if _is_wrong(run, t))
    lacking = Counter(_sort_of(about["why"]) for t, about in run.about.items() if _is_lacking(run, t))
    return "\n".join(
        [
            "## 모자란 것",
            "",
            *listed,
            "",
            "틀린 것을 읽어 준 답은 왜 틀렸나(첫 까닭):",
            "",
            *(f"- {sort}: {count}건" for sort, count in wrong.most_common()),
            "",
            "틀리지는 않았으나 다 맞지도 않은 답은 무엇이 모자랐나(첫 까닭):",
            "",
            *(f"- {sort}: {count}건" for sort, count in lacking.most_common()),
        ]
    )


def _is_wrong(run: StoredRun, topic_id: str) -> bool:
    return run.scores[topic_id].get("answered_wrong") == 1.0


def _is_lacking(run: StoredRun, topic_id: str) -> bool:
    return run.scores[topic_id]["right"] == 0.0 and not _is_wrong(run, topic_id)


def _sort_of(why: str) -> str:
    first = why.split(" / ")[0].split(":")[0].strip()
    return "상태가 다름" if first.startswith("상태가") else first or "까닭이 적히지 않음"


def _refusals(run: StoredRun) -> str:
    table = run.summary["answered_table"]
    return f"""## 답할 수 있는 질문과 답한 질문

| | 답함 | 거절함 |
|---|---|---|
| 자료에 답이 있음 | {table["answerable_answered"]} | {table["answerable_declined"]} |
| 자료에 답이 없음 | {table["unanswerable_answered"]} | {table["unanswerable_declined"]} |"""


def _slices(run: StoredRun) -> str:
    lines = [SLICE_HEAD]
    names = {"kind": "종류", "style": "말투", "category": "분야", "severity": "심각도"}
    for field, values in run.summary["slices"].items():
        for value, figures in values.items():
            shown = [_slice_cell(figures.get(name)) for name in ("right", "answered_wrong", "fact_recall")]
            count = figures["right"]["n"] if "right" in figures else 0
            shown_value = "(없음)" if value == "None" else value
            lines.append(f"| {names[field]} | {shown_value} | {count} | {' | '.join(shown)} |")
    return "\n".join(lines)


def _slice_cell(figure: Mapping[str, Any] | None) -> str:
    return f"{figure['value']:.3f}" if figure else ""


def topic_counts(topics: Iterable[Topic]) -> dict[str, tuple[int, int]]:
    """Sort of topic, as in WANTED → how many there are in all, and how many of them are held back."""
    topics = tuple(topics)
    unanswerable = [t for t in topics if t.answerable is False and t.kind in {"near_miss", "out_of_world"}]
    members: dict[str, list[Topic]] = {name: [] for name in WANTED}
    for name in WANTED:
        kind = name.rpartition("(")[2].rstrip(")")
        members[name] = [topic for topic in topics if topic.kind == kind]
    members["답이 없는 질문"] = unanswerable
    firsts = {t.pair: t for t in topics if t.pair}
    members["기준일 짝"] = list(firsts.values())
    members["말바꿈 묶음 (5개씩)"] = list({t.group: t for t in topics if t.group}.values())
    return {name: (len(found), sum(t.held_out for t in found)) for name, found in members.items()}


def _topics(topics: Sequence[Topic]) -> str:
    styles = Counter(str(topic.style) for topic in topics)
    held = sum(topic.held_out for topic in topics)
    lines = ["## 문항", "", f"모두 {len(topics)}개, 그 가운데 따로 둔 것(heldout) {held}개입니다. 말투: "]
    lines[-1] += ", ".join(f"{name} {count}" for name, count in styles.most_common()) + "."
    lines += ["", "| 갈래 | 바란 수 | 있는 수 | 그 가운데 따로 둔 것 |", "|---|---|---|---|"]
    for name, (count, apart) in topic_counts(topics).items():
        lines.append(f"| {name} | {WANTED[name]} | {count} | {apart} |")
    return "\n".join(lines)


def _held_out(log: Path) -> str:
    if not log.is_file():
        return "## 따로 둔 문항의 실행\n\n아직 없습니다."
    shown = ("started_at", "commit", "right", "status_accuracy", "answered_wrong_weighted", "fact_recall")
    try:
        with log.open(encoding="utf-8", newline="") as file:
            names = (*shown, "held_out", "topics")
            rows = [[row[name] for name in names] for row in csv.DictReader(file)]
    except (OSError, KeyError, csv.Error) as error:
        raise EvaluationError(f"{log}: 실행 기록을 읽을 수 없습니다({error}). 열을 확인해 주세요.") from error
    lines = [f"| {at} | `{code}` | {h}/{n} | {' | '.join(v)} |" for at, code, *v, h, n in rows]
    return "\n".join([HELD_OUT_HEAD, *lines])
