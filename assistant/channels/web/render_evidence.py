"""The evidence panel: every cited section once, its quotes marked, with title, edition, validity and page."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import quote as address

from assistant.channels.web.markup import Mark, element, safe, section_html
from assistant.channels.wording import STATE, validity_text
from assistant.domain import Answer, Citation, State
from assistant.service import SectionView


def cites(markers: Sequence[int]) -> str:
    """The numbered button of the first citation; the others (a table's header, a title) light up with it."""
    if not markers:
        return ""
    first, label = str(markers[0]), f"근거 {markers[0]} 보기"
    everything = " ".join(map(str, markers))
    return element("button", first, type="button", class_="cite", data_markers=everything, aria_label=label)


def evidence_html(answer: Answer, sections: Mapping[int, SectionView]) -> str:
    """Cards of the cited sections in order of first marker; without its section a quote stands alone."""
    shown = {marker: view for marker, view in sections.items() if not _is_heading(view)}
    groups: dict[tuple[str, str], list[Citation]] = {}
    for citation in answer.citations:
        view = shown.get(citation.marker)
        key = (citation.document_id, view.text if view else citation.quote)
        groups.setdefault(key, []).append(citation)
    states = {marker: s.state for s in reversed(answer.statements) for marker in s.citations}
    cards = "".join(_card(group, shown, states, answer.as_of) for group in groups.values())
    head = f"<h2>근거 원문 <small>{len(groups)}곳</small></h2>"
    body = cards or '<p class="quiet">인용한 문서가 없습니다.</p>'
    return element("aside", head + body, class_="evidence", aria_label="근거 원문")


def _is_heading(view: SectionView) -> bool:
    """Whether the quote is a heading line (a title that shows a year): it stands alone."""
    return view.text[: view.quote_start].rpartition("\n")[2].lstrip().startswith("#")


def _card(
    group: Sequence[Citation], sections: Mapping[int, SectionView], states: Mapping[int, State], as_of: date
) -> str:
    first = group[0]
    view = sections.get(first.marker)
    markers = " ".join(str(c.marker) for c in group)
    marks = _marks(group, sections)
    body = section_html(view.text, marks) if view and marks else "".join(_quote(c) for c in group)
    text = element(
        "div", body, class_="passage-text", tabindex="0", role="region", aria_label=f"원문 {markers}"
    )
    label = f"근거 {markers}: {first.title}"
    head = _head(group, view is not None, states.get(first.marker), as_of)
    return element(
        "section", head + text, class_="passage", data_markers=markers, tabindex="-1", aria_label=label
    )


def _head(group: Sequence[Citation], placed: bool, state: State | None, as_of: date) -> str:
    """Numbers and title; state, publisher, days, page, the original file; the headings above."""
    first = group[0]
    numbers = "".join(element("span", str(c.marker), class_="num") for c in group)
    title = element("div", numbers + element("strong", safe(first.title)), class_="passage-title")
    facts = [
        _state_tag(first, state, as_of),
        element(
            "span", safe(" · ".join(p for p in (first.publisher, first.region) if p) or "발행 기관 미상")
        ),
        element("span", validity_text(first)),
        element("span", f"{first.page}쪽", class_="page") if first.page else "",
        element(
            "a",
            "원문 파일",
            class_="original",
            href=f"api/document/{address(first.document_id, safe='')}/original",
        ),
    ]
    path = element(
        "div", safe(" › ".join(first.heading_path)) if placed else "문서 제목", class_="passage-path"
    )
    return element("header", title + element("div", "".join(facts), class_="passage-facts") + path)


def _marks(group: Sequence[Citation], sections: Mapping[int, SectionView]) -> list[Mark]:
    views = [(c.marker, sections[c.marker]) for c in group if c.marker in sections]
    return [Mark(marker, v.quote_start, v.quote_end) for marker, v in views if v.quote_end > v.quote_start]


def _quote(citation: Citation) -> str:
    return element("p", element("mark", safe(citation.quote), data_marker=str(citation.marker)))


def _state_tag(citation: Citation, state: State | None, as_of: date) -> str:
    """How the document stands on the day: the state in which the answer used it, else its own days."""
    if state is None:
        over = citation.effective_until is not None and citation.effective_until < as_of
        state = State.ENDED if over else State.CURRENT
    return element("span", STATE[state], class_=f"tag state-{state.value}")
