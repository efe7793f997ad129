"""A folder of files → documents. One bad file never stops the folder: it is left out and named with its
reason."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.corpus.city import load_city
from assistant.corpus.metadata import parse_metadata
from assistant.corpus.readers import read_source
from assistant.corpus.readers.markdown import split_front_matter
from assistant.corpus.readers.plain import decode
from assistant.corpus.sections import split_sections, title_of
from assistant.domain import Document, Metadata, SourceText
from assistant.errors import InvalidMetadata, SettingsError, SourceError

CITY_FILE = "city.yaml"
NOT_DOCUMENTS = frozenset({"README.md", CITY_FILE})
"""Files at the top of a corpus folder that describe it."""
SITUATIONS = "situations"
"""A folder of YAML files at the top of a corpus folder: programme → situations in callers' words."""
MARKDOWN = frozenset({".md", ".markdown"})


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that was left out, and why."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The usable documents of a folder, sorted by path, and the files that were left out.

    `situations`: (programme, a situation in a caller's words) for programmes that have documents here;
    `area_class`: that of the city whose profile lies in the folder.
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    situations: tuple[tuple[str, str], ...] = ()
    area_class: str | None = None


def load_corpus(
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
    read: Callable[[Path], SourceText] = read_source,
) -> Corpus:
    """Read every supported file below `folder`. SettingsError when the folder does not exist."""
    if not folder.is_dir():
        raise SettingsError(f"{folder}: 자료 폴더가 없습니다. --corpus에 있는 폴더를 적어 주세요.")
    documents: list[Document] = []
    problems: list[Problem] = []
    taken: dict[str, str] = {}
    paths = list(source_paths(folder))
    for done, path in enumerate(paths):
        relative = path.relative_to(folder).as_posix()
        try:
            document = load_document(path, relative, read)
            if document.id in taken:
                raise SourceError(
                    f"{relative}: 문서 id {document.id!r}을(를) {taken[document.id]}에서 이미 씁니다. "
                    f"한쪽 id를 바꿔 주세요."
                )
            taken[document.id] = relative
            documents.append(document)
        except SourceError as error:
            problems.append(Problem(relative, str(error)))
        if progress:
            progress(done + 1, len(paths))
    held = {document.metadata.programme_key for document in documents}
    situations, broken = load_situations(folder / SITUATIONS)
    kept = tuple(pair for pair in situations if pair[0] in held)
    area_class, unusable = _area_class(folder / CITY_FILE)
    return Corpus(tuple(documents), (*problems, *broken, *unusable), kept, area_class)


def _area_class(path: Path) -> tuple[str | None, tuple[Problem, ...]]:
    """The area class of a city profile, where there is one that can be used."""
    if not path.is_file():
        return None, ()
    try:
        return load_city(path).area_class, ()
    except InvalidMetadata as problem:
        return None, (Problem(CITY_FILE, str(problem)),)


def load_situations(folder: Path) -> tuple[tuple[tuple[str, str], ...], tuple[Problem, ...]]:
    """Every (programme, situation) of the YAML files in a folder, and the files that are not such
    mappings."""
    found: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            loaded = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
            found += [(str(slug), str(said)) for slug, phrases in loaded.items() for said in phrases]
        except (OSError, ValueError, yaml.YAMLError, AttributeError, TypeError):
            name = f"{SITUATIONS}/{path.name}"
            problems.append(Problem(name, f"{name}: '사업: [상황, …]' 꼴이 아닙니다. 고쳐 주세요."))
    return tuple(found), tuple(problems)


def source_paths(folder: Path) -> Iterator[Path]:
    """Files that should be documents: hidden ones, sidecars and the folder's own README and city profile
    are not."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if not path.is_file() or any(part.startswith((".", "~$")) for part in relative.parts):
            continue
        if relative.as_posix() in NOT_DOCUMENTS or relative.parts[0] == SITUATIONS or _is_sidecar(path):
            continue
        yield path


def _is_sidecar(path: Path) -> bool:
    return path.suffix == ".yaml" and path.with_suffix("").is_file()


def load_document(path: Path, relative: str, read: Callable[[Path], SourceText] = read_source) -> Document:
    """One document; `relative` is its path in the corpus folder, and its id where it has no metadata
    (SourceError)."""
    try:
        source = read(path)
    except SourceError as error:
        raise type(error)(str(error).replace(path.name, relative, 1)) from error
    yaml_text = _metadata_text(path, relative)
    text = source.text
    if yaml_text is None:
        metadata = Metadata(id=relative, title=title_of(text, path.stem))
    else:
        metadata = parse_metadata(yaml_text, relative)
    return Document(metadata, relative, text, split_sections(text), source.page_starts)


def _metadata_text(path: Path, relative: str) -> str | None:
    sidecar = path.with_name(path.name + ".yaml")
    if sidecar.is_file():
        return decode(sidecar.read_bytes(), f"{relative}.yaml")
    if path.suffix.lower() not in MARKDOWN:
        return None
    front, _ = split_front_matter(decode(path.read_bytes(), relative))
    return front


def corpus_hash(documents: tuple[Document, ...]) -> str:
    """A hash of everything that answers can depend on: metadata, text and path of every document."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(repr((document.path, document.metadata)).encode())
        digest.update(document.text.encode())
    return digest.hexdigest()
