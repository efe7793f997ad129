"""Drafts: changes to the corpus that somebody prepared and nobody sees before they are published."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from assistant.corpus.library import MARKDOWN
from assistant.corpus.metadata import parse_metadata
from assistant.corpus.readers.markdown import split_front_matter
from assistant.domain import Amendment, Document, Facet, Metadata
from assistant.errors import PublishingError
from assistant.publishing.draft_changes import complete, moved_away, suffix, written
from assistant.publishing.files import RETIRED, FileChange, content_key
from assistant.publishing.office import Office
from assistant.records.store import stamp
from assistant.records.users import Right, User, require


@dataclass(frozen=True, slots=True)
class Draft:
    """One prepared change. `action`: add, replace, edit, amend, retire or restore."""

    id: int
    at: str
    author: str
    action: str
    document_id: str
    why: str
    changes: tuple[FileChange, ...]
    outcome: str | None = None

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.outcome is not None


def add(office: Office, user: User | None, file: Path, metadata: Metadata, why: str) -> Draft:
    """Draft a new document from any supported file; owner and validity are required (PublishingError)."""
    return _added(office, user, file, metadata, why, "add")


def _added(office: Office, user: User | None, file: Path, metadata: Metadata, why: str, action: str) -> Draft:
    user = require(office.records, user, Right.PUBLISH, f"{action} {metadata.id}")
    complete(metadata)
    if any(document.id == metadata.id for document in office.assistant.documents()):
        raise PublishingError(
            f"{metadata.id}: 이미 있는 문서 id입니다. 고치려면 replace를, 새 판이면 새 id를 쓰세요."
        )
    path = f"{metadata.category or '기타'}/{PurePosixPath(metadata.id).name}{suffix(file)}"
    return _save(office, user, action, metadata.id, why, written(office, path, file, metadata))


def replace_document(
    office: Office,
    user: User | None,
    document_id: str,
    file: Path,
    why: str,
    metadata: Metadata | None = None,
) -> Draft:
    """Draft new content for a document that stays what it is.

    Its metadata are those given, else those in the file's own front matter, else they stay.
    """
    user = require(office.records, user, Right.PUBLISH, f"replace {document_id}")
    document = office.assistant.document(document_id)
    metadata = metadata or own_metadata(file) or document.metadata
    if metadata.id != document_id:
        raise PublishingError(f"{metadata.id}: 바꿀 문서는 {document_id}입니다. id를 맞추거나 add를 쓰세요.")
    complete(metadata)
    old = PurePosixPath(document.path)
    path = old.with_suffix(suffix(file)).as_posix()
    changes = list(written(office, path, file, metadata))
    kept = {change.path for change in changes}
    gone = [p for p in (document.path, f"{document.path}.yaml") if p not in kept]
    changes += [c for p in gone for c in moved_away(office, p)]
    return _save(office, user, "replace", document_id, why, changes)


def edit_metadata(office: Office, user: User | None, document_id: str, metadata: Metadata, why: str) -> Draft:
    """Draft other metadata for a document whose file stays as it is: a review date, an owner, a window."""
    user = require(office.records, user, Right.PUBLISH, f"edit {document_id}")
    document = office.assistant.document(document_id)
    if metadata.id != document_id:
        raise PublishingError(f"{metadata.id}: 고칠 문서는 {document_id}입니다. 문서 id는 바꿀 수 없습니다.")
    complete(metadata)
    file = office.corpus_dir / document.path
    return _save(office, user, "edit", document_id, why, written(office, document.path, file, metadata))


def amend(
    office: Office,
    user: User | None,
    document_id: str,
    facets: Sequence[Facet],
    file: Path,
    metadata: Metadata,
    why: str,
) -> Draft:
    """Draft a notice that changes only some facets of a document from its first day on."""
    target = office.assistant.document(document_id)
    metadata = replace(
        metadata,
        programme=target.metadata.programme_key,
        round=target.metadata.round,
        amends=(Amendment(document_id, tuple(facets)),),
    )
    return _added(office, user, file, metadata, why, "amend")


def retire(office: Office, user: User | None, document_id: str, why: str) -> Draft:
    """Draft taking a document out of every answer; its file moves aside and can be restored."""
    user = require(office.records, user, Right.PUBLISH, f"retire {document_id}")
    document = office.assistant.document(document_id)
    paths = (document.path, f"{document.path}.yaml")
    return _save(office, user, "retire", document_id, why, [c for p in paths for c in moved_away(office, p)])


def restore(office: Office, user: User | None, document_id: str, why: str) -> Draft:
    """Draft bringing a retired document back (PublishingError where none is retired)."""
    user = require(office.records, user, Right.PUBLISH, f"restore {document_id}")
    for document in retired(office):
        if document.id == document_id:
            changes: list[FileChange] = []
            for path in (document.path, f"{document.path}.yaml"):
                aside = f"{RETIRED}/{path}"
                key = content_key(office.corpus_dir / aside)
                if key is not None:
                    changes += [FileChange(path, content_key(office.corpus_dir / path), key)]
                    changes += [FileChange(aside, key, None)]
            return _save(office, user, "restore", document_id, why, changes)
    raise PublishingError(f"{document_id}: 내린 문서에 없습니다. `corpus history`로 id를 확인해 주세요.")


def retired(office: Office) -> tuple[Document, ...]:
    """The documents that were retired and can be restored."""
    from assistant.corpus.library import load_corpus

    folder = office.corpus_dir / RETIRED
    return load_corpus(folder).documents if folder.is_dir() else ()


def open_drafts(office: Office) -> tuple[Draft, ...]:
    """Drafts that are neither published nor dropped, oldest first."""
    return tuple(
        _draft(r) for r in office.records.rows("SELECT * FROM drafts WHERE outcome IS NULL ORDER BY id")
    )


def draft_of(office: Office, draft_id: int) -> Draft:
    """A draft by its number (PublishingError)."""
    rows = office.records.rows("SELECT * FROM drafts WHERE id = ?", (draft_id,))
    if not rows:
        raise PublishingError(f"초안 {draft_id}번이 없습니다. 초안 목록에서 번호를 확인해 주세요.")
    return _draft(rows[0])


def drop(office: Office, user: User | None, draft_id: int) -> None:
    """Close a draft without publishing it; its content is kept."""
    user = require(office.records, user, Right.PUBLISH, f"drop draft {draft_id}")
    close(office, draft_id, f"버림 ({user.name})")


def close(office: Office, draft_id: int, outcome: str) -> None:
    """Note what became of a draft."""
    with office.records.writing() as db:
        db.execute(
            "UPDATE drafts SET outcome = ?, closed_at = ? WHERE id = ? AND outcome IS NULL",
            (outcome, stamp(), draft_id),
        )


def own_metadata(file: Path) -> Metadata | None:
    """The metadata in a Markdown file's own front matter; None where it has none (InvalidMetadata)."""
    if file.suffix.lower() not in MARKDOWN or not file.is_file():
        return None
    front, _ = split_front_matter(file.read_text(encoding="utf-8-sig"))
    return parse_metadata(front, file.name) if front is not None else None


def _save(
    office: Office, user: User, action: str, document_id: str, why: str, changes: Sequence[FileChange]
) -> Draft:
    real = tuple(c for c in changes if c.before != c.after)
    if not real:
        raise PublishingError(f"{document_id}: 바뀐 것이 없습니다. 고친 파일인지 확인해 주세요.")
    if not why.strip():
        raise PublishingError(f"{document_id}: 바꾸는 까닭이 없습니다. 한 줄로 적어 주세요.")
    why = office.records.masker.mask(why.strip())
    at, plain = stamp(), json.dumps([c.as_json() for c in real])
    for change in real:
        if change.before is not None:
            office.contents.put((office.corpus_dir / change.path).read_bytes())
    with office.records.writing() as db:
        cursor = db.execute(
            "INSERT INTO drafts (at, author, action, document_id, why, changes) VALUES (?,?,?,?,?,?)",
            (at, user.name, action, document_id, why, plain),
        )
    return Draft(int(cursor.lastrowid or 0), at, user.name, action, document_id, why, real)


def _draft(row: object) -> Draft:
    r = dict(row)  # type: ignore[call-overload]  # a sqlite3.Row is a mapping in all but name
    changes = tuple(FileChange(*change) for change in json.loads(r["changes"]))
    return Draft(
        r["id"], r["at"], r["author"], r["action"], r["document_id"], r["why"], changes, r["outcome"]
    )
