"""What will lapse: told ahead, while there is still time to have it renewed.

A standing authorisation that ends unnoticed shuts a road that everybody took for open. So each kind
of term has a lead, and is told that long before it ends; a short one in its last quarter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from safeconduct.spacetime import OPEN_END, Span, Spans
from safeconduct.vocabulary import (
    Arrangement,
    Assessment,
    Crossing,
    CrossingOpen,
    Instrument,
    LegalBasis,
    Notice,
    Presence,
    UndertakingKind,
    WaitingPlace,
)
from safeconduct.watch.item import Desk, Docket, Due, ToDo

DAY_S = 86_400
LONG_S, MIDDLE_S, SHORT_S = 14 * DAY_S, 7 * DAY_S, 3 * DAY_S
"""Leads, ours: authorisations are renewed in capitals, consents by an office, assessments by us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Something that holds for a span. Terms of one `subject` stand in for one another."""

    subject: tuple[object, ...]
    span: Span
    what: str
    rule: str
    record: str
    lead_s: int
    party: str = ""
    areas: tuple[str, ...] = ()
    place: str = ""
    movement: str = ""


def lapsing(desk: Desk, until: int) -> Iterator[Due]:
    """What lapses and is to be told by `until`: each subject once, when the last of it ends."""
    together: dict[tuple[object, ...], list[Term]] = defaultdict(list)
    for term in _terms(desk):
        together[term.subject].append(term)
    ending: dict[tuple[object, int, tuple[str, ...]], list[Term]] = defaultdict(list)
    for subject, terms in together.items():
        held = Spans.of(term.span for term in terms).around(desk.now)
        if held is None or held.end == OPEN_END:
            continue
        last = [term for term in terms if term.span.end == held.end]
        lead = min(last[0].lead_s, held.length_s // 4)
        if held.end - lead <= until:
            # One assessment of several areas ends in all of them at once, and is told once.
            ending[subject[0], held.end, tuple(sorted(t.record for t in last))] += last
    for (_, end, _), last in ending.items():
        yield _due(desk, last, end)


def _due(desk: Desk, last: list[Term], end: int) -> Due:
    areas = tuple(sorted({area for term in last for area in term.areas}))
    first = replace(last[0], areas=areas)
    where = f" of {', '.join(areas)}" if first.subject[0] == "assessment" else ""
    movements = [one.movement.id for one in desk.open_dockets if _relies(one, first)]
    return desk.due(
        end,
        ToDo.RENEW,
        f"{first.what}{where} lapses: have it renewed, or plan without it.",
        movements=[first.movement] if first.movement else movements,
        party=first.party,
        areas=first.areas,
        rules=[first.rule],
        records=[term.record for term in last],
    )


def _relies(docket: Docket, term: Term) -> bool:
    """Whether a movement's way touches the areas of a term, or passes its place."""
    bench = docket.bench
    if bench is None:
        return False
    passes = any(entry.place == term.place for entry in bench.itinerary.entries if entry.place)
    return passes if term.place else bool(bench.touched.intersection(term.areas))


def _terms(desk: Desk) -> Iterable[Term]:
    yield from _authorisations(desk)
    yield from _consents(desk)
    yield from _assessments(desk)
    yield from _clearances(desk)
    yield from _waiting_places(desk)


def _authorisations(desk: Desk) -> Iterable[Term]:
    for basis in desk.situation.facts(LegalBasis):
        yield Term(
            subject=("basis", basis.replaces, frozenset(basis.areas), basis.purposes),
            span=basis.valid,
            what=f"The {basis.basis.value} in the place of consent ({basis.text.rstrip('.')})",
            rule="A8",
            record=basis.id,
            lead_s=LONG_S,
            areas=basis.areas,
        )
    crossings = {one.id: one for one in desk.situation.facts(Crossing)}
    for opened in desk.situation.facts(CrossingOpen):
        crossing = crossings.get(opened.crossing)
        yield Term(
            subject=("crossing", opened.crossing, opened.side),
            span=opened.valid,
            what=f"The opening of {crossing.name if crossing else opened.crossing}, side "
            f"{opened.side},",
            rule="A8",
            record=opened.id,
            lead_s=LONG_S,
            place=crossing.place if crossing else "",
        )
    for relation in desk.situation.bindings():
        yield Term(
            subject=("binds", relation.binder, relation.bound, frozenset(relation.areas)),
            span=relation.valid,
            what=f"That {desk.name(relation.binder)} binds {desk.name(relation.bound)}",
            rule="A1",
            record=relation.id,
            lead_s=MIDDLE_S,
            party=relation.bound,
            areas=relation.areas,
        )
    for instrument in desk.situation.facts(Instrument):
        yield Term(
            subject=("instrument", instrument.party, instrument.means, instrument.instrument),
            span=instrument.valid,
            what=f"What is accepted of {desk.name(instrument.party)} in the place of a guarantee "
            f"({instrument.instrument.value})",
            rule="A9",
            record=instrument.id,
            lead_s=MIDDLE_S,
            party=instrument.party,
            areas=instrument.areas,
        )


def _consents(desk: Desk) -> Iterable[Term]:
    """Standing consents, and those that end while a movement they are for may still be out."""
    for grant in desk.situation.grants:
        given = grant.undertaking
        if given.kind is not UndertakingKind.CONSENT:
            continue
        for window in given.windows:
            term = Term(
                subject=("consent", grant.party, frozenset(given.areas), given.purposes),
                span=window.span,
                what=f"The consent of {desk.name(grant.party)}",
                rule="A8",
                record=grant.id,
                lead_s=MIDDLE_S,
                party=grant.party,
                areas=given.areas,
            )
            standing = window.span.length_s > MIDDLE_S
            if standing or any(
                _relies(one, term) and one.movement.latest_at > window.span.end
                for one in desk.open_dockets
            ):
                yield term


def _assessments(desk: Desk) -> Iterable[Term]:
    """Every area's assessments, each as far as the presences that it names reach."""
    ends = {one.id: one.valid.end for one in desk.situation.facts(Presence)}
    known = desk.situation.facts(Assessment)
    gone = {
        (old, area)
        for one in known
        if one.valid.start <= desk.now
        for old in one.supersedes
        for area in one.areas
    }
    for one in known:
        end = min([one.valid.end, *(ends.get(p, one.valid.start) for p in one.presences)])
        for area in one.areas if end > one.valid.start else ():
            if (one.id, area) in gone:
                continue
            yield Term(
                subject=("assessment", area),
                span=Span(one.valid.start, end),
                what="The assessment",
                rule="A1",
                record=one.id,
                lead_s=SHORT_S,
                areas=(area,),
            )


def _clearances(desk: Desk) -> Iterable[Term]:
    """What a party's notification arrangement gives for a notice, as long as it lasts."""
    versions = {one.movement.id: one.movement.version for one in desk.open_dockets}
    for notice in desk.situation.facts(Notice):
        if versions.get(notice.movement) != notice.version:
            continue
        for arrangement in desk.situation.facts(Arrangement):
            lasts = arrangement.clearance_lasts_s
            if arrangement.party != notice.to or not lasts:
                continue
            yield Term(
                subject=("clearance", notice.movement, notice.to),
                span=Span(notice.sent_at, notice.sent_at + lasts),
                what=f"The clearance by {desk.name(notice.to)}",
                rule="T3",
                record=notice.id,
                lead_s=DAY_S,
                party=notice.to,
                areas=arrangement.areas,
                movement=notice.movement,
            )


def _waiting_places(desk: Desk) -> Iterable[Term]:
    """Where an open movement halts, as long as the check of that place is good for its column."""
    for place, column_m in sorted(_halted(desk)):
        for one in desk.situation.facts(WaitingPlace):
            if one.place == place and one.holds_m >= column_m:
                yield Term(
                    subject=("waiting-place", place, column_m),
                    span=one.valid,
                    what=f"What was checked of the waiting place {place}",
                    rule="T1",
                    record=one.id,
                    lead_s=SHORT_S,
                    place=place,
                )


def _halted(desk: Desk) -> set[tuple[str, int]]:
    """Each place at which an open movement halts, with the length of its column."""
    return {
        (halt.place, docket.movement.convoy.column_m)
        for docket in desk.open_dockets
        for leg in docket.movement.legs
        for halt in leg.halts
    }
