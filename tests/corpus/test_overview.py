"""The README of the corpus is its generated overview; counts that can be checked by hand."""

from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.library import Corpus, load_corpus, load_document
from assistant.corpus.overview import overview
from assistant.corpus.readers.markdown import split_front_matter
from assistant.corpus.units import split_units
from assistant.domain import Amendment, Document, Facet, Metadata, Term

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(CORPUS)


def _document(path: str, **facts: object) -> Document:
    return Document(Metadata(id=path, title=path, **facts), path, "", ())  # type: ignore[arg-type]  # test facts


THREE = Corpus(
    (
        _document(
            "노인/a.md", programme="meal", category="노인", region="진주시", effective_from=date(2021, 1, 1)
        ),
        _document(
            "노인/b.pdf", programme="meal", category="노인", region="진주시", missing=(Facet.PAPERWORK,)
        ),
        _document(
            "코로나19/c.md",
            programme="relief",
            category="코로나19",
            region="전국",
            kind="notice",
            term=Term.FIXED,
            amends=(Amendment("x", (Facet.PERIOD,)),),
        ),
    ),
    (),
)


@pytest.mark.parametrize(
    "row",
    [
        "문서 3건, 사업 2가지입니다.",
        "| 노인 | 1 | 2 |",
        "| 코로나19 | 1 | 1 |",
        "| 사업안내 | 2 |",
        "| 공고·알림 | 1 |",
        "| 진주시 | 2 |",
        "| MD | 2 |",
        "| PDF | 1 |",
        "| 끝나는 날이 있음(fixed) | 1 |",
        "| 판이 둘 이상인 사업 | 1 |",
        "| 판이 셋 이상인 사업 | 0 |",
        "| 앞선 문서의 일부만 고치는 알림 | 1 |",
        "| 2021 | 1 |",
        "| 서류 | 1 |",
    ],
)
def test_three_documents_are_counted(row: str) -> None:
    assert row in overview(THREE).splitlines()


def test_the_readme_is_the_overview(corpus: Corpus) -> None:
    assert (CORPUS / "README.md").read_text(encoding="utf-8") == overview(corpus)


def test_every_document_can_be_read(corpus: Corpus) -> None:
    assert corpus.problems == ()


def test_the_corpus_is_as_large_as_it_was_meant_to_be(corpus: Corpus) -> None:
    documents = corpus.documents
    suffixes = [Path(document.path).suffix for document in documents]
    assert len(documents) >= 220
    assert len({document.metadata.programme_key for document in documents}) >= 180
    assert sum(document.metadata.category == "코로나19" for document in documents) >= 40
    for suffix, least in ((".pdf", 12), (".hwpx", 8), (".docx", 6), (".xlsx", 3)):
        assert suffixes.count(suffix) >= least, suffix


def _sources() -> list[Path]:
    return sorted((CORPUS / ".sources").glob("*/*.md"))


@pytest.mark.parametrize("source", _sources(), ids=lambda path: path.name)
def test_a_rendered_document_says_what_its_source_says(source: Path) -> None:
    rendered = CORPUS / source.parent.name / source.name.removesuffix(".md")
    assert _said(load_document(rendered, rendered.name)) == _said(load_document(source, source.name))
    front, _ = split_front_matter(source.read_text(encoding="utf-8"))
    assert front == rendered.with_name(rendered.name + ".yaml").read_text(encoding="utf-8").rstrip("\n")


def _said(document: Document) -> list[tuple[tuple[str, ...], Facet, str]]:
    return [
        (section.heading_path, section.facet, unit.text)
        for section in document.sections
        for unit in split_units(document.text, section.char_start, section.char_end)
    ]
