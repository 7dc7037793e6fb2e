"""The ledger of keys: over the whole occupied way, which keys are turned and which are missing.

One pass over the itinerary answers the rules A1, A8 and T1 (margin), and keeps on the side what
T2 (first sufficient set), T5 (open-ended words) and A9 (risk owners) need.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from safeconduct.clearance.budget import Budget
from safeconduct.cover import Cover, Ground, Key, LegProfile, Part, Turned
from safeconduct.roads import Itinerary, Occupied
from safeconduct.situation import ClosedEdges, waiting_places
from safeconduct.spacetime import BEGINNING, NEVER, Span, Spans
from safeconduct.vocabulary import (
    Closure,
    Crossing,
    Hazard,
    Instrument,
    InstrumentKind,
    Movement,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where and when something is missing: an entry of the itinerary, a class, the missing time."""

    entry: Occupied
    cls: int
    leg: LegProfile
    missing: Spans


@dataclass(frozen=True, slots=True)
class Missing:
    """A key that is not turned over all of the way, and where not."""

    key: Key
    spots: tuple[Spot, ...]


_Shutting = TypeVar("_Shutting", Hazard, Closure)
_Shut = dict[str, tuple[_Shutting, list[Spot]]]
"""By its id, what shuts road whatever anybody has said, and where."""


@dataclass(kw_only=True)
class Ledger:
    """What the pass over the itinerary found. Built once, then only read.

    `missing` are keys not turned while the column is there; `late` are keys that stay turned on
    time but not if the trip runs later by up to the margin. `asked` says for how many spots each
    key was asked, `turned` for how many it was turned. `no_room` are halts where no waiting place
    is recorded that holds the column for all of the time: no key, and so nothing of A1 or A8.
    """

    missing: dict[Key, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    late: dict[Key, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    unassessed: list[Spot] = field(default_factory=list)
    stale: list[Spot] = field(default_factory=list)
    unassessed_late: list[Spot] = field(default_factory=list)
    holder_unknown: list[Spot] = field(default_factory=list)
    holder_unknown_late: list[Spot] = field(default_factory=list)
    hazards: _Shut[Hazard] = field(default_factory=dict)
    hazards_late: _Shut[Hazard] = field(default_factory=dict)
    closed: _Shut[Closure] = field(default_factory=dict)
    closed_late: _Shut[Closure] = field(default_factory=dict)
    shut: list[tuple[Crossing, Spot]] = field(default_factory=list)
    shut_late: list[tuple[Crossing, Spot]] = field(default_factory=list)
    no_room: list[Spot] = field(default_factory=list)
    no_room_late: list[Spot] = field(default_factory=list)
    asked: dict[Key, int] = field(default_factory=lambda: defaultdict(int))
    turned: dict[Key, int] = field(default_factory=lambda: defaultdict(int))
    relied: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    risks: dict[Key, dict[str, Instrument]] = field(default_factory=lambda: defaultdict(dict))
    stale_words: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    sufficient_at: int = BEGINNING

    @property
    def is_whole(self) -> bool:
        """Whether nothing at all is missing while the column is on the way (A1 and A8)."""
        return not (
            self.missing
            or self.unassessed
            or self.holder_unknown
            or self.hazards
            or self.closed
            or self.shut
        )

    @property
    def bears_margin(self) -> bool:
        """Whether a delay of up to the margin leaves everything covered, halts included."""
        return self.is_whole and not (
            self.no_room
            or self.no_room_late
            or self.late
            or self.unassessed_late
            or self.holder_unknown_late
            or self.hazards_late
            or self.closed_late
            or self.shut_late
        )

    @property
    def parties(self) -> tuple[str, ...]:
        """Every party whose key was asked anywhere on the way."""
        return tuple(sorted({key.party for key in self.asked}))

    def not_turned(self) -> Mapping[str, tuple[Missing, ...]]:
        """The missing keys, by party."""
        grouped: dict[str, list[Missing]] = defaultdict(list)
        for key in sorted(self.missing, key=lambda k: k.order):
            grouped[key.party].append(Missing(key, tuple(self.missing[key])))
        return {party: tuple(found) for party, found in grouped.items()}


@dataclass(frozen=True, slots=True)
class _Visit:
    """One class of road on one entry of the itinerary, and how long the column is there.

    `wide` is the occupied span prolonged by the margin.
    """

    entry: Occupied
    cls: int
    leg: LegProfile
    occupied: Span
    wide: Span

    def spot(self, missing: Spans) -> Spot:
        """Something missing here."""
        return Spot(self.entry, self.cls, self.leg, missing)


@dataclass(frozen=True, slots=True)
class _Row:
    """One key of one class of road on one leg, and everything that can turn it."""

    key: Key
    asked: Spans
    turned: Turned
    others: tuple[tuple[Instrument, tuple[Part, ...]], ...]

    def simply_turned(self, span: Span) -> Part | None:
        """The common case: one grant with an end turns the key for all of `span`, alone."""
        if len(self.turned.parts) != 1 or self.others or self.turned.parts[0].open_ended:
            return None
        alone = self.asked.holds(span) and self.turned.spans.holds(span)
        return self.turned.parts[0] if alone else None

    def evenly_turned(self, span: Span) -> bool:
        """Whether each word turns the key for all of `span` or for none of it, and some word does.

        Whatever is asked inside `span` then rests on the same words.
        """
        if self.others or not self.asked.holds(span):
            return False
        parts = self.turned.parts
        held = [part.spans.holds(span) for part in parts]
        return any(held) and not any(
            part.spans.within(span)
            for part, all_of_it in zip(parts, held, strict=True)
            if not all_of_it
        )

    def never_turned(self, span: Span) -> bool:
        """Whether the key is asked for all of `span` and no word turns it in any second of it."""
        return not self.others and self.asked.holds(span) and not self.turned.spans.within(span)


class _Pass:
    """One pass over the itinerary of one movement.

    A way returns to few classes of road, so its visits are taken class by class: what holds from
    the first visit of a class to the last one, margin included, is settled for all of them at once.
    """

    def __init__(
        self, cover: Cover, movement: Movement, budget: Budget, closed: ClosedEdges
    ) -> None:
        self.cover, self.movement, self.budget = cover, movement, budget
        self.closed = closed
        self.ledger = Ledger()
        self.legs = {leg.id: LegProfile.of(leg) for leg in movement.legs}
        halts = any(leg.halts for leg in movement.legs)
        self.room = waiting_places(cover.situation, movement.convoy.column_m) if halts else {}
        self.depart_at = movement.depart_at
        self.fresh_from = movement.depart_at - cover.profile.reconfirm_open_ended_s

    def over(self, itinerary: Itinerary) -> Ledger:
        """Check every entry of the itinerary."""
        visits: dict[tuple[int, str], list[_Visit]] = defaultdict(list)
        for entry in itinerary.entries:
            leg = self.legs[entry.leg]
            occupied = Span(entry.enter, entry.leave)
            wide = Span(entry.enter, entry.leave + self.movement.margin_s)
            for cls in dict.fromkeys(entry.classes):
                visit = _Visit(entry, cls, leg, occupied, wide)
                visits[cls, entry.leg].append(visit)
                for closure, spans in self.closed.on(entry.edge) if entry.edge else ():
                    self._closure(closure, spans, visit)
            if entry.place is not None:
                at_place = _Visit(entry, entry.classes[0], leg, occupied, wide)
                self._crossings(entry.place, at_place)
                if entry.halt_s:
                    room = self.room.get(entry.place, NEVER)
                    self._must_hold(room, at_place, self.ledger.no_room, self.ledger.no_room_late)
        for (cls, leg_id), found in visits.items():
            self._class(cls, self.legs[leg_id], found)
        return self.ledger

    def _class(self, cls: int, leg: LegProfile, visits: list[_Visit]) -> None:
        ground = self.cover.ground(cls)
        self.budget.spend(len(visits) * (1 + len(ground.asked) + len(ground.consents)))
        whole = Span(
            min(visit.wide.start for visit in visits), max(visit.wide.end for visit in visits)
        )
        self._ground(ground, visits, whole)
        for key, asked in (*ground.asked, *ground.consents):
            turned = self.cover.turned(key, cls, leg)
            row = _Row(key, asked, turned, self.cover.by_instrument(key, cls, leg, self.movement))
            only = row.simply_turned(whole)
            if only:
                self._enter(key, only, len(visits))
                continue
            if row.evenly_turned(whole):
                first, *others = visits
                self._weigh(row, asked.within(first.wide), first)
                self.ledger.asked[key] += len(others)
                self.ledger.turned[key] += len(others)
                continue
            if row.never_turned(whole):
                self._lack(key, visits)
                continue
            for visit in visits:
                if wanted := asked.within(visit.wide):
                    self._weigh(row, wanted, visit)

    def _ground(self, ground: Ground, visits: list[_Visit], whole: Span) -> None:
        """What the road asks for whoever moves on it: assessed, a known holder, not closed."""
        book = self.ledger
        for spans, now, late in (
            (ground.assessed, book.unassessed, book.unassessed_late),
            (ground.holder_known, book.holder_unknown, book.holder_unknown_late),
        ):
            if not spans.holds(whole):
                for visit in visits:
                    self._must_hold(spans, visit, now, late)
        for visit in visits if ground.stale or ground.hazards or ground.closures else ():
            if stale := ground.stale.within(visit.occupied):
                book.stale.append(visit.spot(stale))
            for hazard, spans in ground.hazards:
                self._hazard(hazard, spans, visit)
            for closure, spans in ground.closures:
                self._closure(closure, spans, visit)

    def _enter(self, key: Key, only: Part, times: int) -> None:
        book = self.ledger
        book.asked[key] += times
        book.turned[key] += times
        book.relied[key].add(only.grant)
        book.sufficient_at = max(book.sufficient_at, only.since)

    def _lack(self, key: Key, visits: list[_Visit]) -> None:
        self.ledger.asked[key] += len(visits)
        self.ledger.missing[key] += [
            visit.spot(Spans.one(visit.occupied.start, visit.occupied.end)) for visit in visits
        ]

    @staticmethod
    def _must_hold(spans: Spans, visit: _Visit, now: list[Spot], late: list[Spot]) -> None:
        if spans.holds(visit.wide):
            return
        holes = spans.holes(visit.occupied)
        if holes:
            now.append(visit.spot(holes))
        else:
            late.append(visit.spot(spans.holes(visit.wide)))

    @staticmethod
    def _shuts(
        what: _Shutting, spans: Spans, visit: _Visit, now: _Shut[_Shutting], late: _Shut[_Shutting]
    ) -> None:
        met = spans.within(visit.wide)
        if met:
            during = met.within(visit.occupied)
            _, spots = (now if during else late).setdefault(what.id, (what, []))
            spots.append(visit.spot(during or met))

    def _hazard(self, hazard: Hazard, spans: Spans, visit: _Visit) -> None:
        self._shuts(hazard, spans, visit, self.ledger.hazards, self.ledger.hazards_late)

    def _closure(self, closure: Closure, spans: Spans, visit: _Visit) -> None:
        self._shuts(closure, spans, visit, self.ledger.closed, self.ledger.closed_late)

    def _crossings(self, place: str, visit: _Visit) -> None:
        for crossing, spans in self.cover.crossings_at(place):
            now: list[Spot] = []
            late: list[Spot] = []
            self._must_hold(spans, visit, now, late)
            self.ledger.shut += [(crossing, spot) for spot in now]
            self.ledger.shut_late += [(crossing, spot) for spot in late]

    def _weigh(self, row: _Row, wanted: Spans, visit: _Visit) -> None:
        """A key that more than one word bears on, or that is not turned for all of the time."""
        book, key = self.ledger, row.key
        book.asked[key] += 1
        lacking = wanted - row.turned.spans
        plain, risky = _sorted_out(row)
        for part in (*plain, *(part for _, part in risky)):
            lacking = lacking - part.spans
        during = lacking.within(visit.occupied)
        if during:
            book.missing[key].append(visit.spot(during))
            return
        book.turned[key] += 1
        self._keep(row, plain, risky, wanted, wanted.within(visit.occupied))
        if lacking:
            book.late[key].append(visit.spot(lacking))

    def _keep(
        self,
        row: _Row,
        plain: list[Part],
        risky: list[tuple[Instrument, Part]],
        wanted: Spans,
        occupied: Spans,
    ) -> None:
        """What the turned key rests on: its grants, since when, and how fresh they are.

        A risk owner is counted on only as far as the words alone do not suffice: for the time and
        margin `wanted`, for preparation (T2), for freshness (T5). What rests on one is named.
        """
        book, key = self.ledger, row.key
        words = [part for part in plain if part.spans & wanted]
        owned = [(i, part) for i, part in risky if part.spans & wanted]
        fresh = said = NEVER
        for part in words:
            said = said | part.spans
            if not part.open_ended or part.said_at >= self.fresh_from:
                fresh = fresh | part.spans
        enough = _first_sufficient(words, occupied)
        in_time = enough is None or enough + self.movement.preparation_s <= self.depart_at
        if owned and not (in_time and not occupied - fresh and not wanted - said):
            book.risks[key].update({i.id: i for i, _ in owned})
            words += [part for _, part in owned]
            enough = _first_sufficient(words, occupied)
            fresh = fresh | Spans.of(span for _, part in owned for span in part.spans)
        book.relied[key].update(part.grant for part in words)
        if enough is not None:
            book.sufficient_at = max(book.sufficient_at, enough)
        if occupied - fresh:
            book.stale_words[key].update(part.grant for part in words if part.open_ended)


def _sorted_out(row: _Row) -> tuple[list[Part], list[tuple[Instrument, Part]]]:
    """The parts that need no risk owner (words, consents), and those that do."""
    plain, risky = list(row.turned.parts), []
    for instrument, parts in row.others:
        if instrument.instrument is InstrumentKind.CONSENT:
            plain += parts
        else:
            risky += [(instrument, part) for part in parts]
    return plain, risky


def _first_sufficient(parts: list[Part], wanted: Spans) -> int | None:
    """The moment by which enough had been said to turn the key for all of `wanted`, if ever."""
    if not wanted:
        return None
    for part in sorted(parts, key=lambda part: part.since):
        wanted = wanted - part.spans
        if not wanted:
            return part.since
    return None


def ledger(
    cover: Cover, movement: Movement, itinerary: Itinerary, budget: Budget, closed: ClosedEdges
) -> Ledger:
    """The keys that the whole way asks for, turned or missing, for one movement.

    Parameters
    ----------
    closed : the closures that name edges; those that name areas are in the cover.

    Raises
    ------
    BudgetExhausted : the way is longer than the step budget.
    """
    return _Pass(cover, movement, budget, closed).over(itinerary)


def hull(spots: Iterable[Spot]) -> Span:
    """The shortest span that holds all the missing times of some spots."""
    bounds = [bound for spot in spots for bound in spot.missing.bounds]
    return Span(min(bounds), max(bounds))
