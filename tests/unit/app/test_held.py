"""What is held of a register says what reading all of it anew says, however it grew."""

from __future__ import annotations

import gc
import os
import random
from collections import Counter
from collections.abc import Iterator
from unittest.mock import patch

import pytest

from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.app.hearing import clock_doubt, hearing_of
from safeconduct.app.opening import Opened
from safeconduct.app.unswept import unswept
from safeconduct.clearance import Judge
from safeconduct.errors import WrongField
from safeconduct.register import Entry, encode, growing
from safeconduct.register.view import view
from safeconduct.situation import Situation, picture, records_of
from safeconduct.situation.chronicle import names_in
from safeconduct.situation.picture import has_happened
from safeconduct.vocabulary import Actor, ActorKind
from tests.unit.register.offices import Office, friends
from tests.worlds.near_misses import mutate
from tests.worlds.random_worlds import whole
from tests.worlds.world import World

COUNT = int(os.environ.get("SAFECONDUCT_COUNT", "12"))
SEED = int(os.environ.get("SAFECONDUCT_SEED", "1"))


@pytest.fixture(params=["short", "long"])
def lengths(request: pytest.FixtureRequest) -> Iterator[None]:
    """Rows and indexes as they are copied, and as they are shared where they are long."""
    if request.param == "short":
        yield
        return
    with patch.multiple(growing, _LONG=0, _CHUNK=2, _BESIDE=3):
        yield


def opened(office: Office) -> Opened:
    return Opened(name="r", title="r", store=office.store, policy=core_policy())


def anew(office: Office, as_of: int, known: int) -> Situation:
    store, then = office.store, view(office.store, known)
    doubt = clock_doubt(then, store, None)
    return picture(
        records_of(then.entries),
        as_of=as_of,
        known_at=known,
        hearing=hearing_of(then, store, known_at=known, clock=doubt),
    )


def about_by_definition(
    office: Office, names: tuple[str, ...], as_of: int, known: int
) -> list[Entry]:
    """The entries of those records of the picture in which each name stands."""
    entries = view(office.store, known).entries
    held = anew(office, as_of, known).index.records.values()
    meant = [
        one for one in held if has_happened(one, as_of) and set(names) <= set(names_in(encode(one)))
    ]
    found, left = [], list(meant)
    for entry in entries:
        (record,) = records_of((entry,)) or (None,)
        if record in left:
            left.remove(record)
            found.append(entry)
    return found


class Growing:
    """Two offices that write down a made-up world, some of it twice, and tell one another."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.world = whole(seed)
        for _ in range(self.chance.randrange(3)):
            self.world = mutate(self.world, self.chance)
        self.goma, self.bukavu = friends("goma", "bukavu")
        Office.clock = max(Office.clock, self.world.as_of - 500)
        self.left = [value for value, _ in self.world.records]
        self.chance.shuffle(self.left)

    def goes_on(self) -> None:
        """Something is written by one of the two, or goes from one to the other."""
        chance = self.chance
        by = chance.choice((self.goma, self.goma, self.bukavu))
        if chance.random() < 0.15:
            self.goma.take(self.bukavu.give())
        elif self.left:
            value = self.left.pop() if chance.random() < 0.9 else chance.choice(self.left)
            back = chance.choice((0, 0, 0, 0, 5))
            at = by.now() - back
            by.say("", kind=value.tag, body=encode(value), recorded_at=at)


@pytest.mark.law(9, 10, 11)
@pytest.mark.usefixtures("lengths")
def test_a_picture_that_grows_is_the_picture_that_is_drawn_anew() -> None:
    for seed in range(SEED, SEED + COUNT):
        growing = Growing(seed)
        asked = opened(growing.goma)
        later = growing.world.as_of - 200_000  # before most of what is told has happened
        while growing.left:
            growing.goes_on()
            asked.forget_views()
            later += growing.chance.choice((0, 1, 600, 20_000))
            as_of = growing.chance.choice((later, later, later, later - 30_000))
            known = Office.clock - growing.chance.choice((0, 0, 0, 3))
            assert asked.situation(as_of, known) == anew(growing.goma, as_of, known), seed


@pytest.mark.law(10)
@pytest.mark.usefixtures("lengths")
def test_an_answer_from_a_picture_that_grew_is_the_fresh_one_byte_for_byte() -> None:
    for seed in range(SEED, SEED + COUNT // 4):
        growing = Growing(seed)
        office, movement = growing.goma, growing.world.movements[0]
        asked = opened(office)
        while growing.left:
            growing.goes_on()
            asked.forget_views()
            as_of = Office.clock
            situation = asked.situation(as_of, as_of)
            if movement not in situation.movements:
                continue
            judge = asked.held.judge(situation, growing.world.network, asked.policy)
            fresh = Judge(anew(office, as_of, as_of), growing.world.network, core_policy())
            assert judge.judge(movement).sealed == fresh.judge(movement).sealed, seed


@pytest.mark.law(9)
def test_what_was_known_about_a_name_is_what_the_picture_then_holds_of_it() -> None:
    found_some = 0
    for seed in range(SEED, SEED + COUNT):
        growing = Growing(seed)
        asked, first = opened(growing.goma), Office.clock
        while growing.left:
            growing.goes_on()
            asked.forget_views()
            if growing.chance.random() < 0.7:
                continue
            names = tuple(growing.chance.choices(names_of(growing.world), k=2))
            names = names[: growing.chance.choice((1, 2))]
            known = growing.chance.randint(first, Office.clock + 1)
            as_of = growing.chance.choice((known, growing.world.as_of, known - 40_000))
            found = asked.about(names, as_of, known)
            assert list(found) == about_by_definition(growing.goma, names, as_of, known), seed
            found_some += bool(found)
    assert found_some > COUNT


def names_of(world: World) -> list[str]:
    """Those that stand in several records, so that there is an order among them."""
    told = Counter(n for value, _ in world.records for n in set(names_in(encode(value))))
    return sorted(name for name, times in told.items() if times > 4)


def test_an_entry_that_cannot_be_read_spoils_only_what_would_rest_on_it() -> None:
    goma = Office("goma")
    party = Actor(id="party", name="Party", kind=ActorKind.PARTY)
    goma.say("", kind="actor", body=encode(party))
    before = Office.clock
    goma.say("", kind="actor", body={"id": "other", "colour": "party"})
    asked = opened(goma)
    assert [one.kind for one in asked.about(["party"], before, before)] == ["actor"]
    assert asked.about(["nobody"], Office.clock, Office.clock) == ()
    assert asked.about([], Office.clock, Office.clock) == ()
    with pytest.raises(WrongField, match="colour"):
        asked.about(["party"], Office.clock, Office.clock)


def test_reading_much_leaves_the_search_for_circles_as_it_was() -> None:
    assert gc.isenabled()
    with unswept():
        assert not gc.isenabled()
        with unswept():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    frozen = gc.get_freeze_count()
    with pytest.raises(ZeroDivisionError), unswept(1):
        raise ZeroDivisionError
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, frozen)
