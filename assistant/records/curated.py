"""Approved answers: served first where the same question is asked, and only while their passages stand."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from assistant.answering import grounding
from assistant.domain import (
    Answer,
    AnswerContact,
    Caution,
    Citation,
    Document,
    Facet,
    Section,
    State,
    Statement,
    Status,
)
from assistant.records.store import Records
from assistant.validity import state

CODE = "curated"
"""The code of the warning that says whose answer this is."""
_POLITE = (
    (re.compile(r"(?:얼마|얼만)(?:예요|에요|이에요|인가요|입니까|입니꺼|인지|인데요|나요|죠|요)?$"), "얼마"),
    (re.compile(r"(?:알려|가르쳐|말해)(?:주세요|줘요|주실래요|주시겠어요|주십시오|줘)$"), ""),
    (re.compile(r"(?:이|가|을|를|은|는|좀)?(?:궁금합니다|궁금해요|궁금한데요)$"), ""),
    (re.compile(r"(?:인가요|나요|까요|을까|ㄹ까|니까|니꺼|는지요|는지|어요|아요|해요|하죠|요|죠)$"), ""),
)
_FILLER = re.compile(r"(?<![가-힣])(?:혹시|그럼|그러면|저기|저|저희|근데|그런데|좀)(?![가-힣])")


@dataclass(frozen=True, slots=True)
class Passage:
    """The section a citation rests on: where it is, its hash, and where in it the quote begins."""

    document_id: str
    heading_path: tuple[str, ...]
    hash: str
    offset: int


@dataclass(frozen=True, slots=True)
class Curated:
    """An approved answer: whose questions it serves, whose words it is, and what it rests on."""

    id: int
    author: str
    approver: str | None
    valid_from: date
    valid_until: date
    questions: tuple[str, ...]
    note: str
    statements: tuple[Statement, ...]
    summary: tuple[int, ...]
    must_confirm: tuple[int, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    contacts: tuple[AnswerContact, ...] = ()
    withdrawn: bool = False

    def holds(self, day: date) -> bool:
        """Whether a second person approved it and the day lies in its validity."""
        return bool(self.approver) and not self.withdrawn and self.valid_from <= day <= self.valid_until


def question_key(question: str) -> str:
    """A question without spaces, signs, fillers and polite endings: equal keys, same question.

    Embeddings do not tell "단독가구" from "부부가구" (docs/decisions.md), so that nearness is left to
    people: an author lists the wordings that an answer is for.
    """
    words = _FILLER.sub(" ", unicodedata.normalize("NFKC", question).lower())
    key = re.sub(r"[^0-9a-z가-힣%]", "", words)
    for ending, kept in _POLITE:
        key = ending.sub(kept, key)
    return key


def load_curated(records: Records) -> tuple[Curated, ...]:
    """All curated answers, oldest first, withdrawn and unapproved ones too."""
    return tuple(_curated(dict(row)) for row in records.rows("SELECT * FROM curated ORDER BY id"))


class CuratedBook:
    """Curated answers by the questions they serve."""

    def __init__(self, curated: Iterable[Curated]) -> None:
        """Index the answers; of several on one question the newest is served."""
        self._by_key = {
            question_key(q): answer for answer in curated for q in answer.questions if not answer.withdrawn
        }

    def served(self, answer: Answer, documents: Mapping[str, Document]) -> Answer:
        """The curated answer in the engine's place where one holds; alerts stay."""
        found = self._by_key.get(question_key(answer.standalone_question or answer.question))
        if found is None or not found.holds(answer.as_of) or suspension(found, documents, answer.as_of):
            return answer
        who = f"승인된 답변 (작성 {found.author}, 승인 {found.approver}, {found.valid_until:%Y-%m-%d}까지)"
        notes = (Caution(CODE, f"{who} {found.note}".rstrip()),)
        served = replace(
            answer,
            status=Status.ANSWERED,
            statements=found.statements,
            summary=found.summary,
            must_confirm=found.must_confirm,
            citations=tuple(
                _moved(c, p, documents) for c, p in zip(found.citations, found.passages, strict=True)
            ),
            contacts=found.contacts or answer.contacts,
            warnings=notes,
            missing=(),
            windows=(),
            candidates=(),
            clarification=None,
        )
        return answer if grounding.findings(served, documents) else served


def suspension(curated: Curated, documents: Mapping[str, Document], day: date) -> str | None:
    """Why an answer may not be served on a day although approved; None where every passage stands."""
    for passage in curated.passages:
        document = documents.get(passage.document_id)
        if document is None:
            return f"{passage.document_id}: 근거 자료가 내려갔거나 꺼져 있습니다."
        if _section(document, passage) is None:
            return f"{document.metadata.title}: 근거로 이은 구절이 바뀌었습니다."
    for statement in curated.statements:
        for marker in statement.citations:
            cited = next(c for c in curated.citations if c.marker == marker)
            if _state(documents, cited.document_id, statement.facet, day) is not State.CURRENT:
                return (
                    f"{documents[cited.document_id].metadata.title}: {day:%Y-%m-%d} 현재 유효하지 않습니다."
                )
    return None


def passage_of(citation: Citation, document: Document) -> Passage:
    """The section that a citation stands in, as it is now."""
    for section in document.sections:
        if section.char_start <= citation.char_start and citation.char_end <= section.char_end:
            text = document.text[section.char_start : section.char_end]
            return Passage(
                document.id, section.heading_path, _hash(text), citation.char_start - section.char_start
            )
    return Passage(document.id, (), _hash(document.text), citation.char_start)


def _section(document: Document, passage: Passage) -> Section | None:
    if not passage.heading_path and _hash(document.text) == passage.hash:
        return Section((), Facet.OTHER, 0, len(document.text))
    for section in document.sections:
        same = section.heading_path == passage.heading_path
        if same and _hash(document.text[section.char_start : section.char_end]) == passage.hash:
            return section
    return None


def _moved(citation: Citation, passage: Passage, documents: Mapping[str, Document]) -> Citation:
    """The citation where its words stand now: the section may have moved within its document."""
    section = _section(documents[passage.document_id], passage)
    start = (section.char_start if section else 0) + passage.offset
    return replace(citation, char_start=start, char_end=start + len(citation.quote))


def _state(documents: Mapping[str, Document], document_id: str, facet: Facet, day: date) -> State:
    metadata = documents[document_id].metadata
    family: Sequence[Any] = [
        d.metadata for d in documents.values() if d.metadata.programme_key == metadata.programme_key
    ]
    return state(metadata, facet, day, None, family)


def _curated(row: dict[str, Any]) -> Curated:
    stored = json.loads(row["answer"])
    return Curated(
        row["id"],
        row["author"],
        row["approver"],
        date.fromisoformat(row["valid_from"]),
        date.fromisoformat(row["valid_until"]),
        tuple(json.loads(row["questions"])),
        row["note"],
        tuple(_statement(s) for s in stored["statements"]),
        tuple(stored["summary"]),
        tuple(stored["must_confirm"]),
        tuple(citation_from(c) for c in stored["citations"]),
        tuple(Passage(p[0], tuple(p[1]), p[2], p[3]) for p in stored["passages"]),
        tuple(AnswerContact(c["name"], c["phone"], c["citation"]) for c in stored.get("contacts", ())),
        row["withdrawn_at"] is not None,
    )


def _statement(plain: Mapping[str, Any]) -> Statement:
    return Statement(
        plain["text"],
        Facet(plain["facet"]),
        plain["programme"],
        State(plain["state"]),
        tuple(plain["citations"]),
    )


def citation_from(plain: Mapping[str, Any]) -> Citation:
    """A citation from its JSON (DESIGN 3.2)."""
    values = {field.name: plain[field.name] for field in fields(Citation)}
    for name in ("effective_from", "effective_until", "reviewed_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Citation(**values | {n: tuple(values[n]) for n in ("heading_path", "source_urls")})


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
