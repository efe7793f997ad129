"""What every part of the tab 평가 is laid out with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any

from assistant.channels.web.signin import Gate, Sessions
from assistant.evaluation.bench import Bench
from assistant.records.users import Right


@dataclass(frozen=True, slots=True)
class EvaluatorsBench:
    """Gradio, the bench whose calls are made, who is signed in, and the tab's gate."""

    gradio: ModuleType
    bench: Bench
    sessions: Sessions
    gate: Gate

    def bind(
        self,
        trigger: Callable[..., Any],
        work: Callable[..., Any],
        inputs: Sequence[Any],
        outputs: Sequence[Any],
        right: Right = Right.EVALUATE,
    ) -> None:
        """Let an event call `work(self, user, *values)`, with the right checked on the server."""
        handler = self.sessions.guarded(self.gradio, right, self.knowing(work))
        trigger(handler, list(inputs), list(outputs), show_progress="hidden", api_visibility="private")

    def knowing(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """`work` with this bench as its first value, under its own name (the trail of refusals shows it)."""
        bound = partial(work, self)
        bound.__name__ = f"evaluators_{work.__name__.strip('_')}"  # type: ignore[attr-defined]  # a partial takes attributes
        return bound
