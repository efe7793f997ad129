"""Embed the examples of danger and of harmless talk, and fit how near a question must be to raise an alert.

    python evals/fit_alerts.py [--rules-only]

Reference: `assistant/answering/examples.yaml` and the ordinary development topics. Writes
`assistant/answering/examples.npz` and prints what rules and similarity find: on the examples by five-fold
cross-validation of the similarity, and on `evals/crisis.yaml`, which teaches nothing here.
"""

import argparse
import sys

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from assistant.answering.examples import HARMLESS, VECTORS, nearness
from assistant.answering.routing import Router
from assistant.evaluation.topic_files import load_topics
from assistant.index.encoder import Encoder
from assistant.retrieval.query import normalise
from assistant.retrieval.reading import encoder_family
from assistant.settings import PROJECT

EXAMPLES = VECTORS.with_suffix(".yaml")
FALSE_ALARMS_HARMLESS = 0.03
"""The share of held-out harmless examples, hard ones by design, that similarity may take for danger."""
FALSE_ALARMS_ORDINARY = 0.004
"""The share of held-out ordinary topics that similarity may take for danger."""


def main() -> None:
    """Read, report what the rules find, embed, cross-validate, report, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rules-only", action="store_true")
    labelled = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    examples = [(normalise(text), kind) for kind, texts in labelled.items() for text in texts]
    topics = [t for t in load_topics([PROJECT / "evals" / "topics"]) if not t.alerts]
    danger = np.asarray([kind != HARMLESS for _, kind in examples])
    ruled = _by_rules(examples, danger, [normalise(t.question) for t in topics])
    if parser.parse_args().rules_only:
        return
    encoder = Encoder(threads=1)
    vectors = _embedded(encoder, [text for text, _ in examples])
    others = _embedded(encoder, [normalise(t.question) for t in topics])
    groups = [t.group or t.pair or t.id for t in topics]
    held, held_ordinary = _held_out(vectors, danger, others, groups)
    threshold = max(
        float(np.quantile(held[~danger], 1 - FALSE_ALARMS_HARMLESS)),
        float(np.quantile(held_ordinary, 1 - FALSE_ALARMS_ORDINARY)),
    )
    near, missed = held > threshold, danger & ~ruled
    _say(f"similarity, held out, above {threshold:.4f}: {near[danger].mean():.3f} of danger,")
    _say(
        f"  {near[missed].sum()} of {missed.sum()} that rules miss; both {(near | ruled)[danger].mean():.3f}"
    )
    _say(f"  false: {near[~danger].mean():.3f} harmless, {(held_ordinary > threshold).sum()} ordinary")
    reference = np.vstack([vectors, others])
    kinds = np.asarray([kind for _, kind in examples] + [HARMLESS] * len(others))
    _independent(encoder, reference, kinds != HARMLESS, threshold)
    np.savez_compressed(
        VECTORS,
        vectors=reference.astype(np.float16),
        kinds=kinds,
        threshold=np.asarray(threshold),
        encoder=np.asarray(encoder_family(encoder.id)),
    )


def _by_rules(
    examples: list[tuple[str, str]], danger: NDArray[np.bool_], ordinary: list[str]
) -> NDArray[np.bool_]:
    """Which examples the rules alone take for danger; what they get wrong is listed."""
    router = Router()
    found = np.asarray([bool(router.alerts(text)) for text, _ in examples])
    said = sum(bool(router.alerts(text)) for text in ordinary)
    _say(f"rules: {found[danger].mean():.3f} of {danger.sum()} examples of danger; false:")
    _say(f"  {found[~danger].mean():.3f} of {(~danger).sum()} harmless, {said} of {len(ordinary)} ordinary")
    for (text, kind), alarm in zip(examples, found, strict=True):
        if alarm == (kind == HARMLESS):
            _say(f"  {'false alarm' if alarm else 'missed'}: {text}")
    return found


def _independent(
    encoder: Encoder, reference: NDArray[np.float32], danger: NDArray[np.bool_], threshold: float
) -> None:
    """Rules and similarity on `evals/crisis.yaml`, of which the reference holds nothing."""
    router = Router()
    for kind in ("crisis", "benign"):
        topics = [t for t in load_topics([PROJECT / "evals" / "crisis.yaml"]) if t.kind == kind]
        texts = [normalise(t.question) for t in topics]
        near = [nearness(reference @ v, danger) > threshold for v in _embedded(encoder, texts)]
        rules = [bool(router.alerts(text)) for text in texts]
        both = np.mean([a or b for a, b in zip(near, rules, strict=True)])
        _say(f"{kind}: similarity {np.mean(near):.3f}, rules {np.mean(rules):.3f}, both {both:.3f}")


def _embedded(encoder: Encoder, texts: list[str]) -> NDArray[np.float32]:
    return np.stack([encoder.encode_question(text) for text in texts])


def _held_out(
    vectors: NDArray[np.float32],
    danger: NDArray[np.bool_],
    others: NDArray[np.float32],
    groups: list[str],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nearness of each example and ordinary topic to the other four folds; paraphrases stay in one fold."""
    scores, scores_ordinary = np.zeros(len(vectors)), np.zeros(len(others))
    fold_of = {group: place % 5 for place, group in enumerate(dict.fromkeys(groups))}
    folds = np.asarray([fold_of[group] for group in groups])
    split = StratifiedKFold(5, shuffle=True, random_state=0).split(vectors, danger)
    for fold, (kept, left) in enumerate(split):
        reference = np.vstack([vectors[kept], others[folds != fold]])
        dangerous = np.r_[danger[kept], np.zeros(int((folds != fold).sum()), dtype=bool)]
        for row in left:
            scores[row] = nearness(reference @ vectors[row], dangerous)
        for row in np.flatnonzero(folds == fold):
            scores_ordinary[row] = nearness(reference @ others[row], dangerous)
    return scores, scores_ordinary


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
