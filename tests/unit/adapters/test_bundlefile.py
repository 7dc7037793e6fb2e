"""The file of a bundle: whole and as it was made, or refused in bounded time."""

from __future__ import annotations

import io
import json
import random
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

import pyrage
import pytest

from safeconduct.adapters.bundlefile import FILE_BYTES, read, write
from safeconduct.adapters.bundlefile.frame import MEMBERS, OPENED_BYTES, framed
from safeconduct.errors import BundleRefused, FileTooLarge, WrongField
from safeconduct.register import Handling, Personal, canonical, digest
from safeconduct.register.bundle import Bundle, parts_of, signed
from tests.unit.register.offices import Office

NAME = Personal.of("A. B.", bytes(range(32)))
FILE = b"a scanned letter"


def a_bundle(**how: object) -> Bundle:
    """Two chains, one place of which is withheld, two heads and a file."""
    goma = Office("goma")
    goma.say("one", evidence=(digest(FILE),))
    goma.say("two", handling=Handling.CONFIDENTIAL)
    goma.say("three", body={"is": "statement", "says": "Фу'а", "by": str(NAME.commitment)})
    made = {"at": 5, "handling": Handling.INTERNAL, "evidence": {digest(FILE): FILE}}
    return goma.give(**(made | how))


BUNDLE = a_bundle()
DATA = write(BUNDLE)
PARTS = parts_of(BUNDLE)


def refusal(data: bytes, *identities: str) -> str:
    with pytest.raises(BundleRefused) as caught:
        read(data, identities)
    return str(caught.value)


def test_a_bundle_comes_back_as_it_was():
    assert read(DATA) == BUNDLE
    assert write(read(DATA)) == DATA
    assert read(DATA).sha256 == BUNDLE.sha256


def test_another_reader_of_zips_finds_the_same_parts():
    with zipfile.ZipFile(io.BytesIO(DATA)) as other:
        assert other.testzip() is None
        assert {name: other.read(name) for name in other.namelist()} == PARTS
    assert sorted(PARTS) == [
        "bundle.json", "chains/001.jsonl", "chains/002.jsonl", f"evidence/{digest(FILE)}",
        "heads/001", "heads/002",
    ]  # fmt: skip


def test_what_is_withheld_is_not_in_the_file():
    assert b'"two"' not in b"".join(PARTS.values()).replace(b'\\"', b'"')
    assert b'"holder":"goma"' in PARTS["chains/001.jsonl"]


def test_an_encrypted_file_opens_for_its_readers_only():
    one, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    sealed = write(BUNDLE, [str(one.to_public())])
    assert sealed.startswith(b"age-encryption.org/v1\n")
    assert read(sealed, [str(other), str(one)]) == BUNDLE
    assert "No matching keys found" in refusal(sealed, str(other))
    assert "no key was given to open it" in refusal(sealed)
    assert "is no age key" in refusal(sealed, "AGE-SECRET-KEY-1NONSENSE")
    assert "cannot be decrypted" in refusal(sealed[:-9], str(one))
    with pytest.raises(WrongField, match="is no key that can be encrypted for"):
        write(BUNDLE, ["age1nonsense"])


def test_a_header_of_very_many_readers_is_not_tried():
    stanza = b"-> X25519 /vAimdOx8jx6TkdpwLZYO5UItyX9HuCnU71/gV+sGBc\n" + b"A" * 43 + b"\n"
    data = b"age-encryption.org/v1\n" + stanza * 2000 + b"--- AAAA\n"
    assert "do not end the list of its readers" in refusal(data, "AGE-SECRET-KEY-1")


def test_personal_content_is_written_only_for_readers():
    bundle = a_bundle(personal=[NAME])
    assert bundle.personal == (NAME,)
    with pytest.raises(WrongField, match="1 personal texts and would not be encrypted"):
        write(bundle)
    reader = pyrage.x25519.Identity.generate()
    assert read(write(bundle, [str(reader.to_public())]), [str(reader)]).personal == (NAME,)


# -- damage


def test_a_file_that_was_cut_short_anywhere_is_refused():
    for length in range(len(DATA)):
        refusal(DATA[:length])


def test_a_flipped_bit_is_refused_or_changes_nothing():
    chance = random.Random(1)
    same = 0
    for at in range(len(DATA)):
        spoilt = bytearray(DATA)
        spoilt[at] ^= 1 << chance.randrange(8)
        try:
            found = read(bytes(spoilt))
        except BundleRefused:
            continue
        # Dates of members, and who is said to have packed them, mean nothing to anybody.
        assert found == BUNDLE
        same += 1
    assert same < 30 * len(PARTS)


def test_bytes_in_front_between_and_behind_are_refused():
    end = DATA.index(b"PK\x01\x02")
    assert "do not begin as a bundle does" in refusal(b"#!/bin/sh\n" + DATA)
    assert "does not fit what is before it" in refusal(DATA[:end] + b"more" + DATA[end:])
    assert "does not end as a bundle does" in refusal(DATA + b"more")
    assert "do not begin as a bundle does" in refusal(b"")
    assert "do not begin as a bundle does" in refusal(b"PK\x05\x06" + bytes(18))


# -- files that somebody made on purpose


def zipped(members: list[tuple[zipfile.ZipInfo | str, bytes]], **how: object) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name, data, **how)
    return target.getvalue()


def info(name: str, **more: object) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name)
    about.create_system, about.external_attr = 3, 0o100600 << 16
    about.compress_type = zipfile.ZIP_DEFLATED
    for key, value in more.items():
        setattr(about, key, value)
    return about


@pytest.mark.parametrize(
    "name",
    ["../bundle.json", "/etc/passwd", "C:\\bundle.json", "chains/../../x", "bundle.json/",
     "chains/001.jsonl\x01", "Bundle.json", "evidence/" + "A" * 64, "chains/٠٠١.jsonl"],
)  # fmt: skip
def test_a_member_with_a_name_of_its_own_is_refused(name):
    data = zipped([(info("bundle.json"), b"{}"), (info(name), b"x")])
    assert any(words in refusal(data) for words in ("which no part is", "not written as a bundle"))


def test_a_link_is_refused():
    data = zipped([(info("bundle.json", external_attr=0o120777 << 16), b"/etc/passwd")])
    assert "The part bundle.json is no plain file" in refusal(data)


def test_a_doubled_member_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([(info("bundle.json"), b"{}"), (info("bundle.json"), b"[]")])
    assert "The part bundle.json stands in it twice" in refusal(data)


def test_thousands_of_members_are_refused():
    names = [f"heads/{number:05d}" for number in range(MEMBERS + 1)]
    data = zipped([(info(name, compress_type=0), b"") for name in names])
    assert f"It has {MEMBERS + 1} parts, where 1 to {MEMBERS} are read" in refusal(data)


def test_an_encrypted_member_is_refused():
    data = bytearray(DATA)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "is encrypted by the zip itself" in refusal(bytes(data))


def test_other_ways_of_packing_are_refused():
    data = zipped([(info("bundle.json", compress_type=zipfile.ZIP_BZIP2), b"{}")])
    assert "is no plain file" in refusal(data)


def spoilt_list(change: Callable[[dict[str, int]], None], number: int = 0) -> bytes:
    """The file with something changed in one line of its list of parts."""
    form = struct.Struct("<4sHHHHHHIIIHHHHHII")
    words = "magic made need flags method time date checksum packed size named extra comment"
    names = f"{words} disk inside attributes offset".split()
    data = bytearray(DATA)
    at = data.index(b"PK\x01\x02")
    for _ in range(number):
        at = data.index(b"PK\x01\x02", at + 4)
    row = dict(zip(names, form.unpack_from(data, at), strict=True))
    change(row)
    form.pack_into(data, at, *row.values())
    return bytes(data)


@pytest.mark.parametrize(
    ("change", "number", "words"),
    [
        (lambda row: row.update(size=row["size"] + 1), 0, "is not what the list says of it"),
        (lambda row: row.update(packed=row["packed"] + 9), 0, "is not what the list says of it"),
        (lambda row: row.update(checksum=1), 0, "is not what the list says of it"),
        (lambda row: row.update(offset=0), 1, "begins at byte 0, not at byte"),
        (lambda row: row.update(offset=2**32 - 1), 1, "begins at byte 4294967295"),
        (lambda row: row.update(named=9), 0, "which no part is"),
        (lambda row: row.update(extra=4), 0, "is not written as a bundle's parts"),
        (lambda row: row.update(size=OPENED_BYTES), 0, "where 100663296 are unpacked"),
    ],
)
def test_a_list_that_lies_is_refused(change, number, words):
    assert words in refusal(spoilt_list(change, number))


def lying(data: bytes, size: int) -> bytes:
    """A zip of one member that says, in both places, that it has this size."""
    made = bytearray(zipped([(info("bundle.json"), data)]))
    for magic, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", made, made.index(magic) + at, size)
    return bytes(made)


def test_a_bomb_is_not_unpacked():
    bomb = zipped([(info("bundle.json"), bytes(OPENED_BYTES + 1))])
    small = lying(bytes(OPENED_BYTES + 1), 1000)
    assert len(bomb) < 200_000
    tracemalloc.start()
    began = time.process_time()
    assert f"would have {OPENED_BYTES + 1} bytes" in refusal(bomb)
    assert "does not unpack to the 1000 bytes" in refusal(small)
    assert time.process_time() - began < 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_file_beyond_all_measure_is_refused_unread():
    assert f"The file has {FILE_BYTES + 1} bytes" in refusal(bytes(FILE_BYTES + 1))


def test_what_nobody_would_read_is_not_written(monkeypatch):
    monkeypatch.setattr("safeconduct.adapters.bundlefile.OPENED_BYTES", 1000)
    with pytest.raises(FileTooLarge, match="where 4096 parts and 1000 bytes are read"):
        write(BUNDLE)


# -- parts that are not what they should be


def remade(**parts: bytes) -> bytes:
    """The file with other parts in it, named without what is awkward in a keyword."""
    found = dict(PARTS)
    for name, data in parts.items():
        found[name] = data
    return framed(found)


def with_manifest(change: Callable[[dict[str, object]], None]) -> bytes:
    """The file with another manifest, signed by its maker."""
    goma = Office("goma")
    whole = json.loads(PARTS["bundle.json"])
    change(whole["manifest"])
    data = json.dumps(whole["manifest"], separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    whole["signature"] = goma.hand.sign(data.encode()).hex()
    text = json.dumps(whole, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return remade(**{"bundle.json": text.encode()})


def test_the_maker_signs_the_manifest():
    whole = json.loads(PARTS["bundle.json"])
    whole["manifest"]["made_at"] += 1
    words = refusal(remade(**{"bundle.json": canonical(whole)}))
    assert "bundle.json: The signature of its maker goma-1:" in words
    assert with_manifest(lambda manifest: None) == DATA


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda m: m.update({"is": "safeconduct-bundle-v2"}), "bundle.json"),
        (lambda m: m.pop("is"), "not written as this program writes"),
        (lambda m: m.update(made_at=1.5), "canonical values are integers only"),
        (lambda m: m.update(made_at=float("nan")), "canonical values are integers only"),
        (lambda m: m.update(made_at=2**53), "not below 2**53"),
        (lambda m: m.update(handling="secret"), "secret"),
        (lambda m: m.update(more=1), "more"),
        (lambda m: m.pop("chains"), "chains"),
        (lambda m: m.update(public="00" * 32), "maker's key is not of its form"),
        (lambda m: m["chains"].append(m["chains"][0]), "lists a writer twice"),
        (lambda m: m["chains"][0].update(first=4), "which cannot be"),
        (lambda m: m["chains"][0].update(first=-1), "which cannot be"),
        (lambda m: m["chains"][0].update(lacks=[[0, 99]]), "which cannot be"),
        (lambda m: m["chains"][0].update(to=10**9), "where 100000 are allowed"),
        (lambda m: m["chains"][0].update(to=4), "ends before number 3 of 4"),
        (lambda m: m["chains"][0].update(to=2), "has more than 2 lines"),
        (lambda m: m["chains"][0].update(root="1" * 64), "do not lead to the root"),
        (lambda m: m["chains"][0].update(writer=m["chains"][1]["writer"]), "lists a writer twice"),
        (lambda m: m["chains"][0].update(writer="x:1"), "number 0 of x:1"),
        (lambda m: m["chains"][0]["part"].update(size=1), "are not the 1 bytes"),
        (lambda m: m["evidence"].clear(), "The manifest does not list it"),
        (lambda m: m["evidence"].append({"size": 1, "sha256": "1" * 64}), "it is missing"),
        (lambda m: m["evidence"].append({"size": 1, "sha256": "../x"}), "not by its hash"),
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_be_is_refused(change, words):
    assert words in refusal(with_manifest(change))


def with_chain(data: bytes) -> bytes:
    """The file with other lines in its first chain, and a signed manifest that lists them."""

    def change(manifest: dict[str, object]) -> None:
        manifest["chains"][0]["part"] = {"size": len(data), "sha256": digest(data)}

    parts = dict(PARTS)
    with zipfile.ZipFile(io.BytesIO(with_manifest(change))) as made:
        parts["bundle.json"] = made.read("bundle.json")
    return framed(parts | {"chains/001.jsonl": data})


LINES = PARTS["chains/001.jsonl"].split(b"\n")[:-1]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([LINES[1], LINES[0], LINES[2]], "Line 1 is number 1 of goma-1"),
        ([LINES[0], LINES[0], LINES[2]], "Line 2 is number 0 of goma-1"),
        (LINES[:2], "ends before number 2 of 3"),
        ([*LINES, LINES[2]], "more than 3 lines"),
        ([b"", *LINES[1:]], "Line 1 is no place of a chain"),
        ([b"\xff" + LINES[0], *LINES[1:]], "are not UTF-8 text: byte 0"),
        ([LINES[0].replace(b'{"signature"', b'{"signature":"","signature"', 1), *LINES[1:]],
         "stands twice in one mapping"),
        ([b'{"signature":NaN,"signed":1e400}', *LINES[1:]], "canonical values are integers only"),
        ([b'{"signature":' + b"9" * 5000 + b',"signed":1}', *LINES[1:]], "This is not JSON"),
        ([b"[" * 100_000 + b"]" * 100_000, *LINES[1:]], "nest deeper than 64"),
        ([b'{"a":' * 100_000 + b"1" + b"}" * 100_000, *LINES[1:]], "nest deeper than 64"),
        ([LINES[0] + b" ", *LINES[1:]], "are not the canonical form"),
        ([LINES[0].replace(b"one", b"One"), *LINES[1:]], "Line 2 is number 1 of goma-1"),
        ([b'{"signature":"","signed":"\\ud800"}', *LINES[1:]], "Line 1"),
        ([b"x" * (1 << 20) + b"x", *LINES[1:]], "where 1048576 are allowed"),
    ],
)  # fmt: skip
def test_lines_that_are_no_chain_are_refused(lines, words):
    assert words in refusal(with_chain(b"".join(line + b"\n" for line in lines)))


def test_a_chain_that_ends_in_mid_line_is_refused():
    assert "ends in the middle of a line" in refusal(with_chain(b"\n".join(LINES)))


def test_very_many_keys_cost_no_more_than_they_are_long():
    keys = b",".join(b'"%06d":1' % number for number in range(80_000))
    began = time.process_time()
    words = refusal(with_chain(b"{" + keys + b',"000000":1}\n'))
    assert 'key "000000" stands twice' in words
    assert time.process_time() - began < 3


def test_every_part_that_is_missing_or_too_many_is_named():
    for name in PARTS:
        rest = {other: data for other, data in PARTS.items() if other != name}
        if rest and next(iter(rest)):
            assert name in refusal(framed(rest))
    assert "heads/009: The manifest does not list it" in refusal(remade(**{"heads/009": b"x"}))


def test_members_may_be_stored_without_packing():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, data in PARTS.items():
            made.writestr(info(name, compress_type=0), data)
    assert read(target.getvalue()) == BUNDLE


def test_what_follows_the_end_of_a_packed_part_is_refused():
    packed = zlib.compressobj(6, zlib.DEFLATED, -15)
    stream = packed.compress(b"{}") + packed.flush() + b"hidden"
    name = b"bundle.json"
    local = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 33, zlib.crc32(b"{}"),
                        len(stream), 2, len(name), 0)  # fmt: skip
    line = struct.Struct("<4sHHHHHHIIIHHHHHII")
    listed = line.pack(b"PK\x01\x02", 0x314, 20, 0, 8, 0, 33, zlib.crc32(b"{}"), len(stream), 2,
                       len(name), 0, 0, 0, 0, 0, 0)  # fmt: skip
    front = local + name + stream
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(listed + name), len(front), 0)
    assert "does not unpack to the 2 bytes" in refusal(front + listed + name + end)


def test_an_unsigned_bundle_is_refused():
    nobody = signed(BUNDLE, bytes(64))
    assert "The signature of its maker" in refusal(framed(parts_of(nobody)))
