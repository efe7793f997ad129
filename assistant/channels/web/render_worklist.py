"""The work list and the knowledge gaps as HTML."""

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.channels.web.markup import element, safe
from assistant.channels.wording import day_text
from assistant.publishing.gaps import Gap
from assistant.publishing.worklist import WorkItem

FIRST = 10
"""Items of a kind that are seen at once; the others unfold."""
URGENT = frozenset({"곧 마감", "충돌", "멈춘 승인 답변", "나쁜 평가"})
"""Kinds that change what callers hear today."""
_LOG = 'data-tab="review log"'
_CURATED = 'data-do="curated-again" data-tab="review curated"'
_WAYS = {
    "멈춘 승인 답변": _CURATED,
    "승인 기다림": _CURATED,
    "감시 폴더": 'data-go="watched" data-tab="staff watched"',
    "꺼 둔 자료": 'data-go="bench" data-tab="bench"',
}
"""The tab in which something of a kind is done."""
_METADATA = 'data-do="info-open" data-tab="staff metadata"'


def worklist_html(
    items: Sequence[WorkItem], titles: Mapping[str, str], day: date, may_edit: bool = False
) -> str:
    """The list by kind, the most used and longest overdue first, with a way to each kind.

    `may_edit`: with ways to documents' metadata, and buttons for what was dealt with.
    """
    kinds: dict[str, list[WorkItem]] = {}
    for item in items:
        kinds.setdefault(item.kind, []).append(item)
    head = (
        f'<header class="desk-head"><h2>오늘 할 일 <small>{day_text(day)} · 모두 {len(items)}건</small></h2>'
        '<span class="desk-tools">'
        '<button type="button" class=desk-button data-do="work-again">새로 고침</button>'
        '<button type="button" class=desk-button data-do="work-csv">CSV로 받기</button></span></header>'
    )
    ways = "".join(
        f'<button type="button" class=desk-button data-go="work-{n}">{safe(kind)} <b>{len(held)}</b></button>'
        for n, (kind, held) in enumerate(kinds.items())
    )
    nav = f'<nav class="desk-ways" aria-label="종류">{ways}</nav>' if ways else ""
    body = "".join(_kind(n, kind, held, titles, may_edit) for n, (kind, held) in enumerate(kinds.items()))
    empty = '<p class="desk-empty">손볼 것이 없습니다. 검토 기한·마감·충돌·평가를 모두 확인했습니다.</p>'
    return element("section", head + nav + (body or empty), class_="desk", aria_label="오늘 할 일")


def _kind(
    number: int, kind: str, items: Sequence[WorkItem], titles: Mapping[str, str], may_edit: bool
) -> str:
    urgent = " urgent" if kind in URGENT else ""
    head = f'<h3 id="work-{number}" class="desk-kind{urgent}">{safe(kind)} <small>{len(items)}건</small></h3>'
    first = _table(kind, items[:FIRST], titles, may_edit)
    if len(items) <= FIRST:
        return head + first
    more = _table(kind, items[FIRST:], titles, may_edit)
    return f"{head}{first}<details><summary>{len(items) - FIRST}건 더 보기</summary>{more}</details>"


def _table(kind: str, items: Sequence[WorkItem], titles: Mapping[str, str], may_edit: bool) -> str:
    rows = "".join(
        f"<tr><td>{_subject(item, titles, may_edit)}</td><td>{safe(item.what)}</td>"
        f"<td>{_to_do(item, may_edit)}</td><td>{day_text(item.due) if item.due else ''}</td></tr>"
        for item in items
    )
    columns = "".join(f'<th scope="col">{name}</th>' for name in ("대상", "내용", "할 일", "기한"))
    return (
        f'<div class="desk-table"><table class="work"><caption class="unseen">{safe(kind)}</caption>'
        f"<thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _to_do(item: WorkItem, may_edit: bool) -> str:
    """What to do, with a button for who dealt with a question."""
    if item.question is None or not may_edit:
        return safe(item.what_to_do)
    question = safe(item.question)
    return (
        f'{safe(item.what_to_do)} <button type="button" class=desk-button data-do="work-settle" '
        f'data-question="{question}" aria-label="{question}: 처리함">처리함</button>'
    )


def _subject(item: WorkItem, titles: Mapping[str, str], may_edit: bool) -> str:
    """What it is about: a document by title and id, or a way to where something can be done about it."""
    if may_edit and item.documents:
        return "<br>".join(_way_to(document, titles) for document in item.documents)
    title = titles.get(item.subject)
    name = f"<b>{safe(title)}</b><small>{safe(item.subject)}</small>" if title else safe(item.subject)
    if item.kind == "나쁜 평가":
        search = f'data-do="log-search" data-words="{name}" {_LOG}'
        return f'<button type="button" class="link" {search}>{name}</button>'
    if item.kind in _WAYS:
        return f'<button type="button" class="link" {_WAYS[item.kind]}>{name}</button>'
    return name if title else f"<b>{name}</b>"


def _way_to(document: str, titles: Mapping[str, str]) -> str:
    """A way to a document's metadata."""
    name = f"{safe(titles.get(document, document))}<small>{safe(document)}</small>"
    return f'<button type="button" class="link" {_METADATA} data-document="{safe(document)}">{name}</button>'


def gaps_html(since: object, until: object, gaps: Sequence[Gap] | None) -> str:
    """The gaps of a period, the most asked first; None: no period was chosen yet."""
    save = (
        f'<button type="button" class=desk-button data-do="gaps-csv" data-since="{since}" '
        f'data-until="{until}">CSV로 받기</button>'
        if gaps
        else ""
    )
    form = (
        '<form class="desk-form" data-do="gaps-find">'
        f'<label>첫날 <input type="date" name="since" value="{since}" required></label>'
        f'<label>끝날 <input type="date" name="until" value="{until}" required></label>'
        f"<button class=desk-button>보기</button>{save}</form>"
    )
    note = (
        '<p class="quiet">답하지 못한 질문, 나쁘게 평가된 답, 묻는 항목이 자료에 없던 답을 비슷한 것끼리 '
        "묶었습니다.</p>"
    )
    head = f'<header class="desk-head"><h2>자료 공백</h2>{form}</header>{note}'
    if gaps is None:
        body = '<p class="desk-empty">기간을 고르고 ‘보기’를 누르세요.</p>'
    elif not gaps:
        body = '<p class="desk-empty">이 기간에는 답하지 못한 질문이 없습니다.</p>'
    else:
        body = _gap_table(gaps)
    return element("section", head + body, class_="desk", aria_label="자료 공백")


def _gap_table(gaps: Sequence[Gap]) -> str:
    asked = sum(gap.count for gap in gaps)
    columns = "".join(f'<th scope="col">{name}</th>' for name in ("물음", "질문", "까닭", "가까운 자료"))
    rows = "".join(
        f'<tr><td class="number"><b>{gap.count}</b>번</td><td>{_questions(gap)}</td>'
        f"<td>{_reasons(gap)}</td><td>{'<br>'.join(safe(n) for n in gap.nearest) or '없음'}</td></tr>"
        for gap in gaps
    )
    return (
        f'<p class="desk-count">{len(gaps)}가지, 모두 {asked}번 물었습니다.</p><div class="desk-table">'
        f'<table class="gaps"><caption class="unseen">자료 공백</caption><thead><tr>{columns}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _questions(gap: Gap) -> str:
    first = f"<b>{safe(gap.question)}</b>"
    others = [q for q in gap.questions if q != gap.question]
    if not others:
        return first
    more = "".join(f"<li>{safe(question)}</li>" for question in others)
    return f"{first}<details><summary>다른 말 {len(others)}가지</summary><ul>{more}</ul></details>"


def _reasons(gap: Gap) -> str:
    return "".join(f'<span class="tag ask">{safe(why)} {count}</span>' for why, count in gap.reasons)
