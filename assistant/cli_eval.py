"""Commands of the evaluators: run, compare, same, keep, report, judge, agreement."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli_options import IndexOption, open_assistant, say, settings_of
from assistant.settings import PROJECT

eval_app = typer.Typer(no_args_is_help=True, help="답변 품질을 재고 비교합니다.")


@eval_app.command("run")
def eval_run(
    topics: Annotated[list[Path] | None, typer.Option(help="문항 파일이나 폴더")] = None,
    out: Annotated[Path, typer.Option(help="결과 폴더")] = PROJECT / "evals" / "results" / "latest",
    heldout: Annotated[
        bool, typer.Option("--heldout", help="따로 둔 문항까지 (배포 때만, 기록됩니다)")
    ] = False,
    markdown: Annotated[Path | None, typer.Option(help="보고서를 이 .md 파일에도 씁니다")] = None,
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
    if markdown is not None:
        _write_markdown(out, markdown)


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


@eval_app.command("same")
def eval_same(
    one: Annotated[Path, typer.Argument(help="결과 폴더")],
    two: Annotated[Path, typer.Argument(help="같은 판의 다른 결과 폴더")],
) -> None:
    """두 결과가 id와 시간 말고는 같은지 봅니다. 다르면 1로 끝납니다."""
    from assistant.evaluation.sameness import unlike

    found = unlike(one, two)
    say("\n".join(found) if found else "같습니다(id와 시간 제외).")
    if found:
        raise typer.Exit(1)


@eval_app.command("report")
def eval_report(
    run: Annotated[Path, typer.Argument(help="결과 폴더")],
    markdown: Annotated[Path, typer.Argument(help="쓸 .md 파일")],
) -> None:
    """이미 한 실행의 보고서를 Markdown으로 씁니다."""
    _write_markdown(run, markdown)


def _write_markdown(run: Path, markdown: Path) -> None:
    from assistant.evaluation import GATES, TOPICS, report_markdown

    markdown.write_text(report_markdown(run, TOPICS, GATES), encoding="utf-8")
    say(f"보고서: {markdown}")


@eval_app.command("keep")
def eval_keep(run: Annotated[Path, typer.Argument(help="기준으로 삼을 결과 폴더")]) -> None:
    """결과를 견줄 기준(evals/baseline)으로 삼고, 하한(evals/gates.yaml)을 그만큼 올립니다."""
    from assistant.evaluation import BASELINE, GATES, keep_run

    floors = keep_run(run, BASELINE, GATES)
    say(f"기준: {BASELINE} · 하한 {len(floors)}개: {GATES}")


@eval_app.command("judge")
def eval_judge(sheet: Annotated[Path, typer.Argument(help="매기기 묶음 폴더 (evals/ratings/…)")]) -> None:
    """언어 모델(ASSISTANT_LLM_*)이 묶음을 한 사람처럼 매기고, 사람과의 일치도를 냅니다."""
    from assistant.evaluation.judge import judge_of
    from assistant.evaluation.ratings import agreements
    from assistant.evaluation.sheets import Sheet

    rated, judge = Sheet(sheet), judge_of(settings_of())
    for rating in judge.rate(rated.items):
        rated.rate(rating)
    say(f"매긴 답 {len(rated.items)}개: {sheet / 'ratings.csv'}")
    if len({rating.rater for rating in rated.ratings}) > 1:
        say("\n".join(found.line for found in agreements(rated.ratings)))


@eval_app.command("agreement")
def eval_agreement(ratings: Annotated[Path, typer.Argument(help="매긴 점수 (.csv)")]) -> None:
    """두 사람의 일치도와, 심사 모델이 매겼으면 사람과의 일치도(가중 카파)를 냅니다."""
    from assistant.evaluation.ratings import agreements, read_ratings

    say("\n".join(found.line for found in agreements(read_ratings(ratings))))
