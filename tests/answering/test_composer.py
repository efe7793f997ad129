"""What is said: limits of the summary, shortening, traces, confirmations."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.answerer import Answerer
from assistant.answering.composer import (
    SUMMARY_STATEMENTS,
    SUMMARY_SYLLABLES,
    TRACES,
    FacetAnswer,
    choose_summary,
    shortened,
    syllables,
)
from assistant.answering.units import ScoredUnit
from assistant.corpus.chunking import chunk_document
from assistant.corpus.sections import split_sections
from assistant.corpus.units import clean
from assistant.domain import Document, Facet, Metadata, State


def scored(sentences: list[str], scores: list[float]) -> FacetAnswer:
    """Sentences of one section with scores, as a facet's answer."""
    text = "# 제목\n\n## 지원내용\n" + "".join(f"- {sentence}\n" for sentence in sentences)
    document = Document(Metadata("d", "제목"), "d.md", text, split_sections(text))
    units = [(chunk, unit) for chunk in chunk_document(document) for unit in chunk.units]
    assert len(units) == len(sentences)
    return FacetAnswer(
        Facet.BENEFIT,
        State.CURRENT,
        tuple(
            ScoredUnit(document, chunk, unit, State.CURRENT, score)
            for (chunk, unit), score in zip(units, scores, strict=True)
        ),
    )


SENTENCE = st.integers(1, 60).map(lambda length: "가나다라 " * length + "드립니다.")


@given(st.lists(st.tuples(SENTENCE, st.floats(0, 2)), min_size=1, max_size=12))
def test_a_summary_has_at_most_three_statements_and_what_is_added_fits(
    pairs: list[tuple[str, float]],
) -> None:
    answer = scored([s for s, _ in pairs], [x for _, x in pairs])
    chosen = choose_summary([answer])
    assert 1 <= len(chosen) <= SUMMARY_STATEMENTS
    spoken = [syllables(unit.unit.text) for _, unit in chosen]
    assert len(chosen) == 1 or sum(spoken) <= SUMMARY_SYLLABLES
    assert sum(spoken) <= 130
    assert len({unit.unit.span for _, unit in chosen}) == len(chosen)


def test_the_best_sentence_leads_and_reading_order_is_kept() -> None:
    answer = scored(["첫째 문장입니다.", "둘째 문장입니다.", "셋째 문장입니다."], [1.0, -9.0, 1.1])
    assert [u.unit.text for _, u in choose_summary([answer])] == ["첫째 문장입니다.", "셋째 문장입니다."]


def test_each_facet_asked_has_its_best_sentence() -> None:
    one, two = scored(["하나입니다."], [0.1]), replace(scored(["둘입니다."], [5.0]), facet=Facet.PAPERWORK)
    assert [facet for facet, _ in choose_summary([one, two])] == [Facet.BENEFIT, Facet.PAPERWORK]


def test_a_long_sentence_is_read_out_up_to_a_clause_end_and_stays_verbatim() -> None:
    clause = "소득과 재산을 함께 조사하여 " * 4
    answer = scored([f"{clause}, {clause}, {clause}지급합니다."], [1.0])
    short = shortened(answer.units[0])
    text = short.document.text
    quoted = text[short.unit.span.start : short.unit.span.end]
    assert syllables(short.unit.text) <= SUMMARY_SYLLABLES
    assert clean(quoted) == short.unit.text
    assert text.startswith(quoted, answer.units[0].unit.span.start)
    assert re.match(r"[,\s]", text[short.unit.span.end])


@pytest.mark.parametrize(
    ("words", "is_contact"),
    [
        ("문의는 1355번입니다.", True),
        ("129, 1355로 전화합니다.", True),
        ("교통행정과 055-123-4567", True),
        ("소득인정액이 169만원 이하", False),
        ("1,195,185원", False),
        ("1962년에 태어난 분", False),
        ("상위 100%", False),
    ],
)
def test_a_trace_of_a_contact_is_a_phone_number_and_no_amount(words: str, is_contact: bool) -> None:
    assert bool(re.search(TRACES[Facet.CONTACT], words)) is is_contact


def test_an_amount_brings_exclusions_and_conditions_to_confirm(small: Answerer) -> None:
    answer = small.answer("든든연금 부부가구 얼마예요", date(2021, 3, 2))
    confirm = [answer.statements[i] for i in answer.must_confirm]
    assert [s.facet for s in confirm] == [Facet.EXCLUSION, Facet.TARGET]
    assert "공무원연금" in confirm[0].text
    assert set(answer.summary).isdisjoint(answer.must_confirm)
    assert Facet.EXCLUSION not in answer.missing


def test_where_there_is_no_exclusion_that_is_said(small: Answerer) -> None:
    assert Facet.EXCLUSION in small.answer("든든연금 얼마예요", date(2020, 3, 2)).missing


def test_where_to_apply_needs_no_confirmation(small: Answerer) -> None:
    answer = small.answer("든든연금 어디서 신청해요", date(2021, 3, 2))
    assert (answer.must_confirm, answer.missing) == ((), ())


def test_the_best_of_equals_is_the_first() -> None:
    answer = scored(["하나입니다.", "둘입니다."], [1.0, 1.0])
    assert answer.best.unit.text == "하나입니다."
    assert np.isclose(answer.best.score, 1.0)
