"""Whether two runs are the same but for ids and times: what two runs of one version must be."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import EvaluationError

TABLES = ("per_topic.csv", "per_group.csv", "run.trec")
PASSING = {"answer_id", "timings_ms"}
"""Of an answer: what is another in every run."""
PASSING_FIGURES = {"run", "latency_ms"}
"""Of summary.json: the same."""


def unlike(a: Path, b: Path) -> tuple[str, ...]:
    """Where two run folders differ beyond ids and times, a line each: file and line, or the figure's name
    (EvaluationError when a folder holds no whole run).
    """
    try:
        found = [line for name in TABLES for line in _lines(name, *(_read(f / name) for f in (a, b)))]
        answers = [[_lasting(line) for line in _read(f / "answers.jsonl")] for f in (a, b)]
        found += _lines("answers.jsonl", *answers)
        one, two = (json.loads((f / "summary.json").read_text(encoding="utf-8")) for f in (a, b))
    except (OSError, ValueError) as error:
        raise EvaluationError(
            f"평가 결과를 읽을 수 없습니다({error}). eval run의 결과 폴더 둘을 적어 주세요."
        ) from error
    names = sorted((set(one) | set(two)) - PASSING_FIGURES)
    return (*found, *(f"summary.json: {name}" for name in names if one.get(name) != two.get(name)))


def _read(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _lines(name: str, one: list[str], two: list[str]) -> Iterator[str]:
    if len(one) != len(two):
        yield f"{name}: {len(one)}줄과 {len(two)}줄"
    for number, pair in enumerate(zip(one, two, strict=False), 1):
        if pair[0] != pair[1]:
            yield f"{name}:{number}"


def _lasting(line: str) -> str:
    row: dict[str, Any] = json.loads(line)
    row["answer"] = {name: value for name, value in row["answer"].items() if name not in PASSING}
    return json.dumps(row, ensure_ascii=False, sort_keys=True)
