"""Keys of a register by its verbs: who may write, what counts, and copies that must not go on."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from safeconduct.adapters.clock import now
from safeconduct.adapters.keys import KeyFolder
from safeconduct.app import founding
from safeconduct.app.exchanging import export_bundle, merge_bundle, reader
from safeconduct.app.founding import init, join
from safeconduct.app.hearing import doubted
from safeconduct.app.keying import KeyList, introduce, list_keys, new_key, revoke, rotate, trust
from safeconduct.app.looking import diff, show
from safeconduct.app.opening import open_register
from safeconduct.app.registers import record
from safeconduct.app.verifying import verify_file
from safeconduct.errors import (
    BundleRefused,
    KeyRefused,
    Locked,
    RegisterExists,
    UnknownReference,
    WrongField,
)
from safeconduct.register.hand import SecretHand
from tests.unit.app.folders import TWO_TOWNS

GROUND = ["area", "area", "network"]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Sits down at one of several machines, each with keys of its own."""

    def at(name: str) -> None:
        monkeypatch.setenv("SAFECONDUCT_HOME", str(tmp_path / f"home of {name}"))

    at("goma")
    return at


@pytest.fixture
def path(tmp_path: Path, machine) -> str:
    """A register of an office, with the ground of two towns."""
    found = tmp_path / "goma.register"
    init(str(found), "goma")
    record(str(found), str(TWO_TOWNS))
    return str(found)


def kinds(path: str) -> list[str]:
    """The kinds of the entries that count now, keys and receipts left out."""
    with closing(open_register(path)) as opened:
        return [e.kind for e in opened.view().entries if e.kind in ("area", "network")]


def states(path: str) -> dict[str, tuple[int, list[str]]]:
    """Of each writer's device how much it has written, and what is to be doubted of it."""
    return {
        row.writer.split(":")[0] + ("*" if row.is_root else ""): (
            row.state.size,
            sorted(doubt.value for doubt in row.state.doubts),
        )
        for row in list_keys(path).rows
    }


def notes(path: str) -> list[str]:
    """What an answer given now tells of writers in doubt."""
    with closing(open_register(path)) as opened:
        moment = now()
        return list(doubted(opened.situation(moment, moment).hearing, ()))


def test_a_new_register_believes_its_root_and_the_machine_that_the_root_introduced(path):
    assert kinds(path) == GROUND
    assert states(path) == {"laptop": (3, []), "root*": (2, [])}
    found = verify_file(path)
    assert found.holds and sum(one.signed for one in found.chains) == 5


def test_a_register_that_cannot_be_made_takes_no_key_that_was_made_meanwhile(
    path, tmp_path, machine, monkeypatch
):
    other = str(tmp_path / "other.register")

    def taken(*given: object, **how: object) -> None:
        monkeypatch.undo()
        machine("goma")
        init(other, "hill")
        raise RegisterExists("Something is there.", "Choose another path.")

    machine("goma")
    monkeypatch.setattr(founding, "create_store", taken)
    with pytest.raises(RegisterExists):
        init(str(tmp_path / "third.register"))
    assert {row.ours for row in list_keys(other).rows} == {True}
    assert len(list(KeyFolder.own().all())) == 4


def test_what_is_no_bundle_is_named_with_what_makes_one(path):
    with pytest.raises(BundleRefused, match="do not begin as a bundle does") as caught:
        merge_bundle(path, path)
    assert caught.value.file == path
    assert "`safeconduct register export`" in caught.value.remedy


def test_what_is_changed_in_the_file_is_found_by_its_signature(path):
    from safeconduct.adapters.sqlite import SqliteStore  # to reach under the register

    with closing(SqliteStore.open(path)) as store:
        entry = next(one for one in store.entries() if one.kind == "network")
        signature = ("0" if entry.signature[0] != "0" else "1") + entry.signature[1:]
        raw = store._connection  # noqa: SLF001  # as another program would
        raw.execute("DROP TRIGGER entries_are_never_changed").fetchall()
        raw.execute(
            "UPDATE entries SET signature = ? WHERE id = ?", (signature, entry.id)
        ).fetchall()
    assert kinds(path) == ["area", "area"]  # the last one is not vouched for any more
    found = verify_file(path)
    assert not found.holds and "laptop" in " ".join(found.says())
    assert not show(path, "roads").counts


def test_a_key_that_nobody_introduced_writes_what_does_not_count_until_somebody_has(
    path, machine, tmp_path
):
    tablet = str(tmp_path / "tablet.register")
    root = list_keys(path).root
    machine("tablet")
    joined = join(tablet, root, "tablet")
    assert joined.introduced is False
    record(tablet, str(TWO_TOWNS))
    assert kinds(tablet) == []
    machine("goma")
    assert introduce(path, "tablet", joined.public).introduced is True
    export_bundle(path, str(tmp_path / "1"), handling="internal")
    machine("tablet")
    merge_bundle(tablet, str(tmp_path / "1"))
    assert kinds(tablet)[:3].count("area") == 2 and "network" in kinds(tablet)
    assert states(tablet)["tablet"][1] == []


def test_an_encrypted_bundle_opens_for_its_reader_and_for_nobody_else(path, machine, tmp_path):
    tablet, file = str(tmp_path / "tablet.register"), str(tmp_path / "1.age")
    machine("tablet")
    joined = join(tablet, list_keys(path).root, "tablet")
    theirs = reader()
    machine("goma")
    introduce(path, "tablet", joined.public)
    done = export_bundle(path, file, handling="internal", readers=[theirs], names=True)
    assert (done.entries, done.withheld, done.encrypted) == (6, 0, True)
    with pytest.raises(BundleRefused, match="encrypted"):
        merge_bundle(path, file)
    machine("tablet")
    assert merge_bundle(tablet, file).merged.new == 6
    assert merge_bundle(tablet, file).merged.receipt is None
    assert verify_file(file, list_keys(path).root).holds


def test_what_a_level_keeps_back_stays_visible_as_a_place(path, machine, tmp_path):
    other, file = str(tmp_path / "other.register"), str(tmp_path / "1")
    machine("other")
    joined = join(other, list_keys(path).root, "other")
    machine("goma")
    introduce(path, "other", joined.public)
    done = export_bundle(path, file, handling="public")
    assert (done.entries, done.withheld) == (3, 3)  # what the root said of keys is public
    machine("other")
    merge_bundle(other, file)
    assert kinds(other) == []
    assert states(other)["laptop"] == (3, ["withheld"])
    (note,) = notes(other)
    assert "The word of laptop:" in note and "(withheld)" in note and "withdrawal" in note
    assert notes(path) == []


def test_nothing_is_exported_over_a_file_or_to_a_level_that_there_is_not(path, tmp_path):
    there = tmp_path / "there"
    there.write_text("letters of this morning")
    with pytest.raises(RegisterExists, match="nothing is ever written over"):
        export_bundle(path, str(there), handling="internal")
    assert there.read_text() == "letters of this morning"
    with pytest.raises(WrongField, match="no handling level 'secret'"):
        export_bundle(path, str(tmp_path / "new"), handling="secret")
    with pytest.raises(WrongField, match="would not be encrypted"):
        record_names(path, tmp_path)
        export_bundle(path, str(tmp_path / "new"), handling="internal", names=True)
    assert not (tmp_path / "new").exists()


def record_names(path: str, folder: Path) -> None:
    """Records something under a person's name."""
    facts = folder / "facts.yaml"
    facts.write_text("actors:\n  - {id: cafe, name: Cafe, kind: humanitarian}\n")
    record(path, str(facts), "Rima of the night desk")


def test_a_revoked_key_writes_no_more_and_counts_as_far_as_it_is_believed(path, tmp_path):
    laptop = next(row.writer for row in list_keys(path).rows if not row.is_root)
    revoke(path, laptop, "laptop taken at a checkpoint", after=1)
    assert kinds(path) == ["area"]
    with pytest.raises(KeyRefused, match="was revoked: laptop taken at a checkpoint"):
        record_names(path, tmp_path)
    with pytest.raises(WrongField, match="No reason is given"):
        revoke(path, laptop, " ")
    with pytest.raises(UnknownReference, match="No key of a writer nobody"):
        revoke(path, "nobody", "lost")


def test_after_rotating_the_new_key_writes_and_all_that_was_written_counts(path, tmp_path):
    rotate(path)
    record_names(path, tmp_path)
    assert kinds(path) == GROUND
    names = [(row.writer, row.state.size) for row in list_keys(path).rows if not row.is_root]
    assert sorted(size for _, size in names) == [1, 3]
    assert notes(path) == []


def test_an_older_copy_of_a_register_is_not_written_to(path, tmp_path):
    copy = str(tmp_path / "copy.register")
    shutil.copy(path, copy)
    record_names(path, tmp_path)
    bundle = str(tmp_path / "newer.bundle")
    export_bundle(path, bundle, handling="internal")
    for write in (
        lambda: record_names(copy, tmp_path),
        lambda: rotate(copy),
        lambda: merge_bundle(copy, bundle),
    ):
        with pytest.raises(KeyRefused, match="it is an older copy of itself") as caught:
            write()
        assert "Work in the newer copy, which has them; no merge brings" in caught.value.remedy


def test_where_the_newer_copy_is_lost_the_older_goes_on_as_a_new_writer(path, tmp_path):
    copy = str(tmp_path / "copy.register")
    shutil.copy(path, copy)
    record_names(path, tmp_path)
    with pytest.raises(KeyRefused) as caught:
        record_names(copy, tmp_path)
    told = re.search(r"`safeconduct register keys revoke R (\S+)`", caught.value.remedy)
    assert told is not None
    new = new_key(copy, "spare")
    introduce(copy, "spare", new.public, instead_of=told[1])
    revoke(copy, told[1], "the newer copy is lost")
    record_names(copy, tmp_path)
    with closing(open_register(copy)) as opened:
        assert [e.kind for e in opened.view().entries if e.writer == new.writer] == ["actor"]


def test_a_root_that_wrote_elsewhere_is_sent_to_the_newer_copy(path, tmp_path):
    copy = str(tmp_path / "copy.register")
    shutil.copy(path, copy)
    rotate(path)
    laptop = next(row.writer for row in list_keys(copy).rows if not row.is_root)
    with pytest.raises(KeyRefused) as caught:
        revoke(copy, laptop, "lost")
    assert caught.value.remedy == (
        "Work in the newer copy, which has them; no merge brings them here."
    )


def test_a_locked_key_asks_for_its_passphrase(tmp_path, machine, monkeypatch):
    monkeypatch.setenv("SAFECONDUCT_PASSPHRASE", "cedar over the river")
    path = str(tmp_path / "locked.register")
    assert init(path).locked is True
    for key in KeyFolder.own().all():
        assert "secret" not in key.path.read_text()
    monkeypatch.delenv("SAFECONDUCT_PASSPHRASE")
    with pytest.raises(Locked):
        record(path, str(TWO_TOWNS))


def test_an_entry_is_shown_by_its_record_its_hash_or_their_beginning(path):
    found = show(path, "north-bank")
    assert found.counts and found.signed.startswith("signed by laptop:")
    assert show(path, found.entry.hash[:10]).entry == show(path, found.entry.id).entry
    with pytest.raises(UnknownReference, match="No entry is named 'nothing'"):
        show(path, "nothing")


def test_a_difference_names_what_became_known(path):
    found = diff(path, "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z")
    assert [one.kind for one in found.came if one.kind in GROUND] == GROUND
    assert found.went == () and found.changed == ()


# -- trusting another office


@pytest.fixture
def birch(tmp_path: Path, machine) -> KeyList:
    """The keys of another office, at a machine of its own."""
    machine("birch")
    found = str(tmp_path / "birch.register")
    init(found, "birch", "desk")
    export_bundle(found, str(tmp_path / "birch.bundle"), handling="internal")
    machine("goma")
    return list_keys(found)


@pytest.mark.parametrize("typed", ["rooot", "desk", "birch"])
def test_a_root_is_trusted_only_under_the_name_that_roots_have(path, birch, typed):
    before = list_keys(path)
    with pytest.raises(UnknownReference) as caught:
        trust(path, "birch", typed, birch.public)
    assert f"No root is named {typed!r}" in str(caught.value)
    assert "Known: root." in str(caught.value)
    assert caught.value.field == "device"
    assert list_keys(path) == before
    assert trust(path, "birch", "root", birch.public).writer == birch.root


def test_a_key_that_is_on_record_is_known_by_the_name_that_it_has_there(path, birch, tmp_path):
    """Goma has merged what Birch exports, so that its desk's key is on record here."""
    trust(path, "birch", "root", birch.public)
    merge_bundle(path, str(tmp_path / "birch.bundle"))
    with closing(open_register(path)) as opened:
        (desk,) = (one for one in opened.view().ring.keys.values() if one.device == "desk")
    with pytest.raises(UnknownReference, match="Known: desk"):
        trust(path, "birch", "root", desk.public.hex())
    with pytest.raises(WrongField, match="is known here already, as a key of birch"):
        trust(path, "birch", "desk", desk.public.hex())


def test_a_root_that_another_office_has_on_record_under_its_name_is_trusted(path, monkeypatch):
    """A root made by other means may have another name, once some root has told of it."""
    other = SecretHand("anchor", bytes(range(32)))
    with pytest.raises(UnknownReference):
        trust(path, "anchorage", "anchor", other.public.hex())
    on_record = {other.writer: other.public.hex()}
    monkeypatch.setattr("safeconduct.app.keying.publics", lambda _: on_record)
    assert trust(path, "anchorage", "anchor", other.public.hex()).writer == other.writer
