"""What a corpus holds, counted: the text of `corpus/README.md`."""

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from assistant.corpus.library import Corpus
from assistant.corpus.metadata import CATEGORIES
from assistant.domain import Document, Facet, Term

KIND_NAMES = {"guideline": "사업안내", "notice": "공고·알림", "statute": "법령", "faq": "문답"}
TERM_NAMES = {
    Term.ANNUAL: "해마다 바뀜(annual)",
    Term.FIXED: "끝나는 날이 있음(fixed)",
    Term.OPEN: "바뀔 때까지(open)",
    Term.UNKNOWN: "모름(unknown)",
}
FACET_NAMES = {
    Facet.TARGET: "대상",
    Facet.CRITERIA: "기준",
    Facet.BENEFIT: "내용",
    Facet.APPLICATION: "방법",
    Facet.PAPERWORK: "서류",
    Facet.PERIOD: "기간",
    Facet.EXCLUSION: "제외",
    Facet.CONTACT: "문의",
}
UNKNOWN = "적지 않음"
_INTRODUCTION = """\
# 자료

진주시 복지콜센터 상담 도우미의 시범 자료입니다. 공개된 자료에서 사실과 숫자를 옮기고 문장은 새로 썼습니다.
PDF·HWPX·DOCX·XLSX 문서는 `.sources/`의 원고를 고치고 `python corpus/.sources/render.py`로 만듭니다.
실제 상담에는 담당 부서가 확인한 자료를 넣어 쓰세요.

이 글은 `python -m assistant corpus list --overview`가 만듭니다. 손으로 고치지 말고 다시 만들어 주세요.
PDF·HWPX·DOCX·XLSX 문서는 `.sources/`의 원고를 고친 뒤 `python corpus/.sources/render.py`로 만듭니다.
"""


def overview(corpus: Corpus) -> str:
    """Markdown with counts by category, kind, region, format, term and edition; ends in a line break."""
    documents = corpus.documents
    programmes = {document.metadata.programme_key for document in documents}
    parts = [
        _INTRODUCTION,
        f"문서 {len(documents)}건, 사업 {len(programmes)}가지입니다.\n",
        _categories(documents),
        _counted("종류", "종류", (KIND_NAMES.get(d.metadata.kind, d.metadata.kind) for d in documents)),
        _counted("지역", "지역", (d.metadata.region or UNKNOWN for d in documents)),
        _counted("형식", "형식", (PurePosixPath(d.path).suffix[1:].upper() or UNKNOWN for d in documents)),
        _counted("유효기간의 꼴", "term", (TERM_NAMES[d.metadata.term] for d in documents)),
        _editions(documents),
        _counted(
            "출처가 없어 비운 항목", "항목", (FACET_NAMES[f] for d in documents for f in d.metadata.missing)
        ),
    ]
    return "\n".join(parts)


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [f"## {title}", "", f"| {' | '.join(head)} |", "|---|" + "---:|" * (len(head) - 1)]
    lines += [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _counted(title: str, what: str, names: Iterable[str]) -> str:
    counts = sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))
    return _table(title, (what, "문서"), counts)


def _categories(documents: tuple[Document, ...]) -> str:
    rows = []
    for category in (*CATEGORIES, None):
        held = [document for document in documents if document.metadata.category == category]
        if held:
            rows.append((category or UNKNOWN, len({d.metadata.programme_key for d in held}), len(held)))
    return _table("분류", ("분류", "사업", "문서"), rows)


def _editions(documents: tuple[Document, ...]) -> str:
    editions: Counter[str] = Counter()
    rounds: dict[str, set[str]] = {}
    for document in documents:
        m = document.metadata
        if m.round is not None:
            rounds.setdefault(m.programme_key, set()).add(m.round)
        elif not m.amends:
            editions[m.programme_key] += 1
    starts = [d.metadata.effective_from for d in documents]
    years = Counter(str(start.year) if start else UNKNOWN for start in starts)
    summary = _table(
        "판과 차수",
        ("무엇", "수"),
        (
            ("판이 둘 이상인 사업", sum(1 for count in editions.values() if count > 1)),
            ("판이 셋 이상인 사업", sum(1 for count in editions.values() if count > 2)),
            ("차수가 둘 이상인 사업", sum(1 for named in rounds.values() if len(named) > 1)),
            ("앞선 문서의 일부만 고치는 알림", sum(1 for d in documents if d.metadata.amends)),
        ),
    )
    return summary + "\n" + _table("시행 연도", ("시행 연도", "문서"), sorted(years.items()))
