"""Measures over groups of topics: as-of pairs and paraphrase groups."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from assistant.evaluation.canonical import amounts, dates, phones
from assistant.evaluation.judgement import Judgement
from assistant.evaluation.view import Json, View

Lead = tuple[str, frozenset[str | None], frozenset[str], frozenset[str], frozenset[str]]


def group_scores(judgements: Sequence[Judgement]) -> dict[str, dict[str, float]]:
    """Measure → group name → value. A member without an answer makes its group wrong."""
    pairs = _grouped((j.topic.pair, j) for j in judgements)
    groups = _grouped((j.topic.group, j) for j in judgements)
    equal = {name: float(same_lead(j.reply.answer for j in members)) for name, members in groups.items()}
    return {
        "as_of_pairs": {name: float(all(j.right for j in members)) for name, members in pairs.items()},
        "paraphrase_equal": equal,
        "paraphrase_groups": {
            name: float(equal[name] == 1 and all(j.right for j in members))
            for name, members in groups.items()
        },
    }


def same_lead(answers: Iterable[Json | None]) -> bool:
    """Whether all answers are there and agree in status, programme, and the amounts, dates and phones read
    aloud.
    """
    leads = [lead(answer) if answer is not None else None for answer in answers]
    return None not in leads and len(set(leads)) == 1


def lead(answer: Json) -> Lead:
    """What two answers to the same question must share."""
    view = View(answer)
    programmes = frozenset(statement["programme"] for statement in view.summary)
    text = view.summary_text
    return view.status.value, programmes, amounts(text), dates(text), phones(text)


def _grouped(named: Iterable[tuple[str | None, Judgement]]) -> Mapping[str, list[Judgement]]:
    grouped: dict[str, list[Judgement]] = defaultdict(list)
    for name, judgement in named:
        if name is not None:
            grouped[name].append(judgement)
    return grouped
