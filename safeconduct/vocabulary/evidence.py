"""A file that bears something out: a letter, a photo, a recording, named by its hash.

The record commits to the file for ever; the file itself stands beside the register under a key of
its operation, and can be forgotten. No rule reads either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.vocabulary.kinds import Handling

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,126}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file, by its hash: "this {media_type} of {size_bytes} bytes shows {shows}, and bears out
    {of}".

    Its name is not kept: it often tells more than the file.

    Parameters
    ----------
    of : the ids of the records, statements and acts that it bears out.
    sha256 : of the file as it was given, 64 hex digits.
    size_bytes : how long it is; an empty file shows nothing.
    media_type : such as `image/jpeg` or `application/pdf`.
    shows : in words, what somebody sees who opens it; no names of people.
    handling : who may see the file. The record itself goes where other records go.
    movement : the operation that the file is kept for, and forgotten with; empty: the office.
    """

    tag: ClassVar[str] = "evidence"
    id: str
    of: tuple[str, ...]
    sha256: str
    size_bytes: int
    media_type: str
    shows: str
    handling: Handling = Handling.RESTRICTED
    movement: str = ""

    def __post_init__(self) -> None:
        if not _SHA256.fullmatch(self.sha256):
            raise WrongField(
                f"Evidence {self.id} has the hash {self.sha256[:70]!r}, where the 64 small hex "
                "digits of a SHA-256 are expected.",
                "Let `safeconduct evidence add` make the record from the file.",
            ).located(field="sha256")
        if not _MEDIA_TYPE.fullmatch(self.media_type):
            raise WrongField(
                f"Evidence {self.id} is of the type {self.media_type[:70]!r}, which is none.",
                "Give a media type in small letters, such as image/jpeg or application/pdf.",
            ).located(field="media_type")
        if self.size_bytes < 1:
            raise WrongField(
                f"Evidence {self.id} is a file of {self.size_bytes} bytes, which shows nothing.",
                "Give the file that was meant.",
            ).located(field="size_bytes")
        if not self.shows.strip():
            raise WrongField(
                f"Of evidence {self.id} it is not said what it shows.",
                "Say it in words: once the file is forgotten they are all that is left.",
            ).located(field="shows")
        if not self.of:
            raise WrongField(
                f"Evidence {self.id} bears nothing out.",
                "Name the records, statements or acts that it supports.",
            ).located(field="of")
