"""Write the documents of the corpus that offices keep as PDF, HWPX, DOCX or XLSX.

Each source is `corpus/.sources/<category>/<id>.<format>.md`: Markdown with the usual front matter. It becomes
`corpus/<category>/<id>.<format>`, and its front matter the sidecar `<id>.<format>.yaml`. Each file is then read back
by the project's own reader and compared with its source: headings, facets, sentences, rows and numbers must agree.

Run by hand, from the project's root, after a source was changed:

    python corpus/.sources/render.py            # all
    python corpus/.sources/render.py PART …     # those whose path contains PART

It needs what the project does not: `pip install fpdf2 python-hwpx`, and NanumGothic (`apt-get install fonts-nanum`).
python-docx and openpyxl are there already. The same source gives the same bytes.
"""

import itertools
import logging
import re
import sys
import zipfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

import write_office
import write_pdf
import yaml
from blocks import blocks_of

from assistant.corpus.library import load_document
from assistant.corpus.readers.markdown import split_front_matter
from assistant.corpus.units import split_units
from assistant.domain import Document

logging.getLogger("fontTools").setLevel(logging.ERROR)
SOURCES = Path(__file__).parent
CORPUS = SOURCES.parent
WRITERS = {
    "pdf": write_pdf.write,
    "hwpx": write_office.write_hwpx,
    "docx": write_office.write_docx,
    "xlsx": write_office.write_xlsx,
}


def render(source: Path) -> Path:
    """Write the document of one source with its sidecar; its path."""
    front, body = split_front_matter(source.read_text(encoding="utf-8"))
    facts = yaml.safe_load(front or "")
    name = source.name.removesuffix(".md")
    path = CORPUS / source.parent.name / name
    WRITERS[path.suffix[1:]](blocks_of(body), path, facts["title"], facts["publisher"])
    if path.suffix != ".pdf":
        _without_clock(path)
    path.with_name(name + ".yaml").write_text(front.strip("\n") + "\n", encoding="utf-8")
    return path


def _without_clock(path: Path) -> None:
    """Zip archives name the time at which each member was written: give all the same one."""
    with zipfile.ZipFile(path) as archive:
        members = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for info, content in members:
            fixed = zipfile.ZipInfo(info.filename, (2024, 1, 1, 0, 0, 0))
            fixed.compress_type = info.compress_type
            archive.writestr(fixed, _without_stamp(info.filename, content))


def _without_stamp(name: str, content: bytes) -> bytes:
    """A member without the time of writing and without numbers drawn at random."""
    if name.startswith("Contents/section"):
        count = itertools.count(1)
        return re.sub(rb'(?<= id=")\d{5,}(?=")', lambda _: b"%d" % next(count), content)
    if not name.endswith(("core.xml", "content.hpf")):
        return content
    return re.sub(
        rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?", b"2024-01-01T00:00:00Z", content
    )


def differences(source: Path, path: Path) -> list[str]:
    """What the reader gives back otherwise than the source says."""
    want, got = _said(load_document(source, source.name)), _said(load_document(path, path.name))
    return [f"- {line}" for line in want if line not in got] + [
        f"+ {line}" for line in got if line not in want
    ]


def _said(document: Document) -> list[str]:
    return [
        f"{'/'.join(section.heading_path)} [{section.facet}] {unit.text}"
        for section in document.sections
        for unit in split_units(document.text, section.char_start, section.char_end)
    ]


def main(parts: list[str]) -> int:
    """Render and compare; 1 when something was not read back as it was written."""
    wrong = 0
    for source in sorted(SOURCES.glob("*/*.md")):
        if parts and not any(part in str(source) for part in parts):
            continue
        path = render(source)
        found = differences(source, path)
        wrong += bool(found)
        print(f"{path.relative_to(CORPUS)}: {path.stat().st_size / 1024:.0f} KB", *found, sep="\n  ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
