"""The tab 상담: one question box, the answer and its evidence."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from types import ModuleType
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, ValidationError

from assistant.channels.http import LONGEST_CALL_NOTE, CallNote, Who, nobody
from assistant.channels.web.markup import safe
from assistant.channels.web.render_answer import Beside, answer_html, error_html
from assistant.channels.web.render_drafts import drafts_html
from assistant.domain import Answer, Filters, Status
from assistant.errors import AssistantError
from assistant.records.privacy import Masker, public_phones
from assistant.service import Assistant

AT_ONCE = 10
"""Questions answered at the same time: one for each counsellor of a shift."""

UNREADABLE = "기준일이나 이어진 질문을 읽을 수 없습니다. 새 통화(F2)로 다시 시작해 주세요."
CALL_BAR = """
<div class="call-bar">
  <div id="chips" role="group" aria-label="이어지는 내용"></div>
  <div class="filters" role="group" aria-label="찾는 범위">
    <label for="filter-category">분야</label><select id="filter-category" data-filter="category"></select>
    <label for="filter-region">지역</label><select id="filter-region" data-filter="region"></select>
    <button type="button" data-action="unfilter" hidden>필터 끄기</button>
  </div>
  <div class="call-note">
    <label for="call-note"><span>통화 </span>메모</label><input id="call-note" maxlength="{longest}" lang="ko"
      autocomplete="off" placeholder="내선, 성함 끝자리" title="다시 걸 때 이 통화를 알아볼 말">
  </div>
</div>"""
BROKEN = "내부 오류입니다. 다시 물어보고, 계속되면 담당자에게 시각과 질문을 알려 주세요."


class Call(BaseModel):
    """What the browser knows of the call under way: as-of date, what is carried over, filters, note."""

    as_of: date | None = None
    context: list[str] = Field(default_factory=list, max_length=20)
    category: str | None = None
    region: str | None = None
    note: CallNote = None

    def filters(self) -> Filters:
        """The filters that are on."""
        return Filters(self.category or None, self.region or None)


def header(title: str, sign_in: str = "") -> str:
    """The bar above the tabs: name, who is signed in, as-of date, new call, shortcuts, connection.

    `sign_in`: the dialog to sign in by, where somebody can.
    """
    who = '<p id="who"></p>' if sign_in else ""
    return f"""
<div class="bar">
  <div class="named"><h1>{safe(title)}</h1>{who}</div>
  <div class="bar-tools">
    <label for="as-of">기준일</label><input id="as-of" type="date" aria-describedby="as-of-note">
    <button type="button" data-action="today" id="as-of-note" hidden>오늘로</button>
    <button type="button" data-action="new-call" title="질문·이어진 내용·기준일·필터·통화 메모를 지웁니다"
      >새 통화 <kbd>F2</kbd></button>
    <button type="button" data-action="help" title="단축키 (F1)">단축키 <kbd>F1</kbd></button>
    <button type="button" data-action="dark" title="밝게/어둡게">어둡게</button>
  </div>
</div>
<div id="connection" role="alert" hidden></div>
<dialog id="help" aria-labelledby="help-title"><h2 id="help-title">단축키</h2><dl>
<dt>Enter</dt><dd>묻기 (글자를 조합하는 중에는 보내지 않습니다)</dd>
<dt>F2</dt><dd>새 통화: 질문, 이어진 내용, 기준일, 필터, 통화 메모를 지웁니다 (Alt+N도 됩니다)</dd>
<dt>Shift+Tab</dt><dd>질문 칸에서 통화 메모로 (Enter로 돌아오기)</dd>
<dt>Esc</dt><dd>제안 닫기, 질문 지우기</dd>
<dt>↑ ↓</dt><dd>제안 고르기 (Enter로 질문 칸에 넣기)</dd>
<dt>Alt+1…9</dt><dd>그 번호의 근거 원문 열기</dd>
<dt>/</dt><dd>질문 칸으로 (질문 칸 밖에서)</dd>
<dt>F1</dt><dd>이 안내 (질문 칸 밖에서는 ?도 됩니다)</dd></dl>
<form method="dialog"><button>닫기</button></form></dialog>{sign_in}"""


def lay_out(gradio: ModuleType, assistant: Assistant, who: Who = nobody) -> None:
    """Put the tab's parts into the open Gradio context. The call's state lives in the browser (`call.js`).

    `who` names the person of a request.
    """
    gradio.HTML(
        CALL_BAR.format(longest=LONGEST_CALL_NOTE),
        elem_id="carried",
        js_on_load="window.counsel.mountCall(element)",
    )
    with gradio.Row(elem_id="ask-row", equal_height=True):
        question = gradio.Textbox(
            label="질문",
            show_label=False,
            container=False,
            max_lines=1,
            autofocus=True,
            scale=8,
            elem_id="question",
            placeholder="들은 말을 그대로 적고 Enter  (예: 어머니가 67세신데 기초연금 어디서 신청해요?)",
        )
        ask = gradio.Button("묻기", variant="primary", elem_id="ask", scale=0, min_width=88)
    call = gradio.JSON(visible=False)
    result = gradio.HTML(_welcome(), elem_id="result", js_on_load="window.counsel.mountResult(element)")
    handler = answer_with(assistant, who)
    handler.__annotations__ = {"request": gradio.Request}
    asking = gradio.on(
        [question.submit, ask.click],
        handler,
        [question, call],
        [result],
        js="() => window.counsel.asked()",
        show_progress="hidden",
        concurrency_limit=AT_ONCE,
        trigger_mode="always_last",
        api_visibility="private",
    )
    asking.failure(None, js="() => window.counsel.refused()", api_visibility="private")


def answer_with(assistant: Assistant, who: Who = nobody) -> Callable[..., str]:
    """The page's handler: a question and its call → the result's HTML; errors become one line."""
    masker = Masker(public_phones(assistant.documents()))

    def answered(question: str, call: dict[str, Any] | None, request: Any = None) -> str:
        turn = str((call or {}).get("turn", ""))
        try:
            answer = asked(assistant, question, call, who(request))
            return result_html(assistant, masker, answer, turn)
        except (AssistantError, ValidationError) as error:
            words = str(error) if isinstance(error, AssistantError) else UNREADABLE
            return error_html(words, uuid4().hex, turn)
        except Exception:
            logging.getLogger(__name__).exception("The page could not answer")
            return error_html(BROKEN, uuid4().hex, turn)

    return answered


def asked(assistant: Assistant, question: str, call: dict[str, Any] | None, user: str | None) -> Answer:
    """The answer to a question of a call as the browser tells it (ValidationError, AssistantError)."""
    known = Call.model_validate(call or {})
    return assistant.ask(
        question,
        as_of=known.as_of,
        context=known.context,
        channel="web",
        user=user,
        call=known.note,
        filters=known.filters(),
    )


def result_html(assistant: Assistant, masker: Masker, answer: Answer, turn: str = "") -> str:
    """An answer with its sections and drafts, personal numbers masked, because the browser keeps it.

    `turn` is the browser's own count of what it asked: an answer that comes too late is not shown.
    """
    alone = answer.standalone_question
    shown = replace(
        answer,
        question=masker.mask(answer.question),
        standalone_question=masker.mask(alone) if alone else None,
    )
    beside = Beside(
        {c.marker: assistant.section_of(c) for c in answer.citations},
        assistant.related(shown),
        assistant.carried(shown),
        assistant.writes_prose and answer.status is Status.ANSWERED and not answer.candidates,
        drafts_html(shown, datetime.now(ZoneInfo(assistant.settings.timezone))),
        turn,
    )
    return answer_html(shown, beside)


def _welcome() -> str:
    return (
        '<div class="welcome"><p>질문을 적고 <kbd>Enter</kbd>를 누르면 답과 근거 원문이 함께 나옵니다.</p>'
        "<p>모든 문장에 근거 번호가 붙습니다. 문장에 마우스를 올리면 원문의 그 구절이 밝아집니다.</p></div>"
    )
