"""The ledger of keys: over the whole occupied way, which keys are turned and which are missing.

One pass over the itinerary answers the rules A1, A8 and T1 (margin), and keeps on the side what
T2 (first sufficient set), T5 (open-ended words) and A9 (risk owners) need.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from safeconduct.clearance.budget import Budget
from safeconduct.cover import Cover, Key, LegProfile, Part, Turned
from safeconduct.roads import Itinerary, Occupied
from safeconduct.spacetime import BEGINNING, NEVER, Span, Spans
from safeconduct.vocabulary import Crossing, Hazard, Instrument, Movement


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


@dataclass(kw_only=True)
class Ledger:
    """What the pass over the itinerary found. Built once, then only read.

    `missing` are keys not turned while the column is there; `late` are keys that stay turned on
    time but not if the trip runs later by up to the margin. `asked` says for how many spots each
    key was asked, `turned` for how many it was turned.
    """

    missing: dict[Key, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    late: dict[Key, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    unassessed: list[Spot] = field(default_factory=list)
    stale: list[Spot] = field(default_factory=list)
    unassessed_late: list[Spot] = field(default_factory=list)
    holder_unknown: list[Spot] = field(default_factory=list)
    holder_unknown_late: list[Spot] = field(default_factory=list)
    hazards: dict[str, tuple[Hazard, list[Spot]]] = field(default_factory=dict)
    hazards_late: dict[str, tuple[Hazard, list[Spot]]] = field(default_factory=dict)
    shut: list[tuple[Crossing, Spot]] = field(default_factory=list)
    shut_late: list[tuple[Crossing, Spot]] = field(default_factory=list)
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
            self.missing or self.unassessed or self.holder_unknown or self.hazards or self.shut
        )

    @property
    def bears_margin(self) -> bool:
        """Whether a delay of up to the margin leaves everything covered."""
        return self.is_whole and not (
            self.late
            or self.unassessed_late
            or self.holder_unknown_late
            or self.hazards_late
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


@dataclass(slots=True)
class _Row:
    """One key of one class of road on one leg, looked up once for the whole pass.

    `only` is the common case: a single grant with an end, and no instrument beside it. The visits
    on which it simply turns the key are counted here and entered in the ledger at the end.
    """

    key: Key
    asked: Spans
    turned: Turned
    others: tuple[tuple[Instrument, tuple[Part, ...]], ...]
    only: Part | None
    simply: int = 0


class _Pass:
    """One pass over the itinerary of one movement."""

    def __init__(self, cover: Cover, movement: Movement, budget: Budget) -> None:
        self.cover, self.movement, self.budget = cover, movement, budget
        self.ledger = Ledger()
        self.legs = {leg.id: LegProfile.of(leg) for leg in movement.legs}
        self.fresh_from = movement.depart_at - cover.profile.reconfirm_open_ended_s
        self.rows: dict[tuple[int, str], list[_Row]] = {}

    def over(self, itinerary: Itinerary) -> Ledger:
        """Check every entry of the itinerary."""
        for entry in itinerary.entries:
            leg = self.legs[entry.leg]
            occupied = Span(entry.enter, entry.leave)
            wide = Span(entry.enter, entry.leave + self.movement.margin_s)
            for cls in dict.fromkeys(entry.classes):
                self._visit(_Visit(entry, cls, leg, occupied, wide))
            if entry.place is not None:
                self._crossings(entry.place, _Visit(entry, entry.classes[0], leg, occupied, wide))
        self._enter_simple()
        return self.ledger

    def _visit(self, visit: _Visit) -> None:
        ground, book = self.cover.ground(visit.cls), self.ledger
        self.budget.spend(1 + len(ground.asked) + len(ground.consents))
        self._must_hold(ground.assessed, visit, book.unassessed, book.unassessed_late)
        self._must_hold(ground.holder_known, visit, book.holder_unknown, book.holder_unknown_late)
        if ground.stale and (stale := ground.stale.within(visit.occupied)):
            book.stale.append(visit.spot(stale))
        for hazard, spans in ground.hazards:
            self._hazard(hazard, spans, visit)
        wide = visit.wide
        for row in self._rows(visit):
            if row.only and row.asked.holds(wide) and row.turned.spans.holds(wide):
                row.simply += 1
            elif wanted := row.asked.within(wide):
                self._weigh(row, wanted, visit)

    def _rows(self, visit: _Visit) -> list[_Row]:
        """The keys that a class asks for on a leg; kept, since a way returns to few classes."""
        at = (visit.cls, visit.entry.leg)
        if at not in self.rows:
            ground = self.cover.ground(visit.cls)
            self.rows[at] = [
                self._row(key, asked, visit) for key, asked in (*ground.asked, *ground.consents)
            ]
        return self.rows[at]

    def _row(self, key: Key, asked: Spans, visit: _Visit) -> _Row:
        turned = self.cover.turned(key, visit.cls, visit.leg)
        others = self.cover.by_instrument(key, visit.cls, visit.leg, self.movement)
        single = len(turned.parts) == 1 and not others and not turned.parts[0].open_ended
        return _Row(key, asked, turned, others, turned.parts[0] if single else None)

    def _enter_simple(self) -> None:
        book = self.ledger
        for rows in self.rows.values():
            for row in rows:
                if row.simply and row.only:
                    book.asked[row.key] += row.simply
                    book.turned[row.key] += row.simply
                    book.relied[row.key].add(row.only.grant)
                    book.sufficient_at = max(book.sufficient_at, row.only.said_at)

    @staticmethod
    def _must_hold(spans: Spans, visit: _Visit, now: list[Spot], late: list[Spot]) -> None:
        if spans.holds(visit.wide):
            return
        holes = spans.holes(visit.occupied)
        if holes:
            now.append(visit.spot(holes))
        else:
            late.append(visit.spot(spans.holes(visit.wide)))

    def _hazard(self, hazard: Hazard, spans: Spans, visit: _Visit) -> None:
        met = spans.within(visit.wide)
        if met:
            during = met.within(visit.occupied)
            book = self.ledger.hazards if during else self.ledger.hazards_late
            _, spots = book.setdefault(hazard.id, (hazard, []))
            spots.append(visit.spot(during or met))

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
        lacking = self._less_instruments(key, wanted - row.turned.spans, row.others)
        during = lacking.within(visit.occupied)
        if during:
            book.missing[key].append(visit.spot(during))
            return
        book.turned[key] += 1
        parts = row.turned.parts + tuple(part for _, found in row.others for part in found)
        self._keep(key, parts, wanted.within(visit.occupied))
        if lacking:
            book.late[key].append(visit.spot(lacking))

    def _less_instruments(
        self, key: Key, lacking: Spans, others: tuple[tuple[Instrument, tuple[Part, ...]], ...]
    ) -> Spans:
        """What is still lacking after instruments other than a guarantee are counted."""
        for instrument, parts in others:
            for part in parts:
                if lacking & part.spans:
                    self.ledger.risks[key][instrument.id] = instrument
                    lacking = lacking - part.spans
        return lacking

    def _keep(self, key: Key, parts: tuple[Part, ...], wanted: Spans) -> None:
        """What the turned key rests on: its grants, since when, and how fresh they are."""
        useful = [part for part in parts if part.spans & wanted]
        if not useful:
            return
        book = self.ledger
        book.relied[key].update(part.grant for part in useful)
        book.sufficient_at = max(book.sufficient_at, _first_sufficient(useful, wanted))
        fresh = NEVER
        for part in useful:
            if not part.open_ended or part.said_at >= self.fresh_from:
                fresh = fresh | part.spans
        if wanted - fresh:
            book.stale_words[key].update(part.grant for part in useful if part.open_ended)


def _first_sufficient(parts: list[Part], wanted: Spans) -> int:
    """The moment by which enough had been said to turn the key for all of `wanted`."""
    if len(parts) == 1:
        return parts[0].said_at
    ordered = sorted(parts, key=lambda part: part.said_at)
    for part in ordered:
        wanted = wanted - part.spans
        if not wanted:
            return part.said_at
    return ordered[-1].said_at


def ledger(cover: Cover, movement: Movement, itinerary: Itinerary, budget: Budget) -> Ledger:
    """The keys that the whole way asks for, turned or missing, for one movement.

    Raises
    ------
    BudgetExhausted : the way is longer than the step budget.
    """
    return _Pass(cover, movement, budget).over(itinerary)


def hull(spots: Iterable[Spot]) -> Span:
    """The shortest span that holds all the missing times of some spots."""
    bounds = [bound for spot in spots for bound in spot.missing.bounds]
    return Span(min(bounds), max(bounds))
