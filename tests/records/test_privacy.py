"""Masking: generated personal numbers go, amounts, days and public numbers stay."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.library import load_document
from assistant.records.privacy import LABELS, Masker, public_phones
from assistant.settings import PROJECT
from tests.records.numbers import KINDS, harmless, personal

PUBLIC = (
    "129",
    "1355",
    "055-754-1001",
    "1577-1000",
    "1600-1004",
    "02-2181-6500",
    "055-749-5774",
    "110",
    "1366",
)


@pytest.fixture(scope="module")
def masker() -> Masker:
    return Masker(PUBLIC)


@pytest.mark.parametrize("kind", KINDS)
def test_of_300_generated_numbers_of_a_kind_at_least_297_are_gone(kind: str, masker: Masker) -> None:
    texts = [(masker.mask(text), number) for text, number in personal(kind, 300)]
    left = r"\d{4}|[공영일이삼사오육칠팔구]{4}"
    kept = [text for text, number in texts if number in text or re.search(left, text)]
    assert len(kept) <= 3, kept[:5]


@pytest.mark.parametrize("kind", ["amount", "day", "other", "public"])
def test_of_300_harmless_texts_at_most_3_change(kind: str, masker: Masker) -> None:
    changed = [(text, masker.mask(text)) for text in harmless(kind, 300, PUBLIC) if masker.mask(text) != text]
    assert len(changed) <= 3, changed[:5]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("010-1234-5678로 전화 주세요", "[전화번호]로 전화 주세요"),
        ("제 번호는 01012345678이에요", "제 번호는 [전화번호]이에요"),
        ("900101-1234567인데요", "[주민등록번호]인데요"),
        ("주민번호 900101-1****** 입니다", "주민번호 [주민등록번호] 입니다"),
        ("농협 302-1234-5678-11로 넣어 주세요", "농협 [계좌번호]로 넣어 주세요"),
        ("국민 123456 01 234567 계좌", "국민 [계좌번호] 계좌"),
        ("1234-5678-9012-3456으로 결제", "[카드번호]으로 결제"),
        ("kim@naver.com으로 보내 주세요", "[이메일]으로 보내 주세요"),
        ("집 전화는 749-1234예요", "집 전화는 [전화번호]예요"),
        ("공일공 일이삼사 오육칠팔이요", "[전화번호]이요"),
        ("010에 1234에 5678이에요", "[전화번호]이에요"),
        ("055에 749에 1234번", "[전화번호]번"),
        ("집이 749에 1234번", "집이 [전화번호]번"),
        ("공일공에 일이삼사에 오육칠팔", "[전화번호]"),
        ("공일공 다시 일이삼사 다시 오육칠팔이요", "[전화번호]이요"),
        ("공 일 공에 일 이 삼 사에 5678로", "[전화번호]로"),
        ("공오오 하이픈 칠사구 하이픈 일이삼사예요", "[전화번호]예요"),
        ("900101에 1234567", "[주민등록번호]"),
        ("구공공일공일 다시 일이삼사오육칠", "[주민등록번호]"),
        ("농협 302에 1234에 5678에 11", "농협 [계좌번호]"),
        ("카드가 1234에 5678에 9012에 3456이에요", "카드가 [카드번호]이에요"),
        ("129나 1355, 055-754-1001, 754-1001번, 1577-1000으로 전화", None),
        ("055에 754에 1001이 맞나요, 055-754-1001이 일곱 시까지", None),
        ("공오오에 칠오사에 일공공일번", None),
        ("210302에 1500000 들어왔어요, 보증금 500에 30, 집이 500에 2000만원", None),
        ("월 1,234,567원을 2021-03-02부터 2021.6.30.까지", None),
        ("2021-2022년 80년생, 2020-2021 겨울에 100-200만원", None),
    ],
)
def test_numbers_in_sentences(typed: str, kept: str | None, masker: Masker) -> None:
    assert masker.mask(typed) == (typed if kept is None else kept)


@given(
    st.lists(
        st.one_of(
            st.text("0123456789- .~계좌전화번호로원[]@a에의공일이오", max_size=24),
            st.sampled_from((*LABELS, "다시", "900101", "010", "공일공")),
        )
    ).map("".join)
)
def test_masking_twice_changes_nothing_more(text: str) -> None:
    masker = Masker(PUBLIC)
    once = masker.mask(text)
    assert masker.mask(once) == once


def test_every_number_that_the_corpus_names_survives() -> None:
    folder: Path = PROJECT / "corpus"
    paths = sorted(folder.rglob("*.md"))
    documents = [
        load_document(p, p.relative_to(folder).as_posix())
        for p in paths
        if p.name != "README.md" and ".sources" not in p.parts
    ]
    masker = Masker(public_phones(documents))
    phones = {contact.phone for document in documents for contact in document.metadata.contacts}
    assert len(phones) > 50
    assert [p for p in phones if masker.mask(f"{p}로 전화하면 되나요") != f"{p}로 전화하면 되나요"] == []
