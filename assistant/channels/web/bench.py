"""The tab 검색 점검: every candidate of a question with what ranked it, and the switch of a document."""

from types import ModuleType

from pydantic import BaseModel, Field

from assistant.channels.web.actions import Actions, Day, Line, Text, read
from assistant.channels.web.render_bench import bench_html, switches_html
from assistant.channels.web.signin import Sessions
from assistant.publishing import switching
from assistant.publishing.office import Office
from assistant.records.users import Right, User, require
from assistant.service import Assistant
from assistant.settings import Settings


class Tried(BaseModel):
    """A question to try: on which day, and how many documents that may speak."""

    question: Text = ""
    as_of: Day = None
    k: int = Field(default=10, ge=1, le=100)


class Switched(Tried):
    """A document to switch, with the note for the history; the rest is what the page shows."""

    document: Line = ""
    note: Line = ""


class Bench:
    """What the tab's handlers do."""

    def __init__(self, office: Office) -> None:
        """Work for one office."""
        self._office = office

    def tried(self, user: User, sent: object = None) -> str:
        """The candidates of a question."""
        asked, assistant = read(Tried, sent), self._office.assistant
        day = asked.as_of or assistant.today()
        found = None
        if asked.question:
            require(self._office.records, user, Right.RECORDS, f"bench {asked.question}")
            found = assistant.search(asked.question, as_of=day, k=asked.k, everything=True)
        return bench_html(asked.question, day, asked.k, found, user.may(Right.PUBLISH))

    def off(self, user: User, sent: object = None) -> tuple[str, str]:
        """Switch a document off; the candidates and what is off, as they are then."""
        asked = read(Switched, sent)
        switching.switch_off(self._office, user, asked.document, asked.note)
        return self.tried(user, sent), self.switches(user)

    def on(self, user: User, sent: object = None) -> str:
        """Switch a document on; what is off then."""
        asked = read(Switched, sent)
        switching.switch_on(self._office, user, asked.document, asked.note)
        return self.switches(user)

    def switches(self, user: User) -> str:
        """The documents that are off."""
        titles = {d.id: d.metadata.title for d in self._office.assistant.documents()}
        zone = self._office.settings.timezone
        return switches_html(switching.switched_off(self._office), titles, zone, user.may(Right.PUBLISH))


def lay_out(gradio: ModuleType, assistant: Assistant, settings: Settings, sessions: Sessions) -> None:
    """Put the tab's parts into the open Gradio context."""
    assert assistant.records is not None
    bench, actions = Bench(Office(assistant, assistant.records)), Actions(gradio, sessions)
    with sessions.gate(gradio, Right.RECORDS) as gate:
        switches, candidates = gradio.HTML(elem_classes="desk-html"), gradio.HTML(elem_classes="desk-html")
    actions.bind("bench-try", Right.RECORDS, bench.tried, [candidates])
    actions.bind("switch-off", Right.PUBLISH, bench.off, [candidates, switches])
    actions.bind("switch-on", Right.PUBLISH, bench.on, [switches])
    gate.show(bench.switches, [switches])
    gate.show(bench.tried, [candidates])
