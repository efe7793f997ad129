"""Ranking measures by ir_measures, at the levels of programme and section (edition and facet)."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.domain import Status
from assistant.evaluation.topics import Topic
from assistant.evaluation.view import HeldDocument, Ranked, Reply

_NAMES = {"Success@1": "success_1", "Success@5": "success_5", "RR@10": "rr_10", "nDCG@10": "ndcg_10"}
_COMMON = frozenset(
    ["지원", "사업", "안내", "서비스", "제도", "진주", "진주시", "신청", "급여", "대상", "기준", "수당"]
)
"""Words of titles that tell no programme from another."""
Keys = Callable[[Ranked], str]


def ranking_scores(
    topics: Sequence[Topic], replies: Mapping[str, Reply], held: Mapping[str, HeldDocument]
) -> dict[str, dict[str, float]]:
    """Topic id → measure → value, for topics with gold. What a run lacks counts as 0."""
    scores: dict[str, dict[str, float]] = {topic.id: {} for topic in topics}
    judged = [t for t in topics if t.required_gold and t.answerable]

    def programme(ranked: Ranked) -> str:
        return held[ranked.document_id].programme if ranked.document_id in held else ranked.document_id

    levels: tuple[tuple[str, Keys, Callable[[Topic], set[str]]], ...] = (
        ("programme", programme, lambda t: {g.programme for g in t.required_gold}),
        ("section", lambda r: f"{r.document_id}#{r.facet}", _gold_sections),
    )
    for level, key, gold in levels:
        qrels = {t.id: gold(t) for t in judged if gold(t)}
        runs = {t.id: _best(_shown(t, replies, level), key) for t in judged}
        for topic_id, measure, value in _measured(qrels, runs):
            scores[topic_id][f"{level}_{measure}"] = value
    _no_title(judged, scores, held)
    _follow_ups(judged, replies, scores, programme)
    return scores


def _gold_sections(topic: Topic) -> set[str]:
    return {f"{d}#{s}" for gold in topic.required_gold for d in gold.documents for s in gold.sections}


def _shown(topic: Topic, replies: Mapping[str, Reply], level: str) -> Iterable[Ranked]:
    """A programme is found by any of its editions; a section counts only in one that may speak for the
    topic.
    """
    ranking = replies[topic.id].ranking if topic.id in replies else ()
    if level == "programme" or Status.ANSWERED not in topic.accepted:
        return ranking
    return [ranked for ranked in ranking if ranked.speaks]


def _best(ranking: Iterable[Ranked], key: Keys) -> dict[str, float]:
    """Each key with the score of its best evidence, in ranks (ir_measures would order ties by name)."""
    order = dict.fromkeys(key(ranked) for ranked in ranking)
    return {name: float(-rank) for rank, name in enumerate(order)}


def _measured(
    qrels: Mapping[str, set[str]], runs: Mapping[str, dict[str, float]]
) -> Iterable[tuple[str, str, float]]:
    import ir_measures

    if not qrels:
        return
    relevant = {topic: dict.fromkeys(gold, 1) for topic, gold in qrels.items()}
    retrieved = {topic: run for topic, run in runs.items() if topic in qrels and run}
    measures = [ir_measures.parse_measure(name) for name in _NAMES]
    for metric in ir_measures.iter_calc(measures, relevant, retrieved):
        yield metric.query_id, _NAMES[str(metric.measure)], float(metric.value)


def _no_title(
    topics: Iterable[Topic], scores: dict[str, dict[str, float]], held: Mapping[str, HeldDocument]
) -> None:
    for topic in topics:
        if shares_title(topic, held):
            continue
        for level in ("programme", "section"):
            for at in (1, 5):
                value = scores[topic.id].get(f"{level}_success_{at}")
                if value is not None:
                    scores[topic.id][f"{level}_success_{at}_no_title"] = value


def shares_title(topic: Topic, held: Mapping[str, HeldDocument]) -> bool:
    """Whether the question holds a word (two syllables or more, not a common one) of a gold document's
    title.
    """
    asked = re.sub(r"\s+", "", topic.question)
    programmes = {gold.programme for gold in topic.required_gold}
    titles = " ".join(d.title for d in held.values() if d.programme in programmes)
    return any(word in asked for word in re.findall(r"[가-힣]{2,}", titles) if word not in _COMMON)


def _follow_ups(
    topics: Iterable[Topic],
    replies: Mapping[str, Reply],
    scores: dict[str, dict[str, float]],
    programme: Callable[[Ranked], str],
) -> None:
    for topic in topics:
        if topic.kind != "follow_up" or not topic.standalone:
            continue
        scores[topic.id]["follow_up_success_5"] = scores[topic.id].get("programme_success_5", 0.0)
        gold = {g.programme for g in topic.required_gold}
        alone = replies[topic.id].standalone_ranking if topic.id in replies else ()
        first_five = list(dict.fromkeys(programme(ranked) for ranked in alone))[:5]
        scores[topic.id]["standalone_success_5"] = float(bool(gold & set(first_five)))
