"""The verbs of `party`: what they show at 80 columns, and the same as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.app.folders import REPOSITORY, TWO_TOWNS, ground_and_records
from tests.unit.cli.running import process, safeconduct

CASES = sorted(p.parent.name for p in (REPOSITORY / "safeconduct" / "cases").glob("*/case.yaml"))
AFTER = ("--at", "2030-05-08T00:00:00Z")

LATER = """\
zone: UTC
actors:
  - {id: watch, name: The Watch, kind: monitor}
  - {id: patron, name: The Patron, kind: party}
  - {id: wing, name: A wing, kind: political, member_of: [north]}
binds:
  - id: patron-binds-north
    binder: patron
    bound: north
    areas: [north-bank]
    valid: {from: 2030-05-01 00:00, until: 2030-05-09 00:00}
    evidence: a treaty of the invented world
instruments:
  - id: told-of-it
    party: north
    means: [indirect-fire]
    areas: [south-bank]
    instrument: acknowledged-notification
    reason: nobody reaches the crews
    valid: {from: 2030-05-01 00:00, until: 2030-05-20 00:00}
outcomes:
  - {id: came-back, movement: relief-to-birch, version: 1, result: facilitated, what: all back}
statements:
  - id: watch-saw
    actor: watch
    said_at: 2030-05-06 13:00
    form: written
    telling: said
    paraphrase: Shells of the north fell beside the road.
    acts:
      - is: report
        party: watch
        incident:
          id: shelling
          what: Two shells beside the road
          at: 2030-05-06 12:00
          means: indirect-fire
          areas: [north-bank]
          attributed_to: north
incident_reviews:
  - id: verified
    of: shelling
    state: verified
    reviewed_at: 2030-05-07 10:00
    by: duty officer
    reason: craters
"""


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two towns in a live register, with what came after."""
    folder = tmp_path_factory.mktemp("parties")
    path, later = folder / "office.db", folder / "later.yaml"
    later.write_text(LATER)
    assert safeconduct("init", path).code == 0
    for source in (TWO_TOWNS, ground_and_records(folder), later):
        ran = safeconduct("record", source, "-r", path)
        assert ran.code == 0, ran.err
    return path


def asked(register: Path, *verb: str) -> tuple[str, ...]:
    """A question about the register on 8 May 2030, from what is known whenever the test runs."""
    return (*verb, "--register", str(register), *AFTER, "--known-at", "2099-01-01T00:00:00Z")


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_list_has_every_party_with_its_counts(register: Path) -> None:
    verb = asked(register, "party", "list")
    told, body = safeconduct(*verb), safeconduct(*verb, "--json").json
    counts = {one["id"]: one["counts"] for one in body["parties"]}
    # North: restraint broken, passage kept. South: restraint, passage and consent kept.
    assert (counts["north"]["broken"], counts["north"]["kept"]) == (1, 1)
    assert (counts["south"]["kept"], counts["south"]["looked_at"]) == (3, 3)
    assert counts["patron"]["given"] == 0
    rows = {line.split()[0]: line.split()[1:] for line in told.out.splitlines() if line.strip()}
    assert rows["north"] == ["2", "2", "1", "1", "0", "0", "0"]
    assert "no score and no forecast" in flat(told.out)


def test_the_record_has_each_undertaking_with_its_evidence(register: Path) -> None:
    verb = asked(register, "party", "record", "north")
    told, body = safeconduct(*verb), safeconduct(*verb, "--json").json
    assert "1 broken and 1 kept of 2 that were looked at, of 2 given." in flat(told.out)
    assert "against: Two shells beside the road, verified by duty officer" in flat(told.out)
    assert "What this record is not" in told.out
    broken = next(one for one in body["undertakings"] if one["state"] == "broken")
    assert [one["record"] for one in broken["evidence"] if one["weight"] == "breaks"] == [
        "shelling"
    ]
    assert broken["relied_on"] == ["relief-to-birch v1"]
    assert body["by_given"] == {"written": body["counts"]}


def test_a_party_is_shown_with_all_that_is_known_of_it(register: Path) -> None:
    verb = asked(register, "party", "show", "north")
    told, body = safeconduct(*verb), safeconduct(*verb, "--json").json
    text = flat(told.out)
    for words in (
        "Belonging to it: A wing (wing). Belonging alone binds nobody.",
        "The Patron binds The North lapses soon",
        "ends in 1 d",
        "north-bank: ground fire, controls it",
        "restraint from indirect fire in south-bank: told-of-it, or a guarantee",
        "nobody is named who carries the risk: it counts for nothing",
        "1 d before, for north-bank",
        "1 broken and 1 kept of 2 that were looked at, of 2 given.",
    ):
        assert words in text
    assert [one["id"] for one in body["members"]] == ["wing"]
    assert body["bound_by"][0]["phase"] == "lapses" and body["bound_by"][0]["counts"] is True
    assert body["missing"] is None and body["counts"]["given"] == 2


def test_what_it_has_still_to_say_is_the_plan_of_assess(register: Path) -> None:
    when = ("--at", "2030-05-03T00:00:00Z", "--known-at", "2099-01-01T00:00:00Z")
    case = ("--register", str(register), "-m", "relief-to-birch", *when, "--json")
    missing = safeconduct("party", "show", "north", *case).json["missing"]
    asks = safeconduct("assess", *case).json["plan"]["asks"]
    assert missing["asks"] == [ask["says"] for ask in asks if ask["party"] == "north"] != []
    assert missing["voices"] == ["north", "patron"]
    assert missing["forms"] == ["written", "oral (noted, with a call-back)"]
    told = safeconduct("party", "show", "north", *case[:-1])
    assert "By whom: The North or The Patron. How: written or oral" in flat(told.out)


def test_nothing_is_missing_where_every_key_is_turned() -> None:
    at = ("--at", "2030-05-06T07:30:00Z", "-m", "relief-to-birch")
    ran = safeconduct("party", "show", "north", TWO_TOWNS, *at)
    assert "No key of this party is missing for it." in ran.out


def test_relations_are_told_with_their_end(register: Path) -> None:
    verb = asked(register, "party", "binds")
    told, body = safeconduct(*verb, "--within", "1"), safeconduct(*verb, "--json").json
    assert "1 of 1 end within 1 days." in told.out and "ends in 1 d" in told.out
    (one,) = body["relations"]
    assert (one["binder"], one["bound"], one["counts"]) == ("patron", "north", True)
    assert one["valid"]["until"] == "2030-05-09T00:00:00Z"
    none = safeconduct("party", "binds", TWO_TOWNS)
    assert "No relation is recorded, so everybody speaks for themselves alone." in none.out


def test_an_earlier_knowledge_gives_an_earlier_record(register: Path) -> None:
    # Everything was recorded when the test ran, so nothing had been known in 2030.
    ran = safeconduct("party", "list", "-r", register, *AFTER, "--json")
    assert ran.code == 0 and ran.json["known_at"] == "2030-05-08T00:00:00Z"
    early = ("--at", AFTER[1], "--known-at", "2000-01-01T00:00:00Z")
    assert safeconduct("party", "list", "-r", register, *early, "--json").json["parties"] == []
    assert "No party is known" in safeconduct("party", "list", "-r", register, *early).out


def test_a_register_without_roads_says_that_no_trip_is_read(tmp_path: Path) -> None:
    path, file = tmp_path / "bare.db", tmp_path / "actors.yaml"
    file.write_text("zone: UTC\nactors:\n  - {id: north, name: The North, kind: party}\n")
    assert safeconduct("init", path).code == 0
    assert safeconduct("record", file, "-r", path).code == 0
    ran = safeconduct("party", "show", "north", "-r", path)
    assert ran.code == 0
    assert "No road network is recorded" in flat(ran.out)
    assert "It has given no undertaking that is on record." in flat(ran.out)


@pytest.mark.parametrize("columns", [60, 80, 100])
@pytest.mark.parametrize("case", CASES)
def test_every_bundled_party_is_shown_within_the_width(case: str, columns: int) -> None:
    ids = [one["id"] for one in safeconduct("party", "list", case, "--json").json["parties"]]
    assert ids
    shown = ids if columns == 80 else ids[:2]
    verbs = [("list",), ("binds",), *((v, id) for v in ("show", "record") for id in shown)]
    for verb in verbs:
        ran = safeconduct("party", *verb, case, columns=columns)
        assert ran.code == 0, ran.err
        assert max(len(line.rstrip()) for line in ran.out.splitlines()) <= columns


def test_an_attack_that_was_verified_and_attributed_to_nobody_breaks_no_word() -> None:
    # The Board of Inquiry found an attack from the air at Urum al-Kubra and could not say by whom.
    body = safeconduct("party", "list", "urum", "--at", "2017-01-01T00:00:00Z", "--json").json
    assert len(body["parties"]) > 3
    assert sum(one["counts"]["broken"] for one in body["parties"]) == 0


def test_a_process_of_its_own_shows_the_same(tmp_path: Path) -> None:
    ran = process("party", "list", str(TWO_TOWNS), cwd=tmp_path)
    assert ran.code == 0 and ran.out == safeconduct("party", "list", TWO_TOWNS).out
