"""What may be written short in a case file."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.adapters.files.shorthand import degrees_e7, spelled_out, with_act_ids
from safeconduct.errors import WrongField


def test_a_route_names_its_edges_and_a_leading_minus_drives_backwards() -> None:
    leg = spelled_out({"legs": [{"route": ["e1", "-e2", {"edge": "-odd"}]}]})["legs"][0]
    assert leg["route"] == [
        {"edge": "e1", "backwards": False},
        {"edge": "e2", "backwards": True},
        {"edge": "-odd"},
    ]


def test_a_halt_is_a_place_and_how_long_the_column_stands_there() -> None:
    written = {"halts": ["yard:40min", "the mill : 600", {"place": "x", "wait_s": 5}]}
    assert spelled_out(written)["halts"] == [
        {"place": "yard", "wait_s": "40min"},
        {"place": "the mill", "wait_s": 600},
        {"place": "x", "wait_s": 5},
    ]
    with pytest.raises(WrongField, match=r'Found "yard" where a halt is expected.*yard:40min'):
        spelled_out({"halts": ["yard"]})


def test_a_point_is_longitude_then_latitude_in_degrees() -> None:
    # 37.15 x 10,000,000 = 371,500,000; nothing is rounded.
    assert spelled_out({"near": ["37.15", 36]})["near"] == {
        "lon_e7": 371_500_000,
        "lat_e7": 360_000_000,
    }


@pytest.mark.parametrize(
    ("near", "said"),
    [
        (["37.15"], "near: Found a list of 1 where longitude and latitude are expected. Write "
         "[37.15, 36.2]: longitude first, in degrees."),
        (["37.15", "36.12345678"], "near[1]: Found '36.12345678' where degrees are expected. "
         "Write a decimal number with at most seven decimals, such as 37.1642."),
        ([True, 36], "near[0]: Found True where degrees are expected."),
        (["1e2", 36], "near[0]: Found '1e2' where degrees are expected."),
    ],
)  # fmt: skip
def test_a_point_of_any_other_form_is_refused(near: list[Any], said: str) -> None:
    with pytest.raises(WrongField) as refused:
        spelled_out({"near": near})
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("text", "value"), [("-0.0000001", -1), ("0.1", 1_000_000), ("-179.9999999", -1_799_999_999)]
)
def test_degrees_are_taken_from_their_digits(text: str, value: int) -> None:
    assert degrees_e7(text) == value


def test_acts_without_an_id_are_numbered_by_verb_in_their_order() -> None:
    acts = [{"is": "announce"}, {"is": "deny"}, {"is": "announce"}, {"is": "announce", "id": "x"}]
    named = with_act_ids({"id": "s1", "acts": acts})["acts"]
    assert [act["id"] for act in named] == ["s1/announce", "s1/deny", "s1/announce-2", "x"]


@pytest.mark.parametrize("statement", [{"id": 7, "acts": [{}]}, {"id": "s", "acts": "deny"}])
def test_a_statement_of_the_wrong_form_is_left_for_the_codec(statement: dict[str, Any]) -> None:
    assert with_act_ids(statement) == statement
