"""Two runs as plots: what changed by measure with its interval, and the share that is right by kind."""

from typing import TYPE_CHECKING, Any

from assistant.evaluation.compare import Comparison
from assistant.evaluation.files import StoredRun
from assistant.evaluation.measures import MEASURES

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

WORSE, BETTER, SAME = "#a82009", "#1f5f2c", "#58616a"
"""Colours of theme.css that can be told on white by everybody; the words say it too."""
FONT = {"family": "Pretendard, Noto Sans CJK KR, NanumGothic, sans-serif", "size": 13, "color": "#1e2124"}


def differences_plot(comparison: Comparison) -> "Figure":
    """B minus A of every measure that moved, with its paired interval, turned so that right is better."""
    from plotly.graph_objects import Figure, Scatter

    moved = [d for d in comparison.differences if d.gap or d.low or d.high][::-1]
    signs = [1 if MEASURES[d.measure].higher_is_better else -1 for d in moved]
    figure = Figure()
    for name, colour in (("나빠짐", WORSE), ("나아짐", BETTER), ("차이 없음", SAME)):
        chosen = [(d, s) for d, s in zip(moved, signs, strict=True) if _sort(d.low * s, d.high * s) == name]
        ends = [sorted((d.low * s, d.high * s)) for d, s in chosen]
        at = [d.gap * s for d, s in chosen]
        figure.add_trace(
            Scatter(
                x=at,
                y=[MEASURES[d.measure].label for d, _ in chosen],
                mode="markers",
                name=name,
                marker={"color": colour, "size": 9},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [high - x for (_, high), x in zip(ends, at, strict=True)],
                    "arrayminus": [x - low for (low, _), x in zip(ends, at, strict=True)],
                    "color": colour,
                },
            )
        )
    order = [MEASURES[d.measure].label for d in moved]
    figure.add_vline(x=0, line={"color": SAME, "width": 1})
    figure.update_yaxes(categoryorder="array", categoryarray=order, automargin=True)
    height = max(260, 120 + 24 * len(moved))
    return figure.update_layout(title="B − A, 95% 구간 (오른쪽이 나아짐)", height=height, **_look())


def _sort(one: float, two: float) -> str:
    low, high = sorted((one, two))
    return "나빠짐" if high < 0 else "나아짐" if low > 0 else "차이 없음"


def kinds_plot(a: StoredRun, b: StoredRun) -> "Figure":
    """The share that is right by kind, in both runs, with Wilson intervals."""
    from plotly.graph_objects import Bar, Figure

    one, two = (run.summary["slices"].get("kind", {}) for run in (a, b))
    kinds = [kind for kind in one if kind in two and "right" in one[kind] and "right" in two[kind]]
    figure = Figure()
    for name, part, colour in (("A", one, "#8a949e"), ("B", two, "#0b50d0")):
        rights = [part[kind]["right"] for kind in kinds]
        figure.add_trace(
            Bar(
                x=kinds,
                y=[right["value"] for right in rights],
                name=name,
                marker={"color": colour},
                error_y={
                    "type": "data",
                    "symmetric": False,
                    "array": [right["high"] - right["value"] for right in rights],
                    "arrayminus": [right["value"] - right["low"] for right in rights],
                    "color": "#1e2124",
                    "thickness": 1,
                },
            )
        )
    figure.update_yaxes(range=[0, 1.02], tickformat=".0%")
    return figure.update_layout(title="종류마다 전부 맞은 비율", height=340, barmode="group", **_look())


def _look() -> dict[str, Any]:
    return {
        "font": FONT,
        "template": "plotly_white",
        "margin": {"l": 10, "r": 20, "t": 80, "b": 30},
        "legend": {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 1, "xanchor": "right"},
    }
