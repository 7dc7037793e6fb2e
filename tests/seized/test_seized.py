"""A seized folder tells nothing, and the search would have seen it."""

from __future__ import annotations

from tests.seized import campaign
from tests.seized.planted import found_in, items


def test_no_byte_of_a_locked_register_tells_what_was_recorded():
    looked, found = campaign.seized(1)
    assert (looked, found) == (300, [])


def test_the_search_finds_everything_where_there_is_no_lock():
    with campaign.folder() as folder:
        campaign.filled(folder, 2, None)
        told = found_in(folder / "data", items(2))
    assert len({one.partition(" in ")[0] for one in told}) == 100
