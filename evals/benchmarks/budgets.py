"""`make bench`: the budgets of the design, measured on this machine, side by side in one run, with questions
taken evenly from all topics.

    python evals/benchmarks/budgets.py [--questions 200] [--skip-build]

Ratios are what counts: machines are noisy. The index is built in a temporary folder with the embedding
cache of `index/cache`, so that nothing of the live one changes.
"""

import argparse
import resource
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.evaluation.topic_files import load_topics
from assistant.service import Assistant, build_index, load_encoder
from assistant.settings import PROJECT, Settings


def main() -> None:
    """Measure and print one line a budget."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument(
        "--skip-build", action="store_true", help="leave out indexing and the changed document"
    )
    options = parser.parse_args()
    settings = Settings.from_environment()
    begun = time.perf_counter()
    assistant = Assistant.open(settings)
    say("start: encoder, analyzer, index, first question", f"{time.perf_counter() - begun:.1f} s", "≤ 15 s")
    say("chunks in the index", str(len(assistant.index.chunks)), "")
    every = [t for t in load_topics([PROJECT / "evals" / "topics"]) if not t.context]
    topics = every[:: max(1, len(every) // options.questions)][: options.questions]
    latency(assistant, [(t.question, t.as_of) for t in topics])
    together(assistant, [(t.question, t.as_of) for t in topics[:100]])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    say("memory, resident at the most", f"{peak:.2f} GB", "≤ 2.0 GB with the page")
    if not options.skip_build:
        indexing(assistant)
        one_change(settings)


def latency(assistant: Assistant, questions: Sequence[tuple[str, object]]) -> None:
    """A question at a time: everything, and everything but encoding the question."""
    total, rest = [], []
    for question, day in questions:
        spent = assistant.ask(question, as_of=day).timings_ms  # type: ignore[arg-type]  # a date
        total.append(spent["total"])
        rest.append(spent["total"] - spent.get("encode", 0.0))
    say("ask, p50 / p95", percentiles(total), "≤ 25 / ≤ 50 ms")
    say("all but encoding the question, p50 / p95", percentiles(rest), "≤ 10 ms")


def together(assistant: Assistant, questions: Sequence[tuple[str, object]], people: int = 10) -> None:
    """Ten people asking at once, in process; each question is a new one, so nothing is remembered."""
    spent: list[float] = []
    failed: list[str] = []

    def person(number: int) -> None:
        for question, day in questions[number::people]:
            begun = time.perf_counter()
            try:
                assistant.ask(f"{question} {'?' * (number + 1)}", as_of=day)  # type: ignore[arg-type]  # a date
            except Exception as error:  # noqa: BLE001 - counted, not hidden
                failed.append(repr(error))
            spent.append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=person, args=(n,)) for n in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    say(
        f"{people} people at once, p50 / p95, errors",
        f"{percentiles(spent)}, {len(failed)}",
        "p95 ≤ 400 ms, 0",
    )


def indexing(assistant: Assistant) -> None:
    """Chunks and sentences per second against a bare `encode_document` over the same texts, turn and turn
    about."""
    texts = [chunk.text for chunk in assistant.index.chunks[:600]]
    units = [unit.text for chunk in assistant.index.chunks[:600] for unit in chunk.units][:600]
    encoder = assistant.encoder
    bare = encoder._model.encode_document
    ours, theirs = [], []
    for turn in range(3):
        part, said = texts[turn::3], units[turn::3]
        theirs.append(timed(lambda part=part, said=said: bare([*part, *said], show_progress_bar=False)))
        ours.append(timed(lambda part=part: encoder.encode_passages(part)))
        ours.append(timed(lambda said=said: encoder.encode_units(said)))
    say("indexing speed against a bare encode_document", f"{sum(theirs) / sum(ours):.2f}", "≥ 0.90")


def one_change(settings: Settings) -> None:
    """One changed document among all: a new live generation, and the running service answers from it."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, index = Path(folder, "corpus"), Path(folder, "index")
        shutil.copytree(settings.corpus_dir, corpus)
        shutil.copytree(settings.index_dir / "cache", index / "cache")
        moved = replace(settings, corpus_dir=corpus, index_dir=index)
        encoder = load_encoder(moved)
        build_index(moved, encoder)
        assistant = Assistant(moved, encoder)
        changed = corpus / "노인" / "basic-pension-2021.md"
        changed.write_text(changed.read_text(encoding="utf-8").replace("30만원", "31만원"), encoding="utf-8")
        spent = timed(assistant.rebuild)
        say(
            "one changed document, live",
            f"{spent:.1f} s of {len(assistant.documents())} documents",
            "≤ 5 s of 464",
        )


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def percentiles(milliseconds: Sequence[float]) -> str:
    """p50 and p95 in words."""
    return f"{np.percentile(milliseconds, 50):.0f} / {np.percentile(milliseconds, 95):.0f} ms"


def say(what: str, value: str, budget: str) -> None:
    """One line of the table."""
    sys.stdout.write(f"{what:52} {value:24} {budget}\n")


if __name__ == "__main__":
    main()
