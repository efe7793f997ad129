"""Rules 1–3 of every answer, checked by code before it leaves: verbatim quotes, numbers in their spans,
honest states."""

import re
from collections.abc import Mapping

from assistant.domain import Answer, Document, State, Statement, Status

_UNITS = {"억": 10**8, "천만": 10**7, "백만": 10**6, "만": 10**4, "천": 10**3}
_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(억|천만|백만|만|천)?\s?")


def numbers(text: str) -> frozenset[str]:
    """Numbers of a text in one spelling: 30만, 300,000 and 155만 8,419 become 300000, 300000 and 1558419."""
    found: set[str] = set()
    position = 0
    while match := _PART.search(text, position):
        total, last = 0.0, float("inf")
        part: re.Match[str] | None = match
        while part:
            unit = _UNITS.get(part.group(2) or "", 1)
            if unit >= last:
                break
            total, last, position = total + float(part.group(1).replace(",", "")) * unit, unit, part.end()
            part = _PART.match(text, position) if unit > 1 else None
        found.add(format(round(total), "d") if total == round(total) else str(total))
    return frozenset(found)


def findings(answer: Answer, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """What breaks the rules, one line each; empty for an answer that may be shown."""
    quotes = {c.marker: c for c in answer.citations}
    found = [
        f"citation {c.marker}: quote is not at its span"
        for c in answer.citations
        if documents[c.document_id].text[c.char_start : c.char_end] != c.quote
    ]
    for position, statement in enumerate(answer.statements):
        found += [
            f"statement {position}: {line}"
            for line in _statement(statement, {m: c.quote for m, c in quotes.items()})
        ]
    if answer.status is Status.ANSWERED:
        for position in answer.summary:
            if answer.statements[position].state is not State.CURRENT:
                found.append(
                    f"summary reads out statement {position}, which is {answer.statements[position].state}"
                )
    return tuple(found)


def _statement(statement: Statement, quotes: Mapping[int, str]) -> list[str]:
    if any(marker not in quotes for marker in statement.citations):
        return ["cites an unknown marker"]
    cited = " ".join(quotes[marker] for marker in statement.citations)
    extra = numbers(statement.text) - numbers(cited)
    return [f"numbers outside its spans: {sorted(extra)}"] if extra else []
