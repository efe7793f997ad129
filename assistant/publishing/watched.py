"""A watched folder: files that come or change become drafts; a file that goes is reported, never removed."""

from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.library import source_paths
from assistant.corpus.readers import is_supported
from assistant.errors import AssistantError
from assistant.publishing import drafts
from assistant.publishing.files import content_key
from assistant.publishing.office import Office
from assistant.publishing.proposal import propose
from assistant.records.users import User


@dataclass(frozen=True, slots=True)
class Watched:
    """What a look at the folder found: drafts made, files that need a person (each with why), files gone."""

    drafts: tuple[int, ...]
    waiting: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]


def look(office: Office, user: User | None, folder: Path) -> Watched:
    """Compare a folder with what was seen at the last look, and draft what came or changed.

    A file of the id of a held document replaces it; any other is added where its metadata is complete, and
    waits for a person where it is not.
    """
    seen = {
        r["path"]: r["hash"]
        for r in office.records.rows("SELECT path, hash FROM watched WHERE folder = ?", (str(folder),))
    }
    present = {p.relative_to(folder).as_posix(): p for p in source_paths(folder) if is_supported(p)}
    made, waiting = list[int](), list[tuple[str, str]]()
    for name, path in present.items():
        key = content_key(path)
        if seen.get(name) == key:
            continue
        try:
            made.append(_drafted(office, user, path, name).id)
        except AssistantError as error:
            waiting.append((name, str(error)))
        _remember(office, folder, name, key)
    gone = tuple(sorted(name for name, key in seen.items() if name not in present and key is not None))
    for name in gone:
        _remember(office, folder, name, None)
    return Watched(tuple(made), tuple(waiting), gone)


def _drafted(office: Office, user: User | None, path: Path, name: str) -> drafts.Draft:
    metadata = propose(office, path).metadata
    held = {document.id for document in office.assistant.documents()}
    if metadata.id in held:
        return drafts.replace_document(
            office, user, metadata.id, path, f"살피는 폴더에서 바뀜: {name}", metadata
        )
    return drafts.add(office, user, path, metadata, f"살피는 폴더에 들어옴: {name}")


def _remember(office: Office, folder: Path, name: str, key: str | None) -> None:
    with office.records.writing() as db:
        db.execute("INSERT OR REPLACE INTO watched VALUES (?,?,?)", (str(folder), name, key))
