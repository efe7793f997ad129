"""The evaluators' bench: start a run beside the counsellors and watch it, read finished runs, compare two."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, EvaluationError
from assistant.evaluation.collecting import collect
from assistant.evaluation.compare import Comparison, compare_stored, load_gates
from assistant.evaluation.files import StoredRun, read_run
from assistant.evaluation.runner import run_evaluation
from assistant.evaluation.sheets import Sheet, sheet_names
from assistant.evaluation.topic_files import topic_files
from assistant.evaluation.topics import Topic
from assistant.evaluation.view import Json
from assistant.records.logged import Logged

if TYPE_CHECKING:
    from assistant.service import Assistant

BASELINE = "baseline"
RATINGS = "ratings"
LOGGED = "기록된 답"
"""What stands among the runs for the answers of the records."""
LISTED = 200
"""Logged answers that are offered at once."""
PAUSE = 0.01
"""Seconds between two questions of a run in the service, so that counsellors do not wait for it."""


@dataclass(frozen=True, slots=True)
class Going:
    """A run under way or just over. `error` says why it ended early; `seconds` how long it has taken."""

    name: str
    done: int
    total: int
    seconds: float
    running: bool
    error: str | None = None


class Bench:
    """The evaluation folder: `topics/`, `crisis.yaml`, `gates.yaml`, `baseline/` and `results/`."""

    def __init__(self, assistant: "Assistant", folder: Path) -> None:
        """Evaluate `assistant` with what lies in `folder`; one run at a time."""
        self.assistant = assistant
        self.folder = folder
        self._lock = threading.Lock()
        self._going: Going | None = None
        self._stopped = threading.Event()
        self._read = lru_cache(maxsize=4)(_read)

    @property
    def results(self) -> Path:
        """The folder of runs."""
        return self.folder / "results"

    def topics(self) -> tuple[str, ...]:
        """Names of the topic files that may be asked; those held back are asked by the command line only."""
        files = topic_files([self.folder / "topics"])
        crisis = self.folder / "crisis.yaml"
        return tuple(
            str(f.relative_to(self.folder)) for f in (*files, *((crisis,) if crisis.is_file() else ()))
        )

    def start(self, names: Sequence[str]) -> Going:
        """Ask the topics of these files in the background (EvaluationError: none named, or a run goes on)."""
        known = self.topics()
        if not names or any(name not in known for name in names):
            raise EvaluationError("돌릴 문항 파일을 하나 이상 고르세요.")
        with self._lock:
            if self._going is not None and self._going.running:
                raise EvaluationError(f"{self._going.name}이(가) 돌고 있습니다. 끝난 뒤에 다시 시작하세요.")
            self._stopped.clear()
            name = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
            self._going = Going(name, 0, 0, 0.0, running=True)
        paths = [self.folder / name for name in names]
        threading.Thread(target=self._run, args=(name, paths), daemon=True, name=f"evaluation-{name}").start()
        return self._going

    def stop(self) -> None:
        """End the run under way after the question that is being asked; nothing of it is written."""
        self._stopped.set()

    @property
    def going(self) -> Going | None:
        """The newest run of this process."""
        return self._going

    def _run(self, name: str, paths: Sequence[Path]) -> None:
        started = time.monotonic()

        def progress(done: int, total: int) -> None:
            self._going = Going(name, done, total, time.monotonic() - started, running=True)
            if self._stopped.is_set():
                raise EvaluationError("멈췄습니다. 결과를 남기지 않았습니다.")
            time.sleep(PAUSE)

        error: str | None = "내부 오류로 끝났습니다. 담당자에게 알려 주세요."
        try:
            run_evaluation(self.assistant.supposing({}), paths, self.results / name, progress)
            error = None
        except (AssistantError, OSError) as reason:
            error = str(reason)
        finally:
            last = self._going or Going(name, 0, 0, 0.0, running=True)
            seconds = time.monotonic() - started
            self._going = replace(last, seconds=seconds, running=False, error=error)

    def runs(self) -> tuple[str, ...]:
        """Names of the runs that can be read, newest first, the committed baseline last."""
        found = [path.parent for path in self.results.glob("*/summary.json")]
        found.sort(key=lambda folder: (folder / "summary.json").stat().st_mtime, reverse=True)
        kept = (self.folder / BASELINE / "summary.json").is_file()
        return (*(folder.name for folder in found), *((BASELINE,) if kept else ()))

    def run(self, name: str | None) -> StoredRun:
        """A run by its name (EvaluationError)."""
        if name is None or name not in self.runs():
            raise EvaluationError(f"{name or '고르지 않음'}: 그런 실행이 없습니다. 목록에서 골라 주세요.")
        folder = self.folder / BASELINE if name == BASELINE else self.results / name
        return self._read(folder, (folder / "summary.json").stat().st_mtime_ns)

    def compare(self, before: str | None, after: str | None) -> Comparison:
        """Run B against run A with the gates of the folder (EvaluationError)."""
        gates = load_gates(self.folder / "gates.yaml")
        return compare_stored(self.run(before), self.run(after), gates)

    def sheets(self) -> tuple[str, ...]:
        """Names of the rating sheets, newest first."""
        return sheet_names(self.folder / RATINGS)

    def sheet(self, name: str | None) -> Sheet:
        """A rating sheet by its name (EvaluationError)."""
        if name is None or name not in self.sheets():
            raise EvaluationError(f"{name or '고르지 않음'}: 그런 묶음이 없습니다. 목록에서 골라 주세요.")
        return Sheet(self.folder / RATINGS / name)

    def new_sheet(self, sources: Sequence[str], questions: int) -> Sheet:
        """A sheet of questions with the answers of these runs, or of the records (EvaluationError)."""
        answers = {name: self._answers(name) for name in sources}
        return Sheet.made(self.folder / RATINGS, answers, questions)

    def rated_answer(self, name: str | None, item: str | None) -> Json:
        """The answer behind an item of a sheet (EvaluationError)."""
        source, question = self.sheet(name).origin(item or "")
        answer = self._answers(source).get(question)
        if answer is None:
            raise EvaluationError(f"{item}: 그 답이 있던 실행이나 기록이 지워졌습니다. 다른 답을 고르세요.")
        return answer

    def _answers(self, source: str) -> Mapping[str, Json]:
        if source != LOGGED:
            return self.run(source).answers
        return {logged.answer_id: logged.answer for logged in self.logged()}

    def logged(self, verdict: str | None = None) -> tuple[Logged, ...]:
        """The newest answers of the records, of one verdict if named."""
        if self.assistant.records is None:
            return ()
        rated = "answer_id IN (SELECT answer_id FROM ratings WHERE verdict = ?)"
        where, values = (rated, (verdict,)) if verdict else ("1", ())
        return self.assistant.records.logged(where, values, LISTED)

    def logged_answer(self, answer_id: str) -> Logged:
        """One answer of the records (EvaluationError, RecordsError)."""
        if self.assistant.records is None:
            raise EvaluationError("기록을 쓰지 않는 실행입니다. 실행 결과의 답으로 문항을 만드세요.")
        return self.assistant.records.opened(answer_id)

    def collect(self, name: str, text: str) -> Topic:
        """Add a topic written as YAML to the topic file `name` (EvaluationError: a check fails)."""
        documents = {document.id: document for document in self.assistant.documents()}
        return collect(self.folder / "topics", name, text, documents)


def _read(folder: Path, _written: int) -> StoredRun:
    return read_run(folder)
