"""What a check has on its desk: the movement, the situation, the cover, the ledger.

And the few sentences that all checks share: names of parties and stretches, times in local words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from safeconduct.clearance.finding import Finding, Status, Stretch
from safeconduct.clearance.ledger import Ledger, Spot
from safeconduct.cover import Cover
from safeconduct.policy import Policy, Profile, Rule
from safeconduct.roads import Itinerary, Network, itinerary
from safeconduct.situation import ClosedEdges, Situation
from safeconduct.spacetime import BEGINNING, OPEN_END, Span, show
from safeconduct.spacetime.periods import show_span
from safeconduct.vocabulary import (
    Checkpoint,
    Leg,
    Means,
    Movement,
    Purpose,
    RoadSpeed,
    UndertakingKind,
)

_Stretch = tuple[str, int, int]
"""A stretch while it may still grow: its name, and from where to where in decimetres."""


def planned(movement: Movement, network: Network, situation: Situation) -> Itinerary:
    """Where a movement is and when by its plan, with what is known of holds and of speeds.

    Raises
    ------
    RouteRefused, UnknownReference, WrongField : as `itinerary`.
    """
    checkpoints, speeds = situation.facts(Checkpoint), situation.facts(RoadSpeed)
    return itinerary(movement, network, checkpoints, speeds)


@dataclass(frozen=True, kw_only=True)
class Bench:
    """Everything a check may look at; `sibling` gives the ledger and trip of a linked movement."""

    situation: Situation
    network: Network
    cover: Cover
    policy: Policy
    profile: Profile
    movement: Movement
    itinerary: Itinerary
    ledger: Ledger
    under_way: bool
    sibling: Callable[[str], Bench | None]
    remembered: dict[object, Any] = field(default_factory=dict, compare=False)
    """What several checks ask for, kept by whoever works it out first."""

    @cached_property
    def closed(self) -> ClosedEdges:
        """The closures that name edges."""
        return ClosedEdges(self.situation, self.network.has_edge)

    @property
    def trip(self) -> Span:
        """The time from departure (or now, under way) until the column is clear."""
        return Span(
            min(entry.enter for entry in self.itinerary.entries),
            max(entry.leave for entry in self.itinerary.entries),
        )

    @cached_property
    def touched(self) -> frozenset[str]:
        """Every area that some piece of the way touches."""
        classes = {cls for entry in self.itinerary.entries for cls in entry.classes}
        return frozenset().union(*(self.network.classes[cls][0] for cls in classes))

    def legs_for(self, *purposes: Purpose) -> tuple[Leg, ...]:
        """The legs of the movement that are for one of these purposes."""
        return tuple(leg for leg in self.movement.legs if leg.purpose in purposes)

    def name(self, actor: str) -> str:
        """An actor's name, or its id where none is recorded."""
        return self.situation.name(actor)

    def stretches(self, spots: Iterable[Spot]) -> tuple[Stretch, ...]:
        """The stretches of road in some spots, in driving order, neighbours joined."""
        found: list[_Stretch] = []
        there: set[_Stretch] = set()
        for spot in sorted(spots, key=lambda spot: (spot.entry.enter, spot.entry.leave)):
            for stretch in self._stretches_of(spot):
                name, start, end = stretch
                if (
                    found
                    and found[-1][0] == name
                    and (found[-1][2] == start or found[-1][1] == end)
                ):
                    _, first, last = found[-1]
                    there.discard(found[-1])
                    found[-1] = name, min(first, start), max(last, end)
                    there.add(found[-1])
                elif stretch not in there:
                    found.append(stretch)
                    there.add(stretch)
        return tuple(Stretch(*one) for one in found)

    @staticmethod
    def _stretches_of(spot: Spot) -> Iterable[_Stretch]:
        entry = spot.entry
        if entry.place is not None:
            return ((entry.place, 0, 0),)
        return [
            (piece.edge, piece.start_dm, piece.end_dm)
            for piece, cls in zip(entry.pieces, entry.classes, strict=True)
            if cls == spot.cls
        ]

    def road(self, place: Iterable[Stretch]) -> str:
        """Stretches in words: one or two by name, more as the way from the first to the last.

        A way there and back names each stretch once, so the last one is the far end.
        """
        stretches = tuple(dict.fromkeys(place))
        names = list(dict.fromkeys(self._named(stretch.name) for stretch in stretches))
        if len(names) < 3:
            return " and ".join(names)
        length_dm = sum({s: s.end_dm - s.start_dm for s in stretches}.values())
        return (
            f"the way from {names[0]} to {names[-1]} ({len(names)} stretches, "
            f"{length_dm // 10_000}.{length_dm % 10_000 // 1000} km)"
        )

    def spots_named(self, place: Iterable[Stretch]) -> str:
        """Separate spots by name, at most four of them."""
        names = list(dict.fromkeys(self._named(stretch.name) for stretch in place))
        more = f" and {len(names) - 4} more" if len(names) > 4 else ""
        return ", ".join(names[:4]) + more

    def _named(self, stretch: str) -> str:
        if self.network.has_edge(stretch):
            return self.network.edge(stretch).name or stretch
        return self.network.place(stretch).name or stretch

    def time(self, instant: int) -> str:
        """An instant in the movement's zone."""
        return show(instant, self.movement.zone)

    def period(self, span: Span) -> str:
        """A span in the movement's zone, rounded outwards to the minute.

        Rounded so, what is asked for is never less than what is needed.
        """
        start, end = span.start // 60 * 60, -(-span.end // 60) * 60
        if start < BEGINNING or end > OPEN_END:
            return f"{self.time(span.start)} to {self.time(span.end)}"
        return show_span(Span(start, end), self.movement.zone)

    def finding(self, rule_id: str, status: Status, says: str, **rest: object) -> Finding:
        """A finding of a rule, with the rule's own level and, unless given, its own remedy.

        The level is the profile's where the organisation made the rule stricter.
        """
        rule: Rule = self.policy.rule(rule_id)
        needs_remedy = status in (Status.UNMET, Status.UNKNOWN)
        fields: dict[str, object] = {"level": rule.level_under(self.profile)} | rest
        if needs_remedy and not fields.get("remedy"):
            fields["remedy"] = rule.remedy
        return Finding(rule=rule_id, status=status, says=says, **fields)  # type: ignore[arg-type]

    def met(self, rule_id: str, says: str, **rest: object) -> list[Finding]:
        """One plain met finding; it rests on each word as all tell it who tell it at all."""
        found = self.finding(rule_id, Status.MET, says, **rest)
        told = (twin for id in found.statements for twin in self.situation.twins(id))
        return [replace(found, statements=tuple(dict.fromkeys(told)))]

    def not_applicable(self, rule_id: str, says: str) -> list[Finding]:
        """One finding that says why the rule has nothing to look at."""
        return [self.finding(rule_id, Status.NOT_APPLICABLE, says)]


def thing(kind: UndertakingKind, means: Iterable[Means | None] = ()) -> str:
    """A key in words: "restraint from air strike and ground fire", "passage", "consent"."""
    named = sorted(m.value.replace("-", " ") for m in means if m is not None)
    if kind is not UndertakingKind.RESTRAINT or not named:
        return kind.value
    head = ", ".join(named[:-1])
    return "restraint from " + (f"{head} and {named[-1]}" if head else named[-1])


def named(purposes: Iterable[Purpose]) -> str:
    """Purposes in words: "aid delivery and medical supplies"."""
    return " and ".join(sorted(purpose.value.replace("-", " ") for purpose in purposes))


def clause(text: str) -> str:
    """What somebody wrote, without its full stop, so that it can stand inside a sentence."""
    return text.strip().rstrip(".")
