"""Commands of the index: build, verify, list, roll back."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer

from assistant.cli_options import CorpusOption, IndexOption, say, settings_of
from assistant.cli_staff import AsOption, PasswordOption, signed_in
from assistant.errors import SettingsError

index_app = typer.Typer(no_args_is_help=True, help="색인을 만들고 확인하고 되돌립니다.")


@index_app.command("build")
def index_build(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """자료를 읽어 새 색인 세대를 만들고 바꿔 답니다. 등록한 사람이 있으면 자료 게시 권한이 있어야 합니다."""
    from assistant.publishing.live import BUILD, make_live, permitted
    from assistant.service import build_index, load_encoder

    settings = settings_of(index, corpus)
    if not settings.corpus_dir.is_dir():
        raise SettingsError(
            f"{settings.corpus_dir}: 자료 폴더가 없습니다. --corpus에 있는 폴더를 적어 주세요."
        )
    line = permitted(settings, signed_in(who, password_file), BUILD)
    with _stages() as progress:
        built = build_index(
            settings,
            load_encoder(settings),
            progress,
            lambda generation: make_live(settings, generation, BUILD, line, "자료 폴더 전체"),
        )
    manifest = built.manifest
    say(
        f"세대 {manifest.generation}: 문서 {manifest.documents}건, 조각 {manifest.chunks}개, 문장 "
        f"{manifest.units}개"
    )
    for problem in built.corpus.problems:
        sys.stderr.write(f"뺀 파일: {problem.message}\n")
    if built.corpus.problems:
        raise typer.Exit(1)


@contextmanager
def _stages() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar with one line a stage."""
    from rich.console import Console
    from rich.progress import Progress

    names = {"read": "문서 읽기", "analyse": "형태소 분석", "embed": "임베딩"}
    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(names.get(stage, stage), total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield report


@index_app.command("verify")
def index_verify(index: IndexOption = None) -> None:
    """쓰고 있는 세대의 파일을 모두 확인하고, 지금 인코더로 만든 것인지 봅니다."""
    from assistant.index.encoder import encoder_id
    from assistant.index.generations import GenerationStore
    from assistant.index.opened import must_be_of

    settings = settings_of(index)
    store = GenerationStore(settings.index_dir)
    generation = store.current_id()
    store.verify(generation)
    current = encoder_id(settings.encoder, settings.cache_dir)
    must_be_of(store.manifest(generation), current, store.path(generation))
    say(f"{generation}: 이상 없음")


@index_app.command("list")
def index_list(index: IndexOption = None) -> None:
    """색인 세대를 오래된 것부터 보입니다. *가 쓰고 있는 세대입니다."""
    from assistant.index.generations import GenerationStore

    store = GenerationStore(settings_of(index).index_dir)
    live = store.current_id()
    for m in store.list():
        mark = "*" if m.generation == live else " "
        say(f"{mark} {m.generation}  문서 {m.documents}  조각 {m.chunks}  인코더 {m.encoder}  {m.built_at}")


@index_app.command("rollback")
def index_rollback(
    index: IndexOption = None, who: AsOption = None, password_file: PasswordOption = None
) -> None:
    """바로 전 세대로 되돌립니다. 등록한 사람이 있으면 자료 게시 권한이 있어야 합니다."""
    from assistant.index.generations import GenerationStore
    from assistant.publishing.live import ROLLBACK, make_live, permitted

    settings = settings_of(index)
    store = GenerationStore(settings.index_dir)
    before, previous = store.current_id(), store.previous_id()
    line = permitted(settings, signed_in(who, password_file), ROLLBACK)
    store.verify(previous)
    make_live(settings, previous, ROLLBACK, line, "바로 전 세대")
    say(f"{before} → {previous}")
