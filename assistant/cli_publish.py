"""Commands that change the corpus: draft, preview, publish, undo, history."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli_options import say
from assistant.cli_staff import AsOption, PasswordOption, open_office, signed_in
from assistant.errors import SettingsError

if TYPE_CHECKING:
    from assistant.domain import Metadata
    from assistant.publishing.drafts import Draft
    from assistant.publishing.office import Office
    from assistant.publishing.preview import Preview
    from assistant.records.users import User

FileArgument = Annotated[Path, typer.Argument(help="올릴 파일")]
IdArgument = Annotated[str, typer.Argument(help="문서 id")]
WhyOption = Annotated[str, typer.Option(help="까닭 한 줄")]
MetaOption = Annotated[
    Path | None, typer.Option("--meta", help="머리말 YAML 파일 (`corpus propose`로 만듭니다)")
]
NumbersArgument = Annotated[list[int], typer.Argument(help="초안 번호")]


def add_commands(corpus_app: typer.Typer) -> None:
    """Add the commands that change the corpus to `corpus`."""
    for command in (
        propose,
        add,
        replace,
        edit,
        amend,
        retire,
        restore,
        drafts,
        preview,
        publish,
        undo,
        history,
    ):
        corpus_app.command(command.__name__)(command)


def propose(file: FileArgument) -> None:
    """파일의 머리말을 제안합니다. 고쳐서 --meta로 주세요."""
    from assistant.publishing.front_matter import to_yaml
    from assistant.publishing.proposal import propose as proposed
    from assistant.publishing.replacement import settled

    office = open_office()
    found = settled(office, proposed(office, file))
    say("".join(f"# {words}\n" for words in found.told) + to_yaml(found.metadata).rstrip())


def add(
    file: FileArgument,
    why: WhyOption,
    meta: MetaOption = None,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """새 문서의 초안을 만듭니다."""
    from assistant.publishing.drafts import add as draft_add
    from assistant.publishing.proposal import propose as proposed
    from assistant.publishing.replacement import settled

    user, office = signed_in(who, password_file), open_office()
    metadata = _metadata(meta) or settled(office, proposed(office, file)).metadata
    _drafted(draft_add(office, user, file, metadata, why))


def replace(
    document_id: IdArgument,
    file: FileArgument,
    why: WhyOption,
    meta: MetaOption = None,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """있는 문서의 내용을 바꾸는 초안을 만듭니다."""
    from assistant.publishing.drafts import own_metadata, replace_document
    from assistant.publishing.replacement import of_file

    user, office = signed_in(who, password_file), open_office()
    metadata = _metadata(meta) or own_metadata(file)
    if metadata is None:
        start = of_file(office, document_id, file)
        metadata = start.metadata
        say("\n".join(start.told))
    _drafted(replace_document(office, user, document_id, file, why, metadata))


def edit(
    document_id: IdArgument,
    meta: Annotated[
        Path, typer.Option("--meta", help="고친 머리말 YAML 파일 (`corpus show ID --meta`로 봅니다)")
    ],
    why: WhyOption,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """글은 그대로 두고 문서의 머리말(검토 기한, 담당, 기간)만 고치는 초안을 만듭니다."""
    from assistant.publishing.drafts import edit_metadata

    user, office = signed_in(who, password_file), open_office()
    metadata = _metadata(meta)
    assert metadata is not None
    _drafted(edit_metadata(office, user, document_id, metadata, why))


def amend(
    document_id: IdArgument,
    file: FileArgument,
    facets: Annotated[str, typer.Option(help="바뀌는 항목 (benefit,period …)")],
    meta: Annotated[Path, typer.Option("--meta", help="변경 공고의 머리말 YAML 파일")],
    why: WhyOption,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """있는 문서의 몇 항목만 바꾸는 변경 공고의 초안을 만듭니다."""
    from assistant.domain import Facet
    from assistant.publishing.drafts import amend as draft_amend

    try:
        changed = [Facet(name.strip()) for name in facets.split(",")]
    except ValueError as error:
        raise SettingsError(f"--facets: {error}. {', '.join(Facet)} 가운데서 적어 주세요.") from error
    user, office = signed_in(who, password_file), open_office()
    metadata = _metadata(meta)
    assert metadata is not None
    _drafted(draft_amend(office, user, document_id, changed, file, metadata, why))


def retire(
    document_id: IdArgument, why: WhyOption, who: AsOption = None, password_file: PasswordOption = None
) -> None:
    """문서를 모든 답에서 빼는 초안을 만듭니다. 파일과 이력은 남습니다."""
    from assistant.publishing.drafts import retire as draft_retire

    user = signed_in(who, password_file)
    _drafted(draft_retire(open_office(), user, document_id, why))


def restore(
    document_id: IdArgument, why: WhyOption, who: AsOption = None, password_file: PasswordOption = None
) -> None:
    """내린 문서를 다시 올리는 초안을 만듭니다."""
    from assistant.publishing.drafts import restore as draft_restore

    user = signed_in(who, password_file)
    _drafted(draft_restore(open_office(), user, document_id, why))


def drafts() -> None:
    """게시하지 않은 초안을 보입니다."""
    from assistant.publishing.drafts import open_drafts

    for draft in open_drafts(open_office()):
        say(f"{draft.id}\t{draft.at[:16]}\t{draft.author}\t{draft.action}\t{draft.document_id}\t{draft.why}")


def preview(
    numbers: NumbersArgument,
    gates: Annotated[
        bool, typer.Option("--gates", help="평가 질문을 모두 물어 기준도 봅니다(몇 분)")
    ] = False,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """게시하면 무엇이 바뀌는지 보입니다: 구절, 충돌, 답이 바뀌는 질문, 검사 결과."""
    user = signed_in(who, password_file)
    _show(_looked_ahead(open_office(), user, numbers, gates))


def publish(
    numbers: NumbersArgument,
    why: WhyOption,
    override: Annotated[str | None, typer.Option(help="막는 것이 있어도 게시하는 까닭")] = None,
    gates: Annotated[
        bool, typer.Option("--gates", help="평가 질문을 모두 물어 기준도 봅니다(몇 분)")
    ] = False,
    approver: Annotated[str | None, typer.Option(help="승인하는 다른 사람")] = None,
    approver_password_file: Annotated[Path | None, typer.Option(help="승인하는 사람의 비밀번호 파일")] = None,
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """초안을 게시합니다."""
    from assistant.publishing.publication import publish as make_live

    user, second = signed_in(who, password_file), signed_in(approver, approver_password_file)
    office = open_office()
    seen = _looked_ahead(office, user, numbers, gates)
    _show(seen)
    done = make_live(office, user, numbers, why, preview=seen, override=override, approver=second)
    say(f"게시 {done.id}번: {done.generation_before} → {done.generation_after}")


def undo(
    number: Annotated[int | None, typer.Argument(help="게시 번호 (기본: 마지막)")] = None,
    why: WhyOption = "되돌림",
    who: AsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """게시를 되돌립니다."""
    from assistant.publishing.publication import undo as take_back

    user = signed_in(who, password_file)
    done = take_back(open_office(), user, why, number)
    say(f"{done.what}: {done.generation_before} → {done.generation_after}")


def history() -> None:
    """누가 언제 무엇을 왜 바꾸었는지 새것부터 보입니다."""
    from assistant.publishing.history import history as past

    for p in past(open_office()):
        override = f" ({p.override})" if p.override else ""
        say(f"{p.id}\t{p.at[:16]}\t{p.user}\t{p.kind}\t{p.what}\t{p.why}{override}\t{p.outcome or '진행 중'}")


def _metadata(meta: Path | None) -> "Metadata | None":
    from assistant.corpus.metadata import parse_metadata

    if meta is None:
        return None
    try:
        return parse_metadata(meta.read_text(encoding="utf-8"), meta.name)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{meta}: 머리말 파일을 읽을 수 없습니다. 경로를 확인해 주세요.") from error


def _looked_ahead(office: "Office", user: "User | None", numbers: list[int], gates: bool) -> "Preview":
    from assistant.publishing.gates import with_gates
    from assistant.publishing.preview import preview as look_ahead

    seen = look_ahead(office, user, numbers)
    return with_gates(office, seen) if gates else seen


def _drafted(draft: "Draft") -> None:
    say(f"초안 {draft.id}번: `corpus preview {draft.id}`로 보고 `corpus publish {draft.id}`로 게시하세요.")


def _show(seen: "Preview") -> None:
    for p in seen.passages:
        say(f"[{p.title} > {' > '.join(p.heading_path)}]")
        old, new = (p.before or "").splitlines(), (p.after or "").splitlines()
        say("\n".join([*(f"- {x}" for x in old if x not in new), *(f"+ {x}" for x in new if x not in old)]))
    for change in (*seen.topics, *seen.logged):
        say(f"답이 바뀌는 질문 ({change.source}, 기준일 {change.as_of}): {change.question}")
        say(f"  전: {change.before}\n  뒤: {change.after}")
    for finding in seen.findings:
        say(f"검사: {finding}")
    for reason in seen.blocking:
        say(f"막음: {reason}")
    for cut in seen.not_asked:
        say(f"오래 걸려 묻지 않음: {cut}")
    changed = len(seen.topics) + len(seen.logged)
    say(f"구절 {len(seen.passages)}곳, 질문 {changed}개가 바뀝니다(평가 질문 {seen.asked}개를 물었음).")
