"""The accessibility rules of axe-core, run in the page."""

from typing import TYPE_CHECKING

import pytest

from assistant.settings import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"


# Gradio fades what it is about to redraw (opacity 0.2 and back): a colour on the way is nobody's colour.
AT_REST = """() =>
  [...document.querySelectorAll('.pending')].every(one => getComputedStyle(one).opacity === '1')
  && document.getAnimations().every(one => one.playState !== 'running'
     || one.effect.getComputedTiming().iterations === Infinity)"""


def serious(page: "Page") -> list[str]:
    """Serious and critical violations on the page, once nothing on it is fading any more."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm ci): the accessibility rules are left out")
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    page.wait_for_function(AT_REST)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{v['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for v in found
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]
