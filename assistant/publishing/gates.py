"""The whole evaluation before publishing: which gates would fall that stand today."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.evaluation import run_evaluation
from assistant.evaluation.compare import compare_stored, gate_failures, load_gates
from assistant.evaluation.files import read_run
from assistant.publishing.office import Office
from assistant.publishing.preview import Preview


def with_gates(office: Office, seen: Preview) -> Preview:
    """The preview with every gate that falls and every measure that gets worse: minutes, for a large change.

    A gate that the live generation misses too is not held against the drafts.
    """
    gates = load_gates(office.gates)
    live = office.assistant.at_generation(office.assistant.generation_id)
    candidate = office.assistant.at_generation(seen.generation)
    office.work_dir.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="gates-", dir=office.work_dir) as folder:
        before, after = Path(folder) / "before", Path(folder) / "after"
        run_evaluation(live, office.topics, before)
        run_evaluation(candidate, office.topics, after)
        old, new = read_run(before), read_run(after)
        missed = {failure.split(":")[0] for failure in gate_failures(old, gates)}
        failures = compare_stored(old, new, gates).failures
    fallen = tuple(f for f in failures if f.split(":")[0] not in missed)
    return replace(seen, gates=fallen, weighed=True)
