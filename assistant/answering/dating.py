"""What the day does to an answer: its status and the cautions about editions, ends and windows."""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date

from assistant.answering.composer import FacetAnswer
from assistant.answering.resolution import Resolution
from assistant.answering.selection import SPEAKING, Day, edition_year
from assistant.answering.windows import KIND_WORDS, describe, is_over, not_begun
from assistant.domain import Caution, Document, Facet, State, Status, Term, Window
from assistant.retrieval.query import Understood
from assistant.validity import is_past_edition

Windows = Sequence[tuple[Document, Window]]


def speaking(resolution: Resolution, day: Day) -> list[Document]:
    """The chosen documents that may speak of periods or benefits on the day: theirs are the windows that
    count."""
    family = resolution.family
    return [
        document
        for document in family.documents
        if document.id in resolution.only
        and any(family.state_of(document, facet, day) in SPEAKING for facet in (Facet.PERIOD, Facet.BENEFIT))
    ]


def judge(
    resolution: Resolution,
    found: Mapping[Facet, FacetAnswer],
    windows: Windows,
    understood: Understood,
    day: Day,
) -> tuple[Status, tuple[Caution, ...]]:
    """The status of an answer made of `found`, and what must be said about dates beside it."""
    spans = [window for _, window in windows]
    if resolution.past_year is not None:
        return Status.OUTDATED, (
            Caution("past_year", f"{resolution.past_year}년 자료입니다. 지금 기준이 아닙니다."),
        )
    over = tuple(Caution("closed", describe(w)) for w in spans if w.end is not None and w.end < day.as_of)
    if all(answer.state is State.ENDED for answer in found.values()):
        return Status.CLOSED, (*over, *_ended(found))
    if _window_closed(spans, found.keys(), understood, day.as_of):
        return Status.CLOSED, over
    cautions = list(over if is_over(spans, "apply", day.as_of) else ())
    if begins := not_begun(spans, "apply", day.as_of):
        cautions.append(Caution("not_begun", f"신청 시작 전입니다: {begins.isoformat()}부터"))
    cautions += _editions(found.values(), day)
    outdated = any(answer.state is State.OUTDATED for answer in found.values())
    return Status.OUTDATED if outdated else Status.ANSWERED, tuple(cautions)


def asks_of_closed_window(
    windows: Windows, facets: Sequence[Facet], understood: Understood, as_of: date
) -> bool:
    """Whether a question for these facets is about a window that is over."""
    return _window_closed([window for _, window in windows], set(facets), understood, as_of)


def _window_closed(spans: Sequence[Window], found: Set[Facet], understood: Understood, as_of: date) -> bool:
    """Whether the window that the question is about is over."""
    over = {kind for kind in KIND_WORDS if is_over(spans, kind, as_of)}
    kind = understood.window
    if kind is None and found & {Facet.APPLICATION, Facet.PAPERWORK}:
        kind = "apply"
    if kind is None and Facet.PERIOD in found:
        return bool(over) and over == {window.kind for window in spans}
    if kind == "apply" and not found & {
        Facet.APPLICATION,
        Facet.PAPERWORK,
        Facet.PERIOD,
        Facet.TARGET,
    }:
        return False
    return kind in over


def _ended(found: Mapping[Facet, FacetAnswer]) -> list[Caution]:
    metadata = next(iter(found.values())).best.document.metadata
    cautions = []
    if metadata.effective_until:
        cautions.append(
            Caution("closed", f"「{metadata.title}」 종료: {metadata.effective_until.isoformat()}")
        )
    return cautions


def _editions(answers: Iterable[FacetAnswer], day: Day) -> list[Caution]:
    cautions: dict[str, Caution] = {}
    for answer in answers:
        document = answer.best.document
        year = edition_year(document)
        label = f"{year}년" if year else "옛"
        begins = document.metadata.effective_from
        if document.metadata.term is Term.OPEN and begins is not None and begins > day.as_of:
            cautions["not_begun"] = Caution("not_begun", f"시행 전입니다: {begins.isoformat()}부터")
        if answer.state is State.OUTDATED:
            text = f"{label} 기준 자료입니다. 올해 금액과 기준은 담당 부서에 확인해 주세요."
            cautions["outdated"] = Caution("outdated", text)
        elif answer.state is State.UNDATED:
            text = f"「{document.metadata.title}」의 유효 기간을 알 수 없습니다. 안내 전에 확인해 주세요."
            cautions["validity_unknown"] = Caution("validity_unknown", text)
        elif is_past_edition(document.metadata, day.as_of, day.event_date):
            text = f"{label} 자료에 따른 안내입니다. 바뀐 내용이 없는지 확인해 주세요."
            cautions["old_edition"] = Caution("old_edition", text)
    return list(cautions.values())
