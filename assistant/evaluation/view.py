"""An answer as JSON (DESIGN 3.2), read the way the measures need it; and what they must know of the
documents.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.domain import Amendment, Status

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """What the measures need of one document of the corpus."""

    id: str
    programme: str
    title: str
    aliases: tuple[str, ...]
    path: str
    text: str
    amends: tuple[Amendment, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """One document of a search, with the facet of its best passage; a rejected one may not speak on that
    day.
    """

    document_id: str
    facet: str
    speaks: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant gave for one topic; `answer` is None where it gave nothing (an error, with its
    reason).
    """

    topic_id: str
    answer: Json | None
    ranking: tuple[Ranked, ...] = ()
    standalone_ranking: tuple[Ranked, ...] = ()
    milliseconds: float = 0.0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """One answer: its parts by role. Markers and indices that point nowhere are left out (and so lose their
    support).
    """

    answer: Json

    @property
    def status(self) -> Status:
        """The answer's status."""
        return Status(self.answer["status"])

    @property
    def statements(self) -> tuple[Json, ...]:
        """All statements."""
        return tuple(self.answer["statements"])

    @property
    def summary(self) -> tuple[Json, ...]:
        """The statements that are read aloud."""
        return self._at("summary")

    @property
    def confirm(self) -> tuple[Json, ...]:
        """The statements that must be confirmed with the caller."""
        return self._at("must_confirm")

    @property
    def citations(self) -> tuple[Json, ...]:
        """All citations."""
        return tuple(self.answer["citations"])

    def cited(self, statement: Json) -> tuple[Json, ...]:
        """The citations of a statement."""
        by_marker = {c["marker"]: c for c in self.citations}
        return tuple(by_marker[m] for m in statement["citations"] if m in by_marker)

    @property
    def summary_text(self) -> str:
        """What is read aloud."""
        return texts(self.summary)

    @property
    def aloud_text(self) -> str:
        """What is read aloud or must be confirmed."""
        return f"{self.summary_text}\n{texts(self.confirm)}"

    @property
    def caution_text(self) -> str:
        """Warnings and the clarifying question with its choices."""
        asked = self.answer.get("clarification") or {}
        pieces = [w["text"] for w in self.answer["warnings"]]
        return "\n".join([*pieces, asked.get("asks", ""), *asked.get("choices", ())])

    @property
    def whole_text(self) -> str:
        """Everything that the answer says anywhere, but for the question itself and the quotes."""
        answer = self.answer
        pieces = [self.caution_text, texts(self.statements)]
        pieces += [f"{c['name']} {c['phone']}" for c in answer["contacts"]]
        pieces += [f"{w.get('from') or ''} ~ {w.get('until') or ''}" for w in answer["windows"]]
        pieces += [f"{c.get('title', '')} {' '.join(c.get('matched', ()))}" for c in answer["candidates"]]
        pieces += [f"{a['text']} " + " ".join(c["phone"] for c in a["contacts"]) for a in answer["alerts"]]
        return "\n".join(pieces)

    def _at(self, field: str) -> tuple[Json, ...]:
        statements = self.statements
        return tuple(statements[i] for i in self.answer[field] if 0 <= i < len(statements))


def texts(statements: Iterable[Json]) -> str:
    """The texts of statements, a line each."""
    return "\n".join(s["text"] for s in statements)
