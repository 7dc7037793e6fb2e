"""Small changes to whose word has come and who must be heard: a second, a doubt, a follower.

They are drawn beside the other changes and not among them, so that what was drawn before stays.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from safeconduct.situation import Heard
from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import RequiredWriter, Statement
from tests.worlds.changes import SECONDS, edited, moved, pick
from tests.worlds.draft import DAY, HOUR, PATRON
from tests.worlds.ground import FAR
from tests.worlds.hearing_facts import DOUBTS, PAPERS, STRANGER
from tests.worlds.limits import NOWHERE
from tests.worlds.world import World, add

EVERY_DOUBT = (*DOUBTS, "revoked", "withheld", "unknown-key")
OFFICES = ("river", "hill", "coast", "valley", STRANGER)


def reheard(world: World, old: Heard, **otherwise: Any) -> World:
    """The world in which one writer was heard otherwise."""
    writers = {**world.hearing.writers, old.writer: replace(old, **otherwise)}
    return replace(world, hearing=replace(world.hearing, writers=writers))


def _some(world: World, rng: Random) -> Heard | None:
    """Any writer; most often one that is required, or that recorded something."""
    asked = {one.writer for one in world.all(RequiredWriter)}
    offices = {one.office for one in world.all(RequiredWriter)}
    writers = world.hearing.writers.values()
    relied = [one for one in writers if one.writer in asked or one.office in offices]
    return pick(rng, relied) if relied and rng.random() < 0.7 else pick(rng, list(writers))


def heard_less(world: World, rng: Random) -> World | None:
    """A writer's word is complete up to the limit of some requirement, or a second less."""
    required, old = pick(rng, world.all(RequiredWriter)), _some(world, rng)
    if required is None or old is None:
        return None
    limit = world.as_of - required.fresh_within_s
    return reheard(world, old, complete_at=limit + rng.choice((-1, -1, 0, 1)))


def writer_doubted(world: World, rng: Random) -> World | None:
    """Something more is doubted of a writer, or nothing any more."""
    old = _some(world, rng)
    if old is None:
        return None
    more = old.doubts | {rng.choice(EVERY_DOUBT)}
    return reheard(world, old, doubts=rng.choice((more, more, more, frozenset())))


def writer_unheard(world: World, rng: Random) -> World | None:
    """A writer never said how far its word goes, follows nobody, or is not known of."""
    old = _some(world, rng)
    if old is None:
        return None
    change = rng.choice(("never", "follows", "gone"))
    if change == "never":
        return reheard(world, old, complete_at=None)
    if change == "follows":
        return reheard(world, old, follows=rng.choice(("", "hill-2", "hill-3", old.writer)))
    writers = {name: one for name, one in world.hearing.writers.items() if one is not old}
    return replace(world, hearing=replace(world.hearing, writers=writers))


def recorded_by_another(world: World, rng: Random) -> World | None:
    """A statement was recorded by somebody else, or by one more."""
    said, old = pick(rng, world.all(Statement)), _some(world, rng)
    if said is None or old is None or world.hearing.replay:
        return None
    by = frozenset({rng.choice((old.writer, old.writer, "coast-1", STRANGER))})
    by |= rng.choice((frozenset(), world.hearing.recorded_by.get(said.id, frozenset())))
    recorded_by = {**world.hearing.recorded_by, said.id: by}
    return replace(world, hearing=replace(world.hearing, recorded_by=recorded_by))


def noted_by_another(world: World, rng: Random) -> World | None:
    """A paper of a party was recorded by somebody else."""
    papers = [one for kind in PAPERS for one in world.all(kind)]
    paper, old = pick(rng, papers), _some(world, rng)
    if paper is None or old is None or world.hearing.replay:
        return None
    by = frozenset({rng.choice((old.writer, "coast-1", STRANGER, STRANGER))})
    noted_by = {**world.hearing.noted_by, (paper.tag, paper.id): by}
    return replace(world, hearing=replace(world.hearing, noted_by=noted_by))


def clock_doubted(world: World, rng: Random) -> World | None:
    """The clock of the machine is doubted; not often."""
    if rng.random() < 0.5:
        return None
    return replace(world, hearing=replace(world.hearing, clock="made up"))


def limit_tightened(world: World, rng: Random) -> World | None:
    """A requirement asks for a word that is just as fresh as some writer's, or a second fresher."""
    writers = [one for one in world.hearing.writers.values() if one.complete_at is not None]
    old = pick(rng, writers)
    if old is None or old.complete_at is None:
        return None
    age_s = world.as_of - old.complete_at + rng.choice((-1, 0, 1))
    return edited(world, rng, RequiredWriter, fresh_within_s=lambda _: max(1, age_s))


def required_otherwise(world: World, rng: Random) -> World | None:
    """A requirement replaces nothing, is of another, elsewhere, or at another time."""
    areas = sorted(world.network.areas)
    edits: tuple[dict[str, Any], ...] = (
        {"replaces": lambda _: ""},
        {"party": lambda _: _party(rng)},
        {"areas": lambda _: (rng.choice((*areas, FAR, NOWHERE)),)},
        {"valid": lambda valid: moved(valid, rng)},
        {"valid": lambda valid: Span(world.as_of + rng.choice((0, 1)), valid.end + DAY)},
        {"valid": lambda valid: Span(valid.start - DAY, world.as_of + rng.choice((0, 1)))},
        {"decided_at": lambda at: rng.choice((at + rng.choice(SECONDS), world.as_of + 1))},
    )
    return edited(world, rng, RequiredWriter, **rng.choice(edits))


def required_too(world: World, rng: Random) -> World:
    """Somebody more must be heard, for anybody, anywhere, soon or late."""
    return add(world, _requirement(world, rng), world.known_at + rng.choice((0, 0, 0, 1)))


def required_instead(world: World, rng: Random) -> World | None:
    """A requirement is replaced by another one, or they replace one another."""
    old = pick(rng, world.all(RequiredWriter))
    if old is None:
        return None
    of = rng.choice((old.party, old.party, old.party, _party(rng)))
    when = rng.choice((old.decided_at, old.decided_at + 1, world.as_of))
    newer = replace(_requirement(world, rng), party=of, replaces=old.id, decided_at=when)
    if rng.random() < 0.2:
        ring = edited(world, Random(0), RequiredWriter, replaces=lambda _: newer.id)
        return None if ring is None else add(ring, newer, world.known_at)
    return add(world, newer, world.known_at)


def _requirement(world: World, rng: Random) -> RequiredWriter:
    by_office = rng.random() < 0.4
    writers = [*world.hearing.writers, STRANGER]
    areas = sorted(world.network.areas)
    return RequiredWriter(
        id=f"required-too-{len(world.records)}",
        party=_party(rng),
        writer="" if by_office else rng.choice(writers),
        office=rng.choice(OFFICES) if by_office else "",
        fresh_within_s=rng.choice((1, 60, HOUR, HOUR + 1, 6 * HOUR, 2 * DAY)),
        areas=rng.choice(((), (), tuple(rng.sample(areas, 1)), (NOWHERE,))),
        valid=Span(world.as_of + rng.choice((-DAY, -DAY, 0, 1, 60)), OPEN_END),
        by="head of office",
        decided_at=world.as_of - rng.choice((-1, 0, DAY)),
        why="made up",
    )


def _party(rng: Random) -> str:
    return rng.choice(("army", "army", "front", "council", "ministry", "envoy", PATRON, "watch"))


CHANGES = (
    *(heard_less, heard_less, heard_less, writer_doubted, writer_doubted, writer_unheard),
    *(recorded_by_another, clock_doubted, limit_tightened, limit_tightened),
    *(required_otherwise, required_otherwise, required_too, required_instead),
    noted_by_another,
)
"""Every change; what happens most is listed more than once."""
