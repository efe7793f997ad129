"""What is read out holds the words asked: a sentence with one that no chosen sentence has joins them."""

from collections.abc import Sequence

from assistant.answering.composer import (
    SUMMARY_STATEMENTS,
    SUMMARY_SYLLABLES,
    find_everything,
    syllables,
)
from assistant.answering.scene import Scene
from assistant.answering.units import ScoredUnit
from assistant.domain import Facet, State

FITS = 3.0
"""How much worse (in the scorer's log-odds) a sentence may be and still be read out for a word asked."""


Told = tuple[Facet, ScoredUnit]


def with_asked_words(scene: Scene, chosen: Sequence[Told]) -> list[Told]:
    """The summary, and behind it for each noun asked that it lacks the best sentence that has it, of any
    facet in force."""
    r = scene.resolution
    everything = find_everything(scene.scorer, r.family, scene.day, dict(r.scores), r.only)
    speaking = [a for a in everything.values() if a.state in (State.CURRENT, State.UNDATED)]
    return joined(
        chosen, [(answer.facet, unit) for answer in speaking for unit in answer.units], _nouns(scene)
    )


def joined(chosen: Sequence[Told], others: Sequence[Told], nouns: Sequence[str]) -> list[Told]:
    """What is chosen, with the best of the others for each noun that it lacks: one that fits not much worse,
    is not about another's row, and for which there is time."""
    spoken = list(chosen)
    least = max((unit.score for _, unit in chosen), default=0.0) - FITS
    fitting = [pair for pair in others if pair[1].score > least and not pair[1].another]
    for noun in nouns if spoken else ():
        if any(noun in _words(unit) for _, unit in spoken):
            continue
        room = SUMMARY_SYLLABLES - sum(syllables(unit.unit.text) for _, unit in spoken)
        having = [pair for pair in fitting if noun in _words(pair[1])]
        best = max(having, key=lambda pair: pair[1].score, default=None)
        if best is not None and len(spoken) < SUMMARY_STATEMENTS and syllables(best[1].unit.text) <= room:
            spoken.append(best)
    return spoken


def _nouns(scene: Scene) -> list[str]:
    """The nouns asked that are no part of the programme's name."""
    named = "".join(match.name for match in scene.ranking.names)
    title = scene.resolution.lead.metadata.title.replace(" ", "")
    return [noun for noun in scene.asked.nouns if len(noun) >= 2 and noun not in named + title]


def _words(scored: ScoredUnit) -> str:
    """A unit with its headings and what it stands under, without spaces."""
    text = scored.document.text
    under = [text[span.start : span.end] for span in scored.unit.context]
    return "".join((scored.unit.text, *scored.chunk.heading_path[1:], *under)).replace(" ", "")
