"""Assistant: the one object that terminal, page, HTTP and evaluation hold."""

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.answering.abstention import CALIBRATION
from assistant.answering.answerer import Answerer, Read
from assistant.answering.carried import Carried, carried
from assistant.answering.evidence import evidence
from assistant.answering.examples import Examples
from assistant.answering.filtering import marked, within
from assistant.answering.generator import NOT_CONFIGURED, Generator, Prose, Refused, phrased
from assistant.answering.related import Related, related
from assistant.answering.routing import Router
from assistant.answering.section_view import SectionView, section_of
from assistant.domain import (
    EVERYTHING,
    Answer,
    Citation,
    Document,
    Evidence,
    Filters,
    Metadata,
)
from assistant.errors import RecordsError, SettingsError
from assistant.index.analyzer import Analyzer
from assistant.index.builder import Built, Progress, build, dictionary_words
from assistant.index.encoder import Encoder, one_at_a_time
from assistant.index.generations import GenerationStore
from assistant.index.opened import OpenedIndex, open_index
from assistant.records.desk import CallFacts, Desk
from assistant.records.kept import collect
from assistant.records.logged import Verdict
from assistant.records.privacy import Masker
from assistant.records.store import Records
from assistant.retrieval.query import normalise
from assistant.retrieval.reading import Reader
from assistant.retrieval.suggestions import Suggestion, Suggestions
from assistant.settings import Settings

RECENT = 256
"""Answers for which prose may still be asked."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    answerer: Answerer
    suggestions: Suggestions


class Assistant:
    """Answers, searches and shows documents from the live generation; reopens when a newer one is made
    live."""

    def __init__(
        self,
        settings: Settings,
        encoder: Encoder,
        records: Records | None = None,
        *,
        logs: bool = True,
    ) -> None:
        """Load the live generation of the settings (IndexUnavailable).

        With `records` every answer is logged (unless `logs` says no), bulletins and approved answers are
        served from them, documents that are off are left out, and a generation that another process makes
        live is followed.
        """
        self.settings = settings
        self.records = records
        self._desk = Desk(records, settings.timezone, settings.retention_days, logs) if records else None
        self._encoder = encoder
        self._generator = _generator(settings)
        self._store = GenerationStore(settings.index_dir)
        self._lock = threading.Lock()
        self._encode = one_at_a_time(encoder.encode_asked)
        self._narrowed = lru_cache(maxsize=8)(within)
        self._recent: OrderedDict[str, Answer] = OrderedDict()
        self._analyzers: dict[tuple[str, ...], Analyzer] = {}
        self._off_always: frozenset[str] = frozenset()
        self._switched: tuple[_Loaded, frozenset[str], _Loaded] | None = None
        self._loaded = self._load()

    @classmethod
    def open(cls, settings: Settings, records: Records | None = None, *, logs: bool = True) -> "Assistant":
        """Load the encoder and the live generation, and ask one question so that the first real one is not
        slow."""
        encoder = Encoder(settings.encoder, threads=settings.threads, cache_dir=settings.cache_dir)
        assistant = cls(settings, encoder, records, logs=logs)
        assistant._loaded.answerer.answer("준비되었나요?", assistant.today())
        return assistant

    @property
    def generation_id(self) -> str:
        """The generation that answers now."""
        return self._loaded.answerer.index.manifest.generation

    @property
    def encoder_id(self) -> str:
        """The identity of the encoder that embeds questions and passages."""
        return self._encoder.id

    @property
    def index(self) -> OpenedIndex:
        """The generation that answers now, open for reading."""
        return self._loaded.answerer.index

    @property
    def encoder(self) -> Encoder:
        """What embeds questions and passages."""
        return self._encoder

    def today(self) -> date:
        """Today where the call centre is."""
        return datetime.now(ZoneInfo(self.settings.timezone)).date()

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        context: Sequence[str] = (),
        channel: str = "service",
        user: str | None = None,
        call: str | None = None,
        prose: bool = False,
        filters: Filters = EVERYTHING,
    ) -> Answer:
        """Answer a question; `context`: earlier questions of the same call, oldest first (QuestionError).

        `filters` narrow the programmes that are answered from.
        `channel`, `user` and `call` (a note of the call) are logged with the answer. `prose` lets a language
        model, where one is configured, reword what is read aloud; it may take the timeout of the settings.
        """
        if self._desk is not None:
            self._follow()
        loaded, reads = self._current(), list[Read]()
        answerer = self._within(loaded.answerer, filters)
        answer = answerer.answer(question, as_of or self.today(), context, reads.append)
        answer = marked(answer, filters, loaded.answerer)
        if self._desk is not None:
            call_facts = CallFacts(tuple(context), channel, user, call)
            answer = self._desk.handed_over(
                answer, next(iter(reads), None), loaded.answerer.index, call_facts
            )
        if self._generator is not None:
            self._keep(answer)
        if not prose or self._generator is None:
            return answer
        started = time.perf_counter()
        outcome = self.prose(answer)
        return phrased(answer, outcome, (time.perf_counter() - started) * 1000)

    def prose(self, answer: Answer) -> Prose | Refused:
        """Prose for an answer that is shown already, or the reason why there is none; logged with the answer.

        Evidence first, prose second: show what `ask` gives at once, then ask for this.
        """
        if self._generator is None:
            return Refused(NOT_CONFIGURED)
        outcome = self._generator.write(answer)
        if self._desk is not None:
            self._desk.reworded(phrased(answer, outcome, 0.0))
        return outcome

    def prose_of(self, answer_id: str) -> Prose | Refused:
        """Prose for one of the last answers, as a page asks for it that shows the answer already."""
        answer = self._recent.get(answer_id)
        return self.prose(answer) if answer else Refused("지난 답변입니다. 다시 물으면 문장을 다듬습니다.")

    @property
    def writes_prose(self) -> bool:
        """Whether a language model is configured."""
        return self._generator is not None

    def related(self, answer: Answer) -> tuple[Related, ...]:
        """Programmes that stand beside the answered one and are not over on its day."""
        if not answer.statements:
            return ()
        answerer = self._within(self._current().answerer, answer.filters)
        read = answerer.read(normalise(answer.standalone_question or answer.question), answer.as_of)
        return related(answer, read.ranking, answerer.families)

    def carried(self, answer: Answer) -> Carried:
        """The programme and the household that the next question of the same call leans on."""
        return carried(answer, self._current().answerer)

    def filter_choices(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Categories and regions of the documents, those with most documents first."""
        held = [document.metadata for document in self.documents()]
        return _most_first(m.category for m in held), _most_first(m.region for m in held)

    def answered(self, question: str, *, as_of: date | None = None, context: Sequence[str] = ()) -> Answer:
        """The engine's own answer: nothing is logged, no bulletin or approved answer is laid over it."""
        return self._current().answerer.answer(question, as_of or self.today(), context)

    def rate(self, answer_id: str, verdict: Verdict | str, note: str = "", user: str | None = None) -> None:
        """Keep a counsellor's verdict on an answer, with one line of text (RecordsError)."""
        if self.records is None:
            raise RecordsError("기록을 쓰지 않는 실행입니다. 상담 화면이나 `serve`에서 평가해 주세요.")
        self.records.rate(answer_id, verdict, note, user)

    def at_generation(self, generation: str) -> "Assistant":
        """One that answers from another generation with the same encoder, and logs nothing."""
        other = copy(self)
        other.records = other._desk = None
        other._off_always = self._off()
        other._loaded = self._load(generation)
        return other

    def supposing(self, metadata: Mapping[str, Metadata]) -> "Assistant":
        """One that answers from the live generation as if documents had this metadata (by id), and logs
        nothing: for trials of dates and for evaluations."""
        live = self._loaded.answerer.index
        known = live.documents.items()
        documents = {i: replace(d, metadata=metadata.get(i, d.metadata)) for i, d in known}
        return self.over(replace(live, documents=documents) if metadata else live)

    def over(self, index: OpenedIndex) -> "Assistant":
        """One that answers from an opened index like the live one, and logs nothing."""
        other = copy(self)
        other.records = other._desk = None
        if index is not self._loaded.answerer.index:
            other._loaded = other._ready(index)
        return other

    def read(self, question: str, *, as_of: date | None = None) -> Read:
        """Understand and rank a question without answering it: every candidate with its signals."""
        return self._current().answerer.read(normalise(question), as_of or self.today())

    def search(
        self,
        question: str,
        *,
        as_of: date | None = None,
        k: int = 10,
        everything: bool = False,
        filters: Filters = EVERYTHING,
    ) -> tuple[Evidence, ...]:
        """The k best documents that may speak on the day, and between them those that may not, with the
        reason; `everything`: also those that are off, or not announced yet on the day."""
        answerer, day = self._within(self._current().answerer, filters), as_of or self.today()
        read = answerer.read(normalise(question), day)
        return evidence(answerer, read, k, everything)

    def suggest(self, typed: str, limit: int = 8, as_of: date | None = None) -> tuple[Suggestion, ...]:
        """Programmes that what is typed so far may be about, best first, with their state on the day."""
        return self._current().suggestions.suggest(typed, limit, as_of or self.today())

    def document(self, document_id: str) -> Document:
        """A document of the live generation (SettingsError when there is none of this id)."""
        documents = self._loaded.answerer.index.documents
        if document_id not in documents:
            raise SettingsError(f"{document_id}: 그런 문서가 없습니다. `corpus list`로 id를 확인해 주세요.")
        return documents[document_id]

    def documents(self) -> tuple[Document, ...]:
        """All documents of the live generation."""
        return tuple(self._loaded.answerer.index.documents.values())

    def document_text(self, document_id: str) -> str:
        """The stored text of a document: what offsets of citations count in."""
        return self.document(document_id).text

    def section_of(self, citation: Citation) -> SectionView:
        """The section a citation's quote stands in."""
        return section_of(self.document(citation.document_id), citation)

    def refresh(self) -> bool:
        """Reopen when another generation was made live; whether it was. Questions under way finish on the
        old one."""
        if self._store.current_id() == self.generation_id:
            return False
        with self._lock:
            if self._store.current_id() != self.generation_id:
                self._loaded = self._load()
        return True

    def _off(self) -> frozenset[str]:
        return self._desk.switched_off() if self._desk is not None else self._off_always

    def _current(self) -> _Loaded:
        """What answers now: the live generation without the documents that are switched off."""
        whole, off = self._loaded, self._off()
        if not off:
            return whole
        known = self._switched
        if known is None or known[0] is not whole or known[1] != off:
            known = (whole, off, _Loaded(whole.answerer.without(off), whole.suggestions.without(off)))
            self._switched = known
        return known[2]

    def _within(self, answerer: Answerer, filters: Filters) -> Answerer:
        """The answerer, narrowed where a filter is on; the last few are kept."""
        return self._narrowed(answerer, filters) if filters else answerer

    def _keep(self, answer: Answer) -> None:
        """Remember an answer for which prose may be asked."""
        self._recent[answer.answer_id] = answer
        while len(self._recent) > RECENT:
            self._recent.popitem(last=False)

    def _follow(self) -> None:
        """Reopen behind the back of the questions under way when another process made a generation live."""
        if self._store.current_id() != self.generation_id and not self._lock.locked():
            threading.Thread(target=self.refresh, daemon=True).start()

    def rebuild(self, progress: Progress | None = None) -> Built:
        """Build the corpus folder into a new generation, make it live and answer from it."""
        built = build_index(self.settings, self._encoder, progress)
        self.refresh()
        return built

    def build_beside(self, corpus_dir: Path) -> Built:
        """Build another corpus folder into a verified generation beside the live one; it is not made live."""
        return build(
            corpus_dir,
            self.settings.index_dir,
            self._encoder,
            calibration=_calibration(),
            switch=False,
            analyzer_for=self._analyzer_for,
        )

    def _load(self, generation: str | None = None) -> _Loaded:
        loaded = self._ready(open_index(self.settings.index_dir, self._encoder.id, generation))
        if self._desk is not None and generation is None:
            documents = loaded.answerer.index.documents.values()
            self._desk.know_public_numbers(documents, self.settings.corpus_dir)
        return loaded

    def _ready(self, index: OpenedIndex) -> _Loaded:
        analyzer = self._analyzer_for(dictionary_words(index.documents.values()))
        router = Router(examples=Examples(self._encoder.id))
        answerer = Answerer(index, self._encode, analyzer, router, Reader(self._encoder.id))
        self._narrowed.cache_clear()
        return _Loaded(answerer, Suggestions(index, analyzer.terms))

    def _analyzer_for(self, words: tuple[str, ...]) -> Analyzer:
        """The analyzer of a dictionary; the last two are kept, as a new one takes seconds to load."""
        if words not in self._analyzers:
            for old in list(self._analyzers)[:-1]:
                self._analyzers.pop(old, None)
            self._analyzers[words] = Analyzer(words)
        return self._analyzers[words]


def _most_first(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(value for value, _ in Counter(values).most_common() if value)


def _generator(settings: Settings) -> Generator | None:
    """The language model that the settings name; None where they name none (SettingsError)."""
    if settings.llm_base_url is None:
        return None
    model, key, timeout = settings.llm_model or "", settings.llm_api_key, settings.llm_timeout
    return Generator(settings.llm_base_url, model, key, timeout, mask=Masker().mask)


def build_index(
    settings: Settings,
    encoder: Encoder,
    progress: Progress | None = None,
    make_live: Callable[[str], None] | None = None,
) -> Built:
    """Build the corpus folder of the settings into a new live generation, with the shipped calibration.

    Older generations go as `records.kept` says. `make_live` swaps to the generation that was built and
    verified, in the place of a bare swap.
    """
    built = build(
        settings.corpus_dir,
        settings.index_dir,
        encoder,
        calibration=_calibration(),
        switch=make_live is None,
        progress=progress,
    )
    if make_live is not None:
        make_live(built.manifest.generation)
    collect(GenerationStore(settings.index_dir), settings.records_path)
    return built


def _calibration() -> bytes:
    return CALIBRATION.read_bytes() if CALIBRATION.is_file() else b""


def load_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name."""
    return Encoder(settings.encoder, threads=settings.threads, cache_dir=settings.cache_dir)
