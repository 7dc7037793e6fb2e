"""One value, one row of bytes."""

from __future__ import annotations

import hashlib
import json
import unicodedata

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.errors import NotCanonical
from safeconduct.register.canonical import (
    canonical,
    check_same,
    digest,
    is_digest,
    parse,
    parsed_at_once,
    strict,
)
from tests.unit.register.writers import examples

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])).filter(
    lambda text: unicodedata.is_normalized("NFC", text)
)
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4)
)


def test_keys_are_sorted_as_in_rfc_8785_section_3_2_3():
    # The RFC's own example, save that its last key, U+FB33, is not NFC and is refused here (see
    # below); U+FFE6 stands in for it. Sorted by UTF-16 units, the emoji (D83D DE00) comes first.
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\uffe6": "Fullwidth Won Sign",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert list(json.loads(canonical(value)).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Fullwidth Won Sign",
    ]


def test_literals_and_escapes_are_written_as_in_rfc_8785_section_3_2_4():
    # The RFC's example without its floating-point numbers, against the bytes it prints.
    value = {
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    assert canonical(value) == bytes.fromhex(
        "7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c"
        "22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c"
        "5c 5c 22 2f 22 7d"
    )


def test_structures_nest_as_in_the_test_data_published_with_the_rfc():
    value = {
        "1": {"f": {"f": "hi", "F": 5}, "\n": 56},
        "10": {},
        "": "empty",
        "a": {},
        "111": [{"e": "yes", "E": "no"}],
        "A": {},
    }
    assert canonical(value) == (
        b'{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},'
        b'"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}'
    )


def test_french_words_are_sorted_by_code_unit_and_not_by_locale():
    value = {"peach": 1, "péché": 2, "pêche": 3, "sin": 4}
    assert list(json.loads(canonical(value)).values()) == [1, 2, 3, 4]


def test_tuples_and_lists_are_written_alike():
    assert canonical((1, [2])) == canonical([1, (2,)]) == b"[1,[2]]"


def test_the_largest_whole_number_is_below_2_to_the_53():
    assert canonical([2**53 - 1, -(2**53) + 1]) == b"[9007199254740991,-9007199254740991]"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"legs": [{"length_m": 1.5}]}, "legs[0].length_m: Found the number 1.5; canonical values"),
        ({"n": float("nan")}, "n: Found the number nan; canonical values are integers only."),
        ([0, 2**53], "[1]: The number 9007199254740992 is not below 2**53"),
        ([-(2**53)], "[0]: The number -9007199254740992 is not below 2**53"),
        ({"name": "Zabada\u0304ni\u0304"}, "name: The text"),
        ({"e\u0301": 1}, "is not in Unicode's composed form (NFC)"),
        ({"\ufb33": 1}, "is not in Unicode's composed form (NFC)"),
        ({"a": "\ud83d"}, "a: The text '\\ud83d' holds half of a surrogate pair"),
        ({1: "a"}, "The key 1 is no text."),
        ({"a": {"b": {3}}}, "a.b: A value of type set has no JSON form."),
        ([b"bytes"], "[0]: A value of type bytes has no JSON form."),
    ],
)
def test_what_has_no_one_form_is_refused_with_its_place(value, message):
    with pytest.raises(NotCanonical) as caught:
        canonical(value)
    assert message in str(caught.value)


def nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth - 1):
        value = [value]
    return value


def test_nesting_ends_at_64_levels_both_ways():
    assert parse(canonical(nested(64))) == nested(64)
    with pytest.raises(NotCanonical, match="nest deeper than 64 levels"):
        canonical(nested(65))
    with pytest.raises(NotCanonical, match="nest deeper than 64 levels"):
        parse(b"[" * 65 + b"]" * 65)


def test_a_hostile_depth_is_refused_before_anything_recurses():
    with pytest.raises(NotCanonical, match="nest deeper than 64 levels"):
        parse(b"[" * 1_000_000)


def test_brackets_inside_text_are_no_depth():
    data = canonical({"quoted": '["' * 100 + "\\" + "{" * 100})
    assert canonical(parse(data)) == data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"a":1.0}', "Found the number 1.0; canonical values are integers only."),
        (b'{"a":1e3}', "Found the number 1e3"),
        (b'{"a":NaN}', "Found the number NaN"),
        (b"[Infinity]", "Found the number Infinity"),
        (b"[-Infinity]", "Found the number -Infinity"),
        (b'{"a":1,"a":2}', 'The key "a" stands twice in one mapping'),
        (b'{"a":\xff}', "These 7 bytes are not UTF-8 text: byte 5 cannot be read."),
        (b"\xef\xbb\xbf[]", "This is not JSON"),
        (b'{"a":1', "This is not JSON"),
        (b"", "This is not JSON"),
        (b'{"b":1,"a":2}', "differ from it at byte 2: found b'b\":1,"),
        (b'{"a": 1}', "differ from it at byte 5"),
        (b"[1]\n", "differ from it at byte 3"),
        (b"[-0]", "differ from it at byte 1"),
        (b'["\\u0041"]', "differ from it at byte 2"),
        (b'["\\ud83d"]', "holds half of a surrogate pair"),
        (b"[9007199254740992]", "is not below 2**53"),
        ('["e\u0301"]'.encode(), "composed form (NFC)"),
    ],
)
def test_bytes_other_than_the_canonical_ones_are_refused(data, message):
    with pytest.raises(NotCanonical) as caught:
        parse(data)
    assert message in str(caught.value)


def test_a_number_of_five_thousand_digits_is_refused_like_any_other_text_that_is_no_json():
    with pytest.raises(NotCanonical, match="This is not JSON"):
        parse(b"[" + b"9" * 5000 + b"]")


def test_strict_reading_forgives_layout_and_nothing_else():
    assert strict(b'{ "b": 1, "a": [2] }') == {"a": [2], "b": 1}
    with pytest.raises(NotCanonical, match="stands twice"):
        strict(b'{ "b": 1, "b": 1 }')


@examples
@given(values)
def test_what_is_written_is_read_back_and_written_the_same(value):
    data = canonical(value)
    assert parse(data) == value
    assert canonical(parse(data)) == data


@examples
@given(values)
def test_the_library_of_the_rfc_agrees_on_every_value(value):
    assert canonical(value) == rfc8785.dumps(value)


@examples
@given(st.dictionaries(texts, scalars, max_size=6))
def test_keys_are_in_the_order_of_utf_16(value):
    keys = sorted(value, key=lambda key: key.encode("utf-16be"))
    plain = json.dumps({key: value[key] for key in keys}, ensure_ascii=False, separators=(",", ":"))
    assert canonical(value) == plain.encode()


def test_keys_beyond_the_basic_plane_come_before_its_last_ones():
    assert canonical({"\ue000": 1, "\U00010000": 2}) == '{"\U00010000":2,"\ue000":1}'.encode()


@examples
@given(st.binary(max_size=40))
def test_any_bytes_are_either_canonical_or_refused_by_name(data):
    try:
        value = parse(data)
    except NotCanonical:
        return
    assert canonical(value) == data


def test_a_digest_is_sha_256_in_small_hex():
    assert digest(b"abc") == hashlib.sha256(b"abc").hexdigest()
    assert is_digest(digest(b"abc"))
    assert not is_digest(digest(b"abc").upper())
    assert not is_digest(digest(b"abc")[:-1])
    assert not is_digest("٣" * 64)  # digits to Unicode, not to us


def the_long_way(data: bytes) -> object:
    """What `parse` says without its short way; an error where it refuses."""
    value = strict(data)
    check_same(data, canonical(value))
    return value


# Texts that are often nearly canonical: cut, spaced, escaped, with numbers that are too long.
pieces = st.sampled_from(
    ['{"a":', "[", "]", "}", ",", '"b"', '"b":', "1", "-0", "1.0", "1e3", "NaN",
     "9007199254740992", "-9007199254740991", "123456789012345678", " ",
     '"\\u00e9"', '"\u00e9"', '"e\u0301"', '"\ufb33"',
     '"\U0001f600"', '"\\ud83d"', "null", "true", '{"a":1,"a":1}', '{"b":1,"a":2}', "[" * 70]
)  # fmt: skip


@examples
@given(st.lists(pieces, max_size=6).map("".join) | values.map(lambda one: canonical(one).decode()))
def test_the_short_way_gives_what_the_long_way_gives_or_nothing(text):
    data = text.encode()
    short = parsed_at_once(data)
    if short is not None:
        assert (the_long_way(data),) == short


@pytest.mark.parametrize(
    "data",
    [b'{"a":1.0}', b'{"a":1e3}', b'{"a":NaN}', b"[Infinity]", b'{"a":1,"a":1}', b"[-0]", b"[ 1]",
     b"[9007199254740992]", b"[-9007199254740992]", b'{"b":1,"a":2}', b'["\\u00e9"]',
     b'["\\ud83d"]', '["e\u0301"]'.encode(), '{"\ufb33":1}'.encode(), b"[" * 65 + b"]" * 65,
     b'["\xff"]', b"[1", b"9007199254740992", b""],
)  # fmt: skip
def test_what_is_not_canonical_never_takes_the_short_way(data):
    assert parsed_at_once(data) is None
    with pytest.raises(NotCanonical):
        parse(data)


def test_most_entries_take_the_short_way():
    data = canonical({"said": "Zabadānī, Fu'a", "at": 1_478_260_800, "hash": "1" * 64, "n": [None]})
    assert parsed_at_once(data) == (strict(data),)


def test_depth_is_counted_outside_of_texts_only():
    assert strict(b'["' + b"[" * 100 + b'"]') == ["[" * 100]
    assert strict(b'["' + b'\\"[' * 100 + b'"]') == ['"[' * 100]
    with pytest.raises(NotCanonical, match="not JSON"):
        strict(b'["' + b"[" * 100)
    with pytest.raises(NotCanonical, match="nest deeper than 64 levels"):
        strict(b'["]"' + b"[" * 70)


def test_texts_that_are_never_closed_are_read_in_one_go():
    # Half a million escaped quotes: a reader that began anew at each of them would take minutes.
    with pytest.raises(NotCanonical, match="not JSON"):
        strict(b"[" * 60 + b"[],[],[],[]," + b'"' + b'\\"' * 500_000)
