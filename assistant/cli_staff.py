"""Commands of the staff: users, bulletins, work list, gaps. `register` adds them and those of publishing."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from assistant.cli_options import say
from assistant.errors import AccessDenied, SettingsError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.publishing.office import Office
    from assistant.records.users import User

users_app = typer.Typer(no_args_is_help=True, help="로그인할 사람과 역할을 관리합니다.")
bulletin_app = typer.Typer(no_args_is_help=True, help="공지를 올리고 내립니다.")

AsOption = Annotated[str | None, typer.Option("--as", help="로그인 이름")]
PasswordOption = Annotated[
    Path | None, typer.Option("--password-file", help="비밀번호가 든 파일 (없으면 물어봅니다)")
]


def register(app: typer.Typer, corpus_app: typer.Typer) -> None:
    """Add the staff's commands to the command line."""
    from assistant.cli_publish import add_commands
    from assistant.cli_records import correction_app, curated_app, records_app
    from assistant.cli_switch import switch_app
    from assistant.cli_watch import add_watching

    app.add_typer(users_app, name="users")
    app.add_typer(bulletin_app, name="bulletin")
    app.add_typer(curated_app, name="curated")
    app.add_typer(records_app, name="records")
    app.add_typer(correction_app, name="correction")
    app.add_typer(switch_app, name="switch")
    app.command("worklist")(worklist)
    app.command("gaps")(gaps)
    add_commands(corpus_app)
    add_watching(corpus_app)


def open_office() -> "Office":
    """The live assistant with its records."""
    from assistant.publishing.office import Office
    from assistant.publishing.publication import start
    from assistant.records.store import Records
    from assistant.service import Assistant

    settings = Settings.from_environment()
    records = Records(settings.records_path)
    office = Office(Assistant.open(settings, records), records)
    start(office)
    return office


def signed_in(name: str | None, password_file: Path | None) -> "User | None":
    """The person who signs in with `--as` and a password; None without `--as` (AccessDenied)."""
    from assistant.records.users import Users

    users = Users(Settings.from_environment().users_path)
    if name is None:
        return None
    if not users.exist:
        raise AccessDenied(
            "사용자가 없습니다. `python -m assistant users add 이름 --role 관리자`로 만드세요."
        )
    return users.sign_in(name, read_password(f"{name} 비밀번호", password_file))


def read_password(prompt: str, file: Path | None, *, confirm: bool = False) -> str:
    """A password from a file's first line, or typed unseen (SettingsError)."""
    if file is None:
        return str(typer.prompt(prompt, hide_input=True, confirmation_prompt=confirm, err=True))
    try:
        return file.read_text(encoding="utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise SettingsError(f"{file}: 비밀번호 파일을 읽을 수 없습니다. 경로를 확인해 주세요.") from error


def parse_day(text: str, option: str) -> date:
    """A day as typed (SettingsError)."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(
            f"{option}: {text!r}은(는) 날짜가 아닙니다. 2021-03-02처럼 적어 주세요."
        ) from error


def parse_moment(text: str, option: str, zone: str, *, end: bool = False) -> datetime:
    """A moment as typed, or a whole day: its first minute, or its last where it ends something."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(
            f"{option}: {text!r}은(는) 때가 아닙니다. 2021-03-02T14:00처럼 적어 주세요."
        ) from error
    if end and len(text) == 10:
        moment += timedelta(days=1, minutes=-1)
    return moment.replace(tzinfo=moment.tzinfo or ZoneInfo(zone))


@users_app.command("add")
def users_add(
    name: Annotated[str, typer.Argument(help="이름")],
    role: Annotated[str, typer.Option(help="상담사 · 정책담당 · 평가자 · 관리자")],
    new_password: Annotated[Path | None, typer.Option(help="새 비밀번호가 든 파일")] = None,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """사람을 더하거나 비밀번호와 역할을 바꿉니다. 첫 사람 뒤에는 관리자만 할 수 있습니다."""
    from assistant.records.users import Role, Users

    users = Users(Settings.from_environment().users_path)
    if not users.exist and role != Role.ADMIN:
        raise SettingsError("첫 사람은 관리자여야 합니다. --role 관리자로 만들어 주세요.")
    _may_manage(users.exist, who, password_file, f"add {name} {role}")
    user = users.add(name, read_password(f"{name} 새 비밀번호", new_password, confirm=True), role)
    say(f"{user.name}: {user.role}")


@users_app.command("remove")
def users_remove(
    name: Annotated[str, typer.Argument(help="이름")],
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """사람을 뺍니다. 한 일의 기록은 남습니다."""
    from assistant.records.users import Users

    _may_manage(True, who, password_file, f"remove {name}")
    Users(Settings.from_environment().users_path).remove(name)
    say(f"{name}: 뺐습니다.")


@users_app.command("list")
def users_list() -> None:
    """사람과 역할을 보입니다."""
    from assistant.records.users import Users

    for user in Users(Settings.from_environment().users_path).names():
        say(f"{user.name}\t{user.role}")


def _may_manage(exist: bool, who: str | None, password_file: Path | None, detail: str) -> None:
    from assistant.records.store import Records
    from assistant.records.users import Right, require

    if exist:
        records = Records(Settings.from_environment().records_path)
        require(records, signed_in(who, password_file), Right.USERS, detail)


@bulletin_app.command("add")
def bulletin_add(
    programme: Annotated[str, typer.Argument(help="사업 (programme)")],
    text: Annotated[str, typer.Argument(help="공지 글")],
    until: Annotated[str, typer.Option(help="끝 (2021-03-02 또는 2021-03-02T18:00)")],
    since: Annotated[str | None, typer.Option("--from", help="시작 (기본: 지금)")] = None,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """한 사업의 모든 답 맨 위에 공지를 올립니다."""
    from assistant.publishing.notices import post_bulletin

    user, office = signed_in(who, password_file), open_office()
    zone = office.settings.timezone
    starts = parse_moment(since, "--from", zone) if since else datetime.now(ZoneInfo(zone))
    ends = parse_moment(until, "--until", zone, end=True)
    say(f"공지 {post_bulletin(office, user, programme, text, starts, ends)}번")


@bulletin_app.command("list")
def bulletin_list() -> None:
    """공지를 모두 보입니다."""
    from assistant.records.bulletins import load_bulletins
    from assistant.records.store import Records

    settings = Settings.from_environment()
    for b in load_bulletins(Records(settings.records_path), ZoneInfo(settings.timezone)):
        state = "내림" if b.withdrawn else f"{b.starts:%Y-%m-%d %H:%M}~{b.ends:%Y-%m-%d %H:%M}"
        say(f"{b.id}\t{b.programme}\t{state}\t{b.author}\t{b.text}")


@bulletin_app.command("withdraw")
def bulletin_withdraw(
    number: Annotated[int, typer.Argument(help="번호")],
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """공지를 내립니다."""
    from assistant.publishing.notices import withdraw_bulletin

    user = signed_in(who, password_file)
    withdraw_bulletin(open_office(), user, number)
    say(f"공지 {number}번을 내렸습니다.")


def worklist(
    csv: Annotated[Path | None, typer.Option(help="CSV로 쓸 파일")] = None,
    settle: Annotated[str | None, typer.Option(help="처리했다고 적을 질문")] = None,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """오늘 손볼 자료를 보입니다: 검토 지남, 올해 판 없음, 곧 마감, 충돌, 멈춘 승인 답변, 나쁜 평가."""
    from assistant.publishing import worklist as publishing

    user, office = signed_in(who, password_file), open_office()
    if settle is not None:
        publishing.settle(office, user, settle)
    items = publishing.work_list(office, user)
    if csv is not None:
        csv.write_text(publishing.to_csv(items), encoding="utf-8")
    for item in items:
        say(f"{item.kind}\t{item.subject}\t{item.what} → {item.what_to_do}")
    say(f"모두 {len(items)}건")


def gaps(
    since: Annotated[str | None, typer.Option("--from", help="첫날 (기본: 7일 전)")] = None,
    until: Annotated[str | None, typer.Option(help="끝날 (기본: 오늘)")] = None,
    csv: Annotated[Path | None, typer.Option(help="CSV로 쓸 파일")] = None,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """한 기간에 답하지 못했거나 나쁜 평가를 받은 질문을 묶어 보입니다."""
    from assistant.publishing.gaps import gaps as find_gaps
    from assistant.publishing.gaps import to_csv

    user, office = signed_in(who, password_file), open_office()
    last = parse_day(until, "--until") if until else office.assistant.today()
    first = parse_day(since, "--from") if since else last - timedelta(days=7)
    found = find_gaps(office, user, first, last)
    if csv is not None:
        csv.write_text(to_csv(found), encoding="utf-8")
    for gap in found:
        reasons = ", ".join(f"{name} {n}" for name, n in gap.reasons)
        say(f"{gap.count}번\t{gap.question} (말 {len(gap.questions)}가지; {reasons})")
        say(f"\t가까운 자료: {' / '.join(gap.nearest) or '없음'}")
