"""Files of evidence: on record by their hash, kept sealed, forgotten by destroying a key."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from safeconduct.adapters.stores import open_store
from safeconduct.app import filing
from safeconduct.app.assess import assess
from safeconduct.app.carrying import migrate
from safeconduct.app.erasing import erase, forget
from safeconduct.app.evidence import Added, add, list_evidence, save, show
from safeconduct.app.filing import State
from safeconduct.app.looking import show as show_entry
from safeconduct.app.registers import open_live
from safeconduct.app.verifying import verify_file
from safeconduct.errors import (
    EvidenceRefused,
    FileTooLarge,
    MissingFile,
    RegisterExists,
    UnknownReference,
    WrongField,
)
from safeconduct.register import Store, canonical
from safeconduct.register.erasing import OFFICE
from safeconduct.register.files import FILE_BYTES, Filed, seal

MOVEMENT = "relief-to-birch"
LETTER = "Letter-of-Somebody-Rarely-Named.pdf"
CONTENT = b"%PDF-1.7 signed by Somebody Rarely-Named"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
WHY = "six months are over"


@pytest.fixture
def letter(tmp_path: Path) -> str:
    (tmp_path / "given").mkdir()
    path = tmp_path / "given" / LETTER
    path.write_bytes(CONTENT)
    return str(path)


@pytest.fixture
def added(office: Path, letter: str) -> Added:
    return put(office, letter, id="letter")


def put(office: Path, file: str, *of: str, **more: Any) -> Added:
    """The letter, which bears out the north's guarantee for the movement unless told otherwise."""
    told = {"shows": "the north's letter, stamped", "movement": MOVEMENT}
    return add(str(office), file, of or ("north-guarantees",), **(told | more))


def ask(office: Path, question: Callable[[Store], Any]) -> Any:
    with closing(open_store(str(office))) as store:
        return question(store)


@contextmanager
def later(office: Path) -> Iterator[None]:
    """What is recorded in the block is recorded a second after all that is there."""
    last = ask(office, lambda store: max(entry.recorded_at for entry in store.entries()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("safeconduct.app.registers.now", lambda: last + 1)
        yield


def on_disk(office: Path) -> bytes:
    return b"".join(one.read_bytes() for one in office.parent.glob(office.name + "*"))


def test_a_file_is_on_record_by_its_hash_and_comes_back_as_it_was(office, added, tmp_path):
    assert (added.sha256, added.size_bytes, added.kept) == (SHA256, len(CONTENT), True)
    found = show(str(office), "letter")
    assert found.state is State.HERE and found.says() == "here"
    assert (found.record.sha256, found.record.size_bytes) == (SHA256, len(CONTENT))
    assert found.record.media_type == "application/pdf"
    assert found.entry.evidence == (SHA256,)
    assert found.at == Filed(MOVEMENT, SHA256)
    target = tmp_path / "out.pdf"
    save(str(office), "letter", str(target))
    assert target.read_bytes() == CONTENT
    assert target.stat().st_mode & 0o077 == 0


def test_neither_its_content_nor_its_name_is_on_the_disk(office, added):
    data = on_disk(office)
    assert SHA256.encode() in data  # what is on record is found, so the search can find
    for word in (b"Rarely-Named", LETTER.encode(), LETTER.encode("utf-16-le")):
        assert word not in data
    assert LETTER not in json.dumps(show_entry(str(office), "letter").as_json())


def test_the_same_file_is_kept_once_and_recorded_once(office, letter, added):
    before = ask(office, lambda store: store.heads())
    again = put(office, letter)
    assert (again.evidence, again.kept, again.recorded.entries) == ("letter", False, ())
    assert ask(office, lambda store: store.heads()) == before
    more = put(office, letter, "north-guarantees", "north-acknowledges", id="more")
    assert not more.kept
    assert show(str(office), "more").record.of == ("north-acknowledges",)
    assert ask(office, lambda store: store.files()) == (Filed(MOVEMENT, SHA256),)
    listed = list_evidence(str(office))
    assert (listed.files, len(listed.found)) == (1, 2)


def test_a_file_is_kept_for_the_movement_that_it_is_about(office, letter):
    assert put(office, letter, "notice-north", movement=None).operation == MOVEMENT
    assert put(office, letter, "north-guarantees", movement=None).operation == OFFICE
    assert put(office, letter, MOVEMENT, movement=None).operation == MOVEMENT
    assert put(office, letter, "north-restraint", movement=OFFICE).operation == OFFICE
    assert [at.operation for at in ask(office, lambda s: s.files())] == [OFFICE, MOVEMENT]
    assert len(list_evidence(str(office), movement=OFFICE).found) == 2
    assert len(list_evidence(str(office), of="north-restraint").found) == 1


def test_an_act_or_a_source_is_borne_out_as_well_and_nothing_unknown(office, letter):
    put(office, letter, "north-restraint", "north-letter", id="both")
    assert show(str(office), "both").record.of == ("north-restraint", "north-letter")
    before = ask(office, lambda store: store.heads())
    with pytest.raises(UnknownReference, match='has the id "north-guarantee"'):
        put(office, letter, "north-guarantee")
    with pytest.raises(UnknownReference, match='has the id "another"'):
        put(office, letter, movement="another")
    assert ask(office, lambda store: store.heads()) == before


def test_what_is_no_file_to_keep_is_refused_and_nothing_is_written(office, letter, tmp_path):
    before = ask(office, lambda store: (store.heads(), store.files()))
    with pytest.raises(MissingFile, match=r"There is no file nothing\.pdf"):
        put(office, str(tmp_path / "nothing.pdf"))
    empty, large = tmp_path / "empty.pdf", tmp_path / "large.mp4"
    empty.touch()
    with pytest.raises(WrongField, match=r"empty\.pdf is empty, and shows nothing"):
        put(office, str(empty))
    with large.open("wb") as file:
        file.truncate(FILE_BYTES + 1)
    with pytest.raises(FileTooLarge, match=r"no more than 32\.0 MiB are read"):
        put(office, str(large))
    with pytest.raises(WrongField, match='no handling level "secret"'):
        put(office, letter, handling="secret")
    with pytest.raises(WrongField, match="is of the type 'Letter', which is none"):
        put(office, letter, media_type="Letter")
    with pytest.raises(WrongField, match="it is not said what it shows"):
        put(office, letter, shows=" ")
    assert ask(office, lambda store: (store.heads(), store.files())) == before


def test_a_file_that_was_changed_on_the_disk_is_refused_by_its_hash(office, added, tmp_path):
    def spoil(store: Any) -> None:
        store.destroy(files=store.files())
        key = store.operation_key(MOVEMENT, bytes(32))
        file = seal(CONTENT, MOVEMENT, key, bytes(12))
        other = dataclasses.replace(file, sealed=file.sealed[:-1] + bytes([file.sealed[-1] ^ 1]))
        store.keep(other, key)

    ask(office, spoil)
    with pytest.raises(EvidenceRefused, match="does not open") as caught:
        save(str(office), "letter", str(tmp_path / "out.pdf"))
    assert "or from the office that gave it" in str(caught.value)
    assert not (tmp_path / "out.pdf").exists()


def test_saving_never_overwrites(office, added, letter):
    with pytest.raises(RegisterExists):
        save(str(office), "letter", letter)
    with pytest.raises(UnknownReference, match="Known: letter"):
        save(str(office), "lettre", letter + ".2")


# -- forgetting


def test_erasing_destroys_the_key_and_leaves_every_proof(office, added, tmp_path):
    key = ask(office, lambda store: store.operation_key(MOVEMENT))
    sealed = ask(office, lambda store: store.file(Filed(MOVEMENT, SHA256)).sealed)
    assert key in on_disk(office) and sealed in on_disk(office)  # a clear register, to find them
    before = ask(office, lambda store: [entry.signed_bytes() for entry in store.entries()])
    root = ask(office, lambda store: store.root)
    (done,) = erase(str(office), MOVEMENT, WHY).forgotten
    assert done.files == 1
    assert key not in on_disk(office) and sealed not in on_disk(office)
    assert ask(office, lambda store: (store.files(), store.operation_key(MOVEMENT))) == ((), None)
    after = ask(office, lambda store: [entry.signed_bytes() for entry in store.entries()])
    assert set(before) < set(after)  # an entry of the same second may stand among them
    assert verify_file(str(office), root).holds
    found = show(str(office), "letter")
    assert (found.state, found.says()) == (State.ERASED, f"erased: {WHY}")
    assert found.record.sha256 == SHA256  # whoever has the file can still show that it is this one
    with pytest.raises(EvidenceRefused, match=f"cannot be opened: it is erased: {WHY}"):
        save(str(office), "letter", str(tmp_path / "out.pdf"))


def test_only_the_operation_that_is_named_is_forgotten(office, letter, added, tmp_path):
    put(office, letter, movement=OFFICE, id="copy")
    erase(str(office), MOVEMENT, WHY)
    assert [one.state for one in list_evidence(str(office)).found] == [State.ERASED, State.HERE]
    with pytest.raises(EvidenceRefused):
        save(str(office), "letter", str(tmp_path / "out.pdf"))
    save(str(office), "copy", str(tmp_path / "out.pdf"))


def test_no_judgement_changes_by_evidence_or_by_forgetting_it(office, letter):
    def judged() -> bytes:
        with closing(open_live(str(office))) as opened:
            told = assess(opened, at="2030-05-06T07:30:00Z", known_at="2031-01-01T00:00Z")
        return canonical(told.as_json())

    before = judged()
    put(office, letter, id="letter")
    assert judged() == before
    erase(str(office), MOVEMENT, WHY)
    assert judged() == before


def test_what_is_entered_after_the_erasure_stays_under_a_new_key(office, letter, added, tmp_path):
    """As where the erasure comes late, in a bundle: an older and a newer file share a key."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8 a photo")
    erase(str(office), MOVEMENT, WHY)
    assert ask(office, lambda store: filing.keep(store, MOVEMENT, CONTENT))  # a backup put back
    with later(office):
        put(office, str(photo), id="photo")
    old = ask(office, lambda store: store.operation_key(MOVEMENT))
    with closing(open_live(str(office))) as opened:
        (done,) = forget(opened)
    assert (done.texts, done.files) == (0, 1)
    new = ask(office, lambda store: store.operation_key(MOVEMENT))
    assert old != new and old not in on_disk(office)
    save(str(office), "photo", str(tmp_path / "again.jpg"))
    assert (tmp_path / "again.jpg").read_bytes() == photo.read_bytes()
    assert show(str(office), "letter").state is State.ERASED


def test_a_file_without_an_entry_goes_with_its_operation(office, added):
    """As when the program was stopped between a key and its entry, in whatever order."""
    ask(office, lambda store: filing.keep(store, MOVEMENT, b"nobody recorded this"))
    assert erase(str(office), MOVEMENT, WHY).forgotten[0].files == 2


def test_what_a_stop_left_out_is_kept_when_it_is_added_again(office, letter, added):
    ask(office, lambda store: store.destroy(files=store.files()))
    found = show(str(office), "letter")
    assert (found.state, found.says()) == (State.ELSEWHERE, "not kept here")
    again = put(office, letter)
    assert (again.evidence, again.kept, again.recorded.entries) == ("letter", True, ())
    assert show(str(office), "letter").state is State.HERE


def test_a_file_that_was_forgotten_can_be_entered_anew(office, letter, added):
    erase(str(office), MOVEMENT, WHY)
    with later(office):
        again = put(office, letter, id="anew")
    assert again.kept and again.recorded.entries
    assert [one.state for one in list_evidence(str(office)).found] == [State.ERASED, State.HERE]


def test_a_file_that_is_added_in_the_second_of_its_erasure_is_not_kept(office, letter, added):
    """The erasure names all until its own second, so the record counts as forgotten."""
    erase(str(office), MOVEMENT, WHY)
    last = ask(office, lambda store: max(entry.recorded_at for entry in store.entries()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("safeconduct.app.registers.now", lambda: last)
        with pytest.raises(EvidenceRefused, match="Add the file again if it is still wanted"):
            put(office, letter)
    assert ask(office, lambda store: store.files()) == ()


def test_a_register_of_files_moves_with_them(office, added, tmp_path, monkeypatch):
    target = tmp_path / "locked.reg"
    monkeypatch.setenv("SAFECONDUCT_PASSPHRASE", "a phrase")
    migrate(str(office), str(target))
    save(str(target), "letter", str(tmp_path / "out.pdf"))
    assert (tmp_path / "out.pdf").read_bytes() == CONTENT
    assert SHA256.encode() not in target.read_bytes()
