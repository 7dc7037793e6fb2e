"""Who is bound to what when: parties against hours, for the whole way of a movement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safeconduct.clearance.bench import Bench, thing
from safeconduct.clearance.rejections import rejections
from safeconduct.cover import Key, LegProfile
from safeconduct.spacetime import Span, Spans, utc
from safeconduct.vocabulary import Means, Reject, Statement, UndertakingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One party and one kind of key over the trip.

    Parameters
    ----------
    what : the keys in words.
    bound : when every one of these keys is turned along the whole way.
    partly : when some are turned, or all on a part of the way.
    offered : when something the party said holds that does not turn the key, whatever its fault.
    rejected_at : the latest moment at which it rejected something that bears on the trip.
    """

    party: str
    what: str
    bound: Spans
    partly: Spans
    offered: Spans
    rejected_at: int | None

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "party": self.party,
            "what": self.what,
            "bound": [[utc(s.start), utc(s.end)] for s in self.bound],
            "partly": [[utc(s.start), utc(s.end)] for s in self.partly],
            "offered": [[utc(s.start), utc(s.end)] for s in self.offered],
            "rejected_at": None if self.rejected_at is None else utc(self.rejected_at),
        }


def bound_table(bench: Bench, horizon: Span) -> tuple[Bound, ...]:
    """One row per party and kind of key that the way asks for, within a horizon.

    Parameters
    ----------
    horizon : UTC; what is outside it is left out.
    """
    whole = Spans.of([horizon])
    together: dict[tuple[str, UndertakingKind], Spans] = {}
    somewhere: dict[tuple[str, UndertakingKind], Spans] = defaultdict(Spans)
    means: dict[tuple[str, UndertakingKind], set[Means | None]] = defaultdict(set)
    for key, cls, leg in _asked(bench):
        row = (key.party, key.kind)
        turned = bench.cover.turned(key, cls, leg).spans
        for _, parts in bench.cover.by_instrument(key, cls, leg, bench.movement):
            for part in parts:
                turned = turned | part.spans
        turned = turned & whole
        together[row] = together.get(row, whole) & turned
        somewhere[row] = somewhere[row] | turned
        means[row].add(key.means)
    return tuple(
        Bound(
            party=party,
            what=thing(kind, means[party, kind]),
            bound=together[party, kind],
            partly=somewhere[party, kind] - together[party, kind],
            offered=_offered(bench, party, whole) - somewhere[party, kind],
            rejected_at=max((s.said_at for _, s in _rejections(bench, party)), default=None),
        )
        for party, kind in sorted(together, key=lambda row: (row[0], row[1].value))
    )


def _asked(bench: Bench) -> Iterator[tuple[Key, int, LegProfile]]:
    """Every key that some class of the way asks for on some leg, once."""
    legs = {leg.id: LegProfile.of(leg) for leg in bench.movement.legs}
    seen: set[tuple[Key, int, LegProfile]] = set()
    for entry in bench.itinerary.entries:
        for cls in entry.classes:
            ground = bench.cover.ground(cls)
            for key, _ in (*ground.asked, *ground.consents):
                if (key, cls, legs[entry.leg]) not in seen:
                    seen.add((key, cls, legs[entry.leg]))
                    yield key, cls, legs[entry.leg]


def _offered(bench: Bench, party: str, whole: Spans) -> Spans:
    """When anything the party offered would hold by its own words."""
    return whole & Spans.of(
        window.span
        for grant in bench.situation.grants_of.get(party, ())
        for window in grant.undertaking.windows
    )


def _rejections(bench: Bench, party: str) -> tuple[tuple[Reject, Statement], ...]:
    return rejections(bench.situation, bench.movement, bench.trip, party)
