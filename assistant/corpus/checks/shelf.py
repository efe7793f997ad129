"""The documents of a corpus as the checks want them: with their lines, by id, by programme and by round."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.library import MARKDOWN
from assistant.corpus.readers.markdown import split_front_matter
from assistant.domain import Document, Facet, Metadata, Unit

Place = tuple[str, int]
"""A path relative to the corpus folder, and a line from 1."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A document with the YAML that describes it; `front` is empty where it has none."""

    document: Document
    front: str
    front_path: str
    front_line: int
    """The line of `front_path` on which `front` begins."""
    body_line: int
    """The line of the document's file on which its text begins."""

    @property
    def metadata(self) -> Metadata:
        """The document's metadata."""
        return self.document.metadata

    def at_key(self, key: str, containing: str | None = None) -> Place:
        """The line of a front matter key, or the first line from there on that contains `containing`."""
        found = re.search(rf"^{re.escape(key)}[ \t]*:", self.front, re.MULTILINE)
        start = found.start() if found else 0
        if containing and (inner := self.front.find(containing, start)) >= 0:
            start = inner
        return self.front_path, self.front_line + self.front[:start].count("\n")

    def at_offset(self, offset: int) -> Place:
        """The line that holds a code point of the document's text."""
        return self.document.path, self.body_line + self.document.text[:offset].count("\n")

    def facets(self) -> frozenset[Facet]:
        """The facets that the text has sections for."""
        return frozenset(section.facet for section in self.document.sections)


@dataclass(frozen=True, slots=True)
class Shelf:
    """All documents of a corpus, and the ways to look them up."""

    files: tuple[Filed, ...]
    by_id: Mapping[str, Filed]
    programmes: Mapping[str, tuple[Filed, ...]]
    units: Mapping[str, tuple[tuple[Facet, Unit], ...]]
    """Of each document by its id: its units, each with the facet of its section."""

    def rounds(self) -> Iterable[tuple[Filed, ...]]:
        """The documents of each programme and round."""
        for family in self.programmes.values():
            rounds: defaultdict[str | None, list[Filed]] = defaultdict(list)
            for filed in family:
                rounds[filed.metadata.round].append(filed)
            yield from (tuple(group) for group in rounds.values())


def shelve(
    folder: Path, documents: tuple[Document, ...], units: Mapping[str, tuple[tuple[Facet, Unit], ...]]
) -> Shelf:
    """The shelf of the documents that were read from `folder`."""
    files = tuple(_filed(folder, document) for document in documents)
    programmes: defaultdict[str, list[Filed]] = defaultdict(list)
    for filed in files:
        programmes[filed.metadata.programme_key].append(filed)
    return Shelf(
        files, {f.metadata.id: f for f in files}, {k: tuple(v) for k, v in programmes.items()}, units
    )


def _filed(folder: Path, document: Document) -> Filed:
    path = folder / document.path
    sidecar = path.with_name(path.name + ".yaml")
    if sidecar.is_file():
        return Filed(document, sidecar.read_text(encoding="utf-8"), document.path + ".yaml", 1, 1)
    if path.suffix.lower() not in MARKDOWN:
        return Filed(document, "", document.path, 1, 1)
    raw = path.read_text(encoding="utf-8-sig")
    front, body = split_front_matter(raw)
    before = len(raw.splitlines()) - len(body.splitlines())
    return Filed(document, front or "", document.path, 2, before + 1)
