"""Approved answers and corrections as HTML."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.channels.web.markup import element, safe
from assistant.channels.web.render_log import CHANNEL
from assistant.channels.wording import day_text, moment_text
from assistant.publishing.corrections import CallBack, Correction
from assistant.records.curated import Curated
from assistant.records.users import Right, User

WAITING, SERVED, STOPPED, OVER, WITHDRAWN = "승인 기다림", "나감", "멈춤", "기간 밖", "내림"
TONE = {
    WAITING: "ask",
    SERVED: "state-current",
    STOPPED: "state-ended",
    OVER: "state-outdated",
    WITHDRAWN: "",
}
FIRST = 4
"""Sentences of an approved answer that are seen at once."""
ORDER = (STOPPED, WAITING, SERVED, OVER, WITHDRAWN)


def curated_html(
    curated: Sequence[Curated], stopped: Mapping[int, str], today: date, user: User, told: str = ""
) -> str:
    """All approved answers: what is stopped or waits first, with what a person may do about each."""
    states = {c.id: _state(c, stopped, today) for c in curated}
    ordered = sorted(curated, key=lambda c: (ORDER.index(states[c.id]), -c.id))
    note = f'<p class="desk-told" role="status">{safe(told)}</p>' if told else ""
    again = '<button type="button" class=desk-button data-do="curated-again">새로 고침</button>'
    head = f'<header class="desk-head"><h2>승인 답변 <small>{len(curated)}건</small></h2>{again}</header>'
    cards = "".join(_curated(c, states[c.id], stopped.get(c.id, ""), user) for c in ordered)
    empty = (
        '<p class="desk-empty">아직 없습니다. ‘답한 기록’에서 답을 열고 ‘승인 답변 만들기’를 누르세요.</p>'
    )
    return element("section", note + head + (cards or empty), class_="desk", aria_label="승인 답변")


def _state(curated: Curated, stopped: Mapping[int, str], today: date) -> str:
    if curated.withdrawn:
        return WITHDRAWN
    if curated.id in stopped:
        return STOPPED
    if not curated.approver:
        return WAITING
    return SERVED if curated.valid_from <= today <= curated.valid_until else OVER


def _curated(curated: Curated, state: str, why: str, user: User) -> str:
    others = "".join(f"<li>{safe(question)}</li>" for question in curated.questions[1:])
    variants = f'<ul class="variants" aria-label="다른 말">{others}</ul>' if others else ""
    said = [
        f"<li>{safe(s.text)} {''.join(f'<span class=num>{m}</span>' for m in s.citations)}</li>"
        for s in curated.statements
    ]
    rests = "".join(
        f'<li><span class="num">{c.marker}</span> {safe(c.title)} › {safe(" › ".join(c.heading_path))}: '
        f"“{safe(c.quote)}”</li>"
        for c in curated.citations
    )
    people = f"작성 {safe(curated.author)} · 승인 {safe(curated.approver or '없음')}"
    days = f"{day_text(curated.valid_from)} ~ {day_text(curated.valid_until)}"
    reason = f'<p class="stopped">{safe(why)} 고쳐 다시 승인을 받거나 내리세요.</p>' if why else ""
    note = f"<p>덧붙인 말: {safe(curated.note)}</p>" if curated.note else ""
    return (
        f'<article class="card"><h3><span class="tag {TONE[state]}">{state}</span> {curated.id}번 '
        f"{safe(curated.questions[0])}</h3>{variants}{reason}{_said(said)}{note}"
        f"<details><summary>근거 {len(curated.citations)}곳</summary><ul class=rests>{rests}</ul></details>"
        f'<p class="quiet">{people} · {days}</p>{_buttons(curated, state, user)}</article>'
    )


def _said(rows: Sequence[str]) -> str:
    """The sentences; a long answer is folded."""
    shown = f"<ul class=said-list>{''.join(rows[:FIRST])}</ul>"
    if len(rows) <= FIRST:
        return shown
    more = f"<ul class=said-list>{''.join(rows[FIRST:])}</ul>"
    return f'{shown}<details class="more"><summary>문장 {len(rows) - FIRST}개 더</summary>{more}</details>'


def _buttons(curated: Curated, state: str, user: User) -> str:
    buttons = ""
    if state == WAITING and user.may(Right.APPROVE):
        buttons += (
            '<span class="quiet">본인이 쓴 답은 다른 사람이 승인합니다.</span>'
            if curated.author == user.name
            else _button("curated-approve", curated.id, "승인")
        )
    if state != WITHDRAWN and user.may(Right.NOTICE):
        buttons += _button("curated-withdraw", curated.id, "내리기")
    return f'<div class="desk-tools">{buttons}</div>' if buttons else ""


def _button(name: str, number: int, label: str) -> str:
    return (
        f'<button type="button" class=desk-button data-do="{name}" data-number="{number}" '
        f'aria-label="{number}번 {label}">{label}</button>'
    )


def corrections_html(found: Sequence[Correction], titles: Mapping[str, str], zone: str) -> str:
    """All corrections, newest first, with how many calls are left."""
    again = '<button type="button" class=desk-button data-do="corrections-again">새로 고침</button>'
    head = f'<header class="desk-head"><h2>정정 <small>{len(found)}건</small></h2>{again}</header>'
    rows = "".join(f"<li>{_correction(correction, titles, zone)}</li>" for correction in found)
    empty = '<p class="desk-empty">틀린 구절로 표시된 것이 없습니다.</p>'
    body = f'<ol class="log">{rows}</ol>' if rows else empty
    return element("section", head + body, class_="desk", aria_label="정정")


def _correction(correction: Correction, titles: Mapping[str, str], zone: str) -> str:
    left = correction.answers - correction.done
    tone, label = ("ask", f"{left}건 남음") if left else ("state-current", "모두 걸었음")
    title = titles.get(correction.document_id, correction.document_id)
    words = f"“{correction.words}”" if correction.words else "문서 전체"
    return (
        f'<button type="button" data-do="correction-open" data-number="{correction.id}">'
        f'<span class="log-head"><time>{_moment(correction.at, zone)}</time>'
        f'<span class="tag {tone}">{label}</span></span>'
        f"<strong>{correction.id}번 {safe(correction.why)}</strong>"
        f'<span class="quiet">{safe(title)} {safe(words)} · {safe(correction.author)}</span></button>'
    )


def calls_html(number: int, calls: Sequence[CallBack], zone: str) -> str:
    """The calls of a correction, those that are left first."""
    left = [call for call in calls if call.done_by is None]
    done = [call for call in calls if call.done_by is not None]
    head = f"<h2>정정 {number}번 · 다시 걸 전화 <small>{len(left)}건 남음 / {len(calls)}건</small></h2>"
    cards = "".join(_call(number, call, zone) for call in (*left, *done))
    empty = '<p class="desk-empty">이 구절로 답한 기록이 없습니다.</p>'
    return element("section", head + (cards or empty), class_="desk", aria_label="다시 걸 전화")


def _call(number: int, call: CallBack, zone: str) -> str:
    facts = (
        _moment(call.at, zone),
        CHANNEL.get(call.channel, call.channel),
        call.user,
        call.call and f"통화 메모: {call.call}",
    )
    where = " · ".join(safe(fact) for fact in facts if fact)
    if call.done_by is None:
        foot = (
            '<form class="desk-form" data-do="correction-tick">'
            f'<input type="hidden" name="number" value="{number}">'
            f'<input type="hidden" name="answer" value="{safe(call.answer_id)}">'
            '<label class="wide">메모 <input name="note" maxlength="300" placeholder="다시 안내한 내용">'
            "</label>"
            "<button class=desk-button>다시 걸었음</button></form>"
        )
    else:
        at = _moment(call.done_at or call.at, zone)
        foot = f'<p class="called">✓ {safe(call.done_by)} · {at} {safe(call.note or "")}</p>'
    return (
        f'<article class="card{"" if call.done_by is None else " done"}"><p class="quiet">{where}</p>'
        f"<h3>{safe(call.question)}</h3><p>틀린 답: “{safe(call.quote)}”</p>{foot}</article>"
    )


def _moment(at: str, zone: str) -> str:
    return moment_text(datetime.fromisoformat(at).astimezone(ZoneInfo(zone)))
