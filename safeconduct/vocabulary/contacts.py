"""Who can be called for a party, whether they were reached, and what became of what was asked.

A contact is a role at a party, never a person: how to reach it is personal, so a record holds no
more than a commitment to it, and the text is kept beside the register, where it can be erased.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.vocabulary.kinds import Authority, Depth

_COMMITMENT = re.compile(r"personal:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A counterpart at a party: the role, for whom it speaks, and who is called in its place.

    Parameters
    ----------
    role : the office or function ("liaison officer"), never a name.
    unit : the unit it belongs to or speaks for; empty: the party as a whole.
    areas : where its word reaches; empty: not limited.
    depth, authority : what a word of this contact is recorded with.
    reach : how to reach it, as a commitment (`personal:` and 64 hex digits); never in clear.
    backup : the contact to call when this one is not reached.
    replaces : the contact that this one has come in the place of.
    """

    tag: ClassVar[str] = "contact"
    id: str
    party: str
    role: str
    unit: str = ""
    areas: tuple[str, ...] = ()
    depth: Depth = Depth.UNKNOWN
    authority: Authority = Authority.UNKNOWN
    speaks_for: str = ""
    reach: str = ""
    backup: str = ""
    replaces: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.reach and not _COMMITMENT.fullmatch(self.reach):
            # The text is not repeated here: messages end up in logs.
            raise WrongField(
                f"How to reach contact {self.id} stands in clear, and it is personal.",
                "Leave `reach` out here, and give it with `safeconduct contact add --reach`, which "
                "keeps it beside the register.",
                contact=self.id,
            )
        if self.id in (self.backup, self.replaces):
            raise WrongField(
                f"Contact {self.id} is named as the backup of itself, or as what it replaces.",
                "Name another contact, or leave it out.",
                contact=self.id,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Somebody of ours tried to reach a contact, and did or did not."""

    tag: ClassVar[str] = "reached"
    id: str
    contact: str
    reached_at: int
    by: str
    reached: bool
    channel: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chase:
    """A reply to an ask was called for once more."""

    tag: ClassVar[str] = "chase"
    id: str
    ask: str
    chased_at: int
    by: str
    channel: str = ""


class Answer(Enum):
    """What came back on an ask; only a recorded word of the party turns a key."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    NO_ANSWER_YET = "no-answer-yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back on an ask, and the recorded statement or act that holds it."""

    tag: ClassVar[str] = "reply"
    id: str
    ask: str
    replied_at: int
    answer: Answer
    what: str = ""
    statement: str = ""
    by: str = ""
