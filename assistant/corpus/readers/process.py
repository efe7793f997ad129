"""Reading in a child process: a file that hangs or crashes its library costs a message."""

import atexit
import functools
import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

import assistant
from assistant.corpus.readers.kinds import Kind
from assistant.corpus.readers.limits import Limits
from assistant.domain import SourceText
from assistant.errors import SourceError, UnreadableSource, UnsupportedSource

_ERRORS: dict[str, type[SourceError]] = {
    error.__name__: error for error in (SourceError, UnreadableSource, UnsupportedSource)
}


class ReaderProcess:
    """One child that reads files one after another; killed when a file takes too long, started on demand.

    Safe to share between threads: they take turns.
    """

    def __init__(self) -> None:
        """Starts nothing yet: the first file does."""
        self._child: subprocess.Popen[str] | None = None
        self._turn = threading.Lock()

    def read(self, path: Path, kind: Kind, limits: Limits) -> SourceText:
        """The text of the file. Raises UnreadableSource where it cannot be read within the limits."""
        request: dict[str, object] = {
            "path": str(path.absolute()),
            "kind": kind.value,
            "limits": asdict(limits),
        }
        with self._turn:
            used = self._child is not None
            reply, late = self._ask(request, limits.seconds)
            if reply is None and used and not late:
                reply, late = self._ask(request, limits.seconds)
        if late:
            raise UnreadableSource(
                f"{path.name}: {limits.seconds:.0f}초 안에 읽지 못했습니다. "
                "파일을 나누거나 PDF로 저장해 넣어 주세요."
            )
        if reply is None:
            raise UnreadableSource(
                f"{path.name}: 파일이 손상되었거나 너무 커서 읽다가 멈췄습니다. "
                "원본을 다시 받거나 나누어 넣어 주세요."
            )
        if "error" in reply:
            raise _ERRORS.get(reply["error"], UnreadableSource)(reply["message"])
        return SourceText(reply["text"], tuple(reply["page_starts"]))

    def close(self) -> None:
        """Ends the child, if there is one."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()

    def _start(self) -> "subprocess.Popen[str]":
        root = str(Path(assistant.__file__).resolve().parent.parent)
        paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        return subprocess.Popen(
            [sys.executable, "-m", "assistant.corpus.readers.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"},
        )

    def _ask(self, request: dict[str, object], seconds: float) -> tuple[dict[str, Any] | None, bool]:
        """The child's reply (None where it died) and whether it was killed for taking too long."""
        if self._child is None:
            self._child = self._start()
        child, expired = self._child, threading.Event()

        def expire() -> None:
            expired.set()
            child.kill()

        alarm = threading.Timer(seconds, expire)
        alarm.daemon = True
        alarm.start()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(json.dumps(request) + "\n")
            child.stdin.flush()
            line = child.stdout.readline()
        except (BrokenPipeError, OSError):
            line = ""
        finally:
            alarm.cancel()
        if not line.endswith("\n"):
            self.close()
            return None, expired.is_set()
        return json.loads(line), False


@functools.cache
def shared_process() -> ReaderProcess:
    """The one reading process of this program; ended with it."""
    process = ReaderProcess()
    atexit.register(process.close)
    return process
