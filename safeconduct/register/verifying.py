"""Checking an export by itself, offline: what it proves, and what it does not.

Every signature is checked one by one here, where the daily reading of a register trusts the last of
a chain for those before it. Nothing is taken from the register that the export came from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from safeconduct.register.bundle import Bundle
from safeconduct.register.chain import Link, Withheld, rooted
from safeconduct.register.entry import NO_PREVIOUS, Entry
from safeconduct.register.exporting import publics
from safeconduct.register.keyring import Keyring, is_signed, keyring
from safeconduct.register.keys import OfficeRoot
from safeconduct.register.offers import Head, head_in
from safeconduct.register.told import forks_in, proven_forks
from safeconduct.spacetime import utc

__all__ = ["DOES_NOT_PROVE", "Verified", "VerifiedChain", "verify", "verify_bundle"]

DOES_NOT_PROVE = (
    "A signature proves which device recorded an entry and that it was not changed since; it does "
    "not prove that the party said it, nor that what was recorded is true.",
    "The times are those of the device's own clock.",
    "Nothing is proven about what was never recorded, nor about what was recorded after the last "
    "head of a chain.",
    "That a root speaks for its office is not proven here: compare its id with what the office "
    "itself printed.",
)
"""What no check of an export can show, whoever makes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedChain:
    """What was found of one writer's chain.

    Parameters
    ----------
    first, size : from which number up to which it was looked at.
    signed : how many of the entries bear the writer's own right signature. entries : of how many.
    withheld : places without content.
    whole : whether it begins at number 0 and each place follows the one before.
    head_size, head_at : its own signed word on its length, if one came.
    root_agrees : whether that is over the same entries; None when it cannot be told.
    introduced_by : the root that did; its own id for a root that the reader trusts; None for none.
    revoked : whether its key was revoked. forked : whether two entries for one place are proven.
    faults : what is wrong, in words.
    """

    writer: str
    office: str
    first: int
    size: int
    entries: int
    signed: int
    withheld: int
    whole: bool
    head_size: int | None
    head_at: int | None
    root_agrees: bool | None
    introduced_by: str | None
    revoked: bool
    forked: bool
    faults: tuple[str, ...]

    def says(self) -> str:
        """The same in a line."""
        whose = f" of {self.office}" if self.office else ""
        parts = [f"{self.signed} of {self.entries} entries rightly signed"]
        parts += [f"{self.withheld} withheld"] if self.withheld else []
        if self.head_at is not None:
            parts.append(f"a head of {self.head_size} entries, signed for {utc(self.head_at)}")
        parts += [f"introduced by {self.introduced_by}"] if self.introduced_by else []
        parts += ["revoked"] if self.revoked else []
        told = f"{self.writer}{whose}: {'; '.join(parts)}."
        return " ".join([told, *self.faults])


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a check of an export found.

    Parameters
    ----------
    root : the root whose word on keys was followed; None when none was named and there is not
        exactly one that could be.
    pinned : whether the reader named that root.
    """

    root: str | None
    pinned: bool
    chains: tuple[VerifiedChain, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing at all is wrong or missing, under a root that the reader named."""
        return not self.lacks

    @property
    def lacks(self) -> tuple[str, ...]:
        """Why it does not hold, in words; nothing where it does."""
        chains = self.chains
        return tuple(
            why
            for why, lacks in (
                ("no root was given", not self.pinned),
                (
                    "something is not right, or not introduced",
                    any(one.faults or not one.introduced_by for one in chains),
                ),
                ("a key was revoked", any(one.revoked for one in chains)),
                ("some places are without content", any(one.withheld for one in chains)),
            )
            if lacks
        )

    def says(self) -> tuple[str, ...]:
        """What it proves and what it does not, in plain words."""
        sound = [one for one in self.chains if not one.faults and one.introduced_by]
        entries = sum(one.signed for one in sound)
        lines = [one.says() for one in self.chains]
        lines.append(
            f"Proven: {entries} entries of {len(sound)} writers stand as their devices signed "
            "them, in their order, with none left out or put in between."
        )
        if self.root is None:
            lines.append("No root was named, so of nobody is it known that they may write.")
        elif not self.pinned:
            lines.append(
                f"The keys were judged by {self.root}, which the export itself names; compare it "
                "with what the office printed."
            )
        if any(one.withheld for one in self.chains):
            lines.append("Of the withheld places only that they are there is proven.")
        return (*lines, *(f"Not proven: {line}" for line in DOES_NOT_PROVE))

    def as_json(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "holds": self.holds,
            "lacks": list(self.lacks),
            "root": self.root,
            "pinned": self.pinned,
            "chains": [
                {
                    "writer": one.writer,
                    "office": one.office,
                    "first": one.first,
                    "size": one.size,
                    "entries": one.entries,
                    "signed": one.signed,
                    "withheld": one.withheld,
                    "whole": one.whole,
                    "head_size": one.head_size,
                    "head_at": one.head_at,
                    "root_agrees": one.root_agrees,
                    "introduced_by": one.introduced_by,
                    "revoked": one.revoked,
                    "forked": one.forked,
                    "faults": list(one.faults),
                }
                for one in self.chains
            ],
            "says": list(self.says()),
        }


def verify_bundle(bundle: Bundle, root: str | None = None) -> Verified:
    """What a bundle proves by itself; `root` is the id that its reader knows of its office."""
    links = (link for chain in bundle.chains for link in chain.links)
    keys = {chain.writer: chain.public for chain in bundle.chains}
    roots = {chain.writer: (chain.size, chain.root) for chain in bundle.chains}
    return verify(links, dict(bundle.heads), root, keys=keys, roots=roots)


def verify(
    links: Iterable[Link],
    heads: Mapping[str, str] | None = None,
    root: str | None = None,
    *,
    keys: Mapping[str, str] | None = None,
    roots: Mapping[str, tuple[int, str]] | None = None,
) -> Verified:
    """What these places of chains prove by themselves.

    Parameters
    ----------
    links : places of any chains, in any order; a chain may begin later than at number 0.
    heads : signed checkpoints as text, by writer.
    root : the root that the reader trusts. Without one the only root among them is followed.
    keys : public keys that came with them, by writer, 64 hex digits; each is held to its id.
    roots : what their bundle says of the length and root of whole chains.
    """
    chains: dict[str, list[Link]] = defaultdict(list)
    for link in sorted(links, key=lambda link: (link.writer, link.sequence, link.hash)):
        chains[link.writer].append(link)
    whole = {writer: chain for writer, chain in chains.items() if not _breaks(chain)}
    own = root if root is not None else _only_root(whole)
    ring = keyring(whole, own) if own else Keyring("")
    known = {**(keys or {}), **publics(chains)}
    forked = proven_forks(forks_in(chains), chains, ring)
    found = [
        _chain(
            writer,
            chains[writer],
            known.get(writer),
            (heads or {}).get(writer),
            (roots or {}).get(writer),
            ring,
            writer in forked,
        )
        for writer in sorted({*chains, *(keys or {})})
    ]
    return Verified(root=own, pinned=root is not None, chains=tuple(found))


def _only_root(chains: Mapping[str, Sequence[Link]]) -> str | None:
    """The one writer that says of itself that it is a root, if there is just one."""
    found = [
        writer
        for writer, chain in chains.items()
        if isinstance(chain[0], Entry) and chain[0].kind == OfficeRoot.tag
    ]
    return found[0] if len(found) == 1 else None


def _breaks(chain: Sequence[Link]) -> str:
    """Where a chain does not follow from number 0 on, in words; empty when it does."""
    number, last = 0, NO_PREVIOUS
    for link in chain:
        if link.sequence < number:
            return f"There are two different entries for number {link.sequence}."
        if link.sequence > number:
            return f"Its entries from number {number} to {link.sequence - 1} are not in it."
        if link.previous != last:
            return f"Number {number} does not follow the entry before it."
        number, last = number + 1, link.hash
    return ""


def _chain(
    writer: str,
    chain: Sequence[Link],
    public: str | None,
    note: str | None,
    listed: tuple[int, str] | None,
    ring: Keyring,
    forked: bool,
) -> VerifiedChain:
    entries = [link for link in chain if isinstance(link, Entry)]
    data = bytes.fromhex(public) if public else b""
    bad = [one.sequence for one in entries if not public or not is_signed(one, data)]
    broken = _breaks(chain)
    faults = [broken] if broken else []
    if listed and chain and chain[-1].sequence + 1 < listed[0]:
        faults.append(f"Its last {listed[0] - chain[-1].sequence - 1} entries are not in it.")
    if bad:
        faults.append(f"The signature of number {bad[0]} is not right.")
    hashes = [link.hash for link in chain] if not broken else []
    head, agrees = _head(writer, public, note, hashes, faults)
    if listed and len(hashes) == listed[0] and rooted(writer, hashes).root != listed[1]:
        faults.append("The root that is given for it is not that of its entries.")
    if forked:
        faults.append("Its writer signed two entries for one place.")
    key = ring.get(writer)
    if key is None:
        faults.append("No root that is followed here has introduced its writer.")
    elif key.believed is not None and len(chain) > key.believed:
        faults.append(f"Its key was revoked after {key.believed} entries: {key.why}.")
    return VerifiedChain(
        writer=writer,
        office=key.office if key else "",
        first=chain[0].sequence if chain else 0,
        size=chain[-1].sequence + 1 if chain else 0,
        entries=len(entries),
        signed=len(entries) - len(bad),
        withheld=sum(isinstance(link, Withheld) for link in chain),
        whole=not broken,
        head_size=head.told.size if head else None,
        head_at=head.told.at if head else None,
        root_agrees=agrees,
        introduced_by=key.root if key else None,
        revoked=key is not None and key.believed is not None,
        forked=forked,
        faults=tuple(faults),
    )


def _head(
    writer: str, public: str | None, note: str | None, hashes: Sequence[str], faults: list[str]
) -> tuple[Head | None, bool | None]:
    if note is None:
        return None, None
    head = head_in(writer, public, note) if public else "No key of it is known."
    if not isinstance(head, Head):
        faults.append(head)
        return None, None
    told = head.told
    if told.size > len(hashes):
        if hashes:
            faults.append(f"By its own head it has {told.size} entries, {len(hashes)} are here.")
        return head, None
    agrees = bytes.fromhex(rooted(writer, hashes[: told.size]).root) == told.root
    if not agrees:
        faults.append("Its own head is over other entries than these.")
    return head, agrees
