from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.index.analyzer import Analyzer
from assistant.index.term_cache import TermCache, cached_terms

TEXTS = [
    "행복지원금 카드는 언제까지 쓰나요",
    "행복 지원금 신청",
    "기초연금 신청 방법",
    "희망아빤 어디서 신청하나요",
    "마스크 착용 안내",
]


class CountingAnalyzer(Analyzer):
    def __init__(self, *words: str) -> None:
        super().__init__(words)
        self.analysed: list[str] = []

    def terms_many(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> list[list[str]]:
        self.analysed.extend(texts)
        return super().terms_many(texts, progress)


def test_the_same_dictionary_analyses_nothing_twice(tmp_path: Path) -> None:
    analyzer, cache = CountingAnalyzer("기초연금"), TermCache(tmp_path / "cache" / "terms.sqlite")
    first = cached_terms(analyzer, cache, [*TEXTS, TEXTS[0]])
    assert analyzer.analysed == TEXTS
    assert first == [analyzer.terms(text) for text in (*TEXTS, TEXTS[0])]
    assert cached_terms(analyzer, cache, TEXTS) == first[:-1]
    assert analyzer.analysed == TEXTS
    cache.close()


def test_a_changed_word_costs_only_the_texts_that_hold_it(tmp_path: Path) -> None:
    cache = TermCache(tmp_path / "terms.sqlite")
    cached_terms(CountingAnalyzer("기초연금", "희망아빠"), cache, TEXTS)
    changed = CountingAnalyzer("기초연금", "행복지원금")
    terms = cached_terms(changed, cache, TEXTS)
    # Kiwi finds 희망아빠 in the contracted 희망아빤; that word left the dictionary.
    assert changed.analysed == [TEXTS[0], TEXTS[1], TEXTS[3]]
    assert terms == [changed.terms(text) for text in TEXTS]
    assert "행복지원금" in terms[0]
    cache.close()


def test_terms_carry_over_again_and_again(tmp_path: Path) -> None:
    cache = TermCache(tmp_path / "terms.sqlite")
    for number, words in enumerate((["가나다"], ["가나다", "라마바"], ["라마바", "사아자"], ["가나다"])):
        analyzer = CountingAnalyzer(*words)
        assert cached_terms(analyzer, cache, TEXTS) == [analyzer.terms(text) for text in TEXTS]
        assert analyzer.analysed == ([] if number else TEXTS)
    cache.close()
