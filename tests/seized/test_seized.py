"""A seized folder tells nothing, and the search would have seen it."""

from __future__ import annotations

import pytest

from safeconduct.app.backups import back_up, read_backup
from safeconduct.register.backup import bytes_of
from tests.seized import campaign
from tests.seized.planted import Item, found_in, items, of_text

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


def test_the_search_finds_everything_where_there_is_no_lock():
    with campaign.folder() as folder:
        campaign.filled(folder, 2, None)
        told = found_in(folder / "data", items(2))
    assert len({one.partition(" in ")[0] for one in told}) == 100


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
