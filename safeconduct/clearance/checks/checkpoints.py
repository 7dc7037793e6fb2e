"""Rule G3: at each checkpoint the unit itself has confirmed the passage."""

from __future__ import annotations

from safeconduct.clearance.bench import Bench
from safeconduct.clearance.checks.deadlines import by
from safeconduct.clearance.finding import Finding, Status, Stretch
from safeconduct.cover import Key, LegProfile, Part
from safeconduct.roads import Occupied
from safeconduct.spacetime import Span, Spans
from safeconduct.vocabulary import Checkpoint, Depth, UndertakingKind


def units(bench: Bench) -> list[Finding]:
    """Rule G3: at each checkpoint a passage that the unit there is confirmed to know of."""
    posts = [
        (post, entry)
        for post in bench.situation.facts(Checkpoint)
        for entry in _at(bench, post.place)
    ]
    if not posts:
        return bench.not_applicable("G3", "No checkpoint is recorded on the way.")
    found: dict[str, Finding] = {}
    grants: set[str] = set()
    for post, entry in posts:
        parts = _confirmed(bench, post, entry)
        grants.update(part.grant for part in parts)
        held = Spans.of(span for part in parts for span in part.spans)
        if not held.holds(Span(entry.enter, entry.leave)):
            found.setdefault(post.id, _unconfirmed(bench, post, entry))
    return list(found.values()) or bench.met(
        "G3",
        "At every checkpoint the order to let the column pass is confirmed down to the unit.",
        statements=tuple(sorted(grants)),
    )


def _at(bench: Bench, place: str) -> list[Occupied]:
    return [entry for entry in bench.itinerary.entries if entry.place == place]


def _confirmed(bench: Bench, post: Checkpoint, entry: Occupied) -> list[Part]:
    """The passages of the checkpoint's party that hold there by a word that reached the unit."""
    leg = next(leg for leg in bench.movement.legs if leg.id == entry.leg)
    key = Key(UndertakingKind.PASSAGE, post.party)
    turned = bench.cover.turned(key, entry.classes[0], LegProfile.of(leg))
    here = Span(entry.enter, entry.leave)
    return [
        part
        for part in turned.parts
        if part.spans.within(here)
        and (said := bench.situation.statement(part.statement))
        and said.depth is Depth.UNIT
    ]


def _unconfirmed(bench: Bench, post: Checkpoint, entry: Occupied) -> Finding:
    name, span = bench.name(post.party), Span(entry.enter, entry.leave)
    where = bench.network.place(post.place).name or post.place
    return bench.finding(
        "G3",
        Status.UNKNOWN,
        f"The unit of {name} at checkpoint {post.id} ({where}) has not confirmed that the column "
        f"may pass, {bench.period(span)}; an order from above may not have reached it.",
        code="UNIT-UNCONFIRMED",
        party=post.party,
        place=(Stretch(post.place),),
        span=span,
        statements=(post.id,),
        waits=True,
        remedy=f"Have {name} confirm the passage with depth `unit`, by the unit at {where} itself, "
        f"{by(bench, 'G3')}.",
    )
