"""Making a bundle from a store: what another office lacks, as far as it may go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from safeconduct.errors import KeyRefused, SafeconductError
from safeconduct.register.bundle import Bundle, BundleChain, Holding, LeftOut, fits_its_key, signed
from safeconduct.register.chain import Link, Withheld, rooted
from safeconduct.register.codec import decode
from safeconduct.register.entry import Entry, Handling
from safeconduct.register.hand import Hand, signed_checkpoint
from safeconduct.register.handover import own_places
from safeconduct.register.keyring import Keyring, sift
from safeconduct.register.keys import KEY_KINDS, KeyRecord, KeyRevoked
from safeconduct.register.personal import Personal
from safeconduct.register.receipts import Receipt, latest
from safeconduct.register.rootword import line_on
from safeconduct.register.store import Store, chains_of, kept_with, writing_in
from safeconduct.register.told import own_word
from safeconduct.vocabulary.evidence import Evidence

__all__ = ["Files", "export", "may_go", "publics", "runs"]


class Files(Protocol):
    """Files of evidence by their SHA-256; a mapping is one."""

    def get(self, sha256: str, /) -> bytes | None:
        """The content, if it is to go along and can."""


def export(
    store: Store,
    hand: Hand,
    *,
    at: int,
    handling: Handling,
    addressees: Sequence[str] = (),
    since: Iterable[Holding] = (),
    hands: Iterable[Hand] = (),
    evidence: Files | None = None,
    personal: Iterable[Personal] = (),
) -> Bundle:
    """A signed bundle of what a store holds.

    Parameters
    ----------
    hand : the device that makes and signs it; it writes into this store.
    at : the moment of making, UTC seconds; the heads of the hands given say that their chains were
        no longer than this then.
    handling : entries of a narrower level go as withheld places.
    addressees : the offices that it is for. An entry that names its recipients goes only where
        every addressee is one of them, or the office that wrote it.
    since : what the reader holds, as its own bundle lists it (`Bundle.holdings`); whole chains go
        where nothing is known.
    hands : further devices that write into this store and can say now how long their chains are.
    evidence : files by SHA-256, asked for those that may go: that an entry rests on which the
        reader holds by now, and as far as every entry that rests on it allows.
    personal : contents that are asked for; those go that an entry in the bundle commits to. Such a
        bundle can only be written encrypted.

    Raises
    ------
    KeyRefused : the hand does not write into this store.
    """
    chains, here = chains_of(store), writing_in(store)
    signing = {one.writer: one for one in (hand, *hands)}
    for writer in signing:
        if writer not in here:
            raise KeyRefused(
                f"{writer} does not write into this register, so it cannot say how long its "
                "chain is.",
                "Make the bundle with a device of this register.",
            )
    ring = sift((link for chain in chains.values() for link in chain), store.root).ring
    keys = publics(chains)
    keys |= {writer: one.public.hex() for writer, one in signing.items()}
    office = key.office if (key := ring.get(hand.writer)) else ""
    held = {one.writer: one for one in since}
    limit = _Limit(handling, frozenset(addressees), ring, office)
    going = tuple(
        _chain(writer, keys[writer], chain, held.get(writer), limit)
        for writer, chain in sorted(chains.items())
        if writer in keys
    )
    sent = [link for one in going for link in one.links if isinstance(link, Entry)]
    files = _files_going([chain for writer, chain in chains.items() if writer in keys], limit)
    found = {name: evidence.get(name) for name in files} if evidence is not None else {}
    bundle = Bundle(
        made_by=hand.writer,
        public=hand.public.hex(),
        office=office,
        made_at=at,
        addressees=tuple(addressees),
        handling=handling,
        chains=going,
        heads=tuple(sorted(_heads(store, chains, ring, signing, at).items())),
        evidence={name: data for name, data in found.items() if data is not None},
        personal=kept_with(personal, sent),
        left_out=tuple(
            LeftOut(writer=writer, size=len(chain), says="No key of it is known, so nobody could "
                    "check what it wrote.")
            for writer, chain in sorted(chains.items())
            if writer not in keys
        ),
    )  # fmt: skip
    return signed(bundle, hand.sign(bundle.manifest_bytes()))


def publics(chains: Mapping[str, Sequence[Link]]) -> dict[str, str]:
    """The key of every writer whose key is on record anywhere in these chains, as 64 hex digits.

    An id is made of its key, so it does not matter who put the key on record.
    """
    found: dict[str, str] = {}
    for link in (link for chain in chains.values() for link in chain):
        for writer, public in _keys_in(link):
            if fits_its_key(writer, public):
                found[writer] = public
    return found


def _keys_in(link: Link) -> Iterator[tuple[str, str]]:
    if not isinstance(link, Entry) or link.kind not in {*KEY_KINDS, Receipt.tag}:
        return
    kinds: dict[str, type[KeyRecord] | type[Receipt]] = {**KEY_KINDS, Receipt.tag: Receipt}
    try:
        record: KeyRecord | Receipt = decode(kinds[link.kind], link.body, link.id)
    except SafeconductError:
        return  # what cannot be read tells of no key
    if isinstance(record, Receipt):
        yield from ((one.writer, one.public) for one in record.chains)
    elif not isinstance(record, KeyRevoked):
        yield record.writer, record.public


def runs(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Numbers as runs, each from its first up to the one after its last.

    >>> runs([7, 2, 3])
    ((2, 4), (7, 8))
    """
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number:
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Limit:
    """How far entries may go. `office` holds what may not."""

    handling: Handling
    addressees: frozenset[str]
    ring: Keyring
    office: str

    def limited(self, link: Link) -> Link:
        """The link, or a withheld place where it may not go."""
        key = self.ring.get(link.writer)
        if not isinstance(link, Entry) or may_go(
            link, self.handling, self.addressees, key.office if key else ""
        ):
            return link
        return Withheld(link.writer, link.sequence, link.previous, link.hash, self.office)

    def shows(self, entry: Entry) -> bool:
        """Whether the files that an entry rests on may go, as far as it is asked."""
        if entry.kind == Evidence.tag:
            try:
                level = decode(Evidence, entry.body, entry.id).handling
            except SafeconductError:
                return False  # what cannot be read allows nothing
            if not _within(level, self.handling):
                return False
        return isinstance(self.limited(entry), Entry)


def _files_going(chains: Iterable[Sequence[Link]], limit: _Limit) -> list[str]:
    """The hashes of the files that may go: with what is in doubt, the narrowest word counts."""
    entries = [link for chain in chains for link in chain if isinstance(link, Entry)]
    named = {name for entry in entries for name in entry.evidence}
    kept = {name for entry in entries if not limit.shows(entry) for name in entry.evidence}
    return sorted(named - kept)


def may_go(entry: Entry, limit: Handling, addressees: frozenset[str], office: str) -> bool:
    """Whether an entry may go to these addressees under this limit.

    What is written about keys always may: without it nobody could tell whose word counts.

    Parameters
    ----------
    office : the one whose device wrote it; it may always have it back.
    """
    if entry.kind in KEY_KINDS:
        return True
    if not _within(entry.handling, limit):
        return False
    if not entry.recipients:
        return True
    return bool(addressees) and addressees <= {*entry.recipients, office}


def _within(level: Handling, limit: Handling) -> bool:
    levels = list(Handling)
    return levels.index(level) <= levels.index(limit)


def _chain(
    writer: str, public: str, chain: Sequence[Link], held: Holding | None, limit: _Limit
) -> BundleChain:
    links = [limit.limited(link) for link in chain]
    first = _first(writer, links, held)
    return BundleChain(
        writer=writer,
        public=public,
        first=first,
        size=len(chain),
        root=rooted(writer, (link.hash for link in chain)).root,
        lacks=runs(link.sequence for link in chain if isinstance(link, Withheld)),
        links=tuple(links[first:]),
    )


def _first(writer: str, links: Sequence[Link], held: Holding | None) -> int:
    """From which place on the reader lacks something; from the start where it has another chain."""
    if held is None:
        return 0
    common = min(held.size, len(links))
    if held.size <= len(links):
        beginning = rooted(writer, (link.hash for link in links[:common]))
        if beginning.root != held.root:
            return 0
    lacked = (n for first, end in held.lacks for n in range(first, min(end, common)))
    return next((n for n in lacked if isinstance(links[n], Entry)), common)


def _heads(
    store: Store,
    chains: Mapping[str, Sequence[Link]],
    ring: Keyring,
    hands: Mapping[str, Hand],
    at: int,
) -> dict[str, str]:
    """The newest head of each writer: of those at hand a fresh one, of others what came last.

    Each hand tells of the root as well, where that writes here: so its devices need not wait until
    its key is at hand.
    """
    links = [link for chain in chains.values() for link in chain]
    written = {writer: len(chain) for writer, chain in chains.items()}
    told = own_word(links, own_places(store.here(), store.handovers()), ring, written)
    came = latest(record for _, record in told if isinstance(record, Receipt))
    found = {writer: one.note for writer, one in came.items() if one.note}
    of_root = store.head(store.root) if store.root in writing_in(store) else None
    for writer, hand in hands.items():
        chain = chains.get(writer, ())
        root = rooted(writer, (link.hash for link in chain)).root
        more = (line_on(of_root),) if of_root and writer != store.root else ()
        found[writer] = str(signed_checkpoint(hand, len(chain), bytes.fromhex(root), at, more))
    return found
