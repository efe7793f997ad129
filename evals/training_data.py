"""The training questions: what callers and counsellors may ask of a document, with the sentences that answer.

`training_questions.jsonl`, one object a line: `document`, `style` (shorthand, everyday, indirect, absent, or
situation: it tells circumstances and names no programme), `question`, `units` (the sentences or rows that
answer it by themselves, as the index holds them; none for `absent` and `situation`). They were written for
this project from the documents, without the topics at hand, and are used to fit models only; no measure is
taken on them but by cross-validation.

    python evals/training_data.py

writes those in callers' words beside the situations of the corpus (`corpus/situations/questions.yaml`), where
they help to find the programme.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.settings import PROJECT

QUESTIONS = Path(__file__).with_name("training_questions.jsonl")
SITUATION, ABSENT = "situation", "absent"
OUTSIDE = QUESTIONS.with_name("outside_questions.jsonl")
IN_CALLERS_WORDS = frozenset({"everyday", "indirect", SITUATION})
CALLERS_QUESTIONS = Path("situations") / "questions.yaml"
"""In a corpus folder."""


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


def outside_questions(path: Path = OUTSIDE) -> list[str]:
    """Questions that no document of a welfare corpus answers."""
    return [json.loads(line)["question"] for line in path.read_text(encoding="utf-8").splitlines()]


def write_callers_questions(corpus: Path = PROJECT / "corpus") -> None:
    """Write the questions in callers' words by programme."""
    programmes: dict[str, str] = {}
    for path in (*corpus.rglob("*.md"), *corpus.rglob("*.yaml")):
        named = dict(re.findall(r"^(id|programme):\s*(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        if "id" in named:
            programmes[named["id"]] = named.get("programme", named["id"])
    asked: dict[str, list[str]] = {}
    for question in training_questions():
        if question.style in IN_CALLERS_WORDS and question.document in programmes:
            asked.setdefault(programmes[question.document], []).append(question.question)
    target = corpus / CALLERS_QUESTIONS
    head = "# 사업(slug)마다 시민이 묻는 말. evals/training_data.py가 만든다.\n"
    text = yaml.safe_dump(dict(sorted(asked.items())), allow_unicode=True, width=108)
    target.write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    write_callers_questions()
