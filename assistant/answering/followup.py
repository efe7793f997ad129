"""A follow-up → a question that stands alone: what it leaves out is taken from the same call's earlier
questions."""

import re
from collections.abc import Callable, Sequence

from assistant.answering.contrasts import Contrasts
from assistant.domain import Facet
from assistant.retrieval.names import NameMatch, ProgrammeNames
from assistant.retrieval.query import asked_facets, household_of

_LINK = re.compile(
    r"^(?:(?:그럼|그러면|그라모|그라믄|그리고|그런데|근데|저기|혹시|또)[\s,]*|(?:아|네|예|음)(?:[\s,]+|$))"
)
_ELLIPTIC = re.compile(
    r"(?:은요|는요|도요|그거|그건|그것|거기|그\s?돈|그\s?카드|이거|이건|그때|그럼|그러면|방금|아까|말씀하신)"
)
_BY_HOUSEHOLD = frozenset({Facet.BENEFIT, Facet.CRITERIA, Facet.TARGET})
"""What a question asks for that differs with the number of persons."""
_BARE = re.compile(r"(?:은요|는요|도요)[\s?？.]*$|^(?:그럼|그러면)")
_HOUSEHOLD = re.compile(
    r"(?<!\d)\d{1,2}\s?인(?:\s?(?:가구|가족|세대|식구)(?:인데|이고|이면|라면|로|는|은|의)?|이고|인데|이면)[\s,]*"
    r"|(?:한|두|세|네|다섯|여섯|일곱|\d{1,2})\s?(?:식구|가족)(?:인데|이고|이면)?[\s,]*"
)
_ASKS = re.compile(r"(?:\s*(?:얼마|금액|언제|어디|서류|신청|대상|자격|조건|방법|기간|기한|마감|연락처))+$")
SHORT = 30
"""A question of at most so many characters that names no programme is taken for a follow-up."""
_NEW = re.compile(
    r"(?:지원|도움|혜택|수당|급여|제도|서비스|돈)\S{0,6}\s?(?:거|게|것|곳|데)?\s?(?:있|없)|뭐\s?없|무슨\s?지원"
)
"""Words that ask whether there is something at all: a new matter, whatever went before."""


def standalone(
    question: str,
    context: Sequence[str],
    names: ProgrammeNames,
    contrasts: Contrasts | None = None,
    about: Callable[[str], str | None] | None = None,
) -> str:
    """The question with what it leans on in front: its programme, and the household told before where it
    asks for something that hangs on it; unchanged where it leans on nothing. With `contrasts`, what the
    question puts another thing in the place of is left out. `about`: the title of the programme that an
    earlier question was answered from, where it names none."""
    alone = _with_programme(question, context, names, contrasts, about)
    if alone == question and not _BARE.search(question):
        return alone
    facets = asked_facets(alone)
    if household_of(alone) is not None or (facets and not _BY_HOUSEHOLD.intersection(facets)):
        return alone
    told = next((n for n in map(household_of, reversed(context)) if n is not None), None)
    return alone if told is None else f"{told}인 가구 {_LINK.sub('', alone)}"


def bare_name(name: str) -> str:
    """A name as spelt, without words that ask for something: an alias may be "생계급여 얼마"."""
    bare = _ASKS.sub("", name).rstrip()
    return bare if len(bare) >= 3 else name


def bare_title(title: str) -> str:
    """A title as people say it: without its year and brackets."""
    return re.sub(r"\s*\([^)]*\)", "", title).strip()


def without_household(question: str) -> str:
    """A question without the words that tell how many persons live in the household."""
    return _HOUSEHOLD.sub("", question).strip() or question


def _with_programme(
    question: str,
    context: Sequence[str],
    names: ProgrammeNames,
    contrasts: Contrasts | None,
    about: Callable[[str], str | None] | None,
) -> str:
    if not context or _names(question, names):
        return question
    if not _ELLIPTIC.search(question) and (len(question) > SHORT or _NEW.search(question)):
        return question
    tail = _LINK.sub("", question)
    for earlier in reversed(context):
        found = _names(earlier, names)
        name = found[0].name if found else None
        if name is None and about is not None and not _leans(earlier):
            name = about(earlier)
        if name is None:
            continue
        if not asked_facets(tail):
            kept = earlier if household_of(tail) is None else without_household(earlier)
            kept = contrasts.replaced(kept, tail, name) if contrasts else kept
            return f"{kept.rstrip('?？. ')} {tail}"
        return f"{_as_written(earlier, name) if found else name} {tail}"
    if asked_facets(tail):
        return f"{context[-1].rstrip('?？. ')} {tail}"
    return question


def _leans(earlier: str) -> bool:
    """Whether an earlier question was itself one that leans on another."""
    return bool(_BARE.search(earlier)) or len(_ASKS.sub("", earlier.rstrip("?？. "))) < len(earlier) / 3


def _names(question: str, names: ProgrammeNames) -> list[NameMatch]:
    """Programmes that the question surely names; a short word that is also a name does not count."""
    return [m for m in names.match(question) if m.certainty >= 0.9 and len(m.name) >= 3]


def _as_written(earlier: str, name: str) -> str:
    """The name as the earlier question spelt it."""
    pattern = r"\s*".join(map(re.escape, name))
    found = re.search(pattern, earlier, re.IGNORECASE)
    return bare_name(found.group() if found else name)
