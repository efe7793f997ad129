"""Statements that are table rows, put back into tables with the caller's row marked."""

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.channels.web.markup import safe
from assistant.corpus.units import clean, table_cells
from assistant.domain import Answer, Statement


def is_row(statement: Statement, answer: Answer) -> bool:
    """Whether a statement is a row of a table: its first quote is a pipe row."""
    return _quotes(statement, answer)[:1] != [] and _quotes(statement, answer)[0].lstrip().startswith("|")


def facet_tables(
    statements: Sequence[tuple[bool, Statement]], answer: Answer, cites: Callable[[Iterable[int]], str]
) -> str:
    """Tables of the row statements; `statements` are (is read aloud, statement). Rows under one header stand together."""
    tables: dict[str, list[tuple[bool, Statement]]] = {}
    for aloud, statement in statements:
        if is_row(statement, answer):
            tables.setdefault(_header(statement, answer), []).append((aloud, statement))
    return "".join(_table(header, rows, answer, cites) for header, rows in tables.items())


def _table(
    header: str, rows: Sequence[tuple[bool, Statement]], answer: Answer, cites: Callable[[Iterable[int]], str]
) -> str:
    names = [clean(cell) for cell in table_cells(header)] if header else []
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in names)
    body = []
    for aloud, statement in rows:
        values = [clean(cell) for cell in table_cells(_quotes(statement, answer)[0])]
        filled = [
            v or _inherited(names[i] if i < len(names) else "", statement.text) for i, v in enumerate(values)
        ]
        cells = "".join(f"<td>{safe(value)}</td>" for value in filled)
        own = ' class="own" aria-label="문의하신 해당 행"' if aloud else ""
        body.append(f'<tr{own}>{cells}<td class="marks">{cites(statement.citations[:1])}</td></tr>')
    head_row = f'<thead><tr>{head}<th scope="col" class="marks">근거</th></tr></thead>' if names else ""
    return f'<div class="table"><table>{head_row}<tbody>{"".join(body)}</tbody></table></div>'


def _quotes(statement: Statement, answer: Answer) -> list[str]:
    by_marker = {c.marker: c.quote for c in answer.citations}
    return [by_marker[m] for m in statement.citations if m in by_marker]


def _header(statement: Statement, answer: Answer) -> str:
    rest = _quotes(statement, answer)[1:]
    return next((quote for quote in rest if quote.lstrip().startswith("|")), "")


def _inherited(name: str, text: str) -> str:
    """The value that an empty leading cell takes from the row above, as the statement says it."""
    found = re.search(rf"(?:^|· ){re.escape(name)}: (.*?)(?: · |$)", text) if name else None
    return found.group(1) if found else ""
