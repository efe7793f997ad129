import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assistant.retrieval.fusion import normalised


def test_scores_are_stretched_from_the_lowest_to_the_highest() -> None:
    assert normalised(np.array([2.0, 4.0, 3.0], dtype=np.float32)).tolist() == [0.0, 1.0, 0.5]


def test_equal_scores_and_none_at_all_say_nothing() -> None:
    assert normalised(np.array([7.0, 7.0], dtype=np.float32)).tolist() == [0.0, 0.0]
    assert normalised(np.array([], dtype=np.float32)).tolist() == []


@given(arrays(np.float32, st.integers(1, 20), elements=st.floats(-100, 100, width=32)))
def test_order_is_kept_and_all_are_between_0_and_1(scores: np.ndarray) -> None:
    stretched = normalised(scores)
    assert ((stretched >= 0) & (stretched <= 1)).all()
    assert (np.diff(stretched[np.argsort(scores, kind="stable")]) >= 0).all()
