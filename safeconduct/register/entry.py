"""One entry: what one device wrote down once, and the bytes that its signature covers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any

from safeconduct.errors import NotCanonical, WrongField
from safeconduct.register.canonical import (
    JSON,
    LARGEST,
    canonical,
    check_same,
    digest,
    is_digest,
    parsed_at_once,
    strict,
)
from safeconduct.register.codec import decode
from safeconduct.register.personal import Commitment, commitments_in
from safeconduct.vocabulary.kinds import Handling

__all__ = ["FORMAT", "NO_PREVIOUS", "Entry", "Handling", "entry_from_bytes"]

FORMAT = "safeconduct-entry-v1"
"""Stands in every entry's signed bytes, so that no signature can pass for one of another kind."""

NO_PREVIOUS = "0" * 64
"""The previous hash of a writer's first entry."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
_KIND = re.compile(r"[a-z][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """What one device recorded, at one place of its chain; never changed, never removed.

    Two entries are equal when their signed bytes and signatures are. The body is taken over as a
    copy and the signed bytes are made once, so that nothing done to a body later reaches a hash.

    Parameters
    ----------
    id : 32 hex digits, drawn by the client; written once.
    writer : the id of the device key that writes this chain.
    sequence : place in the writer's chain, from 0, without gaps.
    previous : hash of the writer's previous entry; 64 zeros for the first.
    recorded_at : when the office says it recorded it, UTC seconds.
    author : a commitment to who wrote it.
    kind : the name of the value in the body, such as `statement`.
    body : JSON, as the codec encodes it; to be read only.
    handling : who may see it.
    claimed_at : replays only: when the world is said to have known it, UTC seconds.
    evidence : SHA-256 of each file that it rests on.
    recipients : whom it was shared with.
    signature : Ed25519 over the signed bytes, 128 hex digits; None while unsigned.

    Raises
    ------
    WrongField : a field is not of its form; its name is the error's `field`.
    NotCanonical : the body has no canonical form.
    """

    id: str
    writer: str
    sequence: int
    previous: str
    recorded_at: int
    author: Commitment
    kind: str
    body: JSON
    handling: Handling
    claimed_at: int | None = None
    evidence: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signature: str | None = None
    _signed: bytes = field(init=False, repr=False)
    _hash: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        _check(self)
        signed = canonical(_signed_value(self))
        object.__setattr__(self, "_signed", signed)
        object.__setattr__(self, "_hash", digest(signed))
        object.__setattr__(self, "body", json.loads(signed)["body"])

    def signed_bytes(self) -> bytes:
        """The canonical JSON of everything but the signature: what is signed, kept and hashed."""
        return self._signed

    @property
    def hash(self) -> str:
        """SHA-256 of the signed bytes: the next entry's `previous`."""
        return self._hash

    @property
    def commitments(self) -> frozenset[Commitment]:
        """The commitments that the entry holds: its author's, and those in its body."""
        return commitments_in(self._signed)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Entry):
            return NotImplemented
        return (self._signed, self.signature) == (other._signed, other.signature)

    def __hash__(self) -> int:
        return hash((self._signed, self.signature))


_KEYS = {kept.name for kept in fields(Entry) if kept.init} - {"signature"} | {"format"}
_AS_WRITTEN = (
    "id", "writer", "sequence", "previous", "recorded_at", "kind", "body", "claimed_at",
)  # fmt: skip
_PLAIN_FIELDS = (
    ("id", str), ("writer", str), ("sequence", int), ("previous", str), ("recorded_at", int),
    ("kind", str), ("author", str), ("handling", str),
)  # fmt: skip
_HANDLINGS: dict[object, Handling] = {one.value: one for one in Handling}
_AUTHOR = re.compile("personal:([0-9a-f]{64})")


def entry_from_bytes(data: bytes, signature: str | None = None) -> Entry:
    """The entry that these signed bytes are of; its `signed_bytes()` are the same bytes.

    Raises
    ------
    NotCanonical : bytes that are no canonical JSON, or not an entry of this format.
    WrongField : a field is missing, unknown or not of its form.
    """
    sure = parsed_at_once(data)
    if sure is not None and (made := _made_at_once(sure[0], data, signature)) is not None:
        return made
    found = strict(data)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NotCanonical(
            f"These {len(data)} bytes are no entry of the format {FORMAT}.",
            "Look at whether they come from a newer version, or are of another kind.",
        )
    _check_fields(found)
    entry = _entry(found, signature)
    check_same(data, entry.signed_bytes())
    return entry


def _made_at_once(found: Any, data: bytes, signature: str | None) -> Entry | None:
    """The entry of canonical bytes; None where something in them asks for a closer look.

    Each field has but one form, so that the bytes need not be written once more to be compared.
    """
    if not isinstance(found, dict) or found.keys() != _KEYS or found["format"] != FORMAT:
        return None
    if any(type(found[name]) is not kind for name, kind in _PLAIN_FIELDS):
        return None
    if found["claimed_at"] is not None and type(found["claimed_at"]) is not int:
        return None
    lists = found["evidence"], found["recipients"]
    if any(type(each) is not list or any(type(one) is not str for one in each) for each in lists):
        return None
    handling, author = _HANDLINGS.get(found["handling"]), _AUTHOR.fullmatch(found["author"])
    if handling is None or author is None:
        return None
    entry = object.__new__(Entry)
    keep = partial(object.__setattr__, entry)
    for name in _AS_WRITTEN:
        keep(name, found[name])
    keep("author", Commitment(author[1]))
    keep("handling", handling)
    keep("evidence", tuple(found["evidence"]))
    keep("recipients", tuple(found["recipients"]))
    keep("signature", signature)
    _check(entry)
    keep("_signed", data)
    keep("_hash", digest(data))
    return entry


def _check_fields(found: dict[str, JSON]) -> None:
    for missing in sorted(_KEYS - found.keys()):
        raise WrongField(
            f'The entry has no "{missing}".', "Take the entry again from where it was signed."
        ).located(field=missing)
    for unknown in sorted(found.keys() - _KEYS):
        raise WrongField(
            f'The entry has a field "{unknown}", which this version does not know.',
            "Read it with the version that wrote it.",
        ).located(field=unknown)


def _entry(found: dict[str, JSON], signature: str | None) -> Entry:
    def read(wanted: Any, name: str) -> Any:
        return decode(wanted, found[name], name)

    return Entry(
        id=read(str, "id"),
        writer=read(str, "writer"),
        sequence=read(int, "sequence"),
        previous=read(str, "previous"),
        recorded_at=read(int, "recorded_at"),
        author=read(Commitment, "author"),
        kind=read(str, "kind"),
        body=found["body"],
        handling=read(Handling, "handling"),
        claimed_at=read(int | None, "claimed_at"),
        evidence=read(tuple[str, ...], "evidence"),
        recipients=read(tuple[str, ...], "recipients"),
        signature=signature,
    )


def _signed_value(entry: Entry) -> dict[str, object]:
    return {
        "format": FORMAT,
        "id": entry.id,
        "writer": entry.writer,
        "sequence": entry.sequence,
        "previous": entry.previous,
        "recorded_at": entry.recorded_at,
        "claimed_at": entry.claimed_at,
        "author": str(entry.author),
        "kind": entry.kind,
        "body": entry.body,
        "evidence": list(entry.evidence),
        "handling": entry.handling.value,
        "recipients": list(entry.recipients),
    }


def _check(entry: Entry) -> None:
    for name in ("sequence", "recorded_at", "claimed_at"):
        number = getattr(entry, name)
        whole = type(number) is int or (name == "claimed_at" and number is None)
        _must(whole, name, number, "a whole number")
    _must(is_digest(entry.id, 32), "id", entry.id, "32 lower-case hex digits")
    _must(_NAME.fullmatch(entry.writer), "writer", entry.writer, "a key id: letters, digits, ._:-")
    _must(0 <= entry.sequence <= LARGEST, "sequence", entry.sequence, "a place from 0 on")
    _must(is_digest(entry.previous), "previous", entry.previous, "64 lower-case hex digits")
    first = entry.sequence == 0
    _must(
        first == (entry.previous == NO_PREVIOUS), "previous", entry.previous,
        "64 zeros for a writer's first entry, and only for it",
    )  # fmt: skip
    _must(_KIND.fullmatch(entry.kind), "kind", entry.kind, "a word: small letters, digits, -")
    for name, listed in (("evidence", entry.evidence), ("recipients", entry.recipients)):
        _must(len(set(listed)) == len(listed), name, listed, "a list with nothing twice")
    for index, evidence in enumerate(entry.evidence):
        _must(is_digest(evidence), f"evidence[{index}]", evidence, "64 lower-case hex digits")
    for index, recipient in enumerate(entry.recipients):
        _must(recipient.strip(), f"recipients[{index}]", recipient, "a name")
    signature = entry.signature
    signed = signature is None or is_digest(signature, 128)
    _must(signed, "signature", signature, "128 lower-case hex digits")


def _must(holds: object, name: str, found: object, expected: str) -> None:
    if not holds:
        raise WrongField(
            f"The entry's {name} is {found!r}, where {expected} is expected.",
            "Correct it before the entry is signed; afterwards it can never be changed.",
        ).located(field=name)
