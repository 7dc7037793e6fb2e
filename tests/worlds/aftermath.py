"""What came after: a made-up world asked later, with what was seen, alleged and checked since.

`aftermath(seed)` is a world of `random_worlds.py` at a moment before, during or after its trip,
with up to a dozen more records: incidents told by all sorts of actors, reviews, checks, outcomes,
departures, deeds seen done or not, the party's own later words, and deeds that were undertaken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Act,
    Actor,
    ActorKind,
    Allege,
    Announce,
    Assumption,
    Confirm,
    Deny,
    Departure,
    Disown,
    Do,
    Form,
    Guarantee,
    Incident,
    IncidentCheck,
    IncidentReview,
    IncidentState,
    Means,
    Movement,
    Narrow,
    NoRecentUse,
    Outcome,
    Record,
    Reject,
    Report,
    Result,
    Statement,
    Suspend,
    Telling,
    Undertaking,
    UndertakingKind,
    Withdraw,
)
from tests.worlds.draft import DAY, HOUR, window
from tests.worlds.random_worlds import world
from tests.worlds.world import UNDERTAKEN, World, add

__all__ = ["adversary_alleges", "aftermath", "verified_fire"]

TELLERS = ("un", "watch", "envoy", "paper", "army", "front", "army-wing", "watch-of-army")
MORE_ACTORS = (
    Actor(id="paper", name="a paper", kind=ActorKind.MEDIA),
    Actor(id="watch-of-army", name="a watch", kind=ActorKind.MONITOR, member_of=("army",)),
)


def aftermath(seed: int) -> World:
    """A world and what came after it; the same seed gives the same world."""
    rng = Random(f"aftermath {seed}")
    made = world(seed)
    movement = made.movement
    later = rng.choice((0, HOUR, DAY, 3 * DAY, 40 * DAY))
    now = rng.choice((made.as_of, movement.depart_at, movement.latest_at)) + later
    made = replace(made, as_of=now, known_at=now)
    for actor in MORE_ACTORS:
        made = add(made, actor, 0)
    for number in range(rng.choice((0, 1, 2, 3, 5, 8, 12))):
        record = rng.choice(_KINDS)(made, rng, f"{number}")
        if record is not None:
            made = add(made, record, 0)
    if rng.random() < 0.15:
        some = rng.choice([one.id for one, _ in made.but_required])
        made = add(made, Assumption(id="ours", rule="A1", what="", why="", supplies=(some,)), 0)
    return made


def granted(world: World) -> list[tuple[Any, Statement]]:
    """The acts that carry an undertaking, with their statements."""
    return [pair for pair in world.acts(*UNDERTAKEN) if pair[0].undertaking is not None]


def verified_fire(world: World, pick: int) -> list[Record]:
    """A fire by one of the parties, told by the watch and verified by an officer."""
    rng = Random(f"fire {pick}")
    incident = replace(_fresh(world, rng, f"sure-{pick}"), state=IncidentState.UNVERIFIED)
    incident = replace(incident, attributed_to=incident.attributed_to or "army")
    said_at = min(max(incident.at, 0), world.as_of)
    report = Report(id=f"told-sure-{pick}", party="watch", incident=incident)
    review = IncidentReview(
        id=f"review-sure-{pick}",
        of=incident.id,
        state=IncidentState.VERIFIED,
        reviewed_at=world.as_of,
        by="duty officer",
        reason="",
    )
    return [_said(f"said-sure-{pick}", "watch", said_at, report), review]


def adversary_alleges(world: World, pick: int) -> Record:
    """A party, a wing of one, or a paper says that a party fired: anew, or told otherwise.

    What an officer has reviewed already it tells afterwards: an allegation that was there before
    the review is what the officer looked into.
    """
    rng = Random(f"allegation {pick}")
    incident = _incident(world, rng, f"alleged-{pick}")
    by = rng.choice(("front", "army", "council", "army-wing", "front-wing", "paper"))
    verb: Any = rng.choice((Allege, Report))
    about = {"against": "army", "what": ""} if verb is Allege else {}
    act = verb(id=f"alleges-{pick}", party=by, incident=incident, **about)
    reviews = [r.reviewed_at + 1 for r in world.all(IncidentReview) if r.of == incident.id]
    said_at = max(rng.choice((incident.at, world.as_of)), *reviews, 0)
    return _said(f"said-alleges-{pick}", by, said_at, act)


# -- the kinds of what came after; each gives one record, or None where there is nothing to name


def _incident(world: World, rng: Random, number: str) -> Incident:
    told = [act.incident for act, _ in world.acts(Report, Allege) if act.incident]
    if told and rng.random() < 0.3:  # told again, often otherwise
        old: Incident = rng.choice(told)
        return replace(old, attributed_to=rng.choice((old.attributed_to, "army", "")))
    return _fresh(world, rng, number)


def _fresh(world: World, rng: Random, number: str) -> Incident:
    pairs = granted(world)
    act = rng.choice(pairs)[0] if pairs else None
    areas = (*(act.undertaking.areas if act else ()), *sorted(world.network.areas))
    means = tuple(act.undertaking.means) if act else ()
    named = rng.sample(areas, rng.choice((0, 1, 1, 1, 2))) if len(areas) > 1 else ()
    own = (act.party, act.party, act.party, f"{act.party}-wing") if act else ()
    return Incident(
        id=f"incident-{number}",
        what="made up",
        at=_moment(world, rng),
        means=rng.choice(
            (*sorted(means, key=str), Means.CHECKPOINT, rng.choice(tuple(Means)), None)
        ),
        areas=tuple(dict.fromkeys(named)),
        attributed_to=rng.choice((*own, *own, "army", "front", "patron", "")),
        state=rng.choice(tuple(IncidentState)),
    )


def _moment(world: World, rng: Random) -> int:
    """Often a bound of a window, or a second beside one; never after the question."""
    bounds = [
        bound
        for act, _ in granted(world)
        for one in act.undertaking.windows
        for bound in (one.span.start, one.span.end, (one.span.start + one.span.end) // 2)
    ]
    near = rng.choice([*bounds, world.as_of]) + rng.choice((0, 0, -1, 1, HOUR, -HOUR, DAY))
    return max(0, min(near, world.as_of))


def _said(id: str, actor: str, said_at: int, *acts: Act, **strength: Any) -> Statement:
    told = {"form": Form.WRITTEN, "telling": Telling.SAID, "to": ("un",)} | strength
    return Statement(id=id, actor=actor, said_at=said_at, acts=acts, paraphrase="made up", **told)


def _told(world: World, rng: Random, number: str) -> Record:
    incident = _incident(world, rng, number)
    by, said_at = rng.choice(TELLERS), min(incident.at + rng.choice((0, 1, HOUR)), world.as_of)
    telling = rng.choice((Telling.SAID, Telling.SAID, Telling.INFERRED))
    if rng.random() < 0.3:
        accused = incident.attributed_to or "army"
        alleged = Allege(
            id=f"allege-{number}", party=by, against=accused, what="", incident=incident
        )
        return _said(f"alleging-{number}", by, said_at, alleged, telling=telling)
    report = Report(id=f"report-{number}", party=by, incident=incident)
    return _said(f"reporting-{number}", by, said_at, report, telling=telling)


def _broke(world: World, rng: Random, number: str) -> Record | None:
    """The watch, or the United Nations, saw a party do what it had undertaken not to do."""
    pairs = [(a, s) for a, s in granted(world) if a.undertaking.windows and a.undertaking.areas]
    if not pairs:
        return None
    act, said = rng.choice(pairs)
    span = rng.choice(act.undertaking.windows).span
    at = max(said.said_at, span.start, min((span.start + span.end) // 2, world.as_of))
    means = sorted(act.undertaking.means, key=str) or [Means.CHECKPOINT]
    incident = Incident(
        id=f"breach-{number}",
        what="made up",
        at=at,
        means=rng.choice(means),
        areas=rng.choice((act.undertaking.areas[:1], act.undertaking.areas)),
        attributed_to=rng.choice((act.party, f"{act.party}-wing")),
        state=rng.choice((IncidentState.VERIFIED, IncidentState.UNVERIFIED)),
    )
    report = Report(id=f"breaking-{number}", party="watch", incident=incident)
    return _said(f"seen-{number}", rng.choice(("watch", "un")), min(at, world.as_of), report)


def _reviewed(world: World, rng: Random, number: str) -> Record | None:
    told = [(a.incident, s.said_at) for a, s in world.acts(Report, Allege) if a.incident]
    if not told:
        return None
    incident, at = rng.choice(told)
    return IncidentReview(
        id=f"review-{number}",
        of=incident.id,
        state=rng.choice((IncidentState.VERIFIED, IncidentState.VERIFIED, *IncidentState)),
        reviewed_at=at + rng.choice((-1, 0, 0, HOUR)),
        by="duty officer" if rng.random() < 0.95 else "",
        reason="",
    )


def _looked(world: World, rng: Random, number: str) -> Record:
    areas = tuple(rng.sample(sorted(world.network.areas), 1))
    return IncidentCheck(
        id=f"looked-{number}", areas=areas, checked_at=_moment(world, rng), by="duty officer"
    )


def _unused(world: World, rng: Random, number: str) -> Record:
    start = _moment(world, rng)
    return NoRecentUse(
        id=f"unused-{number}",
        party=rng.choice(("army", "front")),
        means=frozenset(rng.sample(tuple(Means), 2)),
        areas=tuple(rng.sample(sorted(world.network.areas), 1)),
        during=Span(start, start + DAY),
        by="duty officer",
    )


def _outcome(world: World, rng: Random, number: str) -> Record:
    movement: Movement = rng.choice(world.all(Movement))
    return Outcome(
        id=f"outcome-{number}",
        movement=movement.id,
        version=movement.version,
        result=rng.choice((Result.FACILITATED, Result.DENIED, *Result)),
        what="made up",
        at=rng.choice((None, _moment(world, rng), world.as_of + 1)),
    )


def _departed(world: World, rng: Random, number: str) -> Record:
    movement: Movement = rng.choice(world.all(Movement))
    at = min(movement.depart_at + rng.choice((0, 0, HOUR)), world.as_of)
    return Departure(
        id=f"departed-{number}",
        movement=movement.id,
        version=movement.version,
        departed_at=at,
        by="leader",
    )


def _done(world: World, rng: Random, number: str) -> Record | None:
    pairs = granted(world)
    if not pairs:
        return None
    act, _ = rng.choice(pairs)
    deed = Do(
        id=f"done-{number}",
        party=act.party,
        of=(act.id,),
        what="made up",
        evidence=rng.choice(("made up", "made up", "")),
        failed=rng.random() < 0.4,
    )
    return _said(f"saw-{number}", rng.choice(TELLERS), _moment(world, rng), deed)


def _undertook_a_deed(world: World, rng: Random, number: str) -> Record:
    start = _moment(world, rng)
    windows = (window(start, start + DAY),) if rng.random() < 0.7 else ()
    terms = Undertaking(
        kind=UndertakingKind.DEED,
        deed="a road cleared",
        windows=windows,
        areas=rng.choice(((), tuple(rng.sample(sorted(world.network.areas), 1)))),
    )
    verb: Any = rng.choice((Announce, Guarantee))
    party = rng.choice(("army", "front"))
    act = verb(id=f"deed-{number}", party=party, undertaking=terms)
    form = rng.choice((Form.WRITTEN, Form.ANNOUNCEMENT, Form.RELAYED))
    return _said(f"undertook-{number}", party, max(0, start - HOUR), act, form=form)


def _spoke_again(world: World, rng: Random, number: str) -> Record | None:
    """A later word of the party, or of somebody about it, on one of its grants."""
    pairs = granted(world)
    if not pairs:
        return None
    act, _ = rng.choice(pairs)
    of, party, id = (act.id,), act.party, f"later-{number}"
    effective = rng.choice((None, None, _moment(world, rng)))
    areas = act.undertaking.areas
    acts: tuple[Act, ...] = (
        Withdraw(id=id, party=party, of=of, effective_at=effective),
        Withdraw(id=id, party=party, areas=areas[:1], effective_at=effective),
        Suspend(id=id, party=party, what="", areas=areas[:1], effective_at=effective),
        Reject(id=id, party=party, of=of),
        Disown(id=id, party=party, of=of),
        Deny(id=id, party=f"{party}-wing", of=of),
        Confirm(id=id, party=party, of=of),
        Narrow(id=id, party=party, of=of, areas=areas[1:]),
        Narrow(id=id, party=party, of=of, windows=act.undertaking.windows[1:]),
    )
    speaker = rng.choice((party, party, party, f"{party}-wing", "patron", "front", "paper"))
    return _said(f"again-{number}", speaker, _moment(world, rng), rng.choice(acts))


_KINDS: tuple[Callable[[World, Random, str], Record | None], ...] = (
    *(_told,) * 4,
    *(_broke,) * 3,
    *(_reviewed,) * 3,
    _looked,
    _unused,
    *(_outcome,) * 2,
    _departed,
    *(_done,) * 2,
    _undertook_a_deed,
    *(_spoke_again,) * 2,
)
