"""What every store promises of files of evidence and their keys, asked of each adapter."""

from __future__ import annotations

import dataclasses

import pytest

from safeconduct.errors import EvidenceRefused, WrongField
from safeconduct.register import verify_chain
from safeconduct.register.files import Filed, SealedFile, seal, unseal
from tests.contracts.test_store_contract import a_chain, contents, make, store

__all__ = ["make", "store"]

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
LETTER, PHOTO = b"a scanned letter", b"\x00a photo\xff" * 5000


def sealed(
    data: bytes, operation: str = "convoy-3", key: bytes = KEY, number: int = 0
) -> SealedFile:
    return seal(data, operation, key, number.to_bytes(12, "big"))


def test_a_new_store_keeps_no_file_and_no_key(store):
    assert store.files() == ()
    assert store.operation_key("convoy-3") is None
    assert store.file(Filed("convoy-3", "0" * 64)) is None


def test_an_operation_has_the_first_key_it_was_given(store):
    assert store.operation_key("convoy-3", KEY) == KEY
    assert store.operation_key("convoy-3", OTHER) == KEY
    assert store.operation_key("convoy-3") == KEY
    assert store.operation_key("convoy-4") is None
    assert store.operation_key("convoy \x00 'пять'", OTHER) == OTHER
    assert store.operation_key("convoy \x00 'пять'") == OTHER


def test_a_file_comes_back_byte_for_byte(store):
    store.operation_key("convoy-3", KEY)
    letter, photo = sealed(LETTER), sealed(PHOTO, number=1)
    assert store.keep(letter, KEY) is True
    assert store.keep(photo, KEY) is True
    assert store.files() == tuple(sorted([letter.at, photo.at]))
    assert store.file(letter.at) == letter
    assert unseal(store.file(photo.at), KEY) == PHOTO


def test_the_same_file_is_kept_once_for_each_operation(store):
    store.operation_key("convoy-3", KEY)
    store.operation_key("office", OTHER)
    first = sealed(LETTER)
    assert store.keep(first, KEY) is True
    assert store.keep(sealed(LETTER, number=1), KEY) is False
    assert store.file(first.at) == first
    assert store.keep(sealed(LETTER, "office", OTHER), OTHER) is True
    assert [at.operation for at in store.files()] == ["convoy-3", "office"]


def test_a_file_that_was_sealed_with_another_key_is_refused(store):
    with pytest.raises(EvidenceRefused, match="is not the one that the file was sealed with"):
        store.keep(sealed(LETTER), KEY)
    store.operation_key("convoy-3", OTHER)
    with pytest.raises(EvidenceRefused, match="add the file again if it is still wanted"):
        store.keep(sealed(LETTER), KEY)
    assert store.files() == ()


def test_destroying_a_key_takes_its_files_and_leaves_all_else(store):
    store.append_all(a_chain(3))
    before = contents(store)
    store.operation_key("convoy-3", KEY)
    store.operation_key("office", OTHER)
    for file, key in (
        (sealed(LETTER), KEY),
        (sealed(PHOTO, number=1), KEY),
        (sealed(LETTER, "office", OTHER), OTHER),
    ):
        store.keep(file, key)
    going = [at for at in store.files() if at.operation == "convoy-3"]
    assert store.destroy(files=going) == (0, 2)
    assert store.operation_key("convoy-3") is None
    assert store.file(sealed(LETTER).at) is None
    assert unseal(store.file(Filed("office", sealed(LETTER).at.sha256)), OTHER) == LETTER
    assert contents(store) == before
    verify_chain(store.entries())
    assert store.destroy(files=going) == (0, 0)
    assert store.destroy(files=[Filed("convoy-4", "0" * 64)]) == (0, 0)


def test_what_stays_of_an_operation_is_kept_under_a_new_key(store):
    store.operation_key("convoy-3", KEY)
    letter, photo = sealed(LETTER), sealed(PHOTO, number=1)
    for file in (letter, photo):
        store.keep(file, KEY)
    assert store.destroy(files=[letter.at]) == (0, 1)
    new = store.operation_key("convoy-3")
    assert new not in (None, KEY)
    assert store.files() == (photo.at,)
    assert unseal(store.file(photo.at), new) == PHOTO
    with pytest.raises(EvidenceRefused):
        store.keep(sealed(LETTER), KEY)
    assert store.keep(sealed(LETTER, key=new, number=2), new)


def test_a_file_that_does_not_open_goes_with_its_key(store):
    store.operation_key("convoy-3", KEY)
    store.keep(sealed(LETTER), KEY)
    spoilt = dataclasses.replace(sealed(PHOTO, number=1), sealed=b"other bytes")
    store.keep(spoilt, KEY)
    assert store.destroy(files=[sealed(LETTER).at]) == (0, 1)
    assert store.files() == () and store.operation_key("convoy-3") is None


# -- sealing


def test_what_is_sealed_tells_nothing_and_opens_with_its_key_alone():
    file = sealed(LETTER)
    assert LETTER not in file.sealed and len(file.sealed) == len(LETTER) + 16
    assert unseal(file, KEY) == LETTER
    with pytest.raises(EvidenceRefused, match="does not open"):
        unseal(file, OTHER)


@pytest.mark.parametrize(
    "changes",
    [
        {"sealed": b"\x00" + sealed(LETTER).sealed[1:]},
        {"sealed": b""},
        {"nonce": bytes(11) + b"\x01"},
        {"at": Filed("office", sealed(LETTER).at.sha256)},
        {"at": Filed("convoy-3", sealed(PHOTO).at.sha256)},
    ],
    ids=["a byte changed", "nothing left", "nonce", "operation", "hash"],
)
def test_a_file_opens_only_as_it_was_kept(changes):
    with pytest.raises(EvidenceRefused, match="Take the file from a backup") as caught:
        unseal(dataclasses.replace(sealed(LETTER), **changes), KEY)
    assert caught.value.code == "evidence-refused"


def test_a_sealed_file_is_named_by_a_hash_and_has_a_whole_nonce():
    with pytest.raises(WrongField, match="a SHA-256 and 12 bytes are expected"):
        SealedFile(Filed("office", "letter.pdf"), bytes(12), b"")
    with pytest.raises(WrongField, match="a nonce of 4 bytes"):
        SealedFile(sealed(LETTER).at, bytes(4), b"")
