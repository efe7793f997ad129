"""What the text of an uploaded document states about itself: days, windows, contacts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.domain import Contact, Window

_FULL = r"(20\d\d)\s*[.년\-/]\s*(\d{1,2})\s*[.월\-/]\s*(\d{1,2})(?!\d)\s*[.일]?"
_START = rf"(?:{_FULL}|(?<!\d)(\d{{1,2}})\s*월\s*(\d{{1,2}})\s*일)"
_END = (
    r"(?:(?:(20\d\d)\s*[.년\-/]\s*)?(\d{1,2})\s*[.월\-/]\s*(\d{1,2})(?!\d)\s*+[.일]?+|(?<!\d)(\d{1,2})\s*일)"
)
_ASIDE = r"\s*(?:\([^)\n]{1,6}\))?\s*(?:\d{1,2}(?::\d\d|시))?\s*"
"""The weekday and the time that may stand behind a day."""
_LIVED = re.compile(r"\s*(?:출생|태어|거주|전입|등록|가입|퇴직|실직|발생|시행|적용)")
"""Days on which something must have happened are no window."""
_SPAN = re.compile(rf"{_START}[^\n~∼〜–-]{{0,12}}?(?:[~∼〜–-]|부터)\s*{_END}(?:\s*까지)?+")
_ONE_END = re.compile(rf"{_START}{_ASIDE}(까지|부터)")
_IN_FORCE = re.compile(
    rf"(?:시행|적용)\s?일자?(?:은|는)?\W{{0,6}}{_START}|{_START}{_ASIDE}(?:부터\s*)?(?:시행|적용)(?!\s?기간)"
)
_IN_FORCE_FOR = re.compile(r"(?:시행|적용|유효|사업)\s?기간(?:은|는)?\W{0,6}$")
_PUBLISHED = re.compile(rf"(?:공고|게시|고시|등록|발행|작성|배포)\s?일자?\W{{0,6}}{_FULL}")
_DAY_ALONE = re.compile(rf"^\W*{_FULL}\s*(?:\([월화수목금토일]\))?\W*$")
_SIGNED = re.compile(r"(?:시장|군수|구청장|도지사|장관|청장|이사장|동장|면장|읍장)\W*(?:직인.*)?$")
_TOP = 4
"""A day that stands alone in one of so many lines under the title is that of the notice."""
_KINDS = (("appeal", "이의"), ("use", "사용"), ("pay", "지급"), ("apply", "신청|접수|모집"))
_PERIOD = re.compile(r"기간|기한|일정|마감")

_LONG = r"0\d{1,2}-\d{3,4}-\d{4}|1[568]\d\d-\d{4}"
_SUFFIX = r"(?:과|팀|센터|공단|공사|청|재단|본부|지사)"
_PHONE = re.compile(rf"(?<!\d)(?:{_LONG}|(?<=\D)1\d{{2,3}}(?=\s*(?:[)번]|$)))(?!\d)")
_DESK = re.compile(rf"([가-힣·()\s]{{2,24}}?{_SUFFIX})[^\n가-힣]{{0,6}}$")
_NUMBER_FIRST = re.compile(
    rf"(?:(?<!\d)({_LONG})|(?:^|[-·•,/(:]|없이|전화)\s*(1\d{{2,3}}))(?!\d)\s*[(:]?\s*"
    rf"((?:[가-힣]{{2,10}} ){{0,2}}?[가-힣]{{1,12}}?{_SUFFIX})"
    r"(?=(?:으?로|에|에서|나|와)?(?:[^가-힣]|$))"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text says; `unclear`: windows of which it does not say the year, as they are written."""

    windows: tuple[Window, ...] = ()
    unclear: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    published_on: date | None = None
    effective_from: date | None = None
    effective_until: date | None = None


def stated(title: str, text: str) -> Stated:
    """What a text under a title states; a day without a year has that of its line, the title or the text."""
    year = _year_of(title, text)
    windows, unclear = _windows(text, year)
    begins, ends = _in_force(text, year)
    return Stated(windows, unclear, _contacts(text), _published(text), begins, ends)


def _year_of(title: str, text: str) -> int | None:
    """The year that the title names, else the only one that the text names."""
    named = re.findall(r"20\d\d", title) or list(dict.fromkeys(re.findall(r"(20\d\d)\s*[.년\-/]", text)))
    return int(named[0]) if len(named) == 1 else None


def _windows(text: str, year: int | None) -> tuple[tuple[Window, ...], tuple[str, ...]]:
    """Windows of lines that say what they are for, or that stand under a heading on a period."""
    found, unclear, heading = list[Window](), list[str](), ""
    for line in text.splitlines():
        if line.startswith("#"):
            heading = line if _PERIOD.search(line) else ""
        kind = _kind_of(line) or _kind_of(heading)
        if kind is None or _IN_FORCE_FOR.search(re.split(r"\d", line, maxsplit=1)[0]):
            continue
        for words, start, end in _days_in(line, year):
            if start is None and end is None:
                unclear.append(words)
            else:
                found.append(Window(kind, start, end))
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(unclear))


def _days_in(line: str, year: int | None) -> Iterator[tuple[str, date | None, date | None]]:
    """Spans and single ends of a line, with their words; without days where it is not said which year."""
    rest = line
    for match in _SPAN.finditer(line):
        rest = rest.replace(match.group(), " " * len(match.group()), 1)
        near = _year_before(line, match.start()) or year
        span = _span(match, near)
        if _LIVED.match(line, match.end()):
            continue
        if span is not None and span[0] <= span[1]:
            yield match.group(), *span
        elif near is None and match.group(1) is None:
            yield match.group().strip(), None, None
    for match in _ONE_END.finditer(rest):
        near = _year_before(line, match.start()) or year
        day = _day(match.groups()[:5], near)
        if _LIVED.match(line, match.end()):
            continue
        if day is not None:
            yield match.group(), *((None, day) if match.group(6) == "까지" else (day, None))
        elif near is None and match.group(1) is None:
            yield match.group().strip(), None, None


def _kind_of(words: str) -> str | None:
    return next((kind for kind, pattern in _KINDS if re.search(pattern, words)), None)


def _year_before(line: str, place: int) -> int | None:
    """The year that the line names last before a place."""
    years = re.findall(r"20\d\d(?=\s*[.년\-/])", line[:place])
    return int(years[-1]) if years else None


def _day(parts: tuple[str | None, ...], year: int | None) -> date | None:
    """A day of its year, month and day, or of month and day alone in `year`; None: which year, or no day."""
    y, m, d, month, day = parts
    try:
        if y is not None and m is not None and d is not None:
            return date(int(y), int(m), int(d))
        return date(year, int(month), int(day)) if year and month and day else None
    except ValueError:
        return None


def _span(match: re.Match[str], year: int | None) -> tuple[date, date] | None:
    """Both days of a span; an end without its year or month has those of the start, or the year after."""
    start = _day(match.groups()[:5], year)
    if start is None:
        return None
    y, month, day, day_alone = match.groups()[5:9]
    try:
        end = date(int(y or start.year), int(month or start.month), int(day or day_alone))
        return (start, end.replace(year=end.year + 1) if end < start and y is None and month else end)
    except ValueError:
        return None


def _in_force(text: str, year: int | None) -> tuple[date | None, date | None]:
    """From when, and until when, the text says that its rules are in force."""
    for line in text.splitlines():
        for match in _SPAN.finditer(line):
            if _IN_FORCE_FOR.search(line[: match.start()]) and (span := _span(match, year)):
                return span
    for line in text.splitlines():
        for match in _IN_FORCE.finditer(line):
            groups = match.groups()
            day = _day(groups[:5], year) or _day(groups[5:10], year)
            if day is not None:
                return day, None
    return None, None


def _published(text: str) -> date | None:
    """The day of a notice: named so, alone in a line under the title, or above who signed it."""
    if match := _PUBLISHED.search(text):
        return _day((*match.groups(), None, None), None)
    lines = [line for line in text.splitlines() if line.strip()]
    for place, line in enumerate(lines):
        match = _DAY_ALONE.match(line)
        signed = place + 1 < len(lines) and _SIGNED.search(lines[place + 1])
        if match and (place <= _TOP or signed):
            return _day((*match.groups(), None, None), None)
    return None


def _contacts(text: str) -> tuple[Contact, ...]:
    """Desks with their public numbers; the name stands before the number, or behind it."""
    found: dict[str, Contact] = {}
    for line in text.splitlines():
        plain = re.sub(r"[*|☎]", " ", line)
        before = {
            match.group(): desk.group(1)
            for match in _PHONE.finditer(plain)
            if (desk := _DESK.search(plain[: match.start()]))
        }
        behind = {m.group(1) or m.group(2): m.group(3) for m in _NUMBER_FIRST.finditer(plain)}
        first = next(iter(behind), None)
        named = before | behind if first is not None and first not in before else behind | before
        for phone, name in named.items():
            found.setdefault(phone, Contact(" ".join(name.split()), phone))
    return tuple(found.values())
