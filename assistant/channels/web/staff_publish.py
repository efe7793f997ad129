"""자료 관리 › 확인하고 게시: what the drafts would change, and making them live."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from assistant.channels.web.render_staff_history import published_html
from assistant.channels.web.render_staff_preview import preview_html
from assistant.channels.web.staff_desk import StaffDesk, open_drafts
from assistant.errors import PublishingError
from assistant.publishing import drafts
from assistant.publishing.gates import with_gates
from assistant.publishing.preview import Preview, previews
from assistant.publishing.publication import publish
from assistant.records.users import Right, User

FIRST_LOOK_SECONDS = 3.0
"""What is known by then is shown; the other questions are asked behind it."""
NOTHING = '<p class="quiet empty">왼쪽에서 초안을 고르고 ‘바뀌는 것 보기’를 누르세요.</p>'


@dataclass(frozen=True, slots=True)
class Looked:
    """The drafts that somebody looked ahead at, and what was seen."""

    drafts: tuple[int, ...]
    preview: Preview


def lay_out(desk: StaffDesk) -> SimpleNamespace:
    """The parts, by name."""
    g = desk.gradio
    with g.Row(elem_classes="staff-columns"):
        with g.Column(scale=4, min_width=340):
            chosen = g.CheckboxGroup([], label="초안", elem_id="drafts")
            with g.Row(elem_classes="staff-row"):
                look = g.Button("바뀌는 것 보기", variant="primary", elem_id="look", min_width=120)
                drop = g.Button("고른 초안 버리기", elem_id="drop", min_width=120)
            with g.Column(visible=False, elem_classes="staff-card", elem_id="publish-form") as form:
                why = g.Textbox(label="게시하는 까닭 (필수)", max_lines=1, elem_id="publish-why")
                with g.Column(visible=False, elem_id="second-person") as second:
                    override = g.Textbox(label="그래도 게시하는 까닭", max_lines=1, elem_id="override")
                    with g.Row(elem_classes="staff-row"):
                        name = g.Textbox(
                            label="승인하는 다른 사람", max_lines=1, elem_id="approver", min_width=100
                        )
                        password = g.Textbox(
                            label="그 사람의 비밀번호",
                            type="password",
                            elem_id="approver-password",
                            min_width=100,
                        )
                with g.Row(elem_classes="staff-row"):
                    make_live = g.Button("게시", variant="primary", elem_id="publish", min_width=90)
                    gates = g.Button("평가 전체로 더 보기 (몇 분)", elem_id="gates", min_width=160)
        with g.Column(scale=7, min_width=480):
            shown = g.HTML(NOTHING, elem_id="preview")
    return SimpleNamespace(
        drafts=chosen, look=look, drop=drop, form=form, why=why, second=second, override=override, name=name,
        password=password, publish=make_live, gates=gates, shown=shown, looked=g.State(),
    )  # fmt: skip


def bind(desk: StaffDesk, parts: SimpleNamespace, tab: Any) -> None:
    """Let the parts call the office."""
    g, office = desk.gradio, desk.office
    _bind_looking(desk, parts)
    _bind_publishing(desk, parts)

    def listed(user: User) -> Any:
        return g.CheckboxGroup(choices=open_drafts(office))

    def dropped(user: User, ids: list[int]) -> list[Any]:
        for number in ids:
            drafts.drop(office, user, number)
        return [_none_chosen(desk), None, NOTHING, g.Column(visible=False)]

    for trigger in (None, tab.select):
        desk.gate.show(listed, [parts.drafts], on=trigger)
    left = [parts.drafts, parts.looked, parts.shown, parts.form]
    desk.bind(parts.drop.click, Right.PUBLISH, dropped, [parts.drafts], left)


def _bind_looking(desk: StaffDesk, parts: SimpleNamespace) -> None:
    g, office = desk.gradio, desk.office

    def view(ids: tuple[int, ...], seen: Preview) -> list[Any]:
        blocked = any(not reason.startswith("아직 묻지") for reason in seen.blocking)
        return [Looked(ids, seen), preview_html(seen), g.Column(visible=True), g.Column(visible=blocked)]

    def looked(user: User, ids: list[int]) -> Iterator[list[Any]]:
        if not ids:
            raise PublishingError("초안을 고르지 않았습니다. 하나 이상 골라 주세요.")
        for seen in previews(office, user, ids, FIRST_LOOK_SECONDS):
            yield view(tuple(ids), seen)

    def weighed(user: User, looked: Looked | None) -> list[Any]:
        known = _looked(looked)
        return view(known.drafts, with_gates(office, known.preview))

    shown = [parts.looked, parts.shown, parts.form, parts.second]
    desk.bind(parts.look.click, Right.PUBLISH, looked, [parts.drafts], shown, progress="minimal")
    desk.bind(parts.gates.click, Right.PUBLISH, weighed, [parts.looked], shown, progress="minimal")


def _bind_publishing(desk: StaffDesk, parts: SimpleNamespace) -> None:
    g, office = desk.gradio, desk.office

    def published(
        user: User, looked: Looked | None, why: str, override: str, name: str, password: str
    ) -> list[Any]:
        known, reason, begun = _looked(looked), override.strip() or None, time.monotonic()
        second = desk.sessions.second_person(name, password) if reason else None
        done = publish(
            office, user, known.drafts, why, preview=known.preview, override=reason, approver=second
        )
        told = published_html(done, time.monotonic() - begun)
        return [None, told, g.Column(visible=False), _none_chosen(desk), "", "", ""]

    asked = [parts.looked, parts.why, parts.override, parts.name, parts.password]
    left = [parts.looked, parts.shown, parts.form, parts.drafts, parts.why, parts.override, parts.password]
    desk.bind(parts.publish.click, Right.PUBLISH, published, asked, left, progress="minimal")


def _none_chosen(desk: StaffDesk) -> Any:
    return desk.gradio.CheckboxGroup(choices=open_drafts(desk.office), value=[])


def _looked(looked: Looked | None) -> Looked:
    if looked is None:
        raise PublishingError("아직 바뀌는 것을 보지 않았습니다. ‘바뀌는 것 보기’를 먼저 눌러 주세요.")
    return looked
