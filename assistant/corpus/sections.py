"""Markdown text → sections with a facet, by headings, bold labels and `대상:` labels."""

import re

from assistant.domain import Facet, Section

FACET_WORDS: tuple[tuple[Facet, str], ...] = (
    (Facet.EXCLUSION, r"제외|중복|유의|주의|제한|불가|환수"),
    (Facet.PAPERWORK, r"서류|준비물|제출물|지참"),
    (Facet.PERIOD, r"기간|기한|시기|일정|마감|지급일|시간|언제"),
    (Facet.CONTACT, r"문의|연락|전화번호|담당부서|상담처"),
    (Facet.TARGET, r"대상|자격|누가"),
    (Facet.CRITERIA, r"기준|요건|조건|소득|재산"),
    (Facet.APPLICATION, r"방법|신청|접수|절차|이용|어디"),
    (Facet.BENEFIT, r"내용|금액|급여|혜택|지원|단가|수당|서비스|할인|감면|한도"),
)
"""The first pattern that occurs in a heading names its facet."""

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t#]*$")
_BOLD_LABEL = re.compile(r"^[ \t]*(?:[-*•][ \t]+)?\*\*[ \t]*([^*\n]{1,20}?)[ \t]*:?[ \t]*\*\*[ \t]*:?[ \t]*")
_PLAIN_LABEL = re.compile(
    r"^[ \t]*(?:[-*•○□][ \t]+)?((?:지원|신청|이용|선정|구비|제출)?[ \t]?"
    r"(?:대상|자격|기준|내용|금액|방법|절차|서류|기간|기한|문의|문의처|제외[ \t]?대상))[ \t]*[:\uff1a][ \t]*"
)


def facet_of(heading: str) -> Facet:
    """The facet that a heading names; OTHER where it names none."""
    for facet, pattern in FACET_WORDS:
        if re.search(pattern, heading):
            return facet
    return Facet.OTHER


def title_of(text: str, fallback: str) -> str:
    """The first heading, else the first line that is not empty (at most 80 characters), else `fallback`."""
    first_line = ""
    for line in text.splitlines():
        if heading := _HEADING.match(line):
            return plain_heading(heading.group(2))
        first_line = first_line or line.strip(" \t-*•#>|")
    return first_line[:80] or fallback


def plain_heading(heading: str) -> str:
    """A heading without bold marks and colons."""
    return re.sub(r"[*_`]+", "", heading).strip(" \t:\uff1a")


def split_sections(text: str) -> tuple[Section, ...]:
    """Sections in order. The document's title heading is no part of a heading path; text before any
    heading is OTHER."""
    sections: list[Section] = []
    path: list[tuple[int, str]] = []
    label: str | None = None
    start, offset, titled = 0, 0, False
    for line in text.splitlines(keepends=True):
        heading = _HEADING.match(line.rstrip("\n"))
        found = None if heading else _label(line)
        if heading or found:
            _close(sections, text, path, label, start, offset)
            label, start = None, offset + len(line)
        if heading:
            level, words = len(heading.group(1)), plain_heading(heading.group(2))
            if not titled and not sections:
                titled, path = True, []
            else:
                path = [(depth, name) for depth, name in path if depth < level] + [(level, words)]
        elif found:
            label, start = found[0], offset + found[1]
        offset += len(line)
    _close(sections, text, path, label, start, offset)
    return tuple(sections)


def _label(line: str) -> tuple[str, int] | None:
    """A label that opens a section on its own line or before its text, with the offset of that text."""
    bold = _BOLD_LABEL.match(line)
    if bold and facet_of(bold.group(1)) is not Facet.OTHER and not re.search(r"\d", bold.group(1)):
        rest = line[bold.end() :].strip()
        if not rest or ":" in bold.group() or "\uff1a" in bold.group():
            return bold.group(1).strip(), bold.end()
    plain = _PLAIN_LABEL.match(line)
    return (plain.group(1).strip(), plain.end()) if plain else None


def _close(
    sections: list[Section], text: str, path: list[tuple[int, str]], label: str | None, start: int, end: int
) -> None:
    if not text[start:end].strip():
        return
    names = [name for _, name in path] + ([label] if label else [])
    facet = next((f for name in reversed(names) if (f := facet_of(name)) is not Facet.OTHER), Facet.OTHER)
    if names and facet_of(names[-1]) is Facet.OTHER and len(path) + bool(label) > 1:
        facet = facet_of(names[-2])
    sections.append(Section(tuple(names), facet, start, end))
