from pathlib import Path

import pytest

from assistant.index.analyzer import Analyzer
from assistant.index.encoder import Encoder


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def encoder(model_cache: Path) -> Encoder:
    return Encoder(cache_dir=model_cache, precision="fp32", threads=1)


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer(["기초연금", "행복지원금", "긴급복지 생계지원"])
