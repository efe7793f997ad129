"""Answers made by hand, small enough to check by eye."""

from dataclasses import replace
from datetime import date

from assistant.answering.section_view import SectionView
from assistant.domain import (
    Alert,
    Answer,
    AnswerContact,
    AnswerWindow,
    Candidate,
    Caution,
    Citation,
    Clarification,
    Contact,
    Facet,
    State,
    Statement,
    Status,
)

SECTION = """- 단독가구는 월 최대 30만원을 받습니다.

| 가구 | 금액 |
| --- | --- |
| 단독가구 | 30만원 |
| 부부가구 | 48만원 |
"""


def quoted(
    marker: int, quote: str, heading: str = "지원내용", title: str = "기초연금 사업안내 (2021)"
) -> Citation:
    start = SECTION.find(quote)
    return Citation(
        marker=marker,
        chunk_id=f"c{marker}",
        document_id="basic-pension-2021",
        title=title,
        publisher="보건복지부",
        region="전국",
        path="노인/basic-pension-2021.md",
        heading_path=(heading,),
        page=None,
        quote=quote,
        char_start=max(0, start),
        char_end=max(0, start) + len(quote),
        effective_from=date(2021, 1, 1),
        effective_until=date(2021, 12, 31),
        reviewed_on=None,
        source_urls=(),
    )


def view(citation: Citation) -> SectionView:
    return SectionView(
        citation.title, citation.heading_path, SECTION, citation.char_start, citation.char_end, citation.page
    )


def said(text: str, facet: Facet, *markers: int, state: State = State.CURRENT) -> Statement:
    return Statement(text, facet, "basic-pension", state, markers)


ANSWERED = Answer(
    answer_id="a1",
    question="기초연금 얼마 나와요?",
    as_of=date(2021, 3, 2),
    status=Status.ANSWERED,
    generation="g1",
    statements=(
        said("단독가구는 월 최대 30만원을 받습니다.", Facet.BENEFIT, 1),
        said("가구: 단독가구 · 금액: 30만원", Facet.BENEFIT, 2, 3),
        said("가구: 부부가구 · 금액: 48만원", Facet.BENEFIT, 4, 3),
        said("직역연금을 받는 사람은 받지 못합니다.", Facet.EXCLUSION, 5),
    ),
    summary=(0,),
    must_confirm=(3,),
    citations=(
        quoted(1, "단독가구는 월 최대 30만원을 받습니다."),
        quoted(2, "| 단독가구 | 30만원 |"),
        quoted(3, "| 가구 | 금액 |"),
        quoted(4, "| 부부가구 | 48만원 |"),
        quoted(5, "직역연금을 받는 사람은 받지 못합니다.", "제외대상"),
    ),
    contacts=(AnswerContact("국민연금공단", "1355"),),
    timings_ms={"total": 21.0},
)

CRISIS = replace(
    ANSWERED,
    alerts=(
        Alert(
            "suicide",
            "통화를 끊지 말고 안전부터 확인해 주세요.",
            (Contact("자살예방 상담전화", "109"), Contact("구급", "119")),
        ),
    ),
)

CLOSED = replace(
    ANSWERED,
    status=Status.CLOSED,
    as_of=date(2026, 11, 24),
    windows=(AnswerWindow("jinju-happiness", "apply", date(2021, 5, 17), date(2021, 6, 6), 1, "온라인"),),
    warnings=(Caution("closed", "온라인 신청 마감: 2021-06-06", 1),),
)

NOTICED = replace(
    ANSWERED,
    warnings=(
        Caution("bulletin", "[공지] 예산 소진으로 접수 마감 (12월 31일까지, 김정책)"),
        Caution("undated", "유효기간을 알 수 없습니다."),
    ),
)

NO_EVIDENCE = Answer(
    answer_id="a2",
    question="달나라 이주 지원금 신청 방법",
    as_of=date(2021, 3, 2),
    status=Status.NO_EVIDENCE,
    generation="g1",
    warnings=(Caution("no_evidence", "자료에 없습니다."),),
    contacts=(AnswerContact("보건복지상담센터", "129"),),
)

WHICH = replace(
    NO_EVIDENCE,
    question="재난지원금 얼마예요?",
    status=Status.CLARIFICATION_NEEDED,
    warnings=(),
    contacts=(),
    clarification=Clarification("몇 차 지원금인가요?", ("3차", "4차")),
)

SITUATION = replace(
    NO_EVIDENCE,
    status=Status.ANSWERED,
    warnings=(),
    candidates=(Candidate("emergency", "긴급복지 생계지원", ("실직",), ("재산", "소득"), (1,)),),
)
