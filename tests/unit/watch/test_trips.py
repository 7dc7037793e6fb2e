"""Where trips went is asked of roads with named edges, and of no others."""

from __future__ import annotations

import pytest

from safeconduct.cover import Cover
from safeconduct.errors import WrongField
from safeconduct.roads.dividing import division_of
from safeconduct.watch.trips import Ways
from tests.worlds.two_towns import POLICY, TOWNS


def test_trips_are_not_asked_of_roads_that_have_only_classes() -> None:
    cover = Cover(TOWNS.situation(), division_of(TOWNS.network), POLICY.profile("default"))
    with pytest.raises(WrongField, match=r"classes only.*Make the cover of the road network"):
        Ways(cover)
