"""Pages of a PDF as pictures, drawn in a process of its own: `python -m assistant.publishing.page_images`."""

import io
import sys
from pathlib import Path

WIDTH = 760
"""Pixels across: readable in half a screen."""


def main(file: str, folder: str, most: str) -> None:
    """Draw the first pages of `file` into `folder` as 0001.jpg, 0002.jpg …"""
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    for number in range(min(len(document), int(most))):
        page = document[number]
        picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
        written = io.BytesIO()
        picture.save(written, "JPEG", quality=72)
        (Path(folder) / f"{number + 1:04}.jpg").write_bytes(written.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:4])
