"""One Answer as HTML: what is read aloud, what must be confirmed, details, contacts, feedback."""

from collections.abc import Mapping

from assistant.channels.web.markup import element, safe
from assistant.channels.web.render_evidence import cites, evidence_html
from assistant.channels.web.render_notices import alerts_html, choices_html, notices_html, status_html
from assistant.channels.web.render_table import facet_tables, is_row
from assistant.channels.wording import (
    FACET,
    STATE,
    STATUS,
    cited,
    confirmations_of,
    source_line,
    summary_of,
    validity_text,
)
from assistant.domain import Answer, Facet, State, Statement, Status
from assistant.records.logged import Verdict
from assistant.service import SectionView

BLOCKING = (Status.OUTDATED, Status.CLOSED, Status.CONFLICTING)
"""Statuses under which the summary is not today's rule: it is framed, and its edition stands beneath it."""
EXPECTED = {Status.OUTDATED: State.OUTDATED, Status.CLOSED: State.ENDED}
"""The state that a status already tells, so that it is not repeated at every sentence."""


def answer_html(answer: Answer, sections: Mapping[int, SectionView], drafts: str = "") -> str:
    """The whole result: alerts across the page, the answer left, the evidence (by marker) right."""
    confirm = _confirm(answer)
    main = element("div", _aloud(answer) + _details(answer) + _contacts(answer) + drafts, class_="said")
    lead = element("div", main + confirm, class_="lead" if confirm else "lead alone")
    body = status_html(answer) + notices_html(answer) + choices_html(answer) + lead + _feedback()
    article = element("article", body, class_="answer", aria_label="답변")
    columns = element("div", article + evidence_html(answer, sections), class_="columns")
    return element(
        "div",
        alerts_html(answer) + columns,
        class_="result",
        data_answer_id=answer.answer_id,
        data_question=answer.question,
        data_status=answer.status.value,
        data_label=STATUS[answer.status],
        data_as_of=answer.as_of.isoformat(),
        data_summary=" ".join(s.text for s in summary_of(answer)),
    )


def error_html(message: str, key: str) -> str:
    """A question that could not be answered, in one line; `key` tells the page two equal errors apart."""
    words = "<strong>답하지 못했습니다.</strong> " + safe(message)
    return element("div", words, class_="result error", role="alert", data_key=key)


def _aloud(answer: Answer) -> str:
    """What is read aloud, each sentence with its citation; where it is not today's rule, with its edition."""
    summary = summary_of(answer)
    if not summary:
        return ""
    lines = []
    for position, statement in enumerate(summary):
        following = summary[position + 1] if position + 1 < len(summary) else None
        lines.append(element("p", _said(statement)) + _origin(statement, following, answer))
    copy = '<button type="button" data-action="copy-answer">복사</button>'
    head = element("div", "<h2>읽어 드릴 답</h2>" + copy, class_="aloud-head")
    framed = "aloud framed" if answer.status in BLOCKING else "aloud"
    return element("section", head + "".join(lines), class_=framed, aria_label="읽어 드릴 답")


def _origin(statement: Statement, following: Statement | None, answer: Answer) -> str:
    """Which edition the sentences above come from, once for each run of sentences from one document."""
    if answer.status not in BLOCKING:
        return ""
    source = cited(answer, [statement])[:1]
    after = cited(answer, [following])[:1] if following else ()
    if not source or (after and after[0].document_id == source[0].document_id):
        return ""
    words = f"{source_line(source[0])} · {validity_text(source[0])}"
    return element("small", safe(words) + _state(statement), class_="origin")


def _confirm(answer: Answer) -> str:
    """Exclusions and conditions that the answer must not be given without."""
    items = "".join(element("li", _said(s)) for s in confirmations_of(answer))
    if items:
        words = "<h2>꼭 확인할 것</h2>" + element("ul", items)
    elif answer.summary and Facet.EXCLUSION in answer.missing:
        words = (
            '<h2>꼭 확인할 것</h2><p class="quiet">제외 조건이 자료에 없습니다. 담당 기관에 확인하세요.</p>'
        )
    else:
        return ""
    return element("section", words, class_="confirm", aria_label="꼭 확인할 것")


def _said(statement: Statement) -> str:
    """A statement with the button of its first citation; pointing at it lights all of its citations."""
    markers = " ".join(map(str, statement.citations))
    return element("span", safe(statement.text), class_="say", data_markers=markers) + cites(
        statement.citations
    )


def _state(statement: Statement) -> str:
    if statement.state in (State.CURRENT, State.UNDATED):
        return ""
    return element("span", STATE[statement.state], class_=f"tag state-{statement.state.value}")


def _details(answer: Answer) -> str:
    """Every statement that is not read aloud, by facet; table rows as tables with the caller's row marked."""
    shown = {*answer.summary, *answer.must_confirm}
    numbered = list(enumerate(answer.statements))
    known = EXPECTED.get(answer.status)
    blocks = []
    for facet in dict.fromkeys(s.facet for s in answer.statements):
        own = [(i, s) for i, s in numbered if s.facet is facet and i not in answer.must_confirm]
        lines = "".join(
            element("li", _said(s) + ("" if s.state is known else _state(s)))
            for i, s in own
            if i not in shown and not is_row(s, answer)
        )
        tables = facet_tables([(i in answer.summary, s) for i, s in own], answer)
        if lines or tables:
            words = (element("ul", lines) if lines else "") + tables
            blocks.append(
                element("section", f"<h3>{FACET[facet]}</h3>" + element("div", words), class_="facet")
            )
    return element("div", "".join(blocks), class_="details") if blocks else ""


def _contacts(answer: Answer) -> str:
    lines = "".join(
        element("span", f"{safe(c.name)} <b>{safe(c.phone)}</b>" + cites((c.citation,) if c.citation else ()))
        for c in answer.contacts
    )
    return (
        element("section", "<h3>문의처</h3>" + element("div", lines), class_="facet contacts")
        if lines
        else ""
    )


def _feedback() -> str:
    """A verdict in one click, two where a word on what is wrong helps; `drafts.js` sends it."""
    buttons = "".join(
        element(
            "button", v.value, type="button", data_action="rate", data_value=v.value, aria_pressed="false"
        )
        for v in Verdict
    )
    note = (
        '<span class="note" hidden><input aria-label="무엇이 다른가요" maxlength="500" '
        'placeholder="무엇이 다른가요 (비워도 됩니다)">'
        '<button type="button" data-action="send-rating">보내기</button></span>'
    )
    words = "<span>이 답은</span>" + buttons + note + '<span class="rated" role="status"></span>'
    return element("div", words, class_="feedback", role="group", aria_label="답변 평가")
