"""Whom to call for a party: the contact tree, who was last reached, and who stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from safeconduct.situation import Situation
from safeconduct.spacetime import utc
from safeconduct.vocabulary import ActorKind, Contact, Depth, Reached

_DEEPEST_FIRST = (Depth.UNIT, Depth.SECTOR, Depth.CAPITAL, Depth.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A contact, how trying to reach it went, and who is called in its place.

    Parameters
    ----------
    reached_at : when it was last reached; None: never, as far as recorded.
    tried_at : when it was last tried, reached or not.
    in_vain : how often it was tried since it was last reached.
    backup : the contact to call instead; None where none is recorded.
    """

    contact: Contact
    reached_at: int | None
    tried_at: int | None
    in_vain: int
    backup: Contact | None

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows; how to reach it is personal, and not part of it."""
        return {
            "contact": self.contact.id,
            "party": self.contact.party,
            "role": self.contact.role,
            "unit": self.contact.unit or None,
            "areas": list(self.contact.areas),
            "depth": self.contact.depth.value,
            "authority": self.contact.authority.value,
            "speaks_for": self.contact.speaks_for or None,
            "note": self.contact.note or None,
            "backup": self.backup.id if self.backup else None,
            "backup_role": self.backup.role if self.backup else None,
            "last_reached": None if self.reached_at is None else utc(self.reached_at),
            "last_tried": None if self.tried_at is None else utc(self.tried_at),
            "in_vain": self.in_vain,
        }


def current_contacts(situation: Situation) -> dict[str, Contact]:
    """The contacts that nothing has come in the place of, by id."""
    known = situation.facts(Contact)
    gone = {one.replaces for one in known}
    return {one.id: one for one in known if one.id not in gone}


def successor(situation: Situation, contact: str) -> Contact | None:
    """The contact that stands today where `contact` stood; None where there is no such contact."""
    known = {one.id: one for one in situation.facts(Contact)}
    after = {one.replaces: one for one in known.values() if one.replaces}
    found, seen = known.get(contact), {contact}
    while found is not None and found.id in after and after[found.id].id not in seen:
        found = after[found.id]
        seen.add(found.id)
    return found


def line(situation: Situation, contact: Contact) -> Line:
    """A contact with how trying to reach it went."""
    tries = sorted(
        (one for one in situation.facts(Reached) if one.contact == contact.id),
        key=lambda one: (one.reached_at, one.reached, one.id),
    )
    worked = [one.reached_at for one in tries if one.reached]
    last = max(worked, default=None)
    backup = successor(situation, contact.backup) if contact.backup else None
    return Line(
        contact=contact,
        reached_at=last,
        tried_at=tries[-1].reached_at if tries else None,
        in_vain=sum(not one.reached and (last is None or one.reached_at > last) for one in tries),
        backup=backup,
    )


def whom(
    situation: Situation, party: str, areas: Iterable[str] = (), asked: str = ""
) -> Line | None:
    """Whom to call for a party about some areas; None where no contact of it is recorded.

    The contact that was asked before is called again. Else the one whose areas are at issue comes
    before one that speaks for the whole party, and the nearest to the unit first; ties by id.

    Parameters
    ----------
    asked : the contact that an ask went to; empty where there is none.
    """
    if asked and (again := successor(situation, asked)) is not None:
        return line(situation, again)
    here = frozenset(areas)
    found = [one for one in current_contacts(situation).values() if one.party == party]

    def order(contact: Contact) -> tuple[bool, bool, int, str]:
        return (
            not here.intersection(contact.areas),
            bool(contact.areas),
            _DEEPEST_FIRST.index(contact.depth),
            contact.id,
        )

    best = min(found, key=order, default=None)
    return None if best is None else line(situation, best)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A party, and those who can be called for it: the highest first."""

    party: str
    name: str
    lines: tuple[Line, ...]

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "party": self.party,
            "name": self.name,
            "contacts": [one.as_json() for one in self.lines],
        }


def tree(situation: Situation) -> tuple[Branch, ...]:
    """Every party with its contacts by depth, then unit; a party without any is there as well."""
    of_party: dict[str, list[Contact]] = {
        one.id: [] for one in situation.actors.values() if one.kind is ActorKind.PARTY
    }
    for contact in current_contacts(situation).values():
        of_party.setdefault(contact.party, []).append(contact)
    highest = [Depth.CAPITAL, Depth.SECTOR, Depth.UNIT, Depth.UNKNOWN]

    def order(contact: Contact) -> tuple[int, str, str]:
        return highest.index(contact.depth), contact.unit, contact.id

    return tuple(
        Branch(
            party=party,
            name=situation.name(party),
            lines=tuple(line(situation, one) for one in sorted(of_party[party], key=order)),
        )
        for party in sorted(of_party)
    )
