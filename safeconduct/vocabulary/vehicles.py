"""The column as it was listed, as it was seen at the gate, who watches over it, who escorts it.

Rules V1 to V5 and X2. A driver is a badge or a commitment, never a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar


class Body(Enum):
    """How a vehicle is built; one built otherwise than listed is not covered."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """One vehicle on the list of a movement version (rule V1).

    Parameters
    ----------
    make : the type, such as "ten-ton truck".
    driver : a badge number or a commitment; never a name.
    marked : the legs on which roof and sides are marked.
    unmarked : the legs on which it goes unmarked because the operation says so.
    photos : whether the markings were photographed.
    """

    tag: ClassVar[str] = "vehicle"
    id: str
    movement: str
    version: int
    number: int
    plate: str
    make: str
    body: Body
    driver: str
    marked: frozenset[str] = frozenset()
    unmarked: frozenset[str] = frozenset()
    photos: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleSeen:
    """One vehicle as it stood at the gate."""

    plate: str
    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class GateCheck:
    """Somebody looked at the column as it stood ready; the latest one counts (rules V1, V3).

    `weapons` is of any weapon or armed person in or on a vehicle, `armed_beside` of armed persons
    beside the column; `aid_only` of its cargo. `None`: nobody looked.
    """

    tag: ClassVar[str] = "gate-check"
    id: str
    movement: str
    version: int
    checked_at: int
    by: str
    seen: tuple[VehicleSeen, ...]
    weapons: bool | None = None
    armed_beside: bool | None = None
    aid_only: bool | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvoyWatch:
    """Who leads the column and which room follows it (rule V2); roles, never names."""

    tag: ClassVar[str] = "convoy-watch"
    id: str
    movement: str
    version: int
    leader: str = ""
    room: str = ""
    hand_over: bool | None = None
    check_every_s: int | None = None
    clearance_lodged: bool | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Escort:
    """An armed escort on part of the way: the gate it passed, or who imposed it (V4, V5, X2).

    Parameters
    ----------
    areas : its part of the road.
    imposed : a controlling party insists on it.
    alternatives : what else was tried, written down.
    needed, authorities, security, sustainable : the four criteria: need and programme criticality,
        responsible authorities, safety and security, sustainability.
    exception_by, exception_why, end_plan : the written exception where a criterion is not met.
    risk_owner, neutrality : for an imposed escort: who owns the risk, what it does to neutrality.
    """

    tag: ClassVar[str] = "escort"
    id: str
    movement: str
    party: str
    areas: tuple[str, ...]
    imposed: bool = False
    alternatives: str = ""
    needed: bool | None = None
    authorities: bool | None = None
    security: bool | None = None
    sustainable: bool | None = None
    exception_by: str = ""
    exception_why: str = ""
    end_plan: str = ""
    risk_owner: str = ""
    neutrality: str = ""
    sources: tuple[str, ...] = ()
