"""Particles by the last syllable."""

import pytest

from assistant.answering.particles import with_particle


@pytest.mark.parametrize(
    ("word", "pair", "said"),
    [
        ("생계급여", "은/는", "생계급여는"),
        ("기초연금", "은/는", "기초연금은"),
        ("「기초연금」", "이/가", "「기초연금」이"),
        ("「생계급여 (2024)」", "은/는", "「생계급여 (2024)」는"),
        ("아동수당 (2023)", "을/를", "아동수당 (2023)을"),
        ("문서24", "을/를", "문서24를"),
        ("LH", "은/는", "LH는"),
        ("SGL", "은/는", "SGL은"),
        ("…", "은/는", "…는"),
    ],
)
def test_a_particle_fits_the_syllable_before_it(word: str, pair: str, said: str) -> None:
    assert with_particle(word, pair) == said
