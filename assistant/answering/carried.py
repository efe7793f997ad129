"""What the next question of a call leans on: programme and household of the last one, and its other words."""

import re
from dataclasses import dataclass

from assistant.answering.answerer import Answerer
from assistant.answering.followup import without_household
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
    """The programme's own name as the question spells it, else its title without the edition."""
    for match in answerer.names.match(question):
        if programme in (None, *match.programmes) and match.certainty == 1.0 and len(match.name) >= 3:
            return _spelt(match.name, question) or match.name
    if programme not in answerer.families:
        return None
    document = answerer.families[programme].documents[-1]
    title = _EDITION.sub("", document.metadata.title).strip()
    shortest = min((n for n in names_of(document) if n in compact(title)), key=len, default="")
    return (_spelt(shortest, title) if len(shortest) >= 3 else None) or title


def _spelt(name: str, words: str) -> str | None:
    """A compacted name as it stands in words, with its spaces."""
    found = re.search(r"\s*".join(map(re.escape, name)), words, re.IGNORECASE)
    return found.group() if found else None
