"""The watched folder is looked at behind the page: at most once a minute, when its files changed."""

import logging
import threading
import time
from pathlib import Path

from assistant.corpus.library import source_paths
from assistant.errors import AssistantError
from assistant.publishing.office import Office
from assistant.publishing.watched import Watched, look
from assistant.records.users import User

EVERY_SECONDS = 60.0
"""At most so often a look is begun behind the page."""

Files = tuple[tuple[str, int, int], ...]
"""Path, size and time of change (ns) of each file of a folder."""


class Watching:
    """Looks at the watched folder of one office, one at a time: no file is drafted twice."""

    def __init__(self, office: Office, every: float = EVERY_SECONDS) -> None:
        """Look for one office, behind the page at most once in so many seconds."""
        self._office = office
        self._every = every
        self._begun = -every
        self._turn, self._looking = threading.Lock(), threading.Lock()
        self._files: Files | None = None

    def look(self, user: User | None) -> Watched:
        """A look that somebody waits for; one that is under way is finished first (as `watched.look`)."""
        with self._looking:
            return look(self._office, user)

    def begin(self, user: User) -> threading.Thread | None:
        """Begin a look in the background, in the name of who may publish; None: one was begun just now."""
        with self._turn:
            now = time.monotonic()
            if now - self._begun < self._every:
                return None
            self._begun = now
        thread = threading.Thread(target=self._behind, args=(user,), daemon=True, name="watched-folder")
        thread.start()
        return thread

    def _behind(self, user: User) -> None:
        """Look where files came, changed or went since the last time; what goes wrong is logged alone."""
        folder = self._office.settings.watched_dir
        with self._looking:
            try:
                if folder.is_dir() and (files := _files(folder)) != self._files:
                    look(self._office, user)
                    self._files = files
            except (AssistantError, OSError) as error:
                logging.getLogger(__name__).error("the watched folder was not looked at: %s", error)


def _files(folder: Path) -> Files:
    facts = ((str(path), path.stat()) for path in source_paths(folder))
    return tuple((name, fact.st_size, fact.st_mtime_ns) for name, fact in facts)
