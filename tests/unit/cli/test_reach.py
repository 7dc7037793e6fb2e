"""The verb `reach`: what it tells, and what it refuses with nothing written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.unit.app.folders import TWO_TOWNS, untouched
from tests.unit.cli.running import safeconduct
from tests.unit.cli.test_bad_input import refused

REACH = ("reach", TWO_TOWNS, "--at", "2030-05-06T07:30:00Z")

TYPED: Sequence[tuple[str, Sequence[object], str, str]] = (
    ("neither-case-nor-register", ("reach",), "wrong-field", "`safeconduct reach CASE`"),
    ("no-such-case", ("reach", "atlantis"), "unknown-reference", "atlantis"),
    ("no-such-movement", (*REACH, "-m", "x"), "unknown-reference", "No movement x"),
    ("no-such-place", (*REACH, "--origin", "aldr"), "unknown-reference", "Did you mean alder"),
    ("at-dawn", (*REACH, "--at", "dawn"), "unreadable-time", "'dawn'"),
    ("known-at-dawn", (*REACH, "--known-at", "dawn"), "unreadable-time", "'dawn'"),
    ("from-a-bare-time", (*REACH, "--from", "10:00"), "bare-time", "10:00"),
    ("from-the-past", (*REACH, "--from", "2030-05-06 06:00"), "time-refused", "later `--from`"),
    ("no-time-left", (*REACH, "--until", "2030-05-06 07:00"), "time-refused", "leaves no time"),
    ("too-late", (*REACH, "--at", "2030-05-07T00:00:00Z"), "time-refused", "`--until`"),
)


@pytest.mark.parametrize(
    ("arguments", "code", "says"), [row[1:] for row in TYPED], ids=[row[0] for row in TYPED]
)
def test_what_is_typed_wrong_is_refused(
    arguments: Sequence[object],
    code: str,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with untouched(tmp_path):
        complaint = refused(*arguments)
    assert complaint["code"] == code and says in str(complaint["message"])


def test_the_places_are_told_with_times_and_reasons() -> None:
    ran = safeconduct(*REACH)
    assert ran.code == 0 and max(map(len, ran.out.splitlines())) <= 80
    assert "From Alder, as of 2030-05-06 07:30 UTC" in ran.out
    assert "There and back: 2 places" in ran.out
    assert "No settlement is recorded, so every named place counts as one." in ran.out


def test_the_same_as_json_has_the_groups_with_their_people() -> None:
    body = json.loads(safeconduct(*REACH, "--json").out)
    assert body["movement"] == {"id": "relief-to-birch", "version": 1}
    assert [one["place"] for one in body["settlements"]] == ["bridge", "birch"]
    assert body["there_and_back"] == {
        "settlements": 2, "people": {"from": 0, "to": 0}, "not_counted": 2,
    }  # fmt: skip
    assert body["not_reached"]["settlements"] == 0


def test_from_the_other_end_the_way_is_the_other_way_round() -> None:
    body = json.loads(safeconduct(*REACH, "--origin", "birch", "--json").out)
    assert {one["place"] for one in body["settlements"]} == {"alder", "bridge"}
