"""What the next question of a call leans on: programme and household of the last one, and its other words."""

import re
from dataclasses import dataclass

from assistant.answering.answerer import Answerer
from assistant.answering.followup import bare_name, without_household
from assistant.domain import Answer
from assistant.retrieval.names import compact, names_of
from assistant.retrieval.query import household_of, normalise

_EDITION = re.compile(r"\s*(?:\([^)]*\)|\[[^\]]*\])")


@dataclass(frozen=True, slots=True)
class Carried:
    """A programme by the name the caller used for it, or its own; persons of the household; the question
    without the words that tell the household."""

    programme: str | None
    household: int | None
    question: str


def carried(answer: Answer, answerer: Answerer) -> Carried:
    """What an answered question hands on. A question that holds these words again finds the programme."""
    question = normalise(answer.standalone_question or answer.question)
    told = next((s.programme for s in answer.statements if s.programme), None)
    named = None if answer.candidates else _name(told, question, answerer)
    return Carried(named, household_of(question), without_household(question))


def _name(programme: str | None, question: str, answerer: Answerer) -> str | None:
    """The programme's shortest own name that the question holds, as spelt there; else its bare title."""
    sure = [m for m in answerer.names.match(question) if m.certainty == 1.0 and len(m.name) >= 3]
    if programme is None and sure:
        programme = sure[0].programmes[0]
    if programme not in answerer.families:
        return None
    documents = answerer.families[programme].documents
    names = sorted({n for d in documents for n in names_of(d) if len(n) >= 3}, key=lambda n: (len(n), n))
    title = _EDITION.sub("", documents[-1].metadata.title).strip()
    said = [n for n in names if n in compact(question)]
    in_title = [n for n in names if n in compact(title)]
    own = [n for n in said if any(m.programmes == (programme,) for m in answerer.names.match(n))]
    for name in (*(n for n in said if n in in_title), *own, *said):
        if spelt := _spelt(name, question):
            return bare_name(spelt)
    return _spelt(in_title[0], title) if in_title else title


def _spelt(name: str, words: str) -> str | None:
    """A compacted name as it stands in words, with its spaces."""
    found = re.search(r"\s*".join(map(re.escape, name)), words, re.IGNORECASE)
    return found.group() if found else None
