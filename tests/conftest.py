"""Fixtures that more than one folder of tests uses: real parts, each made once a session."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.index.encoder import Encoder
from assistant.service import Assistant, build_index
from assistant.settings import PROJECT, Settings

CACHE = PROJECT / ".pytest_cache" / "welfare"
"""Embeddings of the corpus survive between runs here, as they do in `index/cache` for the product."""


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real documents and questions that are measured with but are no part of the project."""
    folder = PROJECT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is absent: what is measured on its real documents is left out")
    return folder


@pytest.fixture(scope="session")
def real_encoder() -> Encoder:
    """The bundled multilingual-e5-small."""
    return Encoder(threads=2)


@pytest.fixture(scope="session")
def city(real_encoder: Encoder) -> Assistant:
    """The assistant over the project's own corpus, built by the real build."""
    settings = replace(Settings(), index_dir=CACHE / "index")
    build_index(settings, real_encoder)
    assistant = Assistant(settings, real_encoder)
    assistant.ask("준비되었나요?")
    return assistant
