"""Publish and undo in a child that is killed at a random moment; what is left must be whole. Prints JSON.

Run as a program: `python -m tests.publishing.kill_publishing FOLDER ROUNDS`. Each child is forked before the
analyzer is loaded (its threads do not survive a fork) and says when it begins to publish.
"""

import json
import os
import random
import signal
import sys
import time
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

from assistant.corpus.library import corpus_hash, load_corpus
from assistant.publishing import drafts, publication
from assistant.publishing.history import DONE, history
from assistant.publishing.office import Office
from assistant.records.store import Records
from assistant.service import Assistant, build_index
from assistant.settings import Settings
from tests.doubles import HashEncoder
from tests.publishing.conftest import POLICY, copy_corpus, look_and_publish, settings_in


def work(settings: Settings, folder: Path, ready: int) -> None:
    """Publish one change after the other, and take every second one back, until killed."""
    assistant = Assistant(settings, HashEncoder())  # type: ignore[arg-type]  # shaped like it
    office = Office(assistant, Records(settings.records_path), topics=())
    os.write(ready, b".")
    for number in range(1_000_000):
        file = folder / f"new-{os.getpid()}.md"
        text = (office.corpus_dir / "노인/basic-pension-2021.md").read_text()
        file.write_text(f"{text.rstrip()}\n\n덧붙임 {time.time_ns()}\n")
        draft = drafts.replace_document(office, POLICY, "basic-pension-2021", file, "덧붙임")
        look_and_publish(office, POLICY, draft, "덧붙임")
        if number % 2 == 0:
            publication.undo(office, POLICY, "되돌림")


def wrongs(office: Office, unfinished_allowed: bool) -> list[str]:
    """What is not whole: the live generation, the files against it, the history."""
    store = office.generations
    live = store.current_id()
    store.verify(live)
    found = []
    past = history(office, limit=100_000)
    if not unfinished_allowed:
        found += [f"{p.id} unfinished" for p in past if p.outcome is None]
        if past and past[0].generation_after != live:
            found.append(f"live {live}, history says {past[0].generation_after}")
        corpus = load_corpus(office.corpus_dir)
        if corpus_hash(corpus.documents) != store.manifest(live).corpus_hash:
            found.append("files differ from the live generation")
    done = [p for p in reversed(past) if p.outcome == DONE]
    for one, two in pairwise(done):
        if one.generation_after != two.generation_before:
            found.append(f"{two.id} does not follow {one.id}")
    return found


def main(folder: Path, rounds: int) -> None:
    settings = settings_in(folder)
    copy_corpus(folder)
    if os.fork() == 0:
        build_index(settings, HashEncoder())  # type: ignore[arg-type]  # shaped like it
        os._exit(0)
    os.wait()
    closed = SimpleNamespace(settings=settings)  # what recovering needs of an assistant
    Records(settings.records_path).close()
    rng, found, unfinished, published = random.Random(7), list[str](), 0, 0
    for _ in range(rounds):
        begun, ready = os.pipe()
        child = os.fork()
        if child == 0:
            work(settings, folder, ready)
        os.close(ready)
        if not os.read(begun, 1):
            raise SystemExit("a child ended by itself")
        os.close(begun)
        time.sleep(rng.uniform(0.0, 2.5))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        records = Records(settings.records_path)
        office = Office(closed, records, topics=())  # type: ignore[arg-type]  # only its settings are used
        found += wrongs(office, unfinished_allowed=True)
        unfinished += sum(p.outcome is None for p in history(office, limit=100_000))
        publication.recover(office)
        found += wrongs(office, unfinished_allowed=False)
        published = len(history(office, limit=100_000))
        records.close()
    report = {"rounds": rounds, "wrongs": found, "unfinished": unfinished, "history": published}
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
