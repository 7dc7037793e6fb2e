"""Every verb there is, asked for what is not there: refused, clearly, with nothing written.

The verbs are read from the program itself, so that a new one is tried from its first day on.
"""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
import typer

from safeconduct.cli.main import app
from tests.unit.cli.running import safeconduct

NOTHING_TO_REFUSE = {
    "demo": "it takes nothing",
    "case list": "it takes nothing",
    "case schema": "it shows the schema of a case",
    "policy list": "it takes nothing that it needs",
    "register reader": "it takes nothing",
    "roads warm": "it takes nothing",
}


def verbs(group: typer.Typer = app, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every verb of the program, as the words that are typed."""
    own = [
        (*before, one.name or (one.callback.__name__ if one.callback else "").replace("_", "-"))
        for one in group.registered_commands
        if not one.hidden
    ]
    inner = [
        verb
        for one in group.registered_groups
        if one.typer_instance is not None
        for verb in verbs(one.typer_instance, (*before, str(one.name)))
    ]
    return own + inner


VERBS = [verb for verb in verbs() if " ".join(verb) not in NOTHING_TO_REFUSE]


def test_the_verbs_of_the_office_are_among_them() -> None:
    there = {" ".join(verb) for verb in verbs()}
    assert {
        *("decide", "outcome", "due", "record call", "ask reply", "permit step", "contact tree"),
        *("party record", "policy check", "policy explain", "movement copy", "reconfirm"),
        *("evidence add", "evidence save"),
    } <= there
    assert set(NOTHING_TO_REFUSE) <= there


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
@pytest.mark.parametrize("typed", [(), ("--no-such-option",)], ids=["nothing", "no such option"])
def test_a_verb_says_what_it_needs(
    verb: tuple[str, ...], typed: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = safeconduct(*verb, *typed)
    assert (ran.code, ran.out) == (2, ""), inspect.cleandoc(ran.err)
    assert ran.err.startswith("error: ")
    assert "--help" in ran.err or "safeconduct" in ran.err
    assert list(tmp_path.iterdir()) == []
