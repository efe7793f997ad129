"""Drafts that leave the page: call script, Kakao, text message, call note, each editable with its live size."""

from dataclasses import dataclass

from assistant.channels.kakao import TEXT_LIMIT, kakao_draft
from assistant.channels.note import call_note
from assistant.channels.script import call_script
from assistant.channels.sms import LMS_BYTES, SMS_BYTES, lms_draft, sms_draft
from assistant.channels.web.markup import safe
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


def drafts_of(answer: Answer, question: str) -> tuple[Draft, ...]:
    """The drafts of an answer; the short message only where one whole sentence with its source fits 90 bytes."""
    short, long = sms_draft(answer), lms_draft(answer)
    lost = f"보낼 수 없는 글자: {' '.join(long.unsendable)}" if long.unsendable else ""
    message = Draft("sms", "문자(SMS)", short.text, "bytes", SMS_BYTES) if short else None
    subject = f"제목: {long.subject}"
    return (
        Draft("script", "상담 멘트", call_script(answer)),
        Draft("kakao", "카카오톡", kakao_draft(answer), "characters", TEXT_LIMIT),
        *([message] if message else []),
        Draft("lms", "문자(LMS)", long.text, "bytes", LMS_BYTES, " · ".join(p for p in (subject, lost) if p)),
        Draft("note", "상담 기록", call_note(answer, question)),
    )


def drafts_html(answer: Answer, question: str) -> str:
    """Tabs of drafts with copy buttons; `drafts.js` counts and copies."""
    drafts = drafts_of(answer, question)
    tabs = "".join(
        f'<button type="button" role="tab" id="tab-{d.key}" aria-controls="draft-{d.key}" data-action="draft" '
        f'data-value="{d.key}" aria-selected="false" tabindex="{0 if i == 0 else -1}">{d.name}</button>'
        for i, d in enumerate(drafts)
    )
    return (
        '<section class="drafts" aria-label="보내기"><h3>보내기</h3><div>'
        f'<div role="tablist" aria-label="보낼 곳">{tabs}</div>{"".join(_panel(d) for d in drafts)}</div></section>'
    )


def _panel(draft: Draft) -> str:
    rows = min(9, draft.text.count("\n") + 2)
    return (
        f'<div class="draft" role="tabpanel" id="draft-{draft.key}" aria-labelledby="tab-{draft.key}" hidden>'
        f'<textarea rows="{rows}" aria-label="{draft.name} 초안" data-unit="{draft.unit}" data-limit="{draft.limit}">'
        f'{safe(draft.text)}</textarea><div class="draft-foot"><span class="size" role="status"></span>'
        f'<span class="quiet">{safe(draft.note)}</span>'
        f'<button type="button" data-action="copy" data-value="{draft.key}">복사</button></div></div>'
    )
