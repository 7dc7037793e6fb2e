"""A register as the office's verbs find it at one moment: what is known, by id, and as judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from safeconduct.adapters.chance import new_id
from safeconduct.adapters.clock import now
from safeconduct.adapters.files.times import seconds
from safeconduct.app.opening import Opened
from safeconduct.clearance import Judge
from safeconduct.clearance.bench import Bench
from safeconduct.errors import SafeconductError, UnknownReference, WrongField
from safeconduct.situation import Situation
from safeconduct.spacetime import Edge, instant
from safeconduct.vocabulary import Movement, Record
from safeconduct.watch.item import Docket


class HasId(Protocol):
    """Anything that is recorded under an id."""

    @property
    def id(self) -> str:
        """The id."""


Fact = TypeVar("Fact", bound=HasId)


@dataclass(frozen=True, kw_only=True)
class Office:
    """A register at (as of, known at), with records that a verb is about to add, if any."""

    opened: Opened
    as_of: int
    known_at: int
    more: tuple[Record, ...] = ()

    @cached_property
    def situation(self) -> Situation:
        """The picture at that moment."""
        return self.opened.situation(self.as_of, self.known_at, more=self.more)

    @cached_property
    def judge(self) -> Judge:
        """A judge of that picture.

        Raises
        ------
        UnknownReference : no road network has been recorded.
        """
        return Judge(self.situation, self.opened.network(self.known_at), self.opened.policy)

    def docket(self, movement: str) -> Docket:
        """One movement with its judgement, as of that moment."""
        judge = self.judge
        return Docket(
            movement=judge.movement(movement),
            judgement=judge.judge(movement),
            bench=self._bench(movement),
        )

    def dockets(self) -> tuple[Docket, ...]:
        """Every movement with its judgement, by id."""
        return tuple(self.docket(id) for id in sorted(self.situation.movements))

    def movement(self, wanted: str | None) -> Movement:
        """The movement of an id; the only one there is when none is named.

        Raises
        ------
        UnknownReference : there is no such movement, or none is named and there is not just one.
        """
        known = self.situation.movements
        if wanted is None and len(known) == 1:
            return next(iter(known.values()))
        if wanted is None:
            raise UnknownReference(
                "Which movement is meant is not said.",
                f"Give `--movement`; known: {', '.join(sorted(known)) or 'none at that moment'}.",
            )
        return self.find(Movement, wanted)

    def find(self, kind: type[Fact], id: str) -> Fact:
        """The record of a kind and an id.

        Raises
        ------
        UnknownReference : nothing of that kind and id is known at that moment.
        """
        found = {one.id: one for one in self.situation.facts(kind)}
        if kind is Movement:
            found = dict(self.situation.movements)  # type: ignore[arg-type]  # the latest versions
        if id in found:
            return found[id]
        name = str(getattr(kind, "tag", "record")).replace("-", " ")
        raise UnknownReference(
            f'No {name} "{id}" is known at that moment.',
            f"Known: {', '.join(sorted(found)) or 'none'}.",
            id=id,
        )

    def _bench(self, movement: str) -> Bench | None:
        try:
            return self.judge.bench_of(movement)
        except SafeconductError:
            return None


def office(opened: Opened, at: str | None, known_at: str | None = None) -> Office:
    """The register as asked about: as of `at`, from what was known at `known_at`.

    Parameters
    ----------
    at : a moment as text with its zone; this moment when left out.
    known_at : likewise; the same moment as `at` when left out.

    Raises
    ------
    TimeRefused : a moment cannot be read.
    WrongField : a replay, which has no present moment, and none is given.
    """
    if at is None and opened.store.replay:
        raise WrongField(
            f"{opened.name} is a replay, and a replay has no present moment.",
            "Say as of when: `--at 2016-11-04T07:30:00Z`.",
        )
    as_of = opened.by_the_clock(now()) if at is None else instant(at, edge=Edge.END)
    known = as_of if known_at is None else instant(known_at, edge=Edge.END)
    return Office(opened=opened, as_of=as_of, known_at=known)


def writing(opened: Opened, at: str | None) -> Office:
    """The register as a verb that records finds it: as of `at`, with all that is known by now.

    Raises
    ------
    TimeRefused : the moment cannot be read.
    """
    present = now()
    as_of = opened.by_the_clock(present) if at is None else instant(at, edge=Edge.START)
    return Office(opened=opened, as_of=as_of, known_at=max(as_of, present))


def moment_or_stay(text: str, start: int) -> int:
    """A moment as text with its zone, or so long after `start` ("24h").

    Raises
    ------
    TimeRefused, WrongField : it is neither.
    """
    if text[:1].isdigit() and "-" not in text and ":" not in text:
        return start + seconds(text)
    return instant(text, edge=Edge.END)


def fresh_id(*words: str) -> str:
    """An id that nobody else draws, told by words a person knows: `chase-ask-north-3f9a2c1b`."""
    return "-".join((*words, new_id()[:8]))


def one_of(kind: str, text: str, legal: Iterable[str]) -> str:
    """The text, which is one of the legal ones.

    Raises
    ------
    WrongField : it is none of them.
    """
    words = sorted(legal)
    if text not in words:
        raise WrongField(
            f'There is no {kind} "{text}".', f"Give one of: {', '.join(words)}.", value=text
        )
    return text
