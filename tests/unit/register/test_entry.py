"""One entry and its signed bytes."""

from __future__ import annotations

import dataclasses
import hashlib
import json

import pytest

from safeconduct.errors import ChainBroken, NotCanonical, WrongField
from safeconduct.register import NO_PREVIOUS, Handling, canonical, entry_from_bytes, next_entry
from safeconduct.register.chain import head_after
from tests.unit.register.writers import NOON, OFFICER, a_chain, an_entry, an_id

SIGNATURE = "ab" * 64


def test_the_signed_bytes_are_the_canonical_json_of_all_but_the_signature():
    entry = an_entry(evidence=("0" * 64,), recipients=("logistics cluster",))
    by_hand = {
        "author": str(OFFICER),
        "body": {"is": "statement", "number": 0},
        "claimed_at": None,
        "evidence": ["0" * 64],
        "format": "safeconduct-entry-v1",
        "handling": "internal",
        "id": an_id(0, "north"),
        "kind": "statement",
        "previous": "0" * 64,
        "recipients": ["logistics cluster"],
        "recorded_at": NOON,
        "sequence": 0,
        "writer": "north",
    }
    assert entry.signed_bytes() == json.dumps(by_hand, separators=(",", ":")).encode()
    assert entry.hash == hashlib.sha256(entry.signed_bytes()).hexdigest()


def test_a_signature_that_arrives_changes_neither_bytes_nor_hash():
    entry = an_entry()
    signed = dataclasses.replace(entry, signature=SIGNATURE)
    assert signed.signed_bytes() == entry.signed_bytes()
    assert signed != entry
    assert len({signed, entry}) == 2


def test_an_entry_comes_back_from_its_bytes():
    for entry in (*a_chain(2), an_entry(claimed_at=NOON - 5, handling=Handling.CONFIDENTIAL)):
        assert entry_from_bytes(entry.signed_bytes()) == entry
    signed = dataclasses.replace(an_entry(), signature=SIGNATURE)
    assert entry_from_bytes(signed.signed_bytes(), SIGNATURE) == signed


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"signature": SIGNATURE},
        {"claimed_at": NOON - 5, "evidence": ("0" * 64, "1" * 64), "recipients": ("WFP", "Équipe")},
        {"body": {"paraphrase": "قال إن الطريق مفتوح", "low": -3, "acts": [None, True, {}]}},
        {"handling": Handling.RESTRICTED, "kind": "receipt"},
    ],
)
def test_every_field_of_an_entry_that_is_read_is_that_of_the_entry_that_was_made(changes):
    signature = changes.get("signature")
    made = an_entry(**{name: one for name, one in changes.items() if name != "signature"})
    made = dataclasses.replace(made, signature=signature)
    read = entry_from_bytes(made.signed_bytes(), signature)
    names = [field.name for field in dataclasses.fields(made)]
    assert [(n, getattr(read, n)) for n in names] == [(n, getattr(made, n)) for n in names]
    assert [type(getattr(read, n)) for n in names] == [type(getattr(made, n)) for n in names]
    assert read.commitments == made.commitments


def test_what_happens_to_a_body_later_does_not_reach_the_entry():
    body = {"is": "statement", "acts": ["guarantee"]}
    entry = an_entry(body=body)
    before = entry.signed_bytes()
    body["acts"].append("withdraw")
    assert entry.body == {"is": "statement", "acts": ["guarantee"]}
    entry.body["acts"].append("withdraw")
    assert entry.signed_bytes() == before


def test_an_entry_knows_the_commitments_it_holds():
    other = "personal:" + "7" * 64
    entry = an_entry(body={"noted_by": other})
    assert {str(commitment) for commitment in entry.commitments} == {str(OFFICER), other}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "ABC"}, "id: The entry's id is 'ABC', where 32 lower-case hex digits is expected."),
        ({"writer": "two words"}, "writer: The entry's writer is 'two words', where a key id"),
        ({"kind": "Statement"}, "kind: The entry's kind is 'Statement', where a word"),
        ({"recorded_at": 1.5}, "recorded_at: The entry's recorded_at is 1.5, where a whole number"),
        ({"recorded_at": None}, "recorded_at: The entry's recorded_at is None"),
        ({"claimed_at": True}, "claimed_at: The entry's claimed_at is True"),
        ({"evidence": ("0" * 64,) * 2}, "where a list with nothing twice is expected"),
        ({"evidence": ("0" * 64, "photo.jpg")}, "evidence[1]: The entry's evidence[1] is 'photo"),
        ({"recipients": (" ",)}, "recipients[0]: The entry's recipients[0] is ' ', where a name"),
        ({"body": {"km": 1.5}}, "body.km: Found the number 1.5; canonical values are integers"),
        ({"recorded_at": 2**53}, "recorded_at: The number 9007199254740992 is not below 2**53"),
    ],
)
def test_a_field_that_is_not_of_its_form_is_refused(changes, message):
    with pytest.raises((WrongField, NotCanonical)) as caught:
        an_entry(**changes)
    assert message in str(caught.value)


def test_an_entry_of_unknown_signature_form_is_refused():
    with pytest.raises(WrongField, match="where 128 lower-case hex digits is expected"):
        dataclasses.replace(an_entry(), signature="ab")


@pytest.mark.parametrize("changes", [{"sequence": 1}, {"previous": "1" * 64}])
def test_zeros_for_the_previous_hash_are_for_the_first_entry_and_only_for_it(changes):
    assert an_entry().previous == NO_PREVIOUS
    with pytest.raises(WrongField, match="64 zeros for a writer's first entry, and only for it"):
        dataclasses.replace(an_entry(), **changes)


def bytes_of(**changes: object) -> bytes:
    kept = json.loads(an_entry().signed_bytes()) | changes
    return canonical({key: value for key, value in kept.items() if value is not ...})


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"[]", NotCanonical, "These 2 bytes are no entry of the format safeconduct-entry-v1."),
        (bytes_of(format="safeconduct-entry-v2"), NotCanonical, "are no entry of the format"),
        (bytes_of(extra=1), WrongField, 'extra: The entry has a field "extra", which this version'),
        (bytes_of(body=...), WrongField, 'body: The entry has no "body".'),
        (bytes_of(kind=...), WrongField, 'kind: The entry has no "kind".'),
        (bytes_of(sequence="0"), WrongField, 'sequence: Found the text "0" where a whole number'),
        (bytes_of(handling="secret"), WrongField, 'handling: The text "secret" is no Handling.'),
        (bytes_of(author="A. B."), WrongField, "author: Found 'A. B.' where a commitment"),
        (an_entry().signed_bytes() + b"\n", NotCanonical, "are not the canonical form"),
        (an_entry().signed_bytes()[:-1], NotCanonical, "This is not JSON"),
    ],
)
def test_bytes_that_are_no_entry_are_refused(data, error, message):
    with pytest.raises(error) as caught:
        entry_from_bytes(data)
    assert message in str(caught.value)


def test_the_next_entry_takes_its_place_and_previous_hash_from_the_head():
    first, second = a_chain(2)
    assert (first.sequence, first.previous) == (0, NO_PREVIOUS)
    assert (second.sequence, second.previous) == (1, first.hash)


def test_nobody_continues_the_chain_of_another():
    with pytest.raises(ChainBroken, match="Writer south cannot follow the chain of writer north"):
        next_entry(
            head_after(an_entry()),
            id=an_id(1),
            writer="south",
            recorded_at=NOON,
            author=OFFICER,
            kind="statement",
            body={},
            handling=Handling.INTERNAL,
        )
