"""Rules T1, T2 and T5: is there time enough, was there time to prepare, is the word fresh."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from safeconduct.clearance.bench import Bench, clause, thing
from safeconduct.clearance.finding import Finding, Status, Stretch
from safeconduct.clearance.ledger import Spot, hull
from safeconduct.cover import ALWAYS, LegProfile
from safeconduct.spacetime import Span, Spans
from safeconduct.vocabulary import Checkpoint, WaitingPlace

HOUR_S = 3600


def hours(seconds: int) -> str:
    """A duration in hours and minutes, rounded up to the minute."""
    minutes = -(-seconds // 60)
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes % 60 else f"{minutes // 60} h"


def window(bench: Bench) -> list[Finding]:
    """Rule T1: the window holds loading, driving, holds, unloading, return and margin."""
    found = [
        *_passed(bench),
        *_holds(bench),
        *_halts(bench),
        *_margin(bench),
        *_latest(bench),
        *_needed(bench),
    ]
    if found:
        return found
    if not bench.ledger.is_whole:
        return [_no_window(bench)]
    trip = bench.trip
    return bench.met(
        "T1",
        f"The trip takes at most {hours(trip.length_s)} and bears a delay of "
        f"{hours(bench.movement.margin_s)} inside everything that was given.",
        span=trip,
    )


def _no_window(bench: Bench) -> Finding:
    """Keys are missing, so there is no window yet that could be long enough or too short."""
    needed = max(bench.movement.window_needed_s, bench.trip.length_s + bench.movement.margin_s)
    return bench.finding(
        "T1",
        Status.UNKNOWN,
        f"Nothing that was given holds the whole trip, so there is no window to measure; it needs "
        f"{hours(needed)}.",
        code="NO-WINDOW",
        span=bench.trip,
        remedy=f"Ask for one window of {hours(needed)} or more.",
    )


def _passed(bench: Bench) -> Iterable[Finding]:
    """A planned departure that went by without one being recorded: nobody knows where it is."""
    movement, now = bench.movement, bench.situation.as_of
    if not bench.under_way and now > movement.depart_at:
        yield bench.finding(
            "T1",
            Status.UNKNOWN,
            f"It was to leave at {bench.time(movement.depart_at)}; now it is {bench.time(now)} and "
            "no departure is recorded.",
            code="DEPARTURE-PASSED",
            span=Span(movement.depart_at, now),
            remedy="Record the departure, or plan a new one.",
        )


def _holds(bench: Bench) -> Iterable[Finding]:
    checkpoints = {c.id: c for c in bench.situation.facts(Checkpoint)}
    for unknown in bench.itinerary.unknown_holds:
        party = checkpoints[unknown].party
        yield bench.finding(
            "T1",
            Status.UNKNOWN,
            f"Nobody has recorded how long a column is held at checkpoint {unknown} of "
            f"{bench.name(party)}, so how long the trip takes is not known.",
            code="HOLD-UNKNOWN",
            party=party,
            statements=(unknown,),
            remedy="Record the hold to expect as a range, from past movements, or the value "
            "assumed and by whom.",
        )


def _halts(bench: Bench) -> Iterable[Finding]:
    """A halt where nobody has recorded that the whole column can stand for so long."""
    column_m = bench.movement.convoy.column_m
    for spot in bench.ledger.no_room:
        entry = spot.entry
        during = Span(entry.enter, entry.leave)
        checks = [one for one in bench.situation.facts(WaitingPlace) if one.place == entry.place]
        small = [one for one in checks if one.holds_m < column_m and one.valid.overlaps(during)]
        name = bench.road([Stretch(entry.place or "")])
        planned = f"The column halts at {name}, {bench.period(during)}"
        if small:
            says = (
                f"{planned}, and is {column_m} m long; "
                f"{max(one.holds_m for one in small)} m were found to fit there."
            )
        else:
            when = " for all of that time" if checks else ""
            says = f"{planned}, and nobody has recorded that it can stand there{when}."
        yield bench.finding(
            "T1",
            Status.UNMET if small else Status.UNKNOWN,
            says,
            code="HALT-TOO-SMALL" if small else "HALT-NOT-CHECKED",
            place=(Stretch(entry.place or ""),),
            span=hull([spot]),
            statements=tuple(sorted(one.id for one in checks)),
            remedy=f"Record a waiting place there that holds {column_m} m for all of it, plan the "
            "halt elsewhere, or leave it out.",
        )


def _margin(bench: Bench) -> Iterable[Finding]:
    ledger, margin = bench.ledger, bench.movement.margin_s
    late: list[tuple[str, str, list[Spot]]] = [
        (key.party, thing(key.kind, [key.means]), spots) for key, spots in ledger.late.items()
    ]
    late += [("", f"hazard {h.hazard}", spots) for h, spots in ledger.hazards_late.values()]
    late += [("", f"crossing {c.name}", [spot]) for c, spot in ledger.shut_late]
    if ledger.unassessed_late:
        late.append(("", "the assessment of the road", ledger.unassessed_late))
    if ledger.holder_unknown_late:
        late.append(("", "the record of whose consent is needed", ledger.holder_unknown_late))
    if ledger.no_room_late:
        late.append(("", "the record of the waiting place", ledger.no_room_late))
    for party, what, spots in sorted(late, key=lambda item: (item[0], item[1])):
        span = hull(spots)
        who = f"{what} of {bench.name(party)}" if party else what
        yield bench.finding(
            "T1",
            Status.UNMET,
            f"A delay of up to {hours(margin)} would find the column on "
            f"{bench.road(bench.stretches(spots))} after {who} has ended, {bench.period(span)}.",
            code="MARGIN-TOO-SHORT",
            party=party,
            place=bench.stretches(spots),
            span=span,
            remedy=f"Leave earlier, or have it prolonged to {bench.time(span.end)}.",
        )
    for closure, spots in ledger.closed_late.values():
        span = hull(spots)
        yield bench.finding(
            "T1",
            Status.UNMET,
            f"A delay of up to {hours(margin)} would find the column on "
            f"{bench.road(bench.stretches(spots))} when that is recorded as closed, "
            f"{bench.period(span)}: {clause(closure.why)}.",
            code="MARGIN-TOO-SHORT",
            place=bench.stretches(spots),
            span=span,
            statements=(closure.id,),
            remedy=f"Be past it, with the margin, before {bench.time(span.start)}.",
        )


def _latest(bench: Bench) -> Iterable[Finding]:
    movement = bench.movement
    ends = bench.itinerary.ends_at + movement.margin_s
    if ends > movement.latest_at:
        yield bench.finding(
            "T1",
            Status.UNMET,
            f"With its margin the column is clear at {bench.time(ends)}, later than the latest "
            f"time planned, {bench.time(movement.latest_at)}.",
            code="TOO-LATE",
            span=Span(movement.latest_at, ends),
            remedy="Leave earlier, drive less far, or plan a later end.",
        )


def _needed(bench: Bench) -> Iterable[Finding]:
    """The window that the operation says it needs, against the one that is there or offered."""
    movement = bench.movement
    if not movement.window_needed_s:
        return
    if bench.ledger.is_whole:
        meeting = [span for span in _open_together(bench) if span.overlaps(bench.trip)]
        longest = max(meeting, key=lambda span: span.length_s, default=None)
        if longest is None or longest.length_s < movement.window_needed_s:
            yield _short(bench, "", longest.length_s if longest else 0, longest, ())
        return
    for party, (length, span, grants) in sorted(_offers(bench).items()):
        if length < movement.window_needed_s:
            yield _short(bench, party, length, span, grants)


def _short(
    bench: Bench, party: str, length: int, span: Span | None, grants: tuple[str, ...]
) -> Finding:
    movement = bench.movement
    whose = f"of {bench.name(party)} " if party else ""
    return bench.finding(
        "T1",
        Status.UNMET,
        f"The operation needs a window of {hours(movement.window_needed_s)} "
        f"({movement.window_basis}); the longest {whose}is {hours(length)}.",
        code="WINDOW-TOO-SHORT",
        party=party,
        span=span,
        statements=grants,
        remedy=f"Ask for {hours(movement.window_needed_s)}, or plan an operation that fits.",
    )


def _open_together(bench: Bench) -> Spans:
    """When every key of every piece of the way is turned at once."""
    together = ALWAYS
    legs = {leg.id: LegProfile.of(leg) for leg in bench.movement.legs}
    for entry in bench.itinerary.entries:
        for cls in dict.fromkeys(entry.classes):
            together = together & bench.cover.open_spans(cls, legs[entry.leg], bench.movement)
        for _, spans in bench.cover.crossings_at(entry.place) if entry.place else ():
            together = together & spans
        for _, spans in bench.closed.on(entry.edge) if entry.edge else ():
            together = together - spans
    return together


def _offers(bench: Bench) -> dict[str, tuple[int, Span, tuple[str, ...]]]:
    """The longest window each party with a missing key has offered that meets the trip."""
    best: dict[str, tuple[int, Span, tuple[str, ...]]] = {}
    for party in bench.ledger.not_turned():
        for grant in bench.situation.grants_of.get(party, ()):
            natural = Spans.of(w.span for w in grant.undertaking.windows)
            for span in natural:
                if span.overlaps(bench.trip) and span.length_s > best.get(party, (0,))[0]:
                    best[party] = (span.length_s, span, (grant.id,))
    return best


def preparation(bench: Bench) -> list[Finding]:
    """Rule T2: enough time between the first sufficient set of approvals and departure."""
    movement, ledger = bench.movement, bench.ledger
    needed = movement.preparation_s
    if bench.under_way:
        return bench.not_applicable("T2", "The column has left; there is nothing to prepare.")
    if not ledger.is_whole:
        return [
            bench.finding(
                "T2",
                Status.UNKNOWN,
                "There is no sufficient set of approvals yet, so preparation has not begun to "
                "count.",
                code="NO-SUFFICIENT-SET",
                remedy=f"The earliest departure is {hours(needed)} after the last approval."
                if needed
                else "Obtain what is missing; no preparation time is set after it.",
            )
        ]
    earliest = ledger.sufficient_at + needed
    if movement.depart_at < earliest:
        return [
            bench.finding(
                "T2",
                Status.UNMET,
                f"A sufficient set of approvals existed from "
                f"{bench.time(ledger.sufficient_at)}; with "
                f"{hours(needed)} of preparation the earliest departure is {bench.time(earliest)}, "
                f"but it is planned for {bench.time(movement.depart_at)}.",
                code="PREPARATION-TOO-SHORT",
                span=Span(movement.depart_at, earliest),
                remedy=f"Depart at {bench.time(earliest)} or later.",
            )
        ]
    return bench.met(
        "T2", f"There were {hours(needed)} or more between the last approval and departure."
    )


def open_ended(bench: Bench) -> list[Finding]:
    """Rule T5: an open-ended word needs reconfirmation shortly before departure."""
    hours_s = bench.profile.reconfirm_open_ended_s
    due = bench.movement.depart_at - hours_s
    stale: dict[str, set[str]] = defaultdict(set)
    for key, grants in bench.ledger.stale_words.items():
        stale[key.party] |= grants
    if not stale:
        return bench.not_applicable("T5", "No open-ended word is relied on without being fresh.")
    return [
        bench.finding(
            "T5",
            Status.UNMET,
            f"What {bench.name(party)} gave has no end and was not reconfirmed in the "
            f"{hours(hours_s)} before departure.",
            code="RECONFIRM",
            party=party,
            statements=tuple(sorted(grants)),
            waits=True,
            due_at=due,
            remedy=f"Have {bench.name(party)} reconfirm it after {bench.time(due)}.",
        )
        for party, grants in sorted(stale.items())
    ]
