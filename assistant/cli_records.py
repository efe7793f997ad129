"""Commands on what was answered: approved answers, purging of records, corrections."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli_options import say
from assistant.cli_staff import AsOption, PasswordOption, open_office, parse_day, signed_in
from assistant.domain import Status
from assistant.records.logged import Verdict
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.publishing.office import Office
    from assistant.records.users import User

curated_app = typer.Typer(no_args_is_help=True, help="승인된 답변을 만들고 승인하고 내립니다.")
records_app = typer.Typer(no_args_is_help=True, help="기록을 열고 파기합니다.")
correction_app = typer.Typer(no_args_is_help=True, help="틀린 근거로 답한 전화를 찾아 다시 겁니다.")

IdArgument = Annotated[str, typer.Argument(help="문서 id")]
WhyOption = Annotated[str, typer.Option(help="까닭 한 줄")]


@curated_app.command("add")
def curated_add(
    answer_id: Annotated[str, typer.Argument(help="기록된 답의 id")],
    until: Annotated[str, typer.Option(help="유효 기간의 끝날")],
    since: Annotated[str | None, typer.Option("--from", help="유효 기간의 첫날 (기본: 오늘)")] = None,
    question: Annotated[list[str] | None, typer.Option(help="같은 답을 줄 다른 말")] = None,
    statement: Annotated[
        list[int] | None, typer.Option(help="내보낼 문장의 번호 (`records open`이 보임, 기본: 모두)")
    ] = None,
    note: Annotated[str, typer.Option(help="덧붙일 말")] = "",
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """기록된 답으로 승인된 답변을 만듭니다. 다른 사람이 승인하면 나갑니다."""
    from assistant.publishing.notices import curate

    user, last = signed_in(who, password_file), parse_day(until, "--until")
    number = curate(
        open_office(), user, answer_id, last,
        valid_from=parse_day(since, "--from") if since else None,
        questions=question or (),
        statements=[n - 1 for n in statement] if statement else None,
        note=note,
    )  # fmt: skip
    say(f"승인 답변 {number}번: 승인을 기다립니다.")


@curated_app.command("approve")
def curated_approve(
    number: Annotated[int, typer.Argument(help="번호")],
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """다른 사람이 쓴 답을 승인합니다."""
    from assistant.publishing.notices import approve

    user = signed_in(who, password_file)
    approve(open_office(), user, number)
    say(f"승인 답변 {number}번이 나갑니다.")


@curated_app.command("withdraw")
def curated_withdraw(
    number: Annotated[int, typer.Argument(help="번호")],
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """승인된 답변을 내립니다."""
    from assistant.publishing.notices import withdraw_curated

    user = signed_in(who, password_file)
    withdraw_curated(open_office(), user, number)
    say(f"승인 답변 {number}번을 내렸습니다.")


@curated_app.command("list")
def curated_list() -> None:
    """승인된 답변과 멈춘 까닭을 보입니다."""
    from assistant.publishing.notices import curated, suspended

    office = open_office()
    stopped = {c.id: why for c, why in suspended(office)}
    for c in curated(office):
        state = "내림" if c.withdrawn else stopped.get(c.id) or ("나감" if c.approver else "승인 기다림")
        people = f"{c.author}\t{c.approver or '-'}"
        say(f"{c.id}\t{c.valid_from}~{c.valid_until}\t{people}\t{state}\t{c.questions[0]}")


@records_app.command("find")
def records_find(
    words: Annotated[str, typer.Argument(help="질문이나 답에 나온 말")] = "",
    since: Annotated[str | None, typer.Option("--from", help="첫날")] = None,
    until: Annotated[str | None, typer.Option(help="끝날")] = None,
    status: Annotated[Status | None, typer.Option(help="결과")] = None,
    verdict: Annotated[Verdict | None, typer.Option(help="평가")] = None,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """답한 기록을 찾습니다."""
    from assistant.publishing.log import search_log

    user = signed_in(who, password_file)
    first = parse_day(since, "--from") if since else None
    last = parse_day(until, "--until") if until else None
    for logged in search_log(open_office(), user, words, first, last, status, verdict):
        say(f"{logged.answer_id}\t{logged.at[:16]}\t{logged.status}\t{logged.question}")


@records_app.command("open")
def records_open(
    answer_id: Annotated[str, typer.Argument(help="기록된 답의 id")],
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """옛 답을 그때 그대로 엽니다: 문장, 인용한 말, 원문 해시, 지금 자료와 견준 결과."""
    from assistant.publishing.log import open_answer

    user = signed_in(who, password_file)
    opened = open_answer(open_office(), user, answer_id)
    logged = opened.logged
    say(f"{logged.question}\n기준일 {logged.as_of}  {logged.status}  세대 {logged.generation}")
    for place, statement in enumerate(logged.answer["statements"], 1):
        say(f"{place}. {statement['text']} {statement['citations']}")
    for passage, now in zip(opened.passages, opened.now, strict=True):
        say(f"[{passage.marker}] {passage.document_id}  {passage.hash[:12]}  {now}\n    {passage.quote}")


@records_app.command("purge")
def records_purge(
    days: Annotated[int | None, typer.Option(help="보관할 날 수 (기본: 설정)")] = None,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """보관 기간이 지난 기록을 파기합니다."""
    from assistant.records.store import Records
    from assistant.records.users import Right, require

    settings = Settings.from_environment()
    records, keep = Records(settings.records_path), days if days is not None else settings.retention_days
    require(records, signed_in(who, password_file), Right.PURGE, f"purge {keep}")
    say(f"{records.purge(keep)}건을 파기했습니다.")


@records_app.command("trail")
def records_trail(
    since: Annotated[str | None, typer.Option("--from", help="첫날")] = None,
    until: Annotated[str | None, typer.Option(help="끝날")] = None,
    refused: Annotated[bool, typer.Option("--refused", help="거절한 것만")] = False,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """누가 언제 무엇을 하려 했고 허용되었는지 새것부터 보입니다(관리자)."""
    from assistant.publishing.trail import trail
    from assistant.records.store import Records

    settings, user = Settings.from_environment(), signed_in(who, password_file)
    first = parse_day(since, "--from") if since else None
    last = parse_day(until, "--until") if until else None
    records = Records(settings.records_path)
    for line in trail(records, user, first, last, zone=settings.timezone, refused=refused):
        result = "허용" if line.allowed else "거절"
        say(f"{line.at[:16]}\t{line.user or '-'}\t{line.action}\t{result}\t{line.detail}")


@correction_app.command("open")
def correction_open(
    document_id: IdArgument,
    words: Annotated[str, typer.Argument(help="틀린 구절 (빈 글자면 문서 전체)")],
    why: WhyOption,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """틀린 구절로 답한 전화의 목록을 만듭니다."""
    from assistant.publishing.corrections import open_correction

    user, office = signed_in(who, password_file), open_office()
    number = open_correction(office, user, document_id, words, why)
    say(f"정정 {number}번")
    _say_calls(office, user, number)


@correction_app.command("list")
def correction_list(
    number: Annotated[int | None, typer.Argument(help="정정 번호 (없으면 정정 모두)")] = None,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """다시 걸 전화를 보입니다."""
    from assistant.publishing.corrections import corrections

    user, office = signed_in(who, password_file), open_office()
    if number is not None:
        _say_calls(office, user, number)
        return
    for found in corrections(office, user):
        say(f"{found.id}\t{found.document_id}\t{found.why}\t{found.done}/{found.answers}")


def _say_calls(office: "Office", user: "User | None", number: int) -> None:
    from assistant.publishing.corrections import to_call_back

    for c in to_call_back(office, user, number):
        done = f"{c.done_by} {c.done_at}" if c.done_by else "남음"
        say(f"{c.answer_id}\t{c.at[:16]}\t{c.channel}\t{c.call or '-'}\t{c.question}\t{done}")


@correction_app.command("tick")
def correction_tick(
    number: Annotated[int, typer.Argument(help="정정 번호")],
    answer_id: Annotated[str, typer.Argument(help="답의 id")],
    note: Annotated[str, typer.Option(help="한 줄")] = "",
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """다시 전화했음을 적습니다."""
    from assistant.publishing.corrections import tick

    user = signed_in(who, password_file)
    tick(open_office(), user, number, answer_id, note)
    say(f"{answer_id}: 적었습니다.")
