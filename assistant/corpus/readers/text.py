"""Plain text: every line is a paragraph, a heading or an item by its numbering."""

from assistant.corpus.readers.blocks import PAGE_BREAK, render
from assistant.corpus.readers.outline import blocks_of, outlined
from assistant.corpus.readers.plain import normal
from assistant.domain import SourceText


def read_text(text: str) -> SourceText:
    """The text as Markdown. A plain text file breaks where its author did: lines are not joined."""
    lines = [line for line in normal(text).replace(PAGE_BREAK, "\n").split("\n") if line.strip()]
    return render(outlined([block for line in lines for block in blocks_of(line)]))
