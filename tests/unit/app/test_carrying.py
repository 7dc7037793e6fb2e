"""A register carried to another store is the same register, locked where a passphrase is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from safeconduct.adapters.keys import KeyFolder
from safeconduct.adapters.stores import open_store
from safeconduct.app.carrying import migrate, rebuild
from safeconduct.app.contacts import add_contact
from safeconduct.app.erasing import erase
from safeconduct.app.exchanging import export_bundle, merge_bundle, reader
from safeconduct.app.founding import init
from safeconduct.app.keying import trust
from safeconduct.errors import KeyRefused, Locked, RegisterExists
from safeconduct.register import register_head, roots_of
from safeconduct.register.erasing import OFFICE
from tests.postgres import drop_made, new_address
from tests.unit.app import offices

REACH = "+00 555 0100"


@pytest.fixture
def office(tmp_path: Path) -> str:
    return str(offices.make(tmp_path))


@pytest.fixture
def address() -> Iterator[str]:
    yield new_address()
    drop_made()


def texts(path: str) -> list[str]:
    with closing(open_store(path)) as store:
        return [content.value for content in store.contents()]


def head(path: str) -> str:
    with closing(open_store(path)) as store:
        return register_head(roots_of(store))


def test_a_clear_register_becomes_a_locked_one(office, tmp_path, monkeypatch):
    target = str(tmp_path / "locked.reg")
    monkeypatch.setenv("SAFECONDUCT_PASSPHRASE", "a phrase")
    done = migrate(office, target)
    assert not done.clear and done.head == head(office) == head(target)
    assert texts(target) == texts(office)
    assert REACH.encode() in Path(office).read_bytes()
    assert REACH.encode() not in Path(target).read_bytes()
    with pytest.raises(RegisterExists):
        migrate(office, target)
    monkeypatch.delenv("SAFECONDUCT_PASSPHRASE")
    with pytest.raises(Locked):
        migrate(target, str(tmp_path / "other"))


def test_to_a_server_and_back_with_every_hash(office, address, tmp_path):
    back = str(tmp_path / "back.reg")
    assert migrate(office, address).head == migrate(address, back).head == head(office)
    assert texts(back) == texts(office)
    assert rebuild(address).views
    assert not rebuild(back).views


def test_verbs_write_to_a_server_as_to_a_file(office, address):
    migrate(office, address)
    before = head(address)
    add_contact(address, "new-desk", party="north", role="liaison officer")
    assert head(address) != before
    with pytest.raises(KeyRefused, match="an older copy"):
        add_contact(office, "new-desk", party="north", role="liaison officer")


def test_an_erasure_that_comes_by_bundle_erases_here_too(office, tmp_path):
    other = str(tmp_path / "other.reg")
    init(other, office="another", device="desk")
    with closing(open_store(office)) as store:
        root = KeyFolder.own().find(store.root)
    assert root is not None
    trust(other, "office", "root", root.public.hex())
    first, second = str(tmp_path / "first.age"), str(tmp_path / "second.age")
    export_bundle(office, first, handling="internal", names=True, readers=[reader()])
    assert merge_bundle(other, first).forgotten == ()
    assert REACH in texts(other)
    erase(office, OFFICE, "six months are over")
    export_bundle(office, second, handling="internal", readers=[reader()])
    told = merge_bundle(other, second).forgotten
    assert [(one.operation, one.why) for one in told] == [(OFFICE, "six months are over")]
    assert REACH not in texts(other)
    assert REACH.encode() not in Path(other).read_bytes()
