"""Which held document an upload is a new text of, by its title."""

from datetime import date

import pytest

from assistant.corpus.library import load_corpus
from assistant.domain import Document, Metadata, Term
from assistant.publishing.editions import held_edition
from assistant.settings import PROJECT


def held(title: str, number: str | None = None, year: int | None = None) -> Document:
    first = date(year, 1, 1) if year else None
    term = Term.ANNUAL if year else Term.OPEN
    metadata = Metadata(title, title, programme="x", round=number, term=term, effective_from=first)
    return Document(metadata, f"{title}.md", "", ())


KIN = (
    held("기초연금 사업안내 (2021)"),
    held("기초연금 사업안내 (2022)"),
    held("기초연금 안내", year=2023),
    held("기초연금 지급 기준 (2022년 3월)"),
    held("기초연금 (3차)", "3차"),
    held("기초연금 4차 특별지급 (2021-01)", "4"),
)


@pytest.mark.parametrize(
    ("title", "edition"),
    [
        ("기초연금 사업안내(2021)", "기초연금 사업안내 (2021)"),
        ("2022년 기초연금", "기초연금 사업안내 (2022)"),
        ("기초연금 사업안내 (2023)", "기초연금 안내"),
        ("기초연금 안내 (2022. 3.)", "기초연금 지급 기준 (2022년 3월)"),
        ("제3차 기초연금 지급 안내", "기초연금 (3차)"),
        ("기초연금 제4차 지급 (2021년 1월)", "기초연금 4차 특별지급 (2021-01)"),
    ],
)
def test_the_same_title_or_the_same_round_and_year_is_the_same_edition(title: str, edition: str) -> None:
    assert held_edition(title, KIN, KIN) == edition


@pytest.mark.parametrize(
    "title",
    [
        "기초연금 사업안내 (2024)",
        "기초연금 안내 (2022년 5월)",
        "기초연금 (5차)",
        "기초연금 4차 (2022-01)",
        "기초연금 변경 공고 (2021)",
        "기초연금",
    ],
)
def test_another_year_round_or_a_notice_of_a_change_is_not(title: str) -> None:
    assert held_edition(title, KIN, KIN) is None


def test_two_that_could_be_meant_are_left_to_the_person() -> None:
    twice = (*KIN, held("기초연금 지침 (2021)"))
    assert held_edition("2021년 기초연금", twice, twice) is None


def test_every_document_of_the_corpus_is_found_by_its_title_and_by_nothing_else_of_its_family() -> None:
    """The text of an edition that is not held is not taken for one that is."""
    documents = load_corpus(PROJECT / "corpus").documents
    families: dict[str, list[Document]] = {}
    for document in documents:
        assert held_edition(document.metadata.title, documents, ()) == document.id
        if not document.metadata.amends:
            families.setdefault(document.metadata.programme_key, []).append(document)
    wrong = {
        document.metadata.title: other
        for family in families.values()
        for document in family
        if (rest := [d for d in family if d is not document])
        and (other := held_edition(document.metadata.title, rest, rest))
    }
    assert wrong == {}
