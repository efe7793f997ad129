"""The direction of imports, and heavy libraries in one module each, inside a function (by the syntax)."""

import ast
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from assistant.settings import PROJECT

LAYERS = (
    {"domain", "errors", "validity", "settings"},
    {"corpus", "index", "retrieval", "answering", "records"},
    {"service"},
    {"evaluation"},
    {"publishing"},
    {"channels", "cli", "__main__", "app"},
)
"""Lowest first (DESIGN section 2). A module imports from its own layer and from those before it."""

HEAVY = ("torch", "sentence_transformers", "faiss", "kiwipiepy", "gradio", "pypdf")
"""Libraries that take a second or more to import."""

PACKAGE = PROJECT / "assistant"


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product by its dotted name."""
    for path in [*sorted(PACKAGE.rglob("*.py")), PROJECT / "app.py"]:
        name = ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Dotted names that are imported anywhere in a tree, with their line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import on line {node.lineno}"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            # f"{__name__}.…" is a package that loads its own parts when they are asked for.
            written = ast.unparse(node.args[0])
            if not written.startswith("f'{__name__}."):
                yield ast.literal_eval(written), node.lineno


def layer_of(name: str) -> int:
    part = name.split(".")[1] if name.startswith("assistant.") else name
    part = "cli" if part.startswith("cli_") else part
    found = [i for i, layer in enumerate(LAYERS) if part in layer]
    assert found, f"{name}: no layer is named for it in DESIGN section 2"
    return found[0]


def test_nothing_imports_upward() -> None:
    upward = [
        f"{name}:{line} imports {target}"
        for name, tree in modules()
        if name != "assistant"
        for target, line in imported(tree)
        if target.startswith("assistant.") and layer_of(target) > layer_of(name)
    ]
    assert upward == []


def test_the_nouns_import_nothing_of_the_project() -> None:
    own = {
        name: sorted(t for t, _ in imported(tree) if t.startswith("assistant."))
        for name, tree in modules()
        if name in {"assistant.domain", "assistant.errors"}
    }
    assert own == {"assistant.domain": [], "assistant.errors": []}


@pytest.mark.parametrize("library", HEAVY)
def test_a_heavy_library_is_imported_in_one_place_only(library: str) -> None:
    users = {
        name for name, tree in modules() for target, _ in imported(tree) if target.split(".")[0] == library
    }
    assert users, f"{library} is imported nowhere"
    assert len(users) == 1, sorted(users)


def test_heavy_libraries_are_imported_inside_functions() -> None:
    early = [
        f"{name}:{line} imports {target}"
        for name, tree in modules()
        for target, line in imported(_run_on_import(tree))
        if target.split(".")[0] in HEAVY
    ]
    assert early == []


def _run_on_import(tree: ast.Module) -> ast.Module:
    """The part of a module that runs when it is imported: no bodies of functions, no type checking."""

    class Outer(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
            return None

        def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
            return None

        def visit_If(self, node: ast.If) -> ast.AST | None:
            return None if ast.unparse(node.test) == "TYPE_CHECKING" else self.generic_visit(node)

    return ast.fix_missing_locations(Outer().visit(ast.parse(ast.unparse(tree))))


def test_the_command_line_starts_without_what_is_heavy() -> None:
    command = "import sys, assistant.cli; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    ran = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, cwd=PROJECT, check=True
    )
    loaded = set(ran.stdout.split())
    assert loaded.isdisjoint({*HEAVY, "numpy", "pydantic", "fastapi", "pandas", "bm25s", "transformers"})


def test_help_costs_little_more_than_starting_python() -> None:
    """Half a second where starting Python costs 40 ms; the best of three, as the machine may be busy."""

    def fastest(*arguments: str) -> float:
        times = []
        for _ in range(3):
            started = time.perf_counter()
            subprocess.run([sys.executable, *arguments], capture_output=True, cwd=PROJECT, check=True)
            times.append(time.perf_counter() - started)
        return min(times)

    bare, with_help = fastest("-c", "pass"), fastest("-m", "assistant", "--help")
    assert with_help < max(0.5, 15 * bare), f"--help {with_help:.2f} s, python alone {bare:.2f} s"
