"""Each published value held against the code that signs, hashes and proves the register.

A value is *held* when our code gives it or accepts it, *refused* when it must not and does not.
What is refused is published as such, or is a published value that was changed, or lies outside the
narrower form of ours (fractions, numbers from 2**53 on, text that is not NFC).
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.errors import NotCanonical
from safeconduct.register.canonical import canonical, parse, strict
from safeconduct.register.signing import holds, public_of, sign

_FOLDER = Path(__file__).parent
_WHOLE = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Vector:
    """One value: what it is, whether it must be `held` or `refused`, and whether it was."""

    what: str
    must: str
    right: bool


def published(name: str) -> Any:
    """The values in one of the files here."""
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))


def held(what: str, right: bool) -> Vector:
    """A value that our code must give or accept."""
    return Vector(what, "held", right)


def refused(what: str, error: type[Exception], function: Callable[..., Any], *given: Any) -> Vector:
    """A value that our code must refuse with this error, and with no other."""
    try:
        function(*given)
    except error:
        return Vector(what, "refused", True)
    return Vector(what, "refused", False)


def canonical_json() -> Iterator[Vector]:
    """RFC 8785: texts, the order of names, escapes, numbers."""
    told = published("rfc8785.json")
    for one in told["texts"]:
        yield from _text(one)
    names = told["names"]["in_order"]
    order = json.loads(canonical(dict.fromkeys(reversed(names))), object_pairs_hook=list)
    yield held("names", [name for name, _ in order] == names)
    yield from _escapes(told["escapes"]["written"])
    for bits, text in told["numbers"]["rows"]:
        yield from _number(bits, text)
    for one in told["refused"]:
        yield refused(one["source"], NotCanonical, _form, one["text"].encode())


def _text(one: dict[str, Any]) -> Iterator[Vector]:
    what, form = one["source"], bytes.fromhex(one["canonical"])
    if "without" not in one:
        yield held(what, _form(one["text"].encode()) == form)
        yield held(f"{what}, as published", canonical(parse(form)) == form)
        return
    yield refused(what, NotCanonical, _form, one["text"].encode())
    yield refused(f"{what}, as published", NotCanonical, parse, form)
    value, rest = json.loads(one["text"]), bytes.fromhex(one["rest"])
    left_out = value.pop(one["without"])
    yield held(f"{what}, without {one['without']!r}", canonical(value) == rest)
    if "stand_in" in one:
        value[one["stand_in"]] = left_out
        form = form.replace(one["without"].encode(), one["stand_in"].encode())
        yield held(f"{what}, with {one['stand_in']!r}", canonical(value) == form)


def is_cut_from(rest: bytes, whole: bytes) -> bool:
    """Whether `rest` is `whole` without one piece out of its middle.

    >>> is_cut_from(b'{"b":2}', b'{"a":1,"b":2}')
    True
    """
    return any(
        whole.startswith(rest[:at]) and whole[len(rest[:at]) :].endswith(rest[at:])
        for at in range(len(rest) + 1)
    )


def _escapes(written: dict[str, str]) -> Iterator[Vector]:
    """All that are escaped, and some of those that stand as they are."""
    for point in (*range(0x20), 0x22, 0x5C, 0x2F, 0x7F, 0xE9, 0x2028, 0x1F600):
        plain = f"\\u{point:04x}" if point < 0x20 else chr(point)
        form = f'"{written.get(f"{point:04x}", plain)}"'.encode()
        yield held(f"U+{point:04X}", canonical(chr(point)) == form and parse(form) == chr(point))


def _number(bits: str, text: str | None) -> Iterator[Vector]:
    (double,) = struct.unpack(">d", bytes.fromhex(bits))
    yield refused(f"the double {bits}", NotCanonical, canonical, double)
    if text is None:
        return
    if _WHOLE.fullmatch(text) and abs(int(text)) < 2**53:
        yield held(f"the number {text}", canonical(parse(text.encode())) == text.encode())
    else:
        yield refused(f"the number {text}", NotCanonical, parse, text.encode())


def _form(text: bytes) -> bytes:
    return canonical(strict(text))


def signatures() -> Iterator[Vector]:
    """RFC 8032, 7.1: keys and signatures; and each signature with one byte changed."""
    told = published("rfc8032.json")
    for one in told["signatures"]:
        secret, public, message, signature = (
            bytes.fromhex(one[name]) for name in ("secret", "public", "message", "signature")
        )
        what = one["name"]
        yield held(f"{what}: key", public_of(secret) == public)
        yield held(f"{what}: signature", sign(secret, message) == signature)
        yield held(f"{what}: verified", holds(public, message, signature))
        wrong = {
            "another message": (public, message + b"\x00", signature),
            "another key": (public[:-1] + bytes([public[-1] ^ 1]), message, signature),
            "S not below the order": (public, message, _shifted(signature, int(told["order"]))),
            **{
                f"byte {at} changed": (public, message, flipped(signature, at))
                for at in range(len(signature))
            },
        }
        for how, given in wrong.items():
            yield Vector(f"{what}: {how}", "refused", not holds(*given))


def flipped(data: bytes, at: int, bit: int = 1) -> bytes:
    """The bytes with one bit changed."""
    return data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]


def _shifted(signature: bytes, order: int) -> bytes:
    """The signature with the order added to its second half, a little-endian number."""
    return signature[:32] + (int.from_bytes(signature[32:], "little") + order).to_bytes(
        32, "little"
    )
