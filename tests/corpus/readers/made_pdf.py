"""PDFs made for tests: Korean text at given places and ruled lines, one page after another."""

from dataclasses import dataclass

Words = tuple[float, float, str]
"""x and y in points from the lower left, and the text; an optional size is the page's own."""
Rule = tuple[float, float, float, float]
"""x0, y0, x1, y1 of a line."""


@dataclass(frozen=True)
class PdfPage:
    """A page of 500 × 700 points."""

    words: tuple[Words, ...] = ()
    rules: tuple[Rule, ...] = ()
    size: int = 10


def _content(page: PdfPage) -> bytes:
    lines = [f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in page.rules]
    for x, y, text in page.words:
        lines.append(f"BT /F1 {page.size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET")
    return "\n".join(lines).encode()


def made_pdf(*pages: PdfPage) -> bytes:
    """The file. Characters are one size wide, spaces too, so that places can be counted."""
    numbers = [6 + 2 * i for i in range(len(pages))]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{' '.join(f'{n} 0 R' for n in numbers)}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/HYSMyeongJo-Medium/Encoding/UniKS-UTF16-H"
        b"/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/HYSMyeongJo-Medium/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Korea1)/Supplement 1>>/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/HYSMyeongJo-Medium/Flags 6/Ascent 880/Descent -120"
        b"/FontBBox[0 -120 1000 880]/ItalicAngle 0/CapHeight 880/StemV 80>>",
    ]
    for number, page in zip(numbers, pages, strict=True):
        content = _content(page)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 700]/Contents {number + 1} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream")
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + trailer
