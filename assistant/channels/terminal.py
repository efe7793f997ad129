"""The terminal: one Answer as text, coloured where the terminal has colours."""

import io
import sys

from assistant.channels.wording import (
    FACET,
    STATUS,
    confirmations_of,
    dated,
    day_text,
    missing_text,
    source_line,
    status_hint,
    summary_of,
    validity_text,
    window_text,
)
from assistant.domain import Answer, Citation, Statement, Status

COLOUR = {
    Status.ANSWERED: "green",
    Status.CLARIFICATION_NEEDED: "cyan",
    Status.CONFLICTING: "magenta",
    Status.OUTDATED: "yellow",
}
"""Of the status word; what is not here is red."""
WIDTH = 100


def render(answer: Answer, colour: bool | None = None) -> str:
    """The answer as lines of text without a trailing newline. `colour`: None asks standard output."""
    from rich.console import Console
    from rich.text import Text

    wanted = sys.stdout.isatty() if colour is None else colour
    console = Console(
        file=io.StringIO(),
        force_terminal=wanted,
        no_color=not wanted,
        width=WIDTH,
        highlight=False,
        soft_wrap=True,
    )
    for line, style in _lines(answer):
        console.print(Text(line, style=style))
    written = console.file
    assert isinstance(written, io.StringIO)  # given to the console above
    return written.getvalue().rstrip("\n")


def _lines(answer: Answer) -> list[tuple[str, str]]:
    """Every line with its style, in reading order."""
    lines = [
        (f"[긴급] {a.text} " + ", ".join(f"{c.name} {c.phone}" for c in a.contacts), "bold red")
        for a in answer.alerts
    ]
    colour = COLOUR.get(answer.status, "red")
    lines.append(
        (f"■ {STATUS[answer.status]} (기준일 {day_text(answer.as_of)})  {status_hint(answer)}", colour)
    )
    if answer.standalone_question:
        lines.append((f"이렇게 이해했습니다: {answer.standalone_question}", "dim"))
    lines += [
        (f"! {dated(w.text)}{_marks((w.citation,) if w.citation else ())}", "yellow") for w in answer.warnings
    ]
    over = answer.status is Status.CLOSED
    lines += [(f"- {window_text(w, answer.as_of, over)}", "") for w in answer.windows]
    if missing := missing_text(answer):
        lines.append((f"! {missing}", "yellow"))
    if answer.clarification is not None:
        lines.append((f"? {answer.clarification.asks}  {' / '.join(answer.clarification.choices)}", "cyan"))
    lines += [(f"\n{_said(s)}" if i == 0 else _said(s), "bold") for i, s in enumerate(summary_of(answer))]
    lines += _listed("꼭 확인할 것", confirmations_of(answer))
    for candidate in answer.candidates:
        unknown = f" (확인할 것: {', '.join(candidate.unknown)})" if candidate.unknown else ""
        lines.append((f"- {candidate.title}{_marks(candidate.citations)}{unknown}", ""))
    lines += _details(answer)
    if answer.contacts:
        lines.append(("\n문의: " + ", ".join(f"{c.name} {c.phone}" for c in answer.contacts), ""))
    lines += [(f"\n{_source(c)}" if i == 0 else _source(c), "dim") for i, c in enumerate(answer.citations)]
    return lines


def _details(answer: Answer) -> list[tuple[str, str]]:
    """Statements that are neither read aloud nor to be confirmed, by facet."""
    shown = {*answer.summary, *answer.must_confirm}
    rest = [s for i, s in enumerate(answer.statements) if i not in shown]
    lines: list[tuple[str, str]] = []
    for facet in dict.fromkeys(s.facet for s in rest):
        lines += _listed(FACET[facet], [s for s in rest if s.facet is facet])
    return lines


def _listed(title: str, statements: tuple[Statement, ...] | list[Statement]) -> list[tuple[str, str]]:
    return [(f"\n{title}", "underline"), *((f"  - {_said(s)}", "") for s in statements)] if statements else []


def _said(statement: Statement) -> str:
    return f"{statement.text} {_marks(statement.citations)}"


def _marks(markers: tuple[int, ...]) -> str:
    return "".join(f"[{m}]" for m in markers)


def _source(citation: Citation) -> str:
    return f"[{citation.marker}] {source_line(citation)} · {validity_text(citation)} · {citation.path}"
