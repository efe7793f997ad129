"""Publishing: from drafts to a new live generation, taken back in seconds, with a history that only grows.

A publication is decided when its row is in the records: what it needs (contents, generation) is complete on
disk before, and what follows (files, CURRENT) can be done twice. `recover` ends what was begun.
"""

import json
from collections.abc import Sequence

from assistant.corpus.library import Problem
from assistant.errors import IndexUnavailable, PublishingError
from assistant.publishing.drafts import Draft, close, draft_of
from assistant.publishing.files import FileChange, apply_changes, check_base, fingerprint, staged
from assistant.publishing.history import ABANDONED, DONE, Publication, history
from assistant.publishing.office import Office
from assistant.publishing.preview import Preview
from assistant.records.kept import collect
from assistant.records.store import stamp
from assistant.records.users import Right, User, require


def publish(
    office: Office,
    user: User | None,
    draft_ids: Sequence[int],
    why: str,
    *,
    preview: Preview,
    override: str | None = None,
    approver: User | None = None,
) -> Publication:
    """Make drafts live: the generation that was looked at in `preview`, verified, swapped (PublishingError).

    What the preview holds against publishing must be overridden with a reason by a second person, `approver`;
    it must be of these drafts and of the corpus as it is, or nobody has seen what would become live.
    """
    user = require(office.records, user, Right.PUBLISH, f"publish {list(draft_ids)}")
    drafts = [draft_of(office, number) for number in draft_ids]
    _publishable(drafts, why)
    override = _second_person(office, user, preview, override, approver)
    with office.alone():
        _recover(office)
        changes = combined(drafts)
        check_base(office.corpus_dir, changes)
        _as_seen(office, preview, changes)
        what, seen = ", ".join(f"{d.action} {d.document_id}" for d in drafts), preview.generation
        done = _record(office, user, "publish", what, why, changes, tuple(draft_ids), None, seen, override)
        _finish(office, done)
        for number in draft_ids:
            close(office, number, f"게시 {done.id}")
        collect(office.generations, office.records.path)
    office.assistant.refresh()
    return history(office, done.id)[0]


def undo(office: Office, user: User | None, why: str, publication_id: int | None = None) -> Publication:
    """Take back a publication (the last one unless named): files and generation as they were before it.

    The last one is a swap of generations; an older one is built anew, where its files are still as it left
    them (PublishingError otherwise).
    """
    user = require(office.records, user, Right.PUBLISH, f"undo {publication_id or 'last'}")
    with office.alone():
        _recover(office)
        target = _undoable(office, publication_id)
        changes = tuple(c.reversed for c in target.changes)
        check_base(office.corpus_dir, changes)
        generation = target.generation_before
        if not _swappable(office, target):
            with staged(office.corpus_dir, office.work_dir, changes, office.contents) as folder:
                generation, problems = office.build(folder)
                _all_readable(problems, changes)
        what = f"{target.id}번 되돌림: {target.what}"
        done = _record(office, user, "undo", what, why or "되돌림", changes, (), target.id, generation, None)
        _finish(office, done)
    office.assistant.refresh()
    return history(office, done.id)[0]


def recover(office: Office) -> tuple[int, ...]:
    """Finish publications that a killed process left unfinished; their numbers."""
    with office.alone():
        return _recover(office)


def start(office: Office) -> None:
    """What a service does when it starts: finish what was begun, drop records past their days."""
    if any(done.outcome is None for done in history(office)):
        recover(office)
        office.assistant.refresh()
    office.records.purge(office.settings.retention_days)


def combined(drafts: Sequence[Draft]) -> tuple[FileChange, ...]:
    """The changes of several drafts as one (PublishingError where two change the same file)."""
    changes: dict[str, FileChange] = {}
    for draft in drafts:
        for change in draft.changes:
            if change.path in changes:
                raise PublishingError(f"{change.path}: 두 초안이 같은 파일을 바꿉니다. 하나씩 게시해 주세요.")
            changes[change.path] = change
    return tuple(changes.values())


def _publishable(drafts: Sequence[Draft], why: str) -> None:
    if not drafts:
        raise PublishingError("게시할 초안이 없습니다. 초안을 먼저 만들어 주세요.")
    for draft in drafts:
        if draft.closed:
            raise PublishingError(
                f"초안 {draft.id}번은 이미 끝났습니다({draft.outcome}). 새 초안을 만들어 주세요."
            )
    if not why.strip():
        raise PublishingError("게시하는 까닭이 없습니다. 한 줄로 적어 주세요.")


def _as_seen(office: Office, preview: Preview, changes: Sequence[FileChange]) -> None:
    """Raise PublishingError where what would become live is not what somebody looked at."""
    with staged(office.corpus_dir, office.work_dir, changes, office.contents) as folder:
        same = preview.fingerprint == fingerprint(folder)
    try:
        office.generations.verify(preview.generation)
    except IndexUnavailable:
        same = False
    if not same:
        raise PublishingError(
            "바뀌는 것을 본 뒤 초안이나 자료가 달라졌습니다. 바뀌는 것을 다시 보고 게시해 주세요."
        )


def _second_person(
    office: Office, user: User, preview: Preview, override: str | None, approver: User | None
) -> str | None:
    """What a preview holds against publishing needs a reason and a second person: both, for the history."""
    if not preview.blocking:
        return override
    if not override:
        raise PublishingError(
            f"게시를 막는 것이 {len(preview.blocking)}건 있습니다({preview.blocking[0]}). "
            "고치거나 까닭을 적어 승인을 받으세요."
        )
    approver = require(office.records, approver, Right.APPROVE, f"override: {override}")
    if approver.name == user.name:
        raise PublishingError("본인의 게시는 본인이 승인할 수 없습니다. 다른 사람의 승인을 받으세요.")
    return f"{override} ({approver.name} 승인)"


def _all_readable(problems: Sequence[Problem], changes: Sequence[FileChange]) -> None:
    touched = {change.path for change in changes}
    for problem in problems:
        if problem.path in touched:
            raise PublishingError(f"{problem.message} 초안을 고쳐 다시 만들어 주세요.")


def _swappable(office: Office, target: Publication) -> bool:
    """Whether the generation before the publication can simply be made live again."""
    store = office.generations
    if store.current_id() != target.generation_after:
        return False
    try:
        store.verify(target.generation_before)
    except IndexUnavailable:
        return False
    return True


def _undoable(office: Office, publication_id: int | None) -> Publication:
    past = [p for p in history(office, limit=10_000) if p.outcome == DONE]
    undone = {p.undoes for p in past if p.undoes}
    for done in past:
        if done.kind == "publish" and done.id not in undone and publication_id in (None, done.id):
            return done
    number = "" if publication_id is None else f"{publication_id}번: "
    raise PublishingError(f"{number}되돌릴 게시가 없습니다. `corpus history`로 확인해 주세요.")


def _record(
    office: Office,
    user: User,
    kind: str,
    what: str,
    why: str,
    changes: Sequence[FileChange],
    drafts: tuple[int, ...],
    undoes: int | None,
    generation: str,
    override: str | None,
) -> Publication:
    plain = json.dumps([c.as_json() for c in changes])
    before, mask = office.generations.current_id(), office.records.masker.mask
    row = (
        stamp(),
        user.name,
        kind,
        what,
        mask(why.strip()),
        plain,
        json.dumps(drafts),
        undoes,
        before,
        generation,
        mask(override) if override else None,
    )
    with office.records.writing(durable=True) as db:
        cursor = db.execute(
            "INSERT INTO publications (at, user, kind, what, why, changes, drafts, undoes, generation_before,"
            f" generation_after, override) VALUES ({','.join('?' * 11)})",
            row,
        )
    return history(office, int(cursor.lastrowid or 0))[0]


def _finish(office: Office, publication: Publication) -> None:
    """Files, then the live generation, then the end in the history: each step may be done again."""
    apply_changes(office.corpus_dir, publication.changes, office.contents)
    with office.generations.writing():
        if office.generations.current_id() != publication.generation_after:
            office.generations.switch(publication.generation_after)
    _end(office, publication.id, DONE)


def _recover(office: Office) -> tuple[int, ...]:
    finished = []
    for publication in reversed(history(office, limit=10_000)):
        if publication.outcome is not None:
            continue
        try:
            office.generations.verify(publication.generation_after)
        except IndexUnavailable:
            apply_changes(office.corpus_dir, [c.reversed for c in publication.changes], office.contents)
            _end(office, publication.id, ABANDONED)
            continue
        _finish(office, publication)
        for number in publication.drafts:
            close(office, number, f"게시 {publication.id}")
        finished.append(publication.id)
    return tuple(finished)


def _end(office: Office, number: int, outcome: str) -> None:
    with office.records.writing(durable=True) as db:
        db.execute("INSERT OR IGNORE INTO publication_ends VALUES (?,?,?)", (number, stamp(), outcome))
