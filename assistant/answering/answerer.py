"""One question → one Answer: route, understand, rank, abstain, resolve, compose, check. The order of the
steps is here."""

import hashlib
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.answering import grounding, outcomes
from assistant.answering.abstention import Abstention, signals, telling_nouns
from assistant.answering.areas import area_of
from assistant.answering.arithmetic import MEDIAN_INCOME
from assistant.answering.asked import Asked, content_words
from assistant.answering.assembly import assemble
from assistant.answering.candidates import (
    CLEAR_LEAD,
    SURE_SITUATION,
    asks_directly,
    candidates,
    hints_at_situation,
    is_situation,
)
from assistant.answering.contrasts import Contrasts
from assistant.answering.followup import bare_title, standalone
from assistant.answering.held import HeldModel
from assistant.answering.instructions import without_instructions
from assistant.answering.measures import facts_of
from assistant.answering.resolution import Resolution, resolve
from assistant.answering.routing import Router
from assistant.answering.scene import Scene
from assistant.answering.selection import Day, Family
from assistant.answering.several import joined, with_candidates
from assistant.answering.units import Scorer
from assistant.domain import Answer, Document, Facet, State, Status
from assistant.index.analyzer import Analyzer
from assistant.index.encoder import QuestionVectors
from assistant.index.opened import OpenedIndex
from assistant.retrieval.dialect import written
from assistant.retrieval.names import ProgrammeNames, compact
from assistant.retrieval.query import Understood, asks_several, normalise, understand
from assistant.retrieval.reading import Reader, learned_facets
from assistant.retrieval.retriever import RankedDocument, Ranking, Retriever
from assistant.retrieval.splitting import Part, split
from assistant.validity import state


@dataclass(frozen=True, slots=True)
class Read:
    """A question after it was understood and ranked: what the bench shows and the answer is made from."""

    question: str
    day: Day
    understood: Understood
    terms: tuple[str, ...]
    asked: Asked
    ranking: Ranking
    signals: Mapping[str, float]
    timings: Mapping[str, float]


class Answerer:
    """Answers from one opened generation; the same question on the same day gives the same answer, byte
    for byte."""

    def __init__(
        self,
        index: OpenedIndex,
        encode: Callable[[str], QuestionVectors],
        analyzer: Analyzer,
        router: Router,
        reader: Reader,
    ) -> None:
        """Index the families and word rarities of an opened generation."""
        self.index = index
        self._encode = encode
        self._analyzer = analyzer
        self._router = router
        self._reader = reader
        self.names = self._every_name = ProgrammeNames(index.documents.values())
        self._retriever = Retriever(index, self.names, reader.centre)
        self._abstention = (
            Abstention.from_json(index.calibration, index.manifest.encoder) if index.calibration else None
        )
        self._held = HeldModel(index.manifest.encoder)
        self.families = _families(index)
        self._rarity = _rarity(index)
        self._contrasts = Contrasts(
            (chunk.document_id, unit) for chunk in index.chunks for unit in chunk.units
        )
        self._searched = {name: _searched_text(family) for name, family in self.families.items()}
        self._hidden: dict[date, frozenset[str]] = {}
        self.switched_off: frozenset[str] = frozenset()

    def without(self, switched_off: Collection[str]) -> "Answerer":
        """One that answers from the same generation as if these documents were not in it."""
        other = copy(self)
        other.switched_off = frozenset(switched_off) & self.index.documents.keys()
        kept = [d for d in self.index.documents.values() if d.id not in other.switched_off]
        other.names = ProgrammeNames(kept)
        other._retriever = Retriever(self.index, other.names, self._reader.centre)
        other.families = _families(self.index, other.switched_off)
        other._searched = {name: _searched_text(family) for name, family in other.families.items()}
        other._hidden = {}
        return other

    def state_of(self, document: Document, facet: Facet, day: Day) -> State:
        """The state of a document for a facet; of one that is off, as if it were on."""
        family = self.families.get(document.metadata.programme_key)
        if family is None:
            return state(document.metadata, facet, day.as_of, day.event_date)
        return family.state_of(document, facet, day)

    def left_out(self, read: Read) -> tuple[RankedDocument, ...]:
        """The documents that a question's ranking does not hold because they are off, or not there on its
        day; ranked."""
        rest = self.index.documents.keys() - self._not_there(read.day.as_of)
        if len(rest) == len(self.index.documents):
            return ()
        asked = (read.question, read.terms, read.asked.vector)
        return self._retriever.rank(*asked, frozenset(rest), read.understood.situation).documents

    def answer(
        self,
        question: str,
        as_of: date,
        context: Sequence[str] = (),
        seen: Callable[[Read], object] | None = None,
    ) -> Answer:
        """Answer a question as typed; `context`: earlier questions of the same call, oldest first; `seen` is
        called with what was read, where anything was (QuestionError)."""
        started = time.perf_counter()
        typed = normalise(question)
        text = without_instructions(typed)
        earlier = [without_instructions(normalise(c)) for c in context]
        alone = standalone(text, earlier, self.names, self._contrasts, lambda e: self._about(e, as_of))
        blank = self._blank(question, alone, as_of, tuple(context))
        if rewritten := (alone if alone != text else None):
            blank = replace(blank, standalone_question=rewritten)
        blank = replace(blank, alerts=self._router.alerts(typed))
        redirect = self._router.redirect(text)
        timings: Mapping[str, float]
        if not text:
            answer = outcomes.no_question(blank)
            timings = {}
        elif redirect is not None:
            answer = outcomes.redirected(blank, redirect)
            timings = {}
        else:
            read = self.read(alone, as_of)
            if seen is not None:
                seen(read)
            blank = replace(blank, alerts=self._router.alerts(typed, read.asked.vector))
            composed = time.perf_counter()
            answer = self._compose(blank, read)
            reading_parts = answer.timings_ms
            compose = (time.perf_counter() - composed) * 1000 - sum(reading_parts.values())
            timings = {step: ms + reading_parts.get(step, 0.0) for step, ms in read.timings.items()}
            timings = {**timings, "compose": compose}
        answer = self._checked(answer)
        return replace(answer, timings_ms={**timings, "total": (time.perf_counter() - started) * 1000})

    def read(self, text: str, as_of: date) -> Read:
        """Understand and rank a normalised, standalone question."""
        clock = [time.perf_counter()]
        text = self.names.spelt(written(text))
        understood = understand(text, as_of)
        terms = tuple(self._analyzer.terms(text))
        clock.append(time.perf_counter())
        vectors = self._encode(text)
        vector = vectors.ranking
        clock.append(time.perf_counter())
        event = understood.dates[0] if understood.dates and understood.dates[0] <= as_of else None
        day = Day(as_of, event)
        reading = self._reader.read(vector, understood.facets, bool(self.names.match(text)))
        cues = understood.facets
        if reading is not None:
            learned = learned_facets(reading, cues, asks_several(text))
            understood = replace(understood, facets=learned, situation=reading.situation)
        ranking = self._retriever.rank(text, terms, vector, self._not_there(as_of), understood.situation)
        words = content_words(terms, [m.name for m in ranking.names])
        nouns = telling_nouns(self._analyzer.nouns(text))
        found = self._signals(ranking, vectors.selecting, content_words(terms, ()), nouns)
        clock.append(time.perf_counter())
        spent = {
            name: (after - before) * 1000
            for name, before, after in zip(
                ("understand", "encode", "retrieve"), clock, clock[1:], strict=False
            )
        }
        facets = reading.facets if reading else {cue: 0.9 - 0.2 * place for place, cue in enumerate(cues)}
        facts = facts_of(text, area_of(text, understood.regions, self.index.manifest.area_class))
        asked = Asked(vector, vectors.selecting, words, understood, facts, facets, cues, self._rarity, nouns)
        return Read(text, day, understood, terms, asked, ranking, found, spent)

    def _compose(self, blank: Answer, read: Read) -> Answer:
        if not read.ranking.documents or self._named_but_off(read):
            return outcomes.no_evidence(blank, read.ranking, self.index.documents)
        if self._named_later(read):
            return outcomes.not_yet(blank, read.ranking, self.index.documents)
        scorer = Scorer(self.index, read.asked)
        nothing = self._abstention and self._abstention.abstains(read.signals, read.asked.vector)
        hardly = nothing and read.understood.situation < SURE_SITUATION
        direct = not nothing and asks_directly(read.understood, read.ranking)
        if is_situation(read.understood, read.ranking) and not (hardly or direct):
            found = candidates(blank, scorer, self.families, read.ranking, read.day)
            if found.candidates:
                return found
        if nothing:
            return outcomes.no_evidence(blank, read.ranking, self.index.documents)
        resolution = resolve(read.ranking, self.families, self.index.documents, read.understood, read.day)
        if resolution.mismatch is not None:
            return outcomes.mismatched(blank, resolution, read.understood)
        if resolution.rounds:
            return outcomes.which_round(blank, resolution)
        if resolution.called:
            return self._which_programme(blank, scorer, read, read.ranking.of(resolution.called))
        if parts := split(read.question, self.names):
            return joined(blank, [self._part(blank, part, read, resolution) for part in parts])
        return self._beside_others(self._assembled(blank, scorer, resolution, read), scorer, read)

    def _beside_others(self, answer: Answer, scorer: Scorer, read: Read) -> Answer:
        """The answer; where the question may tell a situation, with the other programmes that may fit it."""
        if answer.status is not Status.ANSWERED or not hints_at_situation(read.understood):
            return answer
        blank = replace(answer, statements=(), citations=())
        return with_candidates(answer, candidates(blank, scorer, self.families, read.ranking, read.day))

    def _which_programme(self, blank: Answer, scorer: Scorer, read: Read, meant: Ranking) -> Answer:
        """Several programmes go by one name: as candidates, or by their titles where all are over."""
        found = candidates(blank, scorer, self.families, meant, read.day)
        return found if found.candidates else outcomes.which_programme(blank, meant, self.index.documents)

    def _part(self, blank: Answer, part: Part, whole: Read, resolution: Resolution) -> Answer:
        """The answer to one of several questions: of its own subject, else of what the whole is about. Its
        `timings_ms` are those of reading it."""
        read = self.read(part.text, whole.day.as_of)
        if part.own_subject:
            answer = self._compose(blank, read)
        else:
            answer = self._assembled(blank, Scorer(self.index, read.asked), resolution, whole)
        return replace(answer, timings_ms=dict(read.timings))

    def _assembled(self, blank: Answer, scorer: Scorer, resolution: Resolution, read: Read) -> Answer:
        searched = self._searched[resolution.family.programme]
        median = self.families.get(MEDIAN_INCOME)
        return assemble(
            blank,
            Scene(self.index, resolution, read.day, scorer, read.ranking, searched, median, self._held),
        )

    def _about(self, earlier: str, as_of: date) -> str | None:
        """The title of the programme that an earlier question was answered from; None where it was none."""
        if not earlier:
            return None
        read = self.read(earlier, as_of)
        if not read.ranking.documents or is_situation(read.understood, read.ranking):
            return None
        if self._abstention and self._abstention.abstains(read.signals, read.asked.vector):
            return None
        return bare_title(self.index.documents[read.ranking.documents[0].document_id].metadata.title)

    def _named_but_off(self, read: Read) -> bool:
        """Whether the question surely names a programme of which everything is switched off."""
        return bool(self.switched_off) and any(
            match.certainty == 1.0 and len(match.name) >= 4 and not self.families.keys() & {*match.programmes}
            for match in self._every_name.match(read.question)
            if not match.condition
        )

    def _named_later(self, read: Read) -> bool:
        """Whether the question surely names a programme, means it before all others, and it was not there
        yet on the day: no other may answer in its place (DESIGN rule 3), unless it speaks of it."""
        hidden = self._not_there(read.day.as_of)
        later = {
            programme
            for match in read.ranking.names
            if match.certainty == 1.0 and len(match.name) >= 4 and not match.condition
            for programme in match.programmes
            if programme in self.families and all(d.id in hidden for d in self.families[programme].documents)
        }
        if not later:
            return False
        asked = (read.question, read.terms, read.asked.vector)
        meant = self._retriever.rank(*asked, self.switched_off, read.understood.situation)
        first, there = meant.documents[0], (d for d in meant.documents if d.document_id not in hidden)
        if first.programme not in later or (best := next(there, None)) is None:
            return first.programme in later
        spoken_of = compact(self.index.documents[best.document_id].text)
        told = any(m.name in spoken_of for m in read.ranking.names if first.programme in m.programmes)
        return not told and first.score - best.score > CLEAR_LEAD

    def _checked(self, answer: Answer) -> Answer:
        """What breaks a rule is not shown: the answer becomes an honest "no evidence" that says a check
        failed."""
        broken = grounding.findings(answer, self.index.documents)
        return outcomes.withheld(answer, broken) if broken else answer

    def _blank(self, question: str, alone: str, as_of: date, context: tuple[str, ...]) -> Answer:
        generation = self.index.manifest.generation
        seed = "\n".join((generation, as_of.isoformat(), alone, *context, str(time.time_ns())))
        return Answer(
            answer_id=hashlib.sha256(seed.encode()).hexdigest()[:16],
            question=question,
            as_of=as_of,
            status=Status.NO_EVIDENCE,
            generation=generation,
        )

    def _not_there(self, as_of: date) -> frozenset[str]:
        """Documents that are not there on a day: published or in force only later, or switched off."""
        if as_of not in self._hidden:
            day = Day(as_of)
            hidden = self.switched_off | frozenset(
                document.id
                for family in self.families.values()
                for document in family.documents
                if family.state_of(document, Facet.OTHER, day) is State.NOT_YET
            )
            if len(self._hidden) > 64:
                self._hidden.clear()
            self._hidden[as_of] = hidden
        return self._hidden[as_of]

    def _signals(
        self, ranking: Ranking, asked: NDArray[np.float32], words: Sequence[str], nouns: Sequence[str]
    ) -> dict[str, float]:
        """The absolute signals that the abstention model reads."""
        if not ranking.documents:
            return signals(ranking, (), (), "", 0.0, {}, self.index.lexical.knows)
        top = ranking.documents[0]
        rows = self.index.rows_of_document[top.document_id]
        sentence = max(
            (float((self.index.unit_vectors(r) @ asked).max(initial=0.0)) for r in rows), default=0.0
        )
        searched = self._searched[top.programme]
        everyday = self._abstention.everyday if self._abstention else frozenset[str]()
        knows = self.index.lexical.knows
        return signals(
            ranking,
            words,
            nouns,
            searched,
            sentence,
            self._rarity,
            lambda noun: noun in everyday or knows(noun),
            everyday,
        )


def _families(index: OpenedIndex, switched_off: Collection[str] = ()) -> dict[str, Family]:
    chunks = {d: [index.chunks[row] for row in rows] for d, rows in index.rows_of_document.items()}
    grouped: dict[str, list[str]] = {}
    for document in (d for d in index.documents.values() if d.id not in switched_off):
        grouped.setdefault(document.metadata.programme_key, []).append(document.id)
    return {
        programme: Family(programme, [index.documents[d] for d in ids], chunks)
        for programme, ids in grouped.items()
    }


def _searched_text(family: Family) -> str:
    """Titles, aliases and texts of a programme without spaces: where a question's words are looked for."""
    parts = [part for d in family.documents for part in (d.metadata.title, *d.metadata.aliases, d.text)]
    return "".join("".join(parts).split()).lower()


def _rarity(index: OpenedIndex) -> dict[str, float]:
    """idf of each term over documents, from the words the texts are made of (character pairs are cheap and
    enough)."""
    counts: dict[str, int] = {}
    for document in index.documents.values():
        flat = document.text.replace(" ", "")
        for pair in {flat[i : i + 2] for i in range(len(flat) - 1)}:
            counts[pair] = counts.get(pair, 0) + 1
    total = len(index.documents)
    return {pair: float(np.log((total + 1) / (count + 0.5))) for pair, count in counts.items()}
