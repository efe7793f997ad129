"""자료 관리 › 감시 폴더: changed files of a folder become drafts; what needs a person stays in the list."""

from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from assistant.channels.web.markup import safe
from assistant.channels.web.render_staff_history import moment
from assistant.channels.web.signin import Gate, Sessions
from assistant.channels.web.staff_desk import StaffDesk, open_drafts
from assistant.errors import PublishingError
from assistant.publishing.office import Office
from assistant.publishing.watched import OpenFile, open_files, settle
from assistant.publishing.watching import Watching
from assistant.records.users import Right, User


def lay_out(desk: StaffDesk) -> SimpleNamespace:
    """The parts, by name."""
    g = desk.gradio
    with g.Column(elem_classes="staff-card"), g.Row(elem_classes="staff-row", equal_height=True):
        folder = desk.office.settings.watched_dir
        name = f'<code title="{safe(str(folder))}">{safe(folder.name)}</code>'
        g.HTML(
            f"<p>감시 폴더 {name}에 새로 오거나 바뀐 파일을 초안으로 만듭니다. "
            "없어진 파일은 알리기만 하고, 자료는 그대로 둡니다. "
            "‘자료 관리’나 ‘할 일’을 열면 뒤에서 살펴보고, 단추를 누르면 바로 살펴봅니다.</p>"
        )
        seek = g.Button("감시 폴더 보기", variant="primary", elem_id="watched-look", scale=0, min_width=150)
    with g.Row(elem_classes="staff-row", equal_height=True):
        standing = g.Dropdown([], value=None, label="처리한 파일", elem_id="watched-standing", scale=6)
        done = g.Button("처리함", elem_id="watched-done", scale=0, min_width=100)
    listed = g.HTML(elem_id="watched")
    return SimpleNamespace(seek=seek, standing=standing, done=done, listed=listed)


def bind(desk: StaffDesk, parts: SimpleNamespace, drafts_list: Any, tab: Any) -> None:
    """Let the parts call the office."""
    g, office = desk.gradio, desk.office

    def shown(user: User) -> list[Any]:
        held = open_files(office)
        return [g.Dropdown(choices=[(f.name, _key(f)) for f in held], value=None), open_html(office)]

    def watched(user: User) -> list[Any]:
        made = desk.watching.look(user).drafts
        told = (
            f"초안 {len(made)}건을 만들었습니다. ‘확인하고 게시’에서 보세요."
            if made
            else "새로 초안이 된 파일이 없습니다."
        )
        g.Success(told)
        chosen = g.CheckboxGroup(choices=open_drafts(office), value=list(made))
        return [chosen if made else g.skip(), *shown(user)]

    def settled(user: User, chosen: str | None) -> list[Any]:
        file = next((f for f in open_files(office) if _key(f) == chosen), None)
        if file is None:
            raise PublishingError("처리한 파일을 고르지 않았습니다. 목록에서 골라 주세요.")
        settle(office, user, file.name, Path(file.folder))
        return shown(user)

    lists = [parts.standing, parts.listed]
    for trigger in (None, tab.select):
        desk.gate.show(shown, lists, on=trigger)
    desk.bind(parts.seek.click, Right.PUBLISH, watched, [], [drafts_list, *lists], progress="minimal")
    desk.bind(parts.done.click, Right.PUBLISH, settled, [parts.standing], lists)


def look_when_opened(gradio: ModuleType, sessions: Sessions, watching: Watching, tabs: Sequence[Any]) -> None:
    """Let opening one of these tabs begin a look behind the page, for who may publish."""

    def opened(user: User) -> list[Any]:
        watching.begin(user)
        return []

    Gate(sessions, gradio, Right.PUBLISH).show(opened, [], on=[tab.select for tab in tabs])


def open_html(office: Office) -> str:
    """The files that need a person, each with what keeps it."""
    rows = "".join(
        f"<tr><td><b>{safe(file.name)}</b></td><td>{moment(file.at, office)}</td>"
        f"<td>{safe(_words(file))}</td></tr>"
        for file in open_files(office)
    )
    if not rows:
        return '<p class="quiet empty">사람이 볼 파일이 없습니다.</p>'
    columns = "".join(f'<th scope="col">{name}</th>' for name in ("파일", "언제부터", "까닭"))
    return (
        '<div class="table"><table><caption class="unseen">사람이 볼 파일</caption>'
        f"<thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _key(file: OpenFile) -> str:
    return f"{file.folder}/{file.name}"


def _words(file: OpenFile) -> str:
    if file.why is not None:
        return file.why
    return f"폴더에서 없어졌습니다. 자료 {file.document_id or ''}는 그대로 있습니다."
