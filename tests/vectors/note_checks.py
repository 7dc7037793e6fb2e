"""The published notes, keys and checkpoint, held against ours; and changed in every letter."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from safeconduct.errors import NoteRefused
from safeconduct.register.note import Checkpoint, Note, NoteKey, signature_of
from safeconduct.register.signing import public_of, sign
from tests.vectors.checks import Vector, flipped, held, published, refused


def notes() -> Iterator[Vector]:
    """Signed notes and a checkpoint, as C2SP and the Go project have published them."""
    told = published("signed-note.json")
    for one in told["notes"]:
        yield from _note(one)
    yield from _signed(told["signed"])
    yield from _keys(told["refused_keys"])
    peter = NoteKey.parse(told["refused_keys"]["key"])
    for number, text in enumerate(told["refused_notes"]["latin1"]):
        yield refused(f"no note {number}", NoteRefused, _vouched, text.encode("latin-1"), peter)
    for number, text in enumerate(told["strangers"]["notes"]):
        vouched = _vouched(text.encode(), peter)
        yield Vector(f"a stranger's signature {number}", "refused", not vouched)
    yield from _checkpoint(told["checkpoint"])


def _note(one: dict[str, Any]) -> Iterator[Vector]:
    whole = one["text"] + "\n" + "".join(one["lines"])
    keys = [NoteKey.parse(text) for text in one["keys"]]
    for text, key in zip(one["keys"], keys, strict=True):
        yield held(f"key {text}", str(key) == text)
        yield held(f"note signed by {key.name}", _vouched(whole.encode(), key))
    yield held("note as it was", str(Note.parse(whole.encode())) == whole)
    for key, line in zip(keys, one["lines"], strict=True):
        alone = one["text"] + "\n" + line
        others = [other for other in keys if other != key]
        for other in others:
            vouched = _vouched(alone.encode(), other)
            yield Vector(f"{other.name} under a note of {key.name}", "refused", not vouched)
        for at, changed in _raised(one["text"]):
            data = (changed + "\n" + line).encode()
            yield refused(f"{key.name}, letter {at}", NoteRefused, _vouched, data, key)
        for at, changed in _other_signatures(line):
            data = (one["text"] + "\n" + changed).encode()
            yield refused(f"{key.name}, byte {at}", NoteRefused, _vouched, data, key)


def _raised(text: str) -> Iterator[tuple[int, str]]:
    """The text with each of its letters in turn replaced by the next one."""
    for at, letter in enumerate(text):
        yield at, text[:at] + chr(ord(letter) + 1) + text[at + 1 :]


def _other_signatures(line: str) -> Iterator[tuple[int, str]]:
    """The line with each byte of its signature, after the four of the id, changed."""
    dash, name, packed = line.split()
    data = base64.b64decode(packed)
    for at in range(4, len(data)):
        yield at, f"{dash} {name} {base64.b64encode(flipped(data, at)).decode()}\n"


def _signed(told: dict[str, str]) -> Iterator[Vector]:
    """The published signature, made anew with the published key."""
    secret = bytes.fromhex(told["secret"])
    key = NoteKey(told["name"], public_of(secret))
    line = signature_of(key, sign(secret, told["text"].encode()))
    note = Note(told["text"], (line,))
    yield held("signature made anew", str(note) == told["text"] + "\n" + told["line"])


def _keys(told: dict[str, Any]) -> Iterator[Vector]:
    right: str = told["key"]
    pieces = {
        right[first:last]
        for first in range(len(right))
        for last in range(first, len(right) + 1)
        if last - first < len(right)
    }
    for text in (*told["others"], *sorted(pieces), *(text for _, text in _raised(right))):
        yield refused(f"key {text!r}", NoteRefused, NoteKey.parse, text)


def _checkpoint(told: dict[str, Any]) -> Iterator[Vector]:
    note = Note.parse(told["note"].encode())
    found = Checkpoint.parse(note.text)
    read = (found.origin, found.size, found.root.hex(), found.more)
    yield held("checkpoint", read == (told["origin"], told["size"], told["root"], ()))
    yield held("checkpoint as it was", found.text == note.text and str(note) == told["note"])


def _vouched(data: bytes, key: NoteKey) -> bool:
    return Note.parse(data).signed_by(key)
