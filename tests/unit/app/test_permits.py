"""A permit in a live register: each step a record with the whole standing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from safeconduct.app.permits import Stepped, list_permits, step_permit
from safeconduct.errors import (
    EmptySpan,
    SafeconductError,
    TimeRefused,
    UnknownReference,
    WrongField,
)
from safeconduct.vocabulary import Permit, PermitState
from tests.unit.app.folders import head
from tests.unit.app.offices import held, needs_a_letter


@pytest.fixture
def path(office: Path) -> Path:
    """The office, which needs a letter in two steps."""
    needs_a_letter(office)
    return office


def step(path: Path, name: str, at: str | None = None, **more: str) -> Stepped:
    return step_permit(str(path), "letter", name, at=at, **more)


def test_each_step_adds_a_record_with_the_whole_standing(path: Path) -> None:
    step(path, "ministry", "2030-05-02T10:00:00Z")
    done = step(
        path,
        "governor",
        "2030-05-04T10:00:00Z",
        valid_from="2030-05-05 00:00",
        valid_until="2030-05-08 00:00",
    )
    first, second = held(path, Permit)
    assert [(s.name, s.state) for s in first.steps] == [
        ("ministry", PermitState.GRANTED),
        ("governor", PermitState.OPEN),
    ]
    assert [s.state for s in second.steps] == [PermitState.GRANTED] * 2
    assert (done.standing.next_step, done.standing.permit) == ("", second)
    (standing,) = list_permits(str(path), at="2030-05-05T12:00:00Z").standings
    assert standing.permit == second


def test_a_step_keeps_the_time_that_the_permit_held_for(path: Path) -> None:
    valid = {"valid_from": "2030-05-05 00:00", "valid_until": "2030-05-08 00:00"}
    step(path, "ministry", "2030-05-02T10:00:00Z", **valid)
    assert step(path, "governor", "2030-05-03T10:00:00Z").standing.permit.valid is not None  # type: ignore[union-attr]  # there is one


def test_a_step_handed_in_is_open_since_then(path: Path) -> None:
    step(path, "ministry", "2030-05-02T10:00:00Z")
    step(path, "governor", "2030-05-03T10:00:00Z", state="open")
    body = list_permits(str(path), at="2030-05-05T10:00:00Z").as_json()
    assert body[0]["next_step"] == "governor"
    assert (body[0]["open_since"], body[0]["open_s"]) == ("2030-05-03T10:00:00Z", 2 * 86_400)


def test_two_steps_in_one_second_both_count(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from safeconduct.app import office as offices  # the module, to set its clock

    monkeypatch.setattr(offices, "now", lambda: 1_904_000_000)
    step(path, "ministry")
    assert step(path, "governor").standing.granted == 2
    one, other = held(path, Permit)
    assert other.stands_at == one.stands_at + 1


REFUSALS: list[tuple[str, Callable[[Path], object], type[SafeconductError], str]] = [
    ("step", lambda p: step(p, "governr"), UnknownReference, "Its steps are: ministry, governor."),
    ("state", lambda p: step(p, "governor", state="done"), WrongField, "granted, open, refused"),
    ("need", lambda p: step_permit(str(p), "x", "y"), UnknownReference, "Known: letter."),
    ("movement", lambda p: step(p, "governor", movement="x"), UnknownReference, 'movement "x"'),
    ("time", lambda p: step(p, "governor", "dawn"), TimeRefused, "'dawn'"),
    ("one-end", lambda p: step(p, "governor", valid_from="2030-05-05 00:00"), WrongField,
     "Give both"),
    ("end-first", lambda p: step(p, "governor", valid_from="2030-05-05 00:00",
     valid_until="2030-05-04 00:00"), EmptySpan, "starts at"),
    ("list", lambda p: list_permits(str(p), movement="x", at="2030-05-05T10:00:00Z"),
     UnknownReference, "Known movements: relief-to-birch."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("ask", "kind", "says"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS]
)
def test_what_is_no_step_of_a_permit_is_refused_and_nothing_written(
    ask: Callable[[Path], object], kind: type[SafeconductError], says: str, path: Path
) -> None:
    before = head(path)
    with pytest.raises(kind) as caught:
        ask(path)
    assert says in str(caught.value) and caught.value.remedy
    assert head(path) == before


@pytest.mark.parametrize("at", ["2030-05-02T10:00:00Z", "2030-05-01T10:00:00Z"])
def test_a_standing_is_never_put_before_one_that_is_recorded(at: str, path: Path) -> None:
    step(path, "ministry", "2030-05-02T10:00:00Z")
    before = head(path)
    with pytest.raises(TimeRefused, match="is recorded as it stood at 2030-05-02T10:00:00Z"):
        step(path, "governor", at)
    assert head(path) == before
