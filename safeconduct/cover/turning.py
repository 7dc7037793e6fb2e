"""What turns a key, on which classes of road and when, for all classes at once.

The same words as `Cover.turned` and `Cover.by_instrument` weigh for one class; a law holds the two
together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from safeconduct.cover.chart import Sets
from safeconduct.cover.cover import Cover, fits_leg
from safeconduct.cover.keys import Key, LegProfile
from safeconduct.cover.standing import Standing, Yield
from safeconduct.spacetime import Spans
from safeconduct.vocabulary import (
    Instrument,
    InstrumentKind,
    Movement,
    Purpose,
    UndertakingKind,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Turnings", "Word"]


class Word(NamedTuple):
    """Something that turns a key on the classes that lie within an area of each of these sets."""

    spans: Spans
    sets: Sets


class Turnings:
    """Everything that turns keys for one leg of a movement, in one cover."""

    def __init__(self, cover: Cover, leg: LegProfile, movement: Movement) -> None:
        self.cover, self.leg, self.movement = cover, leg, movement
        self._given: dict[str, list[Standing]] = {}
        self._fitting: dict[tuple[frozenset[object], ...], bool] = {}

    def words(self, key: Key) -> Iterator[Word]:
        """The words, bases and consents that turn a key; the spans of several may overlap."""
        yield from self._grants(key)
        if key.kind is UndertakingKind.CONSENT:
            yield from self._bases(key)
        for instrument in self._instruments(key):
            if instrument.instrument is InstrumentKind.CONSENT:
                valid, areas = Spans.of([instrument.valid]), frozenset(instrument.areas)
                # A legal basis replaces consent; it does not make one hold fire.
                for word in self._grants(Key(UndertakingKind.CONSENT, key.party)):
                    yield Word(word.spans & valid, (*word.sets, areas))

    def owned(self, key: Key) -> Iterator[tuple[Spans, NDArray[np.int64]]]:
        """When an instrument with a risk owner turns a key, and on which classes of road."""
        for instrument in self._instruments(key):
            usable = instrument.instrument is not InstrumentKind.CONSENT
            if usable and self.cover.is_usable(instrument, self.movement):
                near = np.flatnonzero(self.cover.chart.lying((frozenset(instrument.areas),)))
                unused = [self.cover.no_recent_use(instrument, key, cls) for cls in near.tolist()]
                yield Spans.of([instrument.valid]), near[np.array(unused, np.bool_)]

    def _instruments(self, key: Key) -> Iterator[Instrument]:
        if key.kind is UndertakingKind.RESTRAINT:
            for instrument in self.cover.instruments.get(key.party, ()):
                if key.means in instrument.means:
                    yield instrument

    def _grants(self, key: Key) -> Iterator[Word]:
        for _, one in self._slot(key, key.party):
            yield Word(one.spans, _sets(one))
        for relation in self.cover.binders.get(key.party, ()):
            valid, areas = Spans.of([relation.valid]), frozenset(relation.areas)
            for standing, one in self._slot(key, relation.binder):
                lost = self.cover.standings.lost_for(
                    standing.grant, key.means, key.party, one.statement
                )
                yield Word((one.spans & valid) - lost, (*_sets(one), areas))

    def _bases(self, key: Key) -> Iterator[Word]:
        for basis in self.cover.bases:
            if (
                key.party in basis.replaces
                and basis.purposes & {self.leg.purpose, Purpose.ANY}
                and all(self.cover.is_settled(one, key.party) for one in basis.conditions)
            ):
                yield Word(Spans.of([basis.valid]), (frozenset(basis.areas),))

    def _slot(self, key: Key, party: str) -> Iterator[tuple[Standing, Yield]]:
        if party not in self._given:
            grants = self.cover.situation.grants_of.get(party, ())
            standings = (self.cover.standings[grant.id] for grant in grants)
            self._given[party] = [one for one in standings if self._fits(one)]
        for standing in self._given[party]:
            if standing.grant.undertaking.kind is key.kind:
                for one in standing.yields.get(key.means, ()):
                    if one.spans:
                        yield standing, one

    def _fits(self, standing: Standing) -> bool:
        """Whether it was given for this leg; of all that are worded alike, only one is asked."""
        given = standing.grant.undertaking
        wording = given.purposes, given.directions, given.for_whom
        if wording not in self._fitting:
            self._fitting[wording] = fits_leg(standing, self.leg)
        return self._fitting[wording]


def _sets(one: Yield) -> Sets:
    return (one.areas,) if one.also_within is None else (one.areas, one.also_within)
