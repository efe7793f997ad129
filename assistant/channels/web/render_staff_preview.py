"""What publishing would change, as a person reads it: passages, conflicts, answers old and new, findings."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from assistant.channels.web.markup import safe
from assistant.channels.wording import STATUS, day_text
from assistant.corpus.checks.findings import Finding, Severity
from assistant.domain import Status
from assistant.publishing.changed_answers import AnswerChange
from assistant.publishing.preview import PassageChange, Preview

SEVERITIES = {Severity.ERROR: "오류", Severity.WARNING: "경고", Severity.NOTE: "참고"}
STOPPING_SHOWN, LINES_SHOWN = 4, 6
_RULE = re.compile(r"[|:\s-]*-[|:\s-]*\|[|:\s-]*")
_WORDS = re.compile(r"\s+|[^\s]+")


def preview_html(seen: Preview) -> str:
    """Everything that would change; what stops publishing first."""
    return (
        '<div class="preview">'
        + _counts(seen)
        + _stopping(seen)
        + _part("충돌하는 자료", _findings(seen.conflicts), len(seen.conflicts), is_open=True)
        + _part("바뀌는 구절", "".join(map(_passage, seen.passages)), len(seen.passages), is_open=True)
        + _part("답이 바뀌는 평가 질문", _answers(seen.topics), len(seen.topics), is_open=True)
        + _part("답이 바뀌는 실제 질문", _answers(seen.logged), len(seen.logged), is_open=True)
        + _part("자료 검사", _findings(seen.findings), len(seen.findings), is_open=False)
        + "</div>"
    )


def _counts(seen: Preview) -> str:
    wrong = sum(change.regresses for change in seen.topics)
    facts = [
        ("구절", len(seen.passages), ""),
        ("충돌", len(seen.conflicts), "bad"),
        ("바뀌는 답", len(seen.topics) + len(seen.logged), ""),
        ("틀려지는 답", wrong, "bad"),
    ]
    chips = "".join(
        f'<span class="count {cls if n else ""}">{safe(name)} <b>{n}</b></span>' for name, n, cls in facts
    )
    left = seen.unasked + seen.others_left
    asking = f'<span class="quiet asking">질문 {left}개를 더 물어보는 중입니다…</span>' if left else ""
    asked = f'<span class="quiet">평가 질문 {seen.asked}개를 물어보았습니다.</span>'
    return f'<p class="counts">{chips}{asking or asked}</p>{_not_asked(seen)}'


def _not_asked(seen: Preview) -> str:
    """What was cut off, so that nobody takes silence for no change."""
    if not seen.not_asked:
        return ""
    return f'<p class="quiet not-asked">오래 걸려 묻지 않은 것: {safe(", ".join(seen.not_asked))}</p>'


def _stopping(seen: Preview) -> str:
    reasons = [r for r in seen.blocking if not r.startswith("아직 묻지 않은")]
    if not reasons:
        return "" if seen.unasked else '<p class="clear">게시를 막는 것이 없습니다.</p>'
    items = "".join(f"<li>{safe(_plain(reason))}</li>" for reason in reasons[:STOPPING_SHOWN])
    if len(reasons) > STOPPING_SHOWN:
        items += f"<li>… {len(reasons) - STOPPING_SHOWN}건 더 (아래 목록)</li>"
    return (
        f'<div class="stopping" role="alert"><b>이대로는 게시할 수 없습니다 ({len(reasons)}건).</b> '
        f"고치거나, 까닭을 적고 다른 사람의 승인을 받으세요.<ul>{items}</ul></div>"
    )


def _plain(reason: str) -> str:
    severity, _, rest = reason.partition(" ")
    return f"{SEVERITIES[Severity(severity)]}: {rest}" if severity in SEVERITIES else reason


def _part(title: str, content: str, count: int, *, is_open: bool) -> str:
    if not count:
        return f'<p class="part none">{safe(title)}: 없음</p>'
    state = " open" if is_open else ""
    return f'<details class="part"{state}><summary>{safe(title)} <b>{count}</b></summary>{content}</details>'


def _passage(change: PassageChange) -> str:
    path = " › ".join(change.heading_path[-2:]) or "머리"
    what = "새로 생김" if change.before is None else "없어짐" if change.after is None else "바뀜"
    head = (
        f'<p class="where"><b>{safe(change.title)}</b> {safe(path)} <span class="tag ask">{what}</span></p>'
    )
    return f'<div class="passage-change">{head}{diff_html(change.before or "", change.after or "")}</div>'


def diff_html(before: str, after: str) -> str:
    """Two texts line by line: lines that changed with their words struck out and put in, others shortened."""
    old, new = _readable(before), _readable(after)
    parts = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(_same(old[i:j]))
            continue
        pairs = min(j - i, m - k)
        parts += [f'<p class="changed">{_words(a, b)}</p>' for a, b in zip(old[i:j], new[k:m], strict=False)]
        parts += [f'<p class="gone"><del>{safe(line)}</del></p>' for line in old[i + pairs : j]]
        parts += [f'<p class="new"><ins>{safe(line)}</ins></p>' for line in new[k + pairs : m]]
    return f'<div class="diff">{"".join(parts)}</div>'


def _readable(text: str) -> list[str]:
    """The lines of Markdown that say something, as a person would write them: rows with bars, no rules."""
    lines = [line.strip() for line in text.splitlines()]
    said = [re.sub(r"^[-*+] ", "· ", line) for line in lines if line and not _RULE.fullmatch(line)]
    return [" │ ".join(c.strip() for c in x.strip("|").split("|")) if x[0] == "|" else x for x in said]


def _same(lines: Sequence[str]) -> str:
    kept = list(lines)
    if len(kept) > 3:
        shown = [safe(kept[0]), f'<span class="quiet">… 그대로인 {len(kept) - 2}줄 …</span>', safe(kept[-1])]
    else:
        shown = list(map(safe, kept))
    return "".join(f'<p class="same">{line}</p>' for line in shown)


def _words(before: str, after: str) -> str:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    parts = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(safe("".join(old[i:j])))
            continue
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        parts.append(
            (f"<del>{safe(gone)}</del>" if gone else "") + (f"<ins>{safe(come)}</ins>" if come else "")
        )
    return "".join(parts)


def _answers(changes: Iterable[AnswerChange]) -> str:
    """Answers old and new; questions whose answer changes in the same way stand together."""
    alike: dict[tuple[str, str, bool], list[AnswerChange]] = {}
    for change in sorted(changes, key=lambda c: (not c.regresses, -c.severity)):
        old, new = _different(change.before, change.after), _different(change.after, change.before)
        alike.setdefault((old, new, change.regresses), []).append(change)
    return "".join(_answer(group, old, new) for (old, new, _), group in alike.items())


def _answer(group: Sequence[AnswerChange], old: str, new: str) -> str:
    first, rest = group[0], group[1:]
    tag = ""
    if first.regresses:
        tag = '<span class="tag state-ended">맞던 답이 틀려짐</span>'
    elif first.was_right is False and first.is_right:
        tag = '<span class="tag">틀리던 답이 맞음</span>'
    others = "".join(f"<li>{_asked(change)}</li>" for change in rest)
    summary = f"<summary>같은 변화 {len(rest)}개 더</summary>"
    alike = f'<details class="same-change">{summary}<ul>{others}</ul></details>'
    sides = "".join(
        f'<div><p class="quiet">{name}</p>{lines}</div>'
        for name, lines in (("지금", old), ("게시한 뒤", new))
    )
    head = f'<p class="where">{_asked(first)} {tag}</p>{alike if rest else ""}'
    return f'<div class="answer-change">{head}<div class="two">{sides}</div></div>'


def _asked(change: AnswerChange) -> str:
    when = f"{change.source} · 기준일 {day_text(change.as_of)}"
    return f'<b>{safe(change.question)}</b> <span class="quiet">{safe(when)}</span>'


def _different(text: str, other: str) -> str:
    """The status an answer has, the lines the other does not say, and how many lines both say."""
    status, _, rest = text.partition("\n")
    known = set(other.splitlines()[1:])
    own = [line for line in rest.splitlines() if line not in known]
    label = STATUS[Status(status.strip("[]"))]
    marked = "".join(f"<p><mark>{safe(line)}</mark></p>" for line in own[:LINES_SHOWN])
    more = f"{len(own) - LINES_SHOWN}줄 더 · " if len(own) > LINES_SHOWN else ""
    same = len(rest.splitlines()) - len(own)
    return f'<p class="said-status">{safe(label)}</p>{marked}<p class="quiet">{more}그대로인 {same}줄</p>'


def _findings(findings: Iterable[Finding]) -> str:
    order = list(Severity)
    items = "".join(
        f'<li class="finding-{f.severity}"><b>{SEVERITIES[f.severity]}</b> {safe(f.what)} → '
        f'{safe(f.what_to_do)} <span class="quiet">{safe(f.path)}:{f.line}</span></li>'
        for f in sorted(findings, key=lambda f: order.index(f.severity))
    )
    return f'<ul class="findings">{items}</ul>'
