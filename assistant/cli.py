"""python -m assistant …: every command; errors become one line on stderr and exit status 1."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.errors import AssistantError, SettingsError
from assistant.settings import PROJECT, Settings

if TYPE_CHECKING:
    from assistant.domain import Document, Evidence
    from assistant.service import Assistant

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="복지상담 도우미"
)
index_app = typer.Typer(no_args_is_help=True, help="색인을 만들고 확인하고 되돌립니다.")
corpus_app = typer.Typer(no_args_is_help=True, help="자료를 확인합니다.")
eval_app = typer.Typer(no_args_is_help=True, help="답변 품질을 재고 비교합니다.")
app.add_typer(index_app, name="index")
app.add_typer(corpus_app, name="corpus")
app.add_typer(eval_app, name="eval")

IndexOption = Annotated[Path | None, typer.Option("--index", help="색인 폴더")]
CorpusOption = Annotated[Path | None, typer.Option("--corpus", help="자료 폴더")]
DayOption = Annotated[str | None, typer.Option("--as-of", help="기준일 (YYYY-MM-DD)")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON으로 출력")]


def main() -> None:
    """Run the command line: 0 done, 1 the user's mistake or a failed check, 2 usage. Never a traceback."""
    try:
        status = app(standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except AssistantError as error:
        _complain(str(error))
    except Exception as error:  # noqa: BLE001 - the edge: what is left becomes one line
        from typer._click.exceptions import ClickException  # Typer carries its own copy of click

        if isinstance(error, ClickException):
            error.show()
            sys.exit(error.exit_code)
        if isinstance(error, typer.Abort | BrokenPipeError):
            sys.exit(1)
        _complain(
            f"예상하지 못한 오류입니다({type(error).__name__}: {error}). 같은 명령을 다시 실행해 보고, "
            f"되풀이되면 알려 주세요."
        )
    except KeyboardInterrupt:
        sys.exit(130)


def _complain(message: str) -> None:
    sys.stderr.write(" ".join(message.split()) + "\n")
    sys.exit(1)


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


def _settings(index: Path | None = None, corpus: Path | None = None) -> Settings:
    from dataclasses import replace

    settings = Settings.from_environment()
    if index is not None:
        settings = replace(settings, index_dir=index)
    return replace(settings, corpus_dir=corpus) if corpus is not None else settings


def _open(index: Path | None) -> "Assistant":
    from assistant.index.generations import GenerationStore
    from assistant.service import Assistant

    settings = _settings(index)
    GenerationStore(settings.index_dir).current_id()
    return Assistant.open(settings)


def _day(text: str | None, where: str = "--as-of") -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(
            f"{where}: {text!r}은(는) 날짜가 아닙니다. 2021-03-02처럼 적어 주세요."
        ) from error


def _lines(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a .jsonl file; each needs query_id and text (SettingsError names file and line)."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path}: 파일을 읽을 수 없습니다. 경로와 UTF-8 인코딩을 확인해 주세요."
        ) from error
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise SettingsError(
                f"{path}:{number}: JSON이 아닙니다. 한 줄에 객체 하나를 적어 주세요."
            ) from error
        if not isinstance(row, dict) or not {"query_id", "text"} <= row.keys():
            raise SettingsError(f"{path}:{number}: query_id와 text가 있어야 합니다.")
        rows.append(row)
    return rows


@contextmanager
def _writing(path: Path) -> Iterator[Callable[[str], object]]:
    """A file that appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{path.name}.part")
    with staged.open("w", encoding="utf-8") as file:
        yield file.write
    staged.replace(path)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="질문")] = None,
    as_of: DayOption = None,
    as_json: JsonOption = False,
    questions: Annotated[Path | None, typer.Option(help="질문 파일 (.jsonl)")] = None,
    answers: Annotated[Path | None, typer.Option(help="답변을 쓸 파일 (.jsonl)")] = None,
    index: IndexOption = None,
) -> None:
    """질문 하나 또는 파일의 질문 모두에 답합니다."""
    from assistant.answering.serialise import answer_to_dict

    if (question is None) == (questions is None) or (questions is None) != (answers is None):
        raise typer.BadParameter("질문을 적거나, --questions와 --answers를 함께 주세요.")
    day = _day(as_of)
    if questions is None or answers is None:
        from assistant.channels.terminal import render

        answer = _open(index).ask(question or "", as_of=day)
        _print(
            json.dumps(answer_to_dict(answer), ensure_ascii=False, indent=1) if as_json else render(answer)
        )
        return
    rows = _lines(questions)
    days = [_day(row.get("as_of"), f"{questions}: {row['query_id']}") or day for row in rows]
    assistant = _open(index)
    with _writing(answers) as write:
        for row, when in zip(_progress(rows, "answering"), days, strict=True):
            given = assistant.ask(
                str(row["text"]), as_of=when, context=tuple(map(str, row.get("context") or ()))
            )
            line = {"query_id": row["query_id"], "answer": answer_to_dict(given)}
            write(json.dumps(line, ensure_ascii=False) + "\n")


@app.command()
def search(
    question: Annotated[str | None, typer.Argument(help="질문")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="몇 개까지")] = 10,
    as_of: DayOption = None,
    as_json: JsonOption = False,
    topics: Annotated[Path | None, typer.Option(help="질문 파일 (.jsonl)")] = None,
    run: Annotated[Path | None, typer.Option(help="TREC 결과를 쓸 파일")] = None,
    index: IndexOption = None,
) -> None:
    """자료를 찾아 순위와 근거를 보입니다."""
    if (question is None) == (topics is None) or (topics is None) != (run is None):
        raise typer.BadParameter("질문을 적거나, --topics와 --run을 함께 주세요.")
    from assistant.answering.serialise import evidence_to_dict

    day = _day(as_of)
    if topics is None or run is None:
        found = _open(index).search(question or "", as_of=day, k=k)
        if as_json:
            _print(json.dumps([evidence_to_dict(e) for e in found], ensure_ascii=False, indent=1))
        else:
            _print("\n".join(_evidence_line(e) for e in found) or "자료에 없습니다.")
        return
    rows = _lines(topics)
    days = [_day(row.get("as_of"), f"{topics}: {row['query_id']}") or day for row in rows]
    assistant = _open(index)
    with _writing(run) as write:
        for row, when in zip(_progress(rows, "searching"), days, strict=True):
            write(_trec(str(row["query_id"]), assistant.search(str(row["text"]), as_of=when, k=k)))


def _evidence_line(evidence: "Evidence") -> str:
    ranks = f"낱말 {evidence.lexical_rank or '-'}위 · 의미 {evidence.dense_rank or '-'}위"
    left_out = f" · 뺌: {evidence.rejected}" if evidence.rejected else ""
    return f"{evidence.score:.3f}  {evidence.title}  [{evidence.state}]  {ranks}{left_out}  ({evidence.path})"


def _trec(query_id: str, hits: Iterable["Evidence"]) -> str:
    """Lines of a TREC run: documents by path, scores strictly decreasing."""
    lines, last = [], float("inf")
    for rank, hit in enumerate((h for h in hits if h.rejected is None), 1):
        score = min(hit.score, last - 1e-6)
        last = score
        lines.append(f"{query_id}\tQ0\t{hit.path}\t{rank}\t{score:.6f}\tassistant\n")
    return "".join(lines)


def _progress(rows: list[dict[str, Any]], what: str) -> Iterable[dict[str, Any]]:
    from rich.console import Console
    from rich.progress import track

    return track(rows, description=what, console=Console(stderr=True), transient=True)


@index_app.command("build")
def index_build(corpus: CorpusOption = None, index: IndexOption = None) -> None:
    """자료를 읽어 새 색인 세대를 만들고 바꿔 답니다."""
    from assistant.service import build_index, load_encoder

    settings = _settings(index, corpus)
    if not settings.corpus_dir.is_dir():
        raise SettingsError(
            f"{settings.corpus_dir}: 자료 폴더가 없습니다. --corpus에 있는 폴더를 적어 주세요."
        )
    with _stages() as progress:
        built = build_index(settings, load_encoder(settings), progress)
    manifest = built.manifest
    _print(
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
    """쓰고 있는 세대의 파일을 모두 확인합니다."""
    from assistant.index.generations import GenerationStore

    store = GenerationStore(_settings(index).index_dir)
    generation = store.current_id()
    store.verify(generation)
    _print(f"{generation}: 이상 없음")


@index_app.command("list")
def index_list(index: IndexOption = None) -> None:
    """색인 세대를 오래된 것부터 보입니다. *가 쓰고 있는 세대입니다."""
    from assistant.index.generations import GenerationStore

    store = GenerationStore(_settings(index).index_dir)
    live = store.current_id()
    for m in store.list():
        mark = "*" if m.generation == live else " "
        _print(
            f"{mark} {m.generation}  문서 {m.documents}  조각 {m.chunks}  인코더 {m.encoder}  {m.built_at}"
        )


@index_app.command("rollback")
def index_rollback(index: IndexOption = None) -> None:
    """바로 전 세대로 되돌립니다."""
    from assistant.index.generations import GenerationStore

    store = GenerationStore(_settings(index).index_dir)
    with store.writing():
        before = store.current_id()
        previous = store.previous_id()
        store.verify(previous)
        store.switch(previous)
    _print(f"{before} → {previous}")


@corpus_app.command("show")
def corpus_show(
    document_id: Annotated[str, typer.Argument(help="문서 id")],
    text: Annotated[bool, typer.Option("--text", help="저장된 본문만 그대로 출력")] = False,
    index: IndexOption = None,
) -> None:
    """쓰고 있는 세대의 문서를 보입니다."""
    document = _stored(index, document_id)
    if text:
        sys.stdout.write(document.text)
        return
    m = document.metadata
    _print(f"{m.title}\n  id {m.id} · {document.path}")
    _print(f"  {m.publisher or '발행처 미확인'} · {m.region or '지역 미확인'}")
    _print(f"  효력 {m.effective_from or '미확인'} ~ {m.effective_until or '미확인'} ({m.term})\n")
    _print(document.text)


def _stored(index: Path | None, document_id: str) -> "Document":
    for document in _documents(index):
        if document.id == document_id:
            return document
    raise SettingsError(f"{document_id}: 그런 문서가 없습니다. `corpus list`로 id를 확인해 주세요.")


def _documents(index: Path | None) -> tuple["Document", ...]:
    from assistant.index.generations import GenerationStore
    from assistant.index.store import load_documents

    store = GenerationStore(_settings(index).index_dir)
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

        _print(counted(load_corpus(_settings(None, corpus).corpus_dir)))
        return
    for document in _documents(index):
        m = document.metadata
        _print(
            f"{m.id}\t{m.category or '-'}\t{m.effective_from or '-'}\t{m.effective_until or '-'}\t{m.title}"
        )


@corpus_app.command("check")
def corpus_check(corpus: CorpusOption = None) -> None:
    """자료의 머리말, 기간, 판, 별칭, 금액을 검사합니다."""
    from assistant.corpus.checks import check_corpus

    findings = check_corpus(_settings(None, corpus).corpus_dir)
    for f in findings:
        _print(f"{f.severity} {f.path}:{f.line}: {f.what} → {f.what_to_do}")
    errors = sum(f.severity == "error" for f in findings)
    _print(f"오류 {errors}건, 그 밖 {len(findings) - errors}건")
    if errors:
        raise typer.Exit(1)


@eval_app.command("run")
def eval_run(
    topics: Annotated[list[Path] | None, typer.Option(help="문항 파일이나 폴더")] = None,
    out: Annotated[Path, typer.Option(help="결과 폴더")] = PROJECT / "evals" / "results" / "latest",
    heldout: Annotated[
        bool, typer.Option("--heldout", help="따로 둔 문항까지 (배포 때만, 기록됩니다)")
    ] = False,
    index: IndexOption = None,
) -> None:
    """문항을 모두 묻고 채점하여 결과를 남깁니다."""
    from assistant.evaluation import TOPICS, run_evaluation
    from assistant.evaluation.progress import progress_bar

    assistant = _open(index)
    with progress_bar("채점") as progress:
        summary = run_evaluation(assistant, topics or TOPICS, out, progress, held_out=heldout)
    _print("\n".join(summary.lines))
    _print(f"결과: {out}")


@eval_app.command("compare")
def eval_compare(
    before: Annotated[Path, typer.Argument(help="앞선 결과 폴더")],
    after: Annotated[Path, typer.Argument(help="새 결과 폴더")],
    gates: Annotated[Path | None, typer.Option(help="통과 기준 (.yaml)")] = None,
) -> None:
    """두 결과를 견줍니다. 기준 아래로 떨어지면 1로 끝납니다."""
    from assistant.evaluation import GATES, compare_runs

    comparison = compare_runs(before, after, gates or GATES)
    _print("\n".join(comparison.lines))
    if comparison.failed:
        raise typer.Exit(1)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="주소")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="포트")] = 7860,
    index: IndexOption = None,
) -> None:
    """상담 화면을 엽니다."""
    from assistant.channels.web.page import serve as serve_page

    serve_page(_open(index), _settings(index), host, port)
