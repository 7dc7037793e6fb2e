"""Searches second by second, written to the model in `roads/search.py` and to nothing else.

The oracle of the search kernels. A column is a state (node, moment, edge it came by); every move of
one arc, and every second of standing, is tried. It knows no intervals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from safeconduct.roads.search import GATED, WAIT, Gates, Start, Ways

State = tuple[int, int, int]
Moment = tuple[int, int]


class Expanded:
    """A world of ways and gates, looked at second by second."""

    def __init__(self, ways: Ways, gates: Gates) -> None:
        self.ways = ways
        self.rows = gates.rows()

    def one_span(self, row: int, first: int, last: int) -> bool:
        """Whether one span of a row holds all of `[first, last]`."""
        return any(opens <= first and last <= closes for opens, closes in self.rows[row])

    def node_row(self, node: int) -> int:
        return int(self.ways.node_gate[node])

    def may_be_at(self, node: int, moment: int) -> bool:
        gated = int(self.ways.flags[node]) & GATED
        return not gated or self.one_span(self.node_row(node), moment, moment)

    def may_enter(self, arc: int, moment: int) -> bool:
        """Whether the head may enter an arc then, as far as the arc itself is concerned."""
        there = moment + int(self.ways.seconds[arc])
        return self.one_span(int(self.ways.gate[arc]), moment, there)

    def may_stand(self, node: int, moment: int) -> bool:
        """Whether the column may stand from this second to the next.

        Standing that ends in another span than it began in has a second that this refuses.
        """
        waits = int(self.ways.flags[node]) & WAIT
        return bool(waits) and self.one_span(self.node_row(node), moment, moment + 1)

    def arcs_from(self, node: int) -> range:
        return range(int(self.ways.first[node]), int(self.ways.first[node + 1]))

    def moves(self, state: State, u_turns: bool) -> Iterable[State]:
        """Where a column can be next; an edge of -1 says that it may leave by any."""
        node, moment, came_by = state
        if self.may_stand(node, moment) and self.may_be_at(node, moment + 1):
            yield node, moment + 1, came_by
        may_turn = u_turns or int(self.ways.flags[node]) & WAIT
        for arc in self.arcs_from(node):
            edge, head = int(self.ways.edge[arc]), int(self.ways.head[arc])
            there = moment + int(self.ways.seconds[arc])
            turns_back = edge == came_by and not may_turn
            if not turns_back and self.may_enter(arc, moment) and self.may_be_at(head, there):
                yield head, there, -1 if u_turns else edge

    def reached(self, starts: Sequence[Start], until: int, *, u_turns: bool) -> set[Moment]:
        """Every (node, moment) at which the column can be."""
        todo: list[State] = [
            (start.node, moment, -1)
            for start in starts
            for moment in range(start.earliest, min(start.latest, until) + 1)
            if self.may_be_at(start.node, moment)
        ]
        seen = set(todo)
        while todo:
            for state in self.moves(todo.pop(), u_turns):
                if state[1] <= until and state not in seen:
                    seen.add(state)
                    todo.append(state)
        return {(node, moment) for node, moment, _ in seen}
