from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.library import load_corpus
from assistant.domain import Document, Facet, State
from assistant.errors import EvaluationError
from assistant.evaluation.supposed import in_force_together
from assistant.validity import state
from tests import shelf

DAY = date(2021, 3, 2)
GROUP = (("pension-2020", "pension-2021"),)


@pytest.fixture
def documents(tmp_path: Path) -> tuple[Document, ...]:
    return load_corpus(shelf.write(tmp_path)).documents


def test_editions_that_replaced_each_other_are_both_current(documents: tuple[Document, ...]) -> None:
    real = [d.metadata for d in documents if d.id in GROUP[0]]
    assert [state(m, Facet.BENEFIT, DAY, None, real) for m in real] == [State.SUPERSEDED, State.CURRENT]
    changed = in_force_together(documents, GROUP)
    assert set(changed) == set(GROUP[0])
    supposed = [changed[m.id] for m in real]
    assert [state(m, Facet.BENEFIT, DAY, None, supposed) for m in supposed] == [State.CURRENT] * 2
    assert [m.title for m in supposed] == [m.title for m in real]


def test_a_document_that_is_not_held_is_named(documents: tuple[Document, ...]) -> None:
    with pytest.raises(EvaluationError, match="pension-1999"):
        in_force_together(documents, (("pension-1999", "pension-2021"),))
