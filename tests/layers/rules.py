"""What breaks the order of the rooms: one sentence for each place, with its file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from tests.layers.source import COMPUTED, Module

Rows = Sequence[Sequence[str]]


def out_of_row(house: Sequence[Module], rows: Rows) -> list[str]:
    """Imports that go up or sideways, and files in a room that the table does not know.

    The package's own `__init__` is below every room and its `__main__` above.
    """
    # Both have no row of their own in the table: -1 is below the first, len(rows) above the last.
    height = {room: number for number, row in enumerate(rows) for room in row}
    height |= {"": -1, "__main__": len(rows)}
    return [
        complaint
        for module in house
        for complaint in _out_of_row(module, height, {each.name for each in house})
    ]


def _out_of_row(module: Module, height: Mapping[str, int], names: Collection[str]) -> Iterator[str]:
    if module.room not in height:
        yield f"{module.shown}:1: {module.room} is no room in the table of rows"
        return
    for each in module.imports:
        room = _room(each.target, module.name.partition(".")[0], names)
        if room is None or room == module.room:
            continue
        if room not in height:
            yield f"{module.shown}:{each.line}: {_called(module)} imports {room}, which is no room"
        elif height[room] >= height[module.room]:
            way = "sideways" if height[room] == height[module.room] else "up"
            yield f"{module.shown}:{each.line}: {_called(module)} imports {way} from {room}"


def unexplained(house: Sequence[Module]) -> list[str]:
    """Imports inside functions, or of a computed name, without a comment that says why."""
    return [
        f"{module.shown}:{each.line}: {_called(module)} imports {each.target} "
        f"{'inside a function' if each.in_function else 'that cannot be followed'}; "
        "say why in a comment on that line, or import it at the top by name"
        for module in house
        for each in module.imports
        if (each.in_function or each.target == COMPUTED) and not each.explained
    ]


def circles(house: Sequence[Module]) -> list[str]:
    """The first circle of modules that import one another, if there is one."""
    names = {module.name: module for module in house}
    graph = {
        module.name: {
            owner: each.line
            for each in module.imports
            if (owner := _owner(each.target, names)) not in (None, module.name)
        }
        for module in house
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        # graphlib takes what a node points at for its predecessors, and names a circle in that
        # order: each module in it is imported by the next.
        circle = list(reversed(error.args[1]))
        line = graph[circle[0]][circle[1]]
        return [f"{names[circle[0]].shown}:{line}: a circle of imports: {' > '.join(circle)}"]
    return []


def forbidden(
    house: Sequence[Module],
    banned: Collection[str],
    rooms: Collection[str],
    *,
    but: Collection[str] = (),
) -> list[str]:
    """Where a module of these rooms uses a banned name, or anything below one; `but` may."""
    return [
        f"{module.shown}:{line}: {_called(module)} uses {name}"
        for module in house
        if module.room in rooms and module.name not in but
        for name, line in module.uses
        if any(f"{name}.".startswith(f"{each}.") for each in banned)
    ]


def _called(module: Module) -> str:
    return module.room or "the package itself"


def _owner(target: str, names: Collection[str]) -> str | None:
    """The module that an imported name is, or is a member of."""
    return next((each for each in (target, target.rpartition(".")[0]) if each in names), None)


def _room(target: str, top: str, names: Collection[str]) -> str | None:
    """The room that an imported name lies in; None outside the package.

    What the package's own `__init__` defines lies in no room: "".
    """
    first, _, rest = target.partition(".")
    if first != top:
        return None
    room = rest.partition(".")[0]
    return "" if top in names and not _is_room(f"{top}.{room}", names) else room


def _is_room(name: str, names: Collection[str]) -> bool:
    return any(f"{each}.".startswith(f"{name}.") for each in names)
