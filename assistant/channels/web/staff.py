"""The tab 자료 관리: policy staff keep the corpus right."""

from types import ModuleType

from assistant.channels.web.signin import Sessions
from assistant.publishing.history import history
from assistant.publishing.office import Office
from assistant.records.users import Right, User
from assistant.service import Assistant
from assistant.settings import Settings


def lay_out(gradio: ModuleType, assistant: Assistant, settings: Settings, sessions: Sessions) -> None:
    """Put the tab's parts into the open Gradio context."""
    assert assistant.records is not None
    office = Office(assistant, assistant.records)
    with sessions.gate(gradio, Right.PUBLISH) as gate:
        listed = gradio.HTML()

    def shown(user: User) -> str:
        return f"<p>게시 {len(history(office))}건</p>"

    gate.show(shown, [listed])
