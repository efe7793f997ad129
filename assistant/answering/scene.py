"""What an answer is assembled from, and which facets of it answer: those asked, a better one, or none."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.answering.arithmetic import income_line
from assistant.answering.asked import Asked
from assistant.answering.composer import FacetAnswer, find_everything, find_facet
from assistant.answering.features import ANSWER_TYPES, STRICT_TYPES
from assistant.answering.held import HeldModel
from assistant.answering.resolution import Resolution
from assistant.answering.selection import Day, Family
from assistant.answering.units import Scorer
from assistant.domain import Facet
from assistant.index.opened import OpenedIndex
from assistant.retrieval.retriever import Ranking

ALSO_ASKED = 0.45
"""Probability from which a facet may stand in for one that is not held."""
HELD, HELD_WITHOUT_FIGURE, SURELY_HELD = 0.4, 0.6, 0.6
"""Probabilities that a document answers: below the first it does not; below the second where a figure is
asked for and none is found; from the third it does, though it has no section of the facet asked."""
_SECTIONS = "지원대상 선정기준 지원내용 지원금액 신청방법 신청기간 구비서류 제출서류 제외대상 문의처 담당부서"
BETTER = 0.0
"""How much better (in the scorer's log-odds) a sentence of another facet must be to come first."""
MUCH_BETTER = 0.3
"""The same, where the words of the question say outright which facet is asked."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What an answer is assembled from."""

    index: OpenedIndex
    resolution: Resolution
    day: Day
    scorer: Scorer
    ranking: Ranking
    searched: str = ""
    median_income: Family | None = None
    held_model: HeldModel | None = None

    @property
    def asked(self) -> Asked:
        """The question."""
        return self.scorer.asked

    def find(self, facet: Facet) -> FacetAnswer | None:
        """Units for a facet from the documents resolved."""
        r = self.resolution
        return find_facet(self.scorer, r.family, facet, self.day, dict(r.scores), r.only)

    def held(self, answers: Iterable[FacetAnswer]) -> float | None:
        """How probably the document of the best unit found answers the question; None where nothing is
        known."""
        best = max(answers, key=lambda answer: answer.best.score, default=None)
        if best is None or self.held_model is None:
            return None
        return self.held_model.probability(self.scorer.weighed(best.best.document), self.asked)


def facets_asked(scene: Scene) -> tuple[Facet, ...]:
    """The facets asked; without a cue the one whose passage fits best, or what it gives and to whom."""
    if scene.asked.understood.facets:
        return scene.asked.understood.facets
    if not scene.ranking.names:
        chunks, lead = scene.index.chunks, scene.resolution.lead.id
        rows = [row for row in scene.ranking.chunk_scores if chunks[row].document_id == lead]
        best = max(rows, key=lambda row: scene.ranking.chunk_scores[row], default=None)
        if best is not None and chunks[best].facet is not Facet.OTHER:
            return (chunks[best].facet,)
    return (Facet.BENEFIT, Facet.TARGET)


def lacking(found: Mapping[Facet, FacetAnswer], scene: Scene) -> bool:
    """Whether the documents do not say what is asked, whatever is nearest to it, nor can it be calculated."""
    if _asks_for_a_section(found, scene):
        return False
    if income_line(scene.scorer, scene.median_income, list(found.values()), scene.day):
        return False
    held = scene.held(found.values())
    if held is None:
        return _figure_missing(found, scene)
    return held < (HELD_WITHOUT_FIGURE if _figure_missing(found, scene) else HELD)


def _asks_for_a_section(found: Mapping[Facet, FacetAnswer], scene: Scene) -> bool:
    """Whether the question is a programme's name and that of a section which is found, and nothing else."""
    named = "".join(match.name for match in scene.ranking.names)
    other_nouns = [noun for noun in scene.asked.nouns if noun not in named]
    other_words = [word for word in scene.asked.words if word not in _SECTIONS]
    return bool(named) and scene.asked.cues[:1] == tuple(found)[:1] and not other_nouns and not other_words


def _figure_missing(found: Mapping[Facet, FacetAnswer], scene: Scene) -> bool:
    """Whether the question asks for a figure (how much, which number, what hours) and no sentence found
    has one."""
    text = scene.asked.understood.text
    if not any(re.search(asks, text) for asks in STRICT_TYPES):
        return False
    answers = [answer for asks, answer in ANSWER_TYPES if re.search(asks, text)]
    units = [unit.unit.text for answer in found.values() for unit in answer.units]
    return not any(re.search(answer, unit) for answer in answers for unit in units)


def with_better_facet(
    scene: Scene, facets: tuple[Facet, ...], found: dict[Facet, FacetAnswer]
) -> dict[Facet, FacetAnswer]:
    """The facets found, with another whose best sentence answers better than all of theirs: in front, unless
    the words of the question say outright which facet is asked.

    Where the facet asked is not held, another one counts only if the question may as well have asked for it;
    where none is asked, no advice by the way does.
    """
    r = scene.resolution
    everything = find_everything(scene.scorer, r.family, scene.day, dict(r.scores), r.only)
    asks_nothing = not scene.asked.understood.facets
    others = [a for f, a in everything.items() if f not in found and not (asks_nothing and f is Facet.OTHER)]
    if not others:
        return found
    best = max(others, key=lambda answer: answer.best.score)
    if not found:
        likely = scene.asked.facets.get(best.facet, 0.0) >= ALSO_ASKED and bool(facets)
        held = scene.held([best])
        return {best.facet: best} if likely or (held is not None and held >= SURELY_HELD) else found
    sure = scene.asked.cues[:1] == facets[:1]
    lead = max(a.best.score for a in found.values()) + (MUCH_BETTER if sure else BETTER)
    if best.best.score <= lead:
        return found
    return {**found, best.facet: best} if sure else {best.facet: best, **found}
