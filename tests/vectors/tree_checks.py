"""The published trees, roots and proofs, held against ours; every proof is also told wrongly."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from safeconduct.errors import ProofRefused
from safeconduct.register.tree import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.vectors.checks import Vector, flipped, held, published, refused

OTHER = hashlib.sha256(b"another").digest()


def trees() -> Iterator[Vector]:
    """RFC 6962, 2.1 and RFC 9162, 2.1: hashes, roots, proofs of inclusion and of consistency."""
    told = published("rfc6962.json")
    yield held("no leaves", EMPTY_ROOT.hex() == told["hashes"]["no_leaves"] == root_of([]).hex())
    for leaf, expected in told["hashes"]["leaves"].items():
        yield held(f"leaf {leaf!r}", leaf_hash(bytes.fromhex(leaf)).hex() == expected)
    yield from _named(told["tree"])
    yield from _grown(told["eight"])


def _named(tree: dict[str, Any]) -> Iterator[Vector]:
    """The proofs of the RFC's own tree, whose nodes are computed by its definition."""
    leaves = [f"d{number}".encode() for number in range(tree["leaves"])]
    node = {name: by_definition(leaves[a:b]) for name, (a, b) in tree["nodes"].items()}
    yield held("root of the tree of 7", root_of(leaves) == node["hash"])
    for number, names in tree["inclusion"].items():
        proof = inclusion_proof(leaves, int(number))
        yield held(f"inclusion of d{number}", proof == tuple(node[name] for name in names))
        yield from _included(leaves, int(number), proof, node["hash"])
    for older, names in tree["consistency"].items():
        size = tree["nodes"][older][1]
        proof = consistency_proof(leaves, size)
        yield held(f"consistency of {older}", proof == tuple(node[name] for name in names))
        yield from _consistent(size, node[older], len(leaves), node["hash"], proof)


def by_definition(leaves: list[bytes]) -> bytes:
    """The hash of a tree as RFC 6962, 2.1, defines it, without the code under test."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    both = by_definition(leaves[:half]) + by_definition(leaves[half:])
    return hashlib.sha256(b"\x01" + both).digest()


def _grown(told: dict[str, Any]) -> Iterator[Vector]:
    """A tree whose roots and proofs are published as bytes."""
    leaves = [bytes.fromhex(leaf) for leaf in told["leaves"]]
    roots = [bytes.fromhex(root) for root in told["roots"]]
    frontier = Frontier()
    for size, root in enumerate(roots, 1):
        frontier.add(leaves[size - 1])
        yield held(f"root of {size}", root_of(leaves[:size]) == root == frontier.root())
    for one in told["inclusion"]:
        number, size, proof = one["leaf"], one["size"], _hashes(one)
        what = f"inclusion of {number} of {size}"
        yield held(what, inclusion_proof(leaves[:size], number) == proof)
        yield from _included(leaves[:size], number, proof, roots[size - 1])
    for one in told["consistency"]:
        size, larger, proof = one["from"], one["to"], _hashes(one)
        what = f"consistency of {size} with {larger}"
        yield held(what, consistency_proof(leaves[:larger], size) == proof)
        yield from _consistent(size, roots[size - 1], larger, roots[larger - 1], proof)


def _hashes(one: dict[str, Any]) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(text) for text in one["proof"])


def _included(
    leaves: list[bytes], number: int, proof: tuple[bytes, ...], root: bytes
) -> Iterator[Vector]:
    size, leaf = len(leaves), leaves[number]
    what = f"leaf {number} of {size}"
    yield held(f"{what} verified", _passes(verify_inclusion, leaf, number, size, proof, root))
    wrong = {
        "leaf": (leaf + b"?", number, size, proof, root),
        "root": (leaf, number, size, proof, OTHER),
        "empty root": (leaf, number, size, proof, EMPTY_ROOT),
        **{f"place {n}": (leaf, n, size, proof, root) for n in range(-1, size + 1) if n != number},
        **{f"size {n}": (leaf, number, n, proof, root) for n in (size // 2, size * 2)},
        **{how: (leaf, number, size, other, root) for how, other in _spoilt(proof, root)},
    }
    for how, given in wrong.items():
        yield refused(f"{what}, another {how}", ProofRefused, verify_inclusion, *given)


def _consistent(
    size: int, root: bytes, larger: int, larger_root: bytes, proof: tuple[bytes, ...]
) -> Iterator[Vector]:
    what = f"{size} of {larger}"
    right = (size, root, larger, larger_root, proof)
    yield held(f"{what} verified", _passes(verify_consistency, *right))
    wrong = {
        "root": (size, OTHER, larger, larger_root, proof),
        "larger root": (size, root, larger, OTHER, proof),
        "size less": (size - 1, root, larger, larger_root, proof),
        "size more": (size + 1, root, larger, larger_root, proof),
        "larger size halved": (size, root, larger // 2, larger_root, proof),
        "larger size doubled": (size, root, larger * 2, larger_root, proof),
        **{how: (size, root, larger, larger_root, other) for how, other in _spoilt(proof, root)},
    }
    if size != larger:
        wrong["order of roots"] = (size, larger_root, larger, root, proof)
    for how, given in wrong.items():
        yield refused(f"{what}, another {how}", ProofRefused, verify_consistency, *given)


def _spoilt(proof: tuple[bytes, ...], root: bytes) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    """The proof with something added, taken away or changed."""
    yield "end", (*proof, root)
    yield "beginning", (root, *proof)
    yield "end of nothing", (*proof, b"")
    for at, one in enumerate(proof):
        yield f"hash {at}", (*proof[:at], flipped(one, 0, 8), *proof[at + 1 :])
        yield f"number of hashes, less {at}", (*proof[:at], *proof[at + 1 :])


def _passes(verify: Any, *given: Any) -> bool:
    try:
        verify(*given)
    except ProofRefused:
        return False
    return True
