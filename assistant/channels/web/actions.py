"""Buttons and forms in a tab's own HTML, bound to guarded handlers of the server.

`<button data-do="log-open" data-answer="…">` and `<form data-do="log-search">` send what they hold (`data-…`
and fields) as one object to the handler bound under that name (desk.js). What is sent is checked by a model:
anybody can post anything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, StringConstraints, ValidationError

from assistant.channels.web.signin import Sessions
from assistant.errors import PublishingError
from assistant.records.users import Right

STALE = "화면에서 온 내용을 읽을 수 없습니다. 빠진 칸이나 날짜를 확인하고, 그대로면 화면을 새로 고쳐 주세요."
LONGEST_LINE = 500
Sent = TypeVar("Sent", bound=BaseModel)

Day = Annotated[date | None, BeforeValidator(lambda value: value or None)]
"""A day as a date field sends it; an empty field is None."""
Many = Annotated[
    tuple[int, ...], BeforeValidator(lambda value: value if isinstance(value, list) else [value])
]
"""Check boxes of one name: one that is ticked is sent alone."""
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_LINE)]
"""A line of text."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)]
"""Lines of text."""


@dataclass(frozen=True, slots=True)
class Actions:
    """Binds names that a tab's HTML uses to handlers."""

    gradio: ModuleType
    sessions: Sessions

    def bind(
        self,
        name: str,
        right: Right,
        work: Callable[..., Any],
        outputs: Sequence[Any],
        progress: str = "hidden",
    ) -> Any:
        """Let buttons and forms of this name call `work(user, sent)`, where the right allows it."""
        sent = self.gradio.JSON(visible=False)
        button = self.gradio.Button(name, visible="hidden", elem_id=name)
        return button.click(
            self.sessions.guarded(self.gradio, right, work),
            [sent],
            list(outputs),
            js="() => window.desk.sent()",
            show_progress=progress,
            api_visibility="private",
        )

    def bind_file(self, name: str, right: Right, work: Callable[..., Any]) -> None:
        """Let buttons and forms of this name save the file {"name", "text"} that `work(user, sent)` gives."""
        file = self.gradio.JSON(visible=False)
        self.bind(name, right, work, [file]).success(
            None, [file], None, js="(file) => window.desk.save(file)", api_visibility="private"
        )


def read(model: type[Sent], sent: object) -> Sent:
    """What was sent, as the model says (PublishingError)."""
    try:
        return model.model_validate(sent or {})
    except ValidationError as error:
        raise PublishingError(STALE) from error
