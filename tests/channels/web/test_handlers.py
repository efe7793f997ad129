"""Handlers of the page delegate: at most ten lines each (by the syntax)."""

import ast
from collections.abc import Iterator

from assistant.settings import PROJECT

LONGEST = 10
"""Lines of a handler's body, its docstring aside."""
BINDING = frozenset({"bind", "bind_file", "guarded", "show"})
"""What handlers that are no inner functions are given to, by name."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def handlers(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Inner functions, which close over a tab's parts, and those that are bound by name."""
    functions = [node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]
    inner = {node for outer in functions for node in ast.walk(outer) if node is not outer}
    bound = {name for call in ast.walk(tree) if isinstance(call, ast.Call) for name in given(call)}
    return (function for function in functions if function in inner or function.name in bound)


def given(call: ast.Call) -> Iterator[str]:
    """Names of the functions and methods that a call binds."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in BINDING:
        for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
            if isinstance(argument, ast.Name | ast.Attribute):
                yield argument.id if isinstance(argument, ast.Name) else argument.attr


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_handlers_of_the_page_have_at_most_ten_lines() -> None:
    found = {
        f"{path.name} {function.name}": lines(function)
        for path in sorted((PROJECT / "assistant" / "channels" / "web").glob("*.py"))
        for function in handlers(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert len(found) > 50
    assert {"counsel.py answered", "review.py curate", "signin_form.py sign_in"} <= set(found)
    assert {name: count for name, count in found.items() if count > LONGEST} == {}
