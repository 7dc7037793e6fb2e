"""What one new entry costs in a register of 100,000: only what it can touch is judged again.

The world is that of `bench/judgements.py`, filled up to 100,000 entries with estimates that no rule
reads; 500 of its 1,000 movements are open. Timed from the entry's bytes to the last new answer,
beside judging all 500 anew. Every answer is compared with the fresh one.

    python bench/one_entry.py            a table for people
    python bench/one_entry.py --json     one JSON line
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace

from judgements import (  # the script's own folder is on the path
    DAY_S,
    FULL,
    HOUR_S,
    NOW,
    VALID,
    network,
    records,
)

from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.adapters.memory import MemoryStore
from safeconduct.clearance import Judge
from safeconduct.register import Entry, Handling, Head, encode, next_entry
from safeconduct.register.personal import commit
from safeconduct.situation import picture, records_of
from safeconduct.vocabulary import (
    Confirm,
    Estimate,
    Form,
    IncidentCheck,
    Means,
    Presence,
    Record,
    Statement,
    Suspend,
    Telling,
    Withdraw,
)
from safeconduct.watch import Desk

ENTRIES, OPEN, TIMES = 100_000, 500, 7
AUTHOR = commit("bench", bytes(32))


def register(count: int) -> tuple[MemoryStore, Head]:
    """A register of that many entries, and the head of its writer."""
    store, chain, head = MemoryStore(), [], None
    for record in _filled(count):
        chain.append(_entry(head, record))
        head = Head("office", chain[-1].sequence + 1, chain[-1].hash)
    store.append_all(chain)
    if head is None:
        raise SystemExit("a register of no entries has nothing to measure")
    return store, head


def _entry(head: Head | None, record: Record) -> Entry:
    number = 0 if head is None else head.size
    return next_entry(
        head,
        id=f"{number:032x}",
        writer="office",
        recorded_at=NOW - DAY_S,
        author=AUTHOR,
        kind=record.tag,
        body=encode(record),
        handling=Handling.INTERNAL,
    )


def _filled(count: int) -> Iterator[Record]:
    held = list(records(FULL))
    yield from held
    for number in range(count - len(held)):
        party = f"party-{number % FULL}"
        act = Estimate(
            id=f"count-{number}/e", party=party, of_what="people", low=1, high=2, unit="people"
        )
        yield _said(f"count-{number}", party, act, said_at=NOW - 20 * DAY_S + number)


def _said(name: str, party: str, *acts: object, said_at: int = NOW) -> Statement:
    return Statement(
        id=name,
        actor=party,
        said_at=said_at,
        form=Form.WRITTEN,
        telling=Telling.SAID,
        paraphrase="invented",
        to=("office",),
        acts=acts,  # type: ignore[arg-type]  # acts of several verbs
    )


def entering() -> dict[str, Record]:
    """One record of each sort that a day brings."""
    restraint = ("restraint-0-1/guarantee",)
    return {
        "a guarantee withdrawn": _said(
            "w", "party-7", Withdraw(id="w/1", party="party-7", of=restraint)
        ),
        "a guarantee reconfirmed": _said(
            "c", "party-7", Confirm(id="c/1", party="party-7", of=restraint)
        ),
        "a truce called off": _said("s", "party-7", Suspend(id="s/1", party="party-7", what="x")),
        "a check for incidents": IncidentCheck(
            id="i", areas=("region-5",), checked_at=NOW - HOUR_S, by="office"
        ),
        "a new presence": Presence(
            id="p",
            party="party-3",
            areas=("region-9",),
            valid=VALID,
            means=frozenset({Means.GROUND_FIRE}),
        ),
    }


def measure() -> dict[str, object]:
    """Seconds for each entry, and for everything anew."""
    road, policy = network(FULL), core_policy()
    road.version  # noqa: B018  # pinned at import, not a part of judging
    store, head = register(ENTRIES)
    held = records_of(store.entries())
    situation = picture(held, as_of=NOW, known_at=NOW)
    open_ones = [f"m{i}" for i in range(OPEN)]
    desk = Desk.of(Judge(situation, road, policy), open_ones)
    # Everything anew, as somebody without a desk would: the picture, and all open movements.
    begun = time.perf_counter()
    anew = Judge(picture(held, as_of=NOW, known_at=NOW), road, policy)
    for movement in open_ones:
        anew.judge(movement)
    full_s = time.perf_counter() - begun
    figures: dict[str, object] = {
        "entries": ENTRIES,
        "open": OPEN,
        "everything_s": round(full_s, 3),
    }
    for name, record in entering().items():
        figures[name] = _one(desk, _entry(head, record), anew, record, held)
    return figures


def _one(
    desk: Desk, entry: Entry, anew: Judge, record: Record, held: tuple[Record, ...]
) -> dict[str, object]:
    took = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        (read,) = records_of([entry])
        brought = desk.with_record(read)
        took.append(time.perf_counter() - begun)
    if brought is None:
        raise SystemExit(f"{record.id} could not be brought to the desk")
    after, changed = brought
    fresh = replace(anew, situation=picture((*held, record), as_of=NOW, known_at=NOW))
    wrong = [m for m, one in after.answers.items() if one.judgement != fresh.judge(m)]
    if wrong:
        raise SystemExit(f"{record.id}: answers differ from fresh ones: {wrong[:3]}")
    return {
        "median_s": round(statistics.median(took), 4),
        "judged_again": len(changed),
        "other": sum(one.is_other for one in changed),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON line")
    figures = measure()
    if parser.parse_args().json:
        print(json.dumps(figures))
        return
    print(f"everything anew, {OPEN} movements: {figures['everything_s']} s")
    for name, one in figures.items():
        if isinstance(one, dict):
            print(
                f"{name:<26} {one['median_s'] * 1000:6.1f} ms  {one['judged_again']} judged again, "
                f"{one['other']} read otherwise"
            )


if __name__ == "__main__":
    main()
