"""The form in which another reader writes the drafts of a report: that of `read --json`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic import Field as Limited

from safeconduct.vocabulary.acts import Usability
from safeconduct.vocabulary.kinds import (
    ConditionKind,
    Direction,
    Means,
    Movers,
    Purpose,
    Telling,
    UndertakingKind,
)
from safeconduct.wire import Act, Sureness

T = TypeVar("T")


def _done_or_left_out(value: bool) -> bool:
    if not value:
        raise ValueError("leave the field out where nothing takes the act back")
    return value


_True = Annotated[bool, AfterValidator(_done_or_left_out)]
_Id = Annotated[str, StringConstraints(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
_Said = Annotated[str, StringConstraints(min_length=1)]
_Count = Annotated[int, Limited(ge=0, strict=True)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FieldForm(_Form, Generic[T]):
    """A value and its words; `at` only where they stand several times, or apart."""

    value: T
    words: str = Limited(min_length=1)
    at: tuple[tuple[int, int], ...] = ()


class TimeForm(_Form):
    """A moment or a day."""

    day: dt.date | None = None
    at: str | None = None
    unresolved: str = ""


class WindowForm(_Form):
    """A stretch of time; `start` and `end` with an offset, or local to the zone."""

    start: str | None = None
    end: str | None = None
    zone: str = ""
    daily: bool = False
    open_ended: bool = False
    until_event: str = ""
    unresolved: str = ""


class ConditionForm(_Form):
    """A string attached, and whom it binds."""

    kind: ConditionKind
    on: FieldForm[_Id] | None = None


class DraftForm(_Form):
    """One act of one party; what the report does not state is left out."""

    id: str = ""
    act: FieldForm[Act]
    telling: FieldForm[Telling] | None = None
    actor: FieldForm[_Id]
    party: FieldForm[_Id] | None = None
    speaker: FieldForm[_Said] | None = None
    office: FieldForm[_Said] | None = None
    negated: FieldForm[_True] | None = None
    kind: FieldForm[UndertakingKind] | None = None
    means: tuple[FieldForm[Means], ...] = ()
    windows: tuple[FieldForm[WindowForm], ...] = ()
    areas: tuple[FieldForm[_Said], ...] = ()
    corridors: FieldForm[_Count] | None = None
    purposes: tuple[FieldForm[Purpose], ...] = ()
    directions: tuple[FieldForm[Direction], ...] = ()
    for_whom: tuple[FieldForm[Movers], ...] = ()
    conditions: tuple[FieldForm[ConditionForm], ...] = ()
    to: tuple[FieldForm[_Id], ...] = ()
    deadline: FieldForm[TimeForm] | None = None
    of: tuple[FieldForm[str], ...] = ()
    result: FieldForm[Usability] | None = None
    lacks: FieldForm[_Said] | None = None
    low: FieldForm[_Count] | None = None
    high: FieldForm[_Count] | None = None
    unit: FieldForm[_Said] | None = None
    why: str = ""
    sureness: Sureness = Sureness.GUESSED


class PlaceForm(_Form):
    """A place of a gazetteer, as it was found in the report."""

    words: str
    at: tuple[int, int]
    id: str = ""
    name: str = ""
    kind: str = ""
    gazetteer: str
    doubt: str = ""


class FileForm(_Form):
    """All drafts of a report, and who made them."""

    reader: str = Limited(min_length=1, max_length=200)
    drafts: tuple[DraftForm, ...]
    places: tuple[PlaceForm, ...] = ()
    # What `read --json` shows beside the drafts; it is told anew, from the report itself.
    id: Any = None
    zone: Any = None
    report: Any = None
    notes: Any = None
