"""The one way to write a value as bytes, so that its hash is the same on every machine.

RFC 8785 (JSON Canonicalization Scheme), narrowed: integers only, NFC text only. What two people
could write in two ways is refused here rather than repaired, because a repaired value would no
longer be the one that was signed.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from typing import NoReturn, TypeAlias

import rfc8785

from safeconduct.errors import NotCanonical

JSON: TypeAlias = "bool | int | str | list[JSON] | dict[str, JSON] | None"

LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader holds exactly (RFC 8785, appendix D)."""

_HEX = re.compile("[0-9a-f]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_QUOTED = re.compile(r'"[^"\\]*(?:\\(?:.|\Z)[^"\\]*)*(?:"|\Z)', re.DOTALL)
"""A text with its quotation marks; one that is not closed goes on to the end."""
_BRACKET = re.compile(r"[\[\]{}]")
_LONG_NUMBER = re.compile(r"[,:\[-][0-9]{16}")
"""What may be a number of 2**53 or more in a list or mapping; within a text it is none."""

DEEPEST = 64
"""How deep lists and mappings may nest; deeper is an attack or a mistake."""


def canonical(value: object) -> bytes:
    """The canonical bytes of a JSON value.

    Takes mappings with text keys, lists and tuples (written alike), text, whole numbers below
    2**53 either side of zero, true, false and null.

    Raises
    ------
    NotCanonical : a float, a larger number, text that is not NFC or not Unicode, a key that is no
        text, nesting deeper than 64, any other type; the message names the place.

    >>> canonical({"to": "Zabadani", "from": "Fu'a", "trucks": 24})
    b'{"from":"Fu\\'a","to":"Zabadani","trucks":24}'
    """
    _check(value, "", DEEPEST)
    text = _written(value)
    # Of integers and text the standard writer makes the same bytes, ten times as fast; but it sorts
    # keys by code points, which is not the order of RFC 8785 (3.2.3) beyond U+FFFF.
    if text.isascii() or max(text) <= "\uffff":
        return text.encode()
    return rfc8785.dumps(value)  # type: ignore[arg-type]  # checked above


def parse(data: bytes) -> JSON:
    """The value of canonical bytes, and of no others.

    `canonical(parse(data)) == data` for every `data` that is not refused.

    Raises
    ------
    NotCanonical : not UTF-8, not JSON, a duplicate key, a float, NaN or Infinity, nesting deeper
        than 64, or any byte that differs from the canonical form.

    >>> parse(b'{"trucks":24}')
    {'trucks': 24}
    """
    sure = parsed_at_once(data)
    if sure is not None:
        return sure[0]
    value = strict(data)
    check_same(data, canonical(value))
    return value


def parsed_at_once(data: bytes) -> tuple[JSON] | None:
    """The value of bytes that are surely canonical; None where `parse` has to look more closely.

    Never a value that `parse` would refuse. A store reads every entry each time it is opened, and
    this way takes a third of the time: the standard reader and writer work without a step of ours
    for each value.
    """
    try:
        text = data.decode("utf-8")
        _check_depth(text)
        if not text.startswith(("{", "[")) or _LONG_NUMBER.search(text):
            return None
        # Parts of a text in NFC are in NFC, and UTF-8 holds no half surrogates (UAX #15, 1.1).
        if not text.isascii() and (max(text) > "\uffff" or not _is_nfc(text)):
            return None
        value: JSON = _PLAIN_READER.decode(text)
    except (ValueError, NotCanonical):
        return None
    # What the reader forgives, the writer does not bring back: a key that stands twice, spaces,
    # another order or another escape all make another text.
    return (value,) if _written(value) == text else None


def _written(value: object) -> str:
    return _WRITER.encode(value)


def _is_nfc(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


def check_same(data: bytes, form: bytes) -> None:
    """Nothing, when `data` is the canonical `form` of what it says.

    Raises
    ------
    NotCanonical : they differ; the message names the first byte that does.
    """
    if data != form:
        at = _first_difference(data, form)
        raise NotCanonical(
            f"These {len(data)} bytes are not the canonical form of what they say; they differ "
            f"from it at byte {at}: found {data[at : at + 12]!r}, expected "
            f"{form[at : at + 12]!r}.",
            "Take the entry again from where it was signed; never reformat it.",
            byte=at,
        )


def strict(data: bytes) -> JSON:
    """The value of JSON bytes that may be laid out anyhow, but leave nothing to be guessed.

    Raises
    ------
    NotCanonical : as `parse`, save that spaces, the order of keys and escapes are not looked at.
    """
    text = _text(data)
    _check_depth(text)
    try:
        value: JSON = json.loads(
            text, parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_once
        )
    except ValueError as error:
        raise NotCanonical(
            f"This is not JSON: {error}.", "Look at whether the text was cut short or edited."
        ) from error
    return value


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, as 64 lower-case hex digits.

    >>> digest(b"")[:16]
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(data).hexdigest()


def is_digest(text: object, length: int = 64) -> bool:
    """Whether `text` is `length` lower-case hex digits, the form of every hash and id here."""
    return type(text) is str and len(text) == length and _HEX.fullmatch(text) is not None


def _check(value: object, path: str, room: int) -> None:
    if value is None or type(value) is bool:
        return
    if type(value) is str:
        _check_text(value, path)
    elif type(value) is int:
        if abs(value) > LARGEST:
            _refuse(
                path,
                f"The number {value} is not below 2**53, so some readers would round it.",
                "Write a smaller number, in a larger unit.",
            )
    elif isinstance(value, dict):
        _check_room(path, room)
        for key, member in value.items():
            if type(key) is not str:
                _refuse(path, f"The key {key!r} is no text.", "Use text for every key.")
            _check_text(key, path)
            _check(member, f"{path}.{key}" if path else key, room - 1)
    elif isinstance(value, list | tuple):
        _check_room(path, room)
        for index, member in enumerate(value):
            _check(member, f"{path}[{index}]", room - 1)
    elif isinstance(value, float):
        _refuse(
            path,
            f"Found the number {value!r}; canonical values are integers only.",
            "Write a whole number in a smaller unit: metres, seconds, degrees x 1e7.",
        )
    else:
        _refuse(
            path,
            f"A value of type {type(value).__name__} has no JSON form.",
            "Encode it first, with the codec of this room.",
        )


def _check_text(text: str, path: str) -> None:
    if text.isascii():
        return
    if not _is_nfc(text):
        _refuse(
            path,
            f"The text {text!r} is not in Unicode's composed form (NFC), so that equal words "
            "would have two hashes.",
            'Pass it through unicodedata.normalize("NFC", text) where it is entered.',
        )
    if _SURROGATE.search(text):
        _refuse(
            path,
            f"The text {text!r} holds half of a surrogate pair, which UTF-8 cannot write.",
            "Read the text again in its right encoding.",
        )


def _check_room(path: str, room: int) -> None:
    if room <= 0:
        _refuse(
            path,
            f"Lists and mappings nest deeper than {DEEPEST} levels.",
            "No entry of this program nests that deep; look at where it comes from.",
        )


def _refuse(path: str, found: str, remedy: str) -> NoReturn:
    raise NotCanonical(found, remedy).located(field=path or None)


def _first_difference(one: bytes, other: bytes) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotCanonical(
            f"These {len(data)} bytes are not UTF-8 text: byte {error.start} cannot be read.",
            "Look at whether the file is damaged, or is of another kind.",
            byte=error.start,
        ) from error


def _check_depth(text: str) -> None:
    """Refuses deep nesting before the reader of the standard library recurses into it."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return
    depth = 0
    for bracket in _BRACKET.findall(_QUOTED.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:
            _check_room("", 0)


def _no_float(literal: str) -> NoReturn:
    raise NotCanonical(
        f"Found the number {literal}; canonical values are integers only.",
        "Write a whole number in a smaller unit: metres, seconds, degrees x 1e7.",
    )


def _once(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise NotCanonical(
            f'The key "{twice}" stands twice in one mapping, so one of its values would be lost.',
            "Look at who wrote these bytes: this program never writes a key twice.",
        )
    return found


# Made once: the standard library makes a reader or writer anew for each call that sets something.
_PLAIN_READER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)
_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
