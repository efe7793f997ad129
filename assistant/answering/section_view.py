"""The section that a quote stands in, to be shown with the quote marked."""

from dataclasses import dataclass

from assistant.domain import Citation, Document


@dataclass(frozen=True, slots=True)
class SectionView:
    """The section a quote stands in, with the quote's place in its text (code points)."""

    title: str
    heading_path: tuple[str, ...]
    text: str
    quote_start: int
    quote_end: int
    page: int | None


def section_of(document: Document, citation: Citation) -> SectionView:
    """The section of the document that a citation's quote stands in; the whole text where it has none."""
    start, end, path = 0, len(document.text), citation.heading_path
    for section in document.sections:
        if section.char_start <= citation.char_start < section.char_end:
            start, end, path = section.char_start, section.char_end, section.heading_path
    return SectionView(
        document.metadata.title,
        path,
        document.text[start:end],
        citation.char_start - start,
        citation.char_end - start,
        citation.page,
    )
