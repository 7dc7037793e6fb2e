"""The imports and the names that the files of a package use, read but never run."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

COMPUTED = "a computed name"

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IMPORTERS = ("importlib.import_module", "builtins.__import__")
# What speaks to a program is no reason given to a reader.
_DIRECTIVE = re.compile(r"#\s*(noqa|type: *ignore|pragma|mypy:|ruff:)[^#]*")


@dataclass(frozen=True, slots=True)
class Import:
    """One dotted name imported, and where; `explained` when a comment on its lines says why."""

    target: str
    line: int
    in_function: bool
    explained: bool


@dataclass(frozen=True)
class Module:
    """One file of a package."""

    name: str
    package: str
    shown: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.source, filename=self.shown)

    @property
    def room(self) -> str:
        """The name below the top package; empty for the top package itself."""
        return self.name.partition(".")[2].partition(".")[0]

    @cached_property
    def comments(self) -> Mapping[int, str]:
        """The comment of each line, less what only speaks to a linter."""
        tokens = tokenize.generate_tokens(io.StringIO(self.source).readline)
        return {
            token.start[0]: _DIRECTIVE.sub("", token.string).strip("# ")
            for token in tokens
            if token.type == tokenize.COMMENT
        }

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Every import, also those in functions, and those by `import_module("...")`."""
        return tuple(
            Import(target, node.lineno, in_function, self._explains(node))
            for node, in_function in _importers(self.tree)
            for target in self._targets(node)
        )

    @cached_property
    def uses(self) -> tuple[tuple[str, int], ...]:
        """Every dotted name that is imported or read, traced to its origin, with its line.

        After `import datetime as dt`, `dt.datetime.now()` uses `datetime.datetime.now`. A name
        that the file neither imports nor binds is a builtin: `builtins.open`. A name that it
        binds anywhere, as a variable or a parameter, is its own and not listed.
        """
        imported = ((each.target, each.line) for each in self.imports)
        read = ((self._dotted(node), node.lineno) for node in _outermost(self.tree))
        return (*imported, *((name, line) for name, line in read if name))

    @cached_property
    def _origins(self) -> Mapping[str, str]:
        origins: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                base = self._base(node)
                origins |= {each.asname or each.name: f"{base}.{each.name}" for each in node.names}
            elif isinstance(node, ast.Import):
                for each in node.names:
                    first = each.name.partition(".")[0]
                    origins[each.asname or first] = each.name if each.asname else first
        return origins

    @cached_property
    def _bound(self) -> frozenset[str]:
        return frozenset(_bindings(self.tree))

    def _dotted(self, node: ast.expr) -> str:
        """The origin of a chain of names; empty when it starts at a value of the file's own."""
        if isinstance(node, ast.Attribute):
            base = self._dotted(node.value)
            return f"{base}.{node.attr}" if base else ""
        if not isinstance(node, ast.Name):
            return ""
        own = "" if node.id in self._bound else f"builtins.{node.id}"
        return self._origins.get(node.id, own)

    def _targets(self, node: ast.Import | ast.ImportFrom | ast.Call) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = self._base(node)
            yield from (base if each.name == "*" else f"{base}.{each.name}" for each in node.names)
        elif self._dotted(node.func) in _IMPORTERS:
            match node.args:
                case [ast.Constant(value=str(name)), *_]:
                    yield name
                case _:
                    yield COMPUTED

    def _base(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        # One dot is this package, each further dot one package up.
        parts = self.package.split(".")
        above = parts[: len(parts) - node.level + 1]
        return ".".join([*above, node.module] if node.module else above)

    def _explains(self, node: ast.stmt | ast.expr) -> bool:
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        said = " ".join(self.comments.get(line, "") for line in lines)
        return len(said.split()) >= 2  # one word is no reason


def modules(top: Path) -> tuple[Module, ...]:
    """All files of the package in the folder `top`, in the order of their paths."""
    return tuple(_module(path, top) for path in sorted(top.rglob("*.py")))


def _module(path: Path, top: Path) -> Module:
    inside = path.relative_to(top.parent)
    parts = inside.with_suffix("").parts
    package = ".".join(parts[:-1])
    name = package if parts[-1] == "__init__" else ".".join(parts)
    return Module(name, package, inside.as_posix(), path.read_text(encoding="utf-8"))


def _importers(
    node: ast.AST, in_function: bool = False
) -> Iterator[tuple[ast.Import | ast.ImportFrom | ast.Call, bool]]:
    inside = in_function or isinstance(node, _FUNCTIONS)
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom | ast.Call):
            yield child, inside
        yield from _importers(child, inside)


def _outermost(node: ast.AST) -> Iterator[ast.Name | ast.Attribute]:
    """The longest chains `a.b.c` that are read, not their beginnings `a.b` and `a` again."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Name | ast.Attribute) and isinstance(child.ctx, ast.Load):
            yield child
        start = child
        while isinstance(start, ast.Attribute):
            start = start.value
        yield from _outermost(start)


def _bindings(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Name) and not isinstance(child.ctx, ast.Load):
            yield child.id
        elif isinstance(child, ast.arg):
            yield child.arg
        # A method is reached through its object, so it hides no builtin.
        elif isinstance(child, _NAMED) and not isinstance(node, ast.ClassDef):
            yield child.name
        yield from _bindings(child)
