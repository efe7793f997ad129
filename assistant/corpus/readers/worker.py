"""The reading process: takes one file a line on standard input, answers one line of JSON a file.

An exception that is no SourceError ends the process on purpose: the parent reports it and starts another.
"""

import json
import os
import sys
import threading
from pathlib import Path
from typing import IO

from assistant.corpus.readers.formats import read_kind
from assistant.corpus.readers.kinds import Kind
from assistant.corpus.readers.limits import Limits
from assistant.errors import SourceError

_IDLE_SECONDS = 60.0


def _bound_memory(limit: int) -> None:
    """Address space of this process, where the system can limit it: a bomb ends here."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))


def _reply(line: str) -> dict[str, object]:
    request = json.loads(line)
    limits = Limits(**request["limits"])
    _bound_memory(limits.memory_bytes)
    try:
        source = read_kind(Path(request["path"]), Kind(request["kind"]), limits)
    except SourceError as error:
        return {"error": type(error).__name__, "message": str(error)}
    return {"text": source.text, "page_starts": source.page_starts}


def serve(requests: IO[str], replies: IO[str]) -> None:
    """Answers requests until the input ends; ends the process after a minute without one."""
    idle = threading.Timer(_IDLE_SECONDS, os._exit, (0,))
    idle.daemon = True
    idle.start()
    for line in requests:
        idle.cancel()
        replies.write(json.dumps(_reply(line)) + "\n")
        replies.flush()
        idle = threading.Timer(_IDLE_SECONDS, os._exit, (0,))
        idle.daemon = True
        idle.start()


if __name__ == "__main__":
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.stdin, replies)
