"""The log as HTML: the list of answers, and one opened as it was, with what can be done about it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from assistant.channels.web.markup import Mark, element, safe, section_html
from assistant.channels.wording import FACET, STATUS, dated, moment_text
from assistant.domain import Document, Facet, Status
from assistant.publishing.log import Now, OpenedAnswer
from assistant.records.logged import Logged, LoggedPassage, Verdict

NOW = {
    Now.SAME: ("지금 자료와 같음", "current"),
    Now.CHANGED: ("그 뒤 바뀜", "outdated"),
    Now.GONE: ("자료 내려감", "ended"),
}
CHANNEL = {"web": "상담 화면", "http": "프로그램", "page": "상담 화면", "service": "프로그램"}
SHOWN_HASH = 12
NOTHING_OPEN = (
    '<section class="desk" aria-label="열린 답">'
    '<p class="desk-empty">왼쪽에서 답을 고르면 그때 그대로 열립니다.</p></section>'
)


def log_html(wanted: Mapping[str, Any], found: Sequence[Logged], zone: str, newest: int) -> str:
    """The search form, and the answers found, newest first."""
    form = (
        '<form class="desk-form stacked" data-do="log-search" role="search">'
        f'<label class="wide">찾을 말 <input type="search" name="words" value="{safe(wanted["words"])}" '
        'maxlength="200" placeholder="질문이나 답에 나온 말"></label>'
        f'<label>첫날 <input type="date" name="since" value="{wanted["since"] or ""}"></label>'
        f'<label>끝날 <input type="date" name="until" value="{wanted["until"] or ""}"></label>'
        f"<label>결과 {_choice('status', STATUS.items(), wanted['status'])}</label>"
        f"<label>평가 {_choice('verdict', ((v, v.value) for v in Verdict), wanted['verdict'])}</label>"
        "<button class=desk-button>찾기</button></form>"
    )
    many = (
        f"최근 {newest}건만 보입니다. 말이나 날짜로 좁히세요." if len(found) == newest else f"{len(found)}건"
    )
    rows = "".join(f"<li>{_row(logged, zone)}</li>" for logged in found)
    body = f'<ol class="log">{rows}</ol>' if rows else '<p class="desk-empty">찾은 답이 없습니다.</p>'
    count = f'<p class="desk-count">{many}</p>'
    return element("section", form + count + body, class_="desk", aria_label="답한 기록")


def _choice(name: str, options: Any, chosen: object) -> str:
    rest = "".join(
        f'<option value="{safe(value)}"{" selected" if value == chosen else ""}>{safe(label)}</option>'
        for value, label in options
    )
    return f'<select name="{name}"><option value="">모두</option>{rest}</select>'


def _row(logged: Logged, zone: str) -> str:
    verdicts = "".join(f'<span class="tag ask">{safe(r["verdict"])}</span>' for r in logged.ratings)
    status = Status(logged.status)
    key = safe(logged.answer_id)
    return (
        f'<button type="button" data-do="log-open" data-answer="{key}" aria-current="false">'
        f'<span class="log-head"><time>{_moment(logged.at, zone)}</time>'
        f'<span class="badge status-{status.value}">{STATUS[status]}</span>{verdicts}</span>'
        f"<strong>{safe(logged.question)}</strong></button>"
    )


def opened_html(
    opened: OpenedAnswer, documents: Mapping[str, Document], zone: str, may_curate: bool, today: date
) -> str:
    """An old answer as it was, with what a person may do about it."""
    logged = opened.logged
    parts = [_head(logged, zone), _said(logged)]
    if may_curate and logged.answer["statements"]:
        parts.append(_curate_form(opened, documents, today))
    parts.append(_evidence(opened, may_curate))
    return element("section", "".join(parts), class_="desk opened", aria_label="열린 답")


def _head(logged: Logged, zone: str) -> str:
    status = Status(logged.status)
    facts = (
        ("물은 때", _moment(logged.at, zone)),
        ("기준일", dated(logged.as_of)),
        ("창구", CHANNEL.get(logged.channel, logged.channel)),
        ("상담사", logged.user or "–"),
        ("통화 메모", logged.call or "–"),
        ("세대", logged.generation),
        ("답 번호", logged.answer_id),
    )
    listed = "".join(f"<div><dt>{name}</dt><dd>{safe(value)}</dd></div>" for name, value in facts)
    before = "".join(f"<li>{safe(question)}</li>" for question in logged.context)
    context = f'<p class="quiet">앞선 질문</p><ul>{before}</ul>' if before else ""
    rated = "".join(
        f'<li><span class="tag ask">{safe(r["verdict"])}</span> {_moment(r["at"], zone)} '
        f"{safe(r['user'] or '')} {safe(r['note'])}</li>"
        for r in logged.ratings
    )
    ratings = f'<ul class="rated-list" aria-label="평가">{rated}</ul>' if rated else ""
    badge = f'<span class="badge status-{status.value}">{STATUS[status]}</span>'
    return f"<h2>{safe(logged.question)} {badge}</h2>{context}<dl class=facts>{listed}</dl>{ratings}"


def _said(logged: Logged) -> str:
    """What was said, in order: read aloud first, each with the numbers of its citations."""
    answer = logged.answer
    aloud = set(answer["summary"])
    order = [*answer["summary"], *(i for i in range(len(answer["statements"])) if i not in aloud)]
    rows = "".join(_statement(answer["statements"][i], i in aloud) for i in order)
    cautions = "".join(f"<li>{safe(dated(w['text']))}</li>" for w in answer["warnings"])
    notes = f'<ul class="notices-list">{cautions}</ul>' if cautions else ""
    return f'{notes}<ul class="said-list">{rows}</ul>' if rows else notes


def _statement(statement: Mapping[str, Any], aloud: bool) -> str:
    numbers = "".join(f'<span class="num">{marker}</span>' for marker in statement["citations"])
    facet = FACET[Facet(statement["facet"])]
    kind = "읽은 답" if aloud else facet
    tone = " class=aloud-line" if aloud else ""
    return f'<li{tone}><span class="kind">{kind}</span> {safe(statement["text"])} {numbers}</li>'


def _evidence(opened: OpenedAnswer, may_correct: bool) -> str:
    """The cited sections as they were: each once, its quotes marked, with hash and what it is now."""
    citations = {c["marker"]: c for c in opened.logged.answer["citations"]}
    groups: dict[tuple[str, str], list[tuple[LoggedPassage, Now]]] = {}
    for passage, now in zip(opened.passages, opened.now, strict=True):
        groups.setdefault((passage.document_id, passage.hash), []).append((passage, now))
    cards = "".join(_card(group, citations, may_correct) for group in groups.values())
    return f"<h3>그때의 근거 <small>{len(groups)}곳</small></h3>{cards}" if cards else ""


def _card(
    group: Sequence[tuple[LoggedPassage, Now]], citations: Mapping[int, Mapping[str, Any]], may_correct: bool
) -> str:
    first, now = group[0]
    marks = [Mark(p.marker, p.quote_start, p.quote_end) for p, _ in group]
    label, tone = NOW[now]
    numbers = "".join(f'<span class="num">{p.marker}</span>' for p, _ in group)
    title = citations[first.marker]["title"]
    whole = all(p.whole for p, _ in group)
    check = (
        f"원문 해시 {first.hash[:SHOWN_HASH]}"
        if whole
        else "원문 해시가 맞지 않습니다. 관리자에게 알려 주세요."
    )
    head = (
        f'<header><div class="passage-title">{numbers}<strong>{safe(title)}</strong></div>'
        f'<div class="passage-facts"><span class="tag state-{tone}">{label}</span>'
        f"<span>{safe(' › '.join(first.heading_path) or '문서 제목')}</span>"
        f'<span title="{first.hash}">{check}</span></div></header>'
    )
    wrong = _wrong_form([p for p, _ in group]) if may_correct else ""
    text = f'<div class="passage-text" tabindex="0" role="region" aria-label="원문 {first.marker}">'
    return f'<section class="passage">{head}{text}{section_html(first.text, marks)}</div>{wrong}</section>'


def _wrong_form(passages: Sequence[LoggedPassage]) -> str:
    """Mark a quote as wrong: which one, and why."""
    options = "".join(
        f'<option value="{safe(p.quote)}">{p.marker} · {safe(p.quote[:60])}</option>' for p in passages
    )
    return (
        '<details class="wrong"><summary>이 구절이 틀림</summary><form class="desk-form" data-do="correct">'
        f'<input type="hidden" name="document" value="{safe(passages[0].document_id)}">'
        f'<label class="wide">틀린 구절 <select name="words">{options}<option value="">이 문서 전체</option>'
        "</select></label>"
        '<label class="wide">무엇이 틀렸는지 <input name="why" required maxlength="300"></label>'
        "<button class=desk-button>다시 걸 전화 찾기</button></form></details>"
    )


def _curate_form(opened: OpenedAnswer, documents: Mapping[str, Document], today: date) -> str:
    """An approved answer of this one, filled in as far as it can be."""
    answer = opened.logged.answer
    ticks = "".join(
        f'<label class="kept"><input type="checkbox" name="statements" value="{i}" checked> '
        f"{safe(s['text'])} {''.join(f'<span class=num>{m}</span> ' for m in s['citations'])}</label>"
        for i, s in enumerate(answer["statements"])
    )
    until = _likely_end(opened, documents, today)
    over = [
        c["title"] for c in answer["citations"] if c["effective_until"] and c["effective_until"] < str(today)
    ]
    caution = (
        f'<p class="wide stale">{safe(over[0])}의 유효기간이 지났습니다. 승인해도 오늘 기준 질문에는 나가지 '
        "않습니다.</p>"
        if over
        else ""
    )
    return (
        '<details class="curate"><summary>승인 답변 만들기</summary><form class="desk-form" data-do="curate">'
        f'<input type="hidden" name="answer" value="{safe(opened.logged.answer_id)}">'
        f'<p class="wide quiet">“{safe(opened.logged.question)}”라고 물으면 엔진의 답보다 먼저 나갑니다.</p>'
        f"{caution}"
        '<label class="wide">같은 답을 줄 다른 말 (한 줄에 하나) <textarea name="questions" rows="2">'
        "</textarea></label>"
        f'<fieldset class="wide"><legend>내보낼 문장 (번호는 근거)</legend>{ticks}</fieldset>'
        '<label class="wide">덧붙일 말 (숫자는 근거에 있는 것만) <input name="note" maxlength="300"></label>'
        f'<label>유효 첫날 <input type="date" name="since" value="{today}" required></label>'
        f'<label>유효 끝날 <input type="date" name="until" value="{until}" required></label>'
        "<button class=desk-button>승인 요청</button></form></details>"
    )


def _likely_end(opened: OpenedAnswer, documents: Mapping[str, Document], today: date) -> date:
    """The first day on which a cited document ends, or this year's last; never before today."""
    ends = [
        document.metadata.effective_until
        for passage in opened.passages
        if (document := documents.get(passage.document_id)) and document.metadata.effective_until
    ]
    return max(today, min([*ends, date(today.year, 12, 31)]))


def _moment(at: str, zone: str) -> str:
    return moment_text(datetime.fromisoformat(at).astimezone(ZoneInfo(zone)))
