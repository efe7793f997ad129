"""The book of statements: a span has one marker, words are said once, old amounts carry their year."""

from assistant.answering.answerer import Answerer
from assistant.answering.citations import CitationBook
from assistant.domain import Chunk, Document, Facet, State, UnitKind


def chunk_of(small: Answerer, document_id: str, facet: Facet) -> tuple[Document, Chunk]:
    document = small.index.documents[document_id]
    return document, next(c for c in small.index.chunks if c.document_id == document_id and c.facet is facet)


def test_a_row_cites_itself_and_its_header(small: Answerer) -> None:
    document, chunk = chunk_of(small, "pension-2021", Facet.BENEFIT)
    book = CitationBook()
    book.state(document, chunk, chunk.units[1], Facet.BENEFIT, State.CURRENT)
    (statement,) = book.statements
    assert statement.text == "가구: 부부가구 · 월 지급액: 480,000원"
    assert statement.citations == (1, 2)
    assert [c.quote for c in book.citations] == ["| 부부가구 | 480,000원 |", "| 가구 | 월 지급액 |"]
    for citation in book.citations:
        assert document.text[citation.char_start : citation.char_end] == citation.quote
    assert (book.citations[0].heading_path, book.citations[0].path) == (("지원내용",), "노인/pension-2021.md")


def test_a_span_has_one_marker_and_the_same_words_are_said_once(small: Answerer) -> None:
    document, chunk = chunk_of(small, "pension-2021", Facet.BENEFIT)
    book = CitationBook()
    first, second = chunk.units
    places = [
        book.state(document, chunk, unit, Facet.BENEFIT, State.CURRENT) for unit in (first, second, first)
    ]
    assert places == [0, 1, 0]
    assert [s.citations for s in book.statements] == [(1, 2), (3, 2)]
    assert [c.marker for c in book.citations] == [1, 2, 3]


def test_what_is_outdated_has_its_year_in_front_and_cites_the_line_that_shows_it(small: Answerer) -> None:
    document, chunk = chunk_of(small, "pension-2021", Facet.BENEFIT)
    book = CitationBook()
    book.state(document, chunk, chunk.units[0], Facet.BENEFIT, State.OUTDATED)
    assert book.statements[0].text == "2021년 기준 · 가구: 단독가구 · 월 지급액: 300,000원"
    assert book.citations[-1].quote == "든든연금 사업안내 (2021)"


def test_what_names_its_year_itself_is_left_as_it_is(small: Answerer) -> None:
    document, chunk = chunk_of(small, "cheer-2021", Facet.PERIOD)
    book = CitationBook()
    book.state(document, chunk, chunk.units[0], Facet.PERIOD, State.OUTDATED)
    assert book.statements[0].text == chunk.units[0].text
    assert len(book.citations) == 1


def test_undated_is_shown_as_current(small: Answerer) -> None:
    document, chunk = chunk_of(small, "마을버스.md", Facet.TARGET)
    book = CitationBook()
    book.state(document, chunk, chunk.units[0], Facet.TARGET, State.UNDATED)
    assert book.statements[0].state is State.CURRENT
    assert chunk.units[0].kind is UnitKind.ITEM
