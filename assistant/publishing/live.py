"""Another generation made live without a publication (`index build`, `index rollback`): by whom, and a line
in the history.

The line is written before the swap and ended after it: `publication.recover` finishes what a kill cut off.
"""

from assistant.errors import IndexUnavailable, PublishingError
from assistant.index.generations import GenerationStore
from assistant.publishing.history import DONE
from assistant.publishing.office import alone
from assistant.records.store import Records, stamp
from assistant.records.users import Right, User, Users, require
from assistant.settings import Settings

BUILD, ROLLBACK = "build", "rollback"
UNSIGNED = "명령줄"
"""Who is named where nobody has to sign in."""


def permitted(settings: Settings, user: User | None, kind: str) -> tuple[Records, str] | None:
    """Where the line is written, and whom it names (AccessDenied); None: no line.

    Once somebody can sign in, only who may publish changes what is live. A build that replaces nothing that
    answers needs nobody: none is live, or what is live is damaged or of an older program.
    """
    users = Users(settings.users_path)
    if not users.exist and not _own(settings):
        return None
    records = Records(settings.records_path)
    if not users.exist or (user is None and kind == BUILD and not _answers(settings)):
        return records, UNSIGNED
    return records, require(records, user, Right.PUBLISH, f"index {kind}").name


def make_live(
    settings: Settings, generation: str, kind: str, line: tuple[Records, str] | None, what: str
) -> None:
    """Swap to a verified generation, with its line (PublishingError where a publication is not finished)."""
    store = GenerationStore(settings.index_dir)
    if line is None:
        with store.writing():
            store.switch(generation)
        return
    records, name = line
    with alone(settings.uploads_dir), store.writing():
        before, named = _live(store), "" if _own(settings) else f" (색인 {settings.index_dir})"
        if _answers(settings) and _unfinished(records):
            raise PublishingError(
                "끝나지 않은 게시가 있습니다. `corpus history`를 한 번 실행해 끝낸 뒤 다시 실행해 주세요."
            )
        row = (stamp(), name, kind, what + named, "명령으로 바꿈", "[]", "[]", before, generation)
        with records.writing(durable=True) as db:
            cursor = db.execute(
                "INSERT INTO publications (at, user, kind, what, why, changes, drafts, generation_before,"
                f" generation_after) VALUES ({','.join('?' * 9)})",
                row,
            )
        store.switch(generation)
        with records.writing(durable=True) as db:
            db.execute("INSERT INTO publication_ends VALUES (?,?,?)", (cursor.lastrowid, stamp(), DONE))


def _own(settings: Settings) -> bool:
    """Whether the index is the centre's own, not one that a command names."""
    return settings.index_dir.resolve() == Settings.from_environment().index_dir.resolve()


def _live(store: GenerationStore) -> str:
    try:
        return store.current_id()
    except IndexUnavailable:
        return ""


def _answers(settings: Settings) -> bool:
    """Whether there is a live generation, and it is whole."""
    store = GenerationStore(settings.index_dir)
    try:
        store.verify(store.current_id())
    except IndexUnavailable:
        return False
    return True


def _unfinished(records: Records) -> bool:
    return bool(
        records.rows("SELECT 1 FROM publications WHERE id NOT IN (SELECT publication FROM publication_ends)")
    )
