"""Power cuts: a recording is cut at every operation, and what may be left is judged."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.crash.disk import Disk, Log, Op, Trouble, quick_folder, under
from tests.crash.images import MODELS, Image, cached, image
from tests.crash.judge import complaints
from tests.crash.scenarios import Scenario
from tests.crash.told import Batch, Mark, told_by
from tests.crash.world import NAME, World, recorded


@dataclass
class Seen:
    """What a campaign tried, and what it found wrong."""

    tried: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def note(self, where: str, found: list[str]) -> None:
        """Keeps what was found at one place."""
        self.tried["images"] += 1
        self.tried["bad images"] += bool(found)
        self.wrong += [f"{where}: {words}" for words in found]


def record(
    scenario: Scenario,
    *,
    key: str = "",
    trouble: Trouble | None = None,
    reopens: bool = False,
    instead: Mapping[str, str] | None = None,
) -> tuple[World, Log]:
    """The recording of a whole scenario, and the world it was done in; its files are gone."""
    with quick_folder() as folder:
        before: list[Batch] = []
        if scenario.prepared:
            with under(None, key):
                before = scenario.prepared(folder / NAME)
        log = recorded(folder)
        log.ops += [Op("mark", mark=Mark("made"))] if before else []
        for batch in before:
            log.ops += [Op("mark", mark=Mark(what, batch)) for what in ("begun", "done")]
        log.start = len(log.ops)
        world = World(Disk(folder, log, trouble), reopens=reopens)
        with under(world.disk, key, instead):
            scenario.act(world)
            # The recording ends before what is still open is closed.
            world.disk.log = log.cut(len(log.ops))
            if trouble is not None:
                trouble.over = True
            if world.store is not None:
                world.store.close()
        return world, log


def judged(left: Image, log: Log, upto: int, key: str = "") -> list[str]:
    """What is wrong with the files that are left, after what was told until then."""
    told = told_by(op.mark for op in log.ops[:upto] if op.mark is not None)
    with quick_folder() as folder, under(None, key):
        for name, content in left.items():
            (folder / name).write_bytes(content)
        return complaints(folder / NAME, told)


def try_cuts(
    name: str,
    log: Log,
    seen: Seen,
    seed: str,
    *,
    key: str = "",
    first: int = 0,
    every: int = 1,
    models: tuple[str, ...] = MODELS,
) -> None:
    """Judges what each model leaves at each moment from `first` on; at one in `every` of them."""
    done: set[int] = set()
    for at in range(max(first, log.start) + 1, len(log.ops) + 1):
        if random.Random(f"{seed}/{name}/{at}").random() * every >= 1:
            continue
        told = sum(op.mark is not None for op in log.ops[:at])
        for model in models:
            left = image(log, at, model, random.Random(f"{seed}/{name}/{at}/{model}"))
            same = hash((told, *left.items()))
            if same in done:
                continue
            done.add(same)
            seen.tried[model] += 1
            seen.note(f"{name}, cut at {at}, {model}", judged(left, log, at, key))


def try_after_kill(scenario: Scenario, seed: str, seen: Seen, *, every: int = 1) -> None:
    """Kills at each moment of a scenario; the register is opened again, and then the power fails.

    What was under way is given again before the cut: the answer that it is there already is an
    acknowledgement too.
    """
    _, log = record(scenario)
    for at in range(log.start + 1, len(log.ops) + 1):
        told = told_by(op.mark for op in log.ops[:at] if op.mark is not None)
        chance = random.Random(f"{seed}/{scenario.name}/killed/{at}")
        if not told.made or log.ops[at - 1].what == "mark" or chance.random() * every >= 1:
            continue
        seen.tried["kills before a cut"] += 1
        again = went_on(log, at, told.begun)
        name = f"{scenario.name}, killed at {at}"
        try_cuts(name, again, seen, seed, first=at, every=3, models=("none", "prefix", "torn-512"))


def went_on(log: Log, at: int, begun: list[Batch]) -> Log:
    """The recording up to a kill, and on from there by a program that found what was cached."""
    again = log.cut(at)
    with quick_folder() as folder:
        for name, content in cached(log, at).items():
            (folder / name).write_bytes(content)
        world = World(Disk(folder, again))
        with under(world.disk):
            world.open()
            for batch in begun:
                world.add_bytes(batch)
            world.add_next()
            world.disk.log = again.cut(len(again.ops))
            assert world.store is not None
            world.store.close()
    return again
