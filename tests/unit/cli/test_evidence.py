"""The verbs of `evidence` and what `register` says of files, as a person types and reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.adapters.sqlite import SqliteStore, connection
from tests.unit.app.test_evidence_bundles import damage
from tests.unit.cli.running import Ran, safeconduct

OF = ("--of", "north-guarantees", "--shows", "the north's letter, stamped")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF-1.7 the letter of the north")
    return path


def done(*arguments: str | Path) -> str:
    """What a command that works says, as one line, since the terminal folds it."""
    ran = safeconduct(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines()), default=0) <= 80
    return text(ran)


def text(ran: Ran) -> str:
    return " ".join(ran.out.split())


def put(office: Path, letter: Path, *more: str) -> str:
    return done("evidence", "add", letter, "-r", office, *OF, "--id", "letter", *more)


def test_a_file_is_added_listed_shown_and_saved(office, letter, tmp_path):
    said = put(office, letter, "--movement", "relief-to-birch")
    assert "evidence letter 32 bytes" in said and "kept sealed" in said
    assert "kept for relief-to-birch, until `register erase --operation relief-to-birch`" in said
    assert "Recorded 1 entry" in said
    listed = done("evidence", "list", "-r", office)
    assert "relief-to-birch" in listed and listed.endswith("1 file, in 1 record.")
    shown = done("evidence", "show", "letter", "-r", office)
    for words in ("shows the north's letter", "type application/pdf, 32 bytes", "file here"):
        assert words in shown
    saved = done("evidence", "save", "letter", tmp_path / "out.pdf", "-r", office)
    assert "32 bytes with the hash on record" in saved and "open on this disk" in saved
    assert (tmp_path / "out.pdf").read_bytes() == letter.read_bytes()


def test_adding_it_again_says_that_it_is_there(office, letter):
    put(office, letter)
    said = put(office, letter)
    assert "here already, and kept once" in said
    assert "Nothing was recorded: all of it is on record." in said


def test_where_none_is_of_what_was_asked_for_the_others_are_told(office, letter):
    put(office, letter)
    said = done("evidence", "list", "-r", office, "--of", "no-such-record")
    assert said.startswith("No evidence is of what was asked for; 1 other record is")
    assert "No evidence is on record" not in said


def test_the_log_keeps_its_moments_whole_beside_long_names(office, letter):
    done("evidence", "add", letter, "-r", office, *OF, "--id", "letter-of-the-liaison-in-may")
    done("register", "erase", office, "--operation", "office", "--why", "over")
    lines = safeconduct("register", "log", office, "--last", "2").out.splitlines()
    assert lines[1][:20].endswith("Z") and not any(line.startswith("Z") for line in lines)
    assert max(map(len, lines)) <= 80


def test_an_office_without_evidence_is_told_what_to_do_next(office):
    assert done("evidence", "list", "-r", office).endswith("Next: `safeconduct evidence add`.")


def test_erasing_says_how_many_files_went_and_that_nothing_is_left(office, letter, tmp_path):
    put(office, letter, "--movement", "relief-to-birch")
    erase = ("register", "erase", office, "--operation", "relief-to-birch", "--why", "it is over")
    assert "and 1 file of evidence, with the key, of relief-to-birch: it is over" in done(*erase)
    assert done("evidence", "show", "letter", "-r", office).endswith("file erased: it is over")
    ran = safeconduct("evidence", "save", "letter", tmp_path / "out.pdf", "-r", office, "--json")
    assert (ran.code, ran.complaint["code"]) == (2, "evidence-refused")
    assert ran.complaint["facts"] == {"id": "letter", "state": "erased"}
    assert "it is erased: it is over. Its hash and what it shows" in ran.complaint["message"]


def test_each_verb_gives_its_body_as_json(office, letter, tmp_path):
    arguments = ("evidence", "add", letter, "-r", office, *OF, "--id", "letter", "--json")
    added = safeconduct(*arguments).json
    assert (added["evidence"], added["operation"], added["kept"]) == ("letter", "office", True)
    assert added["recorded"][0]["kind"] == "evidence"
    listed = safeconduct("evidence", "list", "-r", office, "--json").json
    shown = safeconduct("evidence", "show", "letter", "-r", office, "--json").json
    assert listed == {"files": 1, "evidence": [shown]}
    assert (shown["file"], shown["handling"]) == ("here", "restricted")
    target = str(tmp_path / "out.pdf")
    saved = safeconduct("evidence", "save", "letter", target, "-r", office, "--json").json
    assert saved == {"file": target} | shown


def test_what_went_into_a_bundle_and_what_stayed_is_said(office, letter):
    put(office, letter)
    (key,) = done("register", "reader").split()[-1:]
    given = ("--reader", key, "--evidence", "all")
    said = done("register", "export", office, office.with_name("1.age"), *given)
    assert "A file stays here: letter: it is restricted, and the bundle internal." in said
    more = ("--handling", "restricted", *given)
    said = done("register", "export", office, office.with_name("2.age"), *more)
    assert "1 file of evidence went along." in said
    said = done("register", "merge", office, office.with_name("2.age"))
    assert "0 files of evidence came, 1 had come before." in said


def test_a_script_notices_that_a_damaged_file_is_not_in_an_export(office, letter):
    put(office, letter, "--handling", "internal")
    damage(str(office), letter.read_bytes())
    (key,) = done("register", "reader").split()[-1:]
    given = ("--reader", key, "--evidence", "all")
    ran = safeconduct("register", "export", office, office.with_name("1.age"), *given)
    assert ran.code == 4 and office.with_name("1.age").exists()
    assert "Damaged, and not in it: letter: The file" in text(ran)
    ran = safeconduct("register", "export", office, office.with_name("2.age"), *given, "--json")
    assert ran.code == 4 and ran.json["damaged"][0].startswith("letter: ")


@pytest.mark.parametrize("what", [("--names",), ("--evidence", "all")])
def test_who_exports_for_nobody_is_told_how_a_reader_is_named(office, letter, what):
    put(office, letter, "--handling", "internal")
    ran = safeconduct("register", "export", office, office.with_name("1.bundle"), *what)
    assert ran.code == 2 and not office.with_name("1.bundle").exists()
    said = " ".join(ran.err.split())
    assert "`safeconduct register reader` on its own machine" in said
    assert "`--reader age1…`" in said


def test_who_names_a_reader_that_is_none_is_told_how_one_is_named(office):
    ran = safeconduct("register", "export", office, office.with_name("1.age"), "--reader", "birch")
    said = " ".join(ran.err.split())
    assert ran.code == 2 and "'birch' is no key that can be encrypted for" in said
    assert "`safeconduct register reader` on its own machine" in said


def test_a_register_of_an_older_version_is_told_once_on_the_side(office, monkeypatch):
    """By the steps of a version to come; `test_register_file` upgrades from the one before."""
    more = [*connection._steps(), "CREATE TABLE more (id);"]  # noqa: SLF001  # a step to come
    monkeypatch.setattr(connection, "_steps", lambda: more)
    first, second = (safeconduct("evidence", "list", "-r", office, "--json") for _ in range(2))
    assert first.json == second.json
    assert first.err.startswith(f"note: {office} was made by an older version and now has schema")
    assert "versions before this one no longer open it" in first.err
    assert second.err == ""
    SqliteStore.open(office).close()
