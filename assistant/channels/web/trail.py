"""The fold under 기록·정정 in which an administrator reads the audit trail."""

from types import ModuleType
from typing import Annotated

from pydantic import BaseModel, BeforeValidator

from assistant.channels.web.actions import Actions, Day, read
from assistant.channels.web.render_trail import trail_html
from assistant.channels.web.signin import Gate, Sessions
from assistant.publishing.office import Office
from assistant.publishing.trail import trail
from assistant.records.users import Right, User


class Sought(BaseModel):
    """Days, both included, and whether only refusals are shown (a ticked box is sent as "on")."""

    since: Day = None
    until: Day = None
    refused: Annotated[bool, BeforeValidator(bool)] = False


class Trail:
    """What the fold's handlers do."""

    def __init__(self, office: Office) -> None:
        """Work for one office."""
        self._office = office

    def folded(self, user: User) -> str:
        """The fold before somebody looked: a look leaves a line in the trail."""
        return trail_html(dict(Sought()), None, self._office.settings.timezone)

    def tried(self, user: User, sent: object = None) -> str:
        """The lines of some days."""
        sought, zone = dict(read(Sought, sent)), self._office.settings.timezone
        return trail_html(sought, trail(self._office.records, user, **sought, zone=zone), zone)


def lay_out(gradio: ModuleType, office: Office, actions: Actions, sessions: Sessions) -> None:
    """Put the fold into the open Gradio context; it is empty for whoever is no administrator."""
    fold, shown = Trail(office), gradio.HTML(elem_classes="desk-html")
    actions.bind("trail-find", Right.TRAIL, fold.tried, [shown])
    Gate(sessions, gradio, Right.TRAIL).show(fold.folded, [shown])
