"""A history in memory says at every moment what reading every chain anew says."""

from __future__ import annotations

import os
import random

import pytest

from safeconduct.errors import ChainBroken, IdTaken
from safeconduct.register import Handling, Store, Withheld
from safeconduct.register.chain import Link
from safeconduct.register.history import Beginning, History
from safeconduct.register.view import view_in
from safeconduct.spacetime import OPEN_END
from tests.simulation.campaign import ACTIONS, remembering
from tests.simulation.schedule import Schedule
from tests.unit.register.offices import NOON, Office, friends
from tests.unit.register.plain_view import plain_view

COUNT = int(os.environ.get("SAFECONDUCT_COUNT", "40"))
SEED = int(os.environ.get("SAFECONDUCT_SEED", "1"))


def links_of(store: Store) -> tuple[Link, ...]:
    return (*store.entries(), *store.withheld())


def history_of(office: Office) -> History:
    return History(links_of(office.store), office.store.here(), office.store.root)


class Follower:
    """A history that follows one store, and is held against the plain view."""

    def __init__(self, store: Store) -> None:
        self.store, self.arrived = store, 0
        self.history = History((), store.here(), store.root)

    def differing(self, moment: int) -> bool:
        rows = list(self.store.arrivals(self.arrived))
        self.arrived = rows[-1][0] if rows else self.arrived
        came = [entry for _, entry in rows]
        self.history.grow((*came, *self.store.withheld()), self.store.here())
        root, here = self.store.root, self.store.here()
        return view_in(self.history, moment) != plain_view(links_of(self.store), here, root, moment)


class Followed(Schedule):
    """A schedule in which a history follows every store, and clocks are put back as well."""

    def __init__(self, seed: str) -> None:
        self.followers: dict[int, Follower] = {}
        self.differences: list[str] = []
        self.picks = random.Random(f"{seed} moments")
        super().__init__(seed)

    def _remember(self) -> None:
        super()._remember()
        for office in (*self.offices, *self.ghosts):
            follower = self.followers.setdefault(id(office.store), Follower(office.store))
            for moment in (OPEN_END, self.picks.randint(NOON - 5, Office.clock + 5)):
                if follower.differing(moment):
                    self.differences.append(f"{office.name} at {moment}")


@pytest.mark.law(9)
def test_a_history_that_grows_says_at_every_moment_what_reading_all_anew_says() -> None:
    with remembering():
        for number in range(COUNT):
            schedule = Followed(f"{SEED}/{number}")
            schedule.run(ACTIONS)
            assert schedule.differences == [], f"schedule {SEED}/{number}"


def test_so_it_does_where_clocks_go_back_and_content_comes_late() -> None:
    chance = random.Random(SEED)
    for _ in range(COUNT):
        goma, bukavu = friends("goma", "bukavu")
        followers = [Follower(one.store) for one in (goma, bukavu)]
        first = Office.clock
        for _ in range(chance.randrange(4, 14)):
            one, other = chance.sample((goma, bukavu), 2)
            level = chance.choice((Handling.PUBLIC, Handling.INTERNAL, Handling.RESTRICTED))
            if chance.random() < 0.6:
                back = chance.choice((0, 0, 0, 3, 400))
                one.say("words", handling=level, recorded_at=Office.clock + 1 - back)
            else:
                other.take(one.give(handling=level))
            moments = (OPEN_END, chance.randint(first - 400, Office.clock + 1))
            assert not [m for m in moments for each in followers if each.differing(m)]


def test_a_history_takes_no_link_that_does_not_follow() -> None:
    goma = Office("goma")
    first, second = goma.say("one"), goma.say("two")
    history = history_of(goma)
    with pytest.raises(ChainBroken, match="another entry has that place"):
        history.grow([Withheld(first.writer, 0, first.previous, second.hash, "x")], history.here)
    with pytest.raises(ChainBroken, match="are missing before it"):
        History([second], history.here, goma.root.writer)


def test_a_history_takes_no_other_entry_of_an_id_that_it_has() -> None:
    goma = Office("goma")
    first = goma.say("one")
    history = history_of(goma)
    ahead = friends("bukavu")[0]
    thief = ahead.say("two", id=first.id)
    with pytest.raises(IdTaken, match="differ"):
        history.grow([*ahead.store.entries(ahead.hand.writer)], history.here)
    assert thief.id == first.id


def test_the_beginning_of_a_chain_is_read_like_a_list() -> None:
    goma = Office("goma")
    chain = [goma.say(str(number)) for number in range(5)]
    known = Beginning(chain, 4, frozenset({1}))
    assert [type(one).__name__ for one in known] == ["Entry", "Withheld", "Entry", "Entry"]
    assert list(known) == [known[place] for place in range(4)]
    assert (known[-1], known[1].hash, len(known)) == (chain[3], chain[1].hash, 4)
    assert list(known[:2]) == [chain[0], known[1]]
    assert list(reversed(known)) == [chain[3], chain[2], known[1], chain[0]]
    assert known[2:9] == chain[2:4]
    with pytest.raises(IndexError):
        known[4]
