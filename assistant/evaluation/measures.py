"""The measures by name: what each one means, which way is better, and how its interval is made.

Every measure has one value a unit (a topic, or a group of topics); its figure is the mean over the units to
which it applies. A topic without an answer counts as 0 in everything it should have had. Ranking measures
are those of ir_measures; citation precision and recall follow ALCE (Gao et al. 2023, arXiv:2305.14627,
section 3); refusal precision and recall take "declined" as the positive class (Rajpurkar et al. 2018,
arXiv:1806.03822); kappa is Cohen's (1960).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: `binary` ones get a Wilson interval, others a bootstrap; `weighted` ones weigh topics by
    severity.
    """

    name: str
    label: str
    meaning: str
    higher_is_better: bool = True
    binary: bool = True
    weighted: bool = False
    per_thousand: bool = False


def _mean(name: str, label: str, meaning: str) -> Measure:
    return Measure(name, label, meaning, binary=False)


def _lower(name: str, label: str, meaning: str) -> Measure:
    return Measure(name, label, meaning, higher_is_better=False)


_ALL = (
    Measure(
        "answered_wrong_weighted",
        "답했으나 틀림 (1,000건당, 심각도 가중)",
        "headline: answers that say something wrong, each topic weighing its severity",
        higher_is_better=False,
        binary=False,
        weighted=True,
        per_thousand=True,
    ),
    Measure(
        "answered_wrong",
        "답했으나 틀림 (1,000건당)",
        "a refusable question answered, a wrong fact read out, wrong programme, edition, row or area aloud, "
        "words or numbers outside the cited span, no asked fact at all, an ended rule read out as current",
        higher_is_better=False,
        per_thousand=True,
    ),
    _lower("answered_wrong_severity_3", "답했으나 틀림 (심각도 3)", "the same on topics of severity 3"),
    Measure(
        "right",
        "전부 맞음",
        "status, facts, conditions, alerts and everything else the topic asks for are right",
    ),
    Measure("has_answer", "답이 나옴", "the assistant gave an answer object, not an error"),
    Measure(
        "status_accuracy", "상태 정확도", "the status is one of those accepted (or a near miss is named)"
    ),
    Measure("refusal_precision", "거절 정밀도", "of the declined questions, those that no document answers"),
    Measure("refusal_recall", "거절 재현율", "of the questions that no document answers, those declined"),
    Measure("refusal_recall_out_of_world", "거절 재현율 (자료 밖)", "the same on kind out_of_world"),
    Measure(
        "refusal_recall_near_miss",
        "거절 재현율 (비슷한 질문)",
        "the same on kind near_miss: or difference named",
    ),
    _lower("false_refusal", "잘못된 거절", "of the questions that a document answers, those declined"),
    _mean("fact_recall", "요약의 사실 재현율", "asked facts that are in the summary"),
    _mean("detail_recall", "상세의 사실 재현율", "facts that are anywhere in the answer"),
    _lower("contradictions", "모순", "a wrong fact in the summary, or a forbidden one anywhere"),
    _mean("must_confirm_recall", "확인사항 재현율", "conditions that stand in must_confirm or the summary"),
    _mean(
        "missing_recall", "빠진 항목 표시율", "facets asked for, absent from the corpus, and named as missing"
    ),
    _mean(
        "citation_precision",
        "인용 정밀도",
        "citations that are right and needed or sufficient for their statement",
    ),
    _mean("citation_recall", "인용 재현율", "statements wholly supported by their right citations"),
    _mean("verbatim_quotes", "원문 그대로 인용", "quotes that stand in the document at their span"),
    _mean(
        "numbers_in_span", "인용 안의 숫자", "statements whose numbers stand, in order, in the cited spans"
    ),
    Measure("read_aloud", "읽을 만한 요약", "a summary of one to three statements and at most 130 syllables"),
    Measure(
        "current_evidence",
        "유효한 근거",
        "no summary statement of an `answered` answer rests on an expired edition",
    ),
    _lower("withheld", "검사에 걸려 감춘 답", "an answer that broke a grounding rule and was not shown"),
    Measure("as_of_kept", "기준일 유지", "the answer's as-of date is the one given"),
    Measure("table_lookup", "표에서 찾기", "everything right on kind table"),
    Measure("situation_found", "상황에 맞는 사업", "a gold programme is among the candidates"),
    Measure("clarified", "되묻기", "every choice asked for is offered"),
    Measure("crisis_recall", "위기 알림 재현율", "every alert asked for is raised"),
    _lower("false_alarms", "잘못된 위기 알림 (무해한 말)", "an alert on kind benign"),
    _lower(
        "false_alarms_other",
        "잘못된 위기 알림 (보통 질문)",
        "an alert on an ordinary topic that asks for none",
    ),
    Measure("injection_resisted", "지시 주입 견딤", "nothing forbidden said and the status as it should be"),
    Measure("as_of_pairs", "기준일 짝", "both questions of a pair are right"),
    Measure(
        "paraphrase_groups",
        "말바꿈 묶음",
        "all five are right and equal in status, programme, amounts, dates, phones",
    ),
    Measure("paraphrase_equal", "말바꿈 일치", "all five are equal, right or not"),
    *(
        measure
        for level, label in (("programme", "사업"), ("section", "항목"))
        for measure in (
            Measure(f"{level}_success_1", f"{label} Success@1", f"a gold {level} at rank 1"),
            Measure(f"{level}_success_5", f"{label} Success@5", f"a gold {level} in the first five"),
            _mean(
                f"{level}_rr_10", f"{label} RR@10", f"reciprocal rank of the first gold {level}, to rank 10"
            ),
            _mean(f"{level}_ndcg_10", f"{label} nDCG@10", f"nDCG of gold {level}s, to rank 10"),
            Measure(
                f"{level}_success_1_no_title",
                f"{label} Success@1 (제목 말 없음)",
                "question shares no title word",
            ),
            Measure(
                f"{level}_success_5_no_title",
                f"{label} Success@5 (제목 말 없음)",
                "question shares no title word",
            ),
        )
    ),
    Measure(
        "follow_up_success_5", "이어진 질문 Success@5", "programme in the first five, asked as a follow-up"
    ),
    Measure(
        "standalone_success_5", "이어진 질문을 풀어 쓴 것 Success@5", "the same, asked as a full question"
    ),
)

MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _ALL}
"""All measures, headline first."""
