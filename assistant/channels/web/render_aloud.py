"""What is read aloud, what documents that disagree say, and what must be confirmed with the caller."""

from assistant.channels.web.markup import element, safe
from assistant.channels.web.render_evidence import cites
from assistant.channels.web.render_table import said_row_html
from assistant.channels.wording import (
    STATE,
    cited,
    confirmations_of,
    source_line,
    summary_of,
    validity_text,
)
from assistant.domain import Answer, Facet, State, Statement, Status

BLOCKING = (Status.OUTDATED, Status.CLOSED, Status.CONFLICTING)
"""Statuses under which the summary is not today's rule: it is framed, and its edition stands beneath it."""

COPY = '<button type="button" data-action="copy-answer">복사</button>'


def aloud_html(answer: Answer) -> str:
    """What is read aloud, each sentence with its citation; where it is not today's rule, with its edition."""
    summary = summary_of(answer)
    if not summary:
        return _nothing_of_today(answer) if answer.status is Status.OUTDATED else ""
    if answer.status is Status.CONFLICTING:
        return _sides(summary, answer)
    lines = []
    for position, statement in enumerate(summary):
        following = summary[position + 1] if position + 1 < len(summary) else None
        lines.append(_aloud(statement, answer) + _origin(statement, following, answer))
    name = _name(summary, answer)
    copy = "" if answer.status is Status.CLOSED else COPY
    head = element("div", element("h2", name) + copy, class_="aloud-head")
    framed = "aloud framed" if answer.status in BLOCKING else "aloud"
    return element("section", head + "".join(lines), class_=framed, aria_label=name)


def _name(summary: tuple[Statement, ...], answer: Answer) -> str:
    """What the box is: words for the caller, what still holds of a past edition, or how it was."""
    if answer.status is Status.CLOSED:
        over = any(s.state is State.ENDED for s in summary)
        return "당시 안내 (지금은 종료)" if over else "당시 안내 (그 기간은 마감)"
    return "지금도 맞는 안내" if answer.status is Status.OUTDATED else "읽어 드릴 답"


def _nothing_of_today(answer: Answer) -> str:
    """Where no sentence of a past edition holds today: that this must be confirmed, and with whom."""
    desk = next((f"<b>{safe(c.name)} {safe(c.phone)}</b>" for c in answer.contacts), "담당 기관")
    words = element("p", f"지금 금액과 기준은 {desk}에 확인하셔야 합니다.")
    head = element("div", "<h2>이렇게 말씀하세요</h2>", class_="aloud-head")
    return element("section", head + words, class_="aloud framed", aria_label="이렇게 말씀하세요")


def _aloud(statement: Statement, answer: Answer) -> str:
    """One statement in large type; a row of a table looks like one."""
    row = said_row_html(statement, answer)
    return element("p", row + cites(statement.citations) if row else said_html(statement))


def _sides(summary: tuple[Statement, ...], answer: Answer) -> str:
    """What documents that disagree say, each under its own name and days; nothing to copy as one answer."""
    sides: dict[str, list[str]] = {}
    for statement in summary:
        source = cited(answer, [statement])[:1]
        name = f"{source_line(source[0])} · {validity_text(source[0])}" if source else "출처 미상"
        sides.setdefault(name, []).append(_aloud(statement, answer))
    boxes = "".join(
        element(
            "div",
            element("small", safe(f"자료 {i} · {name}"), class_="origin") + "".join(said),
            class_="side",
        )
        for i, (name, said) in enumerate(sides.items(), 1)
    )
    head = "<h2>자료가 서로 다릅니다. 하나만 골라 말하지 마세요</h2>"
    return element(
        "section",
        head + element("div", boxes, class_="sides"),
        class_="aloud framed",
        aria_label="서로 다른 자료",
    )


def _origin(statement: Statement, following: Statement | None, answer: Answer) -> str:
    """Which edition the sentences above come from, once for each run of sentences from one document."""
    if answer.status not in BLOCKING:
        return ""
    source = cited(answer, [statement])[:1]
    after = cited(answer, [following])[:1] if following else ()
    if not source or (after and after[0].document_id == source[0].document_id):
        return ""
    words = f"{source_line(source[0])} · {validity_text(source[0])}"
    return element("small", safe(words) + state_html(statement), class_="origin")


def confirm_html(answer: Answer) -> str:
    """Exclusions and conditions that the answer must not be given without."""
    items = "".join(element("li", said_html(s)) for s in confirmations_of(answer))
    if items:
        words = "<h2>꼭 확인할 것</h2>" + element("ul", items)
    elif answer.summary and Facet.EXCLUSION in answer.missing:
        words = (
            '<h2>꼭 확인할 것</h2><p class="quiet">제외 조건이 자료에 없습니다. 담당 기관에 확인하세요.</p>'
        )
    else:
        return ""
    return element("section", words, class_="confirm", aria_label="꼭 확인할 것")


def said_html(statement: Statement) -> str:
    """A statement with the button of its first citation; pointing at it lights all of its citations."""
    markers = " ".join(map(str, statement.citations))
    return element("span", safe(statement.text), class_="say", data_markers=markers) + cites(
        statement.citations
    )


def state_html(statement: Statement) -> str:
    """What a statement's document is on the day, where it is not simply valid."""
    if statement.state in (State.CURRENT, State.UNDATED):
        return ""
    return element("span", STATE[statement.state], class_=f"tag state-{statement.state.value}")
