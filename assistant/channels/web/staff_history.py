"""자료 관리 › 이력·되돌리기: who changed what, when and why; and taking it back."""

import time
from types import SimpleNamespace
from typing import Any

from assistant.channels.web.render_staff_history import history_html, undone_html, what_of
from assistant.channels.web.staff_desk import StaffDesk
from assistant.publishing.history import DONE, history
from assistant.publishing.publication import undo
from assistant.records.users import Right, User


def lay_out(desk: StaffDesk) -> SimpleNamespace:
    """The parts, by name."""
    g = desk.gradio
    with g.Row(elem_classes="staff-row undo-row", equal_height=True):
        which = g.Dropdown([], value=None, label="되돌릴 게시", elem_id="undo-which", scale=4)
        why = g.Textbox(label="되돌리는 까닭", max_lines=1, elem_id="undo-why", scale=4)
        back = g.Button("되돌리기", variant="primary", elem_id="undo", scale=0, min_width=120)
    told = g.HTML(elem_id="undone")
    listed = g.HTML(elem_id="past")
    return SimpleNamespace(which=which, why=why, undo=back, told=told, listed=listed)


def bind(desk: StaffDesk, parts: SimpleNamespace, tab: Any) -> None:
    """Let the parts call the office."""
    office = desk.office

    def shown(user: User) -> list[Any]:
        past = history(office)
        undone = {p.undoes for p in past}
        open_ones = [p for p in past if p.kind == "publish" and p.outcome == DONE and p.id not in undone]
        choices = [(f"{p.id}번 {what_of(p, office)} ({p.why})", p.id) for p in open_ones]
        first = choices[0][1] if choices else None
        return [desk.gradio.Dropdown(choices=choices, value=first), history_html(office, past)]

    def undone(user: User, which: int | None, why: str) -> list[Any]:
        begun = time.monotonic()
        done = undo(office, user, why, which)
        told = undone_html(done, time.monotonic() - begun)
        return [told, "", *shown(user)]

    for trigger in (None, tab.select):
        desk.gate.show(shown, [parts.which, parts.listed], on=trigger)
    desk.bind(
        parts.undo.click, Right.PUBLISH, undone, [parts.which, parts.why],
        [parts.told, parts.why, parts.which, parts.listed], progress="minimal",
    )  # fmt: skip
