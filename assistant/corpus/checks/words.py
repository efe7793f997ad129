"""What a document says about itself: source, quotes, facets, tables, and nobody's personal data."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from assistant.corpus.checks.findings import Finding, error, warning
from assistant.corpus.checks.shelf import Filed, Shelf
from assistant.corpus.units import clean, table_cells
from assistant.domain import Facet

REGIONS = frozenset({"전국", "경상남도", "진주시"})
OPERATORS = frozenset({"==", "!=", "<", "<=", ">", ">=", "in"})
_PERSONAL = (
    (re.compile(r"(?<!\d)\d{6}\s*-\s*[1-8]\d{6}(?!\d)"), "주민등록번호"),
    (re.compile(r"(?<!\d)01[016789][-.\s]?\d{3,4}[-.\s]?\d{4}(?!\d)"), "휴대전화 번호"),
    (re.compile(r"(?<!\d)\d{4}-\d{4}-\d{4}-\d{4}(?!\d)"), "카드 번호"),
    (
        re.compile(
            r"[\w.+-]+@(?:naver|gmail|daum|hanmail|nate|kakao|outlook|hotmail|yahoo)\.[a-z.]+", re.IGNORECASE
        ),
        "개인 전자우편",
    ),
)
_DAY = re.compile(r"(\d{4})(?:년\s*|[-.]\s?)(\d{1,2})(?:월\s*|[-.]\s?)(\d{1,2})(?:일|(?!\d))")
_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$")


def check_words(shelf: Shelf) -> Iterator[Finding]:
    """Findings about the words of each document."""
    for filed in shelf.files:
        yield from _complete(filed)
        yield from _quotes(filed)
        yield from _facets(filed, shelf)
        yield from _tables(filed)
        yield from _days(filed)
        yield from _personal(filed)


def _complete(filed: Filed) -> Iterator[Finding]:
    m = filed.metadata
    if not filed.front:
        yield warning(
            filed.at_offset(0),
            "머리말이 없어 언제 유효한지, 어느 사업인지 모릅니다.",
            "머리말을 쓰거나 NAME.ext.yaml을 곁에 두세요.",
        )
        return
    for key in ("programme", "category", "publisher", "region", "owner"):
        if not getattr(m, key):
            yield error(filed.at_key(key), f"{key}이(가) 비었습니다.", f"{key}을(를) 적으세요.")
    if m.region and m.region not in REGIONS:
        yield error(
            filed.at_key("region"),
            f"region {m.region!r}은(는) 모르는 지역입니다.",
            f"{', '.join(sorted(REGIONS))} 가운데 적으세요.",
        )
    folder = filed.document.path.split("/")[0]
    if m.category and folder != m.category:
        yield error(
            filed.at_key("category"),
            f"폴더는 {folder}인데 category는 {m.category}입니다.",
            "파일을 옮기거나 category를 고치세요.",
        )
    if not m.source_urls and not m.source_note:
        yield error(filed.at_key("source_urls"), "출처가 없습니다.", "source_urls나 source_note를 적으세요.")
    for url in m.source_urls:
        if not re.match(r"https?://[^\s/]+\.[^\s/]+", url):
            yield error(
                filed.at_key("source_urls", url),
                f"출처 주소 {url!r}이(가) 주소 꼴이 아닙니다.",
                "http로 시작하는 주소를 적으세요.",
            )


def _quotes(filed: Filed) -> Iterator[Finding]:
    m = filed.metadata
    quoted = [("relations", relation.quote) for relation in m.relations]
    quoted += [("eligibility", condition.quote) for condition in m.eligibility]
    for key, quote in quoted:
        if not quote.strip() or quote not in filed.document.text:
            yield error(
                filed.at_key(key, quote),
                f"{key}의 인용 {quote!r}이(가) 본문에 없습니다.",
                "본문의 말을 그대로 옮기세요.",
            )
    for condition in m.eligibility:
        if condition.op not in OPERATORS:
            yield error(
                filed.at_key("eligibility", condition.quote),
                f"모르는 비교 {condition.op!r}입니다.",
                f"{' '.join(sorted(OPERATORS))} 가운데 적으세요.",
            )
    digits = re.sub(r"\D", "", filed.document.text)
    for contact in m.contacts:
        if re.sub(r"\D", "", contact.phone) not in digits:
            yield warning(
                filed.at_key("contacts", contact.phone),
                f"문의 번호 {contact.phone}이(가) 본문에 없어 근거로 보일 수 없습니다.",
                "본문의 문의 항목에 적으세요.",
            )


def _facets(filed: Filed, shelf: Shelf) -> Iterator[Finding]:
    m = filed.metadata
    held = {facet for facet, _ in shelf.units[m.id]}
    for facet in m.missing:
        if facet in held:
            yield error(
                filed.at_key("missing"),
                f"{facet}이(가) 본문에도 있고 missing에도 있습니다.",
                "missing에서 빼세요.",
            )
    if not held:
        yield error(filed.at_offset(0), "본문에 답할 문장이 없습니다.", "내용을 쓰거나 문서를 빼세요.")
    elif held == {Facet.OTHER}:
        yield error(
            filed.at_offset(0),
            "어느 항목인지 알 수 있는 제목이 없습니다.",
            "지원대상, 지원내용 같은 제목을 다세요.",
        )
    if m.amends or not filed.front or m.kind in ("statute", "faq"):
        return
    silent = [f for f in Facet if f is not Facet.OTHER and f not in held and f not in m.missing]
    if silent:
        yield warning(
            filed.at_key("missing"),
            f"본문에도 missing에도 없는 항목이 있습니다: {', '.join(silent)}.",
            "쓰거나 missing에 적으세요.",
        )


def _tables(filed: Filed) -> Iterator[Finding]:
    lines = filed.document.text.splitlines(keepends=True)
    offset = 0
    starts = []
    for line in lines:
        starts.append(offset)
        offset += len(line)
    for is_row, group in groupby(range(len(lines)), key=lambda i: bool(_ROW.match(lines[i].rstrip("\n")))):
        rows = list(group)
        if not is_row or len(rows) < 2:
            continue
        width = len(table_cells(lines[rows[0]]))
        for i in rows[1:]:
            cells = table_cells(lines[i])
            if len(cells) != width:
                yield error(
                    filed.at_offset(starts[i]),
                    f"표의 칸이 {len(cells)}개로 머리줄({width}개)과 다릅니다.",
                    "빠지거나 남는 칸을 고치세요.",
                )
        if len(rows) < 3:
            yield error(
                filed.at_offset(starts[rows[0]]),
                f"표에 줄이 없습니다: {clean(lines[rows[0]])}.",
                "내용을 넣거나 표를 지우세요.",
            )


def _days(filed: Filed) -> Iterator[Finding]:
    for match in _DAY.finditer(filed.document.text):
        try:
            date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            yield error(
                filed.at_offset(match.start()), f"없는 날짜입니다: {match.group()}.", "실제 날짜로 고치세요."
            )


def _personal(filed: Filed) -> Iterator[Finding]:
    for pattern, name in _PERSONAL:
        for match in pattern.finditer(filed.document.text):
            yield error(
                filed.at_offset(match.start()),
                f"본문에 {name}이(가) 있습니다.",
                "지우고 공개된 대표번호나 주소로 바꾸세요.",
            )
        for match in pattern.finditer(filed.front):
            line = filed.front_line + filed.front[: match.start()].count("\n")
            yield error(
                (filed.front_path, line),
                f"머리말에 {name}이(가) 있습니다.",
                "지우고 공개된 대표번호나 주소로 바꾸세요.",
            )
