"""What stands above the answer: alerts, status, the question as understood, warnings, windows, choices."""

from assistant.channels.web.markup import element, safe
from assistant.channels.web.render_evidence import cites
from assistant.channels.wording import (
    STATUS,
    STATUS_HINT,
    day_text,
    missing_text,
    window_mark,
    window_text,
)
from assistant.domain import Answer, Candidate


def alerts_html(answer: Answer) -> str:
    """Danger for the caller, the hot-lines in large type."""
    boxes = []
    for alert in answer.alerts:
        lines = "".join(
            element("span", f"{safe(c.name)} <b>{safe(c.phone)}</b>", class_="hotline")
            for c in alert.contacts
        )
        words = f"<strong>긴급</strong> {safe(alert.text)}" + element("div", lines)
        boxes.append(element("div", words, class_="alert", role="alert"))
    return element("div", "".join(boxes), class_="alerts") if boxes else ""


def status_html(answer: Answer) -> str:
    """The question, the outcome as a badge with words, the day the answer stands on, and how long it took."""
    event = f" · 사건일 {day_text(answer.event_date)}" if answer.event_date else ""
    total = answer.timings_ms.get("total")
    badge = element("span", STATUS[answer.status], class_=f"badge status-{answer.status.value}")
    parts = (
        element("span", f"질문: {safe(answer.question)}", class_="asked"),
        badge,
        element("span", STATUS_HINT[answer.status], class_="hint"),
        element("span", f"기준일 {day_text(answer.as_of)}{event}", class_="when"),
        element("span", f"{total:.0f}ms", class_="took", title="서버 처리 시간") if total is not None else "",
    )
    return element("div", "".join(parts), class_="status", role="status") + _understood(answer)


def _understood(answer: Answer) -> str:
    """The follow-up as it was understood, to be mended and asked again."""
    if not answer.standalone_question or answer.standalone_question == answer.question:
        return ""
    return element(
        "div",
        '<label for="standalone">이렇게 이해했습니다</label>'
        f'<input id="standalone" value="{safe(answer.standalone_question)}">'
        '<button type="button" data-action="ask-standalone">고쳐서 다시 묻기</button>',
        class_="understood",
    )


def notices_html(answer: Answer) -> str:
    """Warnings, windows and what is missing; a window that a warning already calls over is not repeated."""
    items = [
        element("li", safe(w.text) + cites((w.citation,) if w.citation else ()), class_="warn")
        for w in answer.warnings
    ]
    told = any(w.code == "closed" for w in answer.warnings)
    for window in answer.windows:
        over = window_mark(window, answer.as_of) == "마감"
        if over and told:
            continue
        words = safe(window_text(window, answer.as_of)) + cites((window.citation,) if window.citation else ())
        items.append(element("li", words, class_="over" if over else "open"))
    if missing := missing_text(answer):
        items.append(element("li", missing, class_="missing"))
    return element("ul", "".join(items), class_="notices", aria_label="주의와 기간") if items else ""


def choices_html(answer: Answer) -> str:
    """The question to put to the caller as buttons, and programmes that may fit, with what is unknown."""
    parts = []
    if answer.clarification is not None:
        buttons = "".join(_choice("choose", c, c) for c in answer.clarification.choices)
        words = element("h2", safe(answer.clarification.asks)) + element("div", buttons, class_="choices")
        parts.append(element("section", words, class_="clarify"))
    if answer.candidates:
        items = "".join(element("li", _candidate(c)) for c in answer.candidates)
        words = "<h2>해당될 수 있는 사업</h2>" + element("ol", items)
        parts.append(element("section", words, class_="candidates"))
    return "".join(parts)


def _candidate(candidate: Candidate) -> str:
    matched = "".join(element("span", safe(m), class_="tag ok") for m in candidate.matched)
    unknown = "".join(element("span", f"{safe(u)}?", class_="tag ask") for u in candidate.unknown)
    ask = f' <span class="quiet">더 여쭐 것</span> {unknown}' if unknown else ""
    button = _choice("ask", f"{candidate.title} 지원 대상", candidate.title)
    return button + cites(candidate.citations) + matched + ask


def _choice(action: str, value: str, words: str) -> str:
    return element(
        "button", safe(words), type="button", class_="choice", data_action=action, data_value=value
    )
