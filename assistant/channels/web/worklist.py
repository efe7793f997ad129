"""The tab 할 일: what needs somebody of the policy staff today, and what was asked and not answered."""

from datetime import date, timedelta
from types import ModuleType
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from assistant.channels.web.actions import Actions, Day, read
from assistant.channels.web.render_worklist import gaps_html, worklist_html
from assistant.channels.web.signin import Sessions
from assistant.publishing import worklist
from assistant.publishing.gaps import Gap, gaps, to_csv
from assistant.publishing.office import Office
from assistant.records.users import Right, User
from assistant.service import Assistant
from assistant.settings import Settings

GAP_DAYS = 30
"""The period that the page begins with."""


class Period(BaseModel):
    """The days of which the gaps are shown, both included; left out, the last 30."""

    since: Day = None
    until: Day = None


class Dealt(BaseModel):
    """A question of the work list that somebody dealt with, as it stands there."""

    question: Annotated[str, StringConstraints(max_length=5000)]


class Desk:
    """What the tab's handlers do."""

    def __init__(self, office: Office) -> None:
        """Work for one office."""
        self._office = office

    def listed(self, user: User, sent: object = None) -> str:
        """The work list of today."""
        office = self._office
        titles = {d.id: d.metadata.title for d in office.assistant.documents()}
        may_edit = user.may(Right.PUBLISH)
        return worklist_html(worklist.work_list(office, user), titles, office.assistant.today(), may_edit)

    def settled(self, user: User, sent: object = None) -> str:
        """Note that somebody dealt with a question; the list without it."""
        worklist.settle(self._office, user, read(Dealt, sent).question)
        return self.listed(user)

    def saved(self, user: User, sent: object = None) -> dict[str, str]:
        """The work list as a file."""
        text = worklist.to_csv(worklist.work_list(self._office, user))
        return {"name": f"worklist-{self._office.assistant.today()}.csv", "text": text}

    def unanswered(self, user: User, sent: object = None) -> str:
        """The gaps of a period."""
        found, since, until = self._gaps(user, sent)
        return gaps_html(since, until, found)

    def saved_gaps(self, user: User, sent: object = None) -> dict[str, str]:
        """The gaps of a period as a file."""
        found, since, until = self._gaps(user, sent)
        return {"name": f"gaps-{since}-{until}.csv", "text": to_csv(found)}

    def unasked(self, user: User) -> str:
        """The form for a period, before one was chosen."""
        today = self._office.assistant.today()
        return gaps_html(today - timedelta(days=GAP_DAYS), today, None)

    def _gaps(self, user: User, sent: object) -> tuple[tuple[Gap, ...], date, date]:
        period = read(Period, sent)
        until = period.until or self._office.assistant.today()
        since = period.since or until - timedelta(days=GAP_DAYS)
        return gaps(self._office, user, since, until), since, until


def lay_out(gradio: ModuleType, assistant: Assistant, settings: Settings, sessions: Sessions) -> None:
    """Put the tab's parts into the open Gradio context."""
    assert assistant.records is not None
    desk, actions = Desk(Office(assistant, assistant.records)), Actions(gradio, sessions)
    with sessions.gate(gradio, Right.RECORDS) as gate:
        listed, unanswered = gradio.HTML(elem_classes="desk-html"), gradio.HTML(elem_classes="desk-html")
    actions.bind("work-again", Right.RECORDS, desk.listed, [listed])
    actions.bind("work-settle", Right.PUBLISH, desk.settled, [listed])
    actions.bind_file("work-csv", Right.RECORDS, desk.saved)
    actions.bind("gaps-find", Right.RECORDS, desk.unanswered, [unanswered], progress="minimal")
    actions.bind_file("gaps-csv", Right.RECORDS, desk.saved_gaps)
    gate.show(desk.listed, [listed])
    gate.show(desk.unasked, [unanswered])
