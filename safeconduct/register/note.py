"""Signed notes and checkpoints: a head that any witness can sign too, in one published text format.

A *signed note* is text, an empty line, and a line for each signature (C2SP signed-note). A
*checkpoint* is the note about one tree (C2SP tlog-checkpoint): its origin, its size, its root, and
lines of extension. Ours has one such line, `at`: the moment at which its writer said that its chain
was no longer than this. Signatures of keys that a reader does not know are passed over, so that a
witness can be added without asking anybody.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from safeconduct.errors import NoteRefused
from safeconduct.register.canonical import LARGEST
from safeconduct.register.signing import PUBLIC_BYTES, SIGNATURE_BYTES, holds

__all__ = ["Checkpoint", "Note", "NoteKey", "NoteSignature"]

_ED25519 = b"\x01"
_DASH = "\u2014"
_SIGNED = re.compile(rf"{_DASH} (\S+) ([A-Za-z0-9+/]+={{0,2}})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_AT = re.compile(r"at (0|[1-9][0-9]{0,14})")
_LARGEST = 64 * 1024
"""No checkpoint is near so many bytes; what is larger is refused unread."""


@dataclass(frozen=True, slots=True)
class NoteKey:
    """The public half of a key under the name that it signs notes with.

    Parameters
    ----------
    name : neither empty nor with spaces or a plus sign in it.
    public : Ed25519, 32 bytes.
    """

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(c.isspace() for c in self.name):
            raise NoteRefused(
                f"{self.name!r} is no name of a key: it is empty, or has a space or a plus in it.",
                "Name the key without them.",
            )

    @property
    def id(self) -> bytes:
        """Four bytes that say which key of this name it is."""
        named = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(named).digest()[:4]

    def __str__(self) -> str:
        """As verifiers write it: `name+id+key`."""
        return f"{self.name}+{self.id.hex()}+{_b64(_ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key that `name+id+key` stands for.

        Raises
        ------
        NoteRefused : it is not of this form, of another kind of key, or its id is another's.
        """
        parts = text.strip().split("+", 2)
        packed = _unpacked(parts[2]) if len(parts) == 3 else b""
        if packed[:1] != _ED25519 or len(packed) != 1 + PUBLIC_BYTES:
            raise NoteRefused(
                f"{text[:60]!r} is no verifier key of the kind Ed25519.",
                "It reads NAME+ID+KEY, as the writer of the log gives it.",
            )
        key = cls(parts[0], packed[1:])
        if parts[1] != key.id.hex():
            raise NoteRefused(
                f"The key of {parts[0]} says that its id is {parts[1][:16]}, and it is "
                f"{key.id.hex()}.",
                "Copy the whole line again from where it was published.",
            )
        return key


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: the name of the key, its id (4 bytes), and what it signed with."""

    name: str
    id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH} {self.name} {_b64(self.id + self.signature)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends with a line feed, and who signed it."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{one}\n" for one in self.signatures)

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """The note in these bytes.

        Raises
        ------
        NoteRefused : they are too many, no text, or not of the form of a signed note.
        """
        if len(data) > _LARGEST:
            raise _malformed(f"It has {len(data)} bytes; a note has {_LARGEST} at the most")
        try:
            whole = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _malformed(f"Its byte {error.start} is no UTF-8") from None
        if any(ord(c) < 32 and c != "\n" for c in whole):
            raise _malformed("It has a control character in it")
        text, blank, lines = whole.rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise _malformed("It has no empty line before its signatures, or ends in mid-line")
        return cls(text + "\n", tuple(map(_signature, lines[:-1].split("\n"))))

    def signed_by(self, key: NoteKey) -> bool:
        """Whether the note bears a right signature of this key.

        Raises
        ------
        NoteRefused : it bears one that is wrong.
        """
        found = [s for s in self.signatures if s.name == key.name and s.id == key.id]
        for one in found:
            if not holds(key.public, self.text.encode(), one.signature):
                raise NoteRefused(
                    f"The signature of {key.name} under this note is wrong.",
                    "The note was changed after it was signed; ask for it again.",
                    name=key.name,
                )
        return bool(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What a writer says of its chain at a moment: so many entries, under this root, and no more.

    Parameters
    ----------
    origin : the id of the writer.
    root : of the tree over its first `size` entries, 32 bytes.
    at : UTC seconds; None in a checkpoint of another program.
    more : further lines of extension, as they stand.
    """

    origin: str
    size: int
    root: bytes
    at: int | None = None
    more: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text of the note."""
        lines = [self.origin, str(self.size), _b64(self.root)]
        lines += [f"at {self.at}"] if self.at is not None else []
        return "".join(f"{line}\n" for line in (*lines, *self.more))

    @classmethod
    def parse(cls, text: str) -> Self:
        """The checkpoint that the text of a note holds.

        Raises
        ------
        NoteRefused : it is not of that form.
        """
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or "" in lines[:-1]:
            raise _malformed("A checkpoint has an origin, a size and a root, each on a line")
        origin, size, packed, *more = lines[:-1]
        root = _unpacked(packed)
        if not _SIZE.fullmatch(size) or int(size) > LARGEST or len(root) != 32:
            raise _malformed(f"Its size reads {size[:30]!r} and its root has {len(root)} bytes")
        told = _AT.fullmatch(more[0]) if more else None
        return cls(
            origin=origin,
            size=int(size),
            root=root,
            at=int(told[1]) if told else None,
            more=tuple(more[1:] if told else more),
        )


def _signature(line: str) -> NoteSignature:
    found = _SIGNED.fullmatch(line)
    packed = _unpacked(found[2]) if found else b""
    if not found or len(packed) < 5:
        raise _malformed(f"{line[:60]!r} is no line of a signature")
    return NoteSignature(found[1], packed[:4], packed[4:])


def signature_of(key: NoteKey, signed: bytes) -> NoteSignature:
    """The line for a signature that this key made over the text of a note, 64 bytes."""
    if len(signed) != SIGNATURE_BYTES:
        raise _malformed(f"A signature of {len(signed)} bytes is not one of Ed25519")
    return NoteSignature(key.name, key.id, signed)


def note_of(checkpoint: Checkpoint, signatures: Iterable[NoteSignature]) -> Note:
    """The note about a checkpoint."""
    return Note(checkpoint.text, tuple(signatures))


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unpacked(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if _b64(data) == text else b""  # spare bits that are not zero could hide a change


def _malformed(found: str) -> NoteRefused:
    return NoteRefused(
        f"This is no signed note. {found}.", "Copy it again, whole and as text, from its source."
    )
