"""Copies, repetitions and versions of a movement, and what none of them takes along."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from safeconduct.app.deciding import Wish, decide
from safeconduct.app.moving import copy, listing, repeat, version
from safeconduct.app.opening import open_case, open_register
from safeconduct.errors import InputError, NonexistentTime, TimeRefused, WrongField
from safeconduct.spacetime import show, utc
from safeconduct.vocabulary import Halt, Movement
from tests.unit.app import office
from tests.unit.app.folders import head
from tests.unit.app.office import MOVEMENT, SetClock

TOMORROW = "2030-05-07 09:00"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    return office.set_clock(monkeypatch)


@pytest.fixture
def path(tmp_path: Path, clock: SetClock) -> str:
    return office.make(tmp_path, clock)


def refused(path: str, error: type[Exception], verb, *arguments, **more) -> str:
    before = head(Path(path))
    with pytest.raises(error) as caught:
        verb(path, *arguments, **more)
    assert head(Path(path)) == before
    return str(caught.value)


def movement(path: str, id: str) -> Movement:
    with closing(open_register(path)) as opened:
        return next(line.movement for line in listing(opened) if line.movement.id == id)


# -- copy


def test_a_copy_has_new_times_and_everything_else_as_it_was(path):
    copy(path, MOVEMENT, "tuesday", TOMORROW)
    old, new = movement(path, MOVEMENT), movement(path, "tuesday")
    assert new.depart_at - old.depart_at == new.latest_at - old.latest_at == 86_400
    assert (new.version, new.legs, new.convoy, new.profile) == (
        1, old.legs, old.convoy, old.profile,
    )  # fmt: skip
    copy(path, MOVEMENT, "short", TOMORROW, "2030-05-07 14:00")
    assert utc(movement(path, "short").latest_at) == "2030-05-07T14:00:00Z"


def test_a_copy_says_what_does_not_come_along(path):
    decide(path, MOVEMENT, Wish(choice="go", by="N. Alder", why="In order."))
    ((_, left),) = copy(path, MOVEMENT, "tuesday", TOMORROW).made
    assert dict(left.counts) == {
        "acknowledgement": 2, "convoy-watch": 1, "decision": 1, "gate-check": 1,
        "incident-check": 1, "notice": 2, "vehicle": 10,
    }  # fmt: skip
    assert [one.grant for one in left.uncovered] == [
        *("north-passage", "north-restraint", "south-consent", "south-passage"),
        "south-restraint",
    ]
    assert "of The North (2030-05-06 06:00 to 18:00" in left.uncovered[0].says
    assert left.uncovered[0].says.endswith("does not cover the new times")


def test_words_that_cover_the_new_times_but_were_given_for_one_movement_are_asked_about(path):
    ((_, left),) = copy(path, MOVEMENT, "later", "2030-05-06 11:00").made
    assert left.uncovered == () and len(left.named) == 5
    assert left.named[0].says.endswith("ask whether it holds for this one")


def test_words_that_end_within_the_margin_of_the_copy_are_named(path):
    # It takes 4 h 2 min and has a margin of an hour: from 13:30 to 17:32, with margin 18:32.
    ((_, left),) = copy(path, MOVEMENT, "late", "2030-05-06 13:30").made
    assert {one.says.partition("does ")[2] for one in left.uncovered} == {
        "not cover the new times with the margin"
    }
    ((_, left),) = copy(path, MOVEMENT, "latest", "2030-05-06 15:00").made
    assert any("only a part of the new times" in one.says for one in left.uncovered)


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ((MOVEMENT, "tuesday", "2030-05-06 07:30"), TimeRefused, "which is not after"),
        ((MOVEMENT, "tuesday", TOMORROW, TOMORROW), TimeRefused, "Give a `latest_at` after"),
        ((MOVEMENT, "tuesday", "tomorrow"), InputError, "'tomorrow'"),
        ((MOVEMENT, MOVEMENT, TOMORROW), WrongField, "is used already, for a movement"),
        ((MOVEMENT, "north", TOMORROW), WrongField, "is used already, for an actor"),
        ((MOVEMENT, " ", TOMORROW), WrongField, "The copy has no id"),
        (("nowhere", "tuesday", TOMORROW), InputError, "No movement nowhere"),
    ],
)
def test_a_copy_that_makes_no_sense_is_refused(path, arguments, error, says):
    assert says in refused(path, error, copy, *arguments)


# -- repeat


def test_a_movement_is_repeated_by_the_day_and_by_the_week(path):
    done = repeat(path, MOVEMENT, "daily", 3, ("2030-05-08",))
    assert [m.id for m, _ in done.made] == [f"{MOVEMENT}-2030-05-07", f"{MOVEMENT}-2030-05-09"]
    weekly = repeat(path, MOVEMENT, "weekly", 2, name="w")
    assert [(m.id, utc(m.depart_at)) for m, _ in weekly.made] == [
        ("w-2030-05-13", "2030-05-13T09:00:00Z"),
        ("w-2030-05-20", "2030-05-20T09:00:00Z"),
    ]


def in_berlin(path: str, leaves: str, over: str) -> None:
    """Lets the movement go by the clocks of Berlin."""
    version(path, MOVEMENT, ("zone=Europe/Berlin", f"depart_at={leaves}", f"latest_at={over}"))


def test_the_local_hour_is_kept_where_the_clocks_are_changed(path):
    in_berlin(path, "2030-10-26 09:00", "2030-10-26 22:00")
    done = repeat(path, MOVEMENT, "daily", 2)  # the clocks are set back on 27 October
    assert [show(m.depart_at, m.zone) for m, _ in done.made] == [
        "2030-10-27 09:00 Europe/Berlin (08:00Z)",
        "2030-10-28 09:00 Europe/Berlin (08:00Z)",
    ]
    assert movement(path, MOVEMENT).depart_at % 86_400 == 7 * 3600
    assert {m.latest_at - m.depart_at for m, _ in done.made} == {13 * 3600}


def test_a_trip_over_midnight_ends_on_the_local_day_after(path):
    in_berlin(path, "2030-10-26 20:00", "2030-10-27 06:00")
    old = movement(path, MOVEMENT)
    assert old.latest_at - old.depart_at == 11 * 3600  # the night has an hour more
    ((one, _),) = repeat(path, MOVEMENT, "daily", 1).made
    assert one.latest_at - one.depart_at == 10 * 3600


def test_an_hour_that_the_clocks_skip_is_refused_with_the_day_to_leave_out(path):
    in_berlin(path, "2031-03-29 02:30", "2031-03-29 12:00")
    says = refused(path, NonexistentTime, repeat, MOVEMENT, "daily", 2)
    assert "does not exist in Europe/Berlin" in says and "`--except 2031-03-30`" in says
    assert len(repeat(path, MOVEMENT, "daily", 2, ("2031-03-30",)).made) == 1


@pytest.mark.parametrize(
    ("times", "but", "says"),
    [
        (0, (), "repeated 0 times"),
        (367, (), "Repeat it 1 to 366 times"),
        (2, ("2030-05-09",), "2030-05-09 is none of the days from 2030-05-07 to 2030-05-08"),
        (1, ("2030-05-07",), "is left out"),
        (1, ("yesterday",), "'yesterday' is no date"),
    ],
)
def test_a_repetition_that_makes_no_sense_is_refused(path, times, but, says):
    assert says in refused(path, InputError, repeat, MOVEMENT, "daily", times, but)


def test_of_many_repetitions_all_are_made_or_none(path):
    copy(path, MOVEMENT, f"{MOVEMENT}-2030-05-09", "2030-05-09 09:00")
    assert "is used already" in refused(path, WrongField, repeat, MOVEMENT, "daily", 5)


# -- version


def test_a_new_version_says_who_has_to_be_told_again_and_by_when(path):
    done = version(path, MOVEMENT, ("depart_at=2030-05-08 10:00", "latest_at=2030-05-08 16:00"))
    north, south = done.to_tell
    # The north wants to be told a day before; the south has no arrangement.
    assert (north.party, north.told_version, utc(north.by), north.too_late) == (
        "north", 1, "2030-05-07T10:00:00Z", False,
    )  # fmt: skip
    assert (south.party, south.told_version, south.by) == ("south", 1, None)
    assert len(done.left.uncovered) == 5


def test_a_lead_time_that_has_run_out_is_said(path):
    north, _ = version(path, MOVEMENT, ("depart_at=2030-05-06 10:00",)).to_tell
    assert north.too_late


def test_a_new_version_changes_what_is_set_and_nothing_else(path):
    done = version(
        path, MOVEMENT,
        ("convoy.vehicles=8", "legs.in.speed_kmh=25", "margin_s=90 min", "title=Bread",
         "legs.out.route=-hill-road, -bridge-road", "legs.in.movers=humanitarian,civilians"),
    )  # fmt: skip
    assert [c.field for c in done.changes] == [
        "convoy.vehicles", "legs.in.speed_kmh", "margin_s", "title", "legs.in.movers",
    ]  # fmt: skip  # the way out is as it was
    assert (done.new.convoy.vehicles, done.new.legs[0].speed_kmh) == (8, 25)
    assert (done.new.margin_s, done.new.version) == (5_400, 2)
    assert done.new.depart_at == done.old.depart_at


def test_a_halt_is_set_by_its_place_and_how_long_it_lasts(path):
    done = version(path, MOVEMENT, ("legs.in.halts=bridge:40min",))
    assert done.new.legs[0].halts == (Halt(place="bridge", wait_s=2_400),)
    assert [(c.field, c.was, c.now) for c in done.changes] == [
        ("legs.in.halts", (), [{"place": "bridge", "wait_s": 2_400}])
    ]
    assert version(path, MOVEMENT, ("legs.in.halts=",)).new.legs[0].halts == ()


def test_an_optional_field_is_emptied_by_nothing(path):
    assert version(path, MOVEMENT, ("last_delivery_at=",)).new.last_delivery_at is None


def test_a_new_version_of_what_has_left_says_so(path, tmp_path, clock):
    office.add(path, tmp_path, office.DEPARTED)
    clock("2030-05-06T10:00:00Z")
    assert version(path, MOVEMENT, ("convoy.vehicles=8",)).had_left


FORGOTTEN = (
    *("legs.in.route=", "legs.in.origin=alder", "legs.in.destination=birch"),
    *("legs.out.route=", "legs.out.origin=birch", "legs.out.destination=alder"),
)


def test_a_version_may_forget_its_route_and_adopt_another(path):
    done = version(path, MOVEMENT, FORGOTTEN)
    assert not done.new.has_route and done.left.uncovered == ()
    assert [(one.party, one.told_version) for one in done.to_tell] == [("north", 1), ("south", 1)]
    routes = ("legs.in.route=river-road", "legs.out.route=-river-road")
    adopted = version(path, MOVEMENT, routes)
    assert adopted.new.has_route and adopted.new.version == 3
    assert next(c.now for c in adopted.changes) == [{"edge": "river-road"}]


def test_a_copy_of_a_movement_without_route_has_none_either(path):
    version(path, MOVEMENT, FORGOTTEN)
    ((made, left),) = copy(path, MOVEMENT, "tuesday", TOMORROW).made
    assert not made.has_route
    assert dict(left.counts)["notice"] == 2 and left.uncovered == ()
    with closing(open_register(path)) as opened:
        assert {line.judgement.codes for line in listing(opened)} == {("ROUTE-NOT-ADOPTED",)}


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ((), "Nothing is set"),
        (FORGOTTEN[:3], "leg out has a route and another leg has none"),
        (("legs.in.route=",), "names no road, so it has no end"),
        (("depart_at",), "sets nothing"),
        (("speed=3",), '"speed" is no field that can be set'),
        (("version=7",), "is no field that can be set"),
        (("legs=x",), "Inside: convoy.FIELD, legs.LEG.FIELD"),
        (("convoy.wheels=3",), "Legal: column_m, passengers, vehicles"),
        (("legs.back.speed_kmh=3",), 'has no leg "back"'),
        (("convoy.vehicles=many",), "many"),
        (("depart_at=10:00",), "10:00"),
        (("depart_at=2030-05-06 18:00",), "Give a `latest_at` after `depart_at`"),
        (("margin_s=long",), "is no duration"),
        (("title=a", "title=b"), "title is set twice"),
        (("convoy.vehicles=10",), "Nothing changes: convoy.vehicles is so already"),
        (("profile=lax",), "lax"),
        (("zone=Nowhere",), "Nowhere"),
        (("organisation=nobody",), "nobody"),
        (("legs.in.route=river-road,hill-road",), "river-road"),
        (("legs.in.halts=bridge",), 'Found "bridge" where a halt is expected'),
        (("legs.in.halts=bridge:0",), "The halt at bridge lasts 0 s"),
        (("legs.in.halts=ferry:40min",), "ferry"),
        (("legs.in.halts=alder:40min",), "halts at alder, where it begins"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(path, settings, says):
    assert says in refused(path, InputError, version, MOVEMENT, settings)


# -- list


def test_the_list_has_every_movement_with_its_verdict_and_decision(path):
    copy(path, MOVEMENT, "tuesday", TOMORROW)
    decide(path, MOVEMENT, Wish(choice="go", by="N. Alder", why="In order."))
    with closing(open_register(path)) as opened:
        first, second = (line.as_json() for line in listing(opened))
    assert (first["movement"], first["verdict"], first["decision"]["choice"]) == (
        MOVEMENT, "go", "go",
    )  # fmt: skip
    assert (second["movement"], second["verdict"], second["decision"]) == ("tuesday", "no-go", None)


def test_a_replay_is_listed_as_of_a_moment_that_is_named():
    with closing(open_case("aleppo-2016-11-04")) as opened:
        assert len(listing(opened, at="2016-11-04T07:30:00Z")) >= 2
        with pytest.raises(WrongField, match="a replay has no present moment"):
            listing(opened)
