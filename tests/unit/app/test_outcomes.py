"""Outcomes in a live register: who may come out how, and a ledger that adds up or is explained."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.app.opening import open_register
from safeconduct.app.outcomes import Told, outcome_of, record_outcome
from safeconduct.errors import UnknownReference, WrongField
from tests.unit.app import office
from tests.unit.app.folders import head
from tests.unit.app.office import MOVEMENT, SetClock

TOLD = Told(result="facilitated", what="Unloaded in Birch.", by="convoy leader")
NOON = "2030-05-06T13:00:00Z"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    return office.set_clock(monkeypatch)


@pytest.fixture
def path(tmp_path: Path, clock: SetClock) -> str:
    return office.make(tmp_path, clock)


@pytest.fixture
def gone(path: str, tmp_path: Path, clock: SetClock) -> str:
    """The register once the column has left, asked at noon."""
    office.add(path, tmp_path, office.DEPARTED)
    clock(NOON)
    return path


def refused(path: str, told: Told, error: type[Exception] = WrongField) -> str:
    before = head(Path(path))
    with pytest.raises(error) as caught:
        record_outcome(path, MOVEMENT, told)
    assert head(Path(path)) == before
    return str(caught.value)


def test_a_movement_that_never_left_was_denied_or_cancelled_and_nothing_else(path):
    for result in ("facilitated", "impeded", "partial", "confiscated", "struck"):
        says = refused(path, replace(TOLD, result=result))
        assert f"a movement that never left cannot be {result}" in says
    for result in ("denied", "cancelled"):
        told = replace(TOLD, result=result, what="The bridge was shut.")
        assert record_outcome(path, MOVEMENT, told).outcome.result.value == result


def test_the_outcome_is_of_the_version_that_left(gone, tmp_path):
    office.add(gone, tmp_path, _second_version())
    assert record_outcome(gone, MOVEMENT, TOLD).outcome.version == 1


def _second_version() -> str:
    return (
        "zone: UTC\nmovements:\n  - {id: relief-to-birch, version: 2, title: t,"
        " organisation: relief, zone: UTC,"
        " depart_at: 2030-05-07 09:00, latest_at: 2030-05-07 15:00,"
        " convoy: {vehicles: 1, column_m: 20}, legs: [{id: in, purpose: aid-delivery,"
        " direction: in, movers: [humanitarian], route: [bridge-road], speed_kmh: 30}]}\n"
    )


def test_a_ledger_that_does_not_add_up_is_refused_unless_it_is_explained(gone):
    told = replace(TOLD, items=("flour, 50 kg,100,100,0,90,80",))
    says = refused(gone, told)
    assert "10 of flour, 50 kg were loaded, not taken out, and did not arrive" in says
    assert 'explain it: --explain "flour, 50 kg: ..."' in says
    explained = replace(told, explains=("flour, 50 kg: ten sacks burst",))
    (line,) = record_outcome(gone, MOVEMENT, explained).lines
    assert (line.item.note, line.on_the_way, line.in_store) == ("ten sacks burst", 10, 10)


def test_who_took_items_out_is_kept_with_them_and_must_be_known(gone):
    told = replace(
        TOLD, items=("kits,60,60,40,20,20", "flour,9,9,0,9,9"), removed_by="south",
        removed_where="the bridge post",
    )  # fmt: skip
    says = refused(gone, replace(told, removed_by="somebody"), UnknownReference)
    assert 'No actor of this case has the id "somebody"' in says
    kits, flour = record_outcome(gone, MOVEMENT, told).lines
    assert (kits.item.removed_by, kits.item.removed_where) == ("south", "the bridge post")
    assert flour.item.removed_by == ""


def test_the_items_may_come_from_a_file(gone, tmp_path):
    ledger = tmp_path / "ledger.yaml"
    ledger.write_text(
        "items:\n  - {item: kits, approved: 60, loaded: 60, removed: 40, arrived: 20,"
        " removed_by: south}\n"
    )
    (kits,) = record_outcome(gone, MOVEMENT, replace(TOLD, file=str(ledger))).lines
    assert (kits.item.removed, kits.in_store) == (40, 20)
    ledger.write_text("items:\n  - {item: kits, aproved: 60}\n")
    with pytest.raises(WrongField) as caught:
        record_outcome(gone, MOVEMENT, replace(TOLD, file=str(ledger)))
    assert (caught.value.file, caught.value.line) == (str(ledger), 2)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"result": "fine"}, "Choose one of: facilitated, impeded, denied"),
        ({"what": " "}, "does not say what happened"),
        ({"items": ("kits,60,60",)}, "is no line of a ledger"),
        ({"items": ("kits,60,60,many,0,0",)}, "a name and five whole numbers"),
        ({"items": ("kits,60,60,-1,0,0",)}, "is no line of a ledger"),
        ({"items": (",1,1,0,1,1",)}, "is no line of a ledger"),
        ({"items": ("kits,1,1,0,1,1", "kits,1,1,0,1,1")}, "stands in the ledger twice"),
        ({"explains": ("kits: burst",)}, "explains no item of the ledger"),
        ({"items": ("kits,1,1,0,1,1",), "explains": ("kits",)}, 'Write "ITEM: why"'),
    ],
)
def test_what_cannot_be_read_is_refused(gone, change, says):
    assert says in refused(gone, replace(TOLD, **change))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("items: {}\n", "items"),
        ("things: []\n", "where `items` belongs"),
        ("items: [{item: kits, loaded: -1}]\n", "-1 of kits are loaded"),
        ("items: [{item: kits, loaded: many}]\n", "many"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused(gone, tmp_path, text, says):
    ledger = tmp_path / "ledger.yaml"
    ledger.write_text(text)
    assert says in refused(gone, replace(TOLD, file=str(ledger)))


def test_a_correction_follows_what_it_corrects_and_holds(gone):
    record_outcome(gone, MOVEMENT, replace(TOLD, result="struck", what="Hit at the bridge."))
    record_outcome(gone, MOVEMENT, TOLD)  # at the same hour
    with closing(open_register(gone)) as opened:
        account = outcome_of(opened, MOVEMENT)
    assert account is not None
    assert account.outcome.result.value == "facilitated"
    assert [one.result.value for one in account.earlier] == ["struck"]


def test_without_an_outcome_there_is_none_to_show(path):
    with closing(open_register(path)) as opened:
        assert outcome_of(opened, MOVEMENT) is None
