"""Section 1: an answer as of one moment, from what was known at another, uses no later record."""

from __future__ import annotations

import pytest

from safeconduct.app.opening import open_case
from tests.unit.app.folders import TWO_TOWNS
from tests.worlds.two_towns import NOW, may


def spoken(known, as_of=NOW):
    """Who had spoken, as of one moment, from what was known at another."""
    return open_case(str(TWO_TOWNS)).situation(as_of, known).spoken


@pytest.mark.parametrize(
    ("known", "who"),
    [(may(4, 9), set()), (may(4, 10, 30), {"north"}), (NOW, {"north", "south"})],
    ids=["before anybody spoke", "between the two", "now"],
)
def test_a_later_record_does_not_reach_an_earlier_known_at(known, who):
    assert spoken(known) == who


def test_what_is_known_now_had_still_to_be_said_by_then():
    assert spoken(NOW, as_of=may(4, 10, 30)) == {"north"}
