"""What stands above the answer: alerts, status, the question as understood, warnings, windows, choices."""

from assistant.answering.filtering import filters_text
from assistant.answering.outcomes import OVER
from assistant.channels.web.markup import element, safe
from assistant.channels.web.render_evidence import cites
from assistant.channels.wording import (
    STATUS,
    bare_title,
    dated,
    day_text,
    missing_text,
    status_hint,
    window_mark,
    window_text,
)
from assistant.corpus.units import clean
from assistant.domain import Answer, Candidate, Caution, Status
from assistant.records.bulletins import CODE

BESIDE = "상황에 따라 이런 사업도 해당될 수 있습니다"
"""Above candidates beside an answer."""


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
    """The question, the outcome as a badge with words, and the day the answer stands on."""
    event = f" · 사건일 {day_text(answer.event_date)}" if answer.event_date else ""
    badge = element("span", STATUS[answer.status], class_=f"badge status-{answer.status.value}")
    parts = (
        element("span", f"질문: {safe(answer.question)}", class_="asked"),
        badge,
        _narrowed(answer),
        element("span", status_hint(answer), class_="hint"),
        element("span", f"기준일 {day_text(answer.as_of)}{event}", class_="when"),
    )
    return element("div", "".join(parts), class_="status", role="status") + _understood(answer)


def _narrowed(answer: Answer) -> str:
    """That a filter was on, with a button that asks without it."""
    if not answer.filters:
        return ""
    words = element("span", f"{filters_text(answer.filters)}만", class_="tag ask")
    again = '<button type="button" class="small" data-action="ask-unfiltered">필터 끄고 다시 묻기</button>'
    return element("span", words + again, class_="narrowed")


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
    items = [_warning(w) for w in answer.warnings]
    told = any(w.code == "closed" for w in answer.warnings)
    for window in answer.windows:
        ended = answer.status is Status.CLOSED
        over = window_mark(window, answer.as_of) == "마감" or (ended and window.end is None)
        if over and told and window.end is not None:
            continue
        words = safe(window_text(window, answer.as_of, ended))
        words += cites((window.citation,) if window.citation else ())
        items.append(element("li", words, class_="over" if over else "open"))
    if missing := missing_text(answer):
        items.append(element("li", missing, class_="missing"))
    return element("ul", "".join(items), class_="notices", aria_label="주의와 기간") if items else ""


def _warning(caution: Caution) -> str:
    """A warning; a bulletin is news from the office, not a remark on the sources, and looks like it."""
    words = safe(dated(caution.text)) + cites((caution.citation,) if caution.citation else ())
    if caution.code != CODE:
        return element("li", words, class_="warn")
    return element("li", "<strong>공지</strong> " + words.removeprefix("[공지] "), class_="bulletin")


def choices_html(answer: Answer) -> str:
    """The question to put to the caller as buttons; programmes that may fit, with what is unknown."""
    if answer.candidates:
        asks = answer.clarification.asks if answer.clarification else BESIDE
        items = "".join(element("li", _candidate(c, answer)) for c in answer.candidates)
        words = element("h2", safe(asks)) + element("ol", items)
        return element("section", words, class_="candidates", aria_label="해당될 수 있는 사업")
    if answer.clarification is None:
        return ""
    buttons = "".join(_choice("choose", c, _offered(c)) for c in answer.clarification.choices)
    words = element("h2", safe(answer.clarification.asks)) + element("div", buttons, class_="choices")
    return element("section", words, class_="clarify", aria_label="확인 질문")


def _candidate(candidate: Candidate, answer: Answer) -> str:
    """A programme as a button, which words fit, what still has to be asked, and the sentences that fit."""
    words = [m for m in candidate.matched if not any(m != o and m in o for o in candidate.matched)]
    tags = "".join(element("span", safe(m), class_="tag ok") for m in words)
    fits = f'<span class="to-ask">맞는 말 {tags}</span>' if tags else ""
    unknown = "".join(element("span", f"{safe(u)}?", class_="tag ask") for u in candidate.unknown)
    ask = f'<span class="to-ask">더 여쭐 것 {unknown}</span>' if unknown else ""
    button = _choice("ask", f"{bare_title(candidate.title)} 지원 대상과 지원 내용", safe(candidate.title))
    lines = "".join(
        element(
            "p",
            element("span", safe(text), class_="say", data_markers=" ".join(map(str, markers)))
            + cites(markers),
        )
        for text, markers in _fitting(candidate, answer)
    )
    return element("div", button + fits + ask) + (lines or cites(candidate.citations))


def _fitting(candidate: Candidate, answer: Answer) -> list[tuple[str, tuple[int, ...]]]:
    """What fits of a candidate, with its markers: its sentences; beside an answer, where it has none, what it
    quotes, but for rows that stand without their header and for titles."""
    cited = {*candidate.citations}
    own = [s for s in answer.statements if s.programme == candidate.programme and s.citations]
    if said := [(s.text, s.citations) for s in own if {*s.citations} <= cited]:
        return said
    quoted = [c for c in answer.citations if c.marker in cited and c.heading_path]
    return [(clean(c.quote), (c.marker,)) for c in quoted if not c.quote.lstrip().startswith("|")]


def _offered(choice: str) -> str:
    """A choice in words; that it is over stands behind it as a tag."""
    words = choice.removesuffix(f" · {OVER}")
    over = element("span", OVER, class_="tag state-ended") if words != choice else ""
    return f"{safe(words)} {over}".rstrip()


def _choice(action: str, value: str, words: str) -> str:
    """A button of a choice; `words` are HTML."""
    return element("button", words, type="button", class_="choice", data_action=action, data_value=value)
