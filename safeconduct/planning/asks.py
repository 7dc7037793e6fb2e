"""From missing keys to asks: which party must undertake what, where, from when to when.

The first form: every missing key becomes part of one ask per party and kind. Nothing here claims
to be the shortest list; it is complete: granting all of it, and finishing the own tasks, leaves no
key missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from safeconduct.clearance import Finding, Judgement, Spot, Status
from safeconduct.clearance.bench import Bench, named, thing
from safeconduct.cover import Key
from safeconduct.register import encode
from safeconduct.spacetime import Span, utc
from safeconduct.vocabulary import Ask, UndertakingKind

# Rules that somebody else's word meets; the rest of what is open is ours to do.
MET_BY_WORDS = frozenset({"A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "T4", "G1"})
_OURS_AMONG_THEM = frozenset(
    {
        ("A1", "NOT-ASSESSED"),
        ("A1", "STALE"),
        ("A1", "HAZARD"),
        ("A1", "ROAD-CLOSED"),
        ("A1", "STEP-BUDGET"),
        ("A1", "ERROR"),
        ("A1", "TRIP-OVER"),
        ("A1", "DOUBLED-ID"),
        ("A1", "PLACE-NOT-JOINED"),
        ("A6", "PART-OF-A-DEAL"),
        ("A7", "LINK-NOT-ACCEPTED"),
        ("A7", "OTHER-LEG"),
        ("A8", "CROSSING-SHUT"),
        ("A8", "CONSENT-HOLDER-UNKNOWN"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTask:
    """Something that is the office's own to do, and the rule it would meet."""

    rule: str
    code: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What follows from a judgement; it cites the judgement's hash and changes nothing in it."""

    judgement: str
    asks: tuple[Ask, ...]
    own_tasks: tuple[OwnTask, ...]

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "judgement": self.judgement,
            "asks": [ask_json(ask) for ask in self.asks],
            "own_tasks": [encode(task) for task in self.own_tasks],
        }


def plan(judgement: Judgement, bench: Bench | None, *others: Bench) -> Plan:
    """The asks and own tasks that the unmet findings of a judgement call for.

    Parameters
    ----------
    bench : what the judgement was made on; None when the movement could not be judged at all.
    others : in a joint convoy, what the other organisations' judgements were made on: what any
        of them misses is asked for.
    """
    asks = tuple(_asks(judgement, bench, (bench, *others))) if bench else ()
    return Plan(judgement=judgement.hash, asks=asks, own_tasks=tuple(_own_tasks(judgement)))


def _asks(judgement: Judgement, bench: Bench, benches: Iterable[Bench]) -> Iterable[Ask]:
    grouped: dict[tuple[str, UndertakingKind], dict[Key, list[Spot]]] = defaultdict(dict)
    for book in (book for one in benches for book in (one.ledger.missing, one.ledger.late)):
        for key, spots in book.items():
            asked = grouped[key.party, key.kind].setdefault(key, [])
            asked.extend([spot for spot in spots if spot not in asked] if asked else spots)
    for (party, kind), keys in sorted(grouped.items(), key=lambda g: (g[0][0], g[0][1].value)):
        yield _ask(judgement, bench, party, kind, keys)


def _ask(
    judgement: Judgement,
    bench: Bench,
    party: str,
    kind: UndertakingKind,
    keys: dict[Key, list[Spot]],
) -> Ask:
    spots = sorted((spot for found in keys.values() for spot in found), key=lambda s: s.entry.enter)
    span = _with_margin(spots, bench.movement.margin_s)
    means = frozenset(key.means for key in keys if key.means is not None)
    place = bench.road(bench.stretches(spots))
    legs = {spot.leg for spot in spots}
    purposes = frozenset(leg.purpose for leg in legs)
    ways = " and ".join(sorted({x.direction.value for x in legs}))
    return Ask(
        id=f"ask-{judgement.hash[:8]}-{party}-{kind.value}",
        movement=judgement.movement,
        party=party,
        kind=kind,
        means=means,
        areas=_areas(bench, spots),
        spans=(span,),
        purposes=purposes,
        directions=frozenset(leg.direction for leg in legs),
        for_whom=frozenset(who for leg in legs for who in leg.movers),
        says=f"{bench.name(party)}: {thing(kind, means)} over {place}, {bench.period(span)}, for "
        f"{named(purposes)} {ways}, without conditions that make relief a reward, said directly to "
        f"{bench.name(bench.movement.organisation)}.",
        meets=tuple(sorted({f.rule for f in _open(judgement) if f.party == party})),
    )


def _with_margin(spots: list[Spot], margin_s: int) -> Span:
    """The time to ask for: from the first entering to the last leaving, and the margin."""
    start = min(spot.entry.enter for spot in spots)
    return Span(start, max(spot.entry.leave for spot in spots) + margin_s)


def _areas(bench: Bench, spots: Iterable[Spot]) -> tuple[str, ...]:
    """A small set of areas that together contain the stretches; greedy, ties by name.

    Stretches that lie wholly within no area cannot be named by one; the ask's words name them.
    """
    open_classes = {spot.cls for spot in spots}
    within = {cls: bench.network.classes[cls][1] for cls in open_classes}
    chosen: list[str] = []
    while True:
        counts: dict[str, int] = defaultdict(int)
        for cls in open_classes:
            for area in within[cls]:
                counts[area] += 1
        if not counts:
            return tuple(chosen)
        best = min(counts, key=lambda area: (-counts[area], area))
        chosen.append(best)
        open_classes = {cls for cls in open_classes if best not in within[cls]}


def _open(judgement: Judgement) -> Iterable[Finding]:
    failing = (Status.UNMET, Status.UNKNOWN, Status.NOT_YET_DUE)
    return (f for f in judgement.findings if f.status in failing)


def _own_tasks(judgement: Judgement) -> Iterable[OwnTask]:
    tasks = (
        OwnTask(rule=f.rule, code=f.code, says=f.remedy or f.says)
        for f in _open(judgement)
        if _is_ours(f)
    )
    return dict.fromkeys(tasks)


def _is_ours(finding: Finding) -> bool:
    """Whether the office can meet a finding by itself; anything else is asked of a party."""
    if finding.rule in MET_BY_WORDS:
        return (finding.rule, finding.code) in _OURS_AMONG_THEM
    return finding.code != "SIDE-NOT-CLEARED"


def ask_json(ask: Ask) -> dict[str, Any]:
    """An ask as every door shows it."""
    body = encode(ask)
    assert isinstance(body, dict)  # a dataclass encodes to a mapping
    spans = [{"from": utc(span.start), "until": utc(span.end)} for span in ask.spans]
    return {key: value for key, value in body.items() if key != "is"} | {"spans": spans}
