"""Never a GO past the limit of freshness on a withdrawal that was not passed on."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import pytest

from safeconduct.app.hearing import hearing_of
from safeconduct.situation import Heard, Hearing
from tests.simulation import withheld
from tests.simulation.campaign import remembering

COUNT = 25
SEED = int(os.environ.get("SAFECONDUCT_SEED", "1"))


@pytest.mark.law(13)
def test_nobody_goes_past_the_limit_on_a_withdrawal_that_was_not_passed_on() -> None:
    said: list[str] = []
    with remembering():
        told = withheld.run(SEED, COUNT, said.append)
    assert said == []
    for what in (
        *("go", "heard", "go without knowing", "stopped unknowing", "cut", "stolen", "lost"),
        *("grown", "go with a new device"),
    ):
        assert told["happened"][what] > 0, what


def test_a_program_that_believes_a_root_to_have_said_no_more_than_has_come_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("safeconduct.register.view.agrees", lambda seen, chain: True)
    with remembering():
        found = (withheld.Morning(f"1/{n}").run(withheld.ACTIONS) for n in range(400))
        assert next((wrong for wrong in found if wrong), [])


@pytest.mark.parametrize("spoil", ["freshness", "doubts", "gaps of the revoked"])
def test_a_program_that_hears_too_much_is_found_out(
    spoil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(*asked: Any, known_at: int, **more: Any) -> Hearing:
        heard = hearing_of(*asked, known_at=known_at, **more)
        changed = {id: _spoilt(one, spoil, known_at) for id, one in heard.writers.items()}
        return replace(heard, writers=changed)

    monkeypatch.setattr(withheld, "hearing_of", spoilt)
    with remembering():
        found = (withheld.Morning(f"1/{n}").run(withheld.ACTIONS) for n in range(200))
        assert next((wrong for wrong in found if wrong), [])


def _spoilt(one: Heard, spoil: str, known_at: int) -> Heard:
    if spoil == "freshness":  # everybody is taken to have spoken just now
        return replace(one, complete_at=known_at)
    if spoil == "doubts":
        return replace(one, doubts=frozenset())
    # What a writer wrote before it was revoked, and that did not come, is not missed.
    return replace(one, doubts=one.doubts - {"gapped"}) if "revoked" in one.doubts else one
