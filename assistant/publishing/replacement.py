"""A new text for a held document: its windows and contacts beside those that the text states."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.corpus.checks.windows import WINDOW_NAMES
from assistant.corpus.days import days_in
from assistant.corpus.library import load_document
from assistant.domain import Contact, Document, Metadata, Window
from assistant.publishing.office import Office
from assistant.publishing.proposal import Proposal
from assistant.publishing.stated import stated

NO_DIFFERENCE = "새 글의 기간과 연락처는 문서 정보와 다르지 않습니다."
KEPT = "그대로 두었으니 맞는지 보세요."


@dataclass(frozen=True, slots=True)
class Replacement:
    """The held metadata with what surely moved, and every difference in words: held → found."""

    metadata: Metadata
    told: tuple[str, ...]


def settled(office: Office, found: Proposal) -> Replacement:
    """What an upload is to be where nobody says what it is: a new text where it replaces, else itself."""
    if found.replaces is None:
        return Replacement(found.metadata, found.reasons)
    return replacement({d.id: d for d in office.assistant.documents()}, found.replaces, found.document)


def of_file(office: Office, target: str, file: Path) -> Replacement:
    """What a held document is to be with the text of a file (SettingsError, SourceError)."""
    office.assistant.document(target)
    return replacement(
        {d.id: d for d in office.assistant.documents()}, target, load_document(file, file.name)
    )


def replacement(held: Mapping[str, Document], target: str, new: Document) -> Replacement:
    """What the held document `target` is to be with the text of `new`.

    A window or a contact that surely moved has its new days or number; all else stays, and is told.
    """
    old = held[target]
    before, now = stated(old.metadata.title, old.text), stated(old.metadata.title, new.text)
    amended = [held[a.document].text for a in old.metadata.amends if a.document in held]
    said = days_in("\n".join([new.text, *amended]))
    kept = old.metadata.windows
    fresh = [w for w in now.windows if w not in before.windows and not any(_agrees(w, k) for k in kept)]
    gone = [w for w in before.windows if w not in now.windows]
    stale = [w for w in kept if any(day is not None and day not in said for day in (w.start, w.end))]
    loose = [w for w in kept if w in stale or any(_agrees(g, w) for g in gone)]
    moved = _moved(loose, fresh)
    contacts, told_contacts = _contacts(old, before.contacts, now.contacts, new.text)
    differences = [
        *_title(old, new),
        *(f"{_window(w)} → {_window(m)}: 글의 새 날로 채웠습니다." for w, m in moved.items()),
        *(f"{_window(w)}: 새 글에 없는 날이 있습니다. {KEPT}" for w in stale if w not in moved),
        *(_missing(w) for w in fresh if not any(_agrees(w, m) for m in moved.values())),
        *told_contacts,
        *(f"‘{words}’: 몇 년인지 적혀 있지 않아 견주지 못했습니다." for words in now.unclear),
    ]
    windows = tuple(dict.fromkeys(moved.get(w, w) for w in kept))
    told = (f"있는 문서 「{old.metadata.title}」의 정보로 채웠습니다.", *(differences or [NO_DIFFERENCE]))
    return Replacement(replace(old.metadata, windows=windows, contacts=contacts), told)


def _agrees(found: Window, held: Window) -> bool:
    """Whether a window as found, perhaps with one end only, says nothing that the held one does not."""
    return found.kind == held.kind and found.start in (None, held.start) and found.end in (None, held.end)


def _moved(loose: Sequence[Window], fresh: Sequence[Window]) -> dict[Window, Window]:
    """Held windows, each with what became of it; none where two could be meant."""
    moved = {}
    for window in loose:
        alike = [f for f in fresh if f.kind == window.kind]
        near = [f for f in alike if _touches(f, window)]
        rivals = [w for w in loose if w.kind == window.kind and (not near or _touches(near[0], w))]
        one = _spans(near or alike)
        if len(one) == 1 and len(_spans(rivals)) == 1:
            start, end = one.pop()
            moved[window] = replace(window, start=start or window.start, end=end or window.end)
    return {w: m for w, m in moved.items() if m.start is None or m.end is None or m.start <= m.end}


def _touches(found: Window, held: Window) -> bool:
    return (found.start is not None and found.start == held.start) or (
        found.end is not None and found.end == held.end
    )


def _spans(windows: Iterable[Window]) -> set[tuple[date | None, date | None]]:
    return {(w.start, w.end) for w in windows}


def _contacts(
    old: Document, before: Sequence[Contact], now: Sequence[Contact], text: str
) -> tuple[tuple[Contact, ...], list[str]]:
    """The contacts to hold, and what differs; a number that only the metadata ever gave stays unsaid."""
    kept = old.metadata.contacts
    known = {c.phone for c in (*kept, *before)}
    fresh = [c for c in now if c.phone not in known]
    gone = [c for c in kept if c.phone in old.text and c.phone not in text]
    moved = {g: f for g in gone for f in fresh if _same_desk(f, g)}
    told = [f"{_contact(g)} → {_contact(f)}: 글의 새 번호로 채웠습니다." for g, f in moved.items()]
    told += [f"{_contact(g)}: 새 글에 없는 번호입니다. {KEPT}" for g in gone if g not in moved]
    told += [
        f"{_contact(f)}: 새 글에 있고 문서 정보에는 없습니다. 맞으면 더하세요."
        for f in fresh
        if f not in moved.values()
    ]
    return tuple(replace(c, phone=moved[c].phone) if c in moved else c for c in kept), told


def _same_desk(one: Contact, other: Contact) -> bool:
    names = "".join(one.name.split()), "".join(other.name.split())
    return names[0].endswith(names[1]) or names[1].endswith(names[0])


def _title(old: Document, new: Document) -> list[str]:
    titles = old.metadata.title, new.metadata.title
    return [] if titles[0] == titles[1] else [f"제목 {titles[0]} → 파일에는 {titles[1]}: {KEPT}"]


def _missing(window: Window) -> str:
    return f"{_window(window)}: 새 글에 있고 문서 정보에는 없습니다. 맞으면 더하세요."


def _window(window: Window) -> str:
    group = f"({window.group})" if window.group else None
    words = (WINDOW_NAMES.get(window.kind, window.kind), window.channel, group)
    return f"{' '.join(w for w in words if w)} {window.start or ''}~{window.end or ''}"


def _contact(contact: Contact) -> str:
    return f"{contact.name} {contact.phone}"
