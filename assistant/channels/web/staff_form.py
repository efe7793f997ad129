"""The form of a document's metadata: what is proposed as values to edit, what was edited as metadata."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from assistant.channels.wording import FACET, WINDOW
from assistant.domain import Contact, Document, Facet, Metadata, Term, Window
from assistant.errors import PublishingError
from assistant.publishing.proposal import Proposal

CATEGORIES = ("저소득", "여성가족", "장애인", "노인", "아동보육", "시민생활", "코로나19", "일자리")
REGIONS = ("전국", "경상남도", "진주시")
KINDS = {"guideline": "지침", "notice": "공고", "statute": "법령", "faq": "문답"}
TERMS = {
    Term.ANNUAL: "해마다 새로 나옴",
    Term.FIXED: "정한 날에 끝남",
    Term.OPEN: "바뀔 때까지",
    Term.UNKNOWN: "아직 모름",
}
FACETS = {facet: label for facet, label in FACET.items() if facet is not Facet.OTHER}
FIELDS = {
    "title": "제목",
    "id": "문서 id",
    "programme": "사업 이름표",
    "owner": "담당 부서 (필수)",
    "term": "효력 방식 (필수)",
    "effective_from": "시행일 (필수)",
    "effective_until": "종료일",
    "published_on": "게시일",
    "review_by": "다시 볼 날",
    "category": "분류",
    "kind": "종류",
    "publisher": "낸 곳",
    "region": "지역",
    "round": "차수",
    "windows": "기간 (한 줄에 하나)",
    "contacts": "연락처 (한 줄에 하나)",
    "aliases": "다른 이름 (쉼표로)",
}
"""The form's fields in their order, with their labels."""
DATES = frozenset({"effective_from", "effective_until", "published_on", "review_by"})
_DAY = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?")
_WINDOW = re.compile(
    r"(\S+?)(?:\s+([^(]*?))?(?:\s*\((.*)\))?\s+((?:\d[\d.년월일/\s-]*?)?)\s*[~∼〜]\s*((?:\d[\d.년월일/\s-]*)?)"
)
_CONTACT = re.compile(r"(.+?)\s+(\S*\d\S*)")


class Relation(StrEnum):
    """What an uploaded file is to what is held; the value is what the person reads."""

    NEW = "새 사업의 문서"
    REPLACE = "있는 문서의 내용을 고침"
    EDITION = "다음 판 (앞 판을 대신함)"
    AMEND = "변경 공고 (일부 항목만 바꿈)"
    ROUND = "새 차수 (따로 지급)"


def proposed_relation(proposal: Proposal, documents: Sequence[Document]) -> tuple[Relation, str | None]:
    """What an upload seems to be, and to which document; the person decides."""
    m, held = proposal.metadata, {d.id: d for d in documents}
    same_file = next((d.id for d in documents if d.path.split("/")[-1] == proposal.document.path), None)
    replaced = m.id if m.id in held else proposal.replaces or same_file
    if replaced:
        return Relation.REPLACE, replaced
    if m.amends:
        return Relation.AMEND, m.amends[0].document
    if m.supersedes:
        return Relation.EDITION, m.supersedes[0]
    if proposal.kin and m.round:
        return Relation.ROUND, proposal.kin[0]
    return Relation.NEW, None


def values_of(metadata: Metadata) -> tuple[str | None, ...]:
    """The form's values for metadata, in the order of FIELDS."""
    written = {
        "term": metadata.term.value,
        "windows": "\n".join(map(_window_line, metadata.windows)),
        "contacts": "\n".join(f"{c.name} {c.phone}" for c in metadata.contacts),
        "aliases": ", ".join(metadata.aliases),
    }
    values = []
    for name in FIELDS:
        value = written.get(name, getattr(metadata, name))
        values.append(value.isoformat() if isinstance(value, date) else value)
    return tuple(values)


def metadata_from(base: Metadata, values: Sequence[str | None]) -> Metadata:
    """Metadata as edited; what the form does not show stays as in `base` (PublishingError)."""
    given = {name: (value or "").strip() for name, value in zip(FIELDS, values, strict=True)}
    if not given["title"] or not re.fullmatch(r"[^\s/\\]+", given["id"]):
        raise PublishingError("제목과 문서 id를 적어 주세요. id는 빈칸과 / 없이 짧게 짓습니다.")
    dates = {name: _day(given[name], FIELDS[name]) for name in DATES}
    ends = dates["effective_until"], dates["effective_from"]
    if ends[0] and ends[1] and ends[0] < ends[1]:
        raise PublishingError("종료일이 시행일보다 빠릅니다. 날짜를 고쳐 주세요.")
    words = {n: given[n] or None for n in ("programme", "owner", "category", "publisher", "region", "round")}
    return replace(
        base,
        **dates,  # type: ignore[arg-type]  # names and types are those of the fields
        **words,  # type: ignore[arg-type]
        title=given["title"],
        id=given["id"],
        term=Term(given["term"] or Term.UNKNOWN),
        kind=given["kind"] or "guideline",
        windows=tuple(_window(line) for line in given["windows"].splitlines() if line.strip()),
        contacts=tuple(_contact(line) for line in given["contacts"].splitlines() if line.strip()),
        aliases=tuple(part.strip() for part in given["aliases"].split(",") if part.strip()),
    )


def _day(text: str, label: str) -> date | None:
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(text)
    except ValueError as error:
        raise PublishingError(
            f"{label.split(' (')[0]}: {text!r}은(는) 날짜가 아닙니다. 2021-03-02처럼 적어 주세요."
        ) from error


def _window_line(window: Window) -> str:
    words = (
        WINDOW.get(window.kind, window.kind),
        window.channel,
        f"({window.group})" if window.group else "",
    )
    ends = (window.start.isoformat() if window.start else "", window.end.isoformat() if window.end else "")
    return f"{' '.join(w for w in words if w)} {ends[0]}~{ends[1]}"


def _window(line: str) -> Window:
    """`신청 온라인 (소상공인) 2021-05-17~2021-06-06`: kind, channel, group, first and last day."""
    found = _WINDOW.fullmatch(line.strip())
    kinds = {label: kind for kind, label in WINDOW.items()}
    if not found or found.group(1) not in kinds or not (found.group(4) or found.group(5)):
        raise PublishingError(
            f"기간 {line.strip()!r}을(를) 읽을 수 없습니다. "
            "‘신청 온라인 2021-05-17~2021-06-06’처럼 적어 주세요."
        )
    start, end = _day(found.group(4), "기간"), _day(found.group(5), "기간")
    if start and end and end < start:
        raise PublishingError(f"기간 {line.strip()!r}의 끝이 시작보다 빠릅니다. 날짜를 고쳐 주세요.")
    return Window(kinds[found.group(1)], start, end, found.group(2) or None, found.group(3) or None)


def _contact(line: str) -> Contact:
    found = _CONTACT.fullmatch(line.strip())
    if not found:
        raise PublishingError(
            f"연락처 {line.strip()!r}을(를) 읽을 수 없습니다. ‘국민연금공단 1355’처럼 적어 주세요."
        )
    return Contact(found.group(1), found.group(2))
