"""How fast a register is: appends, checks, its picture, one entry more, what was known then.

The register is synthetic (`registerworld.py`): five devices of two offices in one year. What has a
floor is timed in turn with it, A B, B A, in one run: appends beside SQLite that only inserts, with
the same pragmas and as many transactions, and checking a register beside Ed25519 alone over the
same bytes (`bareregister.py`). Seconds are the processor's but for appends, which wait for the
disk. Answers that are given fast are compared with answers that are worked out anew.

    python bench/register.py                       a table for people; some five minutes
    python bench/register.py --json                and one line of JSON at the end
    python bench/register.py --entries 10000 --more 20000    smaller registers

Registers are kept in build/bench, since 300,000 signatures take a minute to make.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bareregister import BareFile, BareSignatures  # the script's own folder is on the path
from interleaved import in_turn, load, machine
from judgements import NOW
from registerworld import MOVEMENTS, YEAR_S, World, entering, filled

from safeconduct.adapters.clock import now
from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.app.opening import Opened, open_register
from safeconduct.app.verifying import verify_file
from safeconduct.clearance import Judge
from safeconduct.register import Entry
from safeconduct.register.hand import SecretHand
from safeconduct.situation import records_of
from safeconduct.situation.chronicle import names_in
from safeconduct.situation.picture import has_happened
from safeconduct.spacetime import utc

BUILT = Path(__file__).parents[1] / "build" / "bench"
ENTRIES, MORE = 100_000, 300_000
APPENDS, BATCH, ROUNDS, QUERIES, CHECKED = 30, 20, 3, 300, 2


def main() -> None:
    """Measures and prints."""
    chosen = _arguments()
    figures: dict[str, Any] = {
        "measured_at": utc(now()),
        "machine": machine(),
        "seed": chosen.seed,
        "entries": chosen.entries,
        "more": chosen.more,
        "load_before": load(),
    }
    path = kept(chosen.entries, chosen.seed)
    for name, part in (
        ("appends", lambda: appends(path)),
        ("verifying", lambda: verifying(path, chosen.rounds)),
        ("replay", lambda: replay(path, chosen.rounds)),
        ("next", lambda: next_answers(path, chosen.rounds)),
        ("bitemporal", lambda: bitemporal(kept(chosen.more, chosen.seed), chosen.seed)),
    ):
        figures[name] = part()
        print("\n".join(_told(name, figures[name])), flush=True)
    figures["load_after"] = load()
    if chosen.json:
        print(json.dumps(figures))


def kept(count: int, seed: int) -> Path:
    """The file of a register of so many entries; made where it is not there yet."""
    world = Path(__file__).with_name("registerworld.py")
    version = hashlib.sha256(world.read_bytes()).hexdigest()[:8]
    path = BUILT / f"register-{count}-{seed}-{version}.db"
    if not path.exists():
        BUILT.mkdir(parents=True, exist_ok=True)
        making = path.with_suffix(".making")
        making.unlink(missing_ok=True)
        store = SqliteStore.create(making, root=World.made().root.writer)
        filled(store, count, seed)
        store.close()
        making.rename(path)
    return path


def appends(path: Path) -> dict[str, Any]:
    """One append after another, beside the bare file; both hold the same entries before."""
    with tempfile.TemporaryDirectory(dir=BUILT) as folder:
        copy = Path(shutil.copy(path, Path(folder) / "register.db"))
        store = SqliteStore.open(copy)
        held = tuple(store.entries())
        bare = BareFile(Path(folder) / "bare.db", held)
        world = World.going_on(held)
        ready = [_said(world, world.here[1], number) for number in range(APPENDS * BATCH)]
        world.count += len(ready)
        times = in_turn(
            {
                "bare insert": lambda i: [bare.append(one) for one in _batch(ready, i)],
                "append": lambda i: [store.append(one) for one in _batch(ready, i)],
                "sign and append": lambda i: [
                    store.append(_said(world, world.here[2], len(ready) + i * BATCH + number))
                    for number in range(BATCH)
                ],
            },
            range(APPENDS),
        )
        bare.close()
        store.close()
    each = {name: one["each_wall_s"] for name, one in times.items()}
    pairs = zip(each["append"], each["bare insert"], strict=True)
    return {
        "bare_per_s": round(BATCH / statistics.median(each["bare insert"])),
        "per_s": round(BATCH / statistics.median(each["append"])),
        "to_floor": round(statistics.median(ours / floor for ours, floor in pairs), 2),
        "processor_to_floor": round(
            times["append"]["median_s"] / max(times["bare insert"]["median_s"], 1e-9), 2
        ),
        "signed_per_s": round(BATCH / statistics.median(each["sign and append"])),
        "times": times,
    }


def _batch(ready: list[Entry], number: int) -> list[Entry]:
    return ready[number * BATCH : (number + 1) * BATCH]


def _said(world: World, by: SecretHand, number: int) -> Entry:
    (_, record), *_ = entering(f"append-{number}", NOW, number % MOVEMENTS)
    return world.said(by, record, NOW)


def verifying(path: Path, rounds: int) -> dict[str, Any]:
    """`register verify` of the file, beside Ed25519 alone over the same bytes."""
    store = SqliteStore.open(path)
    entries = tuple(store.entries())
    store.close()
    bare = BareSignatures(entries, World.made().publics())
    count = len(entries)
    del entries
    times = in_turn(
        {"Ed25519 alone": lambda _: bare.check(), "verify": lambda _: _verified(path)},
        range(rounds),
    )
    ours, floor = times["verify"], times["Ed25519 alone"]
    pairs = zip(ours["each_s"], floor["each_s"], strict=True)
    return {
        "seconds": ours["median_s"],
        "wall_s": ours["wall_s"],
        "per_s": round(count / ours["median_s"]),
        "bare_per_s": round(count / floor["median_s"]),
        "to_floor": round(statistics.median(one / other for one, other in pairs), 2),
        "times": times,
    }


def _verified(path: Path) -> None:
    if not verify_file(str(path)).holds:
        raise SystemExit("the register does not hold")


def replay(path: Path, rounds: int) -> dict[str, Any]:
    """Opening the register, which checks every chain, and drawing the picture of it."""
    times = in_turn({"replay": lambda _: _drawn(path)}, range(rounds))["replay"]
    return {"seconds": times["median_s"], "wall_s": times["wall_s"], "times": times}


def _drawn(path: Path) -> None:
    opened = open_register(str(path))
    opened.situation(NOW, NOW)
    opened.close()


def next_answers(path: Path, rounds: int) -> dict[str, Any]:
    """From one entry more to the next answer, in a register that has answered before."""
    with tempfile.TemporaryDirectory(dir=BUILT) as folder:
        opened = open_register(str(shutil.copy(path, Path(folder) / "register.db")))
        world = World.going_on(opened.store.entries())
        at, each = NOW, dict[str, list[float]]()
        opened.judge(at, at).judge("m0")
        for turn in range(2 * rounds):
            for name, record in entering(f"new-{turn}", at, turn):
                at += 7
                opened.store.append(world.said(world.here[turn % 3], record, at))
                begun = time.process_time()
                opened.forget_views()
                answer = opened.judge(at + 1, at + 1).judge(f"m{turn}")
                each.setdefault(name, []).append(time.process_time() - begun)
            if turn < CHECKED and answer != _fresh(opened, at + 1).judge(f"m{turn}"):
                raise SystemExit("an answer differs from the fresh one")
        opened.close()
    medians = {name: round(statistics.median(times) * 1e3, 1) for name, times in each.items()}
    return {"median_ms": medians, "worst_ms": max(medians.values())}


def _fresh(opened: Opened, at: int) -> Judge:
    anew = Opened(name="anew", title="anew", store=opened.store, policy=opened.policy)
    return anew.judge(at, at)


def bitemporal(path: Path, seed: int) -> dict[str, Any]:
    """What was known at one moment about a name or two, said by another: moments at random."""
    opened = open_register(str(path))
    begun = time.process_time()
    opened.about(["m0"], NOW, NOW)
    laid_out_s = time.process_time() - begun
    chance = random.Random(seed)
    asked: dict[str, Callable[[], list[str]]] = {
        "a party in an area": lambda: _party_in_area(_one(chance)),
        "a movement": lambda: [f"m{_one(chance)}"],
        "a party": lambda: [_party(chance)],
    }
    found: dict[str, Any] = {}
    for name, names in asked.items():
        each, sizes = [], []
        for number in range(QUERIES):
            given, known = names(), NOW - chance.randrange(YEAR_S)
            as_of = min(known + chance.randrange(-YEAR_S // 4, YEAR_S // 4), NOW)
            begun = time.process_time()
            told = opened.about(given, as_of, known)
            each.append((time.process_time() - begun) * 1e3)
            sizes.append(len(told))
            if number < CHECKED:
                _check_about(opened, given, as_of, known, told)
        found[name] = {
            "median_ms": round(statistics.median(each), 3),
            "slowest_of_20_ms": round(statistics.quantiles(each, n=20)[-1], 3),
            "entries_found": round(statistics.median(sizes)),
        }
    opened.close()
    return {
        "laid_out_s": round(laid_out_s, 2),
        "queries": QUERIES,
        "median_ms": max(one["median_ms"] for one in found.values()),
        "kinds": found,
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _one(chance: random.Random) -> int:
    return chance.randrange(MOVEMENTS)


def _party_in_area(i: int) -> list[str]:
    """One that holds the ground there, as `bench/judgements.py` has it."""
    return [f"party-{(i + 7) % MOVEMENTS}", f"area-{i}-1"]


def _party(chance: random.Random) -> str:
    return f"party-{_one(chance)}"


def _check_about(
    opened: Opened, names: list[str], as_of: int, known: int, told: tuple[Entry, ...]
) -> None:
    """An error where the answer is not what reading all that was known gives."""
    slowly = [
        entry
        for entry in opened.view(known).entries
        if set(names) <= set(names_in(entry.body))
        and any(has_happened(record, as_of) for record in records_of((entry,)))
    ]
    if list(told) != slowly:
        raise SystemExit(f"{names}: what is told differs from what was known")


def _told(name: str, found: dict[str, Any]) -> Iterator[str]:
    if name == "appends":
        yield f"appends             {found['per_s']:>9} /s"
        yield f"  bare inserts      {found['bare_per_s']:>9} /s   {found['to_floor']} x the floor"
        yield f"  signed before it  {found['signed_per_s']:>9} /s"
    elif name == "verifying":
        yield f"verified            {found['per_s']:>9} /s   all in {found['seconds']:.1f} s"
        yield f"  Ed25519 alone     {found['bare_per_s']:>9} /s   {found['to_floor']} x the floor"
    elif name == "replay":
        yield f"picture drawn       {found['seconds']:>9.1f} s"
    elif name == "next":
        for what, median in found["median_ms"].items():
            yield f"next answer after   {median:>9.1f} ms  {what}"
    else:
        yield f"laid out by name    {found['laid_out_s']:>9.1f} s   {found['memory_mb']} MB in all"
        for what, one in found["kinds"].items():
            yield (
                f"known then about    {one['median_ms']:>9.3f} ms  {what}: "
                f"{one['entries_found']} entries, 95 % under {one['slowest_of_20_ms']} ms"
            )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=ENTRIES, help="checked and drawn")
    parser.add_argument("--more", type=int, default=MORE, help="asked what was known then")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is done")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="and one line of JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
