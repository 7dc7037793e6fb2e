"""The two towns with the writers of their register: who recorded what, and how far it has come.

Two offices keep the register. Relief in Alder writes here, with the device `alder-1`; the office in
Birch records what the north says, with the device `birch-1`. What this and its root wrote up to
06:00 is here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from safeconduct.situation import Heard, Hearing, Situation, picture
from safeconduct.vocabulary import RequiredWriter
from tests.worlds.two_towns import HOUR, MONTH, NOW, SPOKEN, TOWNS, Towns, may

__all__ = ["HEARD", "HEARING", "SIX", "HeardTowns", "required"]

SIX = may(6, 6)
WRITERS = (
    Heard(writer="alder-root", office="alder", complete_at=NOW, is_root=True),
    Heard(writer="alder-1", office="alder", complete_at=NOW),
    Heard(writer="birch-root", office="birch", complete_at=SIX, is_root=True),
    Heard(writer="birch-1", office="birch", complete_at=SIX),
)
NORTHERN = frozenset({"north-guarantees", "north-acknowledges"})
HEARING = Hearing(
    writers={one.writer: one for one in WRITERS},
    recorded_by={
        record.id: frozenset({"birch-1" if record.id in NORTHERN else "alder-1"})
        for record in SPOKEN.records
        if record.tag == "statement"
    },
)


@dataclass(frozen=True, slots=True)
class HeardTowns(Towns):
    """The two towns in a register with writers."""

    hearing: Hearing = field(default=HEARING)

    def situation(self) -> Situation:
        return picture(self.records, as_of=self.now, known_at=self.now, hearing=self.hearing)

    def heard(self, *writers: Heard) -> HeardTowns:
        """The world in which these writers are heard so, instead of or beside the others."""
        more = {one.writer: one for one in writers}
        return replace(
            self, hearing=replace(self.hearing, writers={**self.hearing.writers, **more})
        )

    def hearing_of(self, writer: str, **changes: Any) -> HeardTowns:
        """The world in which one writer is heard otherwise; doubts may be any words."""
        if "doubts" in changes:
            changes["doubts"] = frozenset(changes["doubts"])
        return self.heard(replace(self.hearing.writers[writer], **changes))


HEARD = HeardTowns(TOWNS.records, TOWNS.network)


def required(id: str = "birch-on-the-north", **changes: Any) -> RequiredWriter:
    """The office in Birch is required for what the north says, up to six hours ago."""
    fields: dict[str, Any] = {
        "party": "north",
        "office": "birch",
        "fresh_within_s": 6 * HOUR,
        "valid": MONTH,
        "by": "head of office",
        "decided_at": may(1),
    }
    if "writer" in changes:
        fields["office"] = ""
    return RequiredWriter(id=id, **(fields | changes))
