"""Commands that read the corpus: show, list, check."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli_options import CorpusOption, IndexOption, say, settings_of
from assistant.errors import SettingsError

if TYPE_CHECKING:
    from assistant.domain import Document

corpus_app = typer.Typer(no_args_is_help=True, help="자료를 보고 검사하고 바꿉니다.")


@corpus_app.command("show")
def corpus_show(
    document_id: Annotated[str, typer.Argument(help="문서 id")],
    text: Annotated[bool, typer.Option("--text", help="저장된 본문만 그대로 출력")] = False,
    meta: Annotated[
        bool, typer.Option("--meta", help="머리말 YAML만 출력 (`corpus edit`로 고칩니다)")
    ] = False,
    index: IndexOption = None,
) -> None:
    """쓰고 있는 세대의 문서를 보입니다."""
    document = _stored(index, document_id)
    if text:
        sys.stdout.write(document.text)
        return
    if meta:
        from assistant.publishing.front_matter import to_yaml

        sys.stdout.write(to_yaml(document.metadata))
        return
    m = document.metadata
    say(f"{m.title}\n  id {m.id} · {document.path}")
    say(f"  {m.publisher or '발행처 미확인'} · {m.region or '지역 미확인'}")
    say(f"  효력 {m.effective_from or '미확인'} ~ {m.effective_until or '미확인'} ({m.term})\n")
    say(document.text)


def _stored(index: Path | None, document_id: str) -> "Document":
    for document in _documents(index):
        if document.id == document_id:
            return document
    raise SettingsError(f"{document_id}: 그런 문서가 없습니다. `corpus list`로 id를 확인해 주세요.")


def _documents(index: Path | None) -> tuple["Document", ...]:
    from assistant.index.generations import GenerationStore
    from assistant.index.store import load_documents

    store = GenerationStore(settings_of(index).index_dir)
    return load_documents(store.path(store.current_id()) / "documents.json")


@corpus_app.command("list")
def corpus_list(
    index: IndexOption = None,
    overview: Annotated[bool, typer.Option("--overview", help="자료 폴더의 건수를 분류별로")] = False,
    corpus: CorpusOption = None,
) -> None:
    """쓰고 있는 세대의 문서를 보입니다."""
    if overview:
        from assistant.corpus.library import load_corpus
        from assistant.corpus.overview import overview as counted

        say(counted(load_corpus(settings_of(None, corpus).corpus_dir)))
        return
    for document in _documents(index):
        m = document.metadata
        say(f"{m.id}\t{m.category or '-'}\t{m.effective_from or '-'}\t{m.effective_until or '-'}\t{m.title}")


@corpus_app.command("check")
def corpus_check(corpus: CorpusOption = None) -> None:
    """자료의 머리말, 기간, 판, 별칭, 금액을 검사합니다."""
    from assistant.corpus.checks import check_corpus

    findings = check_corpus(settings_of(None, corpus).corpus_dir)
    for f in findings:
        say(f"{f.severity} {f.path}:{f.line}: {f.what} → {f.what_to_do}")
    errors = sum(f.severity == "error" for f in findings)
    say(f"오류 {errors}건, 그 밖 {len(findings) - errors}건")
    if errors:
        raise typer.Exit(1)
