"""One call that reconfirms for many movements: exactly what they rest on, and never more."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.app.assess import assess
from safeconduct.app.moving import copy
from safeconduct.app.opening import open_register
from safeconduct.app.reconfirming import Call, reconfirm
from safeconduct.errors import InputError, UnknownReference, WrongField
from safeconduct.register import decode
from safeconduct.vocabulary import Authority, Depth, Form, Statement
from tests.unit.app import office
from tests.unit.app.folders import head
from tests.unit.app.office import MOVEMENT, SetClock

CALL = Call(by="duty officer", noted=True, called_back=True)
CLOSED = (
    "zone: UTC\nstatements:\n  - {id: closed, actor: north, said_at: 2030-05-06 07:00,"
    " form: written, telling: said, to: [relief], paraphrase: the bank is closed,"
    " acts: [{is: suspend, party: north, what: the bank is closed}]}\n"
)
GRANTS = ["north-passage", "north-restraint"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    return office.set_clock(monkeypatch)


@pytest.fixture
def path(tmp_path: Path, clock: SetClock) -> str:
    return office.make(tmp_path, clock)


def verdict(path: str) -> str:
    with closing(open_register(path)) as opened:
        return assess(opened, MOVEMENT).judgement.verdict.value


def test_it_confirms_exactly_what_the_movements_rest_on(path):
    copy(path, MOVEMENT, "later", "2030-05-06 11:00")
    done = reconfirm(path, "north", (MOVEMENT, "later"), CALL)
    assert [(one.grant, one.movements) for one in done.confirmed] == [
        (grant, (MOVEMENT, "later")) for grant in GRANTS
    ]
    (act,) = done.statement.acts
    assert list(act.of) == GRANTS and act.areas is None and act.windows is None
    assert done.counts and done.left == () and done.without == ()


def test_the_statement_says_how_it_was_said_and_to_whom(path):
    call = replace(CALL, depth="unit", authority="commands", said="It stands, down to the posts.")
    (entry,) = reconfirm(path, "north", (MOVEMENT,), call).recorded.entries
    said = decode(Statement, entry.body)
    assert (said.form, said.noted, said.call_back, said.to) == (Form.ORAL, True, True, ("relief",))
    assert (said.depth, said.authority) == (Depth.UNIT, Authority.COMMANDS)
    assert (said.office, said.paraphrase) == ("duty officer", "It stands, down to the posts.")
    letter = reconfirm(path, "north", (MOVEMENT,), Call(by="commander", written=True))
    assert letter.statement.form is Form.WRITTEN and letter.counts


def test_a_call_without_a_call_back_is_recorded_and_said_not_to_count(path):
    done = reconfirm(path, "north", (MOVEMENT,), Call(by="duty officer", noted=True))
    assert not done.counts and not done.as_json()["counts"]


def test_what_was_suspended_is_not_confirmed_unless_the_party_named_it(path, tmp_path):
    office.add(path, tmp_path, CLOSED)
    with pytest.raises(WrongField, match="rest on no word of north") as caught:
        reconfirm(path, "north", (MOVEMENT,), CALL)
    assert "name it with `--act`: north-passage, north-restraint" in str(caught.value)
    assert verdict(path) == "no-go"
    done = reconfirm(path, "north", (MOVEMENT,), replace(CALL, acts=("north-passage",)))
    assert [one.grant for one in done.confirmed] == ["north-passage"]
    assert [one.grant for one in done.left] == ["north-restraint"]
    assert verdict(path) == "no-go"  # one of the two is still suspended
    reconfirm(path, "north", (MOVEMENT,), replace(CALL, acts=("north-restraint",)))
    assert verdict(path) == "go"


def test_all_means_the_movements_that_are_not_over(path, clock):
    copy(path, MOVEMENT, "tuesday", "2030-05-07 09:00")
    done = reconfirm(path, "north", (), CALL)
    assert {id for one in done.confirmed for id in one.movements} == {MOVEMENT}
    assert done.without == ("tuesday",)  # its words end the evening before
    clock("2030-05-07T16:00:00Z")
    with pytest.raises(WrongField, match="No movement is open"):
        reconfirm(path, "north", (), CALL)


@pytest.mark.parametrize(
    ("party", "movements", "change", "error", "says"),
    [
        ("nobody", (MOVEMENT,), {}, UnknownReference, 'No actor "nobody" is known'),
        ("relief", (MOVEMENT,), {}, WrongField, "rest on no word of relief"),
        ("north", ("nowhere",), {}, UnknownReference, "No movement nowhere"),
        ("north", (MOVEMENT,), {"by": " "}, WrongField, "who spoke"),
        ("north", (MOVEMENT,), {"depth": "deep"}, WrongField, "unknown, capital, sector, unit"),
        ("north", (MOVEMENT,), {"authority": "some"}, WrongField, "commands, speaks-for, unknown"),
        ("north", (MOVEMENT,), {"acts": ("south-passage",)}, UnknownReference, "no word of north"),
    ],
)  # fmt: skip
def test_what_cannot_be_confirmed_is_refused(path, party, movements, change, error, says):
    before = head(Path(path))
    with pytest.raises(InputError) as caught:
        reconfirm(path, party, movements, replace(CALL, **change))
    assert isinstance(caught.value, error) and says in str(caught.value)
    assert head(Path(path)) == before
