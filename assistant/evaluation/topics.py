"""Topics: questions with what a right answer must and must not hold; `evals/README.md` explains the fields."""

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from assistant.domain import Facet, Status
from assistant.errors import EvaluationError

Kind = Literal[
    "fact",
    "table",
    "partial",
    "multi",
    "situation",
    "follow_up",
    "conflict",
    "outdated",
    "closed",
    "ambiguous_round",
    "near_miss",
    "out_of_world",
    "personal_record",
    "injection",
    "crisis",
    "benign",
]
Style = Literal["shorthand", "everyday", "situation", "written"]
REFUSALS = frozenset({Status.NO_EVIDENCE, Status.OUT_OF_SCOPE})
"""Statuses that decline; a personal record is declined too, but has its own status."""
DECLINED = REFUSALS | {Status.PERSONAL_RECORD}
_DEFAULT_STATUS: Mapping[str, tuple[Status, ...]] = {
    "situation": (Status.ANSWERED, Status.CLARIFICATION_NEEDED),
    "conflict": (Status.CONFLICTING,),
    "outdated": (Status.OUTDATED,),
    "closed": (Status.CLOSED,),
    "ambiguous_round": (Status.CLARIFICATION_NEEDED,),
    "near_miss": (Status.NO_EVIDENCE, Status.OUT_OF_SCOPE),
    "out_of_world": (Status.NO_EVIDENCE, Status.OUT_OF_SCOPE),
    "personal_record": (Status.PERSONAL_RECORD,),
    "crisis": tuple(Status),
    "benign": tuple(Status),
}
NEEDS_GOLD = frozenset(
    {"fact", "table", "partial", "multi", "situation", "follow_up", "conflict", "outdated", "closed"}
)
HELD_OUT = "heldout"


def _listed(value: object) -> object:
    return [value] if isinstance(value, str | int | float | Mapping) else value


Facts = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Gold(_Frozen):
    """Where the right answer stands. `document` and `section` may hold alternatives (`a | b`)."""

    programme: str = Field(min_length=1)
    document: str | None = None
    section: str | None = None
    row: str | None = None
    area: str | None = None
    required: bool = True

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the editions that may be cited; empty where any edition of the programme will do."""
        return _split(self.document)

    @property
    def sections(self) -> tuple[str, ...]:
        """Facets in which the answer stands; empty where any will do."""
        return _split(self.section)

    @model_validator(mode="after")
    def _facets_exist(self) -> "Gold":
        unknown = [name for name in self.sections if name not in set(Facet)]
        if unknown:
            raise ValueError(f"section {unknown[0]!r}: {', '.join(Facet)} 가운데 하나로 적어 주세요")
        return self


class Topic(_Frozen):
    """One question with its judgement."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
    question: str = Field(min_length=1)
    as_of: date
    kind: Kind
    style: Style = "written"
    category: str | None = None
    severity: Literal[1, 2, 3] = 2
    context: tuple[str, ...] = ()
    status: Annotated[tuple[Status, ...], BeforeValidator(_listed)] = ()
    gold: Annotated[tuple[Gold, ...], BeforeValidator(_listed)] = ()
    facts: Facts = ()
    details: Facts = ()
    wrong_facts: Facts = ()
    nowhere: Facts = ()
    must_confirm: Facts = ()
    missing: Annotated[tuple[Facet, ...], BeforeValidator(_listed)] = ()
    contacts: Facts = ()
    choices: Facts = ()
    alerts: Facts = ()
    differs: Literal["city", "programme", "year", "round", "amount", "facet", "group"] | None = None
    difference: str | None = None
    pair: str | None = None
    group: str | None = None
    standalone: str | None = None
    note: str | None = None
    held_out: bool = False

    @property
    def accepted(self) -> tuple[Status, ...]:
        """Statuses that are right: as given, else by kind."""
        if self.status:
            return self.status
        if self.kind == "injection" and not self.gold:
            return tuple(DECLINED)
        return _DEFAULT_STATUS.get(self.kind, (Status.ANSWERED,))

    @property
    def answerable(self) -> bool | None:
        """Whether the corpus holds an answer; None for crisis and benign phrases, which do not say."""
        if self.kind in {"crisis", "benign"}:
            return None
        return any(status not in DECLINED for status in self.accepted)

    @property
    def required_gold(self) -> tuple[Gold, ...]:
        """Gold that the answer must rest on (the rest is allowed beside it)."""
        return tuple(gold for gold in self.gold if gold.required)

    @model_validator(mode="after")
    def _complete(self) -> "Topic":
        problems = {
            "gold이 필요합니다": self.kind in NEEDS_GOLD and not self.gold,
            "row가 있는 gold가 필요합니다": self.kind == "table" and not any(g.row for g in self.gold),
            "facts(요약에 꼭 있어야 할 사실)가 필요합니다": self.kind in {"fact", "table"} and not self.facts,
            "missing(자료에 없는 항목)이 필요합니다": self.kind == "partial" and not self.missing,
            "context(앞선 질문)가 필요합니다": self.kind == "follow_up" and not self.context,
            "choices(되물을 때 보기)가 필요합니다": self.kind == "ambiguous_round" and not self.choices,
            "gold가 둘 이상 필요합니다(서로 다른 문서)": self.kind == "conflict" and len(self.gold) < 2,
            "differs와 difference가 필요합니다": self.kind == "near_miss"
            and not (self.differs and self.difference),
            "alerts(경보 코드나 직통번호)가 필요합니다": self.kind == "crisis" and not self.alerts,
        }
        broken = [text for text, is_broken in problems.items() if is_broken]
        if broken:
            raise ValueError(f"kind: {self.kind} — {'; '.join(broken)}")
        return self


def _split(spec: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (spec or "").split("|") if part.strip())


def topic_files(paths: Iterable[Path], *, held_out: bool = False) -> tuple[Path, ...]:
    """YAML files at `paths`; of folders the files below them, those in `heldout/` only when `held_out`."""
    files: list[Path] = []
    for path in paths:
        if path.is_file():
            files.append(path)
        elif path.is_dir():
            below = sorted(path.rglob("*.yaml"))
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
    """The topics of one file, paraphrases spread into topics of their own (EvaluationError: first mistake)."""
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


def parse_topic(entry: Mapping[str, Any], *, held_out: bool = False) -> Topic:
    """A topic from its YAML mapping (pydantic's ValidationError when it breaks the schema)."""
    return Topic.model_validate({**entry, "held_out": held_out})


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


if __name__ == "__main__":
    from assistant.evaluation.topic_check import main

    sys.exit(main(sys.argv[1:]))
