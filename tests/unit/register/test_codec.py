"""The codec between frozen values and JSON, on a small world of its own."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import ClassVar, NewType, Self

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.errors import EmptySpan, WrongField
from safeconduct.register import canonical, decode, encode, parse, schema
from tests.unit.register.writers import examples


class Surface(Enum):
    """What a road is made of."""

    PAVED = "paved"
    GRAVEL = "gravel"


class Lanes(Enum):
    """How many columns fit side by side."""

    ONE = 1
    TWO = 2


TownId = NewType("TownId", str)


@dataclass(frozen=True, slots=True)
class Metres:
    """A length with a form of its own, such as `12 m`. Never negative."""

    count: int

    def __to_json__(self) -> str:
        return f"{self.count} m"

    @classmethod
    def __from_json__(cls, data: object) -> Self:
        if not isinstance(data, str) or not data.endswith(" m"):
            raise WrongField(f"Found {data!r} where a length is expected.", 'Write "12 m".')
        return cls(int(data.removesuffix(" m")))

    @classmethod
    def __json_schema__(cls) -> dict[str, object]:
        return {"type": "string", "pattern": "^[0-9]+ m$"}


@dataclass(frozen=True, slots=True)
class Hours:
    """A closed span of hours."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise EmptySpan("The hours end before they start.", "Turn them round.")


@dataclass(frozen=True, slots=True)
class Drive:
    """Along a road."""

    tag: ClassVar[str] = "drive"
    road: str
    length: Metres | None = None
    surface: Surface = Surface.PAVED


@dataclass(frozen=True, slots=True)
class Wait:
    """At one place."""

    verb: ClassVar[str] = "wait"
    hours: tuple[Hours, ...]
    paid: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """Steps within a step."""

    kind: ClassVar[str] = "repeat"
    steps: tuple[Step, ...]
    times: int = 1


Step = Drive | Wait | Repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """A way from town to town. The rest of the docstring is for readers of the code."""

    id: str
    start: TownId = field(metadata={"doc": "the town it sets out from"})
    steps: tuple[Step, ...] = ()
    lanes: Lanes | None = None
    towns: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    box: tuple[int, int] | None = None
    leader: str | Hours | int | None = None
    trucks: int = 1
    steps_in_all: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps_in_all", len(self.steps))


numbers = st.integers(-(2**40), 2**40)
words = st.text("abcé", max_size=5)
hours = st.builds(Hours, st.integers(0, 9), st.integers(10, 20))
drives = st.builds(Drive, words, st.none() | st.builds(Metres, st.integers(0)))
waits = st.builds(Wait, st.lists(hours, max_size=3).map(tuple), st.booleans())
steps = st.recursive(
    drives | waits,
    lambda inner: st.builds(Repeat, st.lists(inner, max_size=3).map(tuple), numbers),
    max_leaves=6,
)
trips = st.builds(
    Trip,
    id=words,
    start=words,
    steps=st.lists(steps, max_size=4).map(tuple),
    lanes=st.none() | st.sampled_from(Lanes),
    towns=st.frozensets(words),
    names=st.dictionaries(words, words),
    box=st.none() | st.tuples(numbers, numbers),
    leader=st.none() | words | hours | numbers,
    trucks=numbers,
)


@examples
@given(trips)
def test_every_value_comes_back_equal(trip):
    assert decode(Trip, encode(trip)) == trip


@examples
@given(trips)
def test_every_value_comes_back_equal_from_canonical_bytes(trip):
    data = canonical(encode(trip))
    assert decode(Trip, parse(data)) == trip
    assert canonical(encode(decode(Trip, parse(data)))) == data


@functools.cache
def trip_validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema(Trip))
    return jsonschema.Draft202012Validator(schema(Trip))


@examples
@given(trips)
def test_every_encoded_value_satisfies_the_schema(trip):
    trip_validator().validate(encode(trip))


def test_fields_equal_to_their_default_are_left_out():
    trip = Trip(id="t", start=TownId("Idlib"), steps=(Wait((Hours(1, 2),)),))
    assert encode(trip) == {
        "id": "t",
        "start": "Idlib",
        "steps": [{"is": "wait", "hours": [{"start": 1, "end": 2}]}],
    }


def test_a_flag_where_a_number_belongs_is_not_taken_for_the_default():
    # True == 1, the default of `trucks`; left out, the mistake would come back as one truck.
    trip = Trip(id="t", start=TownId("Idlib"), trucks=True)
    assert encode(trip) == {"id": "t", "start": "Idlib", "trucks": True}


def test_sets_are_written_sorted_numbers_by_size_and_text_by_code_point():
    assert encode(frozenset([10, 9, -1])) == [-1, 9, 10]
    assert encode(frozenset(["b", "a b", "a", "é"])) == ["a", "a b", "b", "é"]
    assert encode(frozenset([Hours(2, 3), Hours(1, 9)])) == [
        {"start": 2, "end": 3},
        {"start": 1, "end": 9},
    ]  # by canonical bytes, in which `end` comes first: 3 before 9


def test_a_lone_class_may_come_without_its_tag_and_never_with_another():
    assert decode(Drive, {"road": "M5"}) == decode(Drive, {"is": "drive", "road": "M5"})
    with pytest.raises(WrongField, match="only drive can"):
        decode(Drive, {"is": "wait", "road": "M5"})


def trip(**fields: object) -> dict[str, object]:
    return {"id": "t", "start": "Idlib"} | fields


REFUSED = [
    ([], "trips[1]: Found a list of 0 where Trip is expected. Write Trip here."),
    (
        {},
        'trips[1]: Trip lacks "id", "start". Add id: a text; start: the town it sets out from.',
    ),
    (
        trip(step=[]),
        'trips[1].step: Trip has no field "step". Did you mean "steps"? Legal here: box, id, lanes',
    ),
    (trip(steps_in_all=1), 'trips[1].steps_in_all: Trip has no field "steps_in_all".'),
    ({1: 2}, 'trips[1].1: Trip has no field "1". Legal here: box, id'),
    (trip(**{"is": "trip"}), 'trips[1].is: Trip has no field "is".'),
    (trip(id=3), "trips[1].id: Found the number 3 where a text is expected. Write a text here."),
    (trip(id=None), "trips[1].id: Found nothing (null) where a text is expected."),
    (trip(trucks=True), "trips[1].trucks: Found true where a whole number is expected."),
    (trip(trucks=2.5), "trips[1].trucks: Found the number 2.5 where a whole number is expected."),
    (trip(trucks="two"), 'trips[1].trucks: Found the text "two" where a whole number is'),
    (trip(trucks="a" * 41), f'Found the text "{"a" * 39}…" where a whole number is expected.'),
    (trip(id=b"t"), "trips[1].id: Found a value of type bytes where a text is expected."),
    (trip(lanes=3), "trips[1].lanes: The number 3 is no Lanes. Legal here: 1, 2."),
    (trip(lanes=True), "trips[1].lanes: Found true where one of 1, 2 or nothing is expected."),
    (
        trip(steps=[{"is": "drvie"}]),
        'trips[1].steps[0].is: The text "drvie" is none of the kinds that can stand here. '
        'Did you mean "drive"? Legal here: drive, repeat, wait.',
    ),
    (
        trip(steps=[{"road": "M5"}]),
        'trips[1].steps[0]: The key "is", which says what this mapping is, is missing. '
        "Add it: Legal here: drive, repeat, wait.",
    ),
    (trip(steps=[{"is": []}]), "trips[1].steps[0].is: A list of 0 is none of the kinds"),
    (
        trip(steps=[None]),
        "trips[1].steps[0]: Found nothing (null) where Drive or Wait or Repeat is expected.",
    ),
    (
        trip(steps=[{"is": "drive", "road": "M5", "surface": "Gravle"}]),
        'trips[1].steps[0].surface: The text "Gravle" is no Surface. Did you mean "gravel"?',
    ),
    (
        trip(steps=[{"is": "drive", "road": "M5", "surface": []}]),
        "trips[1].steps[0].surface: Found a list of 0 where one of paved, gravel is expected.",
    ),
    (
        trip(steps=[{"is": "drive", "road": "M5", "length": "12"}]),
        "trips[1].steps[0].length: Found '12' where a length is expected.",
    ),
    (
        trip(
            steps=[
                {"is": "drive", "road": "M5"},
                {"is": "repeat", "steps": [{"is": "wait", "hours": [{"start": 5, "end": 4}]}]},
            ]
        ),
        "trips[1].steps[1].steps[0].hours[0]: The hours end before they start. Turn them round.",
    ),
    (
        trip(towns=["Fu'a", "Idlib", "Fu'a"]),
        'trips[1].towns[2]: The text "Fu\'a" stands here twice. Leave one of them out.',
    ),
    (
        trip(box=[1]),
        "trips[1].box: Found a list of 1 where exactly 2 are expected. "
        "Write a whole number, then a whole number.",
    ),
    (trip(box=[1, None]), "trips[1].box[1]: Found nothing (null) where a whole number is expected"),
    (trip(names={"fr": False}), "trips[1].names.fr: Found false where a text is expected."),
    (trip(names={1: "x"}), "trips[1].names: The number 1 is used as a key, where only a text can"),
    (
        trip(leader=[]),
        "trips[1].leader: Found a list of 0 where a text or Hours or a whole number or nothing",
    ),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_wrong_data_is_refused_with_its_path_and_what_would_be_right(data, message):
    with pytest.raises((WrongField, EmptySpan)) as caught:
        decode(Trip, data, "trips[1]")
    assert message in str(caught.value)


def test_true_is_not_the_member_of_value_one():
    with pytest.raises(WrongField, match="Found true where one of 1, 2 is expected"):
        decode(Lanes, True)


def test_without_a_path_the_field_begins_at_the_value():
    with pytest.raises(WrongField) as caught:
        decode(tuple[Trip, ...], [trip(), trip(id=3)])
    assert caught.value.field == "[1].id"


def test_an_error_at_the_root_names_no_field():
    with pytest.raises(WrongField) as caught:
        decode(int, "3")
    assert caught.value.field is None
    assert str(caught.value).startswith('Found the text "3"')


def test_data_that_nest_beyond_reading_are_refused_like_other_wrong_data():
    step: dict[str, object] = {"is": "drive", "road": "M5"}
    for _ in range(100_000):
        step = {"is": "repeat", "steps": [step]}
    with pytest.raises(WrongField, match="nest deeper here than can be read"):
        decode(Step, step)


def test_missing_fields_are_facts_for_the_doors():
    with pytest.raises(WrongField) as caught:
        decode(Trip, {"id": "t"}, "trips[1]")
    assert caught.value.as_json()["facts"] == {"field": "trips[1]", "missing": ["start"]}


def test_a_float_cannot_be_written_and_the_path_says_where():
    with pytest.raises(WrongField) as caught:
        encode(Trip(id="t", start=TownId("Idlib"), box=(1, 2.5)))
    assert str(caught.value).startswith("box[1]: A value of type float has no JSON form.")


def test_a_key_that_is_no_text_cannot_be_written():
    with pytest.raises(WrongField, match="The key 1 is no text"):
        encode({1: "a"})


def test_a_type_without_a_form_is_refused_when_it_is_first_asked_for():
    for hint in (float, dict[int, str], list[int], complex | None):
        with pytest.raises(WrongField, match="The codec knows no JSON form for the type"):
            decode(hint, [])


def test_a_union_that_json_cannot_tell_apart_is_refused():
    for union in (Hours | Metres | Drive | dict[str, int], tuple[int, ...] | frozenset[int]):
        with pytest.raises(WrongField, match="The shape of the JSON cannot tell"):
            decode(union, [])


def test_two_classes_of_a_union_with_one_tag_are_refused():
    @dataclass(frozen=True)
    class Drove:
        tag: ClassVar[str] = "drive"

    with pytest.raises(WrongField, match="Give each class of the union its own tag"):
        decode(Drive | Drove, {"is": "drive"})


def refused_by_shape() -> list[object]:
    """Data that is wrong by its shape; what a value checks when it is made is not in a schema."""
    own_checks = ("end before they start", "stands here twice")
    return [
        data
        for data, message in REFUSED
        if isinstance(data, list | dict)
        and all(isinstance(key, str) for key in data)
        and b"t" not in (data.values() if isinstance(data, dict) else ())
        and not any(check in message for check in own_checks)
        and not (isinstance(data, dict) and 1 in data.get("names", {}))
    ]


@pytest.mark.parametrize("data", refused_by_shape())
def test_the_schema_refuses_what_the_codec_refuses(data):
    assert not trip_validator().is_valid(data)


def test_the_schema_describes_classes_and_fields():
    defs = schema(Trip)["$defs"]
    drawn = defs["test_codec.Trip"]
    assert drawn["description"] == "A way from town to town."
    assert drawn["properties"]["start"]["description"] == "the town it sets out from"
    assert drawn["properties"]["trucks"] == {"type": "integer", "default": 1}
    assert drawn["required"] == ["id", "start"]
    assert drawn["additionalProperties"] is False
    assert defs["test_codec.Surface"] == {
        "description": "What a road is made of.",
        "enum": ["paved", "gravel"],
    }
    assert defs["test_codec.Metres"]["pattern"] == "^[0-9]+ m$"


def test_the_schema_of_a_class_that_holds_itself_has_an_end():
    repeat = schema(Repeat)["$defs"]["test_codec.Repeat"]
    choices = repeat["properties"]["steps"]["items"]["anyOf"]
    assert {"$ref": "#/$defs/test_codec.Repeat", "required": ["is"]} in choices
