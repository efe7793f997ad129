"""자료 관리 › 공지: a line above every answer on a programme, from and until a moment."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from assistant.channels.web.render_staff_history import bulletins_html
from assistant.channels.web.staff_desk import StaffDesk
from assistant.errors import PublishingError
from assistant.publishing.notices import LONGEST_BULLETIN, bulletins, post_bulletin, withdraw_bulletin
from assistant.records.users import Right, User

WHEN = "2021-03-02 18:00"


def lay_out(desk: StaffDesk) -> SimpleNamespace:
    """The parts, by name."""
    g = desk.gradio
    with g.Column(elem_classes="staff-card"):
        with g.Row(elem_classes="staff-row"):
            programme = g.Dropdown([], value=None, label="사업", elem_id="notice-programme", scale=3)
            starts = g.Textbox(
                label="시작 (비우면 지금)",
                placeholder=WHEN,
                max_lines=1,
                elem_id="notice-from",
                min_width=150,
            )
            ends = g.Textbox(label="끝", placeholder=WHEN, max_lines=1, elem_id="notice-until", min_width=150)
        with g.Row(elem_classes="staff-row", equal_height=True):
            text = g.Textbox(
                label=f"공지 글 ({LONGEST_BULLETIN}자까지)", placeholder="예산이 다 쓰여 마감했습니다.",
                max_length=LONGEST_BULLETIN, max_lines=2, elem_id="notice-text", scale=6,
            )  # fmt: skip
            post = g.Button("올리기", variant="primary", elem_id="notice-post", scale=0, min_width=100)
    with g.Row(elem_classes="staff-row", equal_height=True):
        standing = g.Dropdown([], value=None, label="내릴 공지", elem_id="notice-standing", scale=6)
        withdraw = g.Button("내리기", elem_id="notice-withdraw", scale=0, min_width=100)
    listed = g.HTML(elem_id="notices")
    return SimpleNamespace(
        programme=programme, starts=starts, ends=ends, text=text, post=post, standing=standing,
        withdraw=withdraw, listed=listed,
    )  # fmt: skip


def bind(desk: StaffDesk, parts: SimpleNamespace, tab: Any) -> None:
    """Let the parts call the office."""
    g, office, zone = desk.gradio, desk.office, ZoneInfo(desk.office.settings.timezone)

    def shown(user: User) -> list[Any]:
        titles = programmes(desk)
        choices = sorted((title, programme) for programme, title in titles.items())
        held, now = bulletins(office), datetime.now(zone)
        standing = [(f"{b.id}번 {b.text}", b.id) for b in held if not b.withdrawn and now < b.ends]
        table = bulletins_html(held, titles, now)
        return [g.Dropdown(choices=choices), g.Dropdown(choices=standing, value=None), table]

    def posted(user: User, programme: str | None, text: str, starts: str, ends: str) -> list[Any]:
        begins = moment_of(starts, zone) if starts.strip() else datetime.now(zone)
        post_bulletin(office, user, programme or "", text, begins, moment_of(ends, zone, end=True))
        g.Success("공지를 올렸습니다. 이 사업의 답 맨 위에 보입니다.")
        return ["", *shown(user)]

    def withdrawn(user: User, number: int | None) -> list[Any]:
        if number is None:
            raise PublishingError("내릴 공지를 고르지 않았습니다. 목록에서 골라 주세요.")
        withdraw_bulletin(office, user, number)
        return shown(user)

    lists = [parts.programme, parts.standing, parts.listed]
    for trigger in (None, tab.select):
        desk.gate.show(shown, lists, on=trigger)
    desk.bind(
        parts.post.click, Right.NOTICE, posted, [parts.programme, parts.text, parts.starts, parts.ends],
        [parts.text, *lists],
    )  # fmt: skip
    desk.bind(parts.withdraw.click, Right.NOTICE, withdrawn, [parts.standing], lists)


def programmes(desk: StaffDesk) -> dict[str, str]:
    """Programmes with the title of their newest document, without its year."""
    ordered = sorted(desk.office.assistant.documents(), key=lambda d: str(d.metadata.effective_from or ""))
    return {d.metadata.programme_key: re.sub(r"\s*\(\d{4}[^)]*\)$", "", d.metadata.title) for d in ordered}


def moment_of(text: str, zone: ZoneInfo, *, end: bool = False) -> datetime:
    """A moment as typed, or a whole day: its first minute, or its last where it ends something."""
    given = text.strip()
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as error:
        raise PublishingError(f"{given!r}은(는) 때가 아닙니다. {WHEN}처럼 적어 주세요.") from error
    if end and len(given) == 10:
        moment += timedelta(days=1, minutes=-1)
    return moment.replace(tzinfo=moment.tzinfo or zone)
