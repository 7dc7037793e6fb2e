"""Addresses of registers on a server: what is read, what is refused, what is never shown."""

from __future__ import annotations

import pytest

from safeconduct.adapters.postgres import Address, PostgresStore
from safeconduct.errors import RegisterError, WrongField


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://localhost/office", "postgresql://localhost/office#safeconduct"),
        ("postgres://localhost/office#north", "postgresql://localhost/office#north"),
        ("postgresql://h/office?register=north", "postgresql://h/office#north"),
        ("postgresql://h/office?register=north#north", "postgresql://h/office#north"),
        ("postgresql://amina:secret@h:5433/office#x1", "postgresql://amina@h:5433/office#x1"),
        ("postgresql:///office", "postgresql:///office#safeconduct"),
        ("postgresql://[::1]:5432/office", "postgresql://[::1]:5432/office#safeconduct"),
    ],
)
def test_an_address_is_shown_with_its_register_and_without_a_password(text, shown):
    assert Address.read(text).shown == shown
    assert "secret" not in repr(Address.read(text))


def test_what_the_client_library_knows_is_passed_on_and_the_register_is_not():
    told = Address.read("postgresql://a:p%40w@h:1/db?register=x&sslmode=require&connect_timeout=3")
    assert told.settings["password"] == "p@w"
    assert told.settings["sslmode"] == "require"
    assert told.settings["connect_timeout"] == "3"
    assert told.settings["keepalives_idle"] == "30"
    assert "register" not in told.settings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mysql://h/db", "begins with postgresql://"),
        ("postgresql://h/db?register=a#b", "names two registers"),
        ("postgresql://u:se@cret@h/db", "more than one @"),
        ("postgresql://u:se@h:cret/db", "port in the address is not a number"),
        ("postgresql://u:secret@h/db?regster=a", "cannot read the address"),
        ("postgresql://u:se%cret@h/db", "cannot read the address"),
        ("postgresql://h/db#North", "'North' cannot be the name of a register"),
        ("postgresql://h/db#pg_north", "cannot be the name"),
        ("postgresql://h/db#public", "cannot be the name"),
        ("postgresql://h/db#a%22;drop", "cannot be the name"),
        ("postgresql://h/db#" + "a" * 64, "cannot be the name"),
    ],
)
def test_an_address_that_is_none_is_refused_without_its_password(text, found):
    with pytest.raises(WrongField) as caught:
        Address.read(text)
    assert found in str(caught.value)
    assert "cret" not in str(caught.value).replace("postgresql", "")
    assert caught.value.__cause__ is None


def test_a_server_that_is_not_there_is_told_with_what_to_do_and_without_the_password():
    # Nothing listens on port 1; were something there, it would be no PostgreSQL server.
    with pytest.raises(RegisterError) as caught:
        PostgresStore.open("postgresql://amina:s3cr3t@127.0.0.1:1/office")
    told = str(caught.value)
    assert told.startswith("postgresql://amina@127.0.0.1:1/office#safeconduct: The server cannot ")
    assert "Check that it runs and can be reached from here" in told
    assert "s3cr3t" not in told


def test_a_password_in_a_message_of_the_server_is_blacked_out():
    address = Address.read("postgresql://amina:s3cr3t@h/db")
    assert address.without_secrets("no such s3cr3t") == "no such ***"
