"""The audit trail as HTML, folded."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from assistant.channels.web.markup import element, safe
from assistant.channels.wording import moment_text
from assistant.publishing.trail import NEWEST, Tried


def trail_html(sought: Mapping[str, Any], lines: Sequence[Tried] | None, zone: str) -> str:
    """The form for days, and the lines found, newest first; None: nobody looked yet, and it is folded."""
    form = (
        '<form class="desk-form" data-do="trail-find">'
        f'<label>첫날 <input type="date" name="since" value="{sought["since"] or ""}"></label>'
        f'<label>끝날 <input type="date" name="until" value="{sought["until"] or ""}"></label>'
        f'<label class="kept"><input type="checkbox" name="refused"{" checked" if sought["refused"] else ""}>'
        "거절한 것만</label><button class=desk-button>보기</button></form>"
    )
    note = '<p class="quiet">누가 언제 무엇을 하려 했는지 모두 남습니다. 고치거나 지울 수 없습니다.</p>'
    shown, found = ("", "") if lines is None else (" open", _table(lines, zone))
    fold = f"<details{shown}><summary>감사 기록</summary>{note}{form}{found}</details>"
    return element("section", fold, class_="desk", aria_label="감사 기록")


def _table(lines: Sequence[Tried], zone: str) -> str:
    if not lines:
        return '<p class="desk-empty">이 기간에는 없습니다.</p>'
    many = f"최근 {NEWEST}건만 보입니다. 날짜로 좁히세요." if len(lines) == NEWEST else f"{len(lines)}건"
    columns = "".join(f'<th scope="col">{name}</th>' for name in ("때", "누가", "권한", "결과", "무엇"))
    rows = "".join(
        f"<tr><td>{moment_text(datetime.fromisoformat(line.at).astimezone(ZoneInfo(zone)))}</td>"
        f"<td>{safe(line.user or '로그인 안 함')}</td><td>{safe(line.action)}</td>"
        f"<td>{'허용' if line.allowed else '<b>거절</b>'}</td><td>{safe(line.detail)}</td></tr>"
        for line in lines
    )
    return (
        f'<p class="desk-count">{many}</p><div class="desk-table"><table class="trail">'
        f'<caption class="unseen">감사 기록</caption><thead><tr>{columns}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
