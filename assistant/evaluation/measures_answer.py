"""What an answer says against what the topic wants said: facts, conditions, alerts, refusals, and being
wrong.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.domain import Status
from assistant.evaluation.canonical import alternatives, contains, syllables
from assistant.evaluation.measures_citation import unsupported, wrongness
from assistant.evaluation.topics import DECLINED, Topic
from assistant.evaluation.view import HeldDocument, View

LONGEST_SUMMARY = 130
"""Hangul syllables a summary may have: the contract's limit, about 25 seconds aloud."""

LASTING = frozenset({"application", "paperwork", "contact"})
"""Facets that may be read from an older edition, if a warning stands beside them (DESIGN 3.2)."""


def share(facts: Sequence[str], text: str) -> float | None:
    """Share of facts that a text states; None without facts."""
    return sum(contains(text, fact) for fact in facts) / len(facts) if facts else None


def absent(facts: Sequence[str], text: str) -> tuple[str, ...]:
    """Facts that a text does not state."""
    return tuple(fact for fact in facts if not contains(text, fact))


def declined(topic: Topic, view: View) -> bool:
    """Whether the answer declines. A near miss may also be answered with the difference named in a warning
    or question.
    """
    return view.status in DECLINED or names_difference(topic, view)


def names_difference(topic: Topic, view: View) -> bool:
    """Whether a near miss is answered as what it is: the difference stands in a warning or clarifying
    question.
    """
    return topic.kind == "near_miss" and contains(view.caution_text, topic.difference or "")


def status_right(topic: Topic, view: View) -> bool:
    """Whether the status is accepted (a near miss that is named is)."""
    return view.status in topic.accepted or names_difference(topic, view)


def contradictions(topic: Topic, view: View) -> tuple[str, ...]:
    """Wrong facts that the summary states, and forbidden ones that stand anywhere."""
    spoken = [fact for fact in topic.wrong_facts if contains(view.summary_text, fact)]
    return (*spoken, *(fact for fact in topic.nowhere if contains(view.whole_text, fact)))


def missing_share(topic: Topic, view: View) -> float | None:
    """Share of the facets that the corpus lacks which the answer names; a refusal names them all."""
    if not topic.missing:
        return None
    if view.status in DECLINED:
        return 1.0
    return sum(facet in view.answer["missing"] for facet in topic.missing) / len(topic.missing)


def lacking_alerts(topic: Topic, view: View) -> tuple[str, ...]:
    """Alerts asked for (the first word of a code, or a hot-line's number) that were not raised."""
    raised = {re.split(r"[._:-]", alert["code"])[0] for alert in view.answer["alerts"]}
    raised |= {contact["phone"] for alert in view.answer["alerts"] for contact in alert["contacts"]}
    return tuple(spec for spec in topic.alerts if not raised & set(alternatives(spec)))


def lacking_choices(topic: Topic, view: View) -> tuple[str, ...]:
    """Choices that the clarifying question does not offer."""
    asked = view.answer["clarification"]
    return absent(topic.choices, "\n".join(asked["choices"]) if asked else "")


def lacking_contacts(topic: Topic, view: View) -> tuple[str, ...]:
    """Contacts that are not named."""
    return absent(topic.contacts, "\n".join(f"{c['name']} {c['phone']}" for c in view.answer["contacts"]))


def candidate_found(topic: Topic, view: View) -> bool:
    """Whether a gold programme of a situation is among the (at most five) candidates."""
    offered = {candidate["programme"] for candidate in view.answer["candidates"][:5]}
    return any(gold.programme in offered for gold in topic.required_gold)


def read_aloud(view: View) -> bool:
    """Whether the summary can be read aloud: one to three statements, at most 130 syllables."""
    return 1 <= len(view.answer["summary"]) <= 3 and syllables(view.summary_text) <= LONGEST_SUMMARY


def rests_on_expired(topic: Topic, view: View) -> bool:
    """Whether a summary that speaks for today cites an edition that is over or not yet in force on that
    day.
    """
    if view.answer["event_date"]:
        return False
    spoken = [s for s in view.summary if not (view.answer["warnings"] and s["facet"] in LASTING)]
    cited = [citation for statement in spoken for citation in view.cited(statement)]
    return any(_not_in_force(c["effective_from"], c["effective_until"], topic.as_of) for c in cited)


def _not_in_force(first: str | None, last: str | None, day: date) -> bool:
    return bool((first and date.fromisoformat(first) > day) or (last and date.fromisoformat(last) < day))


def wrongs(topic: Topic, view: View, held: Mapping[str, HeldDocument]) -> tuple[str, ...]:
    """Why an answer is answered-and-wrong, in Korean; empty when it is right, incomplete or a refusal.

    An incomplete answer (some facts absent) is not wrong; one that states no asked fact at all is.
    """
    if topic.kind in {"crisis", "benign"}:
        return ()
    reasons = [f"말하면 안 되는 것: {fact}" for fact in contradictions(topic, view)]
    if not view.summary or view.status in DECLINED:
        return tuple(reasons)
    if topic.answerable is False and not declined(topic, view):
        reasons.append("답이 없어야 할 질문에 답함")
    if view.status is Status.ANSWERED and topic.answerable and Status.ANSWERED not in topic.accepted:
        reasons.append(f"{' 또는 '.join(topic.accepted)}여야 할 것을 현재 규정처럼 답함")
    for statement in view.summary:
        found = [wrongness(topic, view, statement, c, held) for c in view.cited(statement)]
        if found and all(found):
            reasons.append(f"요약의 근거가 틀림: {found[0]}")
    reasons += [f"인용에 없는 말: {text}" for text in unsupported(view)]
    if view.status is Status.ANSWERED and topic.facts and share(topic.facts, view.summary_text) == 0:
        reasons.append(f"물은 사실이 하나도 없음: {', '.join(topic.facts)}")
    return tuple(dict.fromkeys(reasons))
