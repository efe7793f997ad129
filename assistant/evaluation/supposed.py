"""Documents as if they were in force together: conflicts are made of real editions that replaced each
other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.domain import Document, Metadata
from assistant.errors import EvaluationError

Groups = Sequence[Sequence[str]]


def in_force_together(documents: Iterable[Document], groups: Groups) -> dict[str, Metadata]:
    """Metadata that changes (by id): the documents of a group have the days of its last one, and none is
    replaced by another or by a document between them (EvaluationError when one is not held).
    """
    held = {document.id: document.metadata for document in documents}
    named = {name for group in groups for name in group}
    if absent := sorted(named - held.keys()):
        raise EvaluationError(
            f"{absent[0]}: in_force_together에 적힌 문서가 자료에 없습니다. 문항 파일을 고쳐 주세요."
        )
    changed = {name: _freed(held[name], named) for name in held}
    for group in groups:
        last = held[group[-1]]
        for name in group:
            changed[name] = _dated_like(changed[name], last)
    return {name: metadata for name, metadata in changed.items() if metadata != held[name]}


def _freed(metadata: Metadata, named: set[str]) -> Metadata:
    """The metadata without replacing or amending any of the named documents."""
    return replace(
        metadata,
        supersedes=tuple(name for name in metadata.supersedes if name not in named),
        amends=tuple(change for change in metadata.amends if change.document not in named),
    )


def _dated_like(metadata: Metadata, model: Metadata) -> Metadata:
    return replace(
        metadata,
        published_on=model.published_on,
        effective_from=model.effective_from,
        effective_until=model.effective_until,
        term=model.term,
        reviewed_on=model.reviewed_on,
        review_by=model.review_by,
    )
