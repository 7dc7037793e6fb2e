"""The register: what was written down, by which device, in which order, and has it changed since?

Takes: frozen values and their JSON; ids, times and salts from the caller.
Gives: entries (one canonical form, one hash), chains per writer and their heads, the entries known
at a moment, the codec between values and JSON, and the `Store` protocol that adapters keep.
Never: changes or removes an entry, reads a clock, draws a number, opens a file or judges what an
entry says about the world.

Start reading at `entry.py`; then `chain.py` (how entries hang together) and `store.py` (what every
store promises). `canonical.py` is the one byte form, `codec/` the way from values to JSON and
back, `personal.py` how names stay erasable, `known.py` what an earlier moment knew, `copying.py`
moves a register to another store. `view.py` says what counts at a moment and what is doubted;
`history.py` keeps whole chains in memory so that this is found at once.
"""

from __future__ import annotations

from safeconduct.register.canonical import JSON, canonical, digest, parse
from safeconduct.register.chain import (
    Head,
    Link,
    Rooted,
    Withheld,
    register_head,
    rooted,
    verify_chain,
)
from safeconduct.register.codec import decode, encode, schema
from safeconduct.register.entry import NO_PREVIOUS, Entry, Handling, entry_from_bytes
from safeconduct.register.known import known_at, known_since
from safeconduct.register.personal import Commitment, Personal, commit, reveal, split, verify
from safeconduct.register.store import ASSUMPTION, Store, roots_of
from safeconduct.register.writer import next_entry

__all__ = [
    "ASSUMPTION",
    "JSON",
    "NO_PREVIOUS",
    "Commitment",
    "Entry",
    "Handling",
    "Head",
    "Link",
    "Personal",
    "Rooted",
    "Store",
    "Withheld",
    "canonical",
    "commit",
    "decode",
    "digest",
    "encode",
    "entry_from_bytes",
    "known_at",
    "known_since",
    "next_entry",
    "parse",
    "register_head",
    "reveal",
    "rooted",
    "roots_of",
    "schema",
    "split",
    "verify",
    "verify_chain",
]
