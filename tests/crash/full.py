"""Full disks and failing syncs: every write and every sync of a scenario fails once."""

from __future__ import annotations

from safeconduct.errors import SafeconductError
from tests.crash.disk import Trouble
from tests.crash.images import cached
from tests.crash.power import Seen, judged, record, try_cuts
from tests.crash.scenarios import Scenario

TROUBLES = (("space", True), ("space", False), ("sync", True), ("sync", False))
"""What fails, and whether it fails on until the error was seen."""


def try_troubles(scenario: Scenario, seed: str, seen: Seen, *, every: int = 1) -> None:
    """Lets each write and each sync fail; the same store goes on, or a new one in every other case.

    After a failed sync the power is cut as well: what was not written then must not have been
    acknowledged later.
    """
    for kind, lasting in TROUBLES:
        at = 0
        while True:
            at += 1
            name = f"{scenario.name}, {kind} fails at {at}" + (", lasting" if lasting else "")
            trouble = Trouble(kind, at, lasting)
            if not _try(scenario, trouble, name, seed, seen, cut=at % every == 0):
                break
        seen.tried[f"{kind} failures"] += at - 1


def _try(
    scenario: Scenario, trouble: Trouble, name: str, seed: str, seen: Seen, *, cut: bool
) -> bool:
    """Whether the trouble struck; the scenario had fewer operations otherwise."""
    try:
        world, log = record(scenario, trouble=trouble, reopens=trouble.at % 2 == 0)
    except SafeconductError as error:
        seen.wrong.append(f"{name}: does not go on: {error}")
        return True
    if not trouble.struck:
        return False
    seen.wrong += [f"{name}: {words}" for words in world.wrong]
    # A failure that no call reports is one that SQLite makes good itself, as when it closes.
    seen.tried["errors told"] += len(world.errors)
    seen.note(f"{name}, afterwards", judged(cached(log, len(log.ops)), log, len(log.ops)))
    if cut and trouble.kind == "sync":
        try_cuts(name, log, seen, seed, every=6, models=("none", "subset", "torn-512"))
    return True
