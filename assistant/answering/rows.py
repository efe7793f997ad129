"""Which rows of a table are the caller's: by the words and measures that tell its rows apart, never
interpolated."""

import re
from collections.abc import Sequence

from assistant.answering.measures import Facts, ranges
from assistant.domain import Unit

KEY_CELLS = 3
"""At most so many cells, from the left, name a row."""
UNSAID = 0.3
"""What a telling word that the question does not say takes away, next to what one that it says adds."""
SURE = 0.2
"""The score from which a row is the caller's."""
_AMOUNT = re.compile(r"\d[\d,.]*\s?(?:만|천|억)?\s?원|^\d[\d,.]*$|\d\s?%$")
_ROMAN = str.maketrans({"Ⅰ": "1", "Ⅱ": "2", "Ⅲ": "3"})
_TAIL = re.compile(r"(?:가구|계층|가족|이상|이하|미만|자금|급여|구간|업종|대상|기업|지원|대출|장애인|형)$")


def row_scores(rows: Sequence[Unit], facts: Facts) -> list[float]:
    """How well each row of one table fits the question: 0 where nothing tells it apart from the others.

    Of a key that lists several things ("지적, 자폐성, 정신장애") the one that fits best counts.
    """
    keys = _keys(rows)
    listed = [[_words(part) for part in _parts(key)] for key in keys]
    held = [frozenset(word for part in parts for word in part) for parts in listed]
    flat = ["".join(key.split()) for key in keys]
    telling = {word: 1 - sum(word in key for key in flat) / len(flat) for words in held for word in words}
    with_share = _with_share(rows, facts)
    scores = []
    for place, (key, parts) in enumerate(zip(keys, listed, strict=True)):
        covered = _covers(key, facts.measures)
        fit = max((_fit(part, telling, facts.words) for part in parts), default=0.0)
        fit += 1.0 if place in with_share else 0.0
        scores.append(fit + (2.0 if covered else -1.0 if covered is False else 0.0))
    return scores


def _with_share(rows: Sequence[Unit], facts: Facts) -> frozenset[int]:
    """Positions of the rows that have a share in per cent which the question says ("중위 120프로"), in
    whichever cell: as "120%", or as 120 under a header in per cent."""
    asked = {value for value, unit in facts.measures if unit == "%"}
    found = set()
    for place, row in enumerate(rows if asked else ()):
        for header, value in row.cells:
            share = re.fullmatch(r"(\d+(?:\.\d+)?)\s?(%?)", value.strip())
            if share and (share[2] or "%" in header) and float(share[1]) in asked:
                found.add(place)
    return frozenset(found)


def own_rows(rows: Sequence[Unit], facts: Facts) -> frozenset[int]:
    """Positions of the rows that are the caller's: the best ones, where anything tells rows apart; else none,
    and never one that names another household."""
    if len(rows) < 2:
        return frozenset()
    scores = row_scores(rows, facts)
    best = max(scores)
    if best <= SURE:
        return frozenset()
    best_ones = frozenset(i for i, score in enumerate(scores) if score >= best - 1e-6)
    return best_ones - rows_of_others(rows, facts)


def rows_of_others(rows: Sequence[Unit], facts: Facts) -> frozenset[int]:
    """Positions of the rows that name another household's size than the caller's, in whichever cell."""
    return frozenset(i for i, row in enumerate(rows) if names_household(row.text, facts) is False)


def names_household(text: str, facts: Facts) -> bool | None:
    """Whether a sentence speaks of the caller's household size; None where it names no size, or the
    caller none."""
    asked = [value for value, unit in facts.measures if unit == "인"]
    named = (
        [pair for pair in ranges(text) if pair[2] == "인"]
        if asked and re.search(r"\d\s?인\s?가구", text)
        else []
    )
    if not named:
        return None
    return any(low <= value <= high for low, high, _ in named for value in asked)


def other_households(rows: Sequence[Unit], facts: Facts) -> bool:
    """Whether a table goes by household size and has no row for the caller's."""
    asked = [value for value, unit in facts.measures if unit == "인"]
    sizes = [pair for row in rows for pair in ranges(_key(row, 1)) if pair[2] == "인"]
    return bool(asked and sizes) and not any(
        low <= value <= high for low, high, _ in sizes for value in asked
    )


def key_words(rows: Sequence[Unit]) -> list[frozenset[str]]:
    """The words that name each row of one table and not all of its rows."""
    held = [frozenset(w for part in _parts(key) for w in _words(part)) for key in _keys(rows)]
    shared = frozenset.intersection(*held) if held else frozenset()
    return [words - shared for words in held]


def _keys(rows: Sequence[Unit]) -> list[str]:
    """The cells that name each row: as many from the left as tell the rows apart, none of them an amount."""
    keys = [""] * len(rows)
    for width in range(1, KEY_CELLS + 1):
        keys = [_key(row, width) for row in rows]
        if len(set(keys)) == len(keys):
            break
    return keys


def _key(row: Unit, width: int) -> str:
    named: list[str] = []
    for _, value in row.cells[:width]:
        if named and _AMOUNT.search(value):
            break
        named.append(value)
    return " ".join(named).translate(_ROMAN)


def _parts(key: str) -> list[str]:
    """The things a key lists: "생계급여·의료급여 수급자, 장애인" → three; what is in brackets is no list."""
    parts = re.split(r"(?:,\s|[·/](?!\d)|\s또는\s)(?![^(]*\))", key)
    return [part for part in parts if part.strip()] or [key]


def _words(part: str) -> frozenset[str]:
    """The words of a part without the endings that every key has; measures are compared by themselves."""
    found = re.findall(r"\d(?:유형|종|급지|단계)|[가-힣A-Za-z]{2,}", part)
    return frozenset(bare if len(bare := _TAIL.sub("", word)) >= 2 else word for word in found)


def _fit(words: frozenset[str], telling: dict[str, float], said: str) -> float:
    """What the words that the question says tell, less what the others would have told; 0 where it says
    none."""
    heard = frozenset(word for word in words if word in said or (len(word) > 4 and word[:4] in said))
    gained = sum(telling[word] * min(len(word), 4) / 2 for word in heard)
    return gained - UNSAID * sum(telling[word] for word in words - heard) if gained else 0.0


def _covers(key: str, measures: Sequence[tuple[float, str]]) -> bool | None:
    """Whether a key's measure or range holds one of the question's measures of the same unit; None where
    none compare."""
    compared = None
    for low, high, unit in ranges(key):
        for value, asked in measures:
            if asked == unit or not unit:
                if not unit and (asked not in key and len(measures) != 1):
                    continue
                if low <= value <= high:
                    return True
                compared = False
    return compared
