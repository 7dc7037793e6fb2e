"""Whose word has come whole: rule R1, section 12 of the semantics.

What was heard of the writers is read as it stands (`situation/hearing.py`); who must be heard, of
whom, and until when an answer may last, is worked out here. Keys that are asked only if the trip
runs late count as keys on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from safeconduct import vocabulary as v
from tests.verifier.papers import asked_arrangements, needed_permits
from tests.verifier.way import Trouble, Way, latest

#: What leaves the words of their writer out in the first place, or is asked by requirements only.
HARMLESS = frozenset({"revoked", "withheld", "unknown-key"})


class Hearing(NamedTuple):
    """What was heard of all writers, where nobody says anything else: nothing."""

    writers: Mapping[str, Any] = {}
    recorded_by: Mapping[str, frozenset[str]] = {}
    noted_by: Mapping[tuple[str, str], frozenset[str]] = {}
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
    for writer, record in (*asked.unsure_words(), *asked.unsure_papers()):
        yield Trouble("R1", False, f"{writer}, who recorded {record}, is doubted or not known")
    ends_at = asked.ends_at()
    if way.judge.expires is not None and ends_at is not None and ends_at < way.judge.expires:
        yield Trouble("R1", False, f"an answer lasts until {ends_at}, not {way.judge.expires}")


class Requirements:
    """Who must be heard for a movement, asked at one moment after another."""

    def __init__(self, way: Way) -> None:
        self.way, self.known = way, way.known
        self.writers: Mapping[str, Any] = way.judge.hearing.writers
        # Who can take away what another gave: whoever binds it, or is a member of it.
        self.voices = {(one.binder, one.bound) for one in way.judge.words.binds}
        for actor in self.known[v.Actor]:
            self.voices |= {(actor.id, party) for party in actor.member_of}
        judged = way.movement.id
        links = [one for one in self.known[v.Link] if judged in one.movements]
        self.elsewhere = {party for link in links for party in link.concerned}
        self.concerned = {key.party for key in way.every_key} | self.elsewhere
        while True:
            self.elsewhere |= {one for party in self.concerned for one in self._waits_for(party)}
            more = {voice for voice, party in self.voices if party in self.concerned}
            if more | self.elsewhere <= self.concerned:
                break
            self.concerned |= more | self.elsewhere

    # -- which requirements bind

    def binding(self, at: int) -> Iterator[v.RequiredWriter]:
        """The requirements that this movement must meet at a moment."""
        return (one for one in self.standing(at) if one.valid.contains(at) and self._binds(one))

    def standing(self, at: int) -> Iterator[v.RequiredWriter]:
        """Those of concerned parties that no other has replaced by a moment."""
        decided = [one for one in self.known[v.RequiredWriter] if one.decided_at <= self.way.as_of]
        for one in decided:
            aside = any(
                (other.replaces, other.party) == (one.id, one.party)
                and other.decided_at > one.decided_at
                and other.valid.start <= at
                for other in decided
            )
            if one.party in self.concerned and not aside:
                yield one

    def _binds(self, one: v.RequiredWriter) -> bool:
        its = [key for key in self.way.every_key if self._voices(one.party, key.party)]
        wherever = not one.areas or not its or one.party in self.elsewhere
        return wherever or any(self.way.judge.touches(one.areas, key.at) for key in its)

    def _voices(self, actor: str, party: str) -> bool:
        return actor == party or (actor, party) in self.voices

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
        """The first moment at which a requirement is no longer met, or another begins, if any."""
        now = self.way.as_of
        ends = [one.valid.start for one in self.standing(now) if one.valid.start > now]
        ends += [self._heard_until(one) or now for one in self.binding(now)]
        return min(ends, default=None)

    def _heard_until(self, one: v.RequiredWriter) -> int | None:
        """The first moment at which it is met no more; None where it is met at no moment."""
        names = [one.writer] if one.writer else self._of_office(one.office)
        complete = [self._complete_at(name, frozenset()) for name in names]
        known = [at for at in complete if at is not None]
        return min(known) + one.fresh_within_s + 1 if known and len(known) == len(names) else None

    def _of_office(self, office: str) -> list[str]:
        """Every writer that must be heard for an office; none where the office cannot be heard.

        Its roots are among them: of a device that a root introduced since nothing is known.
        """
        its = [one for one in self.writers.values() if one.office == office]
        lost = [one for one in its if "revoked" in one.doubts and len(one.doubts) > 1]
        if lost or any(one.doubts for one in its if one.is_root):
            return []
        roots = [one.writer for one in its if one.is_root]
        devices = [one.writer for one in its if not one.is_root and "revoked" not in one.doubts]
        return [*devices, *roots] if devices else []

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
                yield from self._unsure(recorded_by.get(said.id, ()), said.id)

    def unsure_papers(self) -> Iterator[tuple[str, str]]:
        """The same of each permit, clearance of a patient and arrangement that is read for it."""
        for paper in self._papers():
            by = self.way.judge.hearing.noted_by.get((paper.tag, paper.id), ())
            yield from self._unsure(by, paper.id)

    def _papers(self) -> Iterator[Any]:
        way = self.way
        for need in needed_permits(way):
            held = latest((one for one in way.mine(v.Permit) if one.need == need.id), "stands_at")
            yield from sorted(held, key=_open_steps)[-1:]
        cleared = way.mine(v.PatientClearance)
        for one in cleared:
            same = [o for o in cleared if (o.case, o.party) == (one.case, one.party)]
            if one.stands_at == max(other.stands_at for other in same):
                yield one
        yield from asked_arrangements(way)

    def _unsure(self, by: Iterable[str], record: str) -> Iterator[tuple[str, str]]:
        for writer in by:
            one = self.writers.get(writer)
            if one is None or one.doubts - HARMLESS:
                yield writer, record


def _open_steps(permit: v.Permit) -> tuple[int, str]:
    return sum(step.state is not v.PermitState.GRANTED for step in permit.steps), permit.id


ASKED = {"R1": heard}
