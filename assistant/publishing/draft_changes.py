"""The changes of files that a draft is made of: a file written with its metadata, a file moved aside."""

from collections.abc import Sequence
from pathlib import Path

from assistant.corpus.library import MARKDOWN, load_document
from assistant.corpus.readers import is_supported
from assistant.corpus.readers.markdown import split_front_matter
from assistant.domain import Metadata, Term
from assistant.errors import PublishingError
from assistant.publishing.files import RETIRED, FileChange, content_key, inside, staged
from assistant.publishing.front_matter import to_yaml, with_front_matter
from assistant.publishing.office import Office


def complete(metadata: Metadata) -> None:
    """Owner and validity are what keeps a document right later: none without them (PublishingError)."""
    wanting = [] if metadata.owner else ["담당(owner)"]
    if metadata.term is Term.UNKNOWN:
        wanting.append("효력 방식(term)")
    if metadata.effective_from is None and metadata.published_on is None:
        wanting.append("시행일(effective_from)이나 게시일(published_on)")
    if wanting:
        raise PublishingError(
            f"{metadata.id}: {', '.join(wanting)}이(가) 없습니다. 채운 뒤 다시 저장해 주세요."
        )


def suffix(file: Path) -> str:
    """The suffix under which a file is kept (PublishingError where no reader takes it)."""
    if not is_supported(file):
        raise PublishingError(
            f"{file.name}: 읽을 수 없는 형식입니다. PDF·HWPX·DOCX·XLSX·MD 가운데 하나로 올려 주세요."
        )
    return file.suffix.lower()


def written(office: Office, path: str, file: Path, metadata: Metadata) -> tuple[FileChange, ...]:
    """The changes that put a file and its metadata at a path; the result must be readable (SourceError)."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise PublishingError(f"{file}: 파일을 열 수 없습니다. 경로를 확인해 주세요.") from error
    contents, folder = office.contents, office.corpus_dir
    if file.suffix.lower() in MARKDOWN:
        _, body = split_front_matter(raw.decode("utf-8-sig"))
        pairs = [(path, with_front_matter(metadata, body).encode())]
    else:
        pairs = [(path, raw), (f"{path}.yaml", to_yaml(metadata).encode())]
    changes = tuple(
        FileChange(p, content_key(inside(folder, p)), contents.put(content)) for p, content in pairs
    )
    _readable(office, changes, path)
    return changes


def _readable(office: Office, changes: Sequence[FileChange], path: str) -> None:
    empty = office.work_dir / "empty"
    empty.mkdir(parents=True, exist_ok=True)
    with staged(empty, office.work_dir, changes, office.contents) as folder:
        load_document(folder / path, path)


def moved_away(office: Office, path: str) -> tuple[FileChange, ...]:
    """The changes that move a file to the retired ones."""
    key = content_key(inside(office.corpus_dir, path))
    if key is None:
        return ()
    office.contents.put((office.corpus_dir / path).read_bytes())
    aside = f"{RETIRED}/{path}"
    return FileChange(path, key, None), FileChange(aside, content_key(office.corpus_dir / aside), key)
