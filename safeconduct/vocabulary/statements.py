"""A statement: an actor said something, then, through this channel, to these, told by a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

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
