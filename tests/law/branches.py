"""Taking a branch out of a pure rule: the function's code is replaced by one that never takes it, for every caller at once."""

import ast
import copy
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any


@dataclass(frozen=True)
class Branch:
    """One way a rule may go: where it stands, and how the function looks without it."""

    module: str
    function: str
    line: int
    text: str
    number: int  # of the branch within its function

    @property
    def name(self) -> str:
        return f"{self.module.rpartition('.')[2]}.{self.function}: {self.text}"


class _Without(ast.NodeTransformer):
    """Takes the ``number``-th branch out: an ``if`` is never true, a ``case`` never matches."""

    def __init__(self, number: int) -> None:
        self.number, self.seen = number, -1
        self.text, self.line = "", 0

    def _mine(self, node: ast.AST, text: str) -> bool:
        self.seen += 1
        if self.seen != self.number:
            return False
        self.text, self.line = text, getattr(node, "lineno", 0)
        return True

    def visit_If(self, node: ast.If) -> Any:
        text = f"if {ast.unparse(node.test)}"
        if self._mine(node, text):
            return [*(copy.deepcopy(one) for one in node.orelse)] or ast.Pass()
        return self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> Any:
        if self._mine(node, f"… if {ast.unparse(node.test)}"):
            return node.orelse
        return self.generic_visit(node)

    def visit_match_case(self, node: ast.match_case) -> Any:
        text = f"case {ast.unparse(node.pattern)}"
        if self._mine(node, text):
            node.guard = ast.Constant(False)
            return node
        return self.generic_visit(node)


def branches_of(module: ModuleType, *functions: str) -> list[Branch]:
    """Every branch of the module's functions (of those named, when some are)."""
    found = []
    for name, function in vars(module).items():
        if not isinstance(function, FunctionType) or function.__module__ != module.__name__ or (functions and name not in functions):
            continue
        number = 0
        while (changed := _changed(function, number)) is not None:
            _, taken = changed
            found.append(Branch(module.__name__, name, function.__code__.co_firstlineno + taken.line - 1, taken.text, number))
            number += 1
    return found


def _changed(function: FunctionType, number: int) -> tuple[ast.Module, _Without] | None:
    tree = ast.parse(inspect.getsource(function))
    taken = _Without(number)
    tree = ast.fix_missing_locations(taken.visit(tree))
    return (tree, taken) if taken.text else None


@contextmanager
def without(branch: Branch) -> Iterator[None]:
    """The platform as it would be without that branch."""
    function = getattr(sys.modules[branch.module], branch.function)
    changed = _changed(function, branch.number)
    assert changed is not None
    tree, _ = changed
    held: dict[str, Any] = {}
    exec(compile(tree, inspect.getsourcefile(function) or "", "exec"), dict(function.__globals__), held)  # noqa: S102 - our own source
    before = function.__code__
    function.__code__ = held[branch.function].__code__
    try:
        yield
    finally:
        function.__code__ = before
