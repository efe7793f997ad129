"""The README and the guides name only what exists: commands, options, settings, modules, files."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from assistant.cli import app
from assistant.settings import PROJECT, Settings

README = PROJECT / "README.md"
PAGES = (README, PROJECT / "CHANGELOG.md", *sorted((PROJECT / "docs").glob("*.md")))
COMMAND = "python -m assistant "


def blocks(page: Path) -> Iterator[str]:
    """The lines of a page's fenced blocks."""
    for block in re.findall(
        r"^```\w*\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    ):
        yield from block.splitlines()


def named_commands() -> list[str]:
    """What follows `python -m assistant` in the blocks of all pages, comments and redirections left out."""
    lines = (line for page in PAGES for line in blocks(page) if COMMAND in line)
    return sorted({re.split(r"  #| > ", line.partition(COMMAND)[2])[0].strip() for line in lines})


def named_targets() -> list[str]:
    lines = (re.match(r"make (\w+)", line) for page in PAGES for line in blocks(page))
    return sorted({found[1] for found in lines if found})


def test_the_readme_names_commands_and_targets() -> None:
    assert len(named_commands()) > 10
    assert {"run", "test"} <= set(named_targets())


@pytest.mark.parametrize("typed", named_commands())
def test_a_command_is_understood_as_it_is_written(typed: str) -> None:
    words = shlex.split(typed)
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        assert words[0] in command.commands, f"{typed}: no command {words[0]}"
        command = command.commands[words.pop(0)]
    command.make_context(command.name, words)  # an unknown option or a missing argument raises


@pytest.mark.parametrize("target", named_targets())
def test_a_target_is_in_the_makefile(target: str) -> None:
    assert re.search(rf"^{target}:", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_settings_table_names_every_setting_and_no_other() -> None:
    named = set(re.findall(r"`(ASSISTANT_\w+)`", README.read_text(encoding="utf-8")))
    assert named == {f"ASSISTANT_{field.upper()}" for field in Settings.__dataclass_fields__}


def test_the_module_table_names_every_package_in_order_of_import() -> None:
    named = re.findall(r"^\| \[assistant/(\w+)\]", README.read_text(encoding="utf-8"), re.MULTILINE)
    packages = {path.parent.name for path in (PROJECT / "assistant").glob("*/__init__.py")}
    assert set(named) == packages
    assert named[:4] == ["corpus", "index", "retrieval", "answering"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    for target in targets:
        file, _, anchor = target.partition("#")
        if file.startswith("http"):
            continue
        linked = (page.parent / file).resolve() if file else page
        assert linked.exists(), f"{page.name}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {heading.lower().replace(" ", "-") for heading in headings}, target


def test_every_dependency_has_a_reason() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    reasons = (PROJECT / "docs" / "decisions.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    named = set(re.findall(r"[\w-]+", reasons))
    assert [name for line in wanted if (name := line.partition("==")[0]) not in named] == []
