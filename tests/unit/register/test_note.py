"""Signed notes and checkpoints, held to the published formats by hand and by published keys."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safeconduct.errors import NoteRefused
from safeconduct.register.hand import signed_checkpoint
from safeconduct.register.note import Checkpoint, Note, NoteKey, note_of, signature_of
from tests.unit.register.offices import a_hand

SECRET = bytes(range(32))
KEY = NoteKey("log.example", Ed25519PrivateKey.from_private_bytes(SECRET).public_key()
              .public_bytes_raw())  # fmt: skip


def by_hand(text: str, name: str = "log.example", secret: bytes = SECRET) -> bytes:
    """A signed note as the format describes it, put together without the code under test."""
    private = Ed25519PrivateKey.from_private_bytes(secret)
    public = private.public_key().public_bytes_raw()
    id = hashlib.sha256(name.encode() + b"\x0a\x01" + public).digest()[:4]
    line = base64.b64encode(id + private.sign(text.encode())).decode()
    return f"{text}\n\u2014 {name} {line}\n".encode()


# The first is the key of the Go checksum database, as its users have it in their configuration.
@pytest.mark.parametrize(
    "published",
    [
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_published_keys_have_the_ids_that_they_were_published_with(published):
    assert str(NoteKey.parse(published)) == published


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", "it is 033de0ae"),
        ("sum.golang.org+033de0ae", "is no verifier key"),
        ("a+00000000+AgAA", "is no verifier key"),
        ("", "is no verifier key"),
    ],
)
def test_a_key_that_is_not_of_its_form_is_refused(text, words):
    with pytest.raises(NoteRefused, match=words):
        NoteKey.parse(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b"])
def test_a_name_that_could_be_read_in_two_ways_is_refused(name):
    with pytest.raises(NoteRefused, match="is no name of a key"):
        NoteKey(name, bytes(32))


def test_a_note_made_by_hand_is_read_and_its_signature_found_right():
    data = by_hand("some text\n\nwith an empty line\n")
    note = Note.parse(data)
    assert note.text == "some text\n\nwith an empty line\n"
    assert str(note).encode() == data
    assert note.signed_by(KEY)
    assert not note.signed_by(NoteKey("other.example", KEY.public))
    assert not note.signed_by(NoteKey("log.example", bytes(32)))


def test_a_note_made_here_is_the_one_made_by_hand():
    told = Checkpoint(origin="log.example", size=7, root=bytes(32), at=9)
    signed = Ed25519PrivateKey.from_private_bytes(SECRET).sign(told.text.encode())
    note = note_of(told, [signature_of(KEY, signed)])
    assert str(note).encode() == by_hand(f"log.example\n7\n{base64.b64encode(bytes(32)).decode()}"
                                         "\nat 9\n")  # fmt: skip


def test_a_wrong_signature_of_a_known_key_is_refused_and_one_of_an_unknown_key_passed_over():
    data = by_hand("some text\n")
    changed = Note.parse(data.replace(b"some", b"same"))
    with pytest.raises(NoteRefused, match=r"The signature of log\.example under this note is"):
        changed.signed_by(KEY)
    witness = by_hand("some text\n", "witness", bytes(32)).split(b"\n\n", 1)[1]
    assert Note.parse(data + witness).signed_by(KEY)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no empty line"),
        (b"text\n", "no empty line"),
        (by_hand("text\n")[:-1], "ends in mid-line"),
        (b"te\x00xt\n\n\xe2\x80\x94 a AAAAAAA=\n", "control character"),
        (b"te\x7fxt\n\n\xe2\x80\x94 a AAAAAAA=\n", "control character"),
        (b"text\r\n\n\xe2\x80\x94 a AAAAAAA=\n", "control character"),
        (b"te\xfft\n\n", "is no UTF-8"),
        (b"text\n\n- a AAAAAAA=\n", "is no line of a signature"),
        ("text\n\n\u2014 a AAA=\n".encode(), "is no line of a signature"),
        ("text\n\n\u2014 a A A\n".encode(), "is no line of a signature"),
        (b"x" * 70_000, "70000 bytes"),
    ],
)
def test_what_is_no_note_is_refused(data, words):
    with pytest.raises(NoteRefused, match=words):
        Note.parse(data)


def test_spare_bits_in_a_signature_are_refused():
    data = by_hand("text\n")
    assert data.endswith(b"=\n")
    spare = data[:-3] + bytes([data[-3] + 1]) + b"=\n"  # the last letter before the padding
    assert base64.b64decode(spare.split()[-1]) == base64.b64decode(data.split()[-1])
    with pytest.raises(NoteRefused):
        Note.parse(spare)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\n1\n", "each on a line"),
        ("a\n1\nAAAA\n", "its root has 3 bytes"),
        ("a\n01\n" + "A" * 43 + "=\n", "'01'"),
        ("a\n-1\n" + "A" * 43 + "=\n", "'-1'"),
        (f"a\n{2**53}\n" + "A" * 43 + "=\n", str(2**53)),
        ("a\n1\n" + "A" * 43 + "=\n\nat 4\n", "each on a line"),
    ],
)
def test_what_is_no_checkpoint_is_refused(text, words):
    with pytest.raises(NoteRefused, match=words):
        Checkpoint.parse(text)


def test_a_checkpoint_of_another_program_has_no_moment():
    root = "A" * 43 + "="
    assert Checkpoint.parse(f"a\n1\n{root}\n").at is None
    other = Checkpoint.parse(f"a\n1\n{root}\nat noon\nat 4\n")
    assert (other.at, other.more) == (None, ("at noon", "at 4"))
    assert other.text == f"a\n1\n{root}\nat noon\nat 4\n"
    assert Checkpoint.parse(f"a\n1\n{root}\nat {10**15}\n").at is None  # no reader could hold it


def test_a_hands_head_is_read_back():
    hand = a_hand("goma-1")
    note = signed_checkpoint(hand, 3, bytes(range(32)), 99)
    back = Note.parse(str(note).encode())
    assert back.signed_by(NoteKey(hand.writer, hand.public))
    told = Checkpoint.parse(back.text)
    assert (told.origin, told.size, told.root, told.at) == (hand.writer, 3, bytes(range(32)), 99)
