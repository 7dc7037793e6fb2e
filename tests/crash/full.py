"""Full disks and failing syncs: every write and every sync of a scenario fails once."""

from __future__ import annotations

import random

from safeconduct.errors import SafeconductError
from tests.crash.disk import Log, Trouble
from tests.crash.images import cached
from tests.crash.power import Seen, judged, record, try_cuts, went_on
from tests.crash.scenarios import Scenario
from tests.crash.told import told_by

TROUBLES = (("space", True), ("space", False), ("sync", True), ("sync", False))
"""What fails, and whether it fails on until the error was seen."""


def try_troubles(scenario: Scenario, seed: str, seen: Seen, *, every: int = 1) -> None:
    """Lets each write and each sync fail; the same store goes on, or a new one in every other case.

    After a failed sync the power is cut as well: what was not written then must not have been
    acknowledged later.

    Parameters
    ----------
    every : only one write or sync of so many fails.
    """
    for kind, lasting in TROUBLES:
        at = random.Random(f"{seed}/{scenario.name}/{kind}/{lasting}").randint(1, every)
        while _try(scenario, Trouble(kind, at, lasting), seed, seen):
            seen.tried[f"{kind} failures"] += 1
            at += every


def _try(scenario: Scenario, trouble: Trouble, seed: str, seen: Seen) -> bool:
    """Whether the trouble struck; the scenario has fewer operations otherwise."""
    name = f"{scenario.name}, {trouble.kind} fails at {trouble.at}"
    name += ", lasting" if trouble.lasting else ""
    try:
        world, log = record(scenario, trouble=trouble, reopens=trouble.at % 2 == 0)
    except SafeconductError as error:
        seen.wrong.append(f"{name}: does not go on: {error}")
        return True
    if not trouble.struck:
        return False
    seen.wrong += [f"{name}: {words}" for words in world.wrong]
    seen.tried["errors told"] += len(world.errors)
    seen.note(f"{name}, afterwards", judged(cached(log, len(log.ops)), log, len(log.ops)))
    if trouble.kind == "sync":
        models = ("none", "subset", "torn-512")
        try_cuts(name, log, seen, seed, every=8, models=models)
        _killed_after(name, log, seed, seen, models)
    return True


def _killed_after(name: str, log: Log, seed: str, seen: Seen, models: tuple[str, ...]) -> None:
    """The program that saw a sync fail is killed at once; another goes on with what it finds."""
    at = next((at for at, op in enumerate(log.ops, 1) if op.what == "failed-sync"), 0)
    told = told_by(op.mark for op in log.ops[:at] if op.mark is not None)
    if told.made:
        again = went_on(log, at, told.begun)
        try_cuts(f"{name}, killed", again, seen, seed, first=at, every=4, models=models)
