"""자료 관리 › 올리기·바꾸기: a file, what is proposed about it, how it will be cited; saved as a draft."""

from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.channels.web import render_staff_document, staff_fields, staff_form
from assistant.channels.web.markup import safe
from assistant.channels.web.staff_desk import StaffDesk, open_drafts
from assistant.channels.web.staff_form import FACETS, FIELDS, Relation
from assistant.corpus.readers import SUPPORTED_SUFFIXES
from assistant.domain import Facet, Metadata
from assistant.errors import PublishingError
from assistant.publishing import drafts
from assistant.publishing.office import Office
from assistant.publishing.originals import original_of
from assistant.publishing.proposal import Proposal, propose
from assistant.publishing.replacement import Replacement, replacement
from assistant.records.users import Right, User

STEPS = (
    "<p class='steps'><b>1</b> 파일을 올립니다 → <b>2</b> 무엇인지 정합니다 → "
    "<b>3</b> 칸을 확인합니다 → <b>4</b> 초안으로 저장합니다</p>"
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was read, and what is proposed about it."""

    file: Path
    proposal: Proposal


def lay_out(desk: StaffDesk) -> SimpleNamespace:
    """The parts, by name."""
    g = desk.gradio
    with g.Row(elem_classes="staff-columns"):
        with g.Column(scale=5, min_width=420):
            g.HTML(STEPS)
            file = g.File(
                label="파일",
                show_label=False,
                file_types=sorted(SUPPORTED_SUFFIXES),
                height=132,
                elem_id="staff-file",
            )
            with g.Column(visible=False, elem_id="staff-form") as form:
                reasons = g.HTML()
                relation = g.Radio([r.value for r in Relation], label="이 파일은", elem_id="staff-relation")
                target = g.Dropdown([], label="어느 문서", visible=False, elem_id="staff-target")
                choices = [(words, facet.value) for facet, words in FACETS.items()]
                facets = g.CheckboxGroup(choices, label="바뀌는 항목", visible=False, elem_id="staff-facets")
                fields = staff_fields.lay_out(g, "staff")
                why = g.Textbox(label="바꾸는 까닭 (필수)", max_lines=1, elem_id="staff-why")
                save = g.Button("초안으로 저장", variant="primary", elem_id="staff-save")
        with g.Column(scale=6, min_width=480):
            cited = g.HTML(
                '<p class="quiet empty">파일을 올리면 인용될 글이 원본과 나란히 보입니다.</p>',
                elem_id="staff-cited",
            )
    return SimpleNamespace(
        file=file, form=form, reasons=reasons, relation=relation, target=target, facets=facets,
        fields=fields, why=why, save=save, cited=cited, upload=g.State(),
    )  # fmt: skip


def bind(desk: StaffDesk, parts: SimpleNamespace, drafts_list: Any, tabs: Any) -> None:
    """Let the parts call the office."""
    g, office = desk.gradio, desk.office

    def uploaded(user: User, file: str | None) -> list[Any]:
        return _proposed(desk, Path(file)) if file else _blank(g)

    def decided(user: User, upload: Upload | None, relation: str, target: str | None) -> list[Any]:
        found, chosen = _upload(upload).proposal, Relation(relation)
        start = based(office, chosen, target, found)
        return [_told(start), *_shown(desk, chosen, target, found), *staff_form.values_of(start.metadata)]

    def saved(
        user: User,
        upload: Upload | None,
        relation: str,
        target: str | None,
        facets: list[str],
        why: str,
        *values: str,
    ) -> list[Any]:
        chosen, given = Relation(relation), _upload(upload)
        start = based(office, chosen, target, given.proposal)
        metadata = staff_form.metadata_from(start.metadata, values)
        draft = draft_of(office, user, given.file, chosen, target, facets, metadata, why)
        g.Success(f"초안 {draft.id}번으로 저장했습니다. 바뀌는 것을 보고 게시하세요.")
        chosen_now = g.CheckboxGroup(choices=open_drafts(office), value=[draft.id])
        return [chosen_now, g.Tabs(selected="publish"), None, g.Column(visible=False), ""]

    shown = [parts.target, parts.facets]
    desk.bind(
        parts.file.change, Right.PUBLISH, uploaded, [parts.file],
        [parts.upload, parts.form, parts.reasons, parts.relation, *shown, parts.cited, *parts.fields],
        progress="minimal",
    )  # fmt: skip
    for changed in (parts.relation.input, parts.target.input):
        desk.bind(
            changed,
            Right.PUBLISH,
            decided,
            [parts.upload, parts.relation, parts.target],
            [parts.reasons, *shown, *parts.fields],
        )
    desk.bind(
        parts.save.click, Right.PUBLISH, saved,
        [parts.upload, parts.relation, parts.target, parts.facets, parts.why, *parts.fields],
        [drafts_list, tabs, parts.file, parts.form, parts.why],
    )  # fmt: skip


def _blank(g: Any) -> list[Any]:
    """The form without a file: hidden and empty."""
    return [None, g.Column(visible=False), "", None, g.skip(), g.skip(), "", *[None] * len(FIELDS)]


def _proposed(desk: StaffDesk, file: Path) -> list[Any]:
    """The form of a file, filled with what is read from it."""
    found = propose(desk.office, file)
    relation, target = staff_form.proposed_relation(found, desk.office.assistant.documents())
    start = based(desk.office, relation, target, found)
    cited = render_staff_document.document_html(found.document, original_of(file))
    head = [Upload(file, found), desk.gradio.Column(visible=True), _told(start), relation.value]
    shown = _shown(desk, relation, target, found)
    return [*head, *shown, cited, *staff_form.values_of(start.metadata)]


def based(office: Office, relation: Relation, target: str | None, found: Proposal) -> Replacement:
    """What the form starts from, and what is told of it: the proposal, with what the relation settles."""
    m = found.metadata
    held = {d.id: d for d in office.assistant.documents()}
    if relation is Relation.REPLACE and target in held and m.id != target:
        return replacement(held, target, found.document)
    if not (relation is Relation.REPLACE and m.id == target):
        m = replace(m, supersedes=(), amends=())
    if relation in (Relation.NEW, Relation.REPLACE) or target not in held:
        return Replacement(m, found.reasons)
    return Replacement(_akin(m, relation, held[target].metadata), found.reasons)


def _akin(m: Metadata, relation: Relation, old: Metadata) -> Metadata:
    """Metadata of a document that goes with a held one: the same programme, and what its relation wants."""
    m = replace(
        m, programme=old.programme_key, owner=m.owner or old.owner, category=m.category or old.category
    )
    if relation is Relation.EDITION:
        return replace(m, supersedes=(old.id,), round=old.round)
    return m if relation is Relation.ROUND else replace(m, round=old.round)


def draft_of(
    office: Office,
    user: User,
    file: Path,
    relation: Relation,
    target: str | None,
    facets: list[str],
    metadata: Metadata,
    why: str,
) -> drafts.Draft:
    """Save a draft of what the person decided (PublishingError where something is left undecided)."""
    if relation is Relation.NEW:
        return drafts.add(office, user, file, metadata, why)
    if target is None:
        raise PublishingError("어느 문서인지 고르지 않았습니다. ‘어느 문서’에서 골라 주세요.")
    if relation is Relation.REPLACE:
        return drafts.replace_document(office, user, target, file, why, metadata)
    if relation is Relation.AMEND:
        if not facets:
            raise PublishingError("바뀌는 항목을 고르지 않았습니다. 하나 이상 골라 주세요.")
        return drafts.amend(office, user, target, [Facet(name) for name in facets], file, metadata, why)
    if relation is Relation.ROUND and not metadata.round:
        raise PublishingError("차수가 없습니다. ‘차수’ 칸에 4처럼 적어 주세요.")
    return drafts.add(office, user, file, metadata, why)


def _shown(desk: StaffDesk, relation: Relation, target: str | None, found: Proposal) -> list[Any]:
    g = desk.gradio
    choices = desk.documents() if relation is not Relation.NEW else []
    facets = [f.value for a in found.metadata.amends for f in a.facets]
    return [
        g.Dropdown(choices=choices, value=target, visible=relation is not Relation.NEW),
        g.CheckboxGroup(value=facets, visible=relation is Relation.AMEND),
    ]


def _upload(upload: Upload | None) -> Upload:
    if upload is None:
        raise PublishingError("올린 파일이 없습니다. 파일을 먼저 올려 주세요.")
    return upload


def _told(start: Replacement) -> str:
    items = "".join(f"<li>{safe(words)}</li>" for words in start.told)
    return f'<div class="proposed"><b>칸은 제안입니다. 확인하고 고쳐 주세요.</b><ul>{items}</ul></div>'
