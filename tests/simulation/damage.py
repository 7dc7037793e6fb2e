"""Bundles that were damaged, by chance or on purpose: refused, or the very same bundle.

Damage to the bytes, and damage beneath a right frame: parts that are changed and zipped anew, and
a manifest that is changed and signed anew by a maker whom nobody should believe.
"""

from __future__ import annotations

import json
import random
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from typing import Any

import pyrage

from safeconduct.adapters.bundlefile import read, write
from safeconduct.adapters.bundlefile.frame import framed
from safeconduct.errors import BundleRefused
from safeconduct.register import Handling
from safeconduct.register.bundle import Bundle, parts_of
from tests.unit.register.offices import a_hand, friends

NASTY = (
    b"NaN", b"1e999", b"9" * 400, b'"\\ud800"', b"\xff\xfe", b"[" * 300, b'{"a":' * 300, b"\x00",
    b"-1", b"null", b"9007199254740993", b'"a":1,"a":2', b"../../etc/passwd",
)  # fmt: skip
"""What a careless reader of JSON trips over."""


def bundles() -> list[Bundle]:
    """Some bundles as offices make them: small, with several writers, with withheld places."""
    goma, bukavu = friends("goma", "bukavu")
    small = goma.give()
    for number in range(12):
        goma.say(f"statement {number}", handling=list(Handling)[number % 4])
    bukavu.take(goma.give())
    return [small, goma.give(handling=Handling.INTERNAL), bukavu.give()]


def damaged(chance: random.Random, data: bytes, parts: dict[str, bytes]) -> tuple[str, bytes]:
    """What was done, and what came of it."""
    kind = chance.choice(("cut", "flip", "flip many", "swap", "insert", "part", "part", "manifest"))
    if kind == "part":
        return kind, framed(parts | _changed_part(chance, parts))
    if kind == "manifest":
        return kind, framed(parts | {"bundle.json": _changed_manifest(chance, parts)})
    found = bytearray(data)
    at, other = chance.randrange(len(found)), chance.randrange(len(found))
    if kind == "cut":
        del found[at:]
    elif kind == "insert":
        found[at:at] = chance.randbytes(chance.choice((1, 4, 1000)))
    elif kind == "swap":
        found[at : at + 16], found[other : other + 16] = (
            found[other : other + 16],
            found[at : at + 16],
        )
    else:
        for _ in range(1 if kind == "flip" else chance.randrange(2, 40)):
            found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return kind, bytes(found)


def _changed_part(chance: random.Random, parts: dict[str, bytes]) -> dict[str, bytes]:
    name = chance.choice(sorted(parts))
    return {name: _spoilt(chance, parts[name])}


def _changed_manifest(chance: random.Random, parts: dict[str, bytes]) -> bytes:
    """A manifest with something nasty in it, signed anew where it still can be read."""
    whole = json.loads(parts["bundle.json"])
    text = json.dumps(whole["manifest"], separators=(",", ":"), sort_keys=True).encode()
    spoilt = _spoilt(chance, text)
    maker = a_hand(str(whole["manifest"]["made_by"]).partition(":")[0])
    signature = maker.sign(spoilt).hex().encode()
    return b'{"manifest":' + spoilt + b',"signature":"' + signature + b'"}'


def _spoilt(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((0, 0, 1, 5, 60)))
    return data[:at] + chance.choice(NASTY) + data[end:]


def run(seed: int, count: int, say: Callable[[str], None]) -> dict[str, Any]:
    """How many were tried, and of how many something else was read than was made."""
    told: Counter[str] = Counter()
    wrong: list[str] = []
    slowest = 0.0
    made = [(bundle, write(bundle), parts_of(bundle)) for bundle in bundles()]
    key = pyrage.x25519.Identity.generate()
    sealed = [(b, write(b, [str(key.to_public())]), parts) for b, _, parts in made]
    tracemalloc.start()
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        bundle, data, parts = chance.choice(sealed if number % 10 == 0 else made)
        kind, found = damaged(chance, data, parts)
        told[kind] += 1
        began = time.process_time()
        try:
            back = read(found, [str(key)])
            # A manifest that was changed and signed anew may be right; then it is read to the byte.
            same = back == bundle or (kind == "manifest" and write(back) == found)
            told["read as made"] += same
            if not same:
                wrong.append(f"{number}: {kind} gave another bundle")
        except BundleRefused as refused:
            told["refused"] += 1
            if len(str(refused)) < 20:
                wrong.append(f"{number}: {kind} was refused without a reason")
        slowest = max(slowest, time.process_time() - began)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    for words in wrong[:10]:
        say(words)
    return {
        "tried": count,
        "wrong": len(wrong),
        "happened": dict(sorted(told.items())),
        "slowest_s": round(slowest, 3),
        "peak_mb": round(peak / 1e6, 1),
    }
