"""A watched folder: files that come or change become drafts; a file that goes is reported, never removed.

What a look cannot settle stays open, in the work list, until a later look or a person settles it.
"""

from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.library import source_paths
from assistant.corpus.readers import is_supported
from assistant.errors import AssistantError, PublishingError
from assistant.publishing import drafts
from assistant.publishing.files import content_key
from assistant.publishing.office import Office
from assistant.publishing.proposal import propose
from assistant.publishing.replacement import settled
from assistant.records.store import stamp
from assistant.records.users import Right, User, require


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that needs a person. `why`: what keeps it from being a draft; None: the file is gone.

    `document_id`: what was drafted from it when it was still there.
    """

    folder: str
    name: str
    at: str
    why: str | None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """What a look at the folder found: drafts made, and every file that needs a person."""

    drafts: tuple[int, ...]
    open: tuple[OpenFile, ...]

    @property
    def waiting(self) -> tuple[OpenFile, ...]:
        """Files that are there and cannot be drafted as they are."""
        return tuple(file for file in self.open if file.why is not None)

    @property
    def gone(self) -> tuple[OpenFile, ...]:
        """Files that are there no more."""
        return tuple(file for file in self.open if file.why is None)


def look(office: Office, user: User | None, folder: Path | None = None) -> Watched:
    """Draft what came or changed in a folder (default: the settings') since it was drafted last.

    A file of the id, or of the edition, of a held document replaces it; any other is added where its metadata
    is complete, and waits for a person where it is not. AccessDenied before anything is looked at;
    PublishingError: no folder.
    """
    folder = _folder(office, folder)
    require(office.records, user, Right.PUBLISH, f"watch {folder}")
    if not folder.is_dir():
        raise PublishingError(
            f"{folder}: 감시할 폴더가 없습니다. 만들거나 ASSISTANT_WATCHED_DIR에 있는 폴더를 적어 주세요."
        )
    seen = _seen(office, folder)
    present = {p.relative_to(folder).as_posix(): p for p in source_paths(folder) if is_supported(p)}
    made = list[int]()
    for name, path in present.items():
        key = content_key(path)
        if key is None or seen.get(name) == key:
            _close(office, folder, name)
            continue
        if _uploaded(office, folder, name, key):
            _remember(office, folder, name, key, None)
            continue
        try:
            document_id, draft = _drafted(office, user, path, name)
        except AssistantError as error:
            _open(office, folder, name, key, str(error))
            continue
        made += [draft] if draft is not None else []
        _remember(office, folder, name, key, document_id)
    for name in {*seen, *(file.name for file in _all_open(office, folder))} - present.keys():
        if seen.get(name) is not None:
            _open(office, folder, name, None, None)
        else:
            _close(office, folder, name)
    return Watched(tuple(made), open_files(office, folder))


def open_files(office: Office, folder: Path | None = None) -> tuple[OpenFile, ...]:
    """The files that need a person, of one folder or of all.

    A file that somebody uploaded by hand since waits no more, and nobody misses a file whose document is
    neither held nor drafted.
    """
    held = {d.id for d in office.assistant.documents()} | {d.document_id for d in drafts.open_drafts(office)}
    return tuple(
        file
        for file in _all_open(office, _folder(office, folder) if folder else None)
        if (file.why is not None or file.document_id is None or file.document_id in held)
    )


def settle(office: Office, user: User | None, name: str, folder: Path | None = None) -> None:
    """Note that a person dealt with an open file; it is reported again when it changes (PublishingError)."""
    folder = _folder(office, folder)
    require(office.records, user, Right.PUBLISH, f"settle {name}")
    rows = office.records.rows(
        "SELECT hash FROM watched_open WHERE folder = ? AND path = ?", (str(folder), name)
    )
    if not rows:
        raise PublishingError(f"{name}: 기다리는 파일이 아닙니다. 폴더를 다시 보고 목록에서 골라 주세요.")
    _remember(office, folder, name, rows[0]["hash"], None)


def _folder(office: Office, folder: Path | None) -> Path:
    return (folder or office.settings.watched_dir).resolve()


def _seen(office: Office, folder: Path) -> dict[str, str | None]:
    """The content that each file had when it was drafted; None: it was settled that the file is gone."""
    rows = office.records.rows("SELECT path, hash FROM watched WHERE folder = ?", (str(folder),))
    return {row["path"]: row["hash"] for row in rows}


def _all_open(office: Office, folder: Path | None) -> tuple[OpenFile, ...]:
    rows = office.records.rows(
        "SELECT o.folder, o.path, o.at, o.why, w.document_id FROM watched_open o"
        " LEFT JOIN watched w USING (folder, path) WHERE (? IS NULL OR o.folder = ?)"
        f" AND NOT {_UPLOADED} ORDER BY o.at, o.path",
        (str(folder) if folder else None, str(folder)),
    )
    return tuple(OpenFile(*row) for row in rows)


_UPLOADED = (
    "(o.hash IS NOT NULL AND EXISTS (SELECT 1 FROM drafts d WHERE d.at >= o.at AND instr(d.changes, o.hash)))"
)
"""Whether the content of an open file was drafted since it waits: somebody uploaded it by hand."""


def _uploaded(office: Office, folder: Path, name: str, key: str) -> bool:
    return bool(
        office.records.rows(
            f"SELECT 1 FROM watched_open o WHERE folder = ? AND path = ? AND hash = ? AND {_UPLOADED}",
            (str(folder), name, key),
        )
    )


def _drafted(office: Office, user: User | None, path: Path, name: str) -> tuple[str, int | None]:
    """The document that a file is of, and the draft of it; None: it is held just so."""
    proposal = propose(office, path)
    start = settled(office, proposal)
    metadata = start.metadata
    held = {document.id: document for document in office.assistant.documents()}
    if metadata.id not in held:
        return metadata.id, drafts.add(office, user, path, metadata, f"감시 폴더에 들어옴: {name}").id
    document = held[metadata.id]
    if (document.metadata, document.text) == (metadata, proposal.document.text):
        return metadata.id, None
    told = start.told if proposal.replaces else ()
    why = " / ".join((f"감시 폴더에서 바뀜: {name}", *told))
    return metadata.id, drafts.replace_document(office, user, metadata.id, path, why, metadata).id


def _remember(office: Office, folder: Path, name: str, key: str | None, document_id: str | None) -> None:
    """Note the content that was dealt with: the file is open no more."""
    with office.records.writing() as db:
        db.execute(
            "INSERT INTO watched (folder, path, hash, document_id) VALUES (?,?,?,?) ON CONFLICT DO UPDATE"
            " SET hash = excluded.hash, document_id = coalesce(excluded.document_id, document_id)",
            (str(folder), name, key, document_id),
        )
        db.execute("DELETE FROM watched_open WHERE folder = ? AND path = ?", (str(folder), name))


def _open(office: Office, folder: Path, name: str, key: str | None, why: str | None) -> None:
    """Keep a file open; it is open since it was first found so."""
    with office.records.writing() as db:
        db.execute(
            "INSERT INTO watched_open (folder, path, at, hash, why) VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE"
            " SET why = excluded.why, hash = excluded.hash,"
            " at = CASE WHEN hash IS excluded.hash THEN at ELSE excluded.at END",
            (str(folder), name, stamp(), key, why),
        )


def _close(office: Office, folder: Path, name: str) -> None:
    with office.records.writing() as db:
        db.execute("DELETE FROM watched_open WHERE folder = ? AND path = ?", (str(folder), name))
