"""What staff decided, laid over the engine's answer: approved answers, bulletins on top; and the log."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.answering.answerer import Read
from assistant.corpus.city import load_city
from assistant.domain import Answer, Document
from assistant.errors import RecordsError
from assistant.index.opened import OpenedIndex
from assistant.records.bulletins import Bulletin, headed, load_bulletins
from assistant.records.curated import CuratedBook, load_curated
from assistant.records.privacy import Masker, public_phones
from assistant.records.retention import Retention
from assistant.records.store import Records
from assistant.records.switches import REVISION, switches

NAMED_SURELY = 0.99
"""From this certainty on a programme named in the question counts as what it is about."""

EVIDENCE_LOGGED = 10
"""Documents of the ranking that are kept with an answer."""


@dataclass(frozen=True, slots=True)
class CallFacts:
    """Where an answer was given: earlier questions of the call, channel, user, and a note of the call."""

    context: tuple[str, ...] = ()
    channel: str = "service"
    user: str | None = None
    call: str | None = None


class Desk:
    """Bulletins and approved answers as they are now, reread when their revision moved, in any process."""

    def __init__(self, records: Records, zone: str, keep_days: int, logs: bool = True) -> None:
        """Serve what `records` holds; `zone` is where the call centre stands; `logs`: whether answers are
        written there, each day's first dropping those older than `keep_days`."""
        self._records = records
        self._logs = logs
        self._retention = Retention(records, keep_days)
        self._zone = ZoneInfo(zone)
        self._revision = -1
        self._bulletins: tuple[Bulletin, ...] = ()
        self._curated = CuratedBook(())
        self._off: frozenset[str] = frozenset()

    def switched_off(self) -> frozenset[str]:
        """Documents that are off now; those last known where the records cannot be read."""
        try:
            self._reread()
        except RecordsError as error:
            logging.getLogger(__name__).error("switches were not read: %s", error)
        return self._off

    def served(self, answer: Answer, read: Read | None, documents: Mapping[str, Document]) -> Answer:
        """The answer as it goes out: an approved answer in its place where one fits, bulletins on top."""
        self._reread()
        now = datetime.now(self._zone)
        if read is not None:
            on = {i: d for i, d in documents.items() if i not in self._off} if self._off else documents
            answer = self._curated.served(answer, on)
        live = tuple(b for b in self._bulletins if b.holds(answer.as_of, now))
        if not live:
            return answer
        names = read.ranking.names if read is not None else ()
        named = (p for match in names if match.certainty >= NAMED_SURELY for p in match.programmes)
        return headed(answer, live, named)

    def handed_over(self, answer: Answer, read: Read | None, index: OpenedIndex, call: CallFacts) -> Answer:
        """The answer as it goes out, logged; the engine's own where the records cannot be used."""
        try:
            answer = self.served(answer, read, index.documents)
            if not self._logs:
                return answer
            self._records.log(
                answer,
                index.documents,
                context=call.context,
                channel=call.channel,
                user=call.user,
                call=call.call,
                evidence=_seen(index, read) if read else (),
            )
            self._retention.keep(datetime.now(self._zone))
        except RecordsError as error:
            logging.getLogger(__name__).error(
                "answer %s was not kept as it should be: %s", answer.answer_id, error
            )
        return answer

    def reworded(self, answer: Answer) -> None:
        """Keep the prose of a logged answer, or why it has none; an unusable record stops nothing."""
        if not self._logs:
            return
        try:
            self._records.log_prose(answer)
        except RecordsError as error:
            logging.getLogger(__name__).error("prose of %s was not logged: %s", answer.answer_id, error)

    def know_public_numbers(self, documents: Iterable[Document], corpus_dir: Path) -> None:
        """Let the numbers that documents and the city profile publish survive masking."""
        profile = corpus_dir / "city.yaml"
        desks = [p for d in load_city(profile).desks for p in d.phones] if profile.is_file() else []
        self._records.masker = Masker(public_phones(documents, desks))

    def live_bulletins(self, day: date) -> tuple[Bulletin, ...]:
        """The bulletins that hold on a day."""
        self._reread()
        now = datetime.now(self._zone)
        return tuple(b for b in self._bulletins if b.holds(day, now))

    def _reread(self) -> None:
        revision = self._records.rows("SELECT value FROM revisions WHERE name = ?", (REVISION,))[0][0]
        if revision != self._revision:
            self._bulletins = load_bulletins(self._records, self._zone)
            self._curated = CuratedBook(load_curated(self._records))
            self._off = frozenset(switch.document_id for switch in switches(self._records))
            self._revision = revision


def _seen(index: OpenedIndex, read: Read) -> tuple[dict[str, object], ...]:
    """The best documents of a question with their places, as they are logged."""
    return tuple(
        {
            "document_id": ranked.document_id,
            "chunk_id": index.chunks[ranked.best_row].id,
            "score": round(ranked.score, 4),
            "lexical_rank": ranked.lexical_rank,
            "dense_rank": ranked.dense_rank,
        }
        for ranked in read.ranking.documents[:EVIDENCE_LOGGED]
    )
