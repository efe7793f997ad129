"""The fields of a document's metadata on the page, in rows; what they hold is `staff_form`'s."""

from types import ModuleType
from typing import Any

from assistant.channels.web import staff_form
from assistant.channels.web.staff_form import FIELDS

CHOICES = {
    "term": [(words, term.value) for term, words in staff_form.TERMS.items()],
    "kind": [(words, kind) for kind, words in staff_form.KINDS.items()],
    "category": [(name, name) for name in staff_form.CATEGORIES],
    "region": [(name, name) for name in staff_form.REGIONS],
}
LONG = {"windows": "신청 온라인 2021-05-17~2021-06-06", "contacts": "국민연금공단 1355"}
"""Fields of several lines, with an example."""
ROWS = (
    ("title",),
    ("id", "programme", "owner"),
    ("term", "effective_from", "effective_until"),
    ("published_on", "review_by", "round"),
    ("category", "kind", "region", "publisher"),
    ("windows", "contacts"),
    ("aliases",),
)


def lay_out(gradio: ModuleType, prefix: str, fixed: frozenset[str] = frozenset()) -> list[Any]:
    """The fields in the order of FIELDS, each with the id `prefix-name`; those `fixed` cannot be edited."""
    made = {}
    for row in ROWS:
        with gradio.Row(elem_classes="staff-row"):
            for name in row:
                made[name] = _field(gradio, name, prefix, name not in fixed)
    return [made[name] for name in FIELDS]


def _field(g: ModuleType, name: str, prefix: str, editable: bool) -> Any:
    facts = {"label": FIELDS[name], "elem_id": f"{prefix}-{name}", "min_width": 90, "interactive": editable}
    if name in CHOICES:
        return g.Dropdown(
            CHOICES[name], value=None, allow_custom_value=name in ("category", "region"), **facts
        )
    if name in LONG:
        return g.Textbox(lines=3, max_lines=6, placeholder=LONG[name], **facts)
    day = "2021-03-02" if name in staff_form.DATES else None
    return g.Textbox(max_lines=1, placeholder=day, **facts)
