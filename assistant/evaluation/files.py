"""A run on disk: written after a run, read again for a comparison. Same version, same bytes, but for ids
and timings.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import EvaluationError
from assistant.evaluation.measures import MEASURES
from assistant.evaluation.view import Json

if TYPE_CHECKING:
    from assistant.evaluation.runner import Run

HELD_OUT_LOG = "heldout-runs.csv"
"""Beside the topics' folder: every run of held-back topics."""
ABOUT = (
    "id",
    "kind",
    "style",
    "category",
    "severity",
    "held_out",
    "pair",
    "group",
    "as_of",
    "status",
    "question",
    "why",
)
"""Columns of per_topic.csv that come before the measures."""


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run as read back: topics by id with their columns, scores, group scores and answers."""

    folder: Path
    about: Mapping[str, Mapping[str, str]]
    scores: Mapping[str, Mapping[str, float]]
    groups: Mapping[str, Mapping[str, float]]
    answers: Mapping[str, Json]
    summary: Mapping[str, Any]


def write_run(run: "Run", folder: Path) -> None:
    """Write answers.jsonl, per_topic.csv, per_group.csv, summary.json, timings.csv, run.trec and
    report.html.
    """
    from assistant.evaluation.report import render_report

    folder.mkdir(parents=True, exist_ok=True)
    replies = [j.reply for j in run.judgements]
    lines = [
        json.dumps({"query_id": r.topic_id, "answer": r.answer}, ensure_ascii=False)
        for r in replies
        if r.answer
    ]
    _write(folder / "answers.jsonl", "".join(f"{line}\n" for line in lines))
    _write_topics(run, folder / "per_topic.csv")
    _write_rows(
        folder / "per_group.csv",
        ("measure", "group", "value"),
        ((name, group, f"{v:g}") for name, values in run.groups.items() for group, v in values.items()),
    )
    _write_rows(
        folder / "timings.csv",
        ("id", "milliseconds"),
        ((r.topic_id, f"{r.milliseconds:.2f}") for r in replies),
    )
    _write(folder / "run.trec", "".join(f"{line}\n" for line in trec_lines(run)))
    summary = json.dumps(run.summary.as_json(), ensure_ascii=False, indent=1)
    _write(folder / "summary.json", summary + "\n")
    _write(folder / "report.html", render_report(run))


def trec_lines(run: "Run") -> Iterable[str]:
    """The ranking of each topic by document path (those that may speak), scores strictly decreasing."""
    for judgement in run.judgements:
        ids = dict.fromkeys(ranked.document_id for ranked in judgement.reply.ranking if ranked.speaks)
        for rank, document_id in enumerate(ids, 1):
            path = run.held[document_id].path if document_id in run.held else document_id
            yield f"{judgement.topic.id}\tQ0\t{path}\t{rank}\t{1 / rank:.6f}\tassistant"


def _write_topics(run: "Run", path: Path) -> None:
    names = [name for name in MEASURES if any(name in scores for scores in run.scores.values())]
    rows = []
    for judgement in run.judgements:
        topic, answer = judgement.topic, judgement.reply.answer
        about = {name: getattr(topic, name, "") for name in ABOUT}
        about |= {"status": answer["status"] if answer else "", "why": " / ".join(judgement.reasons)}
        scores = run.scores[topic.id]
        values = [f"{scores[name]:.6g}" if name in scores else "" for name in names]
        rows.append(["" if value is None else str(value) for value in about.values()] + values)
    _write_rows(path, (*ABOUT, *names), rows)


def _write_rows(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(list(header))
        writer.writerows(list(row) for row in rows)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def read_run(folder: Path) -> StoredRun:
    """Read a run back (EvaluationError when the folder does not hold one)."""
    try:
        rows = _read_rows(folder / "per_topic.csv")
        groups: dict[str, dict[str, float]] = {}
        for row in _read_rows(folder / "per_group.csv"):
            groups.setdefault(row["measure"], {})[row["group"]] = float(row["value"])
        lines = (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()
        answers = {row["query_id"]: row["answer"] for row in map(json.loads, lines)}
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        about = {row["id"]: {name: row[name] for name in ABOUT} for row in rows}
        scores = {row["id"]: {n: float(row[n]) for n in MEASURES if row.get(n)} for row in rows}
    except (OSError, ValueError, KeyError) as error:
        raise EvaluationError(
            f"{folder}: 평가 결과를 읽을 수 없습니다({error}). eval run의 결과 폴더를 적어 주세요."
        ) from error
    return StoredRun(folder, about, scores, groups, answers, summary)


def _read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def keep_baseline(run: Path, baseline: Path) -> None:
    """Keep of a run what a comparison needs, small enough to commit: figures, scores, and what each answer
    said aloud (EvaluationError when `run` holds no run).
    """
    stored = read_run(run)
    baseline.mkdir(parents=True, exist_ok=True)
    for name in ("per_topic.csv", "per_group.csv", "summary.json"):
        _write(baseline / name, (run / name).read_text(encoding="utf-8"))
    lines = []
    for topic_id, answer in stored.answers.items():
        spoken = [{"text": answer["statements"][i]["text"]} for i in answer["summary"]]
        kept = {"status": answer["status"], "statements": spoken, "summary": list(range(len(spoken)))}
        lines.append(json.dumps({"query_id": topic_id, "answer": kept}, ensure_ascii=False))
    _write(baseline / "answers.jsonl", "".join(f"{line}\n" for line in lines))


def log_held_out(paths: Iterable[Path], run: "Run") -> None:
    """Add a line to heldout-runs.csv beside the topics' folder, with figures of the held-back topics only:
    who tuned on them can be seen.
    """
    from assistant.evaluation.summary import figures

    first = next(iter(paths)).resolve()
    above = [folder for folder in (first, *first.parents) if folder.name == "topics"]
    log = (above[0].parent if above else first.parent) / HELD_OUT_LOG
    is_new = not log.exists()
    severity = {j.topic.id: j.topic.severity for j in run.judgements if j.topic.held_out}
    measured = figures({t: run.scores[t] for t in severity}, {}, severity)
    shown = ("right", "status_accuracy", "answered_wrong_weighted", "fact_recall")
    values = [f"{measured[name].value:.4f}" if name in measured else "" for name in shown]
    summary, version = run.summary, run.summary.version
    with log.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if is_new:
            writer.writerow(["started_at", "commit", "generation", "topics", "held_out", *shown])
        about = [summary.run["started_at"], version["commit"], version["generation"]]
        writer.writerow([*about, summary.topics, summary.held_out, *values])
