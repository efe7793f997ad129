"""Rating sheets on disk: the same blind answers for every rater, who gave which score, and what they were."""

import json
import threading
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from assistant.errors import EvaluationError
from assistant.evaluation.ratings import BlindItem, Rating, blind_items, read_ratings, write_ratings
from assistant.evaluation.view import Json

LARGEST = 200
"""Answers on one sheet at most: what a person rates in a day."""
_WRITING = threading.Lock()


class Sheet:
    """A folder with `items.json` (what raters see), `key.json` (item → run/topic) and `ratings.csv`."""

    def __init__(self, folder: Path) -> None:
        """Open a sheet (EvaluationError)."""
        self.folder = folder
        try:
            rows = json.loads((folder / "items.json").read_text(encoding="utf-8"))
            self.items = tuple(BlindItem(**{**row, "quotes": tuple(row["quotes"])}) for row in rows)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EvaluationError(f"{folder.name}: 그런 묶음이 없습니다. 목록에서 골라 주세요.") from error

    @classmethod
    def made(cls, sheets: Path, sources: Mapping[str, Mapping[str, Json]], questions: int) -> "Sheet":
        """A new sheet below `sheets`: `questions` drawn from those that all sources answered, with answers
        of all in random order (EvaluationError: nothing to draw from, or too much to rate).
        """
        seed = len(sheet_names(sheets))
        shared = set.intersection(*(set(answers) for answers in sources.values())) if sources else set()
        whole = [t for t in shared if all("citations" in answers[t] for answers in sources.values())]
        if not whole or not 1 <= questions * len(sources) <= LARGEST:
            raise EvaluationError(
                f"묶음을 만들 수 없습니다. 같은 질문에 답한 실행을 고르고 답을 1~{LARGEST}개로 정해 주세요. "
                "기록된 답과 baseline은 다른 실행과 섞을 수 없습니다."
            )
        order = sorted(whole, key=lambda topic_id: _drawn(topic_id, seed))[:questions]
        answers = {name: {t: source[t] for t in order} for name, source in sources.items()}
        items, key = blind_items(answers, seed)
        folder = sheets / datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / "items.json", [asdict(item) for item in items])
        _write(folder / "key.json", key)
        return cls(folder)

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """All ratings so far."""
        path = self.folder / "ratings.csv"
        return read_ratings(path) if path.is_file() else ()

    def next_for(self, rater: str) -> BlindItem | None:
        """The first answer that this person has not rated."""
        done = {rating.item for rating in self.ratings if rating.rater == rater}
        return next((item for item in self.items if item.item not in done), None)

    def rate(self, rating: Rating) -> None:
        """Keep a rating; a second one of the same person replaces the first (EvaluationError)."""
        if rating.item not in {item.item for item in self.items}:
            raise EvaluationError(f"{rating.item}: 이 묶음에 없는 답입니다. 묶음을 다시 골라 주세요.")
        with _WRITING:
            same = (rating.item, rating.rater)
            kept = [old for old in self.ratings if (old.item, old.rater) != same]
            write_ratings(self.folder / "ratings.csv", [*kept, rating])

    def origin(self, item: str) -> tuple[str, str]:
        """Which run and topic an answer comes from: for making a topic of it, not for raters."""
        key = json.loads((self.folder / "key.json").read_text(encoding="utf-8"))
        if item not in key:
            raise EvaluationError(f"{item}: 이 묶음에 없는 답입니다. 묶음을 다시 골라 주세요.")
        run, _, topic = str(key[item]).partition("/")
        return run, topic


def sheet_names(sheets: Path) -> tuple[str, ...]:
    """Names of the sheets, newest first."""
    return tuple(sorted((path.parent.name for path in sheets.glob("*/items.json")), reverse=True))


def _drawn(topic_id: str, seed: int) -> str:
    """A draw of topics that the same seed repeats."""
    return sha256(f"{seed}/{topic_id}".encode()).hexdigest()


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
