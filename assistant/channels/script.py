"""The call script: what the counsellor says, in speaking order."""

from assistant.channels.outline import outline
from assistant.domain import Answer


def call_script(answer: Answer) -> str:
    """Lines to read out: danger, bulletins, the answer, what to ask the caller, whom to call, sources."""
    lines = outline(answer)
    parts = [*(f"[긴급] {a}" for a in lines.alerts), *lines.notices]
    if lines.status:
        parts.append(lines.status)
    parts += lines.answer
    parts += lines.windows
    if lines.confirm:
        parts += ["[확인] 다음에 해당하시는지 여쭙겠습니다.", *(f"- {c}" for c in lines.confirm)]
    if lines.missing:
        parts.append(f"[{lines.missing}] 이 부분은 담당 기관에 확인해 주세요.")
    parts += [line for line in (lines.contacts, *lines.sources) if line]
    return "\n".join(parts)
