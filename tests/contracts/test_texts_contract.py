"""What every store promises of personal texts: none lies in clear, and none outlives its key."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path

import pytest

from safeconduct.adapters.memory import MemoryStore
from safeconduct.adapters.postgres import PostgresStore
from safeconduct.errors import EvidenceRefused, RegisterError, WrongField
from safeconduct.register import JSON, Entry, Personal, Store
from safeconduct.register.chain import head_after
from safeconduct.register.files import seal, unseal
from safeconduct.register.texts import SealedText, seal_text, unseal_text
from tests.contracts.test_store_contract import contents, make, store
from tests.postgres import run
from tests.unit.register.writers import NOON, SALT, an_entry

__all__ = ["make", "store"]

KEY = bytes(range(32))
FIRST, SECOND, THIRD = (
    Personal.of(f"Somebody Rarely-Named-{number}", bytes([0xA1 + number]) * 32)
    for number in range(3)
)


def told(*texts: Personal, movement: str = "", **changes: object) -> Entry:
    """An entry about a movement, or the office, that commits to these texts."""
    about: dict[str, JSON] = {"movement": movement} if movement else {}
    body: JSON = {"is": "decision", "by": [str(one.commitment) for one in texts], **about}
    return an_entry(body=body, kind="decision", **changes)


def after(entry: Entry, *texts: Personal, movement: str = "") -> Entry:
    return told(*texts, movement=movement, head=head_after(entry))


def opening(texts: Iterable[SealedText], keys: Iterable[bytes]) -> set[str]:
    """What somebody reads who has these sealed texts and these keys, each tried on each."""
    found, keys = set(), tuple(keys)
    for text in texts:
        for key in keys:
            try:
                found.add(unseal_text(text, key).value)
            except RegisterError:
                continue
    return found


def keys_of(store: Store) -> list[bytes]:
    """Every key that the store has."""
    named = {*(one.operation for one in store.texts()), *(at.operation for at in store.files())}
    named |= {"office", "convoy-3", "convoy-4"}
    return [key for name in sorted(named) if (key := store.operation_key(name)) is not None]


def raw(store: Store, folder: Path) -> bytes:
    """All bytes that the store keeps its contents in, as one who takes them would read them."""
    if isinstance(store, MemoryStore):
        return repr(vars(store)).encode()
    if isinstance(store, PostgresStore):
        schema = store._line.address.register  # noqa: SLF001  # where another would look
        tables = run("SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema,))
        rows = [run(f'SELECT t::text FROM {schema}."{table}" AS t') for (table,) in tables]
        return repr(rows).encode()
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def forms(content: Personal) -> tuple[bytes, ...]:
    """A text and its salt as bytes, and as a server prints bytes."""
    plain = (content.value.encode(), content.salt)
    return (*plain, *(one.hex().encode() for one in plain), repr(content.salt).encode())


def test_a_text_lies_sealed_with_the_key_of_the_operation_of_its_entry(store):
    decision = told(FIRST, movement="convoy-3")
    store.append_all([decision, after(decision, SECOND)], [FIRST, SECOND])
    lying = {text.commitment: text for text in store.texts()}
    assert list(lying) == sorted((FIRST.commitment, SECOND.commitment))
    for content, operation in ((FIRST, "convoy-3"), (SECOND, "office")):
        text, key = lying[content.commitment], store.operation_key(operation)
        assert text.operation == operation
        assert unseal_text(text, key) == content
        assert store.personal(content.commitment) == content.value
    assert store.operation_key("convoy-3") != store.operation_key("office")


def test_nothing_that_a_store_keeps_holds_a_text_or_its_salt(store, tmp_path):
    store.append(told(FIRST, SECOND, movement="convoy-3"), [FIRST, SECOND])
    assert list(store.contents()) == sorted((FIRST, SECOND), key=lambda one: one.commitment)
    kept = raw(store, tmp_path)
    if not getattr(store, "locked", False):  # so it is looked for where it would be
        assert FIRST.commitment.sha256.encode() in kept
    assert [form for content in (FIRST, SECOND) for form in forms(content) if form in kept] == []


def test_two_texts_are_never_sealed_with_the_same_nonce(store):
    texts = [Personal.of(str(number), SALT) for number in range(50)]
    store.append(told(*texts), texts)
    assert len({text.nonce for text in store.texts()}) == 50
    assert len({text.operation for text in store.texts()}) == 1


def test_a_text_of_several_entries_is_sealed_for_the_first_of_them(store):
    first = told(FIRST, movement="convoy-4", recorded_at=NOON + 90)
    earlier = an_entry(writer="south", body={"movement": "convoy-3", "by": str(FIRST.commitment)})
    store.append_all([first, earlier], [FIRST])
    (text,) = store.texts()
    assert text.operation == "convoy-3"


def test_a_text_of_an_operation_with_any_name_is_kept(store):
    name = "convoy \x00 'пять'"
    store.append(told(FIRST, movement=name), [FIRST])
    assert [text.operation for text in store.texts()] == [name]
    assert store.personal(FIRST.commitment) == FIRST.value
    assert store.destroy([FIRST.commitment]) == (1, 0)
    assert store.operation_key(name) is None


def test_erasing_destroys_the_key_and_no_copy_without_it_opens(store):
    store.append(told(FIRST, movement="convoy-3"), [FIRST])
    copied, key = store.texts(), store.operation_key("convoy-3")
    before = contents(store)
    assert store.erase(FIRST.commitment) is True
    assert store.texts() == () and store.operation_key("convoy-3") is None
    assert opening(copied, keys_of(store)) == set()
    assert contents(store) == before
    # No more than that is promised: whoever copied the key as well reads the text for ever.
    assert opening(copied, [key]) == {FIRST.value}


def test_what_stays_of_an_operation_is_sealed_anew_so_that_the_old_key_is_of_no_use(store):
    store.append(told(FIRST, SECOND, movement="convoy-3"), [FIRST, SECOND])
    copied, old = store.texts(), store.operation_key("convoy-3")
    file = seal(b"a letter", "convoy-3", old, bytes(12))
    store.keep(file, old)
    assert store.destroy([FIRST.commitment]) == (1, 0)
    new = store.operation_key("convoy-3")
    assert new is not None and new != old
    assert store.personal(SECOND.commitment) == SECOND.value
    assert list(store.contents()) == [SECOND]
    assert unseal(store.file(file.at), new) == b"a letter"
    assert opening(copied, keys_of(store)) == set()
    assert opening(store.texts(), [old]) == set()
    with pytest.raises(EvidenceRefused, match="is not the one that the file was sealed with"):
        store.keep(seal(b"another", "convoy-3", old, bytes(12)), old)


def test_texts_and_files_go_together_and_the_keys_of_others_stay(store):
    first = told(FIRST, movement="convoy-3")
    second = after(first, SECOND, movement="convoy-4")
    store.append_all([first, second, after(second, THIRD)], [FIRST, SECOND, THIRD])
    keys = {name: store.operation_key(name) for name in ("convoy-3", "convoy-4", "office")}
    files = [seal(b"a letter", name, key, bytes(12)) for name, key in keys.items()]
    for file, key in zip(files, keys.values(), strict=True):
        store.keep(file, key)
    assert store.destroy([FIRST.commitment], [files[0].at]) == (1, 1)
    assert store.operation_key("convoy-3") is None
    assert [store.operation_key(name) for name in ("convoy-4", "office")] == [
        keys["convoy-4"], keys["office"]
    ]  # fmt: skip
    assert {one.value for one in store.contents()} == {SECOND.value, THIRD.value}
    assert [at.operation for at in store.files()] == ["convoy-4", "office"]
    assert store.destroy([FIRST.commitment], [files[0].at]) == (0, 0)


def test_a_text_that_is_entered_later_has_a_new_key(store):
    first = told(FIRST, movement="convoy-3")
    store.append(first, [FIRST])
    old = store.operation_key("convoy-3")
    store.erase(FIRST.commitment)
    store.append(after(first, SECOND, movement="convoy-3"), [SECOND])
    assert store.operation_key("convoy-3") not in (None, old)
    assert store.personal(SECOND.commitment) == SECOND.value


def test_text_whose_entry_is_not_kept_leaves_neither_text_nor_key(store):
    first = told(FIRST, movement="convoy-3")
    broken = dataclasses.replace(after(first), previous="1" * 64)
    with pytest.raises(RegisterError):
        store.append_all([first, broken], [FIRST])
    assert store.texts() == () and store.operation_key("convoy-3") is None


# -- sealing


def sealed(content: Personal = FIRST, operation: str = "convoy-3") -> SealedText:
    return seal_text(content, operation, KEY, bytes(12))


def test_a_sealed_text_is_as_long_as_text_salt_and_code():
    assert len(sealed().sealed) == len(FIRST.value) + 32 + 16
    assert unseal_text(sealed(), KEY) == FIRST


@pytest.mark.parametrize(
    "changes",
    [
        {"sealed": b"\x00" + sealed().sealed[1:]},
        {"sealed": b""},
        {"nonce": bytes(11) + b"\x01"},
        {"operation": "office"},
        {"commitment": SECOND.commitment},
    ],
    ids=["a byte changed", "nothing left", "nonce", "operation", "commitment"],
)
def test_a_text_opens_only_as_it_was_kept(changes):
    with pytest.raises(RegisterError, match="does not open: its bytes, or the key") as caught:
        unseal_text(dataclasses.replace(sealed(), **changes), KEY)
    assert "or erase what was entered for the operation" in str(caught.value)


def test_a_sealed_text_has_a_whole_nonce():
    with pytest.raises(WrongField, match="a nonce of 4 bytes; 12 bytes are expected"):
        SealedText(FIRST.commitment, "office", bytes(4), b"")
