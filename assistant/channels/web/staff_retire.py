"""자료 관리 › 내리기: take a document out of every answer, or bring one back; both as drafts."""

from types import SimpleNamespace
from typing import Any

from assistant.channels.web.staff_desk import StaffDesk, label, open_drafts
from assistant.errors import PublishingError
from assistant.publishing import drafts
from assistant.records.users import Right, User


def lay_out(desk: StaffDesk) -> SimpleNamespace:
    """The parts, by name."""
    g = desk.gradio
    with g.Row(elem_classes="staff-columns"):
        with g.Column(elem_classes="staff-card"):
            g.HTML(
                "<h3>문서 내리기</h3><p class='quiet'>모든 답에서 빠집니다. "
                "파일과 이력은 남고, 언제든 다시 올릴 수 있습니다.</p>"
            )
            document = g.Dropdown([], value=None, label="내릴 문서", elem_id="retire-document")
            why = g.Textbox(label="내리는 까닭 (필수)", max_lines=1, elem_id="retire-why")
            retire = g.Button("내리는 초안 만들기", variant="primary", elem_id="retire")
        with g.Column(elem_classes="staff-card"):
            g.HTML("<h3>다시 올리기</h3><p class='quiet'>내렸던 문서를 그대로 되살립니다.</p>")
            retired = g.Dropdown([], value=None, label="내린 문서", elem_id="restore-document")
            why_back = g.Textbox(label="다시 올리는 까닭 (필수)", max_lines=1, elem_id="restore-why")
            restore = g.Button("다시 올리는 초안 만들기", elem_id="restore")
    return SimpleNamespace(
        document=document, why=why, retire=retire, retired=retired, why_back=why_back, restore=restore
    )


def bind(desk: StaffDesk, parts: SimpleNamespace, drafts_list: Any, tabs: Any, tab: Any) -> None:
    """Let the parts call the office."""
    g, office = desk.gradio, desk.office

    def lists(user: User) -> list[Any]:
        gone = [(label(d), d.id) for d in drafts.retired(office)]
        return [g.Dropdown(choices=desk.documents(), value=None), g.Dropdown(choices=gone, value=None)]

    def drafted(draft: drafts.Draft) -> list[Any]:
        g.Success(f"초안 {draft.id}번으로 저장했습니다. 바뀌는 것을 보고 게시하세요.")
        return [
            g.CheckboxGroup(choices=open_drafts(office), value=[draft.id]),
            g.Tabs(selected="publish"),
            "",
        ]

    def retired(user: User, document: str | None, why: str) -> list[Any]:
        return drafted(drafts.retire(office, user, _chosen(document), why))

    def restored(user: User, document: str | None, why: str) -> list[Any]:
        return drafted(drafts.restore(office, user, _chosen(document), why))

    desk.gate.show(lists, [parts.document, parts.retired])
    desk.gate.show(lists, [parts.document, parts.retired], on=tab.select)
    desk.bind(
        parts.retire.click,
        Right.PUBLISH,
        retired,
        [parts.document, parts.why],
        [drafts_list, tabs, parts.why],
    )
    desk.bind(
        parts.restore.click, Right.PUBLISH, restored, [parts.retired, parts.why_back],
        [drafts_list, tabs, parts.why_back],
    )  # fmt: skip


def _chosen(document: str | None) -> str:
    if not document:
        raise PublishingError("문서를 고르지 않았습니다. 목록에서 골라 주세요.")
    return document
