"""One spelling for Korean facts, so that a topic's fact is found however a document writes it.

30만원 = 300,000원, 2021.3.2. = 2021년 3월 2일 = 2021-03-02, 055-749-1234 = (055) 749-1234; spaces, Markdown
and most punctuation do not count. A fact is found only on whole numbers: 30만원 is not in 130만원, 5세 is
not in 65세.
"""

import re
import unicodedata
from functools import lru_cache

UNITS = {"억": 10**8, "천만": 10**7, "백만": 10**6, "만": 10**4, "천": 10**3}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_PART = re.compile(rf"({_NUMBER})\s?(억|천만|백만|만|천)?")
_FULL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?[년.\-/]\s?(\d{1,2})\s?[월.\-/]\s?(\d{1,2})(?!\d)\s?(?:일|\.)?"
)
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})월\s?(\d{1,2})일")
_PHONE = re.compile(r"(?<!\d)\(?(0\d{1,2})\)?[-\s.]?(\d{3,4})[-\s.](\d{4})(?!\d)")
_SHORT_PHONE = re.compile(r"(?<!\d)(1[568]\d\d)-(\d{4})(?!\d)")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[^0-9a-z가-힣%⟦⟧~]+(?=\d)")


@lru_cache(maxsize=65536)
def canonical(text: str) -> str:
    """The text in one spelling: no spaces, amounts in full digits, dates 2021년⟦MMDD⟧, phones as digits."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = _FULL_DATE.sub(_full_date, text)
    text = _MONTH_DAY.sub(lambda m: f"⟦{int(m[1]):02d}{int(m[2]):02d}⟧", text)
    text = _PHONE.sub(r"\1\2\3", text)
    text = _SHORT_PHONE.sub(r"\1\2", text)
    text = _spelled_out(text)
    text = re.sub(r"(?<=\d)\.(?=\d)", "˙", text)
    text = _BETWEEN_DIGITS.sub(lambda m: "˙" if m[0] == "˙" else "·", text)
    return re.sub(r"[^0-9a-z가-힣%⟦⟧~·˙]+", "", text)


def _full_date(match: re.Match[str]) -> str:
    month, day = int(match[2]), int(match[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return match[0]
    return f"{match[1]}년⟦{month:02d}{day:02d}⟧"


def _spelled_out(text: str) -> str:
    """Numbers with 억·만·천 written in digits; 155만 8,419 becomes 1558419."""
    pieces, position = [], 0
    while match := _PART.search(text, position):
        pieces.append(text[position : match.start()])
        value, position = _amount(text, match)
        pieces.append(value)
    pieces.append(text[position:])
    return "".join(pieces)


def _amount(text: str, match: re.Match[str]) -> tuple[str, int]:
    unit = UNITS.get(match[2] or "", 1)
    digits = match[1].replace(",", "")
    if unit == 1:
        return digits, match.end(1)
    total, end = float(digits) * unit, match.end()
    while unit > 1:
        following = _PART.match(text, end + (text[end : end + 1] == " "))
        if not following:
            break
        part = float(following[1].replace(",", "")) * UNITS.get(following[2] or "", 1)
        if part >= unit:
            break
        total, unit = total + part, UNITS.get(following[2] or "", 1)
        end = following.end() if following[2] else following.end(1)
    return (format(round(total), "d") if total == round(total) else str(total)), end


def contains(text: str, fact: str) -> bool:
    """Whether `text` states `fact`: `|` between accepted spellings, `&` between parts that must all occur."""
    haystack = canonical(text)
    return any(
        all(_found(haystack, canonical(part)) for part in spelling.split("&")) for spelling in fact.split("|")
    )


def _found(haystack: str, needle: str) -> bool:
    if not needle:
        return False
    before = r"(?<![\d˙])" if needle[0].isdigit() else ""
    after = r"(?!\d|˙\d)" if needle[-1].isdigit() else ""
    return re.search(before + re.escape(needle) + after, haystack) is not None


def alternatives(spec: str) -> tuple[str, ...]:
    """The parts of `a | b`, stripped."""
    return tuple(part.strip() for part in spec.split("|") if part.strip())


@lru_cache(maxsize=65536)
def number_sequence(text: str) -> tuple[str, ...]:
    """The numbers of a text in order, in digits (amounts in full, separators dropped)."""
    spelled = _spelled_out(unicodedata.normalize("NFKC", text))
    return tuple(_plain(n) for n in re.findall(r"\d+(?:\.\d+)?", spelled))


def _plain(number: str) -> str:
    value = float(number)
    return format(round(value), "d") if value == round(value) else number


def amounts(text: str) -> frozenset[str]:
    """Sums of money and shares stated in a text: 300000원, 30%."""
    return frozenset(re.findall(r"\d+(?:˙\d+)?(?:원|%)", canonical(text)))


def dates(text: str) -> frozenset[str]:
    """Days stated in a text, as MMDD or YYYY-MMDD."""
    found = re.findall(r"(?:(\d{4})년)?⟦(\d{4})⟧", canonical(text))
    return frozenset(f"{year}-{day}" if year else day for year, day in found)


def words(text: str) -> tuple[str, ...]:
    """Runs of letters and digits, in canonical spelling of each run."""
    return tuple(re.findall(r"[0-9a-z가-힣%]+", unicodedata.normalize("NFKC", text).lower()))


def phones(text: str) -> frozenset[str]:
    """Phone numbers stated in a text, as digits: area or mobile, 15xx-xxxx, and three-digit hot-lines."""
    return frozenset(
        re.findall(r"(?<!\d)(?:0\d{8,10}|1[568]\d{6}|1\d{2,3})(?![\d%원년월일명세인만˙])", canonical(text))
    )


def syllables(text: str) -> int:
    """Hangul syllables: what reading aloud takes time for."""
    return len(re.findall(r"[가-힣]", text))
