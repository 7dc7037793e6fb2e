"""Two offices with a register each, over the two towns: Birch records what the north says.

Each sits at a machine of its own, with keys of its own, under a clock that a test sets. Alder has
merged what Birch had written by 07:04, and requires its word for the north, an hour old at most.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from safeconduct.adapters.keys import KeyFolder
from safeconduct.adapters.stores import open_store
from safeconduct.app import (
    assess,
    exchanging,
    founding,
    keying,
    moving,
    office,
    outcomes,
    parties,
    reconfirming,
    registers,
)
from safeconduct.app.exchanging import export_bundle, merge_bundle
from safeconduct.app.founding import init
from safeconduct.app.keying import trust
from safeconduct.app.opening import open_register
from safeconduct.app.registers import record, write
from safeconduct.clearance import Finding, Judgement
from safeconduct.spacetime import Edge, instant
from safeconduct.vocabulary import Statement, Withdraw
from tests.unit.app.folders import TWO_TOWNS
from tests.unit.clearance.heard_towns import required
from tests.worlds.two_towns import HOUR, TOWNS, may, said

NORTHERN = [r for r in TOWNS.records if isinstance(r, Statement) and r.actor == "north"]
OTHERS = [r for r in TOWNS.records if r not in NORTHERN]
REQUIRED = required(fresh_within_s=HOUR)
TAKEN_BACK = said(
    "north", may(6, 7, 39), Withdraw(id="taken-back", party="north", of=("north-passage",))
)
_MODULES = (
    *(assess, exchanging, founding, keying, moving),
    *(office, outcomes, parties, reconfirming, registers),
)


@dataclass
class Offices:
    """The registers of both, and the machine that somebody sits at."""

    folder: Path
    patch: pytest.MonkeyPatch
    bundles: int = 0

    def at(self, machine: str, clock: str) -> str:
        """The register of one of them, at whose machine it is that o'clock on 6 May."""
        moment = instant(f"2030-05-06T{clock}Z", edge=Edge.START)
        self.patch.setenv("SAFECONDUCT_HOME", str(self.folder / f"home of {machine}"))
        for module in _MODULES:
            self.patch.setattr(module, "now", lambda: moment)
        return str(self.folder / f"{machine}.register")

    def begin(self) -> None:
        """Both registers are made, trust each other, and hold what this module says."""
        for machine, clock in (("alder", "06:50"), ("birch", "06:51")):
            init(self.at(machine, clock), office=machine, device=machine)
        self._trust("alder", "birch", "06:52")
        self._trust("birch", "alder", "06:53")
        path = self.at("alder", "07:00")
        record(path, str(TWO_TOWNS))
        write(path, OTHERS)
        self.passes_on("alder", "07:01", "birch", "07:02")
        write(self.at("birch", "07:03"), NORTHERN)
        self.passes_on("birch", "07:04", "alder", "07:05")
        write(self.at("alder", "07:06"), [REQUIRED])

    def _trust(self, one: str, other: str, clock: str) -> None:
        with closing(open_store(self.at(other, clock))) as store:
            root = KeyFolder.own().find(store.root)
        assert root is not None
        trust(self.at(one, clock), other, "root", root.public.hex())

    def passes_on(
        self, one: str, made_at: str, other: str, taken_at: str, handling: str = "internal"
    ) -> None:
        """What one office exports is merged by the other."""
        self.bundles += 1
        file = str(self.folder / f"{self.bundles}.bundle")
        export_bundle(self.at(one, made_at), file, handling=handling)
        merge_bundle(self.at(other, taken_at), file)

    def judged(self, clock: str, at: str | None = None) -> Judgement:
        """What Alder is told at that o'clock; as of `at`, where that is named."""
        with closing(open_register(self.at("alder", clock))) as opened:
            return assess.assess(opened, at=at).judgement

    def r1(self, clock: str, at: str | None = None) -> list[Finding]:
        """What rule R1 says there."""
        return [one for one in self.judged(clock, at).findings if one.rule == "R1"]
