"""After a kill, a power cut or a full disk nothing acknowledged is lost, and nothing is half."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.errors import RegisterError
from tests.crash.campaign import KEY, MISTAKES, mistake_seen
from tests.crash.disk import Disk, Log, Op, Trouble, under
from tests.crash.full import try_troubles
from tests.crash.images import MODELS, image
from tests.crash.judge import complaints
from tests.crash.kills import try_kills
from tests.crash.power import Seen, record, try_after_kill, try_cuts, went_on
from tests.crash.scenarios import SCENARIOS, Scenario, named_chain, scenario, sealed
from tests.crash.told import Mark, batch_of, told_by
from tests.crash.world import NAME, recorded
from tests.unit.register.writers import a_chain

SEED = os.environ.get("SAFECONDUCT_SEED", "1")

each = pytest.mark.parametrize("one", SCENARIOS, ids=lambda one: one.name)


def test_a_killed_program_loses_nothing_that_it_acknowledged():
    seen = Seen()
    try_kills(20, SEED, seen)
    assert seen.wrong == []
    assert seen.tried["kills"] == 20
    # Else the kills came between the calls, and showed nothing.
    assert seen.tried["kills in the middle of a call"] >= 5
    assert seen.tried["calls acknowledged"] >= 20


@each
def test_a_power_cut_at_any_moment_loses_nothing_that_was_acknowledged(one: Scenario):
    seen = Seen()
    _, log = record(one)
    try_cuts(one.name, log, seen, SEED, every=4)
    assert seen.wrong == []
    assert seen.tried["images"] >= 20


def test_a_power_cut_loses_nothing_of_an_encrypted_register():
    seen = Seen()
    _, log = record(scenario("batches with personal content"), key=KEY)
    assert not any(b"Rarely-Named" in op.data or b"statement" in op.data for op in log.ops)
    try_cuts("encrypted", log, seen, SEED, key=KEY, every=4)
    assert seen.wrong == []
    assert seen.tried["images"] >= 20


@pytest.mark.parametrize("name", ["append", "migrate", "checkpoint"])
def test_what_is_found_after_a_kill_survives_a_power_cut_once_it_is_acknowledged(name: str):
    seen = Seen()
    try_after_kill(scenario(name), SEED, seen, every=12)
    assert seen.wrong == []
    assert seen.tried["kills before a cut"] >= 1


def test_a_log_whose_name_was_not_synced_is_not_lost_by_the_program_that_goes_on():
    # Killed as soon as the log was made; its name is on no disk yet, and SQLite syncs it no more.
    seen = Seen()
    _, log = record(scenario("migrate"))
    at = next(at for at, op in enumerate(log.ops, 1) if op.name.endswith("-wal"))
    try_cuts("killed", went_on(log, at, []), seen, SEED, first=at, every=2)
    assert seen.wrong == []
    assert seen.tried["images"] >= 20


@each
def test_every_write_and_sync_that_fails_is_told_and_spoils_nothing(one: Scenario):
    seen = Seen()
    try_troubles(one, SEED, seen, every=10)
    assert seen.wrong == []
    assert seen.tried["errors told"] >= 1
    assert seen.tried["space failures"] >= 1
    assert seen.tried["sync failures"] >= 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [("synchronous=OFF", "lost:"), ("journal_mode=OFF", "broken:"), ("no transaction", "half:")],
)
def test_the_harness_sees_a_planted_mistake(name: str, expected: str):
    seen = mistake_seen(name, every=6)
    assert name in MISTAKES
    assert any(f": {expected}" in words for words in seen.wrong), seen.wrong[:5]


def test_a_full_disk_is_told_with_what_to_do(tmp_path: Path):
    SqliteStore.create(tmp_path / NAME).close()
    disk = Disk(tmp_path, recorded(tmp_path), Trouble("space", 1))
    with under(disk):
        disk.trouble.over = True
        store = SqliteStore.open(tmp_path / NAME)
        disk.trouble.over = False
        with pytest.raises(RegisterError) as caught:
            store.append_all(a_chain(3))
        assert "There is no room to write to the register" in str(caught.value)
        assert "Make room on the disk and do the same again" in str(caught.value)
        assert list(store.entries()) == []
        disk.trouble.over = True
        assert store.append_all(a_chain(3)) == 3
        store.close()


def test_a_failed_sync_is_told_and_nothing_is_acknowledged_from_the_cache(tmp_path: Path):
    SqliteStore.create(tmp_path / NAME).close()
    disk = Disk(tmp_path, recorded(tmp_path), Trouble("sync", 1, over=True))
    with under(disk):
        store = SqliteStore.open(tmp_path / NAME)
        disk.trouble.over = False
        for _ in range(2):
            with pytest.raises(RegisterError, match="Copy the register to another disk"):
                store.append_all(a_chain(3))
            assert list(store.entries()) == []
        disk.trouble.over = True
        store.close()


def test_a_folder_that_cannot_be_synced_is_an_error_of_the_program(tmp_path: Path, monkeypatch):
    SqliteStore.create(tmp_path / NAME).close()

    def failing(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(RegisterError, match="The disk failed while the register was read"):
        SqliteStore.open(tmp_path / NAME)


# -- the harness itself


def a_log(*ops: Op) -> Log:
    log = Log({"a": b"old."})
    log.ops = list(ops)
    return log


def test_what_was_synced_is_in_every_image():
    log = a_log(Op("write", 0, offset=0, data=b"new!"), Op("sync", 0))
    for model in MODELS:
        assert image(log, 2, model, random.Random(1)) == {"a": b"new!"}


def test_what_was_not_synced_may_be_there_or_not_and_a_name_too():
    log = a_log(Op("write", 0, offset=2, data=b"wwww"), Op("link", 1, "b"))
    assert image(log, 2, "none", random.Random(1)) == {"a": b"old."}
    assert image(log, 2, "all", random.Random(1)) == {"a": b"olwwww", "b": b""}
    lengths = {image(log, 2, "lengths", random.Random(n))["a"] for n in range(20)}
    assert lengths == {b"old.\0\0", b"olwwww"}


def test_a_write_is_torn_at_sectors():
    log = a_log(Op("write", 0, offset=0, data=b"x" * 1024))
    torn = {image(log, 1, "torn-512", random.Random(n))["a"] for n in range(40)}
    whole, half = b"x" * 1024, b"x" * 512
    assert torn == {b"old.", whole, half, b"old." + bytes(508) + half}


def test_what_was_written_before_a_failed_sync_may_be_lost_for_good():
    log = a_log(Op("write", 0, offset=0, data=b"new!"), Op("failed-sync", 0), Op("sync", 0))
    assert {image(log, 3, "all", random.Random(n))["a"] for n in range(20)} == {b"old.", b"new!"}


def test_the_judge_misses_nothing(tmp_path: Path):
    north, texts = named_chain(3, "north")
    whole = batch_of(north, texts)
    marks = [Mark("made"), Mark("begun", whole), Mark("done", whole)]

    def judged(name: str, entries: int, kept: int, told: list[Mark], key: bytes = b"") -> str:
        store = SqliteStore.create(tmp_path / name)
        store.append_all(north[:entries], texts[:kept])
        if key:
            store.operation_key("convoy-3", key)
        store.close()
        return "; ".join(complaints(tmp_path / name, told_by(told)))

    assert judged("whole", 3, 3, marks) == ""
    assert "lost: 1 acknowledged entries" in judged("lost", 2, 2, marks)
    assert "half: 2 of the 3 entries of one call" in judged("half", 2, 2, marks[:2])
    assert "invented: 3 entries" in judged("invented", 3, 3, marks[:1])
    assert "lost: the personal text" in judged("text", 3, 2, marks)
    erased = [*marks, Mark("erasing", text=texts[0].commitment.sha256)]
    erased.append(Mark("erased", text=texts[0].commitment.sha256))
    assert "lost: an acknowledged erasure" in judged("erased", 3, 3, erased)
    file, key = sealed(1, "convoy-3")
    filed = [*marks, Mark("filing", file=file), Mark("filed", file=file)]
    assert "lost: an acknowledged file" in judged("file", 3, 3, filed)
    gone = [*filed, Mark("destroying", text="convoy-3"), Mark("destroyed", text="convoy-3")]
    assert "acknowledged destroying" in judged("key", 3, 3, gone, key)
    assert "lost: the whole register" in "; ".join(complaints(tmp_path / "no", told_by(marks)))
