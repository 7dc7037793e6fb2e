"""The verbs of `ask`: add, from, chase, reply, list."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from safeconduct.app.office import Office, fresh_id, moment_or_stay, office, one_of, writing
from safeconduct.app.opening import open_register
from safeconduct.app.registers import Recorded, open_live, write
from safeconduct.errors import TimeRefused, WrongField
from safeconduct.planning import plan
from safeconduct.spacetime import Edge, Span, Spans, instant, utc, window
from safeconduct.vocabulary import (
    Answer,
    Ask,
    Chase,
    Contact,
    Means,
    Movement,
    Reply,
    UndertakingKind,
)
from safeconduct.watch.asking import AskStanding, ask_standing, ask_standings
from safeconduct.watch.calling import whom

_KINDS = (UndertakingKind.RESTRAINT, UndertakingKind.PASSAGE, UndertakingKind.CONSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How asks are put: by whom, through what, from when on, and until when a reply is due."""

    by: str = ""
    channel: str = ""
    at: str | None = None
    reply_due: str | None = None

    def due_at(self, asked_at: int) -> int | None:
        """When the reply is due.

        Raises
        ------
        TimeRefused, WrongField : it is no moment and no duration, or not after asking.
        """
        if self.reply_due is None:
            return None
        due = moment_or_stay(self.reply_due, asked_at)
        if due <= asked_at:
            raise TimeRefused(
                f"The reply is due at {utc(due)}, and it is asked at {utc(asked_at)}.",
                "Give a later moment, or so long after asking as `24h`.",
            )
        return due


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The asks that were recorded, how each stands, and those that wait for an answer already."""

    recorded: Recorded
    standings: tuple[AskStanding, ...]
    waiting: tuple[AskStanding, ...]
    names: dict[str, str]
    zones: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """The same as JSON."""
        return self.recorded.as_json() | {
            "asks": [one.as_json() for one in self.standings],
            "already_waiting": [one.ask.id for one in self.waiting],
        }


def ask_from(
    path: str,
    movement: str | None,
    sent: Sent,
    *,
    parties: tuple[str, ...] = (),
    author: str = "",
) -> Asked:
    """What a movement lacks, put to the parties that must give it, and recorded as asked.

    What waits for an answer already is not asked again.

    Parameters
    ----------
    parties : only what these must give; all of them when left out.

    Raises
    ------
    UnknownReference : no such movement, or no road network. TimeRefused : a time cannot be read.
    WrongField : a party of which nothing is to be asked.
    MissingFile, NotARegister, RegisterError : nothing is written.
    """
    with closing(open_live(path)) as opened:
        desk = writing(opened, sent.at)
        sent.due_at(desk.as_of)  # refused here even where nothing is left to ask
        docket = desk.docket(desk.movement(movement).id)
        lacking = plan(docket.judgement, docket.bench).asks
        for party in parties:
            one_of("party to ask", party, (ask.party for ask in lacking))
        waiting = [one for one in ask_standings(desk.situation) if one.waits]
        new, already = [], []
        for ask in lacking:
            if parties and ask.party not in parties:
                continue
            same = [one for one in waiting if holds(one.ask, ask)]
            already += same
            if not same:
                new.append(_put(desk, ask, sent))
        known = {one.id for one in desk.situation.facts(Ask)}
        new = [replace(ask, id=fresh_id(ask.id)) if ask.id in known else ask for ask in new]
        return _written(path, desk, new, already, author)


def add_ask(
    path: str,
    sent: Sent,
    *,
    movement: str | None,
    party: str = "",
    to: str = "",
    kind: str,
    areas: tuple[str, ...],
    means: tuple[str, ...] = (),
    start: str | None = None,
    end: str | None = None,
    says: str = "",
    id: str = "",
    author: str = "",
) -> Asked:
    """One ask in the office's own words; for what and for whom is taken from the movement's legs.

    Parameters
    ----------
    party, to : whom it is put to: a party, or a contact of one.
    start, end : when it is to hold, in the movement's zone; the planned trip when left out.
    id : an id of the office's own; one is drawn when left out.

    Raises
    ------
    UnknownReference, TimeRefused, WrongField : something is not known, or cannot be read.
    MissingFile, NotARegister, RegisterError : nothing is written.
    """
    with closing(open_live(path)) as opened:
        desk = writing(opened, sent.at)
        of = desk.movement(movement)
        wanted = UndertakingKind(one_of("kind", kind, (one.value for one in _KINDS)))
        if to:
            party = _party_of(desk.find(Contact, to), party)
        elif not party:
            raise WrongField(
                "Whom it is put to is not said.", "Give `--party`, or `--to` with a contact of it."
            )
        ask = Ask(
            id=id or fresh_id("ask", party, wanted.value),
            movement=of.id,
            party=party,
            kind=wanted,
            means=_means(wanted, means),
            areas=areas,
            spans=(_span(of, start, end),),
            purposes=frozenset(leg.purpose for leg in of.legs),
            directions=frozenset(leg.direction for leg in of.legs),
            for_whom=frozenset(who for leg in of.legs for who in leg.movers),
            says=says,
            meets=("A8",) if wanted is UndertakingKind.CONSENT else ("A1",),
            to=to,
        )
        return _written(path, desk, [_put(desk, ask, sent)], [], author)


def chase_ask(
    path: str,
    ask: str,
    *,
    by: str,
    channel: str = "",
    at: str | None = None,
    author: str = "",
) -> Asked:
    """That a reply to an ask was called for once more.

    Raises
    ------
    UnknownReference : no such ask at that moment. WrongField : it has been answered.
    TimeRefused, MissingFile, NotARegister, RegisterError : nothing is written.
    """
    with closing(open_live(path)) as opened:
        desk = writing(opened, at)
        standing = ask_standing(desk.situation, desk.find(Ask, ask))
        if standing.ask.asked_at is None:
            raise WrongField(
                f"The ask {ask} was never put, so there is no reply to chase.",
                "Put it first, with `ask add` or `ask from`.",
                ask=ask,
            )
        if standing.answer is not None:
            raise WrongField(
                f"The ask {ask} was answered at {utc(standing.answer.replied_at)}: "
                f"{standing.answer.answer.value}.",
                "Ask anew, with `ask add` or `ask from`.",
                ask=ask,
            )
        chase = Chase(
            id=fresh_id("chase", ask), ask=ask, chased_at=desk.as_of, by=by, channel=channel
        )
        return _noted(path, desk, standing.ask, chase, author)


def reply_to_ask(
    path: str,
    ask: str,
    *,
    answer: str,
    what: str = "",
    statement: str = "",
    by: str = "",
    at: str | None = None,
    author: str = "",
) -> Asked:
    """What came back on an ask.

    Parameters
    ----------
    statement : the id of the recorded statement or act that holds the party's word.

    Raises
    ------
    UnknownReference : no such ask, statement or act. WrongField : no such answer.
    TimeRefused, MissingFile, NotARegister, RegisterError : nothing is written.
    """
    with closing(open_live(path)) as opened:
        desk = writing(opened, at)
        found = desk.find(Ask, ask)
        reply = Reply(
            id=fresh_id("reply", ask),
            ask=ask,
            replied_at=desk.as_of,
            answer=Answer(one_of("answer", answer, (one.value for one in Answer))),
            what=what,
            statement=statement,
            by=by,
        )
        return _noted(path, desk, found, reply, author)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """How the asks of a register stand at one moment, with the names of the parties."""

    as_of: int
    standings: tuple[AskStanding, ...]
    names: dict[str, str]
    zones: dict[str, str]

    def as_json(self) -> list[dict[str, Any]]:
        """One body for each ask."""
        return [one.as_json() for one in self.standings]


def list_asks(
    path: str,
    *,
    movement: str | None = None,
    only_open: bool = False,
    at: str | None = None,
    known_at: str | None = None,
) -> Asks:
    """How every ask stands, linked to the findings that it would meet.

    Parameters
    ----------
    movement : only those for it. only_open : only those that wait for an answer.

    Raises
    ------
    UnknownReference : no such movement. MissingFile, NotARegister, TimeRefused, WrongField.
    """
    with closing(open_register(path)) as opened:
        desk = office(opened, at, known_at)
        if movement is not None:
            desk.movement(movement)
        asked_for = {one.movement for one in desk.situation.facts(Ask)}
        judged = [desk.docket(id).judgement for id in sorted(asked_for)]
        return Asks(
            as_of=desk.as_of,
            standings=tuple(
                one
                for one in ask_standings(desk.situation, judged)
                if movement in (None, one.ask.movement) and (one.waits or not only_open)
            ),
            names=_names(desk),
            zones=_zones(desk),
        )


def _put(desk: Office, ask: Ask, sent: Sent) -> Ask:
    """The ask as it is put now: to whom, by whom, through what, and until when."""
    call = whom(desk.situation, ask.party, ask.areas, ask.to)
    return replace(
        ask,
        asked_at=desk.as_of,
        by=sent.by,
        channel=sent.channel,
        reply_due_at=sent.due_at(desk.as_of),
        to=ask.to or (call.contact.id if call else ""),
    )


def _written(
    path: str, desk: Office, new: list[Ask], waiting: list[AskStanding], author: str
) -> Asked:
    done = write(path, new, author)
    with_them = replace(desk, more=tuple(new))
    return Asked(
        recorded=done,
        standings=tuple(ask_standing(with_them.situation, ask) for ask in new),
        waiting=tuple(waiting),
        names=_names(desk),
        zones=_zones(desk),
    )


def _noted(path: str, desk: Office, ask: Ask, note: Chase | Reply, author: str) -> Asked:
    done = write(path, [note], author)
    with_it = replace(desk, more=(note,))
    return Asked(
        recorded=done,
        standings=(ask_standing(with_it.situation, ask),),
        waiting=(),
        names=_names(desk),
        zones=_zones(desk),
    )


def holds(asked: Ask, needed: Ask) -> bool:
    """Whether what was asked holds all that is needed."""
    return (
        (asked.movement, asked.party, asked.kind) == (needed.movement, needed.party, needed.kind)
        and asked.means >= needed.means
        and set(asked.areas) >= set(needed.areas)
        and not Spans.of(needed.spans) - Spans.of(asked.spans)
    )


def _party_of(contact: Contact, party: str) -> str:
    if party and party != contact.party:
        raise WrongField(
            f"Contact {contact.id} is of {contact.party}, and the ask is put to {party}.",
            "Leave `--party` out, or name a contact of that party.",
        )
    return contact.party


def _means(kind: UndertakingKind, means: Iterable[str]) -> frozenset[Means]:
    legal = [one.value for one in Means if one is not Means.CHECKPOINT]
    named = frozenset(Means(one_of("means", text, legal)) for text in means)
    if bool(named) is not (kind is UndertakingKind.RESTRAINT):
        raise WrongField(
            f"The ask is for {kind.value}, and names {len(named)} means.",
            "Name the means that are not to be used for a restraint, and only for a restraint.",
        )
    return named


def _span(movement: Movement, start: str | None, end: str | None) -> Span:
    first = instant(start, movement.zone, edge=Edge.START) if start else movement.depart_at
    last = instant(end, movement.zone, edge=Edge.END) if end else movement.latest_at
    if first >= last:
        window(start or utc(first), end or utc(last), movement.zone, "")  # says how it is wrong
    return Span(first, last)


def _names(desk: Office) -> dict[str, str]:
    return {one.id: one.name for one in desk.situation.actors.values()}


def _zones(desk: Office) -> dict[str, str]:
    return {one.id: one.zone for one in desk.situation.movements.values()}
