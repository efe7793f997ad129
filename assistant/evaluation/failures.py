"""The answers of a run that are not right, chosen by kind, severity and measure."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.evaluation.files import StoredRun
from assistant.evaluation.measures import MEASURES
from assistant.evaluation.view import Json


@dataclass(frozen=True, slots=True)
class Failure:
    """A topic of a run with its answer (None: none was given), and why it is not right."""

    topic_id: str
    about: Mapping[str, str]
    answer: Json | None
    wrong: bool

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is not right, a line each."""
        return tuple(reason for reason in self.about["why"].split(" / ") if reason)


def failing(
    run: StoredRun, *, kind: str | None = None, severity: str | None = None, measure: str = "right"
) -> tuple[Failure, ...]:
    """Topics that lose on a measure (of one kind, of one severity): the wrong ones and the severe first."""
    better = 1.0 if MEASURES[measure].higher_is_better else 0.0
    found = [
        failure_of(run, topic_id)
        for topic_id, scores in run.scores.items()
        if scores.get(measure, better) != better
        and kind in (None, run.about[topic_id]["kind"])
        and severity in (None, run.about[topic_id]["severity"])
    ]
    return tuple(sorted(found, key=lambda f: (not f.wrong, -int(f.about["severity"]), f.topic_id)))


def failure_of(run: StoredRun, topic_id: str) -> Failure:
    """One topic of a run."""
    wrong = run.scores[topic_id].get("answered_wrong") == 1.0
    return Failure(topic_id, run.about[topic_id], run.answers.get(topic_id), wrong)
