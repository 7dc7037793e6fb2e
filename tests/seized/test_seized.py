"""A seized folder tells nothing, and the search would have seen it."""

from __future__ import annotations

from safeconduct.app.backups import back_up, read_backup
from safeconduct.register.backup import bytes_of
from tests.seized import campaign
from tests.seized.planted import found_in, items


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


def test_the_search_finds_everything_where_there_is_no_lock():
    with campaign.folder() as folder:
        campaign.filled(folder, 2, None)
        told = found_in(folder / "data", items(2))
    assert len({one.partition(" in ")[0] for one in told}) == 100
