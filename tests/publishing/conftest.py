"""A small office: seven real documents, the real build and encoder, two people who may publish."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.index.encoder import Encoder
from assistant.publishing import publication
from assistant.publishing.drafts import Draft
from assistant.publishing.history import Publication
from assistant.publishing.office import Office
from assistant.publishing.preview import Preview, preview
from assistant.records.store import Records
from assistant.records.users import Role, User
from assistant.service import Assistant, build_index
from assistant.settings import PROJECT, Settings

DOCUMENTS = (
    "노인/basic-pension-202*.md",
    "코로나19/jinju-happiness-2021.hwpx*",
    "저소득/livelihood-benefit-2024.md",
    "시민생활/suicide-hotline-109.md",
)
POLICY, SECOND = User("김정책", Role.POLICY), User("박승인", Role.POLICY)
NOTHING = Preview("", "", (), (), (), (), 0, 0, ())
"""Nothing was built, and nothing would change."""
COUNSELLOR, EVALUATOR = User("이상담", Role.COUNSELLOR), User("최평가", Role.EVALUATOR)


def settings_in(folder: Path) -> Settings:
    return replace(
        Settings(),
        corpus_dir=folder / "corpus",
        index_dir=folder / "index",
        records_path=folder / "var" / "records.sqlite",
        uploads_dir=folder / "var" / "uploads",
        watched_dir=folder / "var" / "watched",
        users_path=folder / "var" / "users.yaml",
    )


def copy_corpus(folder: Path) -> None:
    for pattern in DOCUMENTS:
        for source in sorted((PROJECT / "corpus").glob(pattern)):
            target = folder / "corpus" / source.relative_to(PROJECT / "corpus")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def opened(folder: Path, encoder: Encoder) -> Office:
    settings = settings_in(folder)
    records = Records(settings.records_path)
    assistant = Assistant(settings, encoder, records)
    return Office(assistant, records)


def look_and_publish(
    office: Office, user: User, draft: Draft, why: str, *, override: str | None = None
) -> Publication:
    """Make a draft live as somebody does who looked at what it changes, and asked no evaluation question.

    What the checks find in a short text of a test is overridden by the other person.
    """
    seen = preview(replace(office, topics=()), user, [draft.id])
    reason = override or ("견본이라 그대로 둠" if seen.blocking else None)
    other = SECOND if user == POLICY else POLICY
    return publication.publish(office, user, [draft.id], why, preview=seen, override=reason, approver=other)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder) -> Path:
    folder = tmp_path_factory.mktemp("built")
    copy_corpus(folder)
    build_index(settings_in(folder), real_encoder)
    return folder


@pytest.fixture
def office(built: Path, tmp_path: Path, real_encoder: Encoder) -> Office:
    shutil.copytree(built, tmp_path / "office")
    return opened(tmp_path / "office", real_encoder)
