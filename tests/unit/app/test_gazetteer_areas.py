"""An area whose id a gazetteer gave: what it counts for when a person accepts the draft."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.app.accepting import Acceptance, Signatures
from safeconduct.wire import Act, Draft, Reading
from safeconduct.wire.names import Place
from tests.unit.app.drafted import at, draft, field, offer, reading

WORDS = "the north bank"
TWO = Signatures(by="Ada Reader", role="access officer", second="Bo Second")


def read(told: Draft, *, id: str = "north-bank", doubt: str = "") -> Reading:
    place = Place(at=at(WORDS)[0], id=id, name="North Bank", gazetteer="valley", doubt=doubt)
    return replace(reading(told), places=(place,))


def proposed(told: Draft, found: Reading) -> tuple[dict[str, Any], tuple[str, ...]]:
    desk = Acceptance(
        reading=found, source="wire", actors={"north", "south"}, areas={"north-bank"},
        signed=TWO, at=1_900_000_000,
    )  # fmt: skip
    made = desk.proposed(told)
    [act] = made.record["acts"]
    return act, made.doubts


def test_an_id_that_the_register_knows_is_the_area() -> None:
    act, doubts = proposed(offer(), read(offer()))
    assert act["undertaking"]["areas"] == ["north-bank"]
    assert doubts == ()


@pytest.mark.parametrize(
    ("id", "doubt", "says"),
    [
        ("SY0208", "", '"the north bank" is no area that is known here.'),
        ("north-bank", "So are called, too: X.", 'Whether "the north bank" is north-bank is not'),
    ],
)
def test_an_id_that_is_unknown_or_in_doubt_covers_nothing_and_says_so(
    id: str, doubt: str, says: str
) -> None:
    told = offer(areas=(field(id, WORDS),))
    act, doubts = proposed(told, read(told, id=id, doubt=doubt))
    assert "areas" not in act["undertaking"]
    assert "specificity" not in act["undertaking"]
    assert any(says in one for one in doubts)


def test_a_limit_on_an_area_in_doubt_counts_everywhere() -> None:
    told = draft(
        1, Act.WITHDRAW, "rejected", "south", "The South", areas=(field("north-bank", WORDS),)
    )
    act, _ = proposed(told, read(told))
    assert act["areas"] == ["north-bank"]
    act, doubts = proposed(told, read(told, doubt="So are called, too: X."))
    assert act["areas"] == []
    assert any("counts everywhere" in one for one in doubts)
