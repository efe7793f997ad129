"""Are statements supported by what they cite, and is what they cite the right thing? After ALCE
(arXiv:2305.14627).

ALCE asks a language model whether passages entail a statement. Here statements are verbatim (DESIGN rule
1), so support is decided by strings: every word of the statement stands in the cited quotes and its numbers
stand there in order. On top of ALCE a citation counts only if programme, edition and, in the summary, table
row and area are right.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.evaluation.canonical import contains, number_sequence, words
from assistant.evaluation.topics import Gold, Topic
from assistant.evaluation.view import HeldDocument, Json, View

AREAS = ("대도시", "중소도시", "농어촌", "1급지", "2급지", "3급지", "4급지", "특별시", "광역시", "수도권")
"""Words by which Korean benefit tables tell areas apart."""
YEAR_FRAME = re.compile(r"^(\d{4})년 기준 · ")
"""What stands before a sentence of an outdated edition; the year itself must be in the cited spans."""


def citation_scores(
    topic: Topic, view: View, held: Mapping[str, HeldDocument]
) -> tuple[float | None, float | None]:
    """Precision over the citations of all statements and recall over all statements; None where nothing is
    to be cited.
    """
    if not view.statements:
        expected = (
            topic.answerable and topic.required_gold and topic.kind not in {"situation", "ambiguous_round"}
        )
        return (0.0, 0.0) if expected else (None, None)
    precise: list[bool] = []
    recalled: list[bool] = []
    for statement in view.statements:
        cited = view.cited(statement)
        right = [c for c in cited if wrongness(topic, view, statement, c, held) is None]
        quotes = [c["quote"] for c in right]
        recalled.append(supported(statement["text"], quotes))
        precise += [c in right and _serves(statement["text"], c["quote"], quotes) for c in cited]
    return (sum(precise) / len(precise) if precise else 0.0), sum(recalled) / len(recalled)


def _serves(text: str, quote: str, quotes: Sequence[str]) -> bool:
    """ALCE's precision: the citation supports the text alone, or without it the rest no longer does."""
    others = [q for q in quotes if q != quote]
    return supported(text, [quote]) or not supported(text, others)


def wrongness(
    topic: Topic, view: View, statement: Json, citation: Json, held: Mapping[str, HeldDocument]
) -> str | None:
    """Why a citation is not the right one for this topic, in Korean; None when it is right or the topic
    does not say.
    """
    if not topic.gold or topic.kind == "situation":
        return None
    document_id = citation["document_id"]
    document = held.get(document_id)
    programme = document.programme if document else statement["programme"]
    of_programme = [gold for gold in topic.gold if gold.programme == programme]
    if not of_programme:
        return f"다른 사업({programme})"
    facet = statement["facet"]
    of_edition = [gold for gold in of_programme if _of_edition(gold, document_id, facet, held)]
    if not of_edition:
        return f"다른 판({document_id})"
    if not any(statement is spoken for spoken in view.summary):
        return None
    return _row_or_area(of_edition, view, statement)


def _of_edition(gold: Gold, document_id: str, facet: str, held: Mapping[str, HeldDocument]) -> bool:
    """A gold edition, or what a gold notice amends in other facets (those still stand as they were)."""
    if not gold.documents or document_id in gold.documents:
        return True
    amendments = [change for name in gold.documents if name in held for change in held[name].amends]
    return any(change.document == document_id and facet not in change.facets for change in amendments)


def _row_or_area(golds: Sequence[Gold], view: View, statement: Json) -> str | None:
    quotes = "\n".join(c["quote"] for c in view.cited(statement))
    text = statement["text"]
    of_section = [g for g in golds if not g.sections or statement["facet"] in g.sections]
    with_row = [g for g in of_section if g.row]
    if with_row and "|" in quotes and not any(contains(quotes, g.row) for g in with_row if g.row):
        return f"다른 행({text})"
    with_area = [g for g in of_section if g.area]
    named = [area for area in AREAS if area in text]
    if with_area and named and not any(contains(text, g.area) for g in with_area if g.area):
        return f"다른 지역({', '.join(named)})"
    return None


def supported(text: str, quotes: Sequence[str]) -> bool:
    """Whether every word of `text` stands in `quotes` and its numbers stand there in order."""
    if not quotes:
        return False
    spans = "\n".join(quotes)
    pool = "".join(words(spans))
    said = words(YEAR_FRAME.sub(r"\1 ", text))
    return all(word in pool for word in said) and numbers_stand(text, quotes)


def numbers_stand(text: str, quotes: Sequence[str]) -> bool:
    """Whether the numbers of `text` are an interleaving of subsequences of the quotes' numbers (a row, its
    header …).
    """
    sequences = [number_sequence(quote) for quote in quotes]
    positions = {tuple(0 for _ in sequences)}
    for number in number_sequence(text):
        following = set()
        for position in positions:
            for i, sequence in enumerate(sequences):
                if number in sequence[position[i] :]:
                    after = sequence.index(number, position[i]) + 1
                    following.add((*position[:i], after, *position[i + 1 :]))
        if not following:
            return False
        positions = following
    return True


def verbatim_share(view: View, held: Mapping[str, HeldDocument]) -> float | None:
    """Share of citations whose quote stands in the document's text at `[char_start:char_end]`."""
    if not view.citations:
        return None
    return sum(_verbatim(c, held) for c in view.citations) / len(view.citations)


def _verbatim(citation: Json, held: Mapping[str, HeldDocument]) -> bool:
    document = held.get(citation["document_id"])
    start, end = citation["char_start"], citation["char_end"]
    return document is not None and document.text[start:end] == citation["quote"]


def number_share(view: View) -> float | None:
    """Share of statements whose numbers stand in their cited spans, in order."""
    if not view.statements:
        return None
    kept = [numbers_stand(s["text"], [c["quote"] for c in view.cited(s)]) for s in view.statements]
    return sum(kept) / len(kept)


def unsupported(view: View) -> tuple[str, ...]:
    """Texts of the summary that their citations do not support."""
    return tuple(
        s["text"] for s in view.summary if not supported(s["text"], [c["quote"] for c in view.cited(s)])
    )
