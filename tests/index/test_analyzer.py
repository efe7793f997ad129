from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.index.analyzer import Analyzer


def test_particles_do_not_matter(analyzer: Analyzer) -> None:
    for text in ("서울은", "서울에서", "서울까지는"):
        assert "서울" in analyzer.terms(text)


def test_a_word_of_the_dictionary_stays_whole_and_gives_its_parts(analyzer: Analyzer) -> None:
    assert "기초연금" not in Analyzer().nouns("기초연금은 어디서 신청해요?")
    assert "기초연금" in analyzer.nouns("기초연금은 어디서 신청해요?")
    terms = analyzer.terms("기초연금은 어디서 신청해요?")
    assert {"기초연금", "기초", "연금", "초연", "신청"} <= set(terms)
    assert set(analyzer.terms("연금")) <= set(terms)


def test_a_word_with_a_space_is_found_without_it(analyzer: Analyzer) -> None:
    for text in ("긴급복지 생계지원을 받으려면", "긴급복지생계지원을 받으려면"):
        assert {"긴급복지 생계지원", "생계", "지원"} <= set(analyzer.terms(text))


def test_endings_are_no_terms(analyzer: Analyzer) -> None:
    assert not {"나요", "해요", "세요", "합니", "니까"} & set(
        analyzer.terms("신청하나요 신청해요 하세요 신청합니까")
    )


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("월 1,690,000원을", {"1690000"}),
        ("2021.3.2.부터", {"2021.3.2", "2021", "3", "2"}),
        ("010-1234-5678로", {"010-1234-5678", "010", "1234", "5678"}),
        ("3차 재난지원금", {"3", "3차"}),
        ("６５세", {"65", "65세"}),
        ("COVID-19", {"covid", "19"}),
    ],
)
def test_numbers_are_whole(analyzer: Analyzer, text: str, terms: set[str]) -> None:
    assert terms <= set(analyzer.terms(text))


def test_wide_characters_do_not_shift_the_bigrams(analyzer: Analyzer) -> None:
    assert analyzer.terms("😀😀 행복지원금은") == analyzer.terms("행복지원금은")


def test_many_texts_are_analysed_as_one_by_one(analyzer: Analyzer) -> None:
    texts = ["행복지원금 카드", "", "기초연금 신청 방법", "행복지원금 카드"] * 100
    told: list[tuple[int, int]] = []
    many = analyzer.terms_many(texts, lambda done, total: told.append((done, total)))
    assert many == [analyzer.terms(text) for text in texts]
    assert told == [(256, 400), (400, 400)]


def test_sentences_are_spans_of_the_text(analyzer: Analyzer) -> None:
    text = "😀 접수는 6월 6일에 끝났습니다.  카드는 8월 31일까지 쓰세요! 문의는 129번으로 하시면 됩니다."
    assert [text[start:end] for start, end in analyzer.sentences(text)] == [
        "😀 접수는 6월 6일에 끝났습니다.",
        "카드는 8월 31일까지 쓰세요!",
        "문의는 129번으로 하시면 됩니다.",
    ]
    assert analyzer.sentences("") == []


def test_the_hash_follows_the_words_and_not_their_order(analyzer: Analyzer) -> None:
    same = Analyzer(["긴급복지  생계지원", "행복지원금", "기초연금", "기초연금", " "])
    assert same.dictionary_hash == analyzer.dictionary_hash
    assert Analyzer(["기초연금"]).dictionary_hash != analyzer.dictionary_hash


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_can_be_analysed(analyzer: Analyzer, text: str) -> None:
    assert all(term == term.strip() and term for term in analyzer.terms(text))
    spans = analyzer.sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
