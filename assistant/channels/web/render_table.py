"""Statements that are table rows, put back into tables with the caller's row marked."""

import re
from collections.abc import Sequence

from assistant.answering.measures import facts_of
from assistant.answering.rows import own_rows
from assistant.channels.web.markup import element, safe
from assistant.channels.web.render_evidence import cites
from assistant.corpus.units import clean, table_cells
from assistant.domain import Answer, Span, Statement, Unit, UnitKind

_UNSEEN = '<span class="unseen">{}</span>'


def is_row(statement: Statement, answer: Answer) -> bool:
    """Whether a statement is a row of a table: its first quote is a pipe row."""
    return _quotes(statement, answer)[:1] != [] and _quotes(statement, answer)[0].lstrip().startswith("|")


def facet_tables(statements: Sequence[tuple[bool, Statement]], answer: Answer) -> str:
    """Tables of the row statements, one table a header; `statements` are (is read aloud, statement)."""
    tables: dict[str, list[tuple[bool, Statement]]] = {}
    for aloud, statement in statements:
        if is_row(statement, answer):
            tables.setdefault(_header(statement, answer), []).append((aloud, statement))
    starts = {c.marker: c.char_start for c in answer.citations}
    return "".join(
        _table(header, sorted(rows, key=lambda row: starts[row[1].citations[0]]), answer)
        for header, rows in tables.items()
    )


def said_row_html(statement: Statement, answer: Answer) -> str:
    """A row word for word as it is said, laid out as a table of one row; empty where it is no plain row.

    What joins the cells in the sentence is not seen, but it is heard and copied.
    """
    if not is_row(statement, answer):
        return ""
    header = _header(statement, answer)
    names = [clean(cell) for cell in table_cells(header)] if header else []
    values = _values(statement, names, answer)
    cells = [(name, value) for name, value in zip(names, values, strict=False) if value]
    words = " · ".join(f"{name}: {value}" if name else value for name, value in cells)
    if not cells or not statement.text.endswith(words):
        return ""
    said = _UNSEEN.format(" · ").join(_said_cell(name, value) for name, value in cells)
    lead = safe(statement.text.removesuffix(words).removesuffix(" · "))
    lead = element("span", lead, class_="row-lead") + _UNSEEN.format(" · ") if lead else ""
    return element(
        "span", lead + said, class_="say row", data_markers=" ".join(map(str, statement.citations))
    )


def _said_cell(name: str, value: str) -> str:
    head = element("span", safe(name) + _UNSEEN.format(": "), class_="row-name") if name else ""
    return element("span", head + element("span", safe(value)), class_="row-cell")


def _table(header: str, rows: Sequence[tuple[bool, Statement]], answer: Answer) -> str:
    names = [clean(cell) for cell in table_cells(header)] if header else []
    values = [_values(statement, names, answer) for _, statement in rows]
    own = _own(names, values, [aloud for aloud, _ in rows], answer)
    body = []
    for position, (_, statement) in enumerate(rows):
        cells = "".join(element("td", safe(value)) for value in values[position])
        mark = '<span class="own-mark">해당</span>' if position in own else ""
        cells += element("td", mark + cites(statement.citations), class_="marks")
        body.append(element("tr", cells, class_="own") if mark else element("tr", cells))
    head = "".join(element("th", safe(name), scope="col") for name in [*names, "근거"]) if names else ""
    top = element("thead", element("tr", head)) if head else ""
    return element("div", element("table", top + element("tbody", "".join(body))), class_="table")


def _values(statement: Statement, names: Sequence[str], answer: Answer) -> list[str]:
    """The cells of a row; an empty one has the value it takes from the row above."""
    values = [clean(cell) for cell in table_cells(_quotes(statement, answer)[0])]
    return [v or _inherited(names[i] if i < len(names) else "", statement.text) for i, v in enumerate(values)]


def _own(
    names: Sequence[str], values: Sequence[Sequence[str]], aloud: Sequence[bool], answer: Answer
) -> frozenset[int]:
    """Positions of the caller's rows: those read aloud, else those that the question's facts tell apart."""
    if any(aloud):
        return frozenset(i for i, said in enumerate(aloud) if said)
    units = [
        Unit(UnitKind.ROW, " ".join(row), Span(0, 0), cells=tuple(zip(names, row, strict=False)))
        for row in values
    ]
    return own_rows(units, facts_of(answer.standalone_question or answer.question)) if names else frozenset()


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
