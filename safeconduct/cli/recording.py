"""`record FILE` and `record call` under one word.

`record` takes a file, as it always has; one word, `call`, is a verb of its own below it. A file of
that name is written `./call`.
"""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

FILE = "FILE"
"""The name of the verb that takes a file; people never type it, the help shows it."""

_HELP = frozenset({"-h", "--help"})


class FileOrVerb(TyperGroup):
    """A group whose first word is a verb of it, or else the file that `FILE` takes."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts `FILE` before everything that neither is a verb nor asks for the group's help."""
        first = args[0] if args else ""
        is_verb = first != FILE and first in self.commands
        if not is_verb and not (first in _HELP and len(args) == 1):
            args = [FILE, *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The verb that was named; `FILE` has no name of its own in what its help shows."""
        name, command, rest = super().resolve_command(ctx, args)
        return "" if name == FILE else name, command, rest
