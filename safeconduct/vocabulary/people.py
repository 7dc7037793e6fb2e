"""What is recorded about people who leave: how they are treated, who watches, whether they return.

Rules E3 to E8. `None` means that nobody has recorded it, which is a doubt and not a yes. Nothing
here names a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from safeconduct.spacetime import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class EvacuationCare:
    """How evacuees are told, asked and treated (rules E3, E4).

    Parameters
    ----------
    informed : told beforehand of terms, destination and process.
    consents : consent is recorded for each person (patient or guardian).
    refusal_open : anybody may still refuse at the last minute.
    stayers_protected : those who stay keep their protection.
    together, belongings, no_distinction, special_care, services : families stay together;
        belongings and papers are kept; nobody is treated worse for who they are; wounded, children
        alone, elderly and disabled people are cared for; services wait at the destination.
    """

    tag: ClassVar[str] = "evacuation-care"
    id: str
    movement: str
    by: str
    checked_at: int
    informed: bool | None = None
    consents: bool | None = None
    refusal_open: bool | None = None
    stayers_protected: bool | None = None
    together: bool | None = None
    belongings: bool | None = None
    no_distinction: bool | None = None
    special_care: bool | None = None
    services: bool | None = None
    ground: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """Neutral monitors are present in these areas during this time (rule E5)."""

    tag: ClassVar[str] = "monitoring"
    id: str
    movement: str
    monitor: str
    areas: tuple[str, ...]
    valid: Span
    ground: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LastResort:
    """Aid in place was tried, or is impossible, before people are moved (rule E6)."""

    tag: ClassVar[str] = "last-resort"
    id: str
    movement: str
    tried: str
    result: str
    by: str
    decided_at: int
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTerms:
    """The right to come back is kept open (rule E7); a signed waiver of home or return is not.

    `called_by` is who may call the return; `papers_kept` is of identity and property papers.
    """

    tag: ClassVar[str] = "return-terms"
    id: str
    movement: str
    by: str
    temporary: bool | None = None
    called_by: str = ""
    papers_kept: bool | None = None
    waiver_signed: bool | None = None
    ground: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Whether people are screened, held back or exchanged on the way, and under which guards.

    Rule E8. `planned` false records that somebody looked and there is none. `guaranteed_in` is the
    act by which the screening party guarantees that nobody is detained; `independent` the actor
    present at the screening; `sign_off` the role that signed for protection.
    """

    tag: ClassVar[str] = "screening"
    id: str
    movement: str
    planned: bool
    by: str
    party: str = ""
    where: str = ""
    whom: str = ""
    guaranteed_in: str = ""
    independent: str = ""
    sign_off: str = ""
    sources: tuple[str, ...] = ()
