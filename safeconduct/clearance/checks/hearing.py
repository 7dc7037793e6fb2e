"""Rule R1: the words that the answer rests on have come whole, from everybody they may come from.

Section 12 of docs/reference/semantics.md. A withdrawal that was recorded elsewhere and has not come
looks like no withdrawal; where a requirement says so, that is a doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from safeconduct.clearance.bench import Bench, clause
from safeconduct.clearance.checks.notices import in_force as arrangements_in_force
from safeconduct.clearance.checks.permits import needed
from safeconduct.clearance.concerned import binding, concerned, in_force, to_come
from safeconduct.clearance.finding import Finding, Status
from safeconduct.register.view import WriterDoubt
from safeconduct.situation import Heard, Hearing, Situation
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Arrangement, PatientClearance, Permit, RequiredWriter

__all__ = ["Word", "heard", "lacks_hearing", "of_requirement", "still_unheard"]

REVOKED = WriterDoubt.REVOKED.value
WITHHELD = WriterDoubt.WITHHELD.value
STOPPED = WriterDoubt.STOPPED.value
LEFT_ASIDE = frozenset({REVOKED, WITHHELD, WriterDoubt.UNKNOWN_KEY.value})
"""Doubts about what does not count anyway."""


@dataclass(frozen=True, slots=True)
class Word:
    """How whole the word of a required writer or office is.

    Parameters
    ----------
    complete_at : up to which moment; None where it has never said so.
    lacks : in words, why it does not do whatever that moment is; empty for nothing.
    doubts : of the device that it lacks something for, which decides what helps.
    root : the root of an office whose own word it is complete by; empty where a device's is.
    """

    complete_at: int | None
    lacks: str = ""
    doubts: frozenset[str] = frozenset()
    root: str = ""

    def is_heard(self, since: int) -> bool:
        """Whether nothing is doubted and it is complete up to a moment."""
        return not self.lacks and self.complete_at is not None and self.complete_at >= since

    @property
    def untold(self) -> str:
        """What is missing where it is complete up to no moment, in words."""
        if not self.root:
            return "it has never said how much it has written"
        return (
            f"neither its root {self.root} nor a device beside that has ever said how much the "
            "root has written, so it may have devices that are not known here"
        )


def heard(bench: Bench) -> list[Finding]:
    """Rule R1: whose word is required has been heard, and no clock is doubted."""
    hearing = bench.situation.hearing
    if hearing.replay:
        return bench.not_applicable(
            "R1", "A case that is replayed has no writers whose word could be missing."
        )
    found = [*_clock(bench, hearing), *_not_heard(bench, hearing)]
    return found or _met(bench, hearing)


def lacks_hearing(bench: Bench) -> bool:
    """Whether the rule is not met, so that no key is known to be turned."""
    return any(one.status is Status.UNKNOWN for one in heard(bench))


def still_unheard(situation: Situation) -> Iterator[str]:
    """Whose required word has not been heard, on whatever road, and what is doubted of the clock.

    For answers that look at more roads than that of one movement, in sentences.
    """
    hearing, now = situation.hearing, situation.as_of
    if hearing.clock:
        yield f"The clock of this machine is in doubt (rule R1): {clause(hearing.clock)}."
    for one in in_force(situation) if not hearing.replay else ():
        if not of_requirement(hearing, one).is_heard(now - one.fresh_within_s):
            whose = one.writer or f"the office {one.office}"
            yield (
                f"The word of {whose} on {situation.name(one.party)} has not come whole (rule R1, "
                f"{one.id}): what is shown may have been withdrawn. Merge what it exports first."
            )


def of_requirement(hearing: Hearing, one: RequiredWriter) -> Word:
    """How whole the word is that a requirement asks for."""
    return _of_writer(hearing, one.writer) if one.writer else _of_office(hearing, one.office)


def _of_writer(hearing: Hearing, id: str, passed: frozenset[str] = frozenset()) -> Word:
    """How whole one writer's word is; that of a revoked one rests on those that follow it."""
    one = hearing.writers.get(id)
    if one is None:
        return Word(None, "nothing of it is known here")
    if one.doubts != {REVOKED}:
        return Word(one.complete_at, _doubted(one), _of_device(one))
    passed |= {id}
    after = [other.writer for other in hearing.writers.values() if other.follows == id]
    if not after or passed.intersection(after):
        return Word(None, "its key was revoked, and no other follows it")
    return _least(_of_writer(hearing, other, passed) for other in sorted(after))


def _of_office(hearing: Hearing, office: str) -> Word:
    """How whole the word of an office is: of its devices, and of the roots that name them."""
    ours = [one for _, one in sorted(hearing.writers.items()) if one.office == office]
    writing = [one for one in ours if not one.is_root and REVOKED not in one.doubts]
    if not writing:
        return Word(None, "no device of it is known here that may write")
    others = [one for one in ours if one not in writing]
    for one in others:
        if one.doubts - (frozenset() if one.is_root else {REVOKED}):
            return Word(None, f"{one.writer}: {_doubted(one)}", _of_device(one))
    roots = [one for one in others if one.is_root]
    return _least(_of_its(one) for one in (*writing, *roots))


def _of_its(one: Heard) -> Word:
    """How whole the word of one device, or of a root, of an office is."""
    lacks = f"{one.writer}: {_doubted(one)}" if one.doubts else ""
    return Word(one.complete_at, lacks, _of_device(one), one.writer if one.is_root else "")


def _least(words: Iterable[Word]) -> Word:
    """What several words come to: what one of them lacks, all lack."""
    found = list(words)
    lacking = next((one for one in found if one.lacks), None)
    least = min(found, key=lambda one: -1 if one.complete_at is None else one.complete_at)
    return replace(lacking or least, complete_at=least.complete_at)


def _doubted(one: Heard) -> str:
    return f"it is in doubt ({', '.join(sorted(one.doubts))})" if one.doubts else ""


def _of_device(one: Heard) -> frozenset[str]:
    """What is doubted of a device; a root goes on elsewhere, and its own later word settles it."""
    return frozenset() if one.is_root else one.doubts


# -- the clock


def _clock(bench: Bench, hearing: Hearing) -> Iterator[Finding]:
    if hearing.clock:
        yield bench.finding(
            "R1",
            Status.UNKNOWN,
            f"The clock of this machine is in doubt, and with it what had been said by now: "
            f"{clause(hearing.clock)}.",
            code="CLOCK-DOUBT",
            remedy="Set the clock right and judge again. Where an entry has a wrong time, go on "
            "with a new key and have the root revoke the old one up to what counts.",
        )


# -- whose word is missing


@dataclass(frozen=True, slots=True)
class _Missing:
    """What is to be told of one party and one writer or office.

    Parameters
    ----------
    lasts : the first moment at which it was no longer heard, where that is known.
    remains : whether it is in doubt or unknown, so that time alone is not what it lacks; `doubts`
        are those of the device.
    since : up to when its word is asked for. records : the requirements, or the statements.
    root : whose own word it lacks, where that is a root's.
    """

    says: str
    lasts: int | None
    remains: bool
    doubts: frozenset[str] = frozenset()
    since: int | None = None
    records: tuple[str, ...] = ()
    is_office: bool = False
    root: str = ""


def _not_heard(bench: Bench, hearing: Hearing) -> Iterator[Finding]:
    found = {
        **_of_its_papers(bench, hearing),
        **_of_its_words(bench, hearing),
        **_required(bench, hearing),
    }
    for (party, whose), missing in sorted(found.items(), key=lambda one: one[0]):
        yield _finding(bench, hearing, party, whose, missing)


def _required(bench: Bench, hearing: Hearing) -> dict[tuple[str, str], _Missing]:
    """By party and writer or office, what the requirements ask for and is not there."""
    now = bench.situation.as_of
    lacking: dict[tuple[str, str], list[RequiredWriter]] = defaultdict(list)
    for one in binding(bench):
        if not of_requirement(hearing, one).is_heard(now - one.fresh_within_s):
            lacking[one.party, one.writer or one.office].append(one)
    return {
        key: _missing(bench, hearing, sorted(asked, key=lambda one: (one.fresh_within_s, one.id)))
        for key, asked in lacking.items()
    }


def _missing(bench: Bench, hearing: Hearing, asked: list[RequiredWriter]) -> _Missing:
    first, now = asked[0], bench.situation.as_of
    word, since, lasts = of_requirement(hearing, first), now - first.fresh_within_s, None
    if word.complete_at is None or word.lacks:
        why = word.lacks or word.untold
    else:
        its = f"what its root {word.root} says of its devices" if word.root else "its word"
        why = f"{its} is complete up to {bench.time(word.complete_at)} only"
        lasts = word.complete_at + first.fresh_within_s + 1
    ids = ", ".join(one.id for one in asked)
    return _Missing(
        says=f"{why}, and {ids} ({clause(first.by)}) asks for it up to {bench.time(since)}",
        lasts=lasts,
        remains=bool(word.lacks),
        doubts=word.doubts,
        since=since,
        records=tuple(sorted(one.id for one in asked)),
        is_office=bool(first.office),
        root=word.root,
    )


def _of_its_words(bench: Bench, hearing: Hearing) -> dict[tuple[str, str], _Missing]:
    """By party and writer, who recorded a word of a party concerned and is in doubt."""
    doubted = _doubted_recorders(hearing)
    words: dict[tuple[str, str], list[str]] = defaultdict(list)
    for said in bench.situation.statements if doubted else ():
        told_of = {said.actor, *(act.party for act in said.acts)}
        for writer in hearing.recorded_by.get(said.id, frozenset()) & doubted.keys():
            for party in concerned(bench) & told_of:
                words[party, writer].append(said.id)
    return {
        (party, writer): _recorded(hearing, writer, "what this party said", doubted[writer], ids)
        for (party, writer), ids in words.items()
    }


def _of_its_papers(bench: Bench, hearing: Hearing) -> dict[tuple[str, str], _Missing]:
    """By party and writer, who recorded a paper of a party that is needed and is in doubt."""
    doubted = _doubted_recorders(hearing)
    papers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for party, one in _papers(bench) if doubted else ():
        for writer in hearing.noted_by.get((one.tag, one.id), frozenset()) & doubted.keys():
            papers[party, writer].append(one.id)
    return {
        (party, writer): _recorded(hearing, writer, "a paper of this party", doubted[writer], ids)
        for (party, writer), ids in papers.items()
    }


def _papers(bench: Bench) -> Iterator[tuple[str, Permit | PatientClearance | Arrangement]]:
    """What parties allow or ask beside their words, as rules C1, M1 and T3 read it."""
    yield from ((need.party, permit) for need, permit in needed(bench))
    for one in bench.situation.facts_of(PatientClearance, bench.movement.id):
        yield one.party, one
    for other in arrangements_in_force(bench):
        yield other.party, other


def _recorded(
    hearing: Hearing, writer: str, what: str, why: str, records: Iterable[str]
) -> _Missing:
    known = hearing.writers.get(writer)
    return _Missing(
        says=f"it recorded {what}, and {why}",
        lasts=None,
        remains=True,
        doubts=known.doubts if known else frozenset(),
        records=tuple(sorted(records)),
    )


def _doubted_recorders(hearing: Hearing) -> dict[str, str]:
    """Who recorded something and is in doubt for what it may have left out, and why in words."""
    found = {}
    for id in hearing.recorders:
        one = hearing.writers.get(id)
        if one is None:
            found[id] = "nothing else of it is known here"
        elif one.doubts - LEFT_ASIDE:
            found[id] = _doubted(one)
    return found


def _finding(bench: Bench, hearing: Hearing, party: str, whose: str, missing: _Missing) -> Finding:
    name, now, since = bench.name(party), bench.situation.as_of, missing.since
    named = _named(hearing, whose, missing)
    after = "" if since is None else f" after {bench.time(since)}"
    return bench.finding(
        "R1",
        Status.UNKNOWN,
        f"What {named} recorded of {name} is not known to have come whole: {missing.says}. A "
        "withdrawal may be missing.",
        code="NOT-HEARD",
        party=party,
        span=None if missing.lasts is None else Span(missing.lasts, now + 1),
        statements=missing.records,
        due_at=missing.lasts,
        remedy=_remedy(named, after, missing),
    )


def _remedy(named: str, after: str, missing: _Missing) -> str:
    if STOPPED in missing.doubts:  # it goes on nowhere, and exports nothing any more
        return (
            f"Merge what other offices have of what {named} wrote, then say how much of it is "
            "believed: `safeconduct register keys revoke`."
        )
    beside = f" where its root {missing.root} writes" if missing.root else ""
    merge = f"Merge what {named} exports{after}{beside}: `safeconduct register merge`."
    if WITHHELD in missing.doubts:
        return f"{merge} The export must leave nothing out: `register export --handling`."
    stays = " If the doubt stays, ask that office what became of it." if missing.remains else ""
    return merge + stays


def _named(hearing: Hearing, whose: str, missing: _Missing) -> str:
    if missing.is_office:
        return f"the office {whose}"
    known = hearing.writers.get(whose)
    return f"{whose} of the office {known.office}" if known and known.office else whose


# -- how long it stays met


def _met(bench: Bench, hearing: Hearing) -> list[Finding]:
    asked = binding(bench)
    words = [(of_requirement(hearing, one).complete_at, one.fresh_within_s) for one in asked]
    ends = [moment + fresh_s + 1 for moment, fresh_s in words if moment is not None]
    ends += [one.valid.start for one in to_come(bench)]
    if not asked:
        says = "No office's word is required of the parties concerned, and none is in doubt."
    else:
        least = min(moment for moment, _ in words if moment is not None)
        says = (
            "Every office whose word is required has been heard, up to "
            f"{bench.time(least)} at least."
        )
    return bench.met(
        "R1",
        says,
        statements=tuple(one.id for one in asked),
        holds_until=min(ends, default=None),
    )
