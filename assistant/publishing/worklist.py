"""The work list: what needs somebody of the policy staff today, the most used and longest overdue first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, timedelta

from assistant.corpus.checks.run import conflicts, units_of
from assistant.corpus.checks.shelf import shelve
from assistant.domain import Document, Facet, State
from assistant.publishing import doubts
from assistant.publishing.notices import curated, suspended
from assistant.publishing.office import Office
from assistant.publishing.sheet import sheet
from assistant.publishing.watched import open_files
from assistant.records.switches import switches
from assistant.records.users import Right, User, require
from assistant.validity import state

CLOSING_DAYS = 14
"""A window that closes within so many days is on the list."""
USE_DAYS = 90
"""Use counts the answers of so many days that quoted a document."""


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing to do. `weight` orders items of a kind, the heaviest first.

    `documents`: those whose metadata somebody may have to look at; `question`: one that can be settled.
    """

    kind: str
    subject: str
    what: str
    what_to_do: str
    due: date | None
    weight: float
    documents: tuple[str, ...] = ()
    question: str | None = None


def work_list(office: Office, user: User | None, today: date | None = None) -> tuple[WorkItem, ...]:
    """Everything that needs somebody on a day, by kind and weight."""
    require(office.records, user, Right.RECORDS, "worklist")
    day = today or office.assistant.today()
    documents = office.assistant.documents()
    use = _use(office, day)
    items = [
        *_overdue(documents, use, day),
        *_outdated(documents, use, day),
        *_closing(documents, use, day),
        *_conflicts(office, documents, day),
        *(
            WorkItem(
                "멈춘 승인 답변", f"{c.id}번 {c.questions[0]}", why, "고쳐 다시 승인하거나 내리세요.", None, 1
            )
            for c, why in suspended(office, day)
        ),
        *_waiting(office, day),
        *_watched(office),
        *_switched_off(office, use),
        *_feedback(office, day),
    ]
    kinds = list(dict.fromkeys(item.kind for item in items))
    return tuple(sorted(items, key=lambda i: (kinds.index(i.kind), -i.weight, i.subject)))


def to_csv(items: Iterable[WorkItem]) -> str:
    """The list as CSV that spreadsheets open with Korean intact (UTF-8 with a mark)."""
    return sheet(("종류", "대상", "내용", "할 일", "기한", "무게"), (astuple(item)[:6] for item in items))


def settle(office: Office, user: User | None, question: str) -> None:
    """Note that somebody dealt with what the list says of a question (PublishingError: nothing)."""
    doubts.settle(office, user, question, _first(office.assistant.today()))


def _first(day: date) -> str:
    """The moment from which answers count."""
    return (day - timedelta(days=USE_DAYS)).isoformat()


def _use(office: Office, day: date) -> dict[str, int]:
    """How many answers of the last days quoted each document."""
    rows = office.records.rows(
        "SELECT document_id, count(DISTINCT answer_id) AS n FROM citations"
        " WHERE answer_id IN (SELECT answer_id FROM answers WHERE at >= ?) GROUP BY document_id",
        (_first(day),),
    )
    return {row["document_id"]: row["n"] for row in rows}


def _states(documents: Iterable[Document], day: date) -> dict[str, State]:
    families: dict[str, list[Document]] = {}
    for document in documents:
        families.setdefault(document.metadata.programme_key, []).append(document)
    return {
        d.id: state(d.metadata, Facet.BENEFIT, day, None, [o.metadata for o in family])
        for family in families.values()
        for d in family
    }


def _overdue(documents: tuple[Document, ...], use: dict[str, int], day: date) -> list[WorkItem]:
    states = _states(documents, day)
    speaking = (State.CURRENT, State.UNDATED, State.OUTDATED)
    items = []
    for document in documents:
        due = document.metadata.review_by
        if due is not None and due < day and states[document.id] in speaking:
            late, used = (day - due).days, use.get(document.id, 0)
            owner = document.metadata.owner or "없음"
            what = f"검토 기한이 {late}일 지났습니다 (쓰임 {used}번, 담당 {owner})."
            items.append(
                WorkItem(
                    "검토 지남",
                    document.id,
                    what,
                    "내용을 확인하고 ‘자료 관리 › 문서 정보’에서 검토 기한을 고치세요.",
                    due,
                    (used + 1) * late,
                    (document.id,),
                )
            )
    return items


def _outdated(documents: tuple[Document, ...], use: dict[str, int], day: date) -> list[WorkItem]:
    """Programmes of which only editions of earlier years are held."""
    states, programmes = _states(documents, day), dict[str, list[Document]]()
    for document in documents:
        programmes.setdefault(document.metadata.programme_key, []).append(document)
    items = []
    for programme, family in programmes.items():
        held = {states[d.id] for d in family}
        if State.OUTDATED in held and not held & {State.CURRENT, State.UNDATED}:
            used = sum(use.get(d.id, 0) for d in family)
            what = f"{day.year}년 자료가 없습니다: {family[-1].metadata.title} (쓰임 {used}번)."
            to_do, last = "새 판을 올리거나 내리세요.", (family[-1].id,)
            items.append(WorkItem("올해 판 없음", programme, what, to_do, None, used + 1, last))
    return items


def _closing(documents: tuple[Document, ...], use: dict[str, int], day: date) -> list[WorkItem]:
    items = []
    for document in documents:
        for window in document.metadata.windows:
            if window.end is not None and 0 <= (window.end - day).days <= CLOSING_DAYS:
                parts = (window.channel, window.group, f"{window.kind} 기간이 {window.end}에 끝납니다.")
                what = f"{document.metadata.title}: {' '.join(part for part in parts if part)}"
                weight = (use.get(document.id, 0) + 1) / (1 + (window.end - day).days)
                items.append(
                    WorkItem("곧 마감", document.id, what, "연장 여부를 확인하세요.", window.end, weight)
                )
    return items


def _conflicts(office: Office, documents: tuple[Document, ...], day: date) -> list[WorkItem]:
    """Documents that cannot hold side by side, and questions that were answered with two that disagree."""
    present = tuple(d for d in documents if (office.corpus_dir / d.path).is_file())
    kin = Counter(d.metadata.programme_key for d in present)
    units = {d.id: units_of(d) if kin[d.metadata.programme_key] > 1 else () for d in present}
    found = conflicts(shelve(office.corpus_dir, present, units), day)
    ids = {path: (d.id,) for d in documents for path in (d.path, f"{d.path}.yaml")}
    items = [WorkItem("충돌", f.path, f.what, f.what_to_do, None, 1, ids.get(f.path, ())) for f in found]
    to_do = "어느 쪽이 맞는지 정해 고치세요. 고칠 것이 없으면 ‘처리함’을 누르세요."
    for doubt in doubts.differing(office, _first(day)):
        what, count = f"두 자료가 다르게 답한 질문: {doubt.question}", len(doubt.answers)
        cited = ", ".join(doubt.documents)
        items.append(WorkItem("충돌", cited, what, to_do, None, count, doubt.documents, doubt.question))
    return items


def _waiting(office: Office, day: date) -> list[WorkItem]:
    """Answers that a second person has to approve before they go out."""
    return [
        WorkItem(
            "승인 기다림",
            f"{c.id}번 {c.questions[0]}",
            f"{c.author} 님이 썼습니다. {c.valid_until}까지 쓰려고 합니다.",
            "다른 사람이 읽고 승인하거나 내리세요.",
            c.valid_until,
            1,
        )
        for c in curated(office)
        if not c.approver and not c.withdrawn and c.valid_until >= day
    ]


def _watched(office: Office) -> list[WorkItem]:
    """Files of the watched folder that a person has to see to."""
    return [
        WorkItem(
            "감시 폴더",
            file.name,
            file.why or f"폴더에서 없어졌습니다. 자료 {file.document_id or ''}는 그대로입니다.",
            "고치거나 손으로 올리세요." if file.why else "끝난 자료면 내리고, 아니면 ‘처리함’을 누르세요.",
            None,
            1,
        )
        for file in open_files(office)
    ]


def _switched_off(office: Office, use: dict[str, int]) -> list[WorkItem]:
    return [
        WorkItem(
            "꺼 둔 자료",
            s.document_id,
            f"{s.user} 님이 {s.at[:10]}에 껐습니다: {s.note}",
            "확인이 끝났으면 다시 켜거나 내리세요.",
            None,
            use.get(s.document_id, 0) + 1,
        )
        for s in switches(office.records)
    ]


def _feedback(office: Office, day: date) -> list[WorkItem]:
    to_do = "자료를 고치거나 승인 답변을 만드세요. 고칠 것이 없으면 ‘처리함’을 누르세요."
    return [
        WorkItem(
            "나쁜 평가",
            doubt.question,
            f"{doubt.verdict} {len(doubt.answers)}번. {doubt.note}".strip(),
            to_do,
            None,
            len(doubt.answers),
            question=doubt.question,
        )
        for doubt in doubts.rated(office, _first(day))
    ]
