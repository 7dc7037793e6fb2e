"""The verbs of `party`: who there is, who binds whom, what each can do, what became of its word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from safeconduct.adapters.clock import now
from safeconduct.app.assess import assess
from safeconduct.app.opening import Opened
from safeconduct.app.party_bodies import (
    actor_json,
    arrangement_json,
    counts_json,
    instrument_json,
    kept_json,
    presence_json,
    relation_json,
    required_json,
    standing_json,
    statement_json,
    twice_json,
)
from safeconduct.cover import Cover
from safeconduct.errors import UnknownReference, WrongField
from safeconduct.register import known_since
from safeconduct.roads import Network
from safeconduct.situation import Situation
from safeconduct.spacetime import Edge, instant, utc
from safeconduct.vocabulary import Ask, Form
from safeconduct.watch import (
    Party,
    PartyRecord,
    PerhapsTwice,
    Relation,
    parties,
    parties_of,
    perhaps_twice,
    relations,
    voices,
)

DAY_S = 86_400
PROFILE = "default"
"""Words are weighed by the office's default: a record is about the party, not about a movement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What is asked, as of when, from what was known when; `notes` say what could not be read."""

    opened: Opened
    situation: Situation
    as_of: int
    known_at: int
    notes: tuple[str, ...]

    def zone(self, party: str = "") -> str:
        """The zone to tell times in: the party's own, else the case's, else UTC."""
        actor = self.situation.actors.get(party)
        of_case = self.opened.case.zone if self.opened.case else ""
        return (actor.zone if actor else "") or of_case or "UTC"

    def name(self, actor: str) -> str:
        """An actor's name, or its id where none is recorded."""
        return self.situation.name(actor)

    def as_json(self) -> dict[str, Any]:
        """The head of every body."""
        return {
            "as_of": utc(self.as_of),
            "known_at": utc(self.known_at),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Some parties at one moment; `list` has all, `show` and `record` one."""

    moment: Moment
    parties: tuple[Party, ...]

    def as_json(self) -> dict[str, Any]:
        """Each party with the counts of its record."""
        lines = [
            actor_json(one.actor)
            | {
                "last_spoke_at": utc(one.last_spoke.said_at) if one.last_spoke else None,
                "counts": counts_json(one.record.counts),
            }
            for one in self.parties
        ]
        return self.moment.as_json() | {"parties": lines}


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What a party has still to say for one movement.

    Parameters
    ----------
    asks : the asks of the movement's plan that go to this party; none where it lacks no key.
    voices : whose word would count, the party itself in front.
    forms : in which forms it would count, under the movement's profile.
    """

    movement: str
    asks: tuple[Ask, ...]
    voices: tuple[str, ...]
    forms: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "movement": self.movement,
            "asks": [ask.says for ask in self.asks],
            "voices": list(self.voices),
            "forms": list(self.forms),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OneParty:
    """One party at one moment; `missing` only where a movement was named.

    `twice` is what looks like one word of its that two statements tell, and nobody linked.
    """

    moment: Moment
    party: Party
    twice: tuple[PerhapsTwice, ...]
    missing: Missing | None = None

    def as_json(self) -> dict[str, Any]:
        """Everything that `party show` tells."""
        one = self.party
        return self.moment.as_json() | {
            "party": actor_json(one.actor),
            "collectives": [actor_json(actor) for actor in one.collectives],
            "members": [actor_json(actor) for actor in one.members],
            "bound_by": [relation_json(relation) for relation in one.bound_by],
            "binds": [relation_json(relation) for relation in one.binds],
            "presences": [presence_json(presence) for presence in one.presences],
            "required": [required_json(required) for required in one.required],
            "instruments": [instrument_json(instrument) for instrument in one.instruments],
            "arrangements": [
                arrangement_json(arrangement, phase) for arrangement, phase in one.arrangements
            ],
            "last_spoke": statement_json(one.last_spoke),
            "last_addressed": statement_json(one.last_addressed),
            "standing": [standing_json(standing) for standing in one.standing],
            "perhaps_twice": [twice_json(pair) for pair in self.twice],
            "counts": counts_json(one.record.counts),
            "missing": self.missing.as_json() if self.missing else None,
        }

    def record_json(self) -> dict[str, Any]:
        """Everything that `party record` tells."""
        record: PartyRecord = self.party.record
        return self.moment.as_json() | {
            "party": actor_json(self.party.actor),
            "counts": counts_json(record.counts),
            "by_given": {
                given.value: counts_json(counts)
                for given, counts in record.counts_by_given().items()
            },
            "undertakings": [kept_json(one) for one in record.undertakings],
            "left_aside": list(record.left_aside),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Bindings:
    """Every relation "P binds Q" at one moment, those that end first in front."""

    moment: Moment
    relations: tuple[Relation, ...]
    within_s: int

    def as_json(self) -> dict[str, Any]:
        """The relations with how each stands."""
        return self.moment.as_json() | {"relations": [relation_json(one) for one in self.relations]}


def list_parties(opened: Opened, *, at: str | None = None, known_at: str | None = None) -> Parties:
    """Every party that is known, with the counts of its record.

    Parameters
    ----------
    at, known_at : moments as text. Without `at` a live register takes this moment, and a replay
        the last at which something of it became known.

    Raises
    ------
    TimeRefused : a moment that cannot be read.
    WrongField : a replay that holds nothing.
    """
    moment, cover = _asked(opened, at, known_at)
    return Parties(moment=moment, parties=parties(cover, parties_of(moment.situation), 0))


def one_party(
    opened: Opened,
    party: str,
    *,
    at: str | None = None,
    known_at: str | None = None,
    within_days: int = 7,
    movement: str | None = None,
) -> OneParty:
    """Everything that is known of one party.

    Parameters
    ----------
    within_days : what ends within so many days is told as lapsing.
    movement : tell also what the party has still to say for this movement.

    Raises
    ------
    UnknownReference : no such party (the message names those that look alike), or no such
        movement, was known then.
    TimeRefused, WrongField : as `list_parties`.
    """
    moment, cover = _asked(opened, at, known_at)
    known = parties_of(moment.situation)
    if party not in known:
        raise _no_such(party, known, moment)
    (found,) = parties(cover, [party], within_days * DAY_S)
    missing = _missing(moment, cover, party, movement) if movement else None
    twice = perhaps_twice(moment.situation, party)
    return OneParty(moment=moment, party=found, twice=twice, missing=missing)


def _missing(moment: Moment, cover: Cover, party: str, movement: str) -> Missing:
    """What the plan of a movement asks of a party; the plan is that of `assess`."""
    answer = assess(moment.opened, movement, at=utc(moment.as_of), known_at=utc(moment.known_at))
    profile = moment.opened.policy.profile(answer.movement.profile)
    note = " (noted, with a call-back)" if profile.oral_needs_note else ""
    return Missing(
        movement=movement,
        asks=tuple(ask for ask in answer.plan.asks if ask.party == party),
        voices=voices(cover, party),
        forms=tuple(
            f"{form.value}{note if form is Form.ORAL else ''}"
            for form in sorted(profile.forms, key=lambda one: one.value, reverse=True)
        ),
    )


def bindings(
    opened: Opened, *, at: str | None = None, known_at: str | None = None, within_days: int = 7
) -> Bindings:
    """Who binds whom, on what evidence, until when.

    Raises
    ------
    TimeRefused, WrongField : as `list_parties`.
    """
    moment, _ = _asked(opened, at, known_at)
    within_s = within_days * DAY_S
    found = relations(moment.situation, within_s)
    return Bindings(moment=moment, relations=found, within_s=within_s)


def _asked(opened: Opened, at: str | None, known_at: str | None) -> tuple[Moment, Cover]:
    zone = opened.case.zone if opened.case else None
    as_of = _last_known(opened) if at is None else instant(at, zone, edge=Edge.END)
    known = as_of if known_at is None else instant(known_at, zone, edge=Edge.END)
    situation = opened.situation(as_of, known)
    network, notes = _roads(opened, known)
    cover = Cover(situation, network, opened.policy.profile(PROFILE))
    moment = Moment(opened=opened, situation=situation, as_of=as_of, known_at=known, notes=notes)
    return moment, cover


def _last_known(opened: Opened) -> int:
    """This moment in a live register; in a replay the last at which it learnt something."""
    if not opened.store.replay:
        return opened.by_the_clock(now())
    moments = [known_since(entry, replay=True) for entry in opened.store.entries()]
    if not moments:
        raise WrongField(
            f"{opened.name} is a replay that holds nothing, so it has no last moment.",
            "Fill it from a case: `safeconduct init R --from CASE`.",
        )
    return max(moments)


def _roads(opened: Opened, known: int) -> tuple[Network, tuple[str, ...]]:
    """The network known then; without one every two areas may share ground, and nobody went."""
    try:
        return opened.network(known), ()
    except UnknownReference:
        none = Network("none", (), ())
        return none, ("No road network is recorded: areas are compared by name, no trip is read.",)


def _no_such(party: str, known: Iterable[str], moment: Moment) -> UnknownReference:
    ids = sorted(known)
    actor = moment.situation.actors.get(party)
    what = f"{party} is recorded as {actor.kind.value}, not as a party" if actor else None
    close = difflib.get_close_matches(party, ids, n=3)
    listed = ", ".join(ids) or "none at that moment"
    return UnknownReference(
        f"{what}, and has undertaken nothing." if what else f"No party {party} was known then.",
        f"Did you mean {' or '.join(close)}?" if close else f"Name a party; known: {listed}.",
        party=party,
    )
