"""One word that two offices recorded: pointed out, linked by a person, then counted once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.app.folders import TWO_TOWNS, ground_and_records
from tests.unit.cli.running import safeconduct

HUB = """\
zone: UTC
statements:
  - id: heard-by-the-hub
    actor: north
    said_at: 2030-05-04 10:20
    form: written
    telling: said
    to: [relief]
    paraphrase: The north holds its fire and lets the convoy pass.
    acts:
      - is: guarantee
        id: hub-restraint
        party: north
        undertaking:
          kind: restraint
          means: [ground-fire, indirect-fire]
          areas: [north-bank, south-bank]
          windows:
            - {from: 2030-05-06 06:00, until: 2030-05-06 18:00, wording: from six to eighteen}
          purposes: [aid-delivery]
          directions: [in, out]
          for_whom: [humanitarian]
          specificity: area-and-time
      - is: guarantee
        id: hub-passage
        party: north
        undertaking:
          kind: passage
          areas: [north-bank]
          windows:
            - {from: 2030-05-06 06:00, until: 2030-05-06 18:00, wording: from six to eighteen}
          purposes: [aid-delivery]
          directions: [in, out]
          for_whom: [humanitarian]
          specificity: area-and-time
  - id: withdrawn-to-the-hub
    actor: north
    said_at: 2030-05-06 07:00
    form: written
    telling: said
    to: [relief]
    paraphrase: The north takes the passage back.
    acts:
      - {is: withdraw, id: taken-back, party: north, of: [hub-passage]}
"""
LINK = """\
zone: UTC
same_statements:
  - id: one-letter
    statements: [{}]
    by: access officer
    at: 2030-05-06 07:10
    why: one letter, of which both offices have a copy
"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """The two towns in a live register, with what the hub recorded."""
    path, hub = tmp_path / "office.db", tmp_path / "hub.yaml"
    hub.write_text(HUB)
    assert safeconduct("init", path).code == 0
    for source in (TWO_TOWNS, ground_and_records(tmp_path), hub):
        ran = safeconduct("record", source, "-r", path)
        assert ran.code == 0, ran.err
    return path


def link(register: Path, *statements: str) -> int:
    """What `record` answers to a link of these statements."""
    file = register.parent / "link.yaml"
    file.write_text(LINK.format(", ".join(statements)))
    return safeconduct("record", file, "-r", register).code


def asked(register: Path, *verb: str) -> tuple[str, ...]:
    """A question as of the morning of the trip, from what is known whenever the test runs."""
    at = ("--at", "2030-05-06T07:30Z", "--known-at", "2099-01-01T00:00:00Z")
    return (*verb, "--register", str(register), *at)


def test_it_is_pointed_out_until_it_is_linked_and_then_the_withdrawal_takes_both(
    register: Path,
) -> None:
    show = asked(register, "party", "show", "north")
    judge = asked(register, "assess", "--movement", "relief-to-birch", "--json")
    pairs = safeconduct(*show, "--json").json["perhaps_twice"]
    assert [one["acts"] for one in pairs] == [
        ["north-restraint", "hub-restraint"],
        ["north-passage", "hub-passage"],
    ]
    told = " ".join(safeconduct(*show).out.split())
    assert "What may be one word, recorded twice" in told
    assert "both count until they are linked" in told
    assert safeconduct(*judge).json["verdict"] == "go"
    assert link(register, "north-guarantees", "heard-by-the-hub") == 0
    assert safeconduct(*show, "--json").json["perhaps_twice"] == []
    body = safeconduct(*judge).json
    assert body["verdict"] == "no-go"
    assert "WITHDRAWN" in body["codes"]


def test_a_link_of_a_statement_that_nobody_recorded_is_refused(register: Path) -> None:
    assert link(register, "north-guarantees", "nobody-said-this") == 2
    assert link(register, "north-guarantees") == 2
