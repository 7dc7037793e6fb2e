"""Decisions in a live register: bound to a hash, by people whose names can be erased."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.app.assess import assess
from safeconduct.app.deciding import Made, Wish, decide, decisions
from safeconduct.app.moving import version
from safeconduct.app.opening import open_case, open_register
from safeconduct.app.registers import replayed
from safeconduct.errors import DecisionRefused, RegisterError, WrongField
from safeconduct.register import Commitment, decode
from safeconduct.vocabulary import Choice, Decision
from tests.unit.app import office
from tests.unit.app.folders import TWO_TOWNS, head
from tests.unit.app.office import MOVEMENT, SetClock

GO = Wish(choice="go", by="N. Alder", role="head of office", why="All is in order.")
HOLD = Wish(choice="hold", by="N. Alder", why="Rumours from the bridge.")
CLOSED = (
    "zone: UTC\nstatements:\n  - {id: closed, actor: north, said_at: 2030-05-06 07:31,"
    " form: written, telling: said, to: [relief], paraphrase: the bank is closed,"
    " acts: [{is: suspend, party: north, what: the bank is closed}]}\n"
)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    return office.set_clock(monkeypatch)


@pytest.fixture
def path(tmp_path: Path, clock: SetClock) -> str:
    return office.make(tmp_path, clock)


def made(path: str, wish: Wish, **more: str) -> Made:
    return decide(path, MOVEMENT, wish, **more)


def judged(path: str, at: str | None = None):
    with closing(open_register(path)) as opened:
        return assess(opened, MOVEMENT, at=at)


def test_a_decision_is_bound_to_the_judgement_and_the_version_that_it_was_made_on(path):
    before = judged(path).judgement
    decision = made(path, GO).decided.decision
    assert (decision.verdict, decision.version) == (before.hash, 1)
    assert decision.judged_at == decision.known_at == decision.decided_at == before.as_of


def test_a_decision_changes_no_judgement(path):
    before = judged(path).judgement.sealed
    made(path, GO)
    made(path, HOLD)
    assert judged(path).judgement.sealed == before


def test_names_stand_beside_the_entry_and_roles_in_it(path):
    two = replace(GO, second="B. Birch", second_role="security adviser")
    (entry,) = made(path, two).recorded.entries
    for name in (b"Alder", b"Birch"):
        assert name not in entry.signed_bytes()
    stored = decode(Decision, entry.body)
    assert (stored.by, stored.second) == ("head of office", "security adviser")
    with closing(open_register(path)) as opened:
        shown = assess(opened, MOVEMENT).decisions[-1]
        assert shown.by == "head of office (N. Alder) and security adviser (B. Birch)"
        hidden = Commitment(stored.second_person.removeprefix("personal:"))
        assert opened.store.erase(hidden)
        erased = assess(opened, MOVEMENT).decisions[-1]
        assert erased.by == "head of office (N. Alder) and security adviser (name not kept)"


def test_a_decision_from_a_file_hides_its_names_too(path, tmp_path):
    office.add(
        path,
        tmp_path,
        "zone: UTC\ndecisions:\n  - {id: d, movement: relief-to-birch, version: 1, choice: hold,"
        " by: head of office, person: N. Quill, decided_at: 2030-05-06 07:29, why: so}\n",
    )
    with closing(open_register(path)) as opened:
        assert b"Quill" not in b"".join(e.signed_bytes() for e in opened.store.entries())
        assert assess(opened, MOVEMENT).decisions[-1].person == "N. Quill"


def test_a_role_that_is_left_out_never_puts_a_name_in_its_place(path):
    decision = made(path, HOLD).decided.decision
    assert (decision.by, decision.second) == ("decision maker", "")


def test_the_latest_decision_holds_and_each_names_the_one_before(path, clock):
    first, second = made(path, GO), made(path, HOLD)
    third = made(path, replace(GO, choice="resume"))
    chain = [one.decided.decision for one in (first, second, third)]
    assert [one.follows for one in chain] == ["", chain[0].id, chain[1].id]
    assert judged(path).decisions[-1].decision.choice is Choice.RESUME
    clock("2030-05-06T07:40:00Z")
    made(path, replace(GO, choice="abort"))
    assert judged(path).decisions[-1].word == "ABORT"


def test_a_decision_told_late_does_not_hold_before_its_hour(path, clock):
    clock("2030-05-06T07:40:00Z")
    made(path, GO)
    made(path, HOLD, at="2030-05-06T07:35:00Z")
    assert judged(path).decisions[-1].word == "GO"


def test_a_decision_does_not_carry_over_to_another_version(path, tmp_path):
    made(path, GO)
    version(path, MOVEMENT, ("convoy.vehicles=8",))
    shown = judged(path).decisions[-1]
    assert not shown.is_of_version and "for version 1 only" in shown.says("UTC")
    assert made(path, replace(GO, choice="abort")).decided.decision.version == 2


def test_going_against_the_advice_is_shown_as_such(path):
    against = replace(GO, second="B. Birch", against_advice=True, why="Forty patients.")
    with pytest.raises(DecisionRefused, match="The verdict is NO-GO"):
        made(path, GO, at="2030-05-06T10:00:00Z")  # the departure has passed
    decided = made(path, against, at="2030-05-06T10:00:00Z").decided
    assert decided.word == "GO AGAINST THE ADVICE"
    assert decided.as_json()["against_advice"] is True


# -- the verdict that was looked at


def test_the_verdict_that_was_looked_at_may_be_cited_by_its_beginning(path):
    seen = judged(path).judgement.hash
    assert made(path, replace(GO, verdict=seen[:16])).decided.decision.verdict == seen


def test_a_verdict_looked_at_earlier_is_good_while_nothing_changed(path, clock):
    seen = judged(path).judgement.hash
    clock("2030-05-06T07:40:00Z")
    wish = replace(GO, verdict=seen, seen_at=office.NOW)
    assert made(path, wish).decided.decision.verdict != seen  # as of another moment
    with pytest.raises(DecisionRefused, match="Say as of when you looked, with `--seen-at`"):
        made(path, replace(wish, seen_at=None))


def test_what_changed_since_it_was_looked_at_is_told_and_nothing_is_written(path, tmp_path, clock):
    seen = judged(path).judgement.hash
    clock("2030-05-06T07:35:00Z")
    office.add(path, tmp_path, CLOSED)
    before = head(Path(path))
    with pytest.raises(DecisionRefused) as caught:
        made(path, replace(GO, verdict=seen, seen_at=office.NOW))
    says = str(caught.value)
    assert "What changed: the verdict was GO and is NO-GO; " in says
    assert any("rule A5 now unmet" in one for one in caught.value.facts["changes"])
    assert head(Path(path)) == before


def test_what_came_in_since_is_found_without_saying_when_one_looked(path, tmp_path, clock):
    at = "2030-05-06T07:50:00Z"
    seen = judged(path, at).judgement.hash
    clock("2030-05-06T07:35:00Z")
    office.add(path, tmp_path, CLOSED)
    with pytest.raises(DecisionRefused, match="What changed: the verdict was GO and is NO-GO"):
        made(path, replace(GO, verdict=seen), at=at)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"verdict": "092d"}, "is not the hash of a verdict"),
        ({"verdict": "GO go go go"}, "Give at least its first 8 digits"),
        ({"seen_at": office.NOW}, "but not which one"),
        ({"choice": "maybe"}, "Choose one of: go, go-with-conditions, hold"),
    ],
)
def test_a_wish_that_cannot_be_read_is_refused(path, change, says):
    with pytest.raises(WrongField) as caught:
        made(path, replace(GO, **change))
    assert says in str(caught.value)


def test_a_hash_that_nothing_gives_is_refused(path):
    with pytest.raises(DecisionRefused, match="Nothing on record gives the verdict 0123456789"):
        made(path, replace(GO, verdict="0123456789"))


# -- looking back


def test_every_judgement_that_was_decided_on_is_found_again(path, clock, tmp_path):
    made(path, GO)
    clock("2030-05-06T07:40:00Z")
    office.add(path, tmp_path, CLOSED)
    made(path, HOLD)
    with closing(open_register(path)) as opened:
        zone, found = decisions(opened, MOVEMENT)
    assert zone == "UTC" and [one.as_json()["found_again"] for one in found] == [True, True]
    assert all("which is found again" in one.says for one in found)


def test_a_hash_that_somebody_made_up_is_not_found_again(path, tmp_path):
    office.add(
        path,
        tmp_path,
        "zone: UTC\ndecisions:\n  - {id: d, movement: relief-to-birch, version: 1, choice: go,"
        " by: head, decided_at: 2030-05-06 07:29, judged_at: 2030-05-06 07:29, why: so,"
        f" verdict: {'0' * 64}}}\n",
    )
    with closing(open_register(path)) as opened:
        _, (one,) = decisions(opened, MOVEMENT)
    assert one.as_json()["found_again"] is False and "is found now" in one.says


def test_a_decision_of_a_replay_cites_no_judgement():
    with closing(open_case("aleppo-2016-11-04")) as opened:
        _, (one,) = decisions(opened, "un-aid-east-aleppo", at="2016-11-05T00:00:00Z")
    assert one.says == "made without a judgement of this program"
    assert one.decided.by == "United Nations (OCHA, Geneva)"


def test_nothing_is_decided_in_a_replay(tmp_path):
    replay = str(tmp_path / "replay.db")
    replayed(replay, str(TWO_TOWNS))
    with pytest.raises(RegisterError, match="is a replay"):
        made(replay, GO, at=office.NOW)
