"""When and where an undertaking stood, by the party's own words at that time.

"Stood" in section 10 of docs/reference/semantics.md. Other than in a verdict, nothing is taken back
for the time before it was said: a pause that is called off after the shelling was still a pause.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safeconduct.cover import ALWAYS, Cover
from safeconduct.situation import Grant
from safeconduct.spacetime import NEVER, OPEN_END, Spans
from safeconduct.vocabulary import (
    Authority,
    Confirm,
    Deny,
    Disown,
    Narrow,
    Reject,
    Statement,
    Suspend,
    Telling,
    Withdraw,
)
from safeconduct.watch.given import Word, Words


@dataclass(frozen=True, slots=True)
class End:
    """The party's own act that ended an undertaking, for a time or for good."""

    verb: str
    act: str
    said_at: int
    start: int
    end: int = OPEN_END

    @property
    def spans(self) -> Spans:
        """The time it took."""
        return Spans.one(self.start, self.end) if self.start < self.end else NEVER


@dataclass(frozen=True, slots=True)
class Stood:
    """The time in which an undertaking stood, and its areas at each moment.

    `promised` is what it would have been without the party's own ends; `timed` says whether its
    time is known at all.
    """

    spans: Spans
    promised: Spans
    timed: bool
    areas: tuple[str, ...]
    narrowed: tuple[tuple[int, frozenset[str]], ...]
    ends: tuple[End, ...]

    def areas_at(self, moment: int) -> frozenset[str]:
        """The areas it named, as they had been narrowed by a moment."""
        left = frozenset(self.areas)
        for said_at, areas in self.narrowed:
            if said_at <= moment:
                left &= areas
        return left

    def is_over(self, as_of: int) -> bool:
        """Whether it stands at no moment from `as_of` on."""
        return not self.spans or self.spans.bounds[-1] <= as_of

    @property
    def taken(self) -> tuple[int, End] | None:
        """The first moment of the rest of its time that an own act took, and the act.

        Of several acts the one that was said first; None where its time ran out, or runs.
        """
        if not self.promised:
            return None
        last = self.spans.bounds[-1] if self.spans else self.promised.bounds[0]
        first = next((s.start for s in self.promised - self.spans if s.start >= last), None)
        if first is None:
            return None
        took = [end for end in self.ends if end.spans.contains(first)]
        return first, min(took, key=lambda end: (end.said_at, end.act))


def stood(cover: Cover, words: Words, grant: Grant, given: tuple[Word, ...]) -> Stood:
    """When and where a grant stood that has these words (at least one)."""
    undertaking = grant.undertaking
    timed = bool(undertaking.windows) and not undertaking.unresolved
    windows = Spans.of(one.span for one in undertaking.windows) if timed else ALWAYS
    promised = windows & Spans.one(given[0].statement.said_at, OPEN_END)
    narrows = list(_narrows(words, grant))
    for act, said_at in narrows:
        if act.windows is not None:
            kept = Spans.of(one.span for one in act.windows)
            promised = promised - (Spans.one(said_at, OPEN_END) - kept)
    narrowed = tuple((at, frozenset(act.areas)) for act, at in narrows if act.areas is not None)
    ends = tuple(_ends(cover, words, grant, given, narrows))
    spans = promised
    for end in ends:
        spans = spans - end.spans
    return Stood(spans, promised, timed, undertaking.areas, narrowed, ends)


def _narrows(words: Words, grant: Grant) -> Iterable[tuple[Narrow, int]]:
    situation = words.situation
    for act, said in situation.answers_twins(grant.id, Narrow):
        if act.party == grant.party and _counts(words, grant, said):
            yield act, said.said_at


def _counts(words: Words, grant: Grant, said: Statement) -> bool:
    """Whether a limit is the party's own, said after the grant, and no assumption of ours."""
    return (
        said.id not in words.situation.assumed
        and words.situation.first_told(grant.statement) <= said.said_at
        and words.is_own(said.actor, grant.party)
    )


def _ends(
    cover: Cover,
    words: Words,
    grant: Grant,
    given: tuple[Word, ...],
    narrows: list[tuple[Narrow, int]],
) -> Iterable[End]:
    situation, party = words.situation, grant.party
    yield from _emptied(grant, narrows)
    named = frozenset(situation.twins(grant.id))
    for act, said in situation.by_party(party, Withdraw):
        hit = named.intersection(act.of) if act.of else _overlaps(cover, act.areas, grant)
        if hit and _counts(words, grant, said):
            yield End("withdraw", act.id, said.said_at, _from(said, act.effective_at))
    for refusal, said in situation.answers_twins(grant.id, Reject):
        if refusal.party == party and _counts(words, grant, said):
            yield End("reject", refusal.id, said.said_at, said.said_at)
    for pause, said in situation.by_party(party, Suspend):
        if _overlaps(cover, pause.areas, grant) and _counts(words, grant, said):
            later = (w.statement for w in given)
            again = (w.said_at for w in later if situation.first_told(w) > said.said_at)
            start = _from(said, pause.effective_at)
            yield End("suspend", pause.id, said.said_at, start, min(again, default=OPEN_END))
    for verb in (Disown, Deny):
        for voice, said in situation.answers_twins(grant.id, verb):
            of_party = any(situation.is_of(one, party) for one in (voice.party, said.actor))
            if of_party and _counts(words, grant, said):
                until = min(_commanded(words, grant, said.said_at), default=OPEN_END)
                yield End(verb.tag, voice.id, said.said_at, said.said_at, until)


def _emptied(grant: Grant, narrows: list[tuple[Narrow, int]]) -> Iterable[End]:
    """The narrowing that left no area, where some had been named."""
    left = frozenset(grant.undertaking.areas)
    for act, said_at in narrows:  # oldest first
        left = left if act.areas is None else left & frozenset(act.areas)
        if grant.undertaking.areas and not left:
            yield End("narrow", act.id, said_at, said_at)
            return


def _commanded(words: Words, grant: Grant, after: int) -> Iterable[int]:
    """When the commanding voice of the party itself confirmed the grant after a contradiction."""
    return (
        said.said_at
        for act, said in words.situation.answers_twins(grant.id, Confirm)
        if act.party == grant.party == said.actor
        and said.authority is Authority.COMMANDS
        and said.telling is not Telling.INFERRED
        and said.id not in words.situation.assumed
        and words.situation.first_told(said) > after
        and act.id not in words.situation.tellings.apart
    )


def _from(said: Statement, effective_at: int | None) -> int:
    return said.said_at if effective_at is None else max(said.said_at, effective_at)


def _overlaps(cover: Cover, areas: tuple[str, ...], grant: Grant) -> bool:
    """Whether a limit's areas (none: everywhere) share ground with the grant's."""
    if not areas or not grant.undertaking.areas:
        return True
    return any(cover.overlap(a, b) for a in areas for b in grant.undertaking.areas)
