"""python -m assistant …: every command; errors become one line on stderr and exit status 1."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli_corpus import corpus_app
from assistant.cli_eval import eval_app
from assistant.cli_index import index_app
from assistant.cli_options import (
    DayOption,
    IndexOption,
    JsonOption,
    open_assistant,
    parse_day,
    say,
    settings_of,
)
from assistant.cli_staff import register
from assistant.errors import AssistantError, SettingsError

if TYPE_CHECKING:
    from assistant.domain import Evidence

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="복지상담 도우미"
)
app.add_typer(index_app, name="index")
app.add_typer(corpus_app, name="corpus")
app.add_typer(eval_app, name="eval")

register(app, corpus_app)


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
    day = parse_day(as_of)
    if questions is None or answers is None:
        from assistant.channels.terminal import render

        answer = open_assistant(index, decided=True).ask(question or "", as_of=day)
        say(json.dumps(answer_to_dict(answer), ensure_ascii=False, indent=1) if as_json else render(answer))
        return
    rows = _lines(questions)
    days = [parse_day(row.get("as_of"), f"{questions}: {row['query_id']}") or day for row in rows]
    assistant = open_assistant(index, decided=True)
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

    day = parse_day(as_of)
    if topics is None or run is None:
        found = open_assistant(index, decided=True).search(question or "", as_of=day, k=k)
        if as_json:
            say(json.dumps([evidence_to_dict(e) for e in found], ensure_ascii=False, indent=1))
        else:
            say("\n".join(_evidence_line(e) for e in found) or "자료에 없습니다.")
        return
    rows = _lines(topics)
    days = [parse_day(row.get("as_of"), f"{topics}: {row['query_id']}") or day for row in rows]
    assistant = open_assistant(index, decided=True)
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


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="주소")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="포트")] = 7860,
    index: IndexOption = None,
) -> None:
    """상담 화면을 엽니다."""
    from assistant.channels.web.page import serve as serve_page
    from assistant.index.generations import GenerationStore
    from assistant.records.store import Records
    from assistant.service import Assistant

    settings = settings_of(index)
    GenerationStore(settings.index_dir).current_id()
    assistant = Assistant.open(settings, Records(settings.records_path))
    serve_page(assistant, settings, host, port)
