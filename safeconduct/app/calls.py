"""The verb `record call`: what a counterpart said on the telephone, and what that changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from safeconduct.app.batches import check_values
from safeconduct.app.call_effects import Effect, concerned_by, counts_not, effects_of
from safeconduct.app.office import Office, fresh_id, writing
from safeconduct.app.registers import Recorded, open_live, write
from safeconduct.clearance.bench import thing
from safeconduct.errors import UnknownReference, WrongField
from safeconduct.spacetime import utc
from safeconduct.vocabulary import (
    Act,
    Confirm,
    Contact,
    DeclineToComment,
    Form,
    Reached,
    Record,
    Reject,
    Statement,
    Suspend,
    Telling,
    Withdraw,
)
from safeconduct.watch.calling import successor

UNNAMED = "not named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as it is told to the program.

    Parameters
    ----------
    contact : the id of the contact who was called, or who called.
    said : what was said, in our words.
    confirms, rejects, withdraws : ids of what the word is about.
    suspends : what was said that suspends everything of the party, in `areas` (none: everywhere).
    silent : the contact was reached and would say nothing on the matter.
    no_answer : nobody was reached.
    read_back : it was read back to the contact, who agreed.
    by : the role that noted it; a word that nobody noted counts for nothing.
    to : the humanitarian organisation it was said to; the movements' own when left out.
    """

    contact: str
    said: str = ""
    confirms: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()
    withdraws: tuple[str, ...] = ()
    suspends: str = ""
    areas: tuple[str, ...] = ()
    silent: bool = False
    no_answer: bool = False
    read_back: bool = False
    by: str = ""
    to: str = ""
    movement: str | None = None
    channel: str = "telephone"
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What was understood, what was written, and what it changes.

    `counts_not` says why a word that confirms counts for nothing; empty when it counts.
    """

    recorded: Recorded
    contact: Contact
    party: str
    to: tuple[str, ...]
    statement: Statement | None
    reached: Reached
    zone: str
    about: dict[str, str]
    counts_not: tuple[str, ...]
    effects: tuple[Effect, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as JSON."""
        said = self.statement
        return self.recorded.as_json() | {
            "understood": {
                "contact": self.contact.id,
                "party": self.contact.party,
                "at": utc(self.reached.reached_at),
                "reached": self.reached.reached,
                "statement": said.id if said else None,
                "said": said.paraphrase if said else None,
                "to": list(said.to) if said else [],
                "noted": said.noted if said else False,
                "read_back": said.call_back if said else False,
                "depth": said.depth.value if said else None,
                "acts": [{"id": act.id, "is": act.tag} for act in said.acts] if said else [],
            },
            "counts_not": list(self.counts_not),
            "effects": [one.as_json() for one in self.effects],
        }


def record_call(path: str, call: Call, author: str = "") -> Called:
    """One call, recorded as a statement with its acts and as a contact reached (or not).

    Raises
    ------
    UnknownReference : no such contact, act, movement or organisation.
    WrongField : what was said is missing, or the word is not the contact's to give.
    TimeRefused : `at` cannot be read.
    MissingFile, NotARegister, RegisterError : nothing is written.
    """
    _check(call)
    with closing(open_live(path)) as opened:
        desk = writing(opened, call.at)
        contact = _current(desk, call.contact)
        to = () if call.no_answer else _said_to(desk, call)
        statement = None if call.no_answer else _statement(desk, call, contact, to)
        reached = Reached(
            id=fresh_id("reached", contact.id),
            contact=contact.id,
            reached_at=desk.as_of,
            by=call.by or UNNAMED,
            reached=not call.no_answer,
            channel=call.channel,
            note=call.said if call.no_answer else "",
        )
        values: tuple[Record, ...] = (reached,) if statement is None else (statement, reached)
        check_values(opened, values)
        concerned = concerned_by(desk)
        effects = tuple(effects_of(desk, values, concerned)) if statement else ()
        profiles = [opened.policy.profile(one.profile) for one in concerned]
        about = {id: _told(desk, id) for id in (*call.confirms, *call.rejects, *call.withdraws)}
    return Called(
        recorded=write(path, values, author),
        contact=contact,
        party=desk.situation.name(contact.party),
        to=tuple(desk.situation.name(one) for one in to),
        statement=statement,
        reached=reached,
        zone=concerned[0].zone if concerned else "UTC",
        about=about,
        counts_not=tuple(counts_not(statement, profiles)) if statement else (),
        effects=effects,
    )


# -- what was said


def _check(call: Call) -> None:
    words = bool(call.confirms or call.rejects or call.withdraws or call.suspends)
    if call.no_answer and (words or call.silent or call.read_back):
        raise WrongField(
            "Nobody answered, and yet something was said.",
            "Leave `--no-answer` out, or all that was said.",
        )
    if call.silent and words:
        raise WrongField(
            "The contact would say nothing, and yet confirmed, rejected, withdrew or suspended.",
            "Leave `--silent` out, or all that was said.",
        )
    if not call.no_answer and not call.said.strip():
        raise WrongField(
            "What was said is missing.",
            'Give it in our words: `--said "..."`; or `--no-answer` where nobody was reached.',
        )
    if call.areas and not call.suspends:
        raise WrongField(
            "Areas are named, and nothing is suspended in them.",
            "Give `--suspends` with what was said, or leave `--area` out.",
        )


def _current(desk: Office, id: str) -> Contact:
    contact = desk.find(Contact, id)
    after = successor(desk.situation, id)
    if after is not None and after.id != id:
        raise WrongField(
            f"Contact {id} has been replaced by {after.id} ({after.role}).",
            f"If it was {after.id} who spoke, say so: `--with {after.id}`.",
            contact=id,
        )
    return contact


def _said_to(desk: Office, call: Call) -> tuple[str, ...]:
    """The organisation that the word was given to."""
    if call.to:
        return (call.to,)
    known = desk.situation.movements
    named = [desk.movement(call.movement)] if call.movement else list(known.values())
    organisations = sorted({one.organisation for one in named})
    if len(organisations) == 1:
        return tuple(organisations)
    told = ", ".join(organisations) or "no movement is recorded"
    raise UnknownReference(
        f"To which organisation it was said is not known ({told}).",
        "Give `--movement` with one of its movements, or `--to` with the organisation.",
    )


def _statement(desk: Office, call: Call, contact: Contact, to: tuple[str, ...]) -> Statement:
    id = fresh_id("call", contact.id)
    return Statement(
        id=id,
        actor=contact.party,
        office=contact.role,
        said_at=desk.as_of,
        form=Form.ORAL,
        telling=Telling.SAID,
        paraphrase=call.said.strip(),
        acts=tuple(_acts(desk, call, contact, id)),
        to=to,
        noted=bool(call.by),
        call_back=call.read_back,
        authority=contact.authority,
        depth=contact.depth,
    )


def _acts(desk: Office, call: Call, contact: Contact, id: str) -> Iterator[Act]:
    party = contact.party
    given: dict[str, list[str]] = {}
    for act in call.confirms:
        given.setdefault(_giver(desk, contact, act), []).append(act)
    for number, (giver, acts) in enumerate(sorted(given.items()), 1):
        counted = f"-{number}" if number > 1 else ""
        yield Confirm(id=f"{id}/confirm{counted}", party=giver, of=tuple(acts))
    for of in (*call.rejects, *call.withdraws):
        _check_own(desk, contact, of)
    if call.rejects:
        yield Reject(id=f"{id}/reject", party=party, of=call.rejects, what=call.said.strip())
    if call.withdraws:
        yield Withdraw(id=f"{id}/withdraw", party=party, of=call.withdraws)
    if call.suspends:
        yield Suspend(id=f"{id}/suspend", party=party, what=call.suspends, areas=call.areas)
    if call.silent:
        yield DeclineToComment(id=f"{id}/decline-to-comment", party=party, about=call.said.strip())


def _giver(desk: Office, contact: Contact, act: str) -> str:
    """The party whose word is confirmed: the contact's own, or one that it binds."""
    grant = desk.situation.grant(act)
    if grant is None:
        known = sorted(g.id for g in desk.situation.grants_of.get(contact.party, ()))
        raise UnknownReference(
            f'{desk.situation.name(contact.party)} has given nothing of the id "{act}" that could '
            "be confirmed.",
            f"It gave: {', '.join(known) or 'nothing that is recorded'}. A word that is new is "
            "recorded from a file.",
            id=act,
        )
    bound = {one.bound for one in desk.situation.bindings() if one.binder == contact.party}
    if grant.party != contact.party and grant.party not in bound:
        raise WrongField(
            _of_another(desk, contact, act, grant.party),
            f"Have {desk.situation.name(grant.party)} confirm it itself (rule A3); what one says "
            "for another is recorded from a file.",
            id=act,
        )
    return grant.party


def _check_own(desk: Office, contact: Contact, of: str) -> None:
    """Nothing, unless what is rejected or withdrawn is another party's word."""
    grant = desk.situation.grant(of)
    if grant is not None and grant.party != contact.party:
        raise WrongField(
            _of_another(desk, contact, of, grant.party),
            "Only the party that gave it can take it back; record from a file what was said of it.",
            id=of,
        )


def _of_another(desk: Office, contact: Contact, act: str, giver: str) -> str:
    """That a contact spoke of what another party gave."""
    name = desk.situation.name
    return f"{act} is a word of {name(giver)}, and {contact.id} speaks for {name(contact.party)}."


def _told(desk: Office, id: str) -> str:
    """What an id stands for, in a few words."""
    grant = desk.situation.grant(id)
    if grant is None:
        return id
    given = grant.undertaking
    what = thing(given.kind, given.means or [None])
    return f"{what} in {', '.join(given.areas) or 'no named area'} ({id})"
