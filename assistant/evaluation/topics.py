"""Topics: questions with what a right answer must and must not hold. See `evals/README.md`."""

import sys
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from assistant.domain import Facet, Status

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
    in_force_together: tuple[tuple[str, ...], ...] = ()
    """Documents that are supposed to be in force together (oldest first): what a conflict is made of."""

    @property
    def accepted(self) -> tuple[Status, ...]:
        """Statuses that are right: as given, else by kind."""
        if self.status:
            return self.status
        if self.kind == "injection" and not self.gold:
            return tuple(sorted(DECLINED))
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


def parse_topic(entry: Mapping[str, Any], *, held_out: bool = False) -> Topic:
    """A topic from its YAML mapping (pydantic's ValidationError when it breaks the schema)."""
    return Topic.model_validate({**entry, "held_out": held_out})


if __name__ == "__main__":
    from assistant.evaluation.topic_check import main

    sys.exit(main(sys.argv[1:]))
