"""Topic files: which there are, and the topics in them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.errors import EvaluationError
from assistant.evaluation.topics import Topic, parse_topic

HELD_OUT = "heldout"
"""The folder of topics that are run for a release only."""
GATES = "gates.yaml"
"""The file in the evaluation folder that holds no topics."""


def topic_files(paths: Iterable[Path], *, held_out: bool = False) -> tuple[Path, ...]:
    """YAML files at `paths`; of folders the files below them, those in `heldout/` only when `held_out`."""
    files: list[Path] = []
    for path in paths:
        if path.is_file():
            files.append(path)
        elif path.is_dir():
            below = sorted(f for f in path.rglob("*.yaml") if f.name != GATES)
            files += [f for f in below if held_out or HELD_OUT not in f.relative_to(path).parts]
        else:
            raise EvaluationError(
                f"{path}: 평가 질문 파일이나 폴더가 없습니다. --topics에 있는 경로를 적어 주세요."
            )
    return tuple(dict.fromkeys(files))


def load_topics(paths: Iterable[Path], *, held_out: bool = False) -> tuple[Topic, ...]:
    """All topics of files and folders, in file order. EvaluationError names the first mistake."""
    topics: dict[str, Topic] = {}
    for path in topic_files(paths, held_out=held_out):
        for topic in read_topics(path):
            if topic.id in topics:
                raise EvaluationError(f"{path}: id {topic.id!r}이(가) 두 번 나옵니다. 한쪽 id를 바꿔 주세요.")
            topics[topic.id] = topic
    if not topics:
        raise EvaluationError(
            "평가 질문이 하나도 없습니다. --topics에 질문이 든 파일이나 폴더를 적어 주세요."
        )
    return tuple(topics.values())


def read_topics(path: Path) -> tuple[Topic, ...]:
    """The topics of one file, paraphrases spread into topics of their own (EvaluationError: a mistake)."""
    topics, mistakes = [], []
    for entry in topic_entries(path):
        try:
            topics.append(parse_topic(entry, held_out=HELD_OUT in path.parts))
        except ValidationError as error:
            mistakes.append(f"{path}: {entry.get('id', '?')}: {explain(error)}")
    if mistakes:
        raise EvaluationError(
            f"{mistakes[0]} (잘못 {len(mistakes)}건, 모두 보기: python -m assistant.evaluation.topics)"
        )
    return tuple(topics)


def explain(error: ValidationError) -> str:
    """The first mistake of a validation in one line."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    what = {"missing": "값이 없습니다", "extra_forbidden": "모르는 필드입니다"}.get(
        first["type"], first["msg"]
    )
    return f"{where}: {what}" if where else what


def topic_entries(path: Path) -> list[dict[str, Any]]:
    """Topic mappings of a file with its defaults filled in and its paraphrases spread."""
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        reason = str(error).replace("\n", " ")
        raise EvaluationError(f"{path}: YAML을 읽을 수 없습니다({reason}). 그 줄을 고쳐 주세요.") from error
    if not isinstance(loaded, Mapping) or not isinstance(loaded.get("topics"), list):
        raise EvaluationError(f"{path}: 'topics:' 목록이 없습니다. evals/README.md의 예처럼 적어 주세요.")
    defaults = loaded.get("defaults") or {}
    if loaded.get("in_force_together"):
        defaults = {"in_force_together": loaded["in_force_together"], **defaults}
    spread: list[dict[str, Any]] = []
    for raw in loaded["topics"]:
        if not isinstance(raw, Mapping):
            raise EvaluationError(f"{path}: topics의 항목이 '이름: 값' 꼴이 아닙니다: {raw!r}. 고쳐 주세요.")
        entry = {**defaults, **raw}
        others = entry.pop("paraphrases", None)
        if not others:
            spread.append(entry)
            continue
        for number, question in enumerate([entry.get("question"), *others], 1):
            spread.append(
                {**entry, "id": f"{entry.get('id')}.{number}", "question": question, "group": entry.get("id")}
            )
    return spread
