"""The shows of the signed register fail where they must: D1 without a server, on any difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.show import d1
from tests.show.commands import CampaignBroken
from tests.show.junit import Case, Tally
from tests.show.run import Run

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
