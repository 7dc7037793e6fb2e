"""Reports that are read together: each statement once, with every report that tells it.

Of what is accepted each telling becomes a statement of its own report, and `same-statement` records
say that they are one: all of them stay on record, and count once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from safeconduct.app.accepting import Acceptance
from safeconduct.app.reading import Read
from safeconduct.errors import DraftRefused, WrongField
from safeconduct.wire import Reading
from safeconduct.wire.across import Together, across
from safeconduct.wire.body import across_body
from safeconduct.wire.sameness import Told

__all__ = ["Joined", "ReadTogether", "read_together"]


@dataclass(frozen=True, slots=True)
class ReadTogether:
    """Some reports, and the statements that they tell.

    Parameters
    ----------
    reports : in the order in which they were handed in. statements : as `wire.across` finds them.
    """

    reports: tuple[Read, ...]
    statements: tuple[Together, ...]

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows; a report is named by its number in it, from 0."""
        return {
            "reports": [one.as_json() for one in self.reports],
            "statements": across_body(self.readings, self.statements),
        }

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What was read, in the order of the reports."""
        return tuple(one.reading for one in self.reports)

    def label(self, told: Told) -> str:
        """A draft as its card is headed: its number, and of several reports which one's."""
        return self.called(told.report, told.draft.id).removeprefix("draft-")

    def called(self, report: int, draft: str) -> str:
        """A draft as it is spoken of, by its id; with several reports it says which one's."""
        if len(self.reports) == 1:
            return draft
        return f"{self.reports[report].id} {draft.removeprefix('draft-')}"


def read_together(reports: Sequence[Read]) -> ReadTogether:
    """What some reports tell, each statement once.

    Raises
    ------
    WrongField : two of them would be recorded under one id.
    """
    ids = [one.id for one in reports]
    twice = next((id for number, id in enumerate(ids) if id in ids[:number]), None)
    if twice is not None:
        raise WrongField(
            f"Two of the reports would be recorded as {twice}.",
            "Give each an id of its own: --id once for each report, in their order.",
            id=twice,
        ).located(field="id")
    return ReadTogether(tuple(reports), across([one.reading for one in reports]))


@dataclass(slots=True)
class Joined:
    """Reports on their way into one register, statement by statement.

    Parameters
    ----------
    acceptances : one for each report, in their order.
    """

    acceptances: tuple[Acceptance, ...]

    def left_of(self, statement: Together) -> list[Told]:
        """The tellings of a statement that are not on record, the fullest first."""
        fullest = statement.fullest
        every = [fullest, *(one for one in statement.told if one is not fullest)]
        return [one for one in every if not self._of(one).is_on_record(one.draft)]

    def on_record(self, statement: Together) -> str:
        """The id of a statement on record that tells the same; empty where there is none."""
        for one in statement.told:
            if self._of(one).is_on_record(one.draft):
                return self._of(one).id_of(one.draft)
        return ""

    def accept(self, told: Told, record: Mapping[str, Any] | None = None, same_as: str = "") -> str:
        """One telling is accepted, as `Acceptance.accept` does it; the id of its statement."""
        return self._of(told).accept(told.draft, record, same_as)

    def accept_beside(self, others: Sequence[Told], same_as: str) -> list[tuple[Told, str]]:
        """The other tellings of a statement that was accepted; those that are not whole, and why.

        Parameters
        ----------
        same_as : the id of the statement that was accepted.
        """
        left = []
        for one in others:
            try:
                self.accept(one, same_as=same_as)
            except DraftRefused as refusal:
                left.append((one, str(refusal)))
        return left

    def records(self) -> dict[str, Any]:
        """What was accepted of all reports, in the sections of one file; empty for nothing."""
        found: dict[str, list[Any]] = {}
        for one in self.acceptances:
            for section, records in one.records().items():
                found.setdefault(section, []).extend(records)
        return found

    def _of(self, told: Told) -> Acceptance:
        return self.acceptances[told.report]
