"""What one office hands to another: chains, heads and evidence under one signed manifest.

The manifest names the size and the hash of every part, and its maker signs it: so a bundle is whole
and as it was made, or it is refused whole. It gives no trust beyond that: every entry in it is
judged by the signature of its own writer when it is merged (`merging.py`). How a bundle is made
from a store is in `exporting.py`; how it becomes a file, in the adapters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from safeconduct.errors import BundleRefused, SafeconductError
from safeconduct.register.canonical import LARGEST, canonical, digest, is_digest, parse
from safeconduct.register.chain import Link, Withheld, rooted
from safeconduct.register.codec import decode, encode
from safeconduct.register.entry import Entry, Handling, entry_from_bytes
from safeconduct.register.personal import Commitment, Personal
from safeconduct.register.signing import holds, writer_id

__all__ = [
    "FORMAT",
    "LINE_BYTES",
    "MANIFEST",
    "MANIFEST_BYTES",
    "NOTE_BYTES",
    "PLACES",
    "Bundle",
    "BundleChain",
    "Holding",
    "LeftOut",
    "bundle_from",
    "fits_its_key",
    "parts_of",
]

FORMAT = "safeconduct-bundle-v1"
"""Stands in every manifest that is signed, so that the signature can pass for no other."""

MANIFEST = "bundle.json"
"""The part that holds the manifest and its signature."""

PLACES = 100_000
"""So many places of chains are in a bundle at the most: years of one country's records."""

LINE_BYTES = 1 << 20
"""So long is one line at the most; an entry is a statement, not a file, and has a few kilobytes."""

MANIFEST_BYTES = 4 << 20
"""So long is the manifest at the most: some thousand parts, of a few hundred bytes each."""

NOTE_BYTES = 64 << 10
"""So long is a head at the most, witnesses and all."""

Runs = tuple[tuple[int, int], ...]
"""Places of a chain as runs of numbers, each from its first up to the one after its last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """How much of a writer's chain an office holds, and which places of it without content."""

    writer: str
    size: int
    root: str
    lacks: Runs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleChain:
    """A part of one writer's chain.

    Parameters
    ----------
    public : the writer's key, 64 hex digits.
    first : the number of the first place that is in here; `size` when none is.
    size : how much of the chain its maker holds. root : of the tree over all that.
    lacks : the places below `size` whose content the maker itself does not hold.
    links : the places from `first` on, up to `size`.
    """

    writer: str
    public: str
    first: int
    size: int
    root: str
    lacks: Runs = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A chain that the maker holds and did not hand on, and why."""

    writer: str
    size: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A whole bundle.

    Parameters
    ----------
    made_by, public : the device that made it, and its key as 64 hex digits. office : whose it is,
        as it says itself.
    made_at : when, by its own clock, UTC seconds.
    addressees : the offices that it is meant for.
    handling : the narrowest level that entries in it have.
    heads : signed checkpoints as text, by writer, the maker's own made with the bundle.
    evidence : files by their SHA-256.
    personal : contents of commitments in its entries; only ever in bundles that are encrypted.
    signature : over the manifest, 128 hex digits.
    """

    made_by: str
    public: str
    office: str
    made_at: int
    addressees: tuple[str, ...]
    handling: Handling
    chains: tuple[BundleChain, ...]
    heads: tuple[tuple[str, str], ...] = ()
    evidence: Mapping[str, bytes] = field(default_factory=dict)
    personal: tuple[Personal, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    signature: str = ""

    def manifest_bytes(self) -> bytes:
        """What its maker signs: the canonical JSON of the manifest."""
        return canonical(encode(_manifest(self)))

    @property
    def sha256(self) -> str:
        """The hash of the manifest, by which receipts name the bundle."""
        return digest(self.manifest_bytes())

    def holdings(self) -> tuple[Holding, ...]:
        """What its maker held, so that an answer need not bring it again."""
        return tuple(
            Holding(writer=one.writer, size=one.size, root=one.root, lacks=one.lacks)
            for one in self.chains
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    size: int
    sha256: str

    @classmethod
    def of(cls, data: bytes) -> _Part:
        return cls(size=len(data), sha256=digest(data))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chain:
    writer: str
    public: str
    first: int
    to: int
    root: str
    part: _Part
    lacks: Runs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    writer: str
    part: _Part


@dataclass(frozen=True, slots=True, kw_only=True)
class _Manifest:
    kind: ClassVar[str] = FORMAT
    made_by: str
    public: str
    office: str
    made_at: int
    addressees: tuple[str, ...]
    handling: Handling
    chains: tuple[_Chain, ...]
    heads: tuple[_Head, ...]
    evidence: tuple[_Part, ...]
    personal: _Part | None
    left_out: tuple[LeftOut, ...]

    def parts(self) -> dict[str, _Part]:
        """Every part but the manifest, by name."""
        chains = {_chain_name(at): one.part for at, one in enumerate(self.chains)}
        heads = {_head_name(at): one.part for at, one in enumerate(self.heads)}
        files = {_evidence_name(one.sha256): one for one in self.evidence}
        personal = {_PERSONAL: self.personal} if self.personal else {}
        return chains | heads | files | personal


_PERSONAL = "personal.jsonl"


def _chain_name(number: int) -> str:
    return f"chains/{number + 1:03d}.jsonl"


def _head_name(number: int) -> str:
    return f"heads/{number + 1:03d}"


def _evidence_name(sha256: str) -> str:
    return f"evidence/{sha256}"


def parts_of(bundle: Bundle) -> dict[str, bytes]:
    """The parts of a bundle by name, the manifest first."""
    signed = {"manifest": encode(_manifest(bundle)), "signature": bundle.signature}
    parts = {MANIFEST: canonical(signed)}
    parts |= {_chain_name(at): _lines(one.links) for at, one in enumerate(bundle.chains)}
    parts |= {_head_name(at): note.encode() for at, (_, note) in enumerate(bundle.heads)}
    parts |= {_evidence_name(name): bundle.evidence[name] for name in sorted(bundle.evidence)}
    if bundle.personal:
        parts[_PERSONAL] = _personal_lines(bundle.personal)
    return parts


def _manifest(bundle: Bundle) -> _Manifest:
    return _Manifest(
        made_by=bundle.made_by,
        public=bundle.public,
        office=bundle.office,
        made_at=bundle.made_at,
        addressees=bundle.addressees,
        handling=bundle.handling,
        chains=tuple(
            _Chain(
                writer=one.writer,
                public=one.public,
                first=one.first,
                to=one.size,
                root=one.root,
                part=_Part.of(_lines(one.links)),
                lacks=one.lacks,
            )
            for one in bundle.chains
        ),
        heads=tuple(
            _Head(writer=writer, part=_Part.of(note.encode())) for writer, note in bundle.heads
        ),
        evidence=tuple(_Part.of(bundle.evidence[name]) for name in sorted(bundle.evidence)),
        personal=_Part.of(_personal_lines(bundle.personal)) if bundle.personal else None,
        left_out=bundle.left_out,
    )


def _lines(links: Sequence[Link]) -> bytes:
    return b"".join(canonical(_line(link)) + b"\n" for link in links)


def _line(link: Link) -> dict[str, object]:
    if isinstance(link, Entry):
        return {"signature": link.signature or "", "signed": link.signed_bytes().decode()}
    return {
        "writer": link.writer,
        "sequence": link.sequence,
        "previous": link.previous,
        "hash": link.hash,
        "holder": link.holder,
    }


def _personal_lines(contents: Sequence[Personal]) -> bytes:
    rows = [[str(one.commitment), one.salt.hex(), one.value] for one in contents]
    return b"".join(canonical(row) + b"\n" for row in sorted(rows))


# -- reading


def bundle_from(parts: Mapping[str, bytes]) -> Bundle:
    """The bundle that these parts are.

    Raises
    ------
    BundleRefused : a part is missing, is one too many, or is not what the manifest says; the
        maker's signature is wrong; a line is no place of its chain. The message names the part.
    """
    manifest, signature = _read_manifest(parts)
    _check_parts(parts, manifest)
    chains = tuple(
        _read_chain(one, _chain_name(at), parts[_chain_name(at)])
        for at, one in enumerate(manifest.chains)
    )
    return Bundle(
        made_by=manifest.made_by,
        public=manifest.public,
        office=manifest.office,
        made_at=manifest.made_at,
        addressees=manifest.addressees,
        handling=manifest.handling,
        chains=chains,
        heads=tuple(
            (one.writer, _text(parts[_head_name(at)], _head_name(at)))
            for at, one in enumerate(manifest.heads)
        ),
        evidence={
            one.sha256: parts[_evidence_name(one.sha256)]
            for one in sorted(manifest.evidence, key=lambda one: one.sha256)
        },
        personal=_read_personal(parts[_PERSONAL]) if manifest.personal else (),
        left_out=manifest.left_out,
        signature=signature,
    )


def fits_its_key(writer: str, public: str) -> bool:
    """Whether the writer's id is made of this key, 64 hex digits."""
    if not is_digest(public):
        return False
    try:
        return writer_id(writer.rpartition(":")[0], bytes.fromhex(public)) == writer
    except SafeconductError:
        return False


def _read_manifest(parts: Mapping[str, bytes]) -> tuple[_Manifest, str]:
    data = parts.get(MANIFEST)
    if data is None:
        raise _refused("There is no manifest in it", MANIFEST)
    if len(data) > MANIFEST_BYTES:
        raise _refused(f"It has {len(data)} bytes, where {MANIFEST_BYTES} are allowed", MANIFEST)
    try:
        whole = parse(data)
        if not isinstance(whole, dict) or set(whole) != {"manifest", "signature"}:
            raise _refused("It holds something else than a manifest and its signature", MANIFEST)
        manifest = decode(_Manifest, whole["manifest"], "manifest")
        signed = canonical(whole["manifest"])
        if canonical(encode(manifest)) != signed:
            raise _refused("It is not written as this program writes a manifest", MANIFEST)
    except BundleRefused:
        raise
    except SafeconductError as error:
        raise _refused(str(error).rstrip("."), MANIFEST) from error
    signature = whole["signature"]
    if not is_digest(signature, 128) or not fits_its_key(manifest.made_by, manifest.public):
        raise _refused("Its signature or its maker's key is not of its form", MANIFEST)
    if not holds(bytes.fromhex(manifest.public), signed, bytes.fromhex(str(signature))):
        raise _refused(f"The signature of its maker {manifest.made_by} is wrong", MANIFEST)
    _check_manifest(manifest)
    return manifest, str(signature)


def _check_manifest(manifest: _Manifest) -> None:
    places = 0
    for one in manifest.chains:
        _check_runs(one)
        places += one.to - one.first
    if places > PLACES:
        raise _refused(f"It lists {places} places, where {PLACES} are allowed", MANIFEST)
    for listed in (manifest.chains, manifest.heads):
        writers = [one.writer for one in listed]
        if len(set(writers)) != len(writers):
            raise _refused("It lists a writer twice", MANIFEST)
    names = [one.sha256 for one in manifest.evidence]
    if len(set(names)) != len(names) or not all(map(is_digest, names)):
        raise _refused("It lists a file of evidence twice, or not by its hash", MANIFEST)


def _check_runs(one: _Chain) -> None:
    ends = [0, *(number for run in one.lacks for number in run), one.to]
    if (
        not 0 <= one.first <= one.to <= LARGEST
        or not is_digest(one.root)
        or ends != sorted(ends)
        or any(first == end for first, end in one.lacks)
    ):
        raise _refused(
            f"Of {one.writer} it lists the places {one.first} to {one.to} under the root "
            f"{one.root[:70]!r}, which cannot be",
            MANIFEST,
        )


def _check_parts(parts: Mapping[str, bytes], manifest: _Manifest) -> None:
    listed = manifest.parts()
    for name in sorted(parts.keys() - listed.keys() - {MANIFEST}):
        raise _refused("The manifest does not list it", name)
    for name, part in listed.items():
        data = parts.get(name)
        if data is None:
            raise _refused("The manifest lists it, and it is missing", name)
        if len(data) != part.size or digest(data) != part.sha256:
            raise _refused(
                f"Its {len(data)} bytes are not the {part.size} bytes that the manifest lists", name
            )


def _read_chain(listed: _Chain, name: str, data: bytes) -> BundleChain:
    links: list[Link] = []
    number = listed.first
    for line in _split(data, name):
        if number == listed.to:
            raise _refused(f"It has more than {listed.to - listed.first} lines", name)
        link = _read_line(line, name, number - listed.first + 1)
        before = links[-1].hash if links else link.previous
        if (link.writer, link.sequence, link.previous) != (listed.writer, number, before):
            raise _refused(
                f"Line {number - listed.first + 1} is number {link.sequence} of {link.writer} "
                f"after {link.previous[:12]}…, where number {number} of {listed.writer} after "
                f"{before[:12]}… is expected",
                name,
            )
        links.append(link)
        number += 1
    if number != listed.to:
        raise _refused(f"It ends before number {number} of {listed.to}", name)
    if listed.first == 0 and rooted(listed.writer, (one.hash for one in links)).root != listed.root:
        raise _refused("The hashes of its entries do not lead to the root that is listed", name)
    return BundleChain(
        writer=listed.writer,
        public=listed.public,
        first=listed.first,
        size=listed.to,
        root=listed.root,
        lacks=listed.lacks,
        links=tuple(links),
    )


def _read_line(line: bytes, name: str, number: int) -> Link:
    try:
        found = parse(line)
        if isinstance(found, dict) and set(found) == {"signature", "signed"}:
            signed, signature = decode(str, found["signed"]), decode(str, found["signature"])
            return entry_from_bytes(signed.encode(), signature or None)
        return decode(Withheld, found)
    except (SafeconductError, UnicodeEncodeError) as error:
        raise _refused(f"Line {number} is no place of a chain: {error}".rstrip("."), name) from None


def _read_personal(data: bytes) -> tuple[Personal, ...]:
    found = []
    for number, line in enumerate(_split(data, _PERSONAL), 1):
        try:
            written, salt, value = decode(tuple[Commitment, str, str], parse(line))
            found.append(Personal(written, bytes.fromhex(salt), value))
        except (SafeconductError, ValueError) as error:
            raise _refused(f"Line {number}: {error}".rstrip("."), _PERSONAL) from None
    return tuple(found)


def _split(data: bytes, name: str) -> list[bytes]:
    if data and not data.endswith(b"\n"):
        raise _refused("It ends in the middle of a line", name)
    lines = data.split(b"\n")[:-1]
    for number, line in enumerate(lines, 1):
        if len(line) > LINE_BYTES:
            raise _refused(
                f"Line {number} has {len(line)} bytes, where {LINE_BYTES} are allowed", name
            )
    return lines


def _text(data: bytes, name: str) -> str:
    if len(data) > NOTE_BYTES:
        raise _refused(f"It has {len(data)} bytes, where {NOTE_BYTES} are allowed", name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused(f"Its byte {error.start} is no UTF-8", name) from None


def _refused(found: str, part: str) -> BundleRefused:
    return BundleRefused(
        f"{part}: {found}.",
        "Nothing of the bundle was taken. Ask its maker for it again, on another stick.",
        part=part,
    )


def signed(bundle: Bundle, signature: bytes) -> Bundle:
    """The bundle with its maker's signature."""
    return replace(bundle, signature=signature.hex())
