"""Merkle trees of RFC 6962 over a writer's chain: one root stands for every entry up to it.

The leaf of an entry is its hash as 32 raw bytes, so that a place whose content is withheld has its
leaf as well. With a few hashes it can be proven that an entry is under a root (inclusion), and that
a longer chain begins with a shorter one (consistency). How both are checked is in RFC 9162, 2.1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from safeconduct.errors import ProofRefused

__all__ = [
    "EMPTY_ROOT",
    "Frontier",
    "consistency_proof",
    "inclusion_proof",
    "leaf_hash",
    "root_of",
    "verify_consistency",
    "verify_inclusion",
]

EMPTY_ROOT = hashlib.sha256().digest()
"""The root of no leaves: the hash of nothing."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf; 0x00 in front, so that no leaf can pass for a node."""
    return hashlib.sha256(b"\0" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


class Frontier:
    """A growing tree: the roots of its whole subtrees, the largest first. Memory: log2 of leaves.

    >>> grown = Frontier()
    >>> grown.add(b"one"); grown.add(b"two")
    >>> grown.size, grown.root() == root_of([b"one", b"two"])
    (2, True)
    """

    __slots__ = ("_roots", "size")

    def __init__(self) -> None:
        self.size = 0
        self._roots: list[bytes] = []

    def add(self, data: bytes) -> None:
        """One leaf more, at the end."""
        found, size = leaf_hash(data), self.size
        while size & 1:  # as many subtrees of equal size are complete as the size ends in ones
            found = _node(self._roots.pop(), found)
            size >>= 1
        self._roots.append(found)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far, 32 bytes."""
        if not self._roots:
            return EMPTY_ROOT
        *left, found = self._roots
        for one in reversed(left):
            found = _node(one, found)
        return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaves, 32 bytes."""
    grown = Frontier()
    for leaf in leaves:
        grown.add(leaf)
    return grown.root()


def inclusion_proof(leaves: Sequence[bytes], number: int) -> tuple[bytes, ...]:
    """The hashes that lead from the leaf of this number up to the root over all `leaves`.

    Raises
    ------
    ProofRefused : there is no such leaf.
    """
    if not 0 <= number < len(leaves):
        raise _no_such(number, len(leaves))
    return tuple(_path(leaves, number))


def _path(leaves: Sequence[bytes], number: int) -> list[bytes]:
    if len(leaves) == 1:
        return []
    half = _half(len(leaves))
    if number < half:
        return [*_path(leaves[:half], number), root_of(leaves[half:])]
    return [*_path(leaves[half:], number - half), root_of(leaves[:half])]


def consistency_proof(leaves: Sequence[bytes], size: int) -> tuple[bytes, ...]:
    """The hashes that show the tree over the first `size` leaves to be the beginning of this one.

    Raises
    ------
    ProofRefused : there are fewer leaves than `size`.
    """
    if not 0 <= size <= len(leaves):
        raise _no_such(size, len(leaves))
    return tuple(_begun(leaves, size, whole=True)) if size else ()


def _begun(leaves: Sequence[bytes], size: int, *, whole: bool) -> list[bytes]:
    if size == len(leaves):
        return [] if whole else [root_of(leaves)]
    half = _half(len(leaves))
    if size <= half:
        return [*_begun(leaves[:half], size, whole=whole), root_of(leaves[half:])]
    return [*_begun(leaves[half:], size - half, whole=False), root_of(leaves[:half])]


def verify_inclusion(
    data: bytes, number: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Nothing, when the proof leads from the leaf `data` of this number to the root over `size`.

    Raises
    ------
    ProofRefused : it does not.
    """
    if not 0 <= number < size:
        raise _no_such(number, size)
    found, place, last = leaf_hash(data), number, size - 1
    for one in proof:
        if last == 0:
            raise _refused(f"It has {len(proof)} hashes, more than a tree of {size} leaves needs")
        if place & 1 or place == last:
            found = _node(one, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = _node(found, one)
        place, last = place >> 1, last >> 1
    if last:
        raise _refused(f"It has {len(proof)} hashes, fewer than a tree of {size} leaves needs")
    _check_root(found, root, f"leaf {number}")


def verify_consistency(
    size: int, root: bytes, larger: int, larger_root: bytes, proof: Sequence[bytes]
) -> None:
    """Nothing, when the tree of `larger` leaves begins with that of `size` leaves.

    Raises
    ------
    ProofRefused : it does not, or the proof does not show it.
    """
    if not 0 <= size <= larger:
        raise _no_such(size, larger)
    if size in (0, larger):
        if proof:
            raise _refused(f"It has {len(proof)} hashes, where none is needed")
        _check_root(EMPTY_ROOT if size == 0 else larger_root, root, f"{size} leaves")
        return
    hashes = list(proof)
    if size & (size - 1) == 0:  # a whole tree is its own subtree in the larger one
        hashes.insert(0, root)
    if not hashes:
        raise _refused("It has no hashes")
    place, last = size - 1, larger - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = hashes[0]
    for one in hashes[1:]:
        if last == 0:
            raise _refused(f"It has {len(proof)} hashes, too many for {size} of {larger} leaves")
        if place & 1 or place == last:
            before, after = _node(one, before), _node(one, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = _node(after, one)
        place, last = place >> 1, last >> 1
    if last:
        raise _refused(f"It has {len(proof)} hashes, too few for {size} of {larger} leaves")
    _check_root(before, root, f"{size} leaves")
    _check_root(after, larger_root, f"{larger} leaves")


def _half(size: int) -> int:
    """The largest power of two that is smaller than `size`."""
    return int(1 << ((size - 1).bit_length() - 1))


def _check_root(found: bytes, root: bytes, what: str) -> None:
    if found != root:
        raise _refused(f"For {what} it leads to {found.hex()[:12]}…, not to {root.hex()[:12]}…")


def _refused(found: str) -> ProofRefused:
    return ProofRefused(
        f"The proof does not hold. {found}.",
        "Ask for it again; if it fails again, one of the two sides has changed its record.",
    )


def _no_such(number: int, size: int) -> ProofRefused:
    return ProofRefused(
        f"There is no place {number} in a tree of {size} leaves.",
        "Give a place and a size that belong to one tree.",
    )
