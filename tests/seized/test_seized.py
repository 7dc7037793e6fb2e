"""A seized folder tells nothing, and the search would have seen it."""

from __future__ import annotations

from contextlib import closing

import pytest

from safeconduct.adapters.postgres import PostgresStore
from safeconduct.app.backups import back_up, read_backup
from safeconduct.register.backup import bytes_of
from tests.postgres import drop_made, name_of, new_address, run
from tests.seized import campaign
from tests.seized.planted import NAMES, PLACES, Item, found_in, items, names, of_text

FILE = Item("Letter of Kathamo Zelu.pdf", of_text("Letter of Kathamo Zelu.pdf"))
WORDS = "signed for the brigade by Kathamo Zelu"
CONTENT = Item("what it holds", of_text(WORDS))


def test_no_byte_of_a_locked_register_tells_what_was_recorded():
    looked, found = campaign.seized(1)
    assert (looked, found) == (300, [])


def test_a_backup_of_a_clear_register_tells_nothing_and_holds_everything(monkeypatch):
    with campaign.folder() as folder:
        campaign.filled(folder, 3, None)
        data, kept = folder / "data", folder / "kept"
        kept.mkdir()
        monkeypatch.setenv("SAFECONDUCT_HOME", str(data / "home"))
        monkeypatch.setenv("SAFECONDUCT_PASSPHRASE", campaign.PHRASE)
        back_up(str(data / "office.reg"), str(kept / "office.backup"))
        assert found_in(kept, items(3)) == []
        (kept / "plain").write_bytes(bytes_of(read_backup(str(kept / "office.backup"))))
        assert len({one.partition(" in ")[0] for one in found_in(kept, items(3))}) == 100


def test_a_clear_register_tells_every_place_and_no_name():
    """So the search would see them in a locked one; names lie sealed without a lock, too."""
    told, unseen = campaign.in_clear(2)
    assert len(told) == PLACES and told.isdisjoint(names(2))
    assert unseen == set()


def test_no_page_and_no_log_of_a_server_tells_a_name():
    """The server is given no name in clear: not in its tables, its indexes or its log of writes."""
    with campaign.folder() as folder:
        campaign.filled(folder, 4, None)
        began = log_position()
        address = new_address()
        campaign.asked(folder, None, "register", "migrate", "data/office.reg", address)
        with closing(PostgresStore.open(address)) as store:
            assert set(names(4)) <= {one.value for one in store.contents()}
            (*_, text) = store.texts()
        taken = folder / "taken"
        taken.mkdir()
        for number, data in enumerate([*pages(name_of(address)), *log_since(began)]):
            (taken / str(number)).write_bytes(data)
        wanted = tuple(item for item in items(4) if item.shown in names(4))
        assert len(wanted) == NAMES and found_in(taken, wanted) == []
        control = Item("a sealed text", (text.sealed,))  # so a name would be seen there
        assert len(found_in(taken, (control,))) >= 2
    drop_made()


def pages(schema: str) -> list[bytes]:
    """What the server's files hold of all tables and indexes of a schema."""
    run("CHECKPOINT")
    rows = run(
        "SELECT pg_read_binary_file(pg_relation_filepath(c.oid)) FROM pg_class AS c "
        "WHERE c.relkind IN ('r', 'i') AND c.relnamespace = %s::regnamespace "
        "OR c.oid IN (SELECT reltoastrelid FROM pg_class WHERE relnamespace = %s::regnamespace)",
        (schema, schema),
    )
    return [bytes(data) for (data,) in rows if data is not None]


def log_position() -> str:
    ((at,),) = run("SELECT pg_walfile_name(pg_current_wal_lsn())")
    return str(at)


def log_since(first: str) -> list[bytes]:
    """The segments of the server's write-ahead log from this one on."""
    rows = run(
        "SELECT pg_read_binary_file('pg_wal/' || name) FROM pg_ls_waldir() "
        "WHERE name BETWEEN %s AND pg_walfile_name(pg_current_wal_lsn())",
        (first,),
    )
    return [bytes(data) for (data,) in rows]


@pytest.mark.parametrize("phrase", [None, campaign.PHRASE], ids=["clear", "locked"])
def test_no_byte_tells_what_a_file_of_evidence_holds_or_how_it_was_called(phrase):
    """Not even without a lock: the file is sealed by itself, and its name is not kept."""
    with campaign.folder() as folder:
        campaign.filled(folder, 3, phrase)
        given = folder / FILE.shown
        given.write_text(WORDS)
        campaign.asked(folder, phrase, "evidence", "add", str(given), "-r", "data/office.reg",
                       "--of", "north-letter", "--shows", "a page", "--id", "letter")  # fmt: skip
        assert found_in(folder / "data", (FILE, CONTENT)) == []
        campaign.asked(folder, phrase, "evidence", "save", "letter", f"data/{FILE.shown}",
                       "-r", "data/office.reg")  # fmt: skip
        told = found_in(folder / "data", (FILE, CONTENT))  # so the search would have seen it
        assert told == [f"{one.shown} in {FILE.shown}" for one in (FILE, CONTENT)]
