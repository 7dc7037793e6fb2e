"""Whose word has come whole: rule R1, section 12 of the semantics.

What was heard of the writers is read as it stands (`situation/hearing.py`); who must be heard, of
whom, and until when an answer may last, is worked out here. Where the page leaves a choice:

- an area of a requirement that nobody can place touches the whole way;
- keys that are asked only if the trip runs late count as keys on the way;
- whoever binds a concerned party is concerned too, however that party came to be;
- a party that a condition waits for must be heard wherever that is, also if it has a key elsewhere;
- two requirements that stand in the place of each other both stand;
- of an office some root must be known, and a revoked device of it must not lack what it wrote;
- who recorded a word and is not known of is not heard;
- an answer ends where a requirement begins that would not be met there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from safeconduct import vocabulary as v
from tests.verifier.way import Key, Trouble, Way

#: What leaves the words of their writer out in the first place, or is asked by requirements only.
HARMLESS = frozenset({"revoked", "withheld", "unknown-key"})


class Hearing(NamedTuple):
    """What was heard of all writers, where nobody says anything else: nothing."""

    writers: Mapping[str, Any] = {}
    recorded_by: Mapping[str, frozenset[str]] = {}
    clock: str = ""
    replay: bool = False


NOBODY = Hearing()


def heard(way: Way) -> Iterator[Trouble]:
    """R1: whoever must be heard is, the clock is not doubted, and no answer outlasts what is heard.

    An answer outlasts it where the judge was told of one (`expires`).
    """
    hearing = way.judge.hearing
    if hearing.replay:
        return
    if hearing.clock:
        yield Trouble("R1", False, f"the clock here is doubted: {hearing.clock}")
    asked = Requirements(way)
    for one in asked.binding(way.as_of):
        if not asked.met(one, way.as_of):
            yield Trouble("R1", False, f"{one.writer or one.office} is not heard for {one.party}")
    for writer, statement in asked.unsure_words():
        yield Trouble("R1", False, f"{writer}, who recorded {statement}, is doubted or not known")
    ends_at = asked.ends_at()
    if way.judge.expires is not None and ends_at is not None and ends_at < way.judge.expires:
        yield Trouble("R1", False, f"an answer lasts until {ends_at}, not {way.judge.expires}")


class Requirements:
    """Who must be heard for a movement, asked at one moment after another."""

    def __init__(self, way: Way) -> None:
        self.way, self.known = way, way.known
        self.writers: Mapping[str, Any] = way.judge.hearing.writers
        self.bound = [(one.binder, one.bound) for one in way.judge.words.binds]
        self.waited: set[str] = set()
        self.concerned = {key.party for key in way.every_key}
        while True:
            more = {binder for binder, bound in self.bound if bound in self.concerned}
            self.waited |= {one for party in self.concerned for one in self._waits_for(party)}
            if more | self.waited <= self.concerned:
                break
            self.concerned |= more | self.waited

    # -- which requirements bind

    def binding(self, at: int) -> Iterator[v.RequiredWriter]:
        """The requirements that this movement must meet at a moment."""
        decided = [one for one in self.known[v.RequiredWriter] if one.decided_at <= self.way.as_of]
        for one in decided:
            aside = any(
                (other.replaces, other.party) == (one.id, one.party)
                and other.valid.start <= at
                and not _stems(decided, one, other)
                for other in decided
            )
            if one.valid.contains(at) and not aside and self._binds(one):
                yield one

    def _binds(self, one: v.RequiredWriter) -> bool:
        if not one.areas:
            return one.party in self.concerned
        here = [key for key in self.way.every_key if self.way.judge.touches(one.areas, key.at)]
        return one.party in self.waited or any(self._voices(one.party, key) for key in here)

    def _voices(self, party: str, key: Key) -> bool:
        """Whether a party's word can turn a key: it is asked for it, or binds who is."""
        voices = {key.party}
        while more := {binder for binder, bound in self.bound if bound in voices} - voices:
            voices |= more
        return party in voices

    def _waits_for(self, party: str) -> Iterator[str]:
        """Whom the conditions of a party's grants wait for, whatever became of them."""
        acts = [act for said in self.known[v.Statement] for act in said.acts]
        for grant, _ in self.way.judge.words.undertaken:
            if grant.party != party:
                continue
            tied = [one.condition for one, _ in self.known[v.Impose] if grant.id in one.of]
            for condition in (*grant.undertaking.conditions, *tied):
                yield from (act.party for act in acts if act.id in condition.awaits)
                for link in self.way.judge.words.links.values():
                    yield from link.concerned if link.id in condition.awaits else ()

    # -- whether they are met

    def met(self, one: v.RequiredWriter, at: int) -> bool:
        """Whether its writer, or everybody of its office, is heard at a moment."""
        until = self._heard_until(one)
        return until is not None and at < until

    def ends_at(self) -> int | None:
        """The first moment, from now on, at which some requirement is not met; None for never."""
        now = self.way.as_of
        begin = {one.valid.start for one in self.known[v.RequiredWriter] if one.valid.start > now}
        ends = []
        for at in {now, *begin}:
            for one in self.binding(at):
                until = self._heard_until(one)
                ends.append(at if until is None else max(at, until))
        return min(ends, default=None)

    def _heard_until(self, one: v.RequiredWriter) -> int | None:
        """The first moment at which it is met no more; None where it is met at no moment."""
        names = [one.writer] if one.writer else self._of_office(one.office)
        complete = [self._complete_at(name, frozenset()) for name in names]
        known = [at for at in complete if at is not None]
        return min(known) + one.fresh_within_s + 1 if known and len(known) == len(names) else None

    def _of_office(self, office: str) -> list[str]:
        """Every writer that must be heard for an office; none where the office cannot be heard."""
        its = [one for one in self.writers.values() if one.office == office]
        roots = [one for one in its if one.is_root]
        lost = [one for one in its if {"revoked", "gapped"} <= one.doubts]
        if not roots or lost or any(root.doubts for root in roots):
            return []
        return [one.writer for one in its if not one.is_root and "revoked" not in one.doubts]

    def _complete_at(self, writer: str, before: frozenset[str]) -> int | None:
        """Up to when a writer's word is complete, or its followers' where its key was revoked."""
        one = self.writers.get(writer)
        if one is None or writer in before:
            return None
        if not one.doubts:
            return None if one.complete_at is None else int(one.complete_at)
        if one.doubts != {"revoked"}:
            return None
        after = [other.writer for other in self.writers.values() if other.follows == writer]
        complete = [self._complete_at(name, before | {writer}) for name in after]
        known = [at for at in complete if at is not None]
        return min(known) if known and len(known) == len(after) else None

    def unsure_words(self) -> Iterator[tuple[str, str]]:
        """Who recorded a word of a concerned party and is doubted or not known, and which word."""
        recorded_by = self.way.judge.hearing.recorded_by
        for said in self.known[v.Statement]:
            if self.concerned & {said.actor, *(act.party for act in said.acts)}:
                for writer in recorded_by.get(said.id, ()):
                    one = self.writers.get(writer)
                    if one is None or one.doubts - HARMLESS:
                        yield writer, said.id


def _stems(
    decided: Iterable[v.RequiredWriter], one: v.RequiredWriter, other: v.RequiredWriter
) -> bool:
    """Whether `one` stands, over however many steps, in the place of `other`."""
    by_id = {each.id: each for each in decided}
    seen: set[str] = set()
    step: v.RequiredWriter | None = one
    while step is not None and step.id not in seen:
        seen.add(step.id)
        step = by_id.get(step.replaces)
        if step is not None and step.id == other.id:
            return True
    return False


ASKED = {"R1": heard}
