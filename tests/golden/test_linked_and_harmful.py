"""What the linked and the screened episodes show: all or none, and one deal with two answers."""

from __future__ import annotations

import pytest

from safeconduct.adapters.files.expected import Moment
from safeconduct.app.cases import check_moment
from safeconduct.clearance import Judgement, Status, Verdict
from tests.golden.bundled import moments, opened

DECEMBER = "aleppo-2016-12-evacuation"
HOMS = "homs-2014-02-old-city"
MADAYA = "madaya-2016-01-four-towns"
PATIENTS = "aleppo-2016-10-20-pause-medevac"


def _judged(case: str, moment: Moment) -> Judgement:
    return check_moment(opened(case), moment).judgement


def _wanting(judgement: Judgement) -> set[tuple[str, str, str]]:
    """Rule, party and code of what is not met."""
    return {
        (f.rule, f.party, f.code)
        for f in judgement.findings
        if f.status in (Status.UNMET, Status.UNKNOWN)
    }


@pytest.mark.parametrize("case", [DECEMBER, HOMS, MADAYA])
def test_each_episode_that_went_may_go_at_some_moment(case: str) -> None:
    going = [m for m in moments(case) if _judged(case, m).verdict is not Verdict.NO_GO]
    assert len(going) >= 2


@pytest.mark.parametrize(
    ("case", "one", "other"),
    [
        (MADAYA, "madaya-convoy", "foua-kefraya-convoy"),
        (DECEMBER, "east-aleppo-out", "foua-kefraya-out"),
    ],
)
def test_once_both_accepted_the_link_both_go_or_neither(case: str, one: str, other: str) -> None:
    together = {m.at for m in moments(case) if m.movement == other and _accepted(_judged(case, m))}
    assert len(together) >= 3
    for at in together:
        bench = opened(case).judge(at, at)
        first, second = (bench.judge(x).verdict is Verdict.NO_GO for x in (one, other))
        assert first == second, at


def _accepted(judgement: Judgement) -> bool:
    return all(f.code != "LINK-NOT-ACCEPTED" for f in judgement.findings)


def test_who_burns_a_bus_in_idlib_keeps_people_in_aleppo() -> None:
    at = next(m.at for m in moments(DECEMBER) if m.our_reading.startswith("On the way out"))
    found = _wanting(opened(DECEMBER).judge(at, at).judge("east-aleppo-out"))
    assert ("A7", "", "OTHER-LEG") in found
    # Its own way is open: no key, no consent and no hour is what keeps it back.
    assert not {rule for rule, _, _ in found} & {"A1", "A5", "A8", "T1"}


def test_one_deal_at_homs_lets_the_aid_in_and_fails_whoever_is_screened() -> None:
    at = next(m.at for m in moments(HOMS) if m.verdict.value == "conditional")
    judgements = opened(HOMS).judge(at, at)
    aid, people = (judgements.judge(x) for x in ("aid-into-old-homs", "evacuation-from-old-homs"))
    harmful = ("A6", "syria-government", "CONDITION-HARMFUL")
    assert aid.verdict is Verdict.CONDITIONAL
    assert people.verdict is Verdict.NO_GO
    assert harmful in _wanting(people) - _wanting(aid)


def test_each_of_the_three_obstacles_of_october_is_named_with_its_party() -> None:
    last = {m.movement: m for m in moments(PATIENTS)}
    patients = _wanting(_judged(PATIENTS, last["patients-out-of-east-aleppo"]))
    supplies = _wanting(_judged(PATIENTS, last["supplies-into-east-aleppo"]))
    assert {party for rule, party, _ in patients if rule == "C1"} == {"local-authorities"}
    assert ("A7", "armed-opposition", "WAITS-FOR-OTHER") in patients
    assert ("A8", "syria-government", "REJECTED") in supplies
