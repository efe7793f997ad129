"""People rate answers blind; two raters' agreement is Cohen's kappa; a rated answer can become a topic."""

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import EvaluationError
from assistant.evaluation.topic_files import HELD_OUT
from assistant.evaluation.topics import Topic, parse_topic
from assistant.evaluation.view import Json, View

ASPECTS = ("correctness", "completeness", "wording")
"""What is rated, each from 1 (bad) to 5 (good)."""
ASPECT_NAMES = {"correctness": "정확성", "completeness": "완전성", "wording": "표현"}
JUDGE = "judge"
"""The rater that is a language model."""
RATER_NAMES = {JUDGE: "심사 모델"}


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater's judgement of one answer; each aspect 1–5."""

    item: str
    rater: str
    correctness: int
    completeness: int
    wording: int
    comment: str = ""

    def __post_init__(self) -> None:
        """Refuse scores outside 1–5 (EvaluationError)."""
        for aspect in ASPECTS:
            if getattr(self, aspect) not in range(1, 6):
                raise EvaluationError(f"{self.item}: {aspect} 점수는 1에서 5까지입니다. 다시 매겨 주세요.")


def rating(item: str, rater: str, scores: Sequence[int], comment: str = "") -> Rating:
    """A rating from the scores in the order of ASPECTS (EvaluationError)."""
    correctness, completeness, wording = scores
    return Rating(item, rater, correctness, completeness, wording, comment.strip())


@dataclass(frozen=True, slots=True)
class BlindItem:
    """An answer to rate: nothing in it tells which run it comes from."""

    item: str
    question: str
    as_of: str
    spoken: str
    confirm: str
    quotes: tuple[str, ...]
    status: str = ""
    beside: str = ""
    """The clarifying question, candidates and warnings that stand beside what is read aloud."""


def blind_items(
    runs: Mapping[str, Mapping[str, Json]], seed: int
) -> tuple[tuple[BlindItem, ...], dict[str, str]]:
    """Answers of several runs in random order under neutral names, and the key: item → `run/topic`."""
    pairs = [(run, topic, answer) for run, answers in runs.items() for topic, answer in answers.items()]
    random.Random(seed).shuffle(pairs)
    items, key = [], {}
    for number, (run, topic, answer) in enumerate(pairs, 1):
        name = f"item-{number:04d}"
        view = View(answer)
        aloud = [*view.summary, *view.confirm] or view.statements
        quotes = dict.fromkeys(citation["quote"] for said in aloud for citation in view.cited(said))
        confirm = "\n".join(statement["text"] for statement in view.confirm)
        offered = [candidate["title"] for candidate in answer["candidates"]]
        beside = "\n".join(dict.fromkeys(filter(None, (*view.caution_text.splitlines(), *offered))))
        about = (name, answer["question"], answer["as_of"], view.summary_text, confirm)
        items.append(BlindItem(*about, tuple(quotes), view.status.value, beside))
        key[name] = f"{run}/{topic}"
    return tuple(items), key


def cohen_kappa(one: Sequence[int], two: Sequence[int], *, weighted: bool = True) -> float:
    """Cohen's kappa of two raters over the same items, 1.0 where both always give the one same score.

    `weighted` uses quadratic weights (Cohen 1968), right for scores in an order. EvaluationError without
    shared items.
    """
    if not one or len(one) != len(two):
        raise EvaluationError("두 평가자가 함께 매긴 답이 없습니다. 같은 답을 두 사람이 매겨 주세요.")
    labels = sorted({*one, *two})
    n = len(one)

    def cost(a: int, b: int) -> float:
        return float((a - b) ** 2) if weighted else float(a != b)

    observed = sum(cost(a, b) for a, b in zip(one, two, strict=True)) / n
    expected = sum(cost(a, b) * one.count(a) * two.count(b) for a in labels for b in labels) / (n * n)
    return 1.0 if expected == 0 else 1 - observed / expected


@dataclass(frozen=True, slots=True)
class Agreement:
    """Weighted kappa per aspect of two raters over the `shared` items that both rated."""

    raters: tuple[str, str]
    shared: int
    kappas: Mapping[str, float]

    @property
    def line(self) -> str:
        """The agreement as it is printed."""
        names = " · ".join(RATER_NAMES.get(name, name) for name in self.raters)
        kappas = ", ".join(f"{ASPECT_NAMES[aspect]} {kappa:.2f}" for aspect, kappa in self.kappas.items())
        return f"{names} (함께 매긴 답 {self.shared}개): {kappas}"


def agreement(ratings: Iterable[Rating]) -> dict[str, float]:
    """Weighted kappa per aspect over the items that the two raters share (EvaluationError unless there are
    two).
    """
    ratings = tuple(ratings)
    raters = len({rating.rater for rating in ratings})
    if raters != 2:
        raise EvaluationError(f"평가자가 {raters}명입니다. 일치도는 두 사람의 평가로 잽니다.")
    return dict(agreements(ratings)[0].kappas)


def agreements(ratings: Iterable[Rating]) -> tuple[Agreement, ...]:
    """Agreement of every two raters, people first: of people with each other, of the judge with each of them
    (EvaluationError where no two share an item).
    """
    by_rater: dict[str, dict[str, Rating]] = {}
    for rating in ratings:
        by_rater.setdefault(rating.rater, {})[rating.item] = rating
    found = []
    for one, two in combinations(sorted(by_rater, key=lambda name: name == JUDGE), 2):
        shared = [item for item in by_rater[one] if item in by_rater[two]]
        if shared:
            scores = [[by_rater[rater][item] for item in shared] for rater in (one, two)]
            found.append(Agreement((one, two), len(shared), _kappas(*scores)))
    if not found:
        cohen_kappa((), ())
    return tuple(found)


def _kappas(one: Sequence[Rating], two: Sequence[Rating]) -> dict[str, float]:
    return {a: cohen_kappa([getattr(r, a) for r in one], [getattr(r, a) for r in two]) for a in ASPECTS}


def write_ratings(path: Path, ratings: Iterable[Rating]) -> None:
    """Write ratings as CSV (UTF-8 with a mark, so that spreadsheets read the Korean)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [f.name for f in fields(Rating)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(rating) for rating in ratings)


def read_ratings(path: Path) -> tuple[Rating, ...]:
    """Read ratings back (EvaluationError when the file is not one of ratings)."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(_rating(row) for row in csv.DictReader(file))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(
            f"{path}: 평가 점수 파일을 읽을 수 없습니다({error}). 열 이름을 확인해 주세요."
        ) from error


def _rating(row: Mapping[str, str]) -> Rating:
    scores = {aspect: int(row[aspect]) for aspect in ASPECTS}
    return Rating(item=row["item"], rater=row["rater"], comment=row.get("comment") or "", **scores)


def topic_entry(answer: Json, topic_id: str, facts: Sequence[str] = (), **changes: Any) -> dict[str, Any]:
    """A topic's YAML mapping from an answer that a person judged right, or (with `changes`) corrected.

    Status and gold come from what the answer cites aloud; checked against the schema (pydantic's
    ValidationError).
    """
    view = View(answer)
    gold: dict[tuple[str, str, str], dict[str, Any]] = {}
    for statement in view.summary:
        for citation in view.cited(statement):
            key = (
                str(statement["programme"] or citation["document_id"]),
                citation["document_id"],
                statement["facet"],
            )
            gold[key] = dict(zip(("programme", "document", "section"), key, strict=True))
    entry: dict[str, Any] = {
        "id": topic_id,
        "question": answer["question"],
        "as_of": date.fromisoformat(answer["as_of"]),
        "kind": "fact" if gold else "out_of_world",
        "status": answer["status"],
        "gold": list(gold.values()),
        "facts": list(facts) or [statement["text"] for statement in view.summary[:1]],
    } | changes
    entry = {name: value for name, value in entry.items() if value not in ([], None)}
    parse_topic(entry)
    return entry


def append_topic(path: Path, entry: Mapping[str, Any]) -> Topic:
    """Add a topic to a file (made if need be), keeping what is written there. Returns the topic."""
    topic = parse_topic(entry, held_out=HELD_OUT in path.parts)
    text = path.read_text(encoding="utf-8") if path.exists() else "topics:\n"
    block = yaml.safe_dump([dict(entry)], allow_unicode=True, sort_keys=False, width=110)
    indented = "".join(f"  {line}\n" for line in block.splitlines())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text.rstrip(chr(10))}\n\n{indented}", encoding="utf-8")
    return topic
