"""The two towns in Python and in their case folder are one world."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.adapters.files.casefile import read_case
from safeconduct.vocabulary import Source, Statement
from tests.worlds import two_towns
from tests.worlds.two_towns import TOWNS

CASE = read_case(Path(two_towns.__file__).parent / "two_towns")
TOLD = tuple(claimed.value for claimed in CASE.records)


def test_both_name_the_same_records():
    assert {one.id for one in TOLD if not isinstance(one, Source)} == {r.id for r in TOWNS.records}


def test_both_name_the_same_grants():
    ids = [
        {a.id for one in records if isinstance(one, Statement) for a in one.acts if _gives(a)}
        for records in (TOLD, TOWNS.records)
    ]
    assert ids[0] == ids[1]


def _gives(act):
    return getattr(act, "undertaking", None) is not None


@pytest.mark.parametrize("moment", CASE.expected, ids=lambda moment: str(moment.at))
def test_both_come_to_the_verdict_that_the_case_expects(moment):
    for records, network in ((TOLD, CASE.network), (TOWNS.records, TOWNS.network)):
        world = replace(TOWNS, records=records, network=network, now=moment.at)
        assert world.verdict() == moment.verdict.value
