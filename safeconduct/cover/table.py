"""When each class of road is open to a leg, as the gates that a search keeps to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safeconduct.cover.cover import Cover
from safeconduct.cover.keys import LegProfile
from safeconduct.errors import WrongField
from safeconduct.roads.division import Division
from safeconduct.roads.search import Gates
from safeconduct.spacetime import Span, Spans
from safeconduct.vocabulary import Crossing, Movement

__all__ = ["Table", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """When each class of road is open to one leg, inside a horizon.

    Parameters
    ----------
    classes : for each class of the division, when it is open.
    bundles : those of the division: sets of classes that the pieces of an edge have.
    own : nodes with a crossing, and when both their class and the crossing are open.
    notes : what could not be told; for people.
    """

    horizon: Span
    classes: tuple[Spans, ...]
    bundles: tuple[tuple[int, ...], ...]
    own: tuple[tuple[int, Spans], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def own_gates(self) -> dict[int, int]:
        """The rows of the nodes that have one of their own, for `ways_of`."""
        first = len(self.bundles) + len(self.classes)
        return {node: first + number for number, (node, _) in enumerate(self.own)}

    def gates(self, early_s: int = 0, column_s: int = 0) -> Gates:
        """The gates for a column: rows of bundles, then of classes, then of nodes of their own.

        A column whose head enters at `t` and arrives at `u` occupies `[t, u + column_s)`; so the
        open span `[s, e)` becomes the closed span `[s + early_s, e - column_s]`, or none.

        Parameters
        ----------
        early_s : how long after its opening a road is first used.
        column_s : how long the column takes to pass a point, at the slowest that it drives.

        Raises
        ------
        WrongField : one of them is negative.
        """
        for what, seconds in (("early_s", early_s), ("column_s", column_s)):
            if seconds < 0:
                raise WrongField(
                    f"Gates cannot be made for {what} = {seconds}: cover is never widened.",
                    "Give seconds, 0 or more.",
                    field=what,
                )
        bundles = (_all_open(self.classes[cls] for cls in bundle) for bundle in self.bundles)
        rows = (*bundles, *self.classes, *(spans for _, spans in self.own))
        return Gates.of([[*_closed(spans, early_s, column_s)] for spans in rows])


def table(
    cover: Cover, division: Division, leg: LegProfile, movement: Movement, horizon: Span
) -> Table:
    """When each class of a division is open to a leg of a movement.

    Parameters
    ----------
    cover : of the same division (or of the network that it was made from).
    horizon : what lies outside it is closed.
    """
    classes = tuple(
        cover.open_spans(cls, leg, movement).within(horizon) for cls in range(len(division.classes))
    )
    places, notes = _crossed(cover, division)
    own = []
    for node, place in places.items():
        spans = classes[division.node_class[node]]
        for _, hours in cover.crossings_at(place):
            spans = spans & hours
        own.append((node, spans))
    return Table(
        horizon=horizon,
        classes=classes,
        bundles=division.bundles,
        own=tuple(own),
        notes=notes,
    )


def _crossed(cover: Cover, division: Division) -> tuple[dict[int, str], tuple[str, ...]]:
    """The nodes that have a crossing, each with its place, and what is to be said of the others."""
    places = {crossing.place for crossing in cover.situation.facts(Crossing)}
    found = {}
    for number, name in enumerate(division.graph.node_ids if places else ()):
        if name in places:
            found[number] = name
    lost = sorted(places - {*found.values()})
    return found, tuple(f"crossing at {place}: no place of these roads" for place in lost)


def _all_open(parts: Iterable[Spans]) -> Spans:
    """When all of these are open; there is at least one."""
    spans, *others = parts
    for other in others:
        spans = spans & other
    return spans


def _closed(spans: Spans, early_s: int, column_s: int) -> Iterator[tuple[int, int]]:
    """The closed spans in which the head may be, so that the whole column is inside."""
    for span in spans:
        opens, closes = span.start + early_s, span.end - column_s
        if opens <= closes:
            yield opens, closes
