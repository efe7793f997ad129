"""Statements and their citations: a book that gives each quoted span one marker."""

from assistant.answering.selection import edition_year
from assistant.domain import Chunk, Citation, Document, Facet, Span, State, Statement, Unit


class CitationBook:
    """Collects statements while an answer is composed; markers count from 1 in order of first use."""

    def __init__(self) -> None:
        """Start an empty book."""
        self.statements: list[Statement] = []
        self.citations: list[Citation] = []
        self._markers: dict[tuple[str, int, int], int] = {}
        self._said: dict[tuple[str, str | None], int] = {}

    def cite(self, document: Document, chunk: Chunk, span: Span) -> int:
        """The marker of a verbatim span of a document."""
        key = (document.id, span.start, span.end)
        if key not in self._markers:
            metadata = document.metadata
            self._markers[key] = len(self.citations) + 1
            self.citations.append(
                Citation(
                    marker=self._markers[key],
                    chunk_id=chunk.id,
                    document_id=document.id,
                    title=metadata.title,
                    publisher=metadata.publisher,
                    region=metadata.region,
                    path=document.path,
                    heading_path=chunk.heading_path,
                    page=document.page_at(span.start),
                    quote=document.text[span.start : span.end],
                    char_start=span.start,
                    char_end=span.end,
                    effective_from=metadata.effective_from,
                    effective_until=metadata.effective_until,
                    reviewed_on=metadata.reviewed_on,
                    source_urls=metadata.source_urls,
                )
            )
        return self._markers[key]

    def state(self, document: Document, chunk: Chunk, unit: Unit, facet: Facet, state: State) -> int:
        """Add what a unit says as a statement; its index. The same words of one programme are said once."""
        programme = document.metadata.programme_key
        text, spans = unit.text, (unit.span, *unit.context)
        if state is State.OUTDATED:
            text, extra = _with_year(document, text)
            spans += extra
        if (text, programme) in self._said:
            return self._said[text, programme]
        shown = State.CURRENT if state is State.UNDATED else state
        markers = tuple(self.cite(document, chunk, span) for span in spans)
        self.statements.append(Statement(text, facet, programme, shown, markers))
        self._said[text, programme] = len(self.statements) - 1
        return len(self.statements) - 1


def _with_year(document: Document, text: str) -> tuple[str, tuple[Span, ...]]:
    """An outdated sentence with its edition's year in front, and the span (the title line) that shows the
    year."""
    year = edition_year(document)
    if year is None or str(year) in text:
        return text, ()
    line_end = document.text.find("\n", 0, 400)
    heading = document.text[: line_end if line_end > 0 else 400]
    at = heading.find(str(year))
    if at < 0:
        return text, ()
    start = len(heading) - len(heading.lstrip("# \t"))
    return f"{year}년 기준 · {text}", (Span(start, len(heading.rstrip())),)
