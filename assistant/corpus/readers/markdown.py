"""Markdown is the corpus's own format: the text stays as it is, and the front matter is set apart."""

import re

from assistant.corpus.readers.plain import normal

_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)


def split_front_matter(text: str) -> tuple[str | None, str]:
    """The YAML between the `---` lines at the top (None without them) and the body, both NFC with LF.

    A lone `---` without its partner is a rule of Markdown, not front matter: the text stays whole.
    """
    text = normal(text)
    match = _FRONT_MATTER.match(text)
    if match is None:
        return None, text
    return match.group(1), text[match.end() :]
