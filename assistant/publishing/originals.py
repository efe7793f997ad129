"""An uploaded file as its maker sees it, to hold beside the text that will be cited."""

import subprocess
import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.corpus.readers.plain import decode
from assistant.errors import SourceError
from assistant.publishing.plain_html import plain_html

PAGES, SECONDS = 12, 30
"""So many pages of a PDF are drawn, in no more than so many seconds."""
LARGEST_GLANCE = 4 * 1024 * 1024
GLANCES = ("Preview/PrvImage.png", "docProps/thumbnail.jpeg")
"""The picture of the first page that Hancom Office, or Word, keeps inside a file."""


@dataclass(frozen=True, slots=True)
class Original:
    """What can be shown of a file: pictures of its pages (JPEG or PNG), its HTML, its text, or nothing.

    `path`: where it is.
    """

    name: str
    pages: tuple[bytes, ...] = ()
    html: str | None = None
    text: str | None = None
    whole: bool = True
    path: Path | None = None


def original_of(file: Path) -> Original:
    """The file as it looks, as far as that can be drawn here; what cannot is not an error."""
    return replace(_seen(file), path=file)


def _seen(file: Path) -> Original:
    suffix = file.suffix.lower()
    try:
        if suffix == ".pdf":
            return _drawn(file)
        if suffix in (".html", ".htm"):
            return Original(file.name, html=decode(file.read_bytes(), file.name))
        if suffix == ".csv":
            return Original(file.name, text=decode(file.read_bytes(), file.name))
        if (plain := plain_html(file)) is not None:
            return Original(file.name, html=plain[0], whole=plain[1])
        if zipfile.is_zipfile(file):
            return Original(file.name, _glance(file), whole=False)
    except (OSError, SourceError, zipfile.BadZipFile, subprocess.TimeoutExpired):
        return Original(file.name)
    return Original(file.name)


def _drawn(file: Path) -> Original:
    with TemporaryDirectory(prefix="pages-") as folder:
        command = [sys.executable, "-m", "assistant.publishing.page_images", str(file), folder, str(PAGES)]
        subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        pages = tuple(path.read_bytes() for path in sorted(Path(folder).glob("*.jpg")))
    return Original(file.name, pages, whole=len(pages) < PAGES)


def _glance(file: Path) -> tuple[bytes, ...]:
    with zipfile.ZipFile(file) as archive:
        for name in GLANCES:
            if name in archive.namelist() and archive.getinfo(name).file_size <= LARGEST_GLANCE:
                return (archive.read(name),)
    return ()
