"""Rule X1: on the road by day only, and in a place of refuge in time before dusk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from safeconduct.clearance.bench import Bench
from safeconduct.clearance.checks.deadlines import by
from safeconduct.clearance.checks.times import hours
from safeconduct.clearance.finding import Finding, Status, Stretch
from safeconduct.roads import Occupied
from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import Daylight, Refuge

DAY_S = 86_400
Dark = dict[Stretch, Spans]


def daylight(bench: Bench) -> list[Finding]:
    """Rule X1: each road is driven within some daylight, with the set time left before dusk."""
    early_s = bench.profile.refuge_before_dusk_s
    if early_s is None:
        return bench.not_applicable("X1", "The operation has set no rule for darkness.")
    dark, untold = _dark(bench, early_s)
    found = [
        *_lacking(
            bench,
            dark,
            Status.UNMET,
            "AFTER-DARK",
            f"later than {hours(early_s)} before dusk, or before dawn",
            "Leave earlier, drive less far, or stop for the night at a recorded refuge.",
        ),
        *_lacking(
            bench,
            untold,
            Status.UNKNOWN,
            "DAYLIGHT-UNKNOWN",
            "at an hour for which nobody has recorded dawn and dusk",
            f"Record from when to when it is day there, {by(bench, 'X1')}.",
        ),
    ]
    return found or bench.met(
        "X1", f"The column is off the road {hours(early_s)} before dusk, or in a place of refuge."
    )


def hours_by_day(bench: Bench) -> list[tuple[Occupied, Spans]] | None:
    """Each road and place of the way with when rule X1 lets the column be there.

    None where the operation has set no rule for darkness.
    """
    early_s = bench.profile.refuge_before_dusk_s
    if early_s is None:
        return None
    days = _Days(bench, early_s)
    found = []
    for entry in bench.itinerary.entries:
        for cls in dict.fromkeys(entry.classes) if entry.place not in days.ends else ():
            found.append((entry, days.allowed(cls) | days.refuge(entry.place)))
    return found


def _lacking(
    bench: Bench, where: Dark, status: Status, code: str, when: str, remedy: str
) -> Iterable[Finding]:
    if where:
        place = tuple(where)
        times = [span for spans in where.values() for span in spans]
        span = Span(min(one.start for one in times), max(one.end for one in times))
        yield bench.finding(
            "X1",
            status,
            f"The column is on {bench.road(place)} {when}, {bench.period(span)}.",
            code=code,
            place=place,
            span=span,
            waits=status is Status.UNKNOWN,
            remedy=remedy,
        )


def _dark(bench: Bench, early_s: int) -> tuple[Dark, Dark]:
    """Where the column is when it should not be: known as dark, and of which nothing is known."""
    days = _Days(bench, early_s)
    dark: Dark = {}
    untold: Dark = {}
    for entry in bench.itinerary.entries:
        if entry.place in days.ends:
            continue
        occupied = Spans.of([Span(entry.enter, entry.leave)])
        for stretch, cls in _stretches(entry):
            lacking = occupied - days.allowed(cls) - days.refuge(entry.place)
            told = lacking & days.told(cls)
            if told:
                dark[stretch] = dark.get(stretch, NEVER) | told
            elif lacking:
                untold[stretch] = untold.get(stretch, NEVER) | lacking
    return dark, untold


def _stretches(entry: Occupied) -> Iterable[tuple[Stretch, int]]:
    if entry.place is not None:
        yield Stretch(entry.place), entry.classes[0]
        return
    for piece, cls in zip(entry.pieces, entry.classes, strict=True):
        yield Stretch(piece.edge, piece.start_dm, piece.end_dm), cls


class _Days:
    """The recorded daylight along one way, and its places of refuge."""

    def __init__(self, bench: Bench, early_s: int) -> None:
        self.bench, self.early_s = bench, early_s
        self.ends = _ends(bench)
        self._by_area: dict[str, list[Daylight]] = defaultdict(list)
        for day in bench.situation.facts_in(Daylight, bench.touched):
            for area in day.areas:
                self._by_area[area].append(day)
        self._refuges: dict[str | None, Spans] = {}
        for refuge in bench.situation.facts(Refuge):
            known = self._refuges.get(refuge.place, NEVER)
            self._refuges[refuge.place] = known | Spans.of([refuge.valid])

    def refuge(self, place: str | None) -> Spans:
        """When a place is a place of refuge; a road never is."""
        return NEVER if place is None else self._refuges.get(place, NEVER)

    def allowed(self, cls: int) -> Spans:
        """When it is day on a class of road and dusk is far enough."""
        return Spans.of(
            Span(day.during.start, day.during.end - self.early_s)
            for day in self._days(cls)
            if day.during.start < day.during.end - self.early_s
        )

    def told(self, cls: int) -> Spans:
        """The hours of which the records say whether it is day.

        Who states the dawn and the dusk of a day says by it that the night before that dawn and the
        night after that dusk are dark: a day long, back from its dusk and on from its dawn.
        """
        return Spans.of(
            Span(
                min(d.during.start, d.during.end - DAY_S), max(d.during.end, d.during.start + DAY_S)
            )
            for d in self._days(cls)
        )

    def _days(self, cls: int) -> list[Daylight]:
        return [day for area in self.bench.network.classes[cls][1] for day in self._by_area[area]]


def _ends(bench: Bench) -> frozenset[str | None]:
    """The first and the last place of the whole trip."""
    first, last = bench.movement.legs[0].route[0], bench.movement.legs[-1].route[-1]
    start, end = bench.network.edge(first.edge), bench.network.edge(last.edge)
    return frozenset((start.b if first.backwards else start.a, end.a if last.backwards else end.b))
