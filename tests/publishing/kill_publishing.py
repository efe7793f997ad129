"""Publish and undo in a child that is killed at a random moment; what is left must be whole. Prints JSON.

Run as a program: `python -m tests.publishing.kill_publishing FOLDER ROUNDS`. The index is loaded once and forked.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from assistant.corpus.library import corpus_hash, load_corpus
from assistant.publishing import drafts, publication
from assistant.publishing.history import DONE, history
from assistant.publishing.office import Office
from assistant.records.store import Records
from assistant.service import Assistant, build_index
from tests.doubles import HashEncoder
from tests.publishing.conftest import POLICY, copy_corpus, settings_in


def work(assistant: Assistant, path: Path, folder: Path) -> None:
    """Publish one change after the other, and take every second one back, until killed."""
    office = Office(assistant, Records(path), topics=())
    publication.recover(office)
    assistant.refresh()
    for number in range(1_000_000):
        file = folder / f"new-{os.getpid()}.md"
        text = (office.corpus_dir / "노인/basic-pension-2021.md").read_text()
        file.write_text(f"{text.rstrip()}\n\n덧붙임 {time.time_ns()}\n")
        draft = drafts.replace_document(office, POLICY, "basic-pension-2021", file, "덧붙임")
        publication.publish(office, POLICY, [draft.id], "덧붙임")
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
    for one, two in zip(done, done[1:], strict=False):
        if one.generation_after != two.generation_before:
            found.append(f"{two.id} does not follow {one.id}")
    return found


def main(folder: Path, rounds: int) -> None:
    settings = settings_in(folder)
    copy_corpus(folder)
    encoder = HashEncoder()
    build_index(settings, encoder)  # type: ignore[arg-type]  # shaped like it
    assistant = Assistant(settings, encoder)  # type: ignore[arg-type]  # shaped like it
    Records(settings.records_path).close()
    rng, found, unfinished, published = random.Random(7), list[str](), 0, 0
    for _ in range(rounds):
        child = os.fork()
        if child == 0:
            work(assistant, settings.records_path, folder)
        time.sleep(rng.uniform(0.2, 4.0))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        records = Records(settings.records_path)
        office = Office(assistant, records, topics=())
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
