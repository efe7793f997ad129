"""자료 관리 › 문서 정보: other metadata for a document whose text stays, as a draft; no file is uploaded."""

from types import SimpleNamespace
from typing import Any

from pydantic import BaseModel

from assistant.channels.web import staff_fields, staff_form
from assistant.channels.web.actions import Actions, Line, read
from assistant.channels.web.staff_desk import StaffDesk, open_drafts
from assistant.channels.web.staff_form import FIELDS
from assistant.domain import Metadata
from assistant.errors import PublishingError
from assistant.publishing import drafts
from assistant.records.users import Right, User


class Named(BaseModel):
    """A document that the work list leads to."""

    document: Line


def lay_out(desk: StaffDesk) -> SimpleNamespace:
    """The parts, by name."""
    g = desk.gradio
    g.HTML(
        "<p class='quiet'>검토 기한, 담당, 기간처럼 글은 그대로 두고 문서의 정보만 고칩니다. "
        "파일을 다시 올리지 않습니다.</p>"
    )
    document = g.Dropdown([], value=None, label="고칠 문서", elem_id="info-document")
    with g.Column(visible=False, elem_classes="staff-card", elem_id="info-form") as form:
        fields = staff_fields.lay_out(g, "info", frozenset({"id"}))
        why = g.Textbox(label="고치는 까닭 (필수)", max_lines=1, elem_id="info-why")
        save = g.Button("초안으로 저장", variant="primary", elem_id="info-save")
    return SimpleNamespace(
        document=document, form=form, fields=fields, why=why, save=save, known=g.State(),
    )  # fmt: skip


def bind(desk: StaffDesk, parts: SimpleNamespace, drafts_list: Any, tabs: Any, tab: Any) -> None:
    """Let the parts call the office."""
    g, office = desk.gradio, desk.office

    def listed(user: User) -> Any:
        return g.Dropdown(choices=desk.documents())

    def chosen(user: User, document: str | None) -> list[Any]:
        if not document:
            return [g.Column(visible=False), None, *[None] * len(FIELDS)]
        held = office.assistant.document(document).metadata
        return [g.Column(visible=True), held, *staff_form.values_of(held)]

    def opened(user: User, sent: object) -> list[Any]:
        document = read(Named, sent).document
        return [g.Dropdown(choices=desk.documents(), value=document), *chosen(user, document)]

    def saved(user: User, document: str | None, known: Metadata | None, why: str, *values: str) -> list[Any]:
        if not document:
            raise PublishingError("문서를 고르지 않았습니다. 목록에서 골라 주세요.")
        if office.assistant.document(document).metadata != known:
            raise PublishingError("그사이 문서 정보가 바뀌었습니다. 문서를 다시 골라 주세요.")
        metadata = staff_form.metadata_from(known, values)
        draft = drafts.edit_metadata(office, user, document, metadata, why)
        g.Success(f"초안 {draft.id}번으로 저장했습니다. 바뀌는 것을 보고 게시하세요.")
        drafted = g.CheckboxGroup(choices=open_drafts(office), value=[draft.id])
        return [drafted, g.Tabs(selected="publish"), None, g.Column(visible=False), ""]

    for trigger in (None, tab.select):
        desk.gate.show(listed, [parts.document], on=trigger)
    filled = [parts.form, parts.known, *parts.fields]
    desk.bind(parts.document.input, Right.PUBLISH, chosen, [parts.document], filled)
    Actions(g, desk.sessions).bind("info-open", Right.PUBLISH, opened, [parts.document, *filled])
    desk.bind(
        parts.save.click, Right.PUBLISH, saved, [parts.document, parts.known, parts.why, *parts.fields],
        [drafts_list, tabs, parts.document, parts.form, parts.why],
    )  # fmt: skip
