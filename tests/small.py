"""The answering engine over the small hand-made corpus: real parts but for the encoder; it never abstains."""

import pytest

from assistant.answering.answerer import Answerer
from assistant.answering.examples import Examples
from assistant.answering.routing import Router
from assistant.index.analyzer import Analyzer
from assistant.index.builder import build, dictionary_words
from assistant.index.opened import open_index
from assistant.retrieval.reading import Reader
from tests import shelf
from tests.doubles import HashEncoder


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """An answerer over `tests.shelf`, without a calibration."""
    folder, encoder = tmp_path_factory.mktemp("small"), HashEncoder()
    build(shelf.write(folder / "corpus"), folder / "index", encoder)
    index = open_index(folder / "index", encoder.id)
    analyzer = Analyzer(dictionary_words(index.documents.values()))
    return Answerer(
        index, encoder.encode_asked, analyzer, Router(examples=Examples(encoder.id)), Reader(encoder.id)
    )
