"""A statement: an actor said something, then, through this channel, to these, told by a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.vocabulary.acts import Act
from safeconduct.vocabulary.kinds import Authority, Depth, Form, Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """ "{actor} said at {said_at}, {form}, to {to}: {paraphrase}", as told by `sources`.

    Parameters
    ----------
    actor : who spoke; an act for another party counts only when that party confirms (rule A3).
    said_at : UTC seconds. A source that gives only a date is read as the end of that local day
        for a grant and as its first instant for a limit (law 12); write them apart.
    office : the role that spoke ("General Staff"); a role, never a private person's name.
    form, to, noted, call_back, authority, depth : strength, five fields (DOMAIN 4); an oral word
        counts when a named officer noted it (`noted`) and called back.
    telling : what a reporter inferred covers nothing (law 3).
    paraphrase : what was said, in our words.
    conflicts : other values that other sources give for the same statement, in our words.
    """

    tag: ClassVar[str] = "statement"
    id: str
    actor: str
    said_at: int
    form: Form
    telling: Telling
    paraphrase: str
    acts: tuple[Act, ...]
    to: tuple[str, ...] = ()
    office: str = ""
    noted: bool = False
    call_back: bool = False
    authority: Authority = Authority.UNKNOWN
    depth: Depth = Depth.UNKNOWN
    sources: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SameStatement:
    """`by` says that these statements tell one and the same thing that was said (rule A4).

    Each stays as it was told; from now on they are counted once, and what takes one back takes all
    of them back. It only takes away, and no record undoes it.

    Parameters
    ----------
    statements : at least two ids; sets that share a statement are one set.
    by, at, why : who says so (a role), when, and from what they know it.
    """

    tag: ClassVar[str] = "same-statement"
    id: str
    statements: tuple[str, ...]
    by: str
    at: int
    why: str

    def __post_init__(self) -> None:
        if len(set(self.statements)) < 2 or len(set(self.statements)) < len(self.statements):
            raise WrongField(
                f"{self.id} names the statements {', '.join(self.statements) or 'none'}.",
                "Name at least two statements that tell the same, each once.",
                id=self.id,
            )
