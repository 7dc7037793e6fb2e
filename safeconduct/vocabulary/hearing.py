"""Whose chain of entries must have come whole, and how lately, before a party's word is relied on.

Offices that are often offline hear from one another by what they merge. A withdrawal that was
recorded elsewhere and has not come yet looks like no withdrawal; a requirement here makes it a
doubt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.spacetime import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredWriter:
    """What a party says in these areas is recorded by this writer or office, and may come late.

    Parameters
    ----------
    areas : where; empty: wherever the party is asked.
    writer, office : exactly one: a writer's id, or an office, of which every device is required.
    fresh_within_s : its word must be complete up to at most so many seconds ago.
    by, why : the role that requires it, and for what reason.
    replaces : the requirement in whose place this one stands, of the same party and decided
        earlier.
    """

    tag: ClassVar[str] = "required-writer"
    id: str
    party: str
    fresh_within_s: int
    valid: Span
    by: str
    decided_at: int
    areas: tuple[str, ...] = ()
    writer: str = ""
    office: str = ""
    why: str = ""
    replaces: str = ""

    def __post_init__(self) -> None:
        if bool(self.writer) == bool(self.office):
            raise WrongField(
                f"Requirement {self.id} names {self.writer or 'no writer'} and "
                f"{self.office or 'no office'}; one of the two says whose word is required.",
                "Give `writer` for one device, or `office` for all devices of an office.",
            )
        if self.fresh_within_s <= 0:
            raise WrongField(
                f"Requirement {self.id} asks for a word that is complete up to "
                f"{self.fresh_within_s} seconds ago.",
                "Give a whole number of seconds above 0, such as 21600 for six hours.",
            )
        if self.replaces and not self.why:
            raise WrongField(
                f"Requirement {self.id} stands in the place of {self.replaces} and says no reason.",
                "Give `why`: whoever reads a verdict must see what made a requirement change.",
            )
        if self.replaces == self.id:
            raise WrongField(
                f"Requirement {self.id} stands in the place of itself.",
                "Name the earlier requirement, or leave `replaces` out.",
            )
