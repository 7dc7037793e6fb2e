"""All three campaigns together, as large as they are asked to be."""

from __future__ import annotations

from collections.abc import Callable

from tests.crash.full import try_troubles
from tests.crash.kills import try_kills
from tests.crash.power import Seen, record, try_after_kill, try_cuts
from tests.crash.scenarios import SCENARIOS, scenario

KEY = "5f" * 32
"""A key of 256 bits, for the recordings of an encrypted file."""

MISTAKES = {
    "synchronous=OFF": {"synchronous = FULL": "synchronous = OFF"},
    "journal_mode=OFF": {"journal_mode = WAL": "journal_mode = OFF"},
    "no transaction": {"BEGIN IMMEDIATE": "SELECT 1", "COMMIT": "SELECT 1"},
}
"""Planted mistakes, as words of SQL and what is run in their place; each must be seen."""


def campaign(
    seed: str, kills: int, seen: Seen, every: int = 1, say: Callable[[str], None] = lambda _: None
) -> None:
    """`kills` kills; power cuts and troubles at one in `every` of the moments there are."""
    try_kills(kills, f"{seed}/kills", seen)
    say(f"{seen.tried['kills']} kills, {seen.tried['kills in the middle of a call']} inside a call")
    for one in SCENARIOS:
        for key in ("", KEY):
            _, log = record(one, key=key)
            name = f"{one.name}, encrypted" if key else one.name
            # A file with a key is written in the same places and order: fewer moments will do.
            try_cuts(name, log, seen, seed, key=key, every=every * (3 if key else 1))
        try_after_kill(one, seed, seen, every=2 * every)
        try_troubles(one, seed, seen, every=every)
        say(f"{one.name}: {seen.tried['images']} images so far, {len(seen.wrong)} wrong")


def mistake_seen(name: str, seed: str = "1", every: int = 2) -> Seen:
    """What power cuts show of a planted mistake."""
    seen = Seen()
    for one in (scenario("batches with personal content"), scenario("append")):
        _, log = record(one, instead=MISTAKES[name])
        try_cuts(one.name, log, seen, seed, every=every)
    return seen
