"""Drafts that leave the page: call script, Kakao, text message, call note, each with its live size."""

from dataclasses import dataclass
from datetime import datetime

from assistant.channels.kakao import TEXT_LIMIT, kakao_draft
from assistant.channels.note import call_note
from assistant.channels.script import call_script
from assistant.channels.sms import LMS_BYTES, SMS_BYTES, lms_draft, sms_draft
from assistant.channels.web.markup import element, safe
from assistant.domain import Answer


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: `unit` is bytes, characters or none; `limit` in that unit; `note` a line beside the size."""

    key: str
    name: str
    text: str
    unit: str = "none"
    limit: int = 0
    note: str = ""


def drafts_of(answer: Answer, at: datetime | None = None) -> tuple[Draft, ...]:
    """The drafts of an answer given `at` a time; the SMS only where a whole sentence with its source fits."""
    short, long = sms_draft(answer), lms_draft(answer)
    lost = f"보낼 수 없는 글자: {' '.join(long.unsendable)}" if long.unsendable else ""
    message = Draft("sms", "문자(SMS)", short.text, "bytes", SMS_BYTES) if short else None
    subject = f"제목: {long.subject}"
    return (
        Draft("script", "상담 멘트", call_script(answer)),
        Draft("kakao", "카카오톡", kakao_draft(answer), "characters", TEXT_LIMIT),
        *([message] if message else []),
        Draft("lms", "문자(LMS)", long.text, "bytes", LMS_BYTES, " · ".join(p for p in (subject, lost) if p)),
        Draft("note", "상담 기록", call_note(answer, at)),
    )


def drafts_html(answer: Answer, at: datetime | None = None) -> str:
    """Tabs of drafts with copy buttons; `drafts.js` counts and copies."""
    drafts = drafts_of(answer, at)
    tabs = "".join(_tab(d, first=i == 0) for i, d in enumerate(drafts))
    panels = "".join(_panel(d) for d in drafts)
    words = f"<h3>보내기</h3><div>{element('div', tabs, role='tablist', aria_label='보낼 곳')}{panels}</div>"
    return element("section", words, class_="drafts", aria_label="보내기")


def _tab(draft: Draft, first: bool) -> str:
    return element(
        "button",
        draft.name,
        type="button",
        role="tab",
        id=f"tab-{draft.key}",
        aria_controls=f"draft-{draft.key}",
        aria_selected="false",
        tabindex="0" if first else "-1",
        data_action="draft",
        data_value=draft.key,
    )


def _panel(draft: Draft) -> str:
    area = element(
        "textarea",
        safe(draft.text),
        rows=str(min(9, draft.text.count("\n") + 2)),
        aria_label=f"{draft.name} 초안",
        data_unit=draft.unit,
        data_limit=str(draft.limit),
    )
    foot = '<span class="size" role="status"></span>' + element("span", safe(draft.note), class_="quiet")
    foot += element("button", "복사", type="button", data_action="copy", data_value=draft.key)
    body = area + element("div", foot, class_="draft-foot")
    key, label = f"draft-{draft.key}", f"tab-{draft.key}"
    return element(
        "div", body, class_="draft", role="tabpanel", id=key, aria_labelledby=label, hidden="hidden"
    )
