"""The tab 평가: run the topics, read failures, compare runs, rate blind, make topics of answers."""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

from assistant.channels.web import evaluators_ratings, evaluators_reading, evaluators_topics
from assistant.channels.web.evaluators_bench import EvaluatorsBench
from assistant.channels.web.render_runs import going_html, summary_html
from assistant.channels.web.signin import Sessions
from assistant.evaluation.bench import LOGGED, Bench
from assistant.records.users import Right, User
from assistant.service import Assistant
from assistant.settings import Settings

TICK_SECONDS = 2.0
"""How often the page looks how far a run is."""


@dataclass(frozen=True, slots=True)
class Running:
    """The parts of the first tab."""

    names: Any
    begin: Any
    end: Any
    told: Any
    timer: Any
    shown: Any
    summary: Any


def lay_out(gradio: ModuleType, assistant: Assistant, settings: Settings, sessions: Sessions) -> None:
    """Put the tab's parts into the open Gradio context."""
    with sessions.gate(gradio, Right.EVALUATE) as gate:
        desk = EvaluatorsBench(gradio, Bench(assistant, settings.evaluation_dir), sessions, gate)
        with gradio.Tabs(elem_id="evaluation-tabs") as tabs:
            with gradio.Tab("돌리기", id="run"):
                running = _laid_out(desk)
            with gradio.Tab("틀린 답", id="failures"):
                reading = evaluators_reading.lay_out_failures(desk)
            with gradio.Tab("견주기", id="compare"):
                comparing = evaluators_reading.lay_out_comparison(desk)
            with gradio.Tab("매기기", id="rate"):
                rating = evaluators_ratings.lay_out(desk)
            with gradio.Tab("문항 만들기", id="topic"):
                topic = evaluators_topics.lay_out(desk)
    lists = [running.shown, reading.run, comparing.before, comparing.after, rating.runs]
    _bind(desk, running, lists)
    evaluators_reading.bind_failures(desk, reading, topic.text, tabs)
    evaluators_reading.bind_comparison(desk, comparing)
    evaluators_ratings.bind(desk, rating, topic.text, tabs)
    evaluators_topics.bind(desk, topic)


def _laid_out(desk: EvaluatorsBench) -> Running:
    gradio = desk.gradio
    with gradio.Row():
        with gradio.Column(scale=2, min_width=260):
            files = desk.bench.topics()
            names = gradio.CheckboxGroup(files, value=list(files), label="문항 파일", elem_id="topic-files")
        with gradio.Column(scale=3, min_width=360):
            with gradio.Row():
                begin = gradio.Button("고른 문항 돌리기", variant="primary", elem_id="run-begin")
                end = gradio.Button("멈추기", elem_id="run-end")
            told = gradio.HTML(going_html(None), elem_id="run-told")
            shown = gradio.Dropdown([], label="결과 보기", elem_id="run-shown")
            summary = gradio.HTML("", elem_id="run-summary")
    return Running(names, begin, end, told, gradio.Timer(TICK_SECONDS, active=False), shown, summary)


def _bind(desk: EvaluatorsBench, parts: Running, lists: list[Any]) -> None:
    desk.bind(parts.begin.click, _began, [parts.names], [parts.told, parts.timer])
    desk.bind(parts.end.click, _ended, [], [parts.told])
    desk.bind(parts.shown.input, _summed_up, [parts.shown], [parts.summary])
    watched = [parts.told, parts.timer, *lists]
    desk.gate.show(desk.knowing(_watched), watched)
    desk.gate.show(desk.knowing(_watched), watched, on=parts.timer.tick)


def _began(desk: EvaluatorsBench, user: User, names: list[str]) -> Any:
    return going_html(desk.bench.start(names)), desk.gradio.Timer(active=True)


def _ended(desk: EvaluatorsBench, user: User) -> str:
    desk.bench.stop()
    return going_html(desk.bench.going)


def _summed_up(desk: EvaluatorsBench, user: User, name: str) -> str:
    return summary_html(desk.bench.run(name))


def _watched(desk: EvaluatorsBench, user: User) -> Any:
    going, runs = desk.bench.going, desk.bench.runs()
    running = going is not None and going.running
    lists = [desk.gradio.Dropdown(choices=runs)] * 4 + [desk.gradio.CheckboxGroup(choices=[*runs, LOGGED])]
    return going_html(going), desk.gradio.Timer(active=running), *lists
