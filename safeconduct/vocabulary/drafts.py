"""A statement that was read from a report: from which words, and who accepted it.

The reader proposes, a person accepts. The record says who did, and binds the statement to the
characters of one text, named by its hash. No rule reads it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from safeconduct.errors import WrongField

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Characters:
    """The characters `start` to `end` (half-open) of a report's text, counted from 0."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise WrongField(
                f"The words run from character {self.start} to {self.end}.",
                "Give the first character and the one after the last, counted from 0.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAccepted:
    """ "{by} accepted {statement} as what these characters of the report say."

    Parameters
    ----------
    statement, source : the ids of the statement and of the report's record.
    report_sha256 : of the report's text as it was read (UTF-8), 64 hex digits.
    words : where in that text the draft came from.
    by, second : the roles of those who accepted it, in clear; a grant has a second or a call-back.
    person, second_person : their names; in a live register only commitments go into the entry.
    call_back : who of the party was asked whether it was said so, when and with what answer; no
        names of people.
    edited : whether a person changed what was read.
    reader : who or what else made the draft; empty where the rules of this program did.
    """

    tag: ClassVar[str] = "draft-accepted"
    personal: ClassVar[tuple[str, ...]] = ("person", "second_person")
    id: str
    statement: str
    source: str
    report_sha256: str
    words: tuple[Characters, ...]
    by: str
    accepted_at: int
    person: str = ""
    second: str = ""
    second_person: str = ""
    call_back: str = ""
    edited: bool = False
    reader: str = ""

    def __post_init__(self) -> None:
        if not _SHA256.fullmatch(self.report_sha256):
            raise WrongField(
                f"{self.id} has the hash {self.report_sha256[:70]!r}, where the 64 small hex "
                "digits of a SHA-256 are expected.",
                "Let `safeconduct read --accept` make the record from the report.",
            ).located(field="report_sha256")
        if not self.words:
            raise WrongField(
                f"{self.id} names no words of the report.",
                "Give the characters that the statement was read from.",
            ).located(field="words")
        if self.second_person and _same(self.second_person, self.person):
            raise WrongField(
                f"{self.id} was accepted twice by one person.",
                "The second person is another one.",
            ).located(field="second_person")


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
