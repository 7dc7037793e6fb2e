"""Evidence between offices: by hash, as far as it may go, checked, and forgotten everywhere."""

from __future__ import annotations

import hashlib
import io
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from safeconduct.adapters.bundlefile import FILE_BYTES, write
from safeconduct.adapters.bundlefile.safe import sealed
from safeconduct.adapters.keys import KeyFolder
from safeconduct.adapters.passphrase import passphrase
from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.adapters.stores import open_store
from safeconduct.app import filing
from safeconduct.app.erasing import erase
from safeconduct.app.evidence import add, list_evidence, save, show
from safeconduct.app.exchanging import Exported, export_bundle, merge_bundle, read_bundle, reader
from safeconduct.app.filing import CameAlong, State
from safeconduct.app.founding import init
from safeconduct.app.keying import trust
from safeconduct.app.opening import open_register
from safeconduct.errors import (
    BundleRefused,
    EvidenceRefused,
    FileTooLarge,
    UnknownReference,
    WrongField,
)
from safeconduct.register.files import Filed

MOVEMENT = "relief-to-birch"
LETTER = b"%PDF-1.7 the letter of the north"
PHOTO = b"\xff\xd8 the column at the gate"


@pytest.fixture
def ours(office: Path, tmp_path: Path) -> str:
    """A register with a letter for the inner circle and a photo for a narrower one."""
    for name, data, level in (("letter", LETTER, "internal"), ("photo", PHOTO, "restricted")):
        path = tmp_path / name
        path.write_bytes(data)
        add(
            str(office), str(path), ["north-guarantees"], shows=f"a {name}", movement=MOVEMENT,
            handling=level, media_type="image/jpeg", id=name,
        )  # fmt: skip
    return str(office)


@pytest.fixture
def other(ours: str, tmp_path: Path) -> str:
    """Another office's register, which trusts the first."""
    path = str(tmp_path / "other.reg")
    init(path, office="another", device="desk")
    with closing(open_store(ours)) as store:
        root = KeyFolder.own().find(store.root)
    assert root is not None
    trust(path, "office", "root", root.public.hex())
    return path


def give(ours: str, name: str, *evidence: str, handling: str = "internal") -> tuple[str, Exported]:
    file = str(Path(ours).parent / name)
    return file, export_bundle(ours, file, handling=handling, evidence=evidence, readers=[reader()])


def states(path: str) -> dict[str, str]:
    return {one.record.id: one.says() for one in list_evidence(path).found}


def test_a_file_goes_by_its_hash_and_is_kept_under_a_key_of_the_other_office(ours, other, tmp_path):
    file, done = give(ours, "out.age", "letter")
    assert (done.files, done.stay) == (1, ())
    assert LETTER not in Path(file).read_bytes()
    taken = merge_bundle(other, file)
    assert taken.files == CameAlong(kept=1)
    assert show(other, "letter").state is State.HERE
    save(other, "letter", str(tmp_path / "saved"))
    assert (tmp_path / "saved").read_bytes() == LETTER
    keys = []
    for path in (ours, other):
        with closing(open_store(path)) as store:
            keys.append(store.operation_key(MOVEMENT))
    assert None not in keys and keys[0] != keys[1]
    assert merge_bundle(other, file).files == CameAlong(had=1)


def test_what_was_not_handed_on_is_seen_as_held_by_its_office(ours, other, tmp_path):
    file, done = give(ours, "out.age")
    assert done.files == 0
    taken = merge_bundle(other, file)
    assert taken.files is None
    assert states(other) == dict.fromkeys(("letter", "photo"), "held by its office (office)")
    with pytest.raises(EvidenceRefused, match="Ask that office for a bundle with it"):
        save(other, "letter", str(tmp_path / "saved"))


def test_a_file_that_comes_later_finds_its_record(ours, other):
    merge_bundle(other, give(ours, "first.age")[0])
    # The answer leaves out what the other side holds: the entry is not sent again, its file is.
    answer = str(Path(ours).parent / "answer.age")
    export_bundle(other, answer, handling="internal", readers=[reader()])
    second = str(Path(ours).parent / "second.age")
    done = export_bundle(
        ours, second, handling="internal", evidence=["letter"], readers=[reader()], since=answer
    )
    assert (done.entries, done.files) == (0, 1)
    assert merge_bundle(other, second).files == CameAlong(kept=1)
    assert states(other)["letter"] == "here"


def test_a_file_goes_only_as_far_as_its_own_level_lets_it(ours, other):
    file, done = give(ours, "out.age", "all")
    assert done.files == 1
    assert done.stay == ("photo: it is restricted, and the bundle internal",)
    assert list(read_bundle(file).evidence.values()) == [LETTER]
    merge_bundle(other, file)
    assert states(other) == {"letter": "here", "photo": "held by its office (office)"}
    file, done = give(ours, "wider.age", "all", handling="restricted")
    assert (done.files, done.stay) == (2, ())
    assert merge_bundle(other, file).files == CameAlong(kept=1, had=1)


def test_the_narrowest_record_of_a_file_decides(ours, other, tmp_path):
    """The letter is recorded once more, for a narrower circle: in doubt it stays."""
    (tmp_path / "again").write_bytes(LETTER)
    add(ours, str(tmp_path / "again"), ["north-letter"], shows="a letter", movement=MOVEMENT,
        handling="confidential", id="narrow")  # fmt: skip
    _, done = give(ours, "out.age", "letter")
    assert done.files == 0
    assert done.stay == ("letter: what rests on it names other recipients, or a narrower level",)


def test_evidence_goes_into_encrypted_bundles_only(ours, tmp_path):
    with pytest.raises(WrongField, match="nobody is named to read this") as caught:
        export_bundle(ours, str(tmp_path / "out"), handling="internal", evidence=["letter"])
    assert "type `safeconduct register reader` on its own machine" in caught.value.remedy
    assert "give it here as `--reader age1…`" in caught.value.remedy
    with pytest.raises(UnknownReference, match="Give `all`, or one of: letter, photo"):
        give(ours, "out.age", "lettre")
    assert not (tmp_path / "out").exists() and not (tmp_path / "out.age").exists()


def test_more_than_a_reader_takes_is_not_written(ours, tmp_path, monkeypatch):
    monkeypatch.setattr("safeconduct.app.exchanging.OPENED_BYTES", len(LETTER))
    with pytest.raises(FileTooLarge, match="Send them in several bundles"):
        give(ours, "out.age", "all", handling="restricted")
    monkeypatch.undo()
    monkeypatch.setattr("safeconduct.adapters.bundlefile.FILE_BYTES", 1000)
    with pytest.raises(FileTooLarge, match="`--evidence ID` for each"):
        give(ours, "out.age", "letter")
    assert FILE_BYTES > 1000 and not (tmp_path / "out.age").exists()


# -- damaged


def damage(path: str, *contents: bytes) -> None:
    """One byte of each of these files is not any more what was kept."""
    with closing(SqliteStore.open(path, passphrase)) as store:
        connection = store._connection  # noqa: SLF001  # nothing that the store does damages a file
        connection.execute("DROP TRIGGER files_are_never_changed")
        for data in contents:
            sha256 = hashlib.sha256(data).hexdigest()
            sealed = connection.execute("SELECT sealed FROM files WHERE sha256 = ?", [sha256]).get
            spoilt = sealed[:-1] + bytes([sealed[-1] ^ 1])
            connection.execute("UPDATE files SET sealed = ? WHERE sha256 = ?", [spoilt, sha256])


def test_a_damaged_file_stays_is_named_and_the_rest_goes(ours, other):
    damage(ours, LETTER)
    file, done = give(ours, "out.age", "all", handling="restricted")
    assert (done.files, done.stay, done.is_whole) == (1, (), False)
    (told,) = done.damaged
    assert told.startswith("letter: The file ") and "does not open" in told
    assert "add it again" in told
    assert done.as_json()["damaged"] == [told]
    assert merge_bundle(other, file).files == CameAlong(kept=1)
    assert states(other) == {"letter": "held by its office (office)", "photo": "here"}
    _, done = give(ours, "one.age", "photo", handling="restricted")
    assert (done.files, done.is_whole) == (1, True)


def test_where_all_are_damaged_the_entries_go_all_the_same(ours, other):
    damage(ours, LETTER, PHOTO)
    file, done = give(ours, "out.age", "all", handling="restricted")
    assert (done.files, len(done.damaged)) == (0, 2)
    assert merge_bundle(other, file).files is None
    assert set(states(other)) == {"letter", "photo"}


def test_a_damaged_file_that_is_kept_for_another_operation_too_is_found_there(ours, tmp_path):
    damage(ours, LETTER)
    (tmp_path / "again").write_bytes(LETTER)
    with pytest.raises(EvidenceRefused, match="does not open") as caught:
        add(ours, str(tmp_path / "again"), ["north-letter"], shows="a letter", movement=MOVEMENT)
    assert "`safeconduct evidence add FILE --movement ID`" in caught.value.remedy
    add(ours, str(tmp_path / "again"), ["north-letter"], shows="a letter", movement="office",
        handling="internal", id="again")  # fmt: skip
    _, done = give(ours, "out.age", "letter")
    assert (done.files, done.is_whole) == (1, True)
    save(ours, "letter", str(tmp_path / "saved"))
    assert (tmp_path / "saved").read_bytes() == LETTER


def remade(file: str, change: bytes) -> str:
    """The bundle with another letter in it, as somebody on its way could have put it there."""
    bundle = read_bundle(file)
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write(bundle))) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            data = old.read(part)
            about = zipfile.ZipInfo(part.filename, date_time=(1980, 1, 1, 0, 0, 0))
            about.create_system, about.external_attr = 3, 0o100600 << 16
            new.writestr(about, change if data == LETTER else data, zipfile.ZIP_DEFLATED)
    other = file + ".remade"
    Path(other).write_bytes(sealed(target.getvalue(), [reader()]))
    return other


@pytest.mark.parametrize("change", [LETTER[:-1] + b"!", LETTER + b"more", b""])
def test_a_file_that_does_not_match_its_hash_refuses_the_whole_bundle(ours, other, change):
    file, _ = give(ours, "out.age", "letter")
    assert read_bundle(remade(file, LETTER)) == read_bundle(file)  # so it is the change that counts
    with closing(open_store(other)) as store:
        before = store.heads()
    with pytest.raises(BundleRefused, match=f"Its {len(change)} bytes are not the") as caught:
        merge_bundle(other, remade(file, change))
    assert caught.value.facts["part"].startswith("evidence/")
    assert "Nothing of the bundle was taken" in str(caught.value)
    with closing(open_store(other)) as store:
        assert (store.heads(), store.files()) == (before, ())


def test_a_file_that_no_entry_rests_on_is_told_and_not_kept(ours, other):
    file, _ = give(ours, "out.age", "letter")
    bundle = read_bundle(file)
    merge_bundle(other, give(ours, "first.age")[0])
    stray = {**bundle.evidence, "0" * 64: b"a stranger's file"}
    with closing(open_register(other)) as opened:
        came = filing.take(opened, stray)
        assert opened.store.files() == (Filed(MOVEMENT, next(iter(bundle.evidence))),)
    assert came.kept == 1
    assert came.refused == (
        "The file 000000000000… is not kept: no entry that counts here rests on it, or it was "
        "erased.",
    )


# -- forgetting


def test_an_erasure_that_comes_by_bundle_destroys_the_key_here_too(ours, other):
    merge_bundle(other, give(ours, "first.age", "letter")[0])
    old, _ = give(ours, "old.age", "letter")
    erase(ours, MOVEMENT, "six months are over")
    file, done = give(ours, "second.age", "all")
    assert done.files == 0
    assert done.stay == tuple(f"{n}: erased: six months are over" for n in ("letter", "photo"))
    (told,) = merge_bundle(other, file).forgotten
    assert (told.operation, told.files) == (MOVEMENT, 1)
    assert states(other)["letter"] == "erased: six months are over"
    with closing(open_store(other)) as store:
        assert (store.files(), store.operation_key(MOVEMENT)) == ((), None)
    # An older bundle brings nothing of it back.
    taken = merge_bundle(other, old)
    assert taken.files is not None and (taken.files.kept, len(taken.files.refused)) == (0, 1)
    assert states(other)["letter"] == "erased: six months are over"


def test_a_file_whose_erasure_came_first_is_not_kept(ours, other):
    file, _ = give(ours, "out.age", "letter")
    erase(ours, MOVEMENT, "six months are over")
    merge_bundle(other, give(ours, "second.age")[0])
    taken = merge_bundle(other, file)
    assert taken.files is not None and taken.files.kept == 0
    assert LETTER in read_bundle(file).evidence.values()  # so there was something to keep
