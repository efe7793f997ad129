import pytest

from assistant.evaluation.intervals import bootstrap, paired_difference, wilson


def test_wilson_of_eight_in_ten() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)


def test_wilson_stays_between_nought_and_one() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 5)[0] == 0.0
    assert wilson(5, 5)[1] == 1.0


def test_bootstrap_is_repeatable_and_holds_the_mean() -> None:
    values = [0.0, 1.0, 1.0, 0.5, 1.0, 0.0, 1.0, 1.0]
    low, high = bootstrap(values)
    assert low < sum(values) / len(values) < high
    assert (low, high) == bootstrap(values)


def test_weights_move_the_mean() -> None:
    gap, low, high = paired_difference([0.0, 0.0], [1.0, 0.0], [3.0, 1.0])
    assert gap == pytest.approx(0.75)
    assert low <= gap <= high


def test_no_difference_has_no_width() -> None:
    assert paired_difference([1.0, 0.0, 1.0], [1.0, 0.0, 1.0]) == (0.0, 0.0, 0.0)
