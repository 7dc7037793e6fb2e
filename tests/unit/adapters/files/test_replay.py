"""A case folder as a register: the same entries everywhere, and nothing of it lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from safeconduct.adapters.files.casefile import read_case
from safeconduct.adapters.files.replay import AREA, NETWORK, WRITER, entries_of, open_replay
from safeconduct.adapters.memory import MemoryStore
from safeconduct.register import canonical, decode, known_at, register_head, roots_of, verify_chain
from safeconduct.roads.pin import unpinned
from safeconduct.spacetime import Area, Edge, instant
from safeconduct.vocabulary import Record
from tests.unit.adapters.files.small_case import MOVEMENT, STATEMENT, read

REPOSITORY = Path(__file__).parents[4]
TWO_TOWNS = REPOSITORY / "tests" / "worlds" / "two_towns"


def test_the_entries_hold_areas_network_and_records_in_the_order_of_the_file() -> None:
    case = read_case(TWO_TOWNS)
    entries = entries_of(case)
    assert [entry.kind for entry in entries[:3]] == [AREA, AREA, NETWORK]
    assert [entry.sequence for entry in entries] == list(range(3 + len(case.records)))
    verify_chain(entries)


def test_every_body_gives_its_value_back() -> None:
    case = read_case(TWO_TOWNS)
    entries = entries_of(case)
    assert tuple(decode(Area, entry.body) for entry in entries[:2]) == case.areas
    assert unpinned(canonical(entries[2].body)) == case.network
    values = tuple(decode(Record, entry.body) for entry in entries[3:])
    assert values == tuple(claimed.value for claimed in case.records)
    assert [entry.claimed_at for entry in entries[3:]] == [one.claimed_at for one in case.records]


def test_the_store_is_a_replay_and_answers_as_of_an_earlier_moment(tmp_path: Path) -> None:
    store = open_replay(read(tmp_path, STATEMENT))
    assert store.replay
    before = instant("2016-11-02 11:59", "Europe/Moscow", edge=Edge.START)
    known = known_at(store.entries(), before, replay=True)
    assert "statement" not in [entry.kind for entry in known]
    assert "statement" in [
        entry.kind for entry in known_at(store.entries(), before + 60, replay=True)
    ]


def test_the_entries_come_out_of_a_store_in_the_order_they_went_in() -> None:
    entries = entries_of(read_case(TWO_TOWNS))
    store = MemoryStore(replay=True)
    store.append_all(entries)
    assert tuple(store.entries(WRITER)) == entries


def test_two_versions_of_a_movement_are_two_entries(tmp_path: Path) -> None:
    second = MOVEMENT.removeprefix("movements:\n").replace("version: 1", "version: 2")
    entries = entries_of(read(tmp_path, MOVEMENT + second))
    assert len({entry.id for entry in entries}) == len(entries)


def test_a_case_has_one_head_on_every_machine() -> None:
    # Sets iterate in another order under another hash seed; the bytes must not show it.
    code = (
        "from pathlib import Path; import sys; "
        "from safeconduct.adapters.files.casefile import read_case; "
        "from safeconduct.adapters.files.replay import open_replay; "
        "from safeconduct.register import register_head, roots_of; "
        "print(register_head(roots_of(open_replay(read_case(Path(sys.argv[1]))))))"
    )
    heads = {
        subprocess.run(
            [sys.executable, "-c", code, str(TWO_TOWNS)],
            cwd=REPOSITORY, env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip
    assert heads == {register_head(roots_of(open_replay(read_case(TWO_TOWNS))))}
