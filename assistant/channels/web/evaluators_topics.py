"""A part of the tab 평가: an answer that was given becomes a topic."""

from dataclasses import dataclass
from typing import Any

from assistant.channels.web.evaluators_bench import EvaluatorsBench
from assistant.channels.web.markup import safe
from assistant.channels.web.render_ratings import logged_label
from assistant.errors import EvaluationError
from assistant.evaluation.collecting import COLLECTED, drafted
from assistant.records.users import Right, User

VERDICTS = ["모두", "정확", "부정확", "오래됨", "근거 틀림", "부족"]


@dataclass(frozen=True, slots=True)
class TopicParts:
    """The parts of the tab 문항 만들기."""

    verdict: Any
    logged: Any
    draft: Any
    text: Any
    file: Any
    save: Any
    told: Any


def lay_out(desk: EvaluatorsBench) -> TopicParts:
    """Logged answers to choose from, the topic as YAML, the file it goes into."""
    gradio = desk.gradio
    files = [name for name in desk.bench.topics() if name.startswith("topics/")]
    names = [name.removeprefix("topics/") for name in files]
    with gradio.Row(elem_classes="filters"):
        verdict = gradio.Dropdown(VERDICTS, value=VERDICTS[0], label="상담사 평가", scale=1, min_width=110)
        logged = gradio.Dropdown([], label="기록된 답", elem_id="logged", scale=4)
        draft = gradio.Button("문항 초안", elem_id="draft-topic", scale=0, min_width=110)
    text = gradio.Textbox(
        label="문항 (YAML). 맞는 사실과 틀린 사실을 살펴보고 고치세요",
        lines=16,
        max_lines=24,
        elem_id="topic-text",
    )
    with gradio.Row(elem_classes="filters"):
        known = list(dict.fromkeys([COLLECTED, *names]))
        file = gradio.Dropdown(known, value=COLLECTED, label="넣을 파일", elem_id="topic-file")
        save = gradio.Button("검사하고 저장", variant="primary", elem_id="topic-save", scale=0, min_width=140)
    return TopicParts(verdict, logged, draft, text, file, save, gradio.HTML("", elem_id="topic-told"))


def bind(desk: EvaluatorsBench, parts: TopicParts) -> None:
    """List, draft, check and save."""
    desk.gate.show(desk.knowing(_listed), [parts.logged])
    desk.bind(parts.verdict.input, _listed, [parts.verdict], [parts.logged], Right.RECORDS)
    desk.bind(parts.draft.click, _drafted, [parts.logged], [parts.text, parts.told], Right.RECORDS)
    desk.bind(parts.save.click, _saved, [parts.text, parts.file], [parts.told])


def _listed(desk: EvaluatorsBench, user: User, verdict: str = VERDICTS[0]) -> Any:
    if not user.may(Right.RECORDS):
        return desk.gradio.Dropdown(choices=[])
    found = desk.bench.logged(None if verdict == VERDICTS[0] else verdict)
    return desk.gradio.Dropdown(choices=[(logged_label(one), one.answer_id) for one in found], value=None)


def _drafted(desk: EvaluatorsBench, user: User, answer_id: str | None) -> Any:
    if answer_id is None:
        raise EvaluationError("기록된 답을 먼저 고르세요.")
    found = desk.bench.logged_answer(answer_id)
    return drafted(found.answer, found.context), ""


def _saved(desk: EvaluatorsBench, user: User, text: str, file: str) -> str:
    topic = desk.bench.collect(file, text)
    return f'<p class="verdict passed" role="status">{safe(topic.id)}을(를) {safe(file)}에 넣었습니다.</p>'
