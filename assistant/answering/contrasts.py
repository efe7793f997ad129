"""What a follow-up says instead of something said before: another row of the same table, another measure of
the same kind."""

from collections.abc import Iterable, Sequence

from assistant.answering.measures import facts_of
from assistant.answering.rows import key_words
from assistant.domain import Unit, UnitKind
from assistant.retrieval.names import compact


class Contrasts:
    """The words by which the tables of a corpus tell their rows apart."""

    def __init__(self, units: Iterable[tuple[str, Unit]]) -> None:
        """Collect the rows of all tables; `units`: document id and unit."""
        tables: dict[tuple[str, int], list[Unit]] = {}
        for document_id, unit in units:
            if unit.kind is UnitKind.ROW:
                tables.setdefault((document_id, unit.context[0].start), []).append(unit)
        self._places: dict[str, dict[int, set[int]]] = {}
        for table, rows in enumerate(tables.values()):
            for row, words in enumerate(key_words(rows)):
                for word in words:
                    self._places.setdefault(word, {}).setdefault(table, set()).add(row)

    def replaced(self, earlier: str, tail: str, name: str = "") -> str:
        """The earlier question without the words in whose place the tail puts others ("1인 얼마", then
        "4인이면?"); the programme's name stays."""
        if not tail or not earlier:
            return earlier
        measures = facts_of(tail).measures
        kinds = {unit for _, unit in measures}
        instead = self._said(tail)
        kept = [
            word
            for word in earlier.split()
            if compact(word) in name
            or not (
                any(m[1] in kinds and m not in measures for m in facts_of(word).measures)
                or self._contrast(word, instead)
            )
        ]
        return " ".join(kept) or earlier

    def _said(self, text: str) -> list[str]:
        flat = "".join(text.split())
        return [word for word in self._places if word in flat]

    def _contrast(self, word: str, instead: Sequence[str]) -> bool:
        """Whether a word names another row of a table in which one of the other words names a row."""
        return any(
            own not in other
            and other not in word
            and any(
                not rows & self._places[other][table]
                for table, rows in self._places[own].items()
                if table in self._places[other]
            )
            for own in self._said(word)
            for other in instead
        )
