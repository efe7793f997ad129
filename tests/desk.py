"""A small real assistant: a handful of the project's own documents, the bundled encoder, the real build."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.index.encoder import Encoder
from assistant.records.store import Records
from assistant.service import Assistant, build_index
from assistant.settings import PROJECT, Settings

DOCUMENTS = (
    "노인/basic-pension-*",
    "코로나19/jinju-happiness-2021*",
    "코로나19/jinju-small-business-relief-*",
    "저소득/livelihood-benefit-2023*",
    "저소득/livelihood-benefit-2024*",
    "시민생활/suicide-hotline-109.md",
)


@pytest.fixture(scope="session")
def desk(real_encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over the documents above."""
    folder = tmp_path_factory.mktemp("desk")
    for pattern in DOCUMENTS:
        for source in sorted((PROJECT / "corpus").glob(pattern)):
            target = folder / "corpus" / source.relative_to(PROJECT / "corpus")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return opened(folder, real_encoder)


def opened(folder: Path, encoder: Encoder) -> Assistant:
    """Build the documents of a folder and open them."""
    settings = replace(
        Settings(),
        corpus_dir=folder / "corpus",
        index_dir=folder / "index",
        records_path=folder / "records.sqlite",
        uploads_dir=folder / "uploads",
        watched_dir=folder / "watched",
    )
    build_index(settings, encoder)
    return Assistant(settings, encoder, Records(settings.records_path))


def apart(desk: Assistant, folder: Path, *copied: str) -> Settings:
    """The desk's settings with records, uploads, users and a watched folder of their own, and with copies of
    what is named: "corpus", "index"."""
    for name in copied:
        shutil.copytree(getattr(desk.settings, f"{name}_dir"), folder / name)
    return replace(
        desk.settings,
        records_path=folder / "records.sqlite",
        uploads_dir=folder / "uploads",
        users_path=folder / "users.yaml",
        watched_dir=folder / "watched",
        **{f"{name}_dir": folder / name for name in copied},
    )
