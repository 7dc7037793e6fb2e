"""Personal text beside the entries: hidden, found again, erased."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.errors import WrongField
from safeconduct.register import Commitment, Personal, commit, decode, encode, reveal, split, verify
from safeconduct.register.personal import commitments_in
from tests.unit.register.writers import SALT, examples

OTHER_SALT = bytes(32)


def test_a_commitment_is_sha_256_over_domain_salt_and_nfc_text():
    by_hand = hashlib.sha256(b"safeconduct-personal-v1\x00" + SALT + "Amélie".encode()).hexdigest()
    assert commit("Amélie", SALT) == Commitment(by_hand)
    assert commit("Ame\u0301lie", SALT) == Commitment(by_hand)


def test_the_same_name_with_another_salt_cannot_be_recognised():
    assert commit("Amélie", SALT) != commit("Amélie", OTHER_SALT)


def test_a_commitment_verifies_its_own_text_and_salt_only():
    made = commit("Amélie", SALT)
    assert verify(made, "Amélie", SALT)
    assert not verify(made, "Amelie", SALT)
    assert not verify(made, "Amélie", OTHER_SALT)


def test_a_salt_has_one_length_so_that_salt_and_text_cannot_be_cut_in_two_ways():
    with pytest.raises(WrongField, match="A salt of 16 bytes was given; salts are 32 bytes"):
        commit("Amélie", bytes(16))


def test_content_that_does_not_match_its_commitment_is_refused():
    with pytest.raises(WrongField, match="does not match it"):
        Personal(commit("Amélie", SALT), SALT, "Amelie")


def test_a_commitment_is_written_so_that_it_can_be_told_from_other_text():
    made = commit("Amélie", SALT)
    assert encode(made) == f"personal:{made.sha256}"
    assert decode(Commitment, encode(made)) == made


@pytest.mark.parametrize("data", ["Amélie", 3, "personal:abc", "personal:" + "G" * 64])
def test_what_is_no_commitment_is_refused(data):
    with pytest.raises(WrongField, match="commitment"):
        decode(Commitment, data)


BODY = {"officer": "A. B.", "contacts": [{"name": "C. D.", "role": "liaison"}]}
SALTS = {"officer": SALT, "contacts[0].name": OTHER_SALT}


def test_a_body_is_split_into_commitments_and_contents():
    hidden, (contact, officer) = split(BODY, SALTS)
    assert (contact.value, officer.value) == ("C. D.", "A. B.")
    assert hidden == {
        "officer": str(officer.commitment),
        "contacts": [{"name": str(contact.commitment), "role": "liaison"}],
    }
    assert BODY["officer"] == "A. B."  # the body that was given is not changed


def test_what_is_still_known_is_revealed_and_what_was_erased_is_not():
    hidden, (contact, officer) = split(BODY, SALTS)
    known = {content.commitment: content.value for content in (contact, officer)}
    assert reveal(hidden, known.get) == BODY
    del known[officer.commitment]
    assert reveal(hidden, known.get) == BODY | {"officer": str(officer.commitment)}


def test_text_that_only_looks_like_a_commitment_is_left_alone():
    assert reveal(["personal: call first"], {}.__getitem__) == ["personal: call first"]


@pytest.mark.parametrize(
    "path", ["oficer", "contacts", "contacts[1].name", "contacts.name", "officer[0]", "officer.x"]
)
def test_a_path_at_which_no_text_stands_is_refused(path):
    with pytest.raises(WrongField) as caught:
        split(BODY, {path: SALT})
    assert str(caught.value).startswith(f"{path}: No text stands here")


def test_only_whole_texts_count_as_commitments():
    made = commit("Amélie", SALT)
    assert commitments_in(f'["{made}","x"]'.encode()) == {made}
    assert commitments_in(f'["see {made}","\\"{made}\\""]'.encode()) == frozenset()


@examples
@given(st.text(st.characters(codec="utf-8")), st.binary(min_size=32, max_size=32))
def test_every_text_that_is_split_off_verifies(text, salt):
    hidden, (content,) = split({"a": [text]}, {"a[0]": salt})
    assert verify(content.commitment, text, salt)
    assert hidden == {"a": [str(content.commitment)]}
