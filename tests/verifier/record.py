"""A second opinion on a party's record, by section 10 of the semantics; no code of `watch` in it.

Plain loops over elementary stretches of time: between two moments that occur anywhere in the
records nothing changes, so every question is asked once for each such stretch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from safeconduct import vocabulary as v
from safeconduct.spacetime import OPEN_END
from safeconduct.vocabulary import UndertakingKind as Kind
from tests.verifier.known import counted, doubled, instants
from tests.verifier.way import PLAIN
from tests.verifier.words import Words, fits
from tests.worlds.world import World

DAY = 86_400
INDEPENDENT = (v.ActorKind.HUMANITARIAN, v.ActorKind.MONITOR)
PARTISAN = (v.ActorKind.PARTY, v.ActorKind.POLITICAL)
GATED = (Kind.PASSAGE, Kind.CONSENT)


class Opinion(NamedTuple):
    """What became of one undertaking."""

    given: str
    state: str
    looked_at: bool
    notice_s: int | None


class Told(NamedTuple):
    """One incident: its counting tellings and what the reviews make of it."""

    versions: list[v.Incident]
    disputed: bool
    independent: bool
    reviewed: bool
    established: bool


def opinions(world: World) -> dict[str, Opinion]:
    """What became of every undertaking that was given, by the id of its act."""
    return Historian(world).all()


class Historian:
    """Everything known of a world, asked about each grant."""

    def __init__(self, world: World) -> None:
        self.known = counted(world.records, world.as_of, world.known_at)
        self.network, self.now = world.network, world.as_of
        self.words = Words(self.known, world.network, world.as_of, PLAIN)
        self.twice = set(doubled(world.records, world.known_at))
        self.ours = {id for one in self.known[v.Assumption] for id in one.supplies}
        self.actors = {one.id: one for one in self.known[v.Actor]}
        self.saw: dict[str, bool] = {}
        self.binds = {(one.binder, one.bound) for one in self.known[v.Binds] if one.evidence}
        self.moments = sorted({*instants(list(self.known.values())), OPEN_END})

    def all(self) -> dict[str, Opinion]:
        found = {}
        for told in self.told_once():
            given = [(act, said, self.given(act, said)) for act, said in told]
            given = [one for one in given if one[2]]
            if not given:
                continue
            if self.words.tellings.agreed(*told[0]):
                act, said, _ = given[0]
                words = sorted({word for one in given for word in one[2]})
                found[act.id] = self.opinion(act, said, words)
                continue
            # Nobody knows what was undertaken; broken it is where every telling of it is.
            given.sort(key=lambda one: (min(word[0] for word in one[2]), one[0].id))
            tellings = [self.opinion(*one) for one in given]
            broken = all(one.state == "broken" for one in tellings)
            first = tellings[0] if broken else tellings[0]._replace(state="unclear")
            id = given[0][0].id
            found[id] = first._replace(looked_at=broken or self.saw[id])
        return found

    def told_once(self) -> list[list[tuple[Any, v.Statement]]]:
        """Every undertaking, with all the acts that tell it, the oldest first."""
        tellings, sets = self.words.tellings, []
        grants = [
            (act, said)
            for verb in (v.Announce, v.Guarantee, v.Consent, v.Accept)
            for act, said in self.known[verb]
            if act.undertaking is not None
        ]
        order = {id(a): n for s in self.known[v.Statement] for n, a in enumerate(s.acts)}
        grants.sort(key=lambda one: (one[1].said_at, one[1].id, order[id(one[0])]))
        left = list(grants)
        while left:
            act, said = left[0]
            if tellings.agreed(act, said):
                names = tellings.names(act, said)
                together = [one for one in left if one[0].id in names]
            else:
                nth = self.place(act, said, grants)
                together = [
                    one
                    for one in left
                    if one[1].id in tellings.together(said)
                    and not tellings.agreed(*one)
                    and (one[0].party, one[0].undertaking.kind) == (act.party, act.undertaking.kind)
                    and self.place(*one, grants) == nth
                ]
            sets.append(together)
            left = [one for one in left if one not in together]
        return sets

    def place(self, act: Any, said: v.Statement, grants: Any) -> int:
        """Which one it is of those of its party and kind in its telling that nobody tells alike."""
        like = [
            one.id
            for one, where in grants
            if where.id == said.id
            and (one.party, one.undertaking.kind) == (act.party, act.undertaking.kind)
            and not self.words.tellings.agreed(one, where)
        ]
        return like.index(act.id)

    # -- given

    def given(self, act: Any, said: v.Statement) -> list[tuple[int, str, int]]:
        """Moment and label of every word."""
        if act.id in self.twice or said.id in self.ours:
            return []
        told = [(said, isinstance(act, v.Announce))]
        for confirm, other in self.known[v.Confirm]:
            same = act.id in confirm.of and confirm.party == act.party
            same = same and self.words.tellings.agreed(confirm, other)
            if same and other.said_at >= said.said_at:
                told.append((other, False))
        words = []
        for one, announced in told:
            if one.id in self.ours or one.telling is v.Telling.INFERRED:
                continue
            if not self.speaks(one.actor, act.party):
                continue
            label = self.label(one, announced)
            if label:
                words.append((one.said_at, label, self.words.tellings.first(one)))
        return words

    def label(self, said: v.Statement, announced: bool) -> str:
        if announced:
            return "" if said.form is v.Form.RELAYED else "announced"
        if said.form is v.Form.ANNOUNCEMENT:
            return "announced"
        heard = any(
            one in self.actors and self.actors[one].kind is v.ActorKind.HUMANITARIAN
            for one in said.to
        )
        if said.form is v.Form.WRITTEN and heard:
            return "written"
        if said.form is v.Form.ORAL and heard and said.noted and said.call_back:
            return "oral"
        return ""

    def speaks(self, actor: str, party: str) -> bool:
        return actor == party or (actor, party) in self.binds

    def member(self, actor: str, party: str) -> bool:
        return actor == party or (actor in self.actors and party in self.actors[actor].member_of)

    def sees(self, actor: str) -> bool:
        if actor not in self.actors or self.actors[actor].kind not in INDEPENDENT:
            return False
        for above in self.actors[actor].member_of:
            if above in self.actors and self.actors[above].kind in PARTISAN:
                return False
        return True

    # -- stood

    def limits(
        self, act: Any, said: v.Statement, words: list[tuple[int, str, int]]
    ) -> Iterator[Any]:
        """Every end by an own act: from when, until when, when said."""
        party, areas = act.party, act.undertaking.areas
        names, first = self.words.tellings.names(act, said), self.words.tellings.first(said)

        def own(other: v.Statement) -> bool:
            mine = self.member(other.actor, party) or self.speaks(other.actor, party)
            return mine and other.id not in self.ours and other.said_at >= first

        def here(some: tuple[str, ...]) -> bool:
            return not some or not areas or self.words.overlap(some, areas)

        for end, other in self.known[v.Withdraw]:
            hit = names & {*end.of} if end.of else here(end.areas)
            if end.party == party and hit and own(other):
                yield max(other.said_at, end.effective_at or 0), OPEN_END, other.said_at
        for end, other in self.known[v.Reject]:
            if end.party == party and names & {*end.of} and own(other):
                yield other.said_at, OPEN_END, other.said_at
        for end, other in self.known[v.Suspend]:
            if end.party == party and here(end.areas) and own(other):
                until = min((at for at, _, told in words if told > other.said_at), default=OPEN_END)
                yield max(other.said_at, end.effective_at or 0), until, other.said_at
        for verb in (v.Disown, v.Deny):
            for end, other in self.known[verb]:
                mine = self.member(end.party, party) or self.member(other.actor, party)
                if names & {*end.of} and mine and own(other):
                    again = [
                        one.said_at
                        for confirm, one in self.known[v.Confirm]
                        if names & {*confirm.of}
                        and self.words.tellings.agreed(confirm, one)
                        and confirm.party == party == one.actor
                        and one.authority is v.Authority.COMMANDS
                        and one.telling is not v.Telling.INFERRED
                        and one.id not in self.ours
                        and self.words.tellings.first(one) > other.said_at
                    ]
                    yield other.said_at, min(again, default=OPEN_END), other.said_at
        left = set(areas)
        narrows = self.narrows(act, said)
        for at in sorted({at for _, at in narrows}):
            for narrow, told in narrows:
                if told == at and narrow.areas is not None:
                    left &= set(narrow.areas)
            if areas and not left:
                yield at, OPEN_END, at
                return

    def narrows(self, act: Any, said: v.Statement) -> list[tuple[Any, int]]:
        return [
            (narrow, other.said_at)
            for narrow, other in self.known[v.Narrow]
            if self.words.tellings.names(act, said) & {*narrow.of}
            and narrow.party == act.party
            and (self.member(other.actor, act.party) or self.speaks(other.actor, act.party))
            and other.id not in self.ours
            and other.said_at >= self.words.tellings.first(said)
        ]

    def areas_at(self, act: Any, said: v.Statement, moment: int) -> set[str]:
        left = set(act.undertaking.areas)
        for narrow, told in self.narrows(act, said):
            if told <= moment and narrow.areas is not None:
                left &= set(narrow.areas)
        return left

    def opinion(self, act: Any, said: v.Statement, words: list[tuple[int, str, int]]) -> Opinion:
        terms = act.undertaking
        first = min(at for at, _, _ in words)
        timed = bool(terms.windows) and not terms.unresolved
        ends = list(self.limits(act, said, words))
        narrows = self.narrows(act, said)
        moments = sorted({*self.moments, *(at for one in ends for at in one[:2])})
        promised, stood = [], []
        for start, end in pairwise(moments):
            if start < first or (timed and not _in(terms.windows, start)):
                continue
            if any(
                told <= start and one.windows is not None and not _in(one.windows, start)
                for one, told in narrows
            ):
                continue
            promised.append((start, end))
            if not any(since <= start < until for since, until, _ in ends):
                stood.append((start, end))
        labels = {label for _, label, _ in words}
        given = next(one for one in ("written", "oral", "announced") if one in labels)
        state, looked = self.state(act, said, stood, timed, promised, ends)
        after = [one for one in promised if not stood or one[0] >= stood[-1][1]]
        notice = None
        if after:
            took = [at for since, until, at in ends if since <= after[0][0] < until]
            notice = after[0][0] - min(took)
        return Opinion(given, state, looked, notice)

    # -- the state

    def state(
        self, act: Any, said: v.Statement, stood: Any, timed: bool, promised: Any, ends: Any
    ) -> tuple[str, bool]:
        names = self.words.tellings.names(act, said)
        imposed = [
            one.condition
            for one, _ in self.known[v.Impose]
            if one.party == act.party and names & {*one.of}
        ]
        told = [one for one, _ in self.words.tellings.told(act, said)]
        told = told if self.words.tellings.agreed(act, said) else [act]
        conditions = [*(c for one in told for c in one.undertaking.conditions), *imposed]
        waits = any(self.words.is_open(one, act.party) for one in conditions)
        over = all(end <= self.now for _, end in stood)
        sure = timed and not waits
        speaks = [
            *self.by_incidents(act, said, stood, sure),
            *self.by_outcomes(act, said, stood, sure),
            *self.by_deeds(act, said, sure, over),
        ]
        looked = "look" in speaks or self.checked(act, said, stood)
        self.saw[act.id] = looked
        deed = act.undertaking.kind is Kind.DEED
        if "breaks" in speaks:
            return "broken", True
        if "doubt" in speaks:
            return "unclear", looked
        if deed and looked and not waits:
            return "kept", True
        if not over:
            return "running", False
        if looked:
            return ("unclear" if waits else "kept"), True
        if self.relied(act, said, stood):
            return "unclear", False
        taken = [one for one in promised if not stood or one[0] >= stood[-1][1]]
        return ("withdrawn" if taken else "not-tested"), False

    # -- incidents

    def told(self) -> Iterator[Told]:
        tellings: dict[str, list[Any]] = {}
        for verb in (v.Report, v.Allege):
            for act, said in self.known[verb]:
                if act.incident is not None and said.id not in self.ours:
                    seen = (
                        verb is v.Report
                        and said.telling is not v.Telling.INFERRED
                        and self.sees(said.actor)
                    )
                    tellings.setdefault(act.incident.id, []).append((act.incident, said, seen))
        for id, all_told in tellings.items():
            reviews = [
                one
                for one in self.known[v.IncidentReview]
                if one.of == id and one.id not in self.ours
            ]
            last = [
                one for one in reviews if all(one.reviewed_at >= r.reviewed_at for r in reviews)
            ]
            independent = any(seen for _, _, seen in all_told)
            counting = [one for one in all_told if one[2]]
            if not counting and last:
                counting = [one for one in all_told if one[1].said_at <= last[0].reviewed_at]
            counting = counting or all_told
            states = {one.state for one in last}
            if states == {v.IncidentState.DISMISSED}:
                continue
            facts = {
                (one.at, one.means, frozenset(one.areas), one.near, one.attributed_to)
                for one, _, _ in counting
            }
            if not reviews:
                stated = [one.state is v.IncidentState.VERIFIED for one, _, _ in counting]
                established = independent and any(stated)
            else:
                # Of the named officers any: records that differ only in who made them agree.
                enough = any(said.said_at <= last[0].reviewed_at for _, said, _ in counting)
                named = bool(max(last, key=lambda one: str(one.id)).by)
                established = states == {v.IncidentState.VERIFIED} and enough and named
            yield Told(
                [one for one, _, _ in counting],
                len(facts) > 1,
                independent,
                bool(reviews),
                established and len(facts) == 1,
            )

    def by_incidents(self, act: Any, said: Any, stood: Any, sure: bool) -> Iterator[str]:
        terms, party = act.undertaking, act.party
        for told in self.told():
            for one in told.versions:
                if not any(start <= one.at < end for start, end in stood):
                    continue
                if terms.kind is Kind.RESTRAINT:
                    blamed = one.attributed_to and self.member(one.attributed_to, party)
                    hits = one.means in terms.means or (one.means is None and blamed)
                else:
                    hits = terms.kind in GATED and one.means is v.Means.CHECKPOINT
                here = self.areas_at(act, said, one.at)
                there = not terms.areas or not one.areas or self.words.overlap(one.areas, here)
                by = one.attributed_to
                own = by != "" and self.member(by, party)
                perhaps = by == "" or self.member(party, by) or (party, by) in self.binds
                if not (hits and there and (own or perhaps)):
                    continue
                gate = terms.kind in GATED and told.independent and not told.reviewed
                sound = (
                    own
                    and one.means is not None
                    and one.areas
                    and set(one.areas) <= here
                    and (told.established or gate)
                    and not told.disputed
                )
                yield "breaks" if sound and sure else "doubt"

    # -- movements

    def trips(self) -> Iterator[tuple[v.Movement, bool, int, int, list[v.Outcome]]]:
        for movement in self.known[v.Movement]:
            name = (movement.id, movement.version)
            left = [
                one.departed_at
                for one in self.known[v.Departure]
                if (one.movement, one.version) == name and one.id not in self.ours
            ]
            outcomes = [
                one
                for one in self.known[v.Outcome]
                if (one.movement, one.version) == name
                and one.id not in self.ours
                and (one.at is None or one.at <= self.now)
            ]
            start = min(left) if left else movement.depart_at
            length = movement.latest_at - movement.depart_at
            if left or outcomes:
                yield movement, bool(left), start, start + length, outcomes

    def ground(self, leg: v.Leg) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
        """What every piece and place of a leg touches and lies within."""
        for step in leg.route:
            if self.network.has_edge(step.edge):
                edge = self.network.edge(step.edge)
                for piece in self.network.pieces(edge.id):
                    yield piece.touched, piece.within
                for place in (self.network.place(edge.a), self.network.place(edge.b)):
                    yield place.touched, place.within

    def meets(self, act: Any, said: Any, stood: Any, trip: Any, inside: bool = False) -> bool:
        movement, _, start, end, _ = trip
        if not any(since < end and start < until for since, until in stood):
            return False
        areas = self.areas_at(act, said, self.now)
        for leg in movement.legs:
            if act.undertaking.kind is not Kind.DEED and not fits(act.undertaking, leg, None):
                continue
            if not act.undertaking.areas and not inside:
                return True
            if any(areas & (within if inside else touch) for touch, within in self.ground(leg)):
                return True
        return False

    def asked(self, movement: v.Movement) -> Iterator[tuple[str, bool]]:
        """Who is asked for passage or consent on the way, and whether it is on record."""
        touched = {a for leg in movement.legs for touch, _ in self.ground(leg) for a in touch}
        gates = [
            (one, (one.party,))
            for one in self.known[v.Presence]
            if one.controls or v.Means.CHECKPOINT in one.means
        ]
        gates += [(one, one.holders) for one in self.known[v.ConsentNeed]]
        for one, parties in gates:
            if any(area in touched or area not in self.network.areas for area in one.areas):
                for party in parties:
                    yield party, one.id not in self.ours

    def by_outcomes(self, act: Any, said: Any, stood: Any, sure: bool) -> Iterator[str]:
        kind = act.undertaking.kind
        for trip in self.trips():
            if not self.meets(act, said, stood, trip):
                continue
            movement, departed, _, _, outcomes = trip
            seen = movement.id not in self.ours and self.meets(act, said, stood, trip, True)
            for result in (one.result for one in outcomes):
                rough = result in (v.Result.IMPEDED, v.Result.PARTIAL, v.Result.CONFISCATED)
                if kind is Kind.RESTRAINT:
                    if result is v.Result.STRUCK:
                        yield "doubt"
                    elif (rough or result is v.Result.FACILITATED) and seen:
                        yield "look"
                elif kind in GATED:
                    if result is v.Result.DENIED:
                        asked = list(self.asked(movement))
                        alone = {who for who, _ in asked} == {act.party}
                        recorded = any(on_record for _, on_record in asked)
                        plain = departed and movement.id not in self.ours and act.undertaking.areas
                        yield "breaks" if sure and plain and alone and recorded else "doubt"
                    elif rough:
                        yield "doubt"
                    elif result is v.Result.FACILITATED and seen:
                        yield "look"

    def relied(self, act: Any, said: Any, stood: Any) -> bool:
        for trip in self.trips():
            results = {one.result for one in trip[4]}
            went = trip[1] or results - {v.Result.CANCELLED, v.Result.DENIED}
            if went and self.meets(act, said, stood, trip):
                return True
        return False

    # -- who looked

    def by_deeds(self, act: Any, told: v.Statement, sure: bool, over: bool) -> Iterator[str]:
        seen = [
            (deed, said.said_at)
            for deed, said in self.known[v.Do]
            if self.words.tellings.names(act, told) & {*deed.of}
            and self.sees(said.actor)
            and said.telling is not v.Telling.INFERRED
            and said.id not in self.ours
        ]
        failed = [at for deed, at in seen if deed.failed]
        if any(
            deed.evidence and not deed.failed and all(at > fail for fail in failed)
            for deed, at in seen
        ):
            yield "look"
        elif failed:
            yield "breaks" if act.undertaking.kind is Kind.DEED and over and sure else "doubt"

    def checked(self, act: Any, said: Any, stood: Any) -> bool:
        if act.undertaking.kind is not Kind.RESTRAINT:
            return False
        for check in self.known[v.IncidentCheck]:
            at = check.checked_at
            soon = any(start <= at <= end + DAY for start, end in stood)
            if check.id not in self.ours and soon and self.names(act, said, at, check.areas):
                return True
        for unused in self.known[v.NoRecentUse]:
            during = unused.during
            if (
                unused.id not in self.ours
                and unused.party == act.party
                and unused.means & act.undertaking.means
                and self.names(act, said, self.now, unused.areas)
                and any(start < during.end and during.start < end for start, end in stood)
            ):
                return True
        return False

    def names(self, act: Any, said: Any, moment: int, areas: Iterable[str]) -> bool:
        return bool(self.areas_at(act, said, moment) & set(areas))


def _in(windows: Iterable[Any], moment: int) -> bool:
    return any(one.span.contains(moment) for one in windows)
