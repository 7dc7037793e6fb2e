"""Whom to call: the one asked before, the one whose ground it is, the nearest to the unit."""

from __future__ import annotations

from safeconduct.vocabulary import Depth
from safeconduct.watch.calling import current_contacts, line, successor, tree, whom
from tests.unit.watch.office import contact, tried
from tests.worlds.two_towns import TOWNS, may

STAFF = contact("staff", depth=Depth.CAPITAL)
POST = contact("post", areas=("north-bank",), depth=Depth.UNIT, backup="staff")
SECTOR = contact("sector", areas=("north-bank",), depth=Depth.SECTOR)


def test_nobody_is_called_for_a_party_without_contacts() -> None:
    assert whom(TOWNS.plus(STAFF).situation(), "south") is None


def test_the_contact_whose_ground_it_is_comes_before_one_for_the_whole_party() -> None:
    found = whom(TOWNS.plus(STAFF, SECTOR).situation(), "north", ["north-bank"])
    assert found is not None and found.contact is SECTOR


def test_the_one_nearest_to_the_unit_is_called_first() -> None:
    found = whom(TOWNS.plus(SECTOR, POST).situation(), "north", ["north-bank"])
    assert found is not None and found.contact is POST


def test_a_contact_of_other_ground_comes_after_one_for_the_whole_party() -> None:
    found = whom(TOWNS.plus(POST, STAFF).situation(), "north", ["south-bank"])
    assert found is not None and found.contact is STAFF


def test_whoever_was_asked_before_is_called_again() -> None:
    found = whom(TOWNS.plus(POST, STAFF).situation(), "north", ["north-bank"], "staff")
    assert found is not None and found.contact is STAFF


def test_a_contact_that_was_replaced_is_never_called() -> None:
    heir = contact("heir", replaces="post")
    situation = TOWNS.plus(STAFF, POST, heir).situation()
    assert set(current_contacts(situation)) == {"staff", "heir"}
    found = whom(situation, "north", (), "post")
    assert found is not None and found.contact is heir


def test_contacts_that_replace_one_another_in_a_circle_end_the_search() -> None:
    one, other = contact("one", replaces="other"), contact("other", replaces="one")
    found = successor(TOWNS.plus(one, other).situation(), "one")
    assert found is not None and found.id == "other"


def test_a_backup_that_was_replaced_is_the_one_in_its_place() -> None:
    heir = contact("heir", replaces="staff")
    found = line(TOWNS.plus(STAFF, POST, heir).situation(), POST)
    assert found.backup is heir


def test_tries_in_vain_are_counted_since_it_was_last_reached() -> None:
    tries = [
        tried("post", may(3), worked=False),
        tried("post", may(4)),
        tried("post", may(5), worked=False),
        tried("post", may(5, 12), worked=False),
    ]
    found = line(TOWNS.plus(POST, STAFF, *tries).situation(), POST)
    assert (found.reached_at, found.tried_at, found.in_vain) == (may(4), may(5, 12), 2)


def test_a_try_that_is_still_to_come_counts_for_nothing() -> None:
    found = line(TOWNS.plus(POST, STAFF, tried("post", may(7))).situation(), POST)
    assert found.tried_at is None


def test_the_tree_names_every_party_and_the_highest_contact_first() -> None:
    branches = tree(TOWNS.plus(POST, STAFF, SECTOR).situation())
    assert [(one.party, [line.contact.id for line in one.lines]) for one in branches] == [
        ("north", ["staff", "sector", "post"]),
        ("south", []),
    ]
