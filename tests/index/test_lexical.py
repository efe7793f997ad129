import math
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import IndexDamaged
from assistant.index.lexical import LexicalIndex

TEXTS = (["연금", "신청", "연금"], ["지원금", "신청"], ["마스크"], [])


def test_scores_are_bm25() -> None:
    index = LexicalIndex.build(TEXTS, k1=1.5, b=0.75)
    # Lucene's BM25: idf = ln(1 + (N - df + 0.5) / (df + 0.5)); the mean length is 6 / 4, and the text holds
    # the term twice in three.
    idf = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    expected = idf * 2 / (2 + 1.5 * (1 - 0.75 + 0.75 * 3 / 1.5))
    assert index.scores(["연금"]) == pytest.approx([expected, 0, 0, 0])
    assert index.scores(["연금", "연금"]) == pytest.approx([2 * expected, 0, 0, 0])
    assert index.scores(["없는말"]).tolist() == index.scores([]).tolist() == [0, 0, 0, 0]


def test_what_is_attainable_is_each_terms_best_score_summed() -> None:
    index = LexicalIndex.build(TEXTS, k1=1.5, b=0.75)
    best = index.scores(["연금"]).max() + index.scores(["마스크"]).max()
    assert index.attainable(["연금", "마스크", "없는말"]) == pytest.approx(best)
    assert index.attainable(["없는말"]) == index.attainable([]) == 0.0
    assert LexicalIndex.build([[]]).attainable(["연금"]) == 0.0


def test_top_is_best_first_ties_by_row_and_without_zeros() -> None:
    index = LexicalIndex.build([["가", "나"], ["가"], ["가"], ["다"], ["가"]])
    ids, scores = index.top(["가"], 10)
    assert ids.tolist() == [1, 2, 4, 0]
    assert np.all(np.diff(scores) <= 0)
    assert index.top(["가"], 2)[0].tolist() == [1, 2]
    assert index.top(["라"], 2)[0].tolist() == []


def test_saved_and_loaded_it_is_the_same(tmp_path: Path) -> None:
    index = LexicalIndex.build(TEXTS)
    index.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical")
    assert len(loaded) == 4
    for terms in (["연금"], ["신청", "마스크"], ["없는말"]):
        assert loaded.scores(terms).tobytes() == index.scores(terms).tobytes()


@pytest.mark.parametrize("texts", [(), ([],), ([], [])])
def test_texts_without_terms_can_be_indexed(tmp_path: Path, texts: tuple[list[str], ...]) -> None:
    LexicalIndex.build(texts).save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    assert loaded.scores(["연금"]).tolist() == [0.0] * len(texts)
    assert loaded.top(["연금"], 5)[0].tolist() == []


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    LexicalIndex.build(TEXTS).save(tmp_path)
    (tmp_path / "indices.csc.index.npy").unlink()
    with pytest.raises(IndexDamaged, match="index build"):
        LexicalIndex.load(tmp_path)
