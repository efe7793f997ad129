"""A follow-up → a question that stands alone: what it leaves out is taken from the same call's earlier
questions."""

import re
from collections.abc import Sequence

from assistant.retrieval.names import NameMatch, ProgrammeNames
from assistant.retrieval.query import asked_facets

_LINK = re.compile(r"^(?:그럼|그러면|그리고|그런데|근데|아|네|예|음|저기|혹시|또)[\s,]*")
_ELLIPTIC = re.compile(
    r"(?:은요|는요|도요|요\?|그거|그건|그것|거기|그\s?돈|그\s?카드|이거|이건|그때|그럼|그러면|방금|아까|말씀하신)"
)
SHORT = 14
"""A question of at most so many characters that names no programme is taken for a follow-up."""


def standalone(question: str, context: Sequence[str], names: ProgrammeNames) -> str:
    """The question with its programme in front, where it leans on an earlier one; unchanged where it does
    not."""
    if not context or _names(question, names):
        return question
    if not _ELLIPTIC.search(question) and len(question) > SHORT:
        return question
    for earlier in reversed(context):
        if found := _names(earlier, names):
            tail = _LINK.sub("", question)
            if not asked_facets(tail):
                return f"{earlier.rstrip('?？. ')} {tail}"
            return f"{_as_written(earlier, found[0].name)} {tail}"
    bare = _LINK.sub("", question)
    if asked_facets(bare):
        return f"{context[-1].rstrip('?？. ')} {bare}"
    return question


def _names(question: str, names: ProgrammeNames) -> list[NameMatch]:
    """Programmes that the question surely names; a short word that is also a name does not count."""
    return [m for m in names.match(question) if m.certainty >= 0.9 and len(m.name) >= 3]


def _as_written(earlier: str, name: str) -> str:
    """The name as the earlier question spelt it."""
    pattern = r"\s*".join(map(re.escape, name))
    found = re.search(pattern, earlier, re.IGNORECASE)
    return found.group() if found else name
