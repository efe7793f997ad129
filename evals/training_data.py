"""The training questions: what callers and counsellors may ask of a document, with the sentences that answer.

`training_questions.jsonl`, one object a line: `document`, `style` (shorthand, everyday, indirect, absent),
`question`, `units` (the sentences or rows that answer it by themselves, as the index holds them; none for
`absent`). They were written for this project from the documents, without the topics at hand, and are used to
fit models only; no measure is taken on them but by cross-validation.
"""

import json
from dataclasses import dataclass
from pathlib import Path

QUESTIONS = Path(__file__).with_name("training_questions.jsonl")


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question of a document and the texts of the units that answer it."""

    document: str
    style: str
    question: str
    units: tuple[str, ...]


def training_questions(path: Path = QUESTIONS) -> list[TrainingQuestion]:
    """All training questions, in the order of the file."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [TrainingQuestion(r["document"], r["style"], r["question"], tuple(r["units"])) for r in rows]
