"""What the commands share: options, settings, the assistant they open, output."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import SettingsError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.service import Assistant

IndexOption = Annotated[Path | None, typer.Option("--index", help="색인 폴더")]
CorpusOption = Annotated[Path | None, typer.Option("--corpus", help="자료 폴더")]
DayOption = Annotated[str | None, typer.Option("--as-of", help="기준일 (YYYY-MM-DD)")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON으로 출력")]


def say(text: str) -> None:
    """One line (or more) of output."""
    sys.stdout.write(text + "\n")


def settings_of(index: Path | None = None, corpus: Path | None = None) -> Settings:
    """The settings of the environment, with the folders that a command names instead."""
    settings = Settings.from_environment()
    if index is not None:
        settings = replace(settings, index_dir=index)
    return replace(settings, corpus_dir=corpus) if corpus is not None else settings


def open_assistant(index: Path | None = None, *, decided: bool = False) -> "Assistant":
    """The assistant over an index folder; a missing index is told before anything heavy loads
    (IndexNotBuilt).

    `decided`: what staff decided (bulletins, approved answers, documents that are off) holds, and nothing is
    logged; not over an index that is named, which need not be the centre's own.
    """
    from assistant.index.generations import GenerationStore
    from assistant.records.store import Records
    from assistant.service import Assistant

    settings = settings_of(index)
    GenerationStore(settings.index_dir).current_id()
    kept = decided and index is None and settings.records_path.is_file()
    return Assistant.open(settings, Records(settings.records_path) if kept else None, logs=False)


def parse_day(text: str | None, where: str = "--as-of") -> date | None:
    """A day as typed (SettingsError names where); None for None."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(
            f"{where}: {text!r}은(는) 날짜가 아닙니다. 2021-03-02처럼 적어 주세요."
        ) from error
