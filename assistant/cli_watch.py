"""Commands of the watched folder: look at it, and note that somebody dealt with a file of it."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli_options import say
from assistant.cli_staff import AsOption, PasswordOption, open_office, signed_in


def add_watching(corpus_app: typer.Typer) -> None:
    """Add the commands to `corpus`."""
    for command in (watch, settle):
        corpus_app.command(command.__name__)(command)


def watch(
    folder: Annotated[Path | None, typer.Argument(help="감시할 폴더 (없으면 설정의 폴더)")] = None,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """폴더에서 새로 오거나 바뀐 파일을 초안으로 만들고, 기다리는 파일과 없어진 파일을 알립니다."""
    from assistant.publishing.watched import look

    user = signed_in(who, password_file)
    found = look(open_office(), user, folder)
    for number in found.drafts:
        say(f"초안 {number}번")
    for file in found.waiting:
        say(f"사람이 볼 것: {file.name}: {file.why}")
    for file in found.gone:
        say(f"없어짐: {file.name} (자료는 그대로 둡니다)")


def settle(
    name: Annotated[str, typer.Argument(help="감시 폴더 안의 파일 이름")],
    folder: Annotated[Path | None, typer.Option(help="감시하는 폴더 (없으면 설정의 폴더)")] = None,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """감시 폴더에서 기다리거나 없어진 파일을 처리했다고 적습니다. 파일이 또 바뀌면 다시 알립니다."""
    from assistant.publishing import watched

    user = signed_in(who, password_file)
    watched.settle(open_office(), user, name, folder)
    say(f"{name}: 처리했다고 적었습니다.")
