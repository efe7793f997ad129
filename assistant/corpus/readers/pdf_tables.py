"""Tables of a PDF page by pdfplumber: ruled lines to cells, cells to rows, columns and spans."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_SNAP = 3.0
_SETTINGS = {"snap_tolerance": _SNAP, "join_tolerance": _SNAP, "intersection_tolerance": 4}

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""


CellBox = tuple[int, int, int, int, Box]
"""Row, column, rows and columns covered, and the box."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table: its box, and its cells, and the places of its upright lines."""

    box: Box
    cells: tuple[CellBox, ...]
    edges: tuple[int, ...]


def within(box: Box, x: float, y: float) -> bool:
    """Whether a point lies in the box."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _positions(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SNAP:
            found.append(value)
    return found


def _index(positions: Sequence[float], value: float) -> int:
    return min(range(len(positions)), key=lambda i: abs(positions[i] - value))


def _open_sides(page: Any) -> list[dict[str, Any]]:
    """Upright lines for tables drawn without their left and right borders, as Korean offices like them.

    Between two neighbouring heights at which rules reach equally far, an upright line between, lies a row.
    """
    rules: dict[int, list[float]] = {}
    heights = _positions([edge["top"] for edge in page.horizontal_edges])
    for edge in page.horizontal_edges:
        reach = rules.setdefault(_index(heights, edge["top"]), [edge["x0"], edge["x1"]])
        reach[:] = [min(reach[0], edge["x0"]), max(reach[1], edge["x1"])]
    wide = [i for i in sorted(rules) if rules[i][1] - rules[i][0] > 60]
    sides = []
    for place, upper in enumerate(wide):
        left, right = rules[upper]
        lower = next((i for i in wide[place + 1 :] if not _inside(rules[i], left, right)), None)
        if lower is None or abs(rules[lower][0] - left) > _SNAP or abs(rules[lower][1] - right) > _SNAP:
            continue
        top, bottom = heights[upper], heights[lower]
        if all(_parted(page, left, right, y) for y in (top + _SNAP, (top + bottom) / 2, bottom - _SNAP)):
            for x in (left, right):
                side = {"object_type": "line", "x0": x, "x1": x, "top": top, "bottom": bottom}
                sides.append({**side, "width": 0.0, "height": bottom - top, "orientation": "v"})
    return sides


def _inside(reach: Sequence[float], left: float, right: float) -> bool:
    """Whether a rule ends short of at least one side: it lies beside a cell that covers several rows."""
    within_both = reach[0] >= left - _SNAP and reach[1] <= right + _SNAP
    return within_both and (reach[0] > left + _SNAP or reach[1] < right - _SNAP)


def _parted(page: Any, left: float, right: float, y: float) -> bool:
    """Whether an upright line inside the table crosses the height `y`."""
    return any(
        left + _SNAP < edge["x0"] < right - _SNAP and edge["top"] - 1 <= y <= edge["bottom"] + 1
        for edge in page.vertical_edges
    )


def _gaps(
    page: Any, cells: Sequence[CellBox], columns: Sequence[float], rows: Sequence[float]
) -> list[CellBox]:
    """Cells for the places that no cell covers, because a border was not drawn."""
    covered = {
        (r + i, c + j) for r, c, height, width, _ in cells for i in range(height) for j in range(width)
    }
    gaps = []
    for c in range(len(columns) - 1):
        middle, r = (columns[c] + columns[c + 1]) / 2, 0
        while r < len(rows) - 1:
            end = r + 1
            if (r, c) not in covered:
                while end < len(rows) - 1 and (end, c) not in covered and not _ruled(page, middle, rows[end]):
                    end += 1
                gaps.append((r, c, end - r, 1, (columns[c], rows[r], columns[c + 1], rows[end])))
            r = end
    return gaps


def _ruled(page: Any, x: float, y: float) -> bool:
    return any(e["x0"] <= x <= e["x1"] and abs(e["top"] - y) <= _SNAP for e in page.horizontal_edges)


def _overlap(first: Box, second: Box) -> bool:
    across = min(first[2], second[2]) - max(first[0], second[0])
    return across > _SNAP and min(first[3], second[3]) - max(first[1], second[1]) > _SNAP


def ruled_tables(page: Any) -> list[Ruled]:
    """The tables of a pdfplumber page, the largest first; a table inside a cell of another follows it."""
    settings = {**_SETTINGS, "explicit_vertical_lines": _open_sides(page)}
    tables = []
    found = page.find_tables(settings)
    for table in found:
        boxes = [cell for cell in table.cells if cell[2] - cell[0] > _SNAP and cell[3] - cell[1] > _SNAP]
        columns = _positions([x for box in boxes for x in (box[0], box[2])])
        rows = _positions([y for box in boxes for y in (box[1], box[3])])
        cells: list[CellBox] = []
        for box in boxes:
            left, right = _index(columns, box[0]), _index(columns, box[2])
            top, bottom = _index(rows, box[1]), _index(rows, box[3])
            cells.append((top, left, max(bottom - top, 1), max(right - left, 1), box))
        if len(cells) > 1:
            others = [other.bbox for other in found if other is not table]
            cells += [
                gap
                for gap in _gaps(page, cells, columns, rows)
                if not any(_overlap(gap[4], o) for o in others)
            ]
            tables.append(Ruled(table.bbox, tuple(cells), tuple(round(x) for x in columns)))
    return sorted(tables, key=lambda table: -(table.box[2] - table.box[0]) * (table.box[3] - table.box[1]))
