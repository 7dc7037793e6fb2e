"""The verbs of `contact`: add, reached, list, tree."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from safeconduct.adapters.chance import new_salt
from safeconduct.app.office import fresh_id, office, one_of, writing
from safeconduct.app.opening import open_register
from safeconduct.app.registers import Recorded, open_live, write
from safeconduct.register import Commitment, Personal
from safeconduct.vocabulary import Authority, Contact, Depth, Reached
from safeconduct.watch.calling import Branch, Line, tree


def add_contact(
    path: str,
    id: str,
    *,
    party: str,
    role: str,
    unit: str = "",
    areas: tuple[str, ...] = (),
    depth: str = Depth.UNKNOWN.value,
    authority: str = Authority.UNKNOWN.value,
    speaks_for: str = "",
    reach: str = "",
    backup: str = "",
    replaces: str = "",
    note: str = "",
    author: str = "",
) -> Recorded:
    """A new contact; how to reach it goes beside the register, a commitment to it inside.

    Raises
    ------
    MissingFile, NotARegister, InputError, RegisterError : nothing is written.
    """
    personal = (Personal.of(reach, new_salt()),) if reach else ()
    contact = Contact(
        id=id,
        party=party,
        role=role,
        unit=unit,
        areas=areas,
        depth=Depth(one_of("depth", depth, (one.value for one in Depth))),
        authority=Authority(one_of("authority", authority, (one.value for one in Authority))),
        speaks_for=speaks_for,
        reach=str(personal[0].commitment) if personal else "",
        backup=backup,
        replaces=replaces,
        note=note,
    )
    return write(path, [contact], author, personal)


def note_reached(
    path: str,
    contact: str,
    *,
    reached: bool,
    by: str,
    channel: str = "",
    note: str = "",
    at: str | None = None,
    author: str = "",
) -> Recorded:
    """That somebody tried to reach a contact, and whether it worked.

    Raises
    ------
    UnknownReference : there is no such contact. TimeRefused : `at` cannot be read.
    MissingFile, NotARegister, RegisterError : nothing is written.
    """
    with closing(open_live(path)) as opened:
        desk = writing(opened, at)
        found = desk.find(Contact, contact)
    tried = Reached(
        id=fresh_id("reached", found.id),
        contact=found.id,
        reached_at=desk.as_of,
        by=by,
        reached=reached,
        channel=channel,
        note=note,
    )
    return write(path, [tried], author)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The contact tree of a register; `reach` has the personal texts that were asked for."""

    branches: tuple[Branch, ...]
    reach: dict[str, str]
    as_of: int

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every contact, by party."""
        return tuple(line for branch in self.branches for line in branch.lines)

    def list_json(self) -> list[dict[str, Any]]:
        """The contacts one by one."""
        return [
            line.as_json()
            | ({"reach": self.reach[line.contact.id]} if line.contact.id in self.reach else {})
            for line in self.lines
        ]

    def as_json(self) -> list[dict[str, Any]]:
        """The parties, each with its contacts."""
        return [branch.as_json() for branch in self.branches]


def contact_tree(
    path: str, *, party: str | None = None, reveal: bool = False, at: str | None = None
) -> Tree:
    """Who can be called for each party, how trying went, and who stands in.

    Parameters
    ----------
    party : only this one.
    reveal : also how to reach each contact, as far as it is kept here.

    Raises
    ------
    MissingFile, NotARegister, TimeRefused, WrongField : as for every verb that reads.
    """
    with closing(open_register(path)) as opened:
        desk = office(opened, at)
        branches = tree(desk.situation)
        if party is not None:
            known = [one.party for one in branches]
            one_of("party", party, known)
            branches = tuple(one for one in branches if one.party == party)
        reach: dict[str, str] = {}
        for branch in branches if reveal else ():
            for line in branch.lines:
                hidden = line.contact.reach.removeprefix("personal:")
                found = opened.store.personal(Commitment(hidden)) if hidden else None
                if found is not None:
                    reach[line.contact.id] = found
        return Tree(branches=branches, reach=reach, as_of=desk.as_of)
