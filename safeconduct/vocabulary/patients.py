"""Medical evacuation and medical supplies, item by item and case by case (rules M1, M2).

A patient is a case number, never a name. What changes over time is a later record of the same
case, or of the same item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.spacetime import Span
from safeconduct.vocabulary.work import ItemCount, PermitState

_CASE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9./-]{0,39}")


class Urgency(Enum):
    """How long a patient can wait."""

    IMMEDIATE = "immediate"
    URGENT = "urgent"
    ROUTINE = "routine"


class PatientState(Enum):
    """What has become of a case; refusal and death while waiting are outcomes."""

    WAITING = "waiting"
    TRAVELLED = "travelled"
    REFUSED = "refused"
    DIED = "died"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """One case on the list of a medical evacuation, as it stands at `stands_at`.

    Parameters
    ----------
    case : a case number; letters, digits and `. / -`, with at least one digit; never a name.
    list_owner : the actor that ranks the list; never one of those that clear it.
    rank : place on the list, 1 first.
    travels : whether the case is on the list of this movement; otherwise it stays, shown.
    deadline_at : the moment after which moving is too late, if there is one.
    companions : seats beside the patient's own.
    consents : the patient, or a guardian, consents to go to this destination.
    accepted : the receiving facility takes the patient.
    max_transport_s : how long the patient can be on the road.
    cleared_by : the parties that must each clear this case.
    """

    tag: ClassVar[str] = "patient"
    id: str
    movement: str
    case: str
    list_owner: str
    rank: int
    urgency: Urgency
    stands_at: int
    travels: bool = True
    state: PatientState = PatientState.WAITING
    deadline_at: int | None = None
    companions: int = 0
    destination: str = ""
    consents: bool | None = None
    facility: str = ""
    accepted: bool | None = None
    max_transport_s: int | None = None
    cleared_by: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_case(self.case)
        if self.rank < 1 or self.companions < 0:
            raise WrongField(
                f"Case {self.case} has the rank {self.rank} and {self.companions} companions.",
                "Rank from 1; companions are 0 or more.",
                case=self.case,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientClearance:
    """How one party's clearance of one case stands; one tied to an exchange is none (rule E8)."""

    tag: ClassVar[str] = "patient-clearance"
    id: str
    movement: str
    case: str
    party: str
    state: PermitState
    stands_at: int
    valid: Span | None = None
    tied_to: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_case(self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadList:
    """What was approved and what was loaded, item by item; the latest one counts (rule M2)."""

    tag: ClassVar[str] = "load-list"
    id: str
    movement: str
    version: int
    items: tuple[ItemCount, ...]
    checked_at: int
    by: str
    sources: tuple[str, ...] = ()


class GateChoice(Enum):
    """What the leader signed when an item was taken out at a gate."""

    UNDECIDED = "undecided"
    GO_WITHOUT = "go-without"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """An approved item was taken out by a party: an incident, unlike an inspection (rule M2).

    A later record of one item, party and place (`where`) stands for the earlier ones, such as when
    the leader has decided; so `count` is all that was taken out there, and `removed_at` the moment
    of which the record tells.
    """

    tag: ClassVar[str] = "removal"
    id: str
    movement: str
    item: str
    count: int
    party: str
    removed_at: int
    treatments: int = 0
    where: str = ""
    choice: GateChoice = GateChoice.UNDECIDED
    signed_by: str = ""
    sources: tuple[str, ...] = ()


def _check_case(case: str) -> None:
    if not _CASE.fullmatch(case):
        raise WrongField(
            f'"{case}" is no case number.',
            "Give the case number of the list (letters, digits, dots, slashes and dashes, at least "
            "one digit), never a name.",
            case=case,
        )
