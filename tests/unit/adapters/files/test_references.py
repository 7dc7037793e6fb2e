"""Every id that a case uses must be defined in it, and the message helps to find the slip."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.errors import RouteRefused, UnknownReference
from tests.unit.adapters.files.small_case import HEAD, MOVEMENT, STATEMENT, read, refusal

CROSSING = """\
crossings:
  - {id: ford, name: The ford, place: ferry, sides: [near, far]}
crossings_open:
  - {id: open, crossing: ford, side: near, valid: {from: open, until: open}}
"""
NOTICE = """\
notices:
  - {id: n, movement: m, version: 1, to: north, sent_at: 2016-11-02 09:00, legs: [in]}
"""
PERMIT = """\
permits:
  - {id: p, need: letter-of-passage, movement: m, stands_at: 2016-11-02 09:00,
     steps: [{name: letter, state: open}]}
"""


def test_the_closest_actor_is_asked_about_and_the_known_ones_are_listed(tmp_path: Path) -> None:
    assert refusal(tmp_path, STATEMENT.replace("party: north", "party: nroth")) == (
        UnknownReference,
        'case.yaml:24: statements[0].acts[0].party: No actor of this case has the id "nroth". Did '
        "you mean north? Known: north, relief.",
    )


def test_an_id_of_another_kind_is_told_apart_from_one_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path, STATEMENT.replace("actor: north", "actor: letter")) == (
        UnknownReference,
        'case.yaml:17: statements[0].actor: "letter" is the id of a source, where that of an '
        "actor belongs. Define an actor of this id. Known: north, relief.",
    )


def test_who_withdraws_a_statement_is_shown_its_acts(tmp_path: Path) -> None:
    withdrawal = """\
  - id: w
    actor: north
    said_at: 2016-11-03 12:00
    form: written
    telling: said
    paraphrase: No more.
    acts: [{is: withdraw, party: north, of: [s]}]
"""
    kind, said = refusal(tmp_path, STATEMENT + withdrawal)
    assert kind is UnknownReference
    assert said == (
        'case.yaml:34: statements[1].acts[0].of[0]: "s" is the id of a statement, where that of '
        "an act or a condition or a link belongs. Did you mean s/announce? Known: s/announce, "
        "w/withdraw."
    )


def place(field: str, old: str, new: str, base: str) -> tuple[str, str, str]:
    assert old in base
    return field, base.replace(old, new, 1), new


@pytest.mark.parametrize(
    ("field", "more", "wrong"),
    [
        place("statements[0].acts[0].undertaking.areas[0]", "[bank]", "[banc]", STATEMENT),
        place("statements[0].to[0]", "form:", "to: [press]\n    form:", STATEMENT),
        place("statements[0].sources[0]", "form:", "sources: [leter]\n    form:", STATEMENT),
        place("movements[0].legs[0].route[1].edge", "[e1, e2]", "[e1, e3]", MOVEMENT),
        place("movements[0].legs[0].origin", "route: [e1, e2]",
              "origin: aldr\n        destination: birch", MOVEMENT),
        place("movements[0].legs[0].destination", "route: [e1, e2]",
              "origin: alder\n        destination: birc", MOVEMENT),
        place("movements[0].organisation", "organisation: relief", "organisation: rel", MOVEMENT),
        place("crossings[0].place", "place: ferry", "place: fery", CROSSING),
        place("crossings_open[0].crossing", "crossing: ford", "crossing: fjord", CROSSING),
        place("notices[0].to", "to: north", "to: nort", MOVEMENT + NOTICE),
        place("notices[0].movement", "movement: m", "movement: mm", MOVEMENT + NOTICE),
        ("permits[0].need", MOVEMENT + PERMIT, "letter-of-passage"),
        ("assessments[0].presences[0]", "assessments:\n  - {id: a, areas: [bank], valid: {from: "
         "open, until: open}, presences: [garrison], mines: cleared, by: x, ground: y}\n", ""),
        ("links[0].concerned[0]",
         "links: [{id: l, order: together, concerned: [south]}]\n", "south"),
        ("links[0].movements[0]",
         "links: [{id: l, order: together, concerned: [north], movements: [m]}]\n", "m"),
        ("hazards_cleared[0].of", "hazards_cleared:\n  - {id: c, of: h, cleared_at: 2016-11-02 "
         "09:00, by: x, evidence: y}\n", ""),
        ("incident_reviews[0].of", "incident_reviews:\n  - {id: r, of: i, state: verified, "
         "reviewed_at: 2016-11-02 09:00, by: x, reason: y}\n", ""),
        ("binds[0].bound", "binds:\n  - {id: b, binder: north, bound: militia, areas: [bank], "
         "valid: {from: open, until: open}, evidence: x}\n", ""),
        ("composite_grounds[0].members[0]", "composite_grounds:\n  - {id: g, composite: bank, "
         "members: [x], ground: y}\n", ""),
        ("evacuation_terms[0].held_by[0]", MOVEMENT + "evacuation_terms:\n  - {id: t, movement: m, "
         "held_by: [south]}\n", ""),
        ("actors[2].member_of[0]", "", ""),
        ("assumptions[0].supplies[0]",
         "assumptions:\n  - {id: a, rule: T1, what: x, why: y, supplies: [nothing]}\n", ""),
    ],
)  # fmt: skip
def test_an_id_that_nothing_defines_is_refused_at_its_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str, more: str, wrong: str
) -> None:
    if field.startswith("actors"):
        monkeypatch.setattr(
            "tests.unit.adapters.files.small_case.HEAD",
            HEAD.replace("sources:", "  - {id: unit, name: x, kind: party, member_of: [army]}\n"
                         "sources:"),
        )  # fmt: skip
    kind, said = refusal(tmp_path, more)
    assert kind is UnknownReference
    assert f": {field}: No " in said


def test_a_notice_of_a_version_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, MOVEMENT + NOTICE.replace("version: 1", "version: 2")) == (
        UnknownReference,
        "case.yaml:32: notices[0].version: Movement m has no version 2. Give one that it has: 1.",
    )


def test_a_notice_of_a_leg_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, MOVEMENT + NOTICE.replace("[in]", "[in, out]")) == (
        UnknownReference,
        "case.yaml:32: notices[0].legs[1]: Version 1 of movement m has no leg out. Give one that "
        "it has: in.",
    )


def test_a_side_that_a_crossing_does_not_have_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, CROSSING.replace("side: near", "side: north")) == (
        UnknownReference,
        "case.yaml:18: crossings_open[0].side: Crossing ford has no side north. Give one of its "
        "two: near or far.",
    )


def test_everything_that_is_defined_may_be_used_before_its_line(tmp_path: Path) -> None:
    case = read(tmp_path, NOTICE + CROSSING + MOVEMENT + STATEMENT)
    assert len(case.records) == 8


def test_a_route_whose_edges_do_not_join_names_both(tmp_path: Path) -> None:
    kind, said = refusal(tmp_path, MOVEMENT.replace("[e1, e2]", "[-e1, e2]"))
    assert kind is RouteRefused
    assert said.startswith("case.yaml:16: movements[0]: ") and "e1" in said and "e2" in said
