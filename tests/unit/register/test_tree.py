"""Trees over a chain: published roots, and proofs that hold for the truth and for nothing else."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from tests.unit.register.writers import examples


def by_definition(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash as RFC 6962, 2.1, defines it, in its own words."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    left, right = by_definition(leaves[:k]), by_definition(leaves[k:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def numbered(size: int, salt: str = "") -> list[bytes]:
    return [f"{salt}{number}".encode() for number in range(size)]


@pytest.mark.parametrize("size", range(70))
def test_the_root_is_that_of_the_definition(size):
    assert root_of(numbered(size)) == by_definition(numbered(size))


def test_a_growing_tree_has_the_root_of_every_size_on_its_way():
    grown = Frontier()
    assert grown.root() == EMPTY_ROOT
    for size, leaf in enumerate(numbered(130), 1):
        grown.add(leaf)
        assert (grown.size, grown.root()) == (size, by_definition(numbered(size)))


def test_a_leaf_never_passes_for_a_node():
    one, two = numbered(2)
    assert root_of([leaf_hash(one) + leaf_hash(two)]) != root_of([one, two])


@pytest.mark.parametrize("size", range(1, 36))
def test_every_leaf_is_proven_under_the_root(size):
    leaves = numbered(size)
    for number, leaf in enumerate(leaves):
        proof = inclusion_proof(leaves, number)
        verify_inclusion(leaf, number, size, proof, root_of(leaves))
        assert len(proof) <= (size - 1).bit_length()


@pytest.mark.parametrize("larger", range(1, 36))
def test_every_beginning_is_proven_to_be_one(larger):
    leaves = numbered(larger)
    for size in range(larger + 1):
        proof = consistency_proof(leaves, size)
        verify_consistency(size, root_of(leaves[:size]), larger, root_of(leaves), proof)


drawn = st.integers(2, 40).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1)))


@examples
@given(drawn, st.data())
def test_a_proof_holds_for_no_other_leaf_place_size_or_root(where, data):
    size, number = where
    leaves = numbered(size)
    proof, root = list(inclusion_proof(leaves, number)), root_of(leaves)
    lied = data.draw(st.sampled_from(["leaf", "place", "root", "hash", "less", "more"]))
    leaf, place = leaves[number], number
    if lied == "leaf":
        leaf = b"another"
    elif lied == "place":
        place = data.draw(st.integers(0, size - 1).filter(lambda other: other != number))
    elif lied == "root":
        root = root_of(numbered(size, "other "))
    elif lied == "hash":
        proof[data.draw(st.integers(0, len(proof) - 1))] = bytes(32)
    elif lied == "less":
        proof.pop(data.draw(st.integers(0, len(proof) - 1)))
    else:
        proof.insert(data.draw(st.integers(0, len(proof))), bytes(32))
    with pytest.raises(ProofRefused):
        verify_inclusion(leaf, place, size, proof, root)


@examples
@given(drawn, st.data())
def test_a_chain_that_was_rewritten_is_no_continuation(where, data):
    larger, size = where
    size = max(1, size)
    leaves = numbered(larger)
    changed = data.draw(st.integers(0, size - 1))
    rewritten = [*leaves[:changed], b"rewritten", *leaves[changed + 1 :]]
    with pytest.raises(ProofRefused):
        verify_consistency(
            size, root_of(leaves[:size]), larger, root_of(rewritten),
            consistency_proof(rewritten, size),
        )  # fmt: skip


@pytest.mark.parametrize(("size", "larger"), [(1, 2), (3, 7), (4, 7), (6, 8), (8, 8), (0, 5)])
def test_a_proof_of_consistency_too_long_or_short_is_refused(size, larger):
    leaves = numbered(larger)
    proof = list(consistency_proof(leaves, size))
    for other in ([*proof, bytes(32)], proof[:-1] if proof else [bytes(32)]):
        with pytest.raises(ProofRefused):
            verify_consistency(size, root_of(leaves[:size]), larger, root_of(leaves), other)


def test_places_that_are_not_there_are_refused():
    leaves = numbered(3)
    with pytest.raises(ProofRefused, match="no place 3 in a tree of 3 leaves"):
        inclusion_proof(leaves, 3)
    with pytest.raises(ProofRefused, match="no place 4 in a tree of 3 leaves"):
        consistency_proof(leaves, 4)
    with pytest.raises(ProofRefused, match="no place 5 in a tree of 3"):
        verify_inclusion(b"", 5, 3, (), bytes(32))
    with pytest.raises(ProofRefused, match="no place 5 in a tree of 3"):
        verify_consistency(5, bytes(32), 3, bytes(32), ())
