"""What is typed so far → the programmes it may be about."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain import Document
from assistant.retrieval.names import compact, names_of


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A programme that fits what is typed so far."""

    programme: str
    title: str


class Suggestions:
    """Each programme with the names it goes by."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Collect the names of all documents."""
        rows: dict[str, tuple[tuple[str, ...], Suggestion]] = {}
        for document in documents:
            programme = document.metadata.programme_key
            names = (*rows.get(programme, ((),))[0], *names_of(document))
            rows[programme] = (tuple(dict.fromkeys(names)), Suggestion(programme, document.metadata.title))
        self._rows = tuple(rows.values())

    def suggest(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        """Programmes whose name begins with, or holds, what is typed; names that begin with it first."""
        wanted = compact(typed)
        if not wanted:
            return ()
        begins, holds, inside = [], [], []
        for names, suggestion in self._rows:
            if any(name.startswith(wanted) for name in names):
                begins.append(suggestion)
            elif any(wanted in name for name in names):
                holds.append(suggestion)
            elif any(len(name) > 2 and name in wanted for name in names):
                inside.append(suggestion)
        return tuple(dict.fromkeys([*begins, *holds, *inside]))[:limit]
