"""The shows of the signed register fail where they must, and never step aside."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.show import d1, d2, d6
from tests.show.commands import CampaignBroken
from tests.show.junit import Case, Tally
from tests.show.run import Run
from tests.vectors.checks import Vector

ALIKE = {
    **{"cases": 16, "moments": 116, "judgements": 464, "heads": 64, "distinct": 116},
    "wrong": [],
}


def run_of(tmp_path: Path) -> Run:
    return Run("Z1", 1, 1, tmp_path, tmp_path, lambda text: None)


@pytest.mark.parametrize(
    ("ended", "told", "status", "words"),
    [
        ("passed", {}, "pass", "464 judgements, 64 heads, 0 different"),
        ("passed", {"wrong": ["in postgres: another judgement"]}, "fail", "1 different"),
        ("passed", {"cases": 15}, "fail", "15 cases"),
        ("passed", {"judgements": 348}, "fail", "348 judgements"),
        ("passed", {"distinct": 3}, "fail", "0 different"),
        ("failed", {}, "fail", "1 tests of the contract, 1 failed"),
        # As pytest ends the tests of PostgreSQL where there is no server.
        ("skipped", {}, "fail", "1 skipped"),
    ],
)
def test_d1_passes_only_whole_and_alike(tmp_path, monkeypatch, ended, told, status, words):
    tally = Tally((Case("contract", ended, "", ()),))
    monkeypatch.setattr(d1, "run_tests", lambda run, *nodes: tally)
    monkeypatch.setattr(d1, "compared", lambda say: ALIKE | told)
    shown = d1.show(run_of(tmp_path))
    assert shown.status == status
    assert words in shown.words


@pytest.mark.parametrize("how", [pytest.skip, pytest.fail])
def test_d1_without_a_server_is_broken_and_never_skipped(tmp_path, monkeypatch, how):
    def without(say):
        how("there is no PostgreSQL server for tests")

    monkeypatch.setattr(d1, "run_tests", lambda run, *nodes: Tally(()))
    monkeypatch.setattr(d1, "compared", without)
    with pytest.raises(CampaignBroken, match="there is no PostgreSQL server"):
        d1.show(run_of(tmp_path))


HELD, REFUSED = Vector("a hash", "held", True), Vector("another hash", "refused", True)
NOT_REFUSED = Vector("a third", "refused", False)


@pytest.mark.parametrize(
    ("vectors", "status", "words"),
    [
        ([HELD, REFUSED, REFUSED], "pass", "Z 1: 1 held, 2 refused; 0 otherwise"),
        ([HELD, REFUSED, NOT_REFUSED], "fail", "Z 1: 1 held, 2 refused; 1 otherwise"),
        # What only accepts, or was asked nothing, has shown nothing.
        ([HELD], "fail", "1 held, 0 refused"),
        ([], "fail", "0 held, 0 refused"),
    ],
)
def test_d2_passes_only_when_each_value_is_as_published(
    tmp_path, monkeypatch, vectors, status, words
):
    monkeypatch.setattr(d2, "GROUPS", {"Z 1": lambda: iter(vectors)})
    shown = d2.show(run_of(tmp_path))
    assert shown.status == status
    assert words in shown.words


@pytest.mark.parametrize(
    ("count", "told", "status", "words"),
    [
        (500, (300, []), "pass", "300 planted items looked for"),
        (2 * d6.COUNT, (300, []), "pass", "600 planted items"),
        (500, (300, ["_stopped: a name in office.reg"]), "fail", "1 found or missed"),
        (500, (0, []), "fail", "0 planted items"),
    ],
)
def test_d6_passes_only_when_a_seized_folder_tells_nothing(
    tmp_path, monkeypatch, count, told, status, words
):
    monkeypatch.setattr(d6, "seized", lambda seed: told)
    shown = d6.PARTS["seized folders"](dataclasses.replace(run_of(tmp_path), count=count))
    assert shown.status == status
    assert words in shown.words
