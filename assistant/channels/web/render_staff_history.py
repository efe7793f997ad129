"""The history of publications and the list of bulletins as HTML."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.channels.web.markup import safe
from assistant.channels.web.render_staff_preview import diff_html
from assistant.channels.web.staff_desk import ACTIONS
from assistant.channels.web.staff_form import FIELDS, values_of
from assistant.channels.wording import moment_text
from assistant.corpus.metadata import parse_metadata
from assistant.corpus.readers.markdown import split_front_matter
from assistant.domain import Metadata
from assistant.errors import AssistantError
from assistant.publishing.files import FileChange
from assistant.publishing.history import ABANDONED, DONE, Publication
from assistant.publishing.office import Office
from assistant.records.bulletins import Bulletin

TEXTS = (".md", ".markdown", ".txt", ".yaml", ".html", ".htm", ".csv")
COLUMNS = ("번호", "상태", "사업", "공지", "기간", "올린 사람")
OUTCOMES = {DONE: "", ABANDONED: "그만둠", None: "진행 중"}


def published_html(done: Publication, seconds: float) -> str:
    """What is said when a publication is live."""
    return (
        f'<div class="published" role="status"><b>게시했습니다 ({done.id}번).</b> '
        f"지금부터 새 자료로 답합니다 ({seconds:.1f}초 걸림).<br>"
        "잘못되었으면 ‘이력·되돌리기’에서 바로 되돌릴 수 있습니다.</div>"
    )


def undone_html(done: Publication, seconds: float) -> str:
    """What is said when a publication was taken back."""
    return (
        f'<div class="published" role="status"><b>되돌렸습니다 ({done.id}번).</b> '
        f"지금부터 앞의 자료로 답합니다 ({seconds:.1f}초 걸림).</div>"
    )


def history_html(office: Office, past: Iterable[Publication]) -> str:
    """Publications, newest first: who, when, what, why; opened: what the files held before and after."""
    rows = "".join(_publication(office, done) for done in past)
    return (
        f'<div class="past">{rows}</div>' if rows else '<p class="quiet empty">아직 게시한 것이 없습니다.</p>'
    )


def _publication(office: Office, done: Publication) -> str:
    kind = (
        f'<span class="tag{" ask" if done.kind == "undo" else ""}">{ACTIONS.get(done.kind, done.kind)}</span>'
    )
    outcome = OUTCOMES.get(done.outcome, done.outcome or "")
    override = f"<p>막는 것이 있었지만 게시한 까닭: {safe(done.override)}</p>" if done.override else ""
    files = "".join(_file(office, change) for change in done.changes)
    when = f"{moment(done.at, office)} · {safe(done.user)} · {safe(done.why)} {outcome}"
    return (
        f"<details><summary><b>{done.id}번</b> {kind} {safe(what_of(done, office))} "
        f'<span class="quiet">{when}</span></summary>{override}{files}'
        f'<p class="quiet">색인 {safe(done.generation_before)} → {safe(done.generation_after)}</p></details>'
    )


def what_of(done: Publication, office: Office) -> str:
    """What was done, in Korean words: actions and titles."""
    words = done.what
    for name, word in ACTIONS.items():
        words = words.replace(f"{name} ", f"{word} ")
    for document in office.assistant.documents():
        if document.id in words:
            words = re.sub(rf"(?<![\w-]){re.escape(document.id)}(?![\w-])", document.metadata.title, words)
    return words


def _file(office: Office, change: FileChange) -> str:
    what = "없어짐" if change.after is None else "새로 생김" if change.before is None else "바뀜"
    head = f'<p class="where"><b>{safe(change.path)}</b> <span class="tag ask">{what}</span></p>'
    shown = ""
    if change.path.endswith(TEXTS) and change.before and change.after:
        old, new = _parts(office, change.before, change.path), _parts(office, change.after, change.path)
        shown = _facts(old[0], new[0]) + (diff_html(old[1], new[1]) if old[1] != new[1] else "")
    return f'<div class="passage-change">{head}{shown}</div>'


def _parts(office: Office, key: str, path: str) -> tuple[Metadata | None, str]:
    """The metadata and the text of a kept file; what cannot be read is text."""
    try:
        text = office.contents.get(key).decode("utf-8-sig", "replace")
        front, body = (text, "") if path.endswith(".yaml") else split_front_matter(text)
        return (parse_metadata(front, path) if front is not None else None), body
    except AssistantError as error:
        return None, str(error)


def _facts(before: Metadata | None, after: Metadata | None) -> str:
    """The facts about a document that changed, by the names they have in the form."""
    if before is None or after is None or before == after:
        return ""
    pairs = zip(FIELDS.values(), values_of(before), values_of(after), strict=True)
    rows = "".join(
        f"<dt>{safe(name.split(' (')[0])}</dt>"
        f"<dd><del>{safe(old or '없음')}</del> <ins>{safe(new or '없음')}</ins></dd>"
        for name, old, new in pairs
        if (old or "") != (new or "")
    )
    return f'<dl class="fields">{rows or "<dt>그 밖의 사실이 바뀌었습니다.</dt>"}</dl>'


def moment(at: str, office: Office) -> str:
    """A stored moment as the call centre's clock shows it."""
    return moment_text(datetime.fromisoformat(at).astimezone(ZoneInfo(office.settings.timezone)))


def bulletins_html(bulletins: Iterable[Bulletin], titles: dict[str, str], now: datetime) -> str:
    """Bulletins, the newest first, with whether each heads answers now."""
    rows = "".join(_bulletin(b, titles.get(b.programme, b.programme), now) for b in reversed(list(bulletins)))
    if not rows:
        return '<p class="quiet empty">올린 공지가 없습니다.</p>'
    head = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _bulletin(bulletin: Bulletin, title: str, now: datetime) -> str:
    span = f"{moment_text(bulletin.starts)} ~ {moment_text(bulletin.ends)}"
    return (
        f"<tr><td>{bulletin.id}</td><td>{state_of(bulletin, now)}</td><td>{safe(title)}</td>"
        f"<td>{safe(bulletin.text)}</td><td>{span}</td><td>{safe(bulletin.author)}</td></tr>"
    )


def state_of(bulletin: Bulletin, now: datetime) -> str:
    """Whether a bulletin heads answers now."""
    if bulletin.withdrawn:
        return '<span class="tag state-ended">내림</span>'
    if now < bulletin.starts:
        return '<span class="tag ask">예정</span>'
    if bulletin.holds(date(now.year, now.month, now.day), now):
        return '<span class="tag">보이는 중</span>'
    return '<span class="tag state-ended">끝남</span>'
