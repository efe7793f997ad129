"""One Answer as HTML: what is read aloud, what must be confirmed, details, contacts, feedback."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.answering.carried import Carried
from assistant.answering.related import Related
from assistant.answering.section_view import SectionView
from assistant.channels.web.markup import element, safe
from assistant.channels.web.render_aloud import aloud_html, confirm_html, said_html, state_html
from assistant.channels.web.render_evidence import cites, evidence_html
from assistant.channels.web.render_notices import alerts_html, choices_html, notices_html, status_html
from assistant.channels.web.render_table import facet_tables, is_row
from assistant.channels.wording import (
    FACET,
    RELATED,
    STATUS,
    bare_title,
    only_a_desk,
    phones_in,
    summary_of,
)
from assistant.domain import Answer, State, Status
from assistant.records.logged import Verdict

PROSE = (
    '<section class="prose-slot" aria-label="AI가 다듬은 문장" aria-live="polite">'
    '<p class="quiet">AI가 읽기 좋은 문장을 쓰고 있습니다. 위의 답을 먼저 읽으셔도 됩니다.</p></section>'
)
"""Where a language model's prose comes to stand (`slow.js`)."""
EXPECTED = {Status.OUTDATED: State.OUTDATED, Status.CLOSED: State.ENDED}
"""The state that a status already tells, so that it is not repeated at every sentence."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the page shows beside an answer: sections by marker, related programmes, what the next question
    leans on, whether a language model is to be asked for prose, the drafts as HTML, the browser's turn."""

    sections: Mapping[int, SectionView] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    carried: Carried | None = None
    prose: bool = False
    drafts: str = ""
    turn: str = ""


def answer_html(answer: Answer, beside: Beside) -> str:
    """The whole result: alerts across the page, the answer left, the evidence right."""
    article = element("article", _body(answer, beside), class_="answer", aria_label="답변")
    columns = element("div", article + evidence_html(answer, beside.sections), class_="columns")
    handed_on = beside.carried or Carried(None, None, answer.standalone_question or answer.question)
    return element(
        "div",
        alerts_html(answer) + columns,
        class_="result",
        data_answer_id=answer.answer_id,
        data_question=answer.question,
        data_alone=answer.standalone_question or answer.question,
        data_status=answer.status.value,
        data_label=STATUS[answer.status],
        data_as_of=answer.as_of.isoformat(),
        data_summary=" ".join(s.text for s in summary_of(answer)),
        data_programme=handed_on.programme or "",
        data_household=str(handed_on.household or ""),
        data_bare=handed_on.question,
        data_turn=beside.turn,
    )


def _body(answer: Answer, beside: Beside) -> str:
    """The answer from its status to its feedback, in the order of use in a call.

    Documents that disagree need room to stand side by side: what must be confirmed goes beneath them.
    """
    confirm, aloud = confirm_html(answer), aloud_html(answer)
    across = aloud if answer.status is Status.CONFLICTING else ""
    said = (
        ("" if across else aloud)
        + (PROSE if beside.prose else "")
        + ("" if answer.candidates and not answer.summary else _details(answer))
        + _contacts(answer)
    )
    lead = element(
        "div", element("div", said, class_="said") + confirm, class_="lead" if confirm else "lead alone"
    )
    choices = choices_html(answer)
    body = status_html(answer) + notices_html(answer) + across
    body += lead + choices if answer.candidates and answer.summary else choices + lead
    return body + _related(beside.related) + beside.drafts + _feedback()


def error_html(message: str, key: str, turn: str = "") -> str:
    """A question that could not be answered, in one line; `key` tells the page two equal errors apart."""
    words = "<strong>답하지 못했습니다.</strong> " + safe(message)
    return element("div", words, class_="result error", role="alert", data_key=key, data_turn=turn)


def _details(answer: Answer) -> str:
    """Every statement that is not read aloud, by facet; table rows as tables with the caller's row marked."""
    shown = {*answer.summary, *answer.must_confirm}
    numbered = list(enumerate(answer.statements))
    known = EXPECTED.get(answer.status)
    blocks = []
    for facet in dict.fromkeys(s.facet for _, s in numbered):
        own = [(i, s) for i, s in numbered if s.facet is facet and i not in answer.must_confirm]
        lines = "".join(
            element("li", said_html(s) + ("" if s.state is known else state_html(s)))
            for i, s in own
            if i not in shown and not is_row(s, answer) and not only_a_desk(s, answer)
        )
        tables = facet_tables([(i in answer.summary, s) for i, s in own], answer)
        if lines or tables:
            words = (element("ul", lines) if lines else "") + tables
            blocks.append(
                element("section", f"<h3>{FACET[facet]}</h3>" + element("div", words), class_="facet")
            )
    return element("div", "".join(blocks), class_="details") if blocks else ""


def _contacts(answer: Answer) -> str:
    """Whom to call, in one line to read out; a number that a passage holds is cited."""
    cited_by = {
        number: s.citations
        for s in reversed(answer.statements)
        if only_a_desk(s, answer)
        for number in phones_in(s.text)
    }
    lines = "".join(
        element(
            "span",
            f"{safe(c.name)} <b>{safe(c.phone)}</b>"
            + cites((c.citation,) if c.citation else cited_by.get(c.phone, ())),
        )
        for c in answer.contacts
    )
    return (
        element("section", "<h3>문의처</h3>" + element("div", lines), class_="facet contacts")
        if lines
        else ""
    )


def _related(related: tuple[Related, ...]) -> str:
    """Programmes beside the answered one, as buttons that ask for them; why, and the words that say so."""
    kinds = dict.fromkeys(one.kind for one in related)
    groups = []
    for kind in kinds:
        tag = element("span", RELATED[kind], class_=f"tag kind-{kind}")
        ones = "".join(_related_one(one) for one in related if one.kind == kind)
        groups.append(element("li", tag + ones))
    words = "<h3>관련 사업</h3>" + element("ul", "".join(groups))
    return element("section", words, class_="facet related") if groups else ""


def _related_one(related: Related) -> str:
    """A related programme as a button, with the sentence that names it."""
    return element(
        "button",
        safe(related.title),
        type="button",
        class_="choice",
        data_action="ask",
        data_value=f"{bare_title(related.title)} 지원 대상과 지원 내용",
    ) + (element("q", safe(related.quote)) if related.quote else "")


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
