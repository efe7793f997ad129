"""The evidence panel: every cited section once, its quotes marked, with title, edition, validity and page."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import quote

from assistant.channels.web.markup import Mark, safe, section_html
from assistant.channels.wording import STATE, validity_text
from assistant.domain import Answer, Citation, State
from assistant.service import SectionView


def evidence_html(answer: Answer, sections: Mapping[int, SectionView]) -> str:
    """Cards of the cited sections in order of first marker. `sections`: by marker; without one the quote stands alone."""
    shown = {marker: view for marker, view in sections.items() if view.heading_path}
    groups: dict[tuple[str, str], list[Citation]] = {}
    for citation in answer.citations:
        view = shown.get(citation.marker)
        key = (citation.document_id, view.text if view else citation.quote)
        groups.setdefault(key, []).append(citation)
    states = _states(answer)
    cards = [_card(group, shown, states, answer.as_of) for group in groups.values()]
    empty = '<p class="quiet">인용한 문서가 없습니다.</p>'
    return (
        '<aside class="evidence" aria-label="근거 원문"><h2>근거 원문 '
        f"<small>{len(cards)}곳</small></h2>{''.join(cards) or empty}</aside>"
    )


def _states(answer: Answer) -> dict[int, State]:
    """The state in which each citation is used, from the statements that cite it."""
    return {marker: s.state for s in reversed(answer.statements) for marker in s.citations}


def _card(
    group: Sequence[Citation], sections: Mapping[int, SectionView], states: Mapping[int, State], as_of: date
) -> str:
    first = group[0]
    view = sections.get(first.marker)
    path = " › ".join(first.heading_path)
    page = f'<span class="page">{first.page}쪽</span>' if first.page else ""
    numbers = "".join(f'<span class="num">{c.marker}</span>' for c in group)
    link = f'<a class="original" href="api/document/{quote(first.document_id, safe="")}/original" download>원문 파일</a>'
    marks = _marks(group, sections)
    body = section_html(view.text, marks) if view and marks else "".join(_quote(c) for c in group)
    markers = " ".join(str(c.marker) for c in group)
    return (
        f'<section class="passage" data-markers="{markers}" tabindex="-1" aria-label="근거 {markers}: {safe(first.title)}">'
        f'<header><div class="passage-title">{numbers}<strong>{safe(first.title)}</strong></div>'
        f'<div class="passage-facts">{_state_tag(first, states, as_of)}<span>{safe(_publisher(first))}</span>'
        f"<span>{validity_text(first)}</span>{page}{link}</div>"
        f'<div class="passage-path">{safe(path)}</div></header><div class="passage-text" tabindex="0">{body}</div></section>'
    )


def _marks(group: Sequence[Citation], sections: Mapping[int, SectionView]) -> list[Mark]:
    views = [(c.marker, sections[c.marker]) for c in group if c.marker in sections]
    return [Mark(marker, v.quote_start, v.quote_end) for marker, v in views if v.quote_end > v.quote_start]


def _quote(citation: Citation) -> str:
    return f'<p><mark data-marker="{citation.marker}">{safe(citation.quote)}</mark></p>'


def _publisher(citation: Citation) -> str:
    return " · ".join(part for part in (citation.publisher, citation.region) if part) or "발행 기관 미상"


def _state_tag(citation: Citation, states: Mapping[int, State], as_of: date) -> str:
    """How the document stands on the day: the state in which the answer used it, else its own days."""
    state = states.get(citation.marker)
    if state is None:
        over = citation.effective_until is not None and citation.effective_until < as_of
        state = State.ENDED if over else State.CURRENT
    return f'<span class="tag state-{state.value}">{STATE[state]}</span>'
