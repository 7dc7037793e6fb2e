"""Whose word has come how far, who recorded what, and who must be heard; all of it in order.

Drawn from a source of chance of its own, so that everything else of a world stays as it was. The
river office writes here; the hill office is heard often and has changed a device, the coast office
is in doubt and nobody relies on it, and of the valley office a part is withheld. What must not stop
a movement stands beside what must be met: requirements that are over, replaced, not decided yet, of
somebody who is not concerned, or of ground that no road comes near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from safeconduct.situation import REPLAYED, Heard, Hearing
from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import (
    Arrangement,
    Impose,
    Link,
    PatientClearance,
    Permit,
    Record,
    RequiredWriter,
    Statement,
)
from tests.worlds.draft import DAY, HOUR, Draft
from tests.worlds.ground import FAR
from tests.worlds.world import UNDERTAKEN

#: What is doubted of the coast office: nobody who has one of these may be relied on.
DOUBTS = ("forked", "gapped", "clock", "rolled-back", "root-doubted", "bad-signature")
PAPERS = (Permit, PatientClearance, Arrangement)
STRANGER = "nobody-knows"  # a writer that no store has heard of


def in_order(
    draft: Draft, parties: Iterable[str], rng: Random
) -> tuple[list[tuple[Record, int]], Hearing]:
    """The requirements of a world, each with when it was recorded, and what was heard; all is met.

    `parties` are those that a key is asked of.
    """
    made = _Made(draft, sorted(parties), rng)
    by = {"recorded_by": dict(made.recorded()), "noted_by": dict(made.noted())}
    hearing = Hearing(writers=made.writers, **by)
    for _ in range(rng.choice((0, 0, 0, 1, 2, 3))):
        made.one()
    if made.required and rng.random() < 0.06:
        return made.required, REPLAYED
    return made.required, hearing


class _Made:
    """One world's writers and requirements, as they are drawn."""

    def __init__(self, draft: Draft, parties: list[str], rng: Random) -> None:
        self.draft, self.parties, self.rng = draft, parties, rng
        self.now = draft.as_of
        self.required: list[tuple[Record, int]] = []
        self.writers = {one.writer: one for one in self._writers()}
        self.waited = set(self._waited())

    # -- who writes

    def _writers(self) -> Iterator[Heard]:
        rng, now = self.rng, self.now
        yield Heard(writer="river-root", office="river", complete_at=now, is_root=True)
        yield Heard(writer="river-1", office="river", complete_at=now)
        ago = [rng.choice((0, 1, 60, HOUR, 6 * HOUR, 2 * DAY)) for _ in range(3)]
        root = now - rng.choice((0, 1, 60, HOUR, 2 * DAY))
        yield Heard(writer="hill-root", office="hill", complete_at=root, is_root=True)
        yield Heard(writer="hill-1", office="hill", complete_at=now - ago[0])
        lost = frozenset({"revoked"})
        last = rng.choice((None, now - 9 * DAY))
        yield Heard(writer="hill-2", office="hill", complete_at=last, doubts=lost)
        again = rng.random() < 0.5  # its follower was lost as well
        yield Heard(
            writer="hill-3",
            office="hill",
            complete_at=now - ago[1],
            doubts=lost if again else frozenset(),
            follows="hill-2",
        )
        if again:
            yield Heard(writer="hill-4", office="hill", complete_at=now - ago[2], follows="hill-3")
        for number in (1, 2):
            doubts = frozenset(rng.sample(DOUBTS, rng.choice((0, 1, 2))))
            seen = rng.choice((None, now, now - HOUR)) if doubts else None
            yield Heard(writer=f"coast-{number}", office="coast", complete_at=seen, doubts=doubts)
        dark = frozenset({rng.choice(("withheld", "unknown-key"))})
        yield Heard(writer="valley-1", office="valley", complete_at=now, doubts=dark)

    def recorded(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Who recorded each statement: nobody in doubt, save for what only the watch says."""
        sure = ("river-1", "river-1", "hill-1", "hill-2", "hill-3", "valley-1")
        for said in self.draft.all(Statement):
            idle = {said.actor, *(act.party for act in said.acts)} == {"watch"}
            by = ("coast-1", "coast-2", STRANGER) if idle else sure
            count = self.rng.choice((0, 1, 1, 1, 1, 1, 2))
            if count:
                yield said.id, frozenset(self.rng.choice(by) for _ in range(count))

    def noted(self) -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
        """Who recorded each paper of a party: nobody in doubt."""
        for paper in (one for kind in PAPERS for one in self.draft.all(kind)):
            by = self.rng.choice(("river-1", "hill-1", "hill-3", "valley-1", ""))
            if by:
                yield (paper.tag, paper.id), frozenset({by})

    # -- who must be heard

    def one(self) -> None:
        """A requirement that is met, at times with others that ask for nothing any more or yet."""
        kinds = (self.met, self.met, self.met, self.replaced, self.idle, self.idle)
        self.rng.choice(kinds)()

    def note(self, **fields: Any) -> RequiredWriter:
        """A requirement of some party, in force, unless told otherwise."""
        now, rng = self.now, self.rng
        begins = now - rng.choice((0, 1, HOUR, 30 * DAY))
        ends = rng.choice((now + 1, now + DAY, now + 30 * DAY, OPEN_END))
        decided_at = now - rng.choice((0, 1, HOUR, 9 * DAY))
        usual = {
            "id": self.draft.id("required"),
            "party": rng.choice(self.parties),
            "areas": self._somewhere(),
            "valid": Span(begins, ends),
            "by": "head of office",
            "decided_at": decided_at,
        }
        one = RequiredWriter(**(usual | fields))
        self.required.append((one, min(now, one.decided_at)))
        return one

    def _somewhere(self) -> tuple[str, ...]:
        areas = sorted(self.draft.ground.network.areas)
        return self.rng.choice(((), (), tuple(self.rng.sample(areas, 1)), tuple(areas)))

    def _whole(self) -> dict[str, Any]:
        """A writer or an office that is heard, with a limit that just holds, or holds."""
        writers = ["river-1", "hill-1", "hill-2", "hill-3"]
        writer = self.rng.choice([*writers, "river", "hill", "hill"])
        names = ("hill-1", "hill-3", "hill-root") if writer == "hill" else (writer,)
        if writer == "river":
            names = ("river-1", "river-root")
        least = min(self._complete_at(name) for name in names)
        fresh_s = max(1, self.now - least + self.rng.choice((0, 0, 0, 1, HOUR)))
        return {"writer" if writer in writers else "office": writer, "fresh_within_s": fresh_s}

    def _complete_at(self, name: str) -> int:
        after = [one.writer for one in self.writers.values() if one.follows == name]
        if "revoked" in self.writers[name].doubts:
            return min(self._complete_at(one) for one in after)
        complete_at = self.writers[name].complete_at
        assert complete_at is not None
        return complete_at

    def _lost(self) -> dict[str, Any]:
        """A writer or an office that is not heard."""
        stale = self.now - self._complete_at("hill-1") - 1  # a second too old
        some: list[dict[str, Any]] = [
            {"writer": "coast-1", "fresh_within_s": DAY},
            {"office": "coast", "fresh_within_s": DAY},
            {"office": "valley", "fresh_within_s": DAY},
            {"writer": STRANGER, "fresh_within_s": DAY},
            {"office": STRANGER, "fresh_within_s": DAY},
        ]
        if stale > 0:
            some += [{name: "hill-1", "fresh_within_s": stale} for name in ("writer", "writer")]
        return self.rng.choice(some)

    def met(self) -> None:
        """A requirement that is met."""
        self.note(**self._whole())

    def replaced(self) -> None:
        """One that is not met and was replaced: by one that is, by its follower, or by one over."""
        at = self.now - self.rng.choice((2, HOUR))  # one second decides which of two is later
        old = self.note(decided_at=at, **self._lost())
        newer: dict[str, Any] = {"party": old.party, "why": "made up"}
        for _ in range(self.rng.choice((0, 0, 1))):
            at += 1
            old = self.note(**newer, replaces=old.id, decided_at=at, **self._lost())
        newer |= {"replaces": old.id, "decided_at": at + 1}
        if self.rng.random() < 0.3:  # over by now, and what it replaced stays replaced
            self.note(**newer, valid=Span(self.now - HOUR, self.now), **self._lost())
        else:
            self.note(**newer, **self._whole())

    def idle(self) -> None:
        """One that is not met and asks for nothing."""
        now = self.now
        some: list[dict[str, Any]] = [
            {"party": "watch"},
            {"decided_at": now + 1},
            {"valid": Span(now - DAY, now)},
            {"valid": Span(now + self.rng.choice((1, HOUR)), OPEN_END)},
        ]
        apart = [party for party in self.parties if party not in self.waited]
        if apart:
            some += [{"party": self.rng.choice(apart), "areas": (FAR,)}] * 2
        self.note(**self._lost(), **self.rng.choice(some))

    def _waited(self) -> Iterator[str]:
        """Whom some condition waits for, or a link between movements concerns."""
        awaited = {id for one in self._conditions() for id in one.awaits}
        for said in self.draft.all(Statement):
            yield from (act.party for act in said.acts if act.id in awaited)
        for link in self.draft.all(Link):
            yield from link.concerned if link.id in awaited or link.movements else ()

    def _conditions(self) -> Iterator[Any]:
        for said in self.draft.all(Statement):
            for act in said.acts:
                if isinstance(act, Impose):
                    yield act.condition
                elif isinstance(act, UNDERTAKEN) and act.undertaking:
                    yield from act.undertaking.conditions
