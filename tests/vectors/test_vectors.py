"""Everything published is held or refused as it must be, and a wrong value would be seen."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.vectors import checks, note_checks, tree_checks
from tests.vectors.checks import is_cut_from, published
from tests.vectors.every import GROUPS


@pytest.mark.parametrize("group", GROUPS)
def test_every_published_value_is_held_or_refused_as_it_must_be(group):
    vectors = list(GROUPS[group]())
    assert [one for one in vectors if not one.right] == []
    assert {one.must for one in vectors} == {"held", "refused"}


def test_what_remains_of_a_text_is_cut_from_what_was_published():
    texts = [one for one in published("rfc8785.json")["texts"] if "rest" in one]
    assert len(texts) > 3
    for one in texts:
        assert is_cut_from(bytes.fromhex(one["rest"]), bytes.fromhex(one["canonical"]))
    assert not is_cut_from(b'{"b":2}', b'{"a":1,"b":3}')


def test_every_file_names_where_each_of_its_values_is_from():
    def sources(value) -> int:
        if isinstance(value, dict):
            return ("source" in value) + sum(map(sources, value.values()))
        return sum(map(sources, value)) if isinstance(value, list) else 0

    names = ("rfc6962.json", "rfc8032.json", "rfc8785.json", "signed-note.json")
    assert [sources(published(name)) for name in names] == [3, 1, 13, 7]


def broken(group: str) -> list[str]:
    """What is told of a group when something in the code or the values is wrong."""
    return [one.what for one in GROUPS[group]() if not one.right]


def test_an_order_of_names_by_code_points_would_be_seen(monkeypatch):
    right = checks.canonical

    def by_points(value: object) -> bytes:
        right(value)  # what it refuses stays refused
        form = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return form.encode()

    monkeypatch.setattr(checks, "canonical", by_points)
    assert [what.rpartition(", ")[2] for what in broken("RFC 8785")] == ["with '\uffe6'"] * 2


def test_a_leaf_hashed_without_its_mark_would_be_seen(monkeypatch):
    monkeypatch.setattr(tree_checks, "leaf_hash", lambda data: hashlib.sha256(data).digest())
    assert broken("RFC 6962 and 9162") == ["leaf ''", "leaf '4c313233343536'"]


def test_a_proof_that_is_never_refused_would_be_seen(monkeypatch):
    monkeypatch.setattr(tree_checks, "verify_inclusion", lambda *given: None)
    assert len(broken("RFC 6962 and 9162")) > 50


def test_a_signature_that_is_never_looked_at_would_be_seen(monkeypatch):
    monkeypatch.setattr(checks, "holds", lambda *given: True)
    assert len(broken("RFC 8032")) == 5 * (64 + 3)


def test_a_note_that_everybody_signed_would_be_seen(monkeypatch):
    monkeypatch.setattr(note_checks, "_vouched", lambda data, key: True)
    assert len(broken("signed notes")) > 200
