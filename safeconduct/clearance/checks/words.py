"""Rules A2 to A6 and T4: why a party's word, or its silence, does not turn a key.

Each explains keys that rule A1 or A8 found missing; where every key is turned, none of them has
anything to say against the movement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from safeconduct.clearance.bench import Bench, clause
from safeconduct.clearance.candidates import Candidate, words_of
from safeconduct.clearance.finding import Finding, Status, Stretch
from safeconduct.clearance.ledger import hull
from safeconduct.cover import Code
from safeconduct.policy import Level
from safeconduct.spacetime import Span


def _lacking(bench: Bench) -> Iterable[tuple[str, list[Candidate]]]:
    """Each party with a missing key, and every word of its that bears on it."""
    for party in bench.ledger.not_turned():
        yield party, list(words_of(bench, party))


def _span(bench: Bench, party: str) -> tuple[Span, tuple[Stretch, ...]]:
    """When and where keys of a party are missing; worked out once for a bench."""
    wanted = _span, party
    if wanted not in bench.remembered:
        spots = [s for m in bench.ledger.not_turned()[party] for s in m.spots]
        bench.remembered[wanted] = hull(spots), bench.stretches(spots)
    found: tuple[Span, tuple[Stretch, ...]] = bench.remembered[wanted]
    return found


def _with(
    bench: Bench,
    rule: str,
    codes: Iterable[Code],
    says: str,
    remedy: str,
    nothing: str,
    any_kind: bool = False,
) -> list[Finding]:
    """One finding for each party and each of these reasons for which a word of its fails.

    Words of another kind than any key that is missing are left aside, unless `any_kind`.
    """
    found = []
    for party, words in _lacking(bench):
        for code in codes:
            failing = [
                c for c in words if code.value in c.codes and (any_kind or not c.is_of_other_kind)
            ]
            if failing:
                found.append(_failing(bench, rule, party, code, failing, says, remedy))
    return found or bench.not_applicable(rule, nothing)


def _failing(
    bench: Bench,
    rule: str,
    party: str,
    code: Code,
    failing: list[Candidate],
    says: str,
    remedy: str,
) -> Finding:
    span, place = _span(bench, party)
    name = bench.name(party)
    faults = [f for c in failing for f in c.standing.faults if f.code == code.value]
    cuts = [cut.act for c in failing for cut in c.standing.cuts if cut.code is code]
    acts = {c.standing.grant.id for c in failing} | {a for f in faults for a in f.acts}
    details = "; ".join(dict.fromkeys(clause(f.detail) for f in faults if f.detail))
    return bench.finding(
        rule,
        Status.UNMET,
        says.format(name=name) + (f": {details}." if details else "."),
        code=code.value,
        party=party,
        place=place,
        span=span,
        statements=tuple(sorted(acts | set(cuts))),
        remedy=remedy.format(name=name),
    )


def silence(bench: Bench) -> list[Finding]:
    """Rule A2: silence, no reply, not formally notified: missing, never consent."""
    found = []
    for party, _ in _lacking(bench):
        span, place = _span(bench, party)
        name = bench.name(party)
        if party not in bench.situation.spoken:
            found.append(
                bench.finding(
                    "A2",
                    Status.UNMET,
                    f"{name} has said nothing that is recorded. Silence is never consent.",
                    code="SILENT",
                    party=party,
                    place=place,
                    span=span,
                    remedy=f"Ask {name} directly, and record the answer.",
                )
            )
    return found or bench.met("A2", "No party whose word is needed has been silent.")


def spoken_for(bench: Bench) -> list[Finding]:
    """Rule A3: a speaker for another counts only when that party confirms."""
    found = _with(
        bench,
        "A3",
        (Code.SPOKEN_FOR,),
        "What another said for {name} has not been confirmed by {name} itself",
        "{name} must confirm it itself; if its own text is narrower, that text holds.",
        "Nobody spoke for another party on a key that is missing.",
    )
    at_issue = {
        party
        for party, words in _lacking(bench)
        if not any(_is_own(c) for c in words) and any(_could_turn(c) for c in words)
    }
    left = [f for f in found if f.party in at_issue]
    return left or bench.not_applicable("A3", "The parties concerned have spoken for themselves.")


def _is_own(candidate: Candidate) -> bool:
    """Whether the party itself gave its word, not only in public, and not for a time long gone.

    A register keeps what was said for earlier trips; that confirms nothing that is said today.
    """
    grant = candidate.standing.grant
    direct = grant.statement.actor == grant.party and not grant.announced
    ended = Code.WINDOW_ENDED.value in candidate.codes
    return direct and not ended and not candidate.is_of_other_kind


def _could_turn(candidate: Candidate) -> bool:
    """Whether a word said by another is of the kind that is missing."""
    return Code.SPOKEN_FOR.value in candidate.codes and not candidate.is_of_other_kind


def contested(bench: Bench) -> list[Finding]:
    """Rule A4: voices of one party contradict one another, or those who tell its words do."""
    nothing = "No party contradicts itself on a key that is missing, and all tell its word alike."
    voices = _with(
        bench,
        "A4",
        (Code.CONTESTED, Code.REJECTED),
        "Voices of {name} contradict one another; what is contested counts as missing",
        "The authority that commands the means must reconfirm it directly.",
        nothing,
    )
    tellers = _with(
        bench,
        "A4",
        (Code.TOLD_DIFFERENTLY,),
        "A word of {name} is told differently by those who tell it, so it counts for nothing",
        "Ask {name} directly what it undertakes, and record the answer as a statement of its own.",
        nothing,
    )
    tellers = [_to_come(bench, one) for one in tellers]
    found = [f for f in (*voices, *tellers) if f.status is not Status.NOT_APPLICABLE]
    return found or voices


def _to_come(bench: Bench, finding: Finding) -> Finding:
    """The finding; where only tellings are missing that have not come here, with what brings them.

    Whoever said that they tell the same had them: an office whose statements come by merging.
    """
    apart = bench.situation.tellings.apart
    differing = [one for act in finding.statements for one in apart.get(act, ())]
    missing = sorted({one.missing for one in differing})
    if bench.situation.hearing.replay or not missing or "" in missing:
        return finding
    return replace(
        finding,
        remedy=f"Merge what the office exports that has {', '.join(missing)}, leaving nothing out: "
        f"`safeconduct register merge`. If it does not come by that, {_lowered(finding.remedy)}",
    )


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def withdrawn(bench: Bench) -> list[Finding]:
    """Rule A5: withdrawal, suspension and expiry take effect at once."""
    return _with(
        bench,
        "A5",
        (Code.WITHDRAWN, Code.SUSPENDED, Code.FIRE_UNEXPLAINED, Code.WINDOW_ENDED),
        "An undertaking of {name} has been withdrawn or suspended, or has run out; permits that "
        "are still valid do not replace it",
        "{name} must reconfirm this very undertaking after what suspended it, or give a new one.",
        "Nothing needed was withdrawn, suspended or has run out.",
    )


def tied(bench: Bench) -> list[Finding]:
    """Rule A6: relief as the reward or tool of a political or military step."""
    found = _with(
        bench,
        "A6",
        (Code.CONDITION_QUID_PRO_QUO, Code.CONDITION_HARMFUL),
        "The offer of {name} is tied to a political or military step, or carries a condition that "
        "harms people",
        "{name} must drop the condition; relief is not a reward.",
        "No offer on a key that is missing is tied to a political or military step.",
        any_kind=True,
    )
    if not bench.movement.deal:
        return found
    deal = bench.finding(
        "A6",
        Status.UNMET,
        f"The movement is a clause of a deal: {clause(bench.movement.deal)}.",
        code="PART-OF-A-DEAL",
        level=Level.COND,
        remedy="A named person signs that the movement is right by itself, or takes it out of the "
        "deal.",
    )
    return [*(f for f in found if f.status is not Status.NOT_APPLICABLE), deal]


def unresolved(bench: Bench) -> list[Finding]:
    """Rule T4: every time has a date, a zone and a UTC reading."""
    return _with(
        bench,
        "T4",
        (Code.TIME_UNRESOLVED,),
        "A time in what {name} said could not be resolved to an instant, so it covers nothing",
        "Ask {name} for date, hour and zone.",
        "Every time that is relied on has a date, a zone and a UTC reading.",
    )
