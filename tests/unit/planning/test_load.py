"""A load that adds up or does not, and what is missing where."""

from __future__ import annotations

import pytest

from safeconduct.planning.load import lines
from safeconduct.vocabulary import ItemCount, Result


def line(result=Result.FACILITATED, /, **counts):
    (found,) = lines([ItemCount(item="kits", **counts)], result)
    return found


WHOLE = {"approved": 60, "loaded": 60, "arrived": 60, "distributed": 60}


def test_a_load_that_came_through_whole_is_missing_nowhere():
    found = line(**WHOLE)
    assert (found.not_loaded, found.on_the_way, found.in_store) == (0, 0, 0)
    assert found.faults == () and found.incident == ""


def test_what_is_missing_is_told_where_it_is():
    found = line(approved=100, loaded=90, removed=20, arrived=70, distributed=50)
    assert (found.not_loaded, found.on_the_way, found.in_store) == (10, 0, 20)
    assert found.faults == ()


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({"loaded": 61, "arrived": 61}, "61 of kits were loaded, and 60 approved"),
        ({"removed": 61, "arrived": 0, "distributed": 0}, "61 of kits were taken out, and 60"),
        ({"removed": 10}, "60 of kits arrived, and 50 were loaded and not taken out"),
        ({"arrived": 55, "distributed": 0}, "5 of kits were loaded, not taken out, and did not"),
        ({"distributed": 61}, "61 of kits were given out, and 60 arrived"),
    ],
)
def test_what_does_not_add_up_is_named(counts, says):
    (fault,) = line(**(WHOLE | counts)).faults
    assert fault.startswith(says)


@pytest.mark.parametrize("result", [Result.DENIED, Result.CANCELLED, Result.IMPEDED])
def test_what_was_turned_back_came_home_and_is_not_lost(result):
    assert line(result, approved=60, loaded=60).faults == ()


def test_nothing_arrives_of_what_was_denied():
    (fault,) = line(Result.DENIED, **WHOLE).faults
    assert fault == "60 of kits arrived, of a movement that was denied"


def test_taking_an_item_out_is_an_incident_and_inspecting_it_is_not():
    told = line(
        approved=60, loaded=60, removed=40, arrived=20, removed_by="south", removed_where="bridge"
    ).incident
    assert told.startswith("40 of kits taken out by south at bridge. To inspect is a party's right")
    assert told.endswith("to take an item out is an incident (rule M2).")
    assert "by a party that is not recorded" in line(approved=1, loaded=1, removed=1).incident
