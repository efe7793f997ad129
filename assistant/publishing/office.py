"""What every publishing call needs: the service, its records, the corpus folder and the kept contents."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.library import Problem
from assistant.errors import PublishingError
from assistant.index.generations import GenerationStore
from assistant.publishing.files import Contents
from assistant.records.store import Records
from assistant.service import Assistant
from assistant.settings import PROJECT, Settings


@contextmanager
def alone(uploads_dir: Path) -> Iterator[None]:
    """The lock of those who change what is live; released when its process dies (PublishingError)."""
    uploads_dir.mkdir(parents=True, exist_ok=True)
    with (uploads_dir / "publishing.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PublishingError("다른 사람이 게시하고 있습니다. 잠시 뒤 다시 눌러 주세요.") from error
        yield


@dataclass(frozen=True, slots=True)
class Office:
    """The assistant that is changed, and where. `topics`: evaluation questions asked before publishing."""

    assistant: Assistant
    records: Records
    topics: tuple[Path, ...] = (PROJECT / "evals" / "topics",)
    gates: Path = PROJECT / "evals" / "gates.yaml"

    @property
    def settings(self) -> Settings:
        """Where corpus, index and uploads are."""
        return self.assistant.settings

    @property
    def corpus_dir(self) -> Path:
        """The folder that publishing changes."""
        return self.settings.corpus_dir

    @property
    def contents(self) -> Contents:
        """Every file that was ever drafted or published."""
        return Contents(self.settings.uploads_dir / "contents")

    @property
    def work_dir(self) -> Path:
        """Where copies of the corpus are staged."""
        return self.settings.uploads_dir / "work"

    @property
    def generations(self) -> GenerationStore:
        """The generations of the index."""
        return GenerationStore(self.settings.index_dir)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One publishing call at a time, over all processes (PublishingError)."""
        with alone(self.settings.uploads_dir):
            self.work_dir.mkdir(parents=True, exist_ok=True)
            yield

    def build(self, folder: Path) -> tuple[str, tuple[Problem, ...]]:
        """Build and verify a generation beside the live one; its id, and the files that were left out."""
        built = self.assistant.build_beside(folder)
        return built.manifest.generation, built.corpus.problems
