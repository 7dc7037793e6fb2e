"""Adopted roads whose record an office has as a place without content: a doubt, and no silence."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.adapters.stores import open_store
from safeconduct.app.assess import assess
from safeconduct.app.opening import open_register
from safeconduct.app.plan import adopt, plan_movement
from safeconduct.app.registers import write
from safeconduct.clearance import Judgement
from safeconduct.clearance.unjoined import NOT_JOINED
from safeconduct.register import Withheld
from safeconduct.vocabulary import AdoptedRoads, Checkpoint
from safeconduct.watch import Desk
from tests.unit.app import office
from tests.unit.app.office import MOVEMENT, NOW, SetClock
from tests.unit.app.test_adopting import office_now, register_of
from tests.unit.app.test_imported_map import case_with, folder
from tests.unit.app.test_joining_later import AT_THE_LONG_ROAD, PLACES, POST

__all__ = ["folder"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    return office.set_clock(monkeypatch)


@pytest.fixture
def path(tmp_path: Path, clock: SetClock, folder: str) -> str:
    """A register whose movement goes by an adopted road, near which a post was recorded since."""
    found = register_of(case_with(tmp_path, PLACES), clock)
    adopt(found, "R1", MOVEMENT, roads=folder)
    return found


def in_the_dark(path: str) -> str:
    """The same register as another office has it, to whom the records of roads did not go."""
    dark = f"{path}.dark{len(list(Path(path).parent.glob('*.dark*')))}"
    with (
        closing(open_store(path)) as store,
        closing(SqliteStore.create(dark, root=store.root)) as other,
    ):
        other.append_all(
            Withheld(one.writer, one.sequence, one.previous, one.hash, "office")
            if one.kind == AdoptedRoads.tag
            else one
            for _, one in store.arrivals()
        )
        for writer in store.here():
            other.settle(writer)
    return dark


def judged(path: str) -> Judgement:
    with closing(open_register(path)) as opened:
        return assess(opened, MOVEMENT, at=NOW).judgement


def test_a_post_beside_roads_whose_record_is_withheld_stops_the_convoy(path, tmp_path):
    assert NOT_JOINED not in judged(in_the_dark(path)).codes
    office.add(path, tmp_path, POST)
    whole, dark = judged(path), judged(in_the_dark(path))
    assert NOT_JOINED in whole.codes and NOT_JOINED in dark.codes
    (found,) = [one for one in dark.findings if one.code == NOT_JOINED]
    assert "The record that tells what was looked for" in found.says
    assert found.statements == ("late-post",)


def test_what_was_looked_for_and_is_elsewhere_is_a_doubt_where_the_record_is_withheld(
    tmp_path, clock, folder
):
    path = register_of(case_with(tmp_path, AT_THE_LONG_ROAD), clock)
    office.add(path, tmp_path, POST.replace("yard", "depot"))
    adopt(path, "R1", MOVEMENT, roads=folder)
    assert NOT_JOINED not in judged(path).codes
    assert NOT_JOINED in judged(in_the_dark(path)).codes


def test_the_plan_says_what_is_not_known_of_such_roads(path, tmp_path):
    office.add(path, tmp_path, POST)
    with closing(open_register(in_the_dark(path))) as opened:
        notes = " ".join(plan_movement(opened, MOVEMENT, at=NOW).notes)
    assert "the record of some adopted roads is not here or does not count" in notes
    assert "late-post may be on" in notes


def test_adopting_the_route_again_over_the_folder_settles_it(path, tmp_path, folder):
    office.add(path, tmp_path, POST)
    dark = in_the_dark(path)
    adopt(dark, "R1", MOVEMENT, roads=folder)
    assert NOT_JOINED not in judged(dark).codes


@pytest.mark.parametrize(("place", "touched"), [("yard", True), ("camp", True), ("depot", False)])
def test_a_post_that_comes_in_is_judged_on_roads_whose_record_is_withheld(path, place, touched):
    dark, post = in_the_dark(path), Checkpoint(id="late-post", place=place, party="north")
    with closing(open_register(dark)) as opened:
        judge = opened.judge(office_now(), office_now())
        brought = Desk.of(judge, [MOVEMENT]).with_record(post)
        assert brought is not None
        desk, changed = brought
        assert [one.movement for one in changed if one.is_other] == [MOVEMENT] * touched
        write(dark, [post])
    with closing(open_register(dark)) as opened:
        fresh = opened.judge(office_now(), office_now()).judge(MOVEMENT)
    assert desk.answers[MOVEMENT].judgement.sealed == fresh.sealed
