"""The retrieval bench as HTML: candidates with ranks, scores and states; documents that are off."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.channels.web.markup import element, safe
from assistant.channels.wording import FACET, STATE, day_text, moment_text
from assistant.domain import Evidence
from assistant.records.switches import Switch

SIZES = (10, 30, 100)
PASSAGE = 160
"""Characters of the best passage that are shown."""
SIGNALS = {
    "name_match": "사업 이름",
    "name_lexical": "제목·별칭 낱말",
    "name_dense": "제목 의미",
    "opening_dense": "첫머리 의미",
    "situation": "상황 설명",
}
COLUMNS = ("순위", "문서와 가장 가까운 구절", "점수", "낱말", "의미", "상태", "")


def bench_html(question: str, day: date, k: int, found: Sequence[Evidence] | None, may_switch: bool) -> str:
    """The form, and the candidates of the question; None: nothing was tried yet."""
    sizes = "".join(
        f'<option value="{size}"{" selected" if size == k else ""}>{size}건</option>' for size in SIZES
    )
    form = (
        '<form class="desk-form" data-do="bench-try">'
        f'<label class="wide">질문 <input name="question" value="{safe(question)}" required maxlength="2000" '
        'placeholder="예: 기초연금 얼마 받나요?"></label>'
        f'<label>기준일 <input type="date" name="as_of" value="{day}"></label>'
        f'<label>보일 수 <select name="k">{sizes}</select></label>'
        "<button class=desk-button>찾기</button></form>"
    )
    head = f'<header class="desk-head"><h2>검색 점검</h2>{form}</header>'
    if found is None:
        body = (
            '<p class="desk-empty">질문을 넣으면 답을 만들 때 견준 문서를 모두, 뺀 까닭과 함께 보입니다.</p>'
        )
    elif not found:
        body = '<p class="desk-empty">견줄 문서가 없습니다.</p>'
    else:
        body = _candidates(question, day, k, found, may_switch)
    return element("section", head + body, class_="desk bench", aria_label="검색 점검")


def _candidates(question: str, day: date, k: int, found: Sequence[Evidence], may_switch: bool) -> str:
    left_out = sum(evidence.rejected is not None for evidence in found)
    count = (
        f"{day_text(day)} 기준 {len(found)}건 · 답에 쓸 수 있음 {len(found) - left_out}건 · 뺌 {left_out}건"
    )
    columns = "".join(f'<th scope="col">{name or "<span class=unseen>끄기</span>"}</th>' for name in COLUMNS)
    rows, place = [], 0
    for evidence in found:
        place += evidence.rejected is None
        number = str(place) if evidence.rejected is None else "–"
        switch = _switch_off(question, day, k, evidence) if may_switch else ""
        rows.append(_row(number, evidence, switch))
    return (
        f'<p class="desk-count">{count}</p><div class="desk-table"><table class="candidates-table">'
        f'<caption class="unseen">후보 문서</caption><thead><tr>{columns}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(number: str, evidence: Evidence, switch: str) -> str:
    signals = dict(evidence.signals)
    passage = " ".join(unit.text for unit in evidence.chunk.units)
    short = passage if len(passage) <= PASSAGE else passage[:PASSAGE] + "…"
    where = " › ".join(evidence.chunk.heading_path) or FACET[evidence.chunk.facet]
    more = " · ".join(f"{label} {signals[name]:.3f}" for name, label in SIGNALS.items() if name in signals)
    left_out = f'<span class="left-out">뺌: {safe(evidence.rejected)}</span>' if evidence.rejected else ""
    return (
        f'<tr{" class=out" if evidence.rejected else ""}><td class="number">{number}</td>'
        f"<td><b>{safe(evidence.title)}</b><small>{safe(evidence.path)} · {safe(where)}</small>"
        f'<span class="passage-line">{safe(short)}</span><small class="signals">{more}</small></td>'
        f'<td class="number">{evidence.score:.3f}</td>'
        f'<td class="number">{_place(evidence.lexical_rank)}<small>{signals["lexical"]:.2f}</small></td>'
        f'<td class="number">{_place(evidence.dense_rank)}<small>{signals["dense"]:.3f}</small></td>'
        f'<td><span class="tag state-{evidence.state.value}">{STATE[evidence.state]}</span>{left_out}</td>'
        f"<td>{switch}</td></tr>"
    )


def _place(rank: int | None) -> str:
    return f"{rank}위" if rank else "–"


def _switch_off(question: str, day: date, k: int, evidence: Evidence) -> str:
    """A document's switch; it asks for the note of the history."""
    if evidence.rejected == "꺼 둔 자료입니다":
        return ""
    kept = (
        ("document", evidence.chunk.document_id),
        ("question", question),
        ("as_of", str(day)),
        ("k", str(k)),
    )
    held = "".join(f'<input type="hidden" name="{name}" value="{safe(value)}">' for name, value in kept)
    return (
        f'<details class="switch"><summary aria-label="{safe(evidence.title)} 끄기">끄기</summary>'
        f'<form data-do="switch-off">{held}<label>까닭 <input name="note" required maxlength="200" '
        'placeholder="이력에 남습니다"></label>'
        "<button class=desk-button>모든 답에서 끄기</button></form></details>"
    )


def switches_html(off: Sequence[Switch], titles: Mapping[str, str], zone: str, may_switch: bool) -> str:
    """The documents that are off: who, when, why, and the way back."""
    if not off:
        return ""
    rows = "".join(_off(switch, titles, zone, may_switch) for switch in off)
    head = f"<h2>꺼 둔 자료 <small>{len(off)}건 · 상담·문자·카카오톡 어느 답에도 나가지 않습니다</small></h2>"
    return element("section", f"{head}<ul>{rows}</ul>", class_="desk switched", aria_label="꺼 둔 자료")


def _off(switch: Switch, titles: Mapping[str, str], zone: str, may_switch: bool) -> str:
    at = datetime.fromisoformat(switch.at).astimezone(ZoneInfo(zone))
    who = f"{moment_text(at)} {safe(switch.user)}: {safe(switch.note)}"
    title = safe(titles.get(switch.document_id, switch.document_id))
    form = (
        f'<form data-do="switch-on"><input type="hidden" name="document" value="{safe(switch.document_id)}">'
        f'<label><span class="unseen">{title} 켜는 </span>까닭 <input name="note" required maxlength="200" '
        'placeholder="이력에 남습니다"></label><button class=desk-button>다시 켜기</button></form>'
        if may_switch
        else ""
    )
    name = f"<span><b>{title}</b><small>{safe(switch.document_id)}</small></span>"
    return f"<li>{name}<span>{who}</span>{form}</li>"
