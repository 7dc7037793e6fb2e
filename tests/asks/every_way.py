"""The shortest list of asks by trying everything: every choice, every second, every road.

It shares no code with the program beyond the records: when a piece of road is open is read from
them here anew (sections 3, 4 and 6 of docs/reference/semantics.md, as far as the worlds of
`shut_roads` go), and a trip is looked for second by second. A set of seconds is a whole number: bit
`i` is the second that begins `i` seconds after the earliest departure.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import combinations

from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Assessment,
    ConsentNeed,
    Direction,
    Hazard,
    Instrument,
    Leg,
    Means,
    Movers,
    Presence,
    Purpose,
    Statement,
    UndertakingKind,
)
from tests.asks.shut_roads import SPEED_KMH, ShutRoads

Asked = tuple[str, str, str]
"""A party, a kind and an area."""
Choice = frozenset[Asked]
Where = tuple[frozenset[str], frozenset[str]]

RESTRAINT, PASSAGE, CONSENT = (
    UndertakingKind.RESTRAINT,
    UndertakingKind.PASSAGE,
    UndertakingKind.CONSENT,
)


class EveryWay:
    """All lists for one country, by trying all of them.

    Parameters
    ----------
    u_turns : whether the column may turn back anywhere; otherwise only where it may stand.
    """

    def __init__(self, world: ShutRoads, *, u_turns: bool = True) -> None:
        self.world, self.u_turns = world, u_turns
        self.begin = world.movement.depart_at
        self.length = world.seconds
        # The tail passes a second after the head at the least; the delay comes on top.
        metres = max(1, world.movement.convoy.column_m * 10)
        self.tail = -(-metres // 100)
        self.behind = self.tail + world.movement.margin_s
        self._open = lru_cache(maxsize=None)(self._open_anew)
        assert SPEED_KMH == 36  # so that 100 dm take a second

    # -- when is it open

    def seconds(self, span: Span) -> int:
        """The seconds of a span that lie in the time there is."""
        low = min(max(span.start - self.begin, 0), self.length)
        high = min(max(span.end - self.begin, 0), self.length)
        return (1 << high) - (1 << low) if high > low else 0

    def all(self, kind: type) -> list:
        return [one for one in self.world.records if isinstance(one, kind)]

    def keys(self, where: Where) -> Iterator[tuple[UndertakingKind, str, Means | None, int]]:
        """What is asked there: kind, party, means, and in which seconds."""
        touched, _ = where
        for presence in self.all(Presence):
            if not touched & set(presence.areas):
                continue
            for means in presence.means - {Means.CHECKPOINT}:
                yield RESTRAINT, presence.party, means, (1 << self.length) - 1
            if presence.controls or Means.CHECKPOINT in presence.means:
                yield PASSAGE, presence.party, None, (1 << self.length) - 1
        for need in self.all(ConsentNeed):
            if touched & set(need.areas):
                for holder in need.holders:
                    yield CONSENT, holder, None, self.seconds(need.valid)

    def turned(
        self,
        kind: UndertakingKind,
        party: str,
        means: Means | None,
        where: Where,
        leg: Leg,
        choice: Choice,
    ) -> int:
        """The seconds in which one key is turned."""
        _, within = where
        if any((party, kind.value, area) in choice for area in within):
            return (1 << self.length) - 1
        found = 0
        for said in self.all(Statement):
            for act in said.acts:
                given = act.undertaking
                if (
                    act.party == party
                    and given.kind is kind
                    and (means is None or means in given.means)
                    and within & set(given.areas)
                    and given.purposes & {leg.purpose, Purpose.ANY}
                    and given.directions & {leg.direction, Direction.ANY}
                    and (Movers.ANYONE in given.for_whom or leg.movers <= given.for_whom)
                ):
                    for one in given.windows:
                        found |= self.seconds(one.span)
        if kind is RESTRAINT:
            for instrument in self.all(Instrument):
                if (
                    instrument.party == party
                    and means in instrument.means
                    and within & set(instrument.areas)
                ):
                    consent = self.turned(CONSENT, party, None, where, leg, choice)
                    found |= consent & self.seconds(instrument.valid)
        return found

    def open(self, where: Where, leg: int, choice: Choice) -> int:
        """The seconds in which a piece of road or a place is open to a leg."""
        _, within = where
        bearing = frozenset(one for one in choice if one[2] in within)
        return self._open(where, leg, bearing)

    def _open_anew(self, where: Where, leg: int, choice: Choice) -> int:
        touched, within = where
        assessed = known = closed = 0
        for assessment in self.all(Assessment):
            if within & set(assessment.areas):
                assessed |= self.seconds(assessment.valid)
        for need in self.all(ConsentNeed):
            if touched & set(need.areas):
                known |= self.seconds(need.valid)
        for hazard in self.all(Hazard):
            if touched & set(hazard.areas):
                closed = (1 << self.length) - 1
        found = assessed & known & ~closed
        driven = self.world.movement.legs[leg]
        for kind, party, means, asked in self.keys(where):
            found &= ~asked | self.turned(kind, party, means, where, driven, choice)
        return found

    # -- is there a trip

    def opens(self, choice: Choice) -> bool:
        """Whether any trip can be made, at any second, by any road."""
        at = self.passable(self.world.ends[0][0], 0, choice)
        for leg, (start, end) in enumerate(self.world.ends):
            at = self.reached(leg, start, at, choice)[end]
            service = self.world.movement.legs[leg].service_s
            free = self.passable(end, leg, choice)
            held = self.held(self.open(self.place(end), leg, choice), service + self.behind)
            if leg + 1 < len(self.world.ends):
                # Whoever goes on from here must be let through for all the time here (rule G2).
                passes = self.lets_pass(end, leg + 1, choice)
                free &= self.held(passes, self.tail)
                held &= self.held(passes, service + self.tail)
            at = (self.stood(end, at, free) & held) << service
        # The tail is clear, and could be late by the margin, at the latest second.
        last = self.length - self.behind
        return last >= 0 and at & ((1 << (last + 1)) - 1) != 0

    def place(self, name: str) -> Where:
        place = self.world.network.place(name)
        return place.touched, place.within

    def lets_pass(self, name: str, leg: int, choice: Choice) -> int:
        """The seconds in which every passage that a place asks for is given to a leg."""
        found, driven = (1 << self.length) - 1, self.world.movement.legs[leg]
        for kind, party, means, asked in self.keys(self.place(name)):
            if kind is PASSAGE:
                turned = self.turned(kind, party, means, self.place(name), driven, choice)
                found &= ~asked | turned
        return found

    @staticmethod
    def held(open_: int, seconds: int) -> int:
        """The seconds from which on it stays open for so many seconds."""
        found = open_
        for later in range(1, seconds):
            found &= open_ >> later
        return found

    def passable(self, name: str, leg: int, choice: Choice) -> int:
        """When the head may pass a place, so that its tail is covered too."""
        return self.held(self.open(self.place(name), leg, choice), self.behind)

    @cached_property
    def arcs(self) -> list[tuple[str, str, str, int, tuple[Where, ...]]]:
        """Every edge either way: its ends, its id, its seconds, and its pieces."""
        found = []
        for edge in self.world.network.edges:
            pieces = tuple(
                (piece.touched, piece.within) for piece in self.world.network.pieces(edge.id)
            )
            takes = -(-edge.length_dm // 100)
            found.append((edge.a, edge.b, edge.id, takes, pieces))
            found.append((edge.b, edge.a, edge.id, takes, pieces))
        return found

    def reached(self, leg: int, start: str, at: int, choice: Choice) -> dict[str, int]:
        """At which seconds each place is arrived at, from `start` at the seconds `at`."""
        free = {
            place.id: self.passable(place.id, leg, choice) for place in self.world.network.places
        }
        # By the edge that was driven last, so that turning back into it can be told. Where the
        # first leg begins nobody stands: it leaves whenever it likes.
        begun = self.stood(start, at, free[start]) if leg else at
        states: dict[tuple[str, str], int] = {(start, ""): begun}
        found = dict.fromkeys(free, 0)
        ready = [(start, "")]
        doors = {}
        for a, b, edge, takes, pieces in self.arcs:
            door = (1 << self.length) - 1
            for piece in pieces:
                door &= self.held(self.open(piece, leg, choice), takes + self.behind)
            doors[a, edge, b] = door
        while ready:
            here, came = ready.pop()
            for a, b, edge, takes, _ in self.arcs:
                turns_back = edge == came and not self.u_turns and here not in self.world.waits
                if a != here or turns_back:
                    continue
                arrives = (states[here, came] & doors[a, edge, b]) << takes
                found[b] |= arrives
                leaves = self.stood(b, arrives & free[b], free[b])
                if leaves & ~states.get((b, edge), 0):
                    states[b, edge] = states.get((b, edge), 0) | leaves
                    ready.append((b, edge))
        return found

    def stood(self, name: str, at: int, free: int) -> int:
        """The seconds at which it can leave, having arrived at the seconds `at`.

        It stands where it may, and only for as long as `free` lasts.
        """
        if name not in self.world.waits:
            return at
        found = at
        for _ in range(self.length):
            found |= ((found & free) << 1) & free
        return found

    # -- what is the shortest

    @cached_property
    def candidates(self) -> list[Asked]:
        """What could be asked, as far as some piece within the area asks for it."""
        network = self.world.network
        pieces = [(p.touched, p.within) for e in network.edges for p in network.pieces(e.id)]
        places = [(p.touched, p.within) for p in network.places]
        found: set[Asked] = set()
        consents = {one.party for one in self.all(Instrument)}
        for where in {*pieces, *places}:
            for kind, party, _, _ in self.keys(where):
                kinds = {kind} | ({CONSENT} if kind is RESTRAINT and party in consents else set())
                found |= {(party, one.value, area) for one in kinds for area in where[1]}
        return sorted(found)

    @cached_property
    def weights(self) -> dict[Asked, int]:
        """What each candidate asks for: decimetres of road within its area, times the seconds in
        which one of its keys is all that a word could change there, and is not turned, on any leg.
        """
        found = dict.fromkeys(self.candidates, 0)
        for edge in self.world.network.edges:
            for piece in self.world.network.pieces(edge.id):
                where = piece.touched, piece.within
                shut: dict[tuple[str, str], int] = {}
                for leg, driven in enumerate(self.world.movement.legs):
                    could = self.open(where, leg, frozenset(self.candidates))
                    for kind, party, means, asked in self.keys(where):
                        lacks = asked & could
                        lacks &= ~self.turned(kind, party, means, where, driven, frozenset())
                        for one, when in self.ways_to_turn(kind, party, means, where, lacks):
                            shut[party, one] = shut.get((party, one), 0) | when
                for (party, one), when in shut.items():
                    for area in piece.within:
                        found[party, one, area] += when.bit_count() * (
                            piece.end_dm - piece.start_dm
                        )
        return found

    def ways_to_turn(
        self, kind: UndertakingKind, party: str, means: Means | None, where: Where, lacks: int
    ) -> Iterator[tuple[str, int]]:
        """The kinds of undertaking that turn a key, each with when it would."""
        yield kind.value, lacks
        for instrument in self.all(Instrument) if kind is RESTRAINT else ():
            if (
                instrument.party == party
                and means in instrument.means
                and where[1] & set(instrument.areas)
            ):
                yield CONSENT.value, lacks & self.seconds(instrument.valid)

    def in_order(self) -> Iterator[Choice]:
        """Every choice that opens a trip and of which no part does, the cheapest first."""
        if not self.opens(frozenset(self.candidates)):
            return
        weigh = self.weights.__getitem__

        def cost(some: tuple[Asked, ...]) -> tuple[int, int, int, tuple[Asked, ...]]:
            return len({one[0] for one in some}), len(some), sum(map(weigh, some)), some

        everything = [
            some
            for size in range(len(self.candidates) + 1)
            for some in combinations(self.candidates, size)
        ]
        found: list[Choice] = []
        shut: list[Choice] = []
        for some in sorted(everything, key=cost):
            choice = frozenset(some)
            if any(one <= choice for one in found) or any(choice <= one for one in shut):
                continue
            if self.opens(choice):
                found.append(choice)
                yield choice
            else:
                shut = [one for one in shut if not one <= choice] + [choice]
