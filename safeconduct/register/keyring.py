"""Who may write, by what the roots have said; and which entries therefore count.

One signature that holds vouches for its whole chain: an entry names the hash of the one before it,
which names the one before that. So to believe a chain it is enough that its last believed entry
bears a right signature and that the hashes follow one another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from safeconduct.errors import SafeconductError
from safeconduct.register.chain import Link
from safeconduct.register.codec import decode
from safeconduct.register.entry import NO_PREVIOUS, Entry
from safeconduct.register.keys import (
    KEY_KINDS,
    KeyIntroduced,
    KeyRecord,
    KeyRevoked,
    OfficeRoot,
    OfficeTrusted,
)
from safeconduct.register.signing import holds

__all__ = [
    "Believed",
    "Key",
    "Keyring",
    "Refused",
    "Sifted",
    "believed",
    "is_signed",
    "keyring",
    "sift",
    "vouched",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key that may write, or could.

    Parameters
    ----------
    public : Ed25519, 32 bytes.
    office : whose it is. root : the root that introduced it; its own id for a root.
    believed : how many of its entries count; None for all of them.
    last : the hash of the last that counts, where not all do.
    why : why it was revoked.
    instead_of : the writer that it follows.
    """

    writer: str
    device: str
    public: bytes
    office: str
    root: str
    believed: int | None = None
    last: str = NO_PREVIOUS
    why: str = ""
    instead_of: str | None = None

    @property
    def is_root(self) -> bool:
        """Whether it speaks for its office about keys."""
        return self.writer == self.root


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that does not count, and why: a word for the reason, and a sentence."""

    entry: Entry
    reason: str
    says: str


@dataclass(frozen=True, slots=True)
class Keyring:
    """Every key that a trusted root has spoken of, by the id of its writer."""

    own_root: str
    keys: Mapping[str, Key] = field(default_factory=dict)

    def get(self, writer: str) -> Key | None:
        """The key of a writer, if a trusted root has introduced it."""
        return self.keys.get(writer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """The entries that count and those that do not, each in the order of its chain.

    Parameters
    ----------
    ring : the keys as these entries tell of them.
    """

    ring: Keyring
    counted: tuple[Entry, ...]
    refused: tuple[Refused, ...]


def sift(links: Iterable[Link], own_root: str) -> Sifted:
    """Which entries count, by what the roots among them say.

    Parameters
    ----------
    links : whole chains from number 0 on, in any order, as `verify_chain` accepts them.
    own_root : the id of the root that this register was made with.
    """
    chains = _chains(links)
    ring = keyring(chains, own_root)
    counted: list[Entry] = []
    refused: list[Refused] = []
    for writer in sorted(chains):
        good, bad = _believed(writer, chains[writer], ring.get(writer))
        counted += good
        refused += bad
    return Sifted(ring=ring, counted=tuple(counted), refused=tuple(refused))


def keyring(chains: Mapping[str, Sequence[Link]], own_root: str) -> Keyring:
    """The keys, by the word of the office's own root and of those that it has trusted.

    Of a root that was revoked only what it said before counts, but for what it revoked: that takes
    cover away and never gives any.
    """
    own = _root(chains, own_root)
    if own is None:
        return Keyring(own_root)
    found = _Roots({own_root: own}, {own_root: {own_root}}, own_root)
    words = {own_root: _said(chains, own)}
    found.revoke(words[own_root], own)
    found.introduce(words[own_root], found.keys[own_root])
    found.revoke(words[own_root], own)
    others = [key for key in found.keys.values() if key.is_root and key.writer != own_root]
    for other in others:
        words[other.writer] = _said(chains, other)
        found.revoke(words[other.writer], other)
        found.introduce(words[other.writer], found.keys[other.writer])
    # Once all are introduced: two roots may have introduced one key, and each of them may revoke
    # it; and the own root may revoke what another root introduced.
    for root in (*others, own):
        found.revoke(words[root.writer], root)
    return Keyring(own_root, found.keys)


def _chains(links: Iterable[Link]) -> dict[str, list[Link]]:
    chains: dict[str, list[Link]] = defaultdict(list)
    for link in sorted(links, key=lambda link: (link.writer, link.sequence)):
        chains[link.writer].append(link)
    return chains


def _root(chains: Mapping[str, Sequence[Link]], writer: str) -> Key | None:
    """The root's key, as the first entry of its own chain has it."""
    chain = chains.get(writer)
    first = _record(chain[0]) if chain else None
    if not isinstance(first, OfficeRoot) or first.writer != writer:
        return None
    return _key(first, first.office, writer)


_Words = list[tuple[int, KeyRecord]]
"""What a root said, each with its place in the root's chain."""


@dataclass(frozen=True, slots=True)
class _Roots:
    """What the roots have said so far.

    Parameters
    ----------
    keys : by writer. speakers : the roots that introduced it, by writer.
    """

    keys: dict[str, Key]
    speakers: dict[str, set[str]]
    own_root: str

    def introduce(self, words: _Words, root: Key) -> None:
        """Adds the keys that a root speaks for; only the own root makes another office's count."""
        for sequence, record in words:
            if root.believed is not None and sequence >= root.believed:
                continue
            writer = record.writer
            if isinstance(record, KeyIntroduced):
                if writer not in self.keys:
                    self.keys[writer] = _key(record, root.office, root.writer)
                if not self.keys[writer].is_root:
                    self.speakers.setdefault(writer, set()).add(root.writer)
            elif isinstance(record, OfficeTrusted) and root.writer == self.own_root:
                if writer not in self.keys:
                    self.keys[writer] = _key(record, record.office, writer)
                self.speakers.setdefault(writer, {writer})

    def revoke(self, words: _Words, root: Key) -> None:
        """Takes back what a root revokes: the own root any key, another itself and its devices.

        What the own root introduced no other can revoke. Of several revocations of one key the one
        that believes least counts.
        """
        for _, record in words:
            key = self.keys.get(record.writer) if isinstance(record, KeyRevoked) else None
            if key is None or not isinstance(record, KeyRevoked):
                continue
            shared = root.writer in self.speakers[key.writer] and key.root != self.own_root
            may = shared or root.writer in (self.own_root, key.root)
            if may and (key.believed is None or record.size < key.believed):
                self.keys[key.writer] = replace(
                    key, believed=record.size, last=record.last, why=record.why
                )


def _said(chains: Mapping[str, Sequence[Link]], root: Key) -> _Words:
    """What a root says about keys, as far as its own chain is believed."""
    good, _ = _believed(root.writer, chains.get(root.writer, ()), root)
    return [(one.sequence, record) for one in good if (record := _record(one)) is not None]


def _record(link: Link) -> KeyRecord | None:
    if not isinstance(link, Entry) or link.kind not in KEY_KINDS:
        return None
    try:
        return decode(KEY_KINDS[link.kind], link.body, link.id)
    except SafeconductError:
        return None  # what cannot be read introduces nobody


def _key(record: OfficeRoot | KeyIntroduced | OfficeTrusted, office: str, root: str) -> Key:
    return Key(
        writer=record.writer,
        device=record.device,
        public=bytes.fromhex(record.public),
        office=office,
        root=root,
        instead_of=record.instead_of if isinstance(record, KeyIntroduced) else None,
    )


@dataclass(frozen=True, slots=True)
class Believed:
    """How far a chain counts: its first `signed` places.

    Parameters
    ----------
    size : up to where only a signature is missing. signed : never more.
    unsigned, later : why what comes after `signed`, and after `size`, does not count: a word and a
        sentence.
    """

    signed: int
    size: int
    unsigned: tuple[str, str]
    later: tuple[str, str]

    def refusal(self, entry: Entry) -> Refused:
        """Why an entry from `signed` on does not count."""
        return Refused(entry, *(self.unsigned if entry.sequence < self.size else self.later))


def believed(writer: str, chain: Sequence[Link], key: Key | None) -> Believed:
    """How far a writer's chain counts under its key; not at all where nobody has introduced it."""
    if key is None:
        unknown = "unknown-key", f"No trusted root has introduced the writer {writer}."
        return Believed(0, 0, unknown, unknown)
    size = len(chain) if key.believed is None else min(key.believed, len(chain))
    later = "revoked", f"The key of {key.writer} was revoked before that: {key.why}."
    if size and size == key.believed and chain[size - 1].hash != key.last:
        later = "forked", f"The root believes another chain of {key.writer} than this one."
        size = 0
    signed = vouched(chain[:size], key.public)
    unsigned = "bad-signature", f"The key of {key.writer} vouches for {signed} entries only."
    return Believed(signed, size, unsigned, later)


def _believed(
    writer: str, chain: Sequence[Link], key: Key | None
) -> tuple[list[Entry], list[Refused]]:
    """The entries of a chain that its key vouches for, and the others with the reason."""
    far = believed(writer, chain, key)
    entries = [link for link in chain if isinstance(link, Entry)]
    bad = [far.refusal(one) for one in entries if one.sequence >= far.signed]
    return [one for one in entries if one.sequence < far.signed], bad


def vouched(chain: Sequence[Link], public: bytes) -> int:
    """How many places of the chain a key vouches for: up to its last right signature."""
    for link in reversed(chain):
        if isinstance(link, Entry) and _is_signed_again(link, public):
            return link.sequence + 1
    return 0


def is_signed(entry: Entry, public: bytes) -> bool:
    """Whether the entry bears this key's own right signature."""
    return entry.signature is not None and holds(
        public, entry.signed_bytes(), bytes.fromhex(entry.signature)
    )


def _is_signed_again(entry: Entry, public: bytes) -> bool:
    """The same; the last of each chain is asked for again and again, and remembered."""
    return entry.signature is not None and _held(public, entry.signed_bytes(), entry.signature)


@lru_cache(maxsize=512)
def _held(public: bytes, data: bytes, signature: str) -> bool:
    # By all that the answer depends on, so that nothing else can be taken for what was looked at.
    return holds(public, data, bytes.fromhex(signature))
