"""An uploaded document as it will be cited, section by section, beside the file as it looks."""

from base64 import b64encode
from urllib.parse import quote

from assistant.channels.web.markup import element, safe, section_html
from assistant.channels.wording import FACET
from assistant.domain import Document, Facet, Section
from assistant.publishing.originals import Original

LOCKED = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'; img-src data:\">"
)
"""Put before an uploaded web page: it may show itself, and load or run nothing."""
CUT = '<p class="quiet">앞부분만 보입니다. 나머지는 파일을 열어 견주어 주세요.</p>'
PLAIN = (".md", ".markdown", ".txt")
SHOWN_TEXT = 200_000
"""So many characters of a file that is shown as it is written."""


def document_html(document: Document, original: Original) -> str:
    """Sections left, the file right: page by page, section by section, or as a whole."""
    if original.html is not None:
        frame = element("iframe", "", sandbox="", srcdoc=LOCKED + original.html, title="올린 파일의 모습")
        rows = [(_sections(document, document.sections), frame + ("" if original.whole else CUT))]
    elif original.text is not None:
        written = element("pre", safe(original.text[:SHOWN_TEXT]))
        rows = [(_sections(document, document.sections), written)]
    elif document.path.lower().endswith(PLAIN):
        rows = [(_sections(document, (s,)), _written(document, s)) for s in document.sections]
    elif document.page_starts and original.pages:
        rows = _by_page(document, original)
    else:
        rows = [(_sections(document, document.sections), _pictures(original, 0, len(original.pages)))]
    head = f'<div class="beside head"><h3>인용될 글</h3><h3>올린 파일{_link(original)}</h3></div>'
    body = "".join(f'<div class="beside"><div>{left}</div><div>{right}</div></div>' for left, right in rows)
    counted = sum(len(document.text[s.char_start : s.char_end].strip()) for s in document.sections)
    told = f"항목 {len(document.sections)}개, {counted:,}자를 읽었습니다. 표와 금액이 그대로인지 보세요."
    return f'<div class="as-cited"><p class="quiet">{told}</p>{head}{body}</div>'


def _link(original: Original) -> str:
    """The file itself, to be opened in the program that made it: Gradio gives out what was uploaded to it."""
    if original.path is None:
        return ""
    address = f"/gradio_api/file={quote(str(original.path))}"
    return " " + element("a", "원본 내려받기", href=address, download=original.name, class_="original")


def _sections(document: Document, sections: tuple[Section, ...]) -> str:
    return (
        "".join(_section(document, section) for section in sections) or '<p class="quiet">글이 없습니다.</p>'
    )


def _section(document: Document, section: Section) -> str:
    text = document.text[section.char_start : section.char_end].strip("\n")
    if not text.strip():
        return ""
    path = safe(" › ".join(section.heading_path[-2:]) or "머리")
    facet = FACET.get(section.facet) if section.facet is not Facet.OTHER else None
    tag = f'<span class="tag">{safe(facet)}</span>' if facet else '<span class="tag ask">기타</span>'
    return f'<section class="cited-section"><h4>{path} {tag}</h4>{section_html(text, ())}</section>'


def _written(document: Document, section: Section) -> str:
    text = document.text[section.char_start : section.char_end].strip("\n")
    return element("pre", safe(text)) if text.strip() else ""


def _by_page(document: Document, original: Original) -> list[tuple[str, str]]:
    """A row for each page on which sections begin, with the pictures up to the next such page."""
    pages: dict[int, list[Section]] = {}
    for section in document.sections:
        pages.setdefault(document.page_at(section.char_start) or 1, []).append(section)
    starts = sorted(pages)
    rows = []
    for position, page in enumerate(starts):
        until = starts[position + 1] - 1 if position + 1 < len(starts) else len(original.pages)
        first = 0 if position == 0 else page - 1
        rows.append((_sections(document, tuple(pages[page])), _pictures(original, first, max(until, page))))
    return rows


def _pictures(original: Original, first: int, until: int) -> str:
    shown = "".join(
        element("img", "", alt=f"{original.name} {number}쪽", src=f"data:{_kind(page)};base64,{_text(page)}")
        for number, page in enumerate(original.pages[first:until], first + 1)
    )
    if not shown and original.pages and not original.whole:
        return (
            f'<p class="quiet">앞 {len(original.pages)}쪽만 그림으로 보입니다. 파일을 열어 견주어 주세요.</p>'
        )
    if not shown:
        return '<p class="quiet">이 형식은 그림으로 볼 수 없습니다. 파일을 열어 견주어 주세요.</p>'
    first_page = (
        ""
        if original.whole
        else '<p class="quiet">첫 쪽 그림만 있습니다. 나머지는 파일을 열어 견주어 주세요.</p>'
    )
    return shown + (first_page if len(original.pages) == 1 else "")


def _text(picture: bytes) -> str:
    return b64encode(picture).decode()


def _kind(picture: bytes) -> str:
    return "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
