"""The evidence panel: every cited section once, its quotes marked, with title, edition, validity and page."""

from collections.abc import Mapping, Sequence, Set
from datetime import date
from urllib.parse import quote as address

from assistant.answering.section_view import SectionView
from assistant.channels.web.markup import Mark, element, safe, section_html
from assistant.channels.wording import STATE, validity_text
from assistant.domain import Answer, Citation, State

AGED = "유효기간 지남"
"""How a document is shown of which only what outlives its edition is used: where to apply, whom to call."""
WORST_FIRST = (
    State.ENDED,
    State.OUTDATED,
    State.SUPERSEDED,
    State.NOT_YET,
    State.UNDATED,
    State.CURRENT,
)
"""The worst state in which an answer uses a document is shown: a desk's number ages less than amounts."""


def cites(markers: Sequence[int]) -> str:
    """The numbered button of the first citation; the others (a table's header, a title) light up with it."""
    if not markers:
        return ""
    first, label = str(markers[0]), f"근거 {markers[0]} 보기"
    everything = " ".join(map(str, markers))
    return element("button", first, type="button", class_="cite", data_markers=everything, aria_label=label)


def evidence_html(answer: Answer, sections: Mapping[int, SectionView]) -> str:
    """The cited sections under their documents, in order of first marker; a quote without section alone."""
    shown = {marker: view for marker, view in sections.items() if not _is_heading(view)}
    titles = frozenset(sections) - frozenset(shown)
    documents: dict[str, dict[str, list[Citation]]] = {}
    for citation in answer.citations:
        view = shown.get(citation.marker)
        passages = documents.setdefault(citation.document_id, {})
        passages.setdefault(view.text if view else citation.quote, []).append(citation)
    states = {marker: s.state for s in reversed(answer.statements) for marker in s.citations}
    cards = "".join(
        _document(list(p.values()), shown, titles, states, answer.as_of) for p in documents.values()
    )
    head = f"<h2>근거 원문 <small>문서 {len(documents)}건</small></h2>"
    body = cards or '<p class="quiet">인용한 문서가 없습니다.</p>'
    return element("aside", head + body, class_="evidence", aria_label="근거 원문")


def _is_heading(view: SectionView) -> bool:
    """Whether the quote is a heading line (a title that shows a year): it stands alone."""
    return view.text[: view.quote_start].rpartition("\n")[2].lstrip().startswith("#")


def _document(
    passages: Sequence[Sequence[Citation]],
    sections: Mapping[int, SectionView],
    titles: Set[int],
    states: Mapping[int, State],
    as_of: date,
) -> str:
    """A document: title, state, publisher, days, the original file; its cited sections beneath."""
    first = passages[0][0]
    used = {states[c.marker] for group in passages for c in group if c.marker in states}
    state = next((s for s in WORST_FIRST if s in used), _by_days(first, as_of))
    publisher = " · ".join(dict.fromkeys(p for p in (first.publisher, first.region) if p)) or "발행 기관 미상"
    title = _title(first.title, [g for g in passages if g[0].marker in titles])
    aged = state is State.CURRENT and _by_days(first, as_of) is State.ENDED
    tag = AGED if aged else STATE[state]
    title += element("span", tag, class_=f"tag state-{State.OUTDATED if aged else state}")
    facts = (
        element("span", safe(publisher))
        + element("span", validity_text(first))
        + element(
            "a",
            "원문 파일",
            class_="original",
            href=f"api/document/{address(first.document_id, safe='')}/original",
            download="",
            aria_label=f"원문 파일 내려받기: {first.title}",
        )
    )
    head = element("div", title, class_="source-title") + element("div", facts, class_="source-facts")
    return element(
        "section",
        element("header", head)
        + "".join(_card(group, sections) for group in passages if group[0].marker not in titles),
        class_="source",
    )


def _title(title: str, quoted: Sequence[Sequence[Citation]]) -> str:
    """A document's title; where its heading is quoted (it shows a year), that is the passage."""
    strong = element("strong", safe(title))
    for group in quoted:
        markers = " ".join(str(c.marker) for c in group)
        numbers = "".join(element("span", str(c.marker), class_="num") for c in group)
        words = strong if group[0].quote == title else element("span", safe(group[0].quote))
        strong = element(
            "span",
            numbers + element("mark", words, data_marker=markers),
            class_="passage titled",
            data_markers=markers,
            tabindex="-1",
            role="group",
            aria_label=f"근거 {markers}: 문서 제목",
        ) + ("" if words is strong else strong)
    return strong


def _card(group: Sequence[Citation], sections: Mapping[int, SectionView]) -> str:
    """A cited section: numbers, headings and page above, quotes marked in its text."""
    first = group[0]
    view = sections.get(first.marker)
    markers = " ".join(str(c.marker) for c in group)
    marks = _marks(group, sections)
    body = section_html(view.text, marks) if view and marks else "".join(_quote(c) for c in group)
    text = element(
        "div", body, class_="passage-text", tabindex="0", role="region", aria_label=f"원문 {markers}"
    )
    numbers = "".join(element("span", str(c.marker), class_="num") for c in group)
    path = safe(" › ".join(first.heading_path)) or "본문"
    page = element("span", f"{first.page}쪽", class_="page") if first.page else ""
    head = element("div", numbers + element("span", path) + page, class_="passage-path")
    label = f"근거 {markers}: {first.title}"
    return element(
        "section", head + text, class_="passage", data_markers=markers, tabindex="-1", aria_label=label
    )


def _marks(group: Sequence[Citation], sections: Mapping[int, SectionView]) -> list[Mark]:
    views = [(c.marker, sections[c.marker]) for c in group if c.marker in sections]
    return [Mark(marker, v.quote_start, v.quote_end) for marker, v in views if v.quote_end > v.quote_start]


def _quote(citation: Citation) -> str:
    return element("p", element("mark", safe(citation.quote), data_marker=str(citation.marker)))


def _by_days(citation: Citation, as_of: date) -> State:
    """How a document stands whose citations no statement uses: by its own days."""
    over = citation.effective_until is not None and citation.effective_until < as_of
    return State.ENDED if over else State.CURRENT
