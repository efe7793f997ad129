"""Commands that switch a document off and on: at once, in every channel, without a publication."""

from typing import Annotated

import typer

from assistant.cli_options import say
from assistant.cli_staff import AsOption, PasswordOption, open_office, signed_in

switch_app = typer.Typer(no_args_is_help=True, help="자료를 답에서 끄고 다시 켭니다.")

IdArgument = Annotated[str, typer.Argument(help="문서 id")]
WhyOption = Annotated[str, typer.Option(help="까닭 한 줄")]


@switch_app.command("off")
def switch_off(
    document_id: IdArgument, why: WhyOption, who: AsOption = None, password_file: PasswordOption = None
) -> None:
    """자료를 끕니다: 다음 질문부터 어느 답에도 나가지 않습니다."""
    from assistant.publishing import switching

    user = signed_in(who, password_file)
    switching.switch_off(open_office(), user, document_id, why)
    say(f"{document_id}: 껐습니다.")


@switch_app.command("on")
def switch_on(
    document_id: IdArgument, why: WhyOption, who: AsOption = None, password_file: PasswordOption = None
) -> None:
    """꺼 둔 자료를 다시 켭니다."""
    from assistant.publishing import switching

    user = signed_in(who, password_file)
    switching.switch_on(open_office(), user, document_id, why)
    say(f"{document_id}: 켰습니다.")


@switch_app.command("list")
def switch_list() -> None:
    """꺼 둔 자료를 보입니다: 누가, 언제, 왜."""
    from assistant.records.store import Records
    from assistant.records.switches import switches
    from assistant.settings import Settings

    for switch in switches(Records(Settings.from_environment().records_path)):
        say(f"{switch.document_id}\t{switch.at[:16]}\t{switch.user}\t{switch.note}")
