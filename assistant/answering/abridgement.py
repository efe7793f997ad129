"""Whether a sentence says what its cited statements say, no more and no less, in their own words.

A sentence passes when some whole sentences of the cited statements hold all its content words in their order,
when it keeps all of theirs, and when its numbers with units, negations, limits, conditions, permissions and
duties are exactly theirs, in order. Particles and polite endings are free. What a language model might add,
leave out, swap or promise thus shows as a difference. The words are data: `prose.yaml`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import yaml

from assistant.answering.grounding import numbers

WORDS = Path(__file__).with_name("prose.yaml")
LONGEST_SENTENCE = 200
"""Code points of one sentence; 90 syllables with their spaces and numbers stay well below."""
MOST_CITED = 4
"""Sentences of cited statements that are compared; more than these support no one sentence read out."""

_URL = re.compile(r"(?i)https?:|www\.|[a-z0-9-]+\.(?:com|net|org|kr|io|me|app|info|ly|gl|link|site)(?![a-z])")
_LINKS = re.compile(r"(?i)\(?(?:https?://|www\.)[^\s)<>\]]+\)?|\b[a-z0-9.-]+\.(?:go|or|co|ac|re)\.kr[^\s)]*")
_PLAIN = re.compile(r"[가-힣0-9A-Za-z .,()%~·\-:/'\"“”‘’「」]")
_TWO = re.compile(r"[가-힣)][.!?]\s*[가-힣]")
_TOKEN = re.compile(r"[^\s,()·:;|/~\-\[\]「」『』'\"“”‘’※•<>]+")
_NUMBER = (
    r"\d+(?:[.:/~-]\d+)*(?:천만|백만|십만|만|천|백|억)?"
    r"(?:원|%|개월|세|명|인|회|차|년|월|일|주|시간|시|분|점|급|배|개|건|호)?"
)
_ENDS = re.compile(r"(?<=[가-힣)])[.!?]\s+")
_NEGATING = frozenset("미비불무부")
"""First syllables that turn a word into its opposite: 지급 is not found in 미지급."""


@dataclass(frozen=True, slots=True)
class Support:
    """A cited statement: its words, and the verbatim quotes behind them."""

    text: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What `prose.yaml` holds, compiled."""

    instruction: str
    predicates: frozenset[str]
    fillers: frozenset[str]
    endings: frozenset[str]
    kept: re.Pattern[str]
    promises: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The supports (by position) a sentence stands on; or, with `broken`, the rule it breaks."""

    used: tuple[int, ...] = ()
    broken: str | None = None


@cache
def words_of_prose() -> Words:
    """The prompt and the word lists."""
    data: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    named = "|".join(f"(?P<{name}>{pattern})" for name, pattern in data["kept"].items())
    return Words(
        data["instruction"],
        frozenset(data["predicates"].split()),
        frozenset(data["fillers"].split()),
        frozenset(data["endings"].split()),
        re.compile(f"(?P<number>{_NUMBER})|{named}"),
        tuple(re.compile(pattern) for pattern in data["promises"]),
    )


def without_links(text: str) -> str:
    """A text as a model may see it: addresses of the web removed."""
    return " ".join(_LINKS.sub("", text).split())


def check(sentence: str, supports: Sequence[Support]) -> Checked:
    """Hold one sentence against the statements it cites; reasons are Korean and never quote the sentence."""
    if broken := _form(sentence, supports):
        return Checked(broken=broken)
    if not numbers(sentence) <= numbers(" ".join(chain.from_iterable(s.quotes for s in supports))):
        return Checked(broken="인용한 원문에 없는 숫자가 있습니다")
    cited = " ".join(normal(s.text) for s in supports)
    if any(p.search(normal(sentence)) and not p.search(cited) for p in words_of_prose().promises):
        return Checked(broken="원문에 없는 약속의 말이 있습니다")
    parts = [(i, part) for i, s in enumerate(supports) for part in _ENDS.split(normal(s.text)) if part]
    if len(parts) > MOST_CITED:
        return Checked(broken="한 문장이 너무 많은 원문을 인용합니다")
    reasons: set[str] = set()
    for size in range(1, len(parts) + 1):
        for chosen in combinations(parts, size):
            broken = _difference(normal(sentence), [part for _, part in chosen])
            if broken is None:
                return Checked(used=tuple(dict.fromkeys(i for i, _ in chosen)))
            reasons.add(broken)
    return Checked(broken=next(reason for reason in _BY_NEARNESS if reason in reasons))


_MEANING = "숫자·조건·부정이 인용한 원문과 다릅니다"
_LEFT_OUT = "인용한 원문의 말이 빠졌습니다"
_NEW_WORDS = "인용한 원문에 없는 말이 있거나 순서가 다릅니다"
_BY_NEARNESS = (_LEFT_OUT, _MEANING, _NEW_WORDS)


def normal(text: str) -> str:
    """One spelling: NFKC, no commas or spaces inside numbers and between a number and its unit."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"(?<=\d)\s?([.:/~-])\s?(?=\d)", r"\1", text)
    return re.sub(r"(?<=\d)\s+(?=[가-힣%])|(?<=\d[만천억])\s+(?=원)", "", text)


def _form(sentence: str, supports: Sequence[Support]) -> str | None:
    """What is wrong with a sentence before its words are read."""
    given = set(" ".join(s.text for s in supports))
    if len(sentence) > LONGEST_SENTENCE or not re.search(r"[가-힣0-9)][.]?$", sentence):
        return "문장이 비었거나, 너무 길거나, 끝맺지 않았습니다"
    if _URL.search(unicodedata.normalize("NFKC", sentence)):
        return "인터넷 주소가 들어 있습니다"
    if any(not _PLAIN.match(sign) and sign not in given for sign in sentence):
        return "읽을 수 없는 기호나 서식이 들어 있습니다"
    if _TWO.search(sentence.rstrip(". ")):
        return "한 항목에 문장이 둘 이상입니다"
    return None


def _difference(sentence: str, parts: Sequence[str]) -> str | None:
    """How a sentence differs from what these parts say; None where it does not."""
    if _kept([sentence]) != _kept(parts):
        return _MEANING
    cited = [token for part in parts for token in _tokens(part)]
    said = _places(_tokens(sentence), cited)
    if not said:
        return _NEW_WORDS
    rules, start = words_of_prose(), 0
    for token in cited:
        left = "".join(sign for at, sign in enumerate(token, start) if at not in said)
        bare = left == token
        if left and (token not in rules.predicates if bare else left not in rules.endings):
            return _LEFT_OUT
        start += len(token)
    return None


def _kept(parts: Iterable[str]) -> list[str]:
    """Numbers with their units, and the names of what changes a meaning, in order."""
    found = chain.from_iterable(words_of_prose().kept.finditer(part) for part in parts)
    return [m.group() if m.lastgroup == "number" else str(m.lastgroup) for m in found]


def _tokens(part: str) -> list[str]:
    return [stripped for token in _TOKEN.findall(part) if (stripped := token.strip("."))]


def _places(said: Sequence[str], cited: Sequence[str]) -> set[int]:
    """The code points of the joined cited tokens that the said ones stand on, in order; empty where one has
    none."""
    rules = words_of_prose()
    flat = "".join(cited)
    owner = [i for i, token in enumerate(cited) for _ in token]
    starts = [place for token in cited for place in range(len(token))]
    cursor, places = 0, set[int]()
    for token in said:
        if token in rules.predicates or token in rules.fillers:
            at = next((i for i in range(cursor, len(flat)) if starts[i] == 0), len(flat))
            if flat.startswith(token, at):
                places.update(range(at, at + len(token)))
                cursor = at + len(token)
            continue
        for cut in range(len(token), 0, -1):
            if cut < len(token) and token[cut:] not in rules.endings:
                continue
            at = _find(token[:cut], flat, cursor, cited, owner, starts)
            if at >= 0:
                places.update(range(at, at + cut))
                cursor = at + cut
                break
        else:
            return set()
    return places


def _find(
    stem: str, flat: str, cursor: int, cited: Sequence[str], owner: Sequence[int], starts: Sequence[int]
) -> int:
    """Where a stem stands from `cursor` on: from the start of a cited token, or whole inside one; else -1."""
    at = flat.find(stem, cursor)
    while at >= 0:
        token, place, end = cited[owner[at]], starts[at], at + len(stem)
        rest = token[place + len(stem) :]
        whole = place == 0 and (len(stem) > 1 or rest == "" or rest in words_of_prose().endings)
        inside = (
            place > 0
            and len(stem) > 1
            and place + len(stem) <= len(token)
            and not (place == 1 and token[0] in _NEGATING)
        )
        cuts_number = (stem[0].isdigit() and place > 0 and token[place - 1] in "0123456789.") or (
            stem[-1].isdigit() and end < len(flat) and starts[end] > 0 and flat[end] in "0123456789."
        )
        if (whole or inside) and not cuts_number:
            return at
        at = flat.find(stem, at + 1)
    return -1
