"""Clusters of questions against known themes: the programmes of the project's own topics."""

import random
from collections import Counter, defaultdict

import numpy as np

from assistant.evaluation.topic_files import load_topics
from assistant.index.encoder import Encoder
from assistant.publishing.gaps import clusters
from assistant.settings import PROJECT


def test_two_hundred_questions_fall_into_clusters_of_one_theme(real_encoder: Encoder) -> None:
    themes: dict[str, list[str]] = defaultdict(list)
    for topic in load_topics([PROJECT / "evals" / "topics"]):
        if topic.gold and not topic.context:
            themes[topic.gold[0].programme].append(topic.question)
    rng = random.Random(3)
    chosen = sorted(name for name, held in themes.items() if len(set(held)) >= 5)
    rng.shuffle(chosen)
    asked = [(q, name) for name in chosen[:40] for q in rng.sample(sorted(set(themes[name])), 5)]
    assert len(asked) == 200
    rows = np.stack([real_encoder.encode_question(question) for question, _ in asked])
    centred = rows - rows.mean(axis=0)
    found = clusters([q for q, _ in asked], centred / np.linalg.norm(centred, axis=1, keepdims=True))
    assert sorted(i for group in found for i in group) == list(range(200))
    assert len(found) <= 100
    pure = sum(Counter(asked[i][1] for i in group).most_common(1)[0][1] for group in found)
    assert pure / 200 >= 0.8
