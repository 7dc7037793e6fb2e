"""The verb `asks`: a list a coordinator reads, what was asked already, and refusals."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from safeconduct.app.asks import Sent, add_ask, ask_from
from tests.unit.app.folders import head, untouched
from tests.unit.app.offices import make
from tests.unit.cli.running import safeconduct
from tests.unit.cli.test_bad_input import refused

AT = "2030-05-04T18:00:00Z"
ALEPPO = ("aleppo-2016-11-04", "--movement", "un-aid-east-aleppo")

TYPED: Sequence[tuple[str, Sequence[str], str, str]] = (
    ("movement", ("--at", AT, "--movement", "x"), "unknown-reference", "Known movements"),
    ("time", ("--at", "10:00"), "bare-time", "'10:00'"),
    ("known-at", ("--at", AT, "--known-at", "dawn"), "unreadable-time", "'dawn'"),
    ("no-lists", ("--at", AT, "--lists", "0"), "wrong-field", "whole number from 1 to 20"),
    ("many-lists", ("--at", AT, "--lists", "21"), "wrong-field", "whole number from 1 to 20"),
    ("no-number", ("--at", AT, "--lists", "few"), "bad-input", "--lists"),
    ("no-steps", ("--at", AT, "--steps", "0"), "wrong-field", "from 1"),
    ("policy", ("--at", AT, "--policy", "nowhere.yaml"), "missing-file", "nowhere.yaml"),
    ("roads", ("--at", AT, "--roads", "nowhere"), "missing-file", "nowhere"),
)


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of the two towns in which nobody has said anything."""
    return make(tmp_path_factory.mktemp("silent"), words=False)


@pytest.mark.parametrize(
    ("arguments", "code", "says"), [row[1:] for row in TYPED], ids=[row[0] for row in TYPED]
)
def test_what_is_typed_wrong_is_refused_and_nothing_written(
    arguments: Sequence[str], code: str, says: str, silent: Path
) -> None:
    before = head(silent)
    with untouched(silent.parent):
        complaint = refused("asks", *arguments, "--register", silent)
    assert complaint["code"] == code
    assert says in str(complaint["message"])
    assert head(silent) == before


def test_a_case_or_a_register_has_to_be_named_and_not_both(silent: Path) -> None:
    assert "Neither a case nor a register" in str(refused("asks")["message"])
    both = refused("asks", ALEPPO[0], "--register", silent)
    assert "Both a case and a register" in str(both["message"])


def test_the_list_says_of_whom_what_where_when_and_how_sure_it_is(silent: Path) -> None:
    ran = safeconduct("asks", "-r", str(silent), "--at", AT)
    assert (ran.code, ran.err) == (0, "")
    text = " ".join(ran.out.split())
    assert "Food and medicine for Birch" in text
    assert "For the road that is adopted" in text
    assert "asks of 2 parties; this road takes no fewer." in text
    assert "Leaves 2030-05-06 09:00 UTC (09:00Z), clear 2030-05-06 13:02 UTC (13:02Z)." in text
    assert "restraint from ground fire and indirect fire in north-bank" in text
    assert "Left to do ourselves, once all of it is given" in text
    assert "A list is a start for negotiators." in text
    assert max(map(len, ran.out.splitlines())) <= 80


def test_the_same_as_json_has_the_lists_the_bound_and_the_solver(silent: Path) -> None:
    body = json.loads(safeconduct("asks", "-r", str(silent), "--at", AT, "--json").out)
    assert body["movement"] == {"id": "relief-to-birch", "version": 1}
    assert body["as_of"] == AT
    assert body["bound"] is None
    assert {ask["party"] for ask in body["adopted"]["asks"]} == {"north", "south"}
    assert body["already"] == []
    assert body["solver"]["candidates"] >= len(body["adopted"]["asks"])


def test_what_waits_for_an_answer_already_is_named_under_the_ask_that_needs_it(
    tmp_path: Path,
) -> None:
    path = make(tmp_path, words=False)
    sent = Sent(by="access officer", at="2030-05-04T09:00:00Z")
    ask_from(str(path), None, sent, parties=("south",))
    part = add_ask(
        str(path),
        sent,
        movement=None,
        party="north",
        kind="passage",
        areas=("north-bank",),
        end="2030-05-06 10:00",
    )
    ran = safeconduct("asks", "-r", str(path), "--at", AT)
    text = " ".join(ran.out.split())
    assert f"Asked for in part, open: {part.standings[0].ask.id}" in text
    assert "Asked already, open: ask-" in text
    body = json.loads(safeconduct("asks", "-r", str(path), "--at", AT, "--json").out)
    whole = {one["whole"] for one in body["already"]}
    assert whole == {True, False}


def test_an_answered_ask_is_not_called_pending(tmp_path: Path) -> None:
    ran = safeconduct("asks", *ALEPPO, "--json")
    body = json.loads(ran.out)
    assert ran.code == 0
    assert body["already"] == []
    assert {ask["party"] for ask in body["adopted"]["asks"]} == {
        "armed-opposition",
        "russia",
        "syria",
    } or len(body["adopted"]["asks"]) == 15


def test_a_search_that_is_stopped_says_so_and_gives_what_it_has(silent: Path) -> None:
    ran = safeconduct("asks", "-r", str(silent), "--at", AT, "--steps", "1")
    text = " ".join(ran.out.split())
    assert "The search was stopped after" in text
    assert "search longer with `--steps`" in text
