"""What every part of the tab 자료 관리 is laid out with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from assistant.channels.web.signin import Gate, Sessions
from assistant.domain import Document
from assistant.publishing import drafts
from assistant.publishing.office import Office
from assistant.publishing.watching import Watching
from assistant.records.users import Right

ACTIONS = {
    "add": "새 문서",
    "replace": "내용 고침",
    "edit": "정보 고침",
    "amend": "변경 공고",
    "retire": "내림",
    "restore": "다시 올림",
    "publish": "게시",
    "undo": "되돌림",
    "build": "색인 다시 만듦",
    "rollback": "앞 세대로 되돌림",
    "off": "끔",
    "on": "켬",
}


@dataclass(frozen=True, slots=True)
class StaffDesk:
    """Gradio, the office whose calls are made, its watched folder, who is signed in, and the tab's gate."""

    gradio: ModuleType
    office: Office
    watching: Watching
    sessions: Sessions
    gate: Gate

    def bind(
        self,
        trigger: Callable[..., Any],
        right: Right,
        work: Callable[..., Any],
        inputs: Sequence[Any],
        outputs: Sequence[Any],
        *,
        progress: str = "hidden",
    ) -> None:
        """Let an event call `work(user, *values)`, with the right checked on the server."""
        handler = self.sessions.guarded(self.gradio, right, work)
        trigger(handler, list(inputs), list(outputs), show_progress=progress, api_visibility="private")

    def documents(self) -> list[tuple[str, str]]:
        """Choices of a list of documents: title and id, by title."""
        return sorted((label(d), d.id) for d in self.office.assistant.documents())


def label(document: Document) -> str:
    """A document as it stands in a list."""
    return f"{document.metadata.title}  [{document.id}]"


def open_drafts(office: Office) -> list[tuple[str, int]]:
    """Choices of the open drafts: what a person reads, and the number."""
    titles = {d.id: d.metadata.title for d in office.assistant.documents()}
    choices = []
    for d in drafts.open_drafts(office):
        words = (f"{d.id}번", ACTIONS[d.action], titles.get(d.document_id, d.document_id), d.why, d.author)
        choices.append((" · ".join(words), d.id))
    return choices
