"""Commands of the evaluators: run, compare."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli_options import IndexOption, open_assistant, say
from assistant.settings import PROJECT

eval_app = typer.Typer(no_args_is_help=True, help="답변 품질을 재고 비교합니다.")


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

    assistant = open_assistant(index)
    with progress_bar("채점") as progress:
        summary = run_evaluation(assistant, topics or TOPICS, out, progress, held_out=heldout)
    say("\n".join(summary.lines))
    say(f"결과: {out}")


@eval_app.command("compare")
def eval_compare(
    before: Annotated[Path, typer.Argument(help="앞선 결과 폴더")],
    after: Annotated[Path, typer.Argument(help="새 결과 폴더")],
    gates: Annotated[Path | None, typer.Option(help="통과 기준 (.yaml)")] = None,
) -> None:
    """두 결과를 견줍니다. 기준 아래로 떨어지면 1로 끝납니다."""
    from assistant.evaluation import GATES, compare_runs

    comparison = compare_runs(before, after, gates or GATES)
    say("\n".join(comparison.lines))
    if comparison.failed:
        raise typer.Exit(1)
