"""One Answer as HTML for the counsellor: alerts, status, what is read aloud, what must be confirmed, details, contacts."""

from collections.abc import Iterable, Mapping

from assistant.channels.web.markup import safe
from assistant.channels.web.render_evidence import evidence_html
from assistant.channels.web.render_table import facet_tables, is_row
from assistant.channels.wording import (
    FACET,
    STATE,
    STATUS,
    STATUS_HINT,
    cited,
    confirmations_of,
    day_text,
    missing_text,
    source_line,
    summary_of,
    validity_text,
    window_mark,
    window_text,
)
from assistant.domain import Answer, State, Statement, Status
from assistant.service import SectionView

BLOCKING = (Status.OUTDATED, Status.CLOSED, Status.CONFLICTING)
"""Statuses under which the summary is not today's rule: it is framed, not only badged."""


def answer_html(answer: Answer, sections: Mapping[int, SectionView], drafts: str = "") -> str:
    """The whole result: alerts across the page, the answer on the left, the evidence on the right."""
    parts = (
        _status(answer),
        _understood(answer),
        _notices(answer),
        _clarification(answer),
        _aloud(answer),
        _candidates(answer),
        _details(answer),
        _contacts(answer),
        drafts,
        _feedback(answer),
    )
    return (
        f'<div class="result" data-answer-id="{safe(answer.answer_id)}" data-question="{safe(answer.question)}" '
        f'data-status="{answer.status.value}" data-label="{STATUS[answer.status]}" data-as-of="{answer.as_of}" '
        f'data-summary="{safe(" ".join(s.text for s in summary_of(answer)))}">{_alerts(answer)}'
        f'<div class="columns"><article class="answer" aria-label="답변">{"".join(parts)}</article>'
        f"{evidence_html(answer, sections)}</div></div>"
    )


def error_html(message: str, key: str) -> str:
    """A question that could not be answered, in one line; `key` tells the page two equal errors apart."""
    return f'<div class="result error" role="alert" data-key="{safe(key)}"><strong>답하지 못했습니다.</strong> {safe(message)}</div>'


def cites(markers: Iterable[int]) -> str:
    """The numbered buttons that open citations."""
    return "".join(
        f'<button type="button" class="cite" data-marker="{m}" aria-label="근거 {m} 보기">{m}</button>'
        for m in markers
    )


def _alerts(answer: Answer) -> str:
    if not answer.alerts:
        return ""
    boxes = []
    for alert in answer.alerts:
        lines = "".join(
            f'<span class="hotline">{safe(c.name)} <b>{safe(c.phone)}</b></span>' for c in alert.contacts
        )
        boxes.append(
            f'<div class="alert" role="alert"><strong>긴급</strong> {safe(alert.text)}<div>{lines}</div></div>'
        )
    return f'<div class="alerts">{"".join(boxes)}</div>'


def _status(answer: Answer) -> str:
    event = f" · 사건일 {day_text(answer.event_date)}" if answer.event_date else ""
    total = answer.timings_ms.get("total")
    took = f'<span class="took" title="서버 처리 시간">{total:.0f}ms</span>' if total is not None else ""
    return (
        f'<div class="status" role="status"><span class="asked">질문: {safe(answer.question)}</span>'
        f'<span class="badge status-{answer.status.value}">{STATUS[answer.status]}</span>'
        f'<span class="hint">{STATUS_HINT[answer.status]}</span>'
        f'<span class="when">기준일 {day_text(answer.as_of)}{event}</span>{took}</div>'
    )


def _understood(answer: Answer) -> str:
    """The follow-up as it was understood, to be mended and asked again."""
    if not answer.standalone_question or answer.standalone_question == answer.question:
        return ""
    return (
        '<div class="understood"><label for="standalone">이렇게 이해했습니다</label>'
        f'<input id="standalone" value="{safe(answer.standalone_question)}">'
        '<button type="button" data-action="ask-standalone">고쳐서 다시 묻기</button></div>'
    )


def _notices(answer: Answer) -> str:
    """Warnings, windows and what the corpus does not hold."""
    items = [
        f'<li class="warn">{safe(w.text)}{cites([w.citation] if w.citation else [])}</li>'
        for w in answer.warnings
    ]
    for window in answer.windows:
        over = ' class="over"' if window_mark(window, answer.as_of) == "마감" else ""
        mark = cites([window.citation] if window.citation else [])
        items.append(f"<li{over}>{safe(window_text(window, answer.as_of))}{mark}</li>")
    missing = missing_text(answer)
    if missing:
        items.append(f'<li class="missing">{missing}</li>')
    return f'<ul class="notices" aria-label="주의와 기간">{"".join(items)}</ul>' if items else ""


def _aloud(answer: Answer) -> str:
    """What is read aloud, with what must be confirmed beside it."""
    summary, confirm = summary_of(answer), confirmations_of(answer)
    if not summary and not confirm:
        return ""
    framed = " framed" if answer.status in BLOCKING else ""
    lines = "".join(f"<p>{_spoken(s, answer)}{cites(s.citations)}{_origin(s, answer)}</p>" for s in summary)
    aloud = (
        f'<section class="aloud{framed}"><div class="aloud-head"><h2>읽어 드릴 답</h2>'
        f'<button type="button" data-action="copy-answer">복사</button></div>{lines}</section>'
        if lines
        else ""
    )
    items = "".join(f"<li>{safe(s.text)}{cites(s.citations)}{_state(s)}</li>" for s in confirm)
    beside = f'<section class="confirm"><h2>꼭 확인할 것</h2><ul>{items}</ul></section>' if items else ""
    return f'<div class="lead">{aloud}{beside}</div>'


def _spoken(statement: Statement, answer: Answer) -> str:
    return f'<span class="say" data-markers="{" ".join(map(str, statement.citations))}">{safe(statement.text)}</span>'


def _origin(statement: Statement, answer: Answer) -> str:
    """Beside a statement that is not plainly today's rule: which edition says so."""
    if answer.status not in BLOCKING:
        return _state(statement)
    sources = " / ".join(f"{source_line(c)} · {validity_text(c)}" for c in cited(answer, [statement])[:1])
    return f'<small class="origin">{safe(sources)}</small>{_state(statement)}'


def _state(statement: Statement) -> str:
    if statement.state in (State.CURRENT, State.UNDATED):
        return ""
    return f'<span class="tag state-{statement.state.value}">{STATE[statement.state]}</span>'


def _clarification(answer: Answer) -> str:
    if answer.clarification is None:
        return ""
    buttons = "".join(
        f'<button type="button" class="choice" data-action="choose" data-value="{safe(c)}">{safe(c)}</button>'
        for c in answer.clarification.choices
    )
    return f'<section class="clarify"><h2>{safe(answer.clarification.asks)}</h2><div class="choices">{buttons}</div></section>'


def _candidates(answer: Answer) -> str:
    if not answer.candidates:
        return ""
    items = []
    for candidate in answer.candidates:
        matched = "".join(f'<span class="tag ok">{safe(m)}</span>' for m in candidate.matched)
        unknown = "".join(f'<span class="tag ask">{safe(u)}?</span>' for u in candidate.unknown)
        items.append(
            f'<li><button type="button" class="choice" data-action="ask" data-value="{safe(candidate.title)} 지원 대상">'
            f"{safe(candidate.title)}</button>{cites(candidate.citations)}<span>{matched}{unknown}</span></li>"
        )
    return f'<section class="candidates"><h2>해당될 수 있는 사업</h2><ol>{"".join(items)}</ol></section>'


def _details(answer: Answer) -> str:
    """Every statement that is not read aloud, by facet; table rows as tables."""
    shown = {*answer.summary, *answer.must_confirm}
    facets = dict.fromkeys(s.facet for s in answer.statements)
    blocks = []
    for facet in facets:
        own = [(i, s) for i, s in enumerate(answer.statements) if s.facet is facet]
        lines = [
            f"<li>{_spoken(s, answer)}{cites(s.citations)}{_state(s)}</li>"
            for i, s in own
            if i not in shown and not is_row(s, answer)
        ]
        tables = facet_tables(
            [(i in answer.summary, s) for i, s in own if i not in answer.must_confirm], answer, cites
        )
        if lines or tables:
            items = f"<ul>{''.join(lines)}</ul>" if lines else ""
            blocks.append(
                f'<section class="facet"><h3>{FACET[facet]}</h3><div>{items}{tables}</div></section>'
            )
    return f'<div class="details">{"".join(blocks)}</div>' if blocks else ""


def _contacts(answer: Answer) -> str:
    if not answer.contacts:
        return ""
    lines = "".join(
        f"<span>{safe(c.name)} <b>{safe(c.phone)}</b>{cites([c.citation] if c.citation else [])}</span>"
        for c in answer.contacts
    )
    return f'<section class="contacts"><h3>문의처</h3><div>{lines}</div></section>'


def _feedback(answer: Answer) -> str:
    return (
        '<div class="feedback" role="group" aria-label="답변 평가"><span>이 답이 맞나요?</span>'
        '<button type="button" data-action="rate" data-value="good">맞아요</button>'
        '<button type="button" data-action="rate" data-value="bad">틀려요</button>'
        '<span class="rated" role="status"></span></div>'
    )
