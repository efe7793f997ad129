"""What will change before it is live: passages, conflicts, findings, and answers old and new side by side."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.corpus.checks.findings import Finding, Kind, Severity
from assistant.corpus.checks.run import check_shelf, units_of
from assistant.corpus.checks.shelf import shelve
from assistant.domain import Document
from assistant.publishing.changed_answers import AnswerChange, Asked, ask_both
from assistant.publishing.difference import Difference
from assistant.publishing.files import check_base, fingerprint, staged
from assistant.publishing.office import Office
from assistant.records.users import Right, User, require

GATED_DOCUMENTS = 10
"""A change of more documents wants the whole evaluation, not only questions on their programmes."""


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A section that is new (`before` None), gone (`after` None) or different."""

    document_id: str
    title: str
    heading_path: tuple[str, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that publishing would change. `generation` is built and verified, not live.

    `asked`, `unasked`: evaluation questions on their own day; `others_left`: other questions still to ask;
    `not_asked`: what is never asked as it would take too long, in words; `topics_cut`: of these, evaluation
    questions. `documents`: how many differ; `weighed`: whether the whole evaluation was asked (`with_gates`).
    """

    generation: str
    fingerprint: str
    passages: tuple[PassageChange, ...]
    findings: tuple[Finding, ...]
    topics: tuple[AnswerChange, ...]
    logged: tuple[AnswerChange, ...]
    asked: int
    unasked: int
    left_out: tuple[str, ...]
    gates: tuple[str, ...] = ()
    others_left: int = 0
    not_asked: tuple[str, ...] = ()
    topics_cut: int = 0
    documents: int = 0
    weighed: bool = False

    @property
    def conflicts(self) -> tuple[Finding, ...]:
        """New findings about documents that cannot hold side by side."""
        return tuple(f for f in self.findings if f.kind is Kind.CONFLICT)

    @property
    def blocking(self) -> tuple[str, ...]:
        """What asks for a second person: errors, files left out, windows that the text does not bear out,
        answers that go wrong or were not asked."""
        errors = [str(f) for f in self.findings if f.severity is Severity.ERROR or f.kind is Kind.WINDOW]
        wrong = [f"맞던 답이 틀려짐: {t.question} ({t.source})" for t in self.topics if t.regresses]
        unasked = [f"아직 묻지 않은 평가 질문 {self.unasked}개"] if self.unasked else []
        return (*self.left_out, *errors, *wrong, *self.gates, *self._unweighed, *unasked)

    @property
    def _unweighed(self) -> tuple[str, ...]:
        """Why the whole evaluation is wanted and was not asked."""
        large = [f"문서 {self.documents}개가 바뀜"] if self.documents > GATED_DOCUMENTS else []
        cut = [f"묻지 않은 평가 질문 {self.topics_cut}개"] if self.topics_cut else []
        if self.weighed or not (large or cut):
            return ()
        return (f"{', '.join(large + cut)}: ‘평가 전체로 더 보기’(명령은 --gates)가 필요합니다",)


def preview(
    office: Office, user: User | None, draft_ids: Sequence[int], seconds: float | None = None
) -> Preview:
    """Build the drafts beside the live generation and hold both against each other (PublishingError).

    With `seconds` no more questions are asked once so many have passed: a first look.
    """
    return next(previews(office, user, draft_ids, seconds))


def previews(
    office: Office, user: User | None, draft_ids: Sequence[int], seconds: float | None = None
) -> Iterator[Preview]:
    """First what is known when so many seconds have passed, then the whole; one only where that is the same.

    Raises PublishingError where the drafts cannot be built.
    """
    begun = time.monotonic()
    require(office.records, user, Right.PUBLISH, f"preview {', '.join(map(str, draft_ids))}")
    from assistant.publishing.drafts import draft_of
    from assistant.publishing.publication import combined

    changes = combined([draft_of(office, number) for number in draft_ids])
    check_base(office.corpus_dir, changes)
    with office.alone(), staged(office.corpus_dir, office.work_dir, changes, office.contents) as folder:
        mark = fingerprint(folder)
        generation, problems = office.build(folder)
        candidate = office.assistant.at_generation(generation)
        difference = Difference.between(
            {d.id: d for d in office.assistant.documents()}, {d.id: d for d in candidate.documents()}
        )
        findings = _new_findings(office, folder, difference)
    paths = {change.path for change in changes}
    passages = tuple(_passages(difference))
    left_out = tuple(p.message for p in problems if p.path in paths)
    count = len(difference.touched)
    seen = Preview(generation, mark, passages, findings, (), (), 0, 0, left_out, documents=count)
    shown, known = False, Asked()
    for known in ask_both(office, candidate, difference):
        left = known.unasked + known.others_left
        if left and not shown and seconds is not None and time.monotonic() - begun > seconds:
            shown = True
            yield _seen(seen, known)
    yield _seen(seen, known)


def _seen(seen: Preview, known: Asked) -> Preview:
    """The preview with what asking has brought so far."""
    return replace(
        seen,
        topics=known.topics,
        logged=known.logged,
        asked=known.asked,
        unasked=known.unasked,
        others_left=known.others_left,
        not_asked=known.not_asked,
        topics_cut=known.topics_cut,
    )


def _passages(difference: Difference) -> Iterable[PassageChange]:
    before, after = difference.before, difference.after
    for document_id in sorted(difference.touched):
        old, new = _sections(before.get(document_id)), _sections(after.get(document_id))
        document = after.get(document_id) or before[document_id]
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) != new.get(key):
                yield PassageChange(document_id, document.metadata.title, key[0], old.get(key), new.get(key))


def _sections(document: Document | None) -> dict[tuple[tuple[str, ...], int], str]:
    """The text of each section by its headings and its place among sections of the same headings."""
    found: dict[tuple[tuple[str, ...], int], str] = {}
    text = document.text if document else ""
    for section in document.sections if document else ():
        place = sum(1 for path, _ in found if path == section.heading_path)
        found[section.heading_path, place] = text[section.char_start : section.char_end].strip()
    return found


def _new_findings(office: Office, folder: Path, difference: Difference) -> tuple[Finding, ...]:
    """What is found now and was not before; windows of a document that is written anew are held to its text
    again."""
    today = office.assistant.today()

    def found(where: Path, documents: Mapping[str, Document]) -> list[Finding]:
        near = difference.programmes
        units = {i: units_of(d) if d.metadata.programme_key in near else () for i, d in documents.items()}
        ordered = tuple(sorted(documents.values(), key=lambda d: d.path))
        present = tuple(d for d in ordered if (where / d.path).is_file())
        return check_shelf(shelve(where, present, units), today)

    known = {(f.severity, f.path, f.what) for f in found(office.corpus_dir, difference.before)}
    anew = _anew(difference)
    return tuple(
        f
        for f in found(folder, difference.after)
        if (f.severity, f.path, f.what) not in known or (f.kind is Kind.WINDOW and f.path in anew)
    )


def _anew(difference: Difference) -> frozenset[str]:
    """The files, and their sidecars, of documents whose text or windows are others than before."""
    changed = set[str]()
    for document_id in difference.touched:
        old, new = difference.before.get(document_id), difference.after.get(document_id)
        if new and (old is None or (old.text, old.metadata.windows) != (new.text, new.metadata.windows)):
            changed |= {new.path, f"{new.path}.yaml"}
    return frozenset(changed)
