"""The call note: what goes into the record of a call."""

from datetime import datetime

from assistant.channels.outline import outline
from assistant.channels.wording import STATUS, day_text, moment_text
from assistant.domain import Answer


def call_note(answer: Answer, at: datetime | None = None) -> str:
    """The question (masked by the caller), outcome, as-of date, answer given, sources with their editions."""
    lines = outline(answer)
    parts = [f"상담 시각: {moment_text(at)}"] if at else []
    parts += [f"질문: {answer.question}", f"결과: {STATUS[answer.status]} (기준일 {day_text(answer.as_of)})"]
    if lines.alerts:
        parts += [f"긴급 안내: {a}" for a in lines.alerts]
    parts += lines.notices
    parts += [f"안내: {line}" for line in lines.answer]
    parts += [f"확인: {line}" for line in lines.confirm]
    parts += [line for line in (lines.missing, lines.contacts, *lines.sources) if line]
    parts.append(f"답변 번호: {answer.answer_id} · 자료 판: {answer.generation}")
    return "\n".join(parts)
