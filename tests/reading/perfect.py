"""A reader that knows the gold: what a reading would be that says all of it and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import Any

from safeconduct.spacetime.localtime import Edge, instant
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
from safeconduct.wire import (
    Act,
    Draft,
    Excerpt,
    Field,
    ReadCondition,
    Reading,
    ReadTime,
    ReadWindow,
    Report,
    Sureness,
)
from safeconduct.wire.body import body
from tests.reading.goldset import Gold

CLOSED: Mapping[str, type[Enum]] = {
    "telling": Telling,
    "kind": UndertakingKind,
    "means": Means,
    "purposes": Purpose,
    "directions": Direction,
    "for_whom": Movers,
    "result": Usability,
}
ITS_OWN_WORDS = ("speaker", "office", "lacks", "areas")
AS_GIVEN = ("corridors", "to", "low", "high", "unit")


def perfect(gold: Gold) -> dict[str, Any]:
    """The body of a reading that is the gold, draft for act."""
    return body(perfect_reading(gold))


def perfect_reading(gold: Gold) -> Reading:
    """The reading itself."""
    published = dt.date.fromisoformat(gold.published) if gold.published else None
    drafts = [_Written(gold, act).draft(number) for number, act in enumerate(gold.acts, 1)]
    report = Report(text=gold.text, published=published)
    return Reading(report=report, drafts=tuple(drafts), languages=(gold.language,))


class _Written:
    """An act of the gold while it is made a draft."""

    def __init__(self, gold: Gold, act: Mapping[str, Any]) -> None:
        self.gold, self.act = gold, act

    def draft(self, number: int) -> Draft:
        act = self.act
        said = {name: self.all_of(name) for name in (*CLOSED, *ITS_OWN_WORDS, *AS_GIVEN)}
        said["windows"] = tuple(
            self.field(self.window(one), one["words"]) for one in act.get("windows", ())
        )
        said["conditions"] = tuple(self.condition(one) for one in act.get("conditions", ()))
        said["of"] = tuple(self.field(f"draft-{one}") for one in act.get("of", ()))
        if act.get("negated"):
            said["negated"] = self.field(True)
        if act.get("deadline"):
            at = self.moment(act["deadline"])
            day = dt.date.fromisoformat(act["deadline"][:10])
            said["deadline"] = self.field(ReadTime(day=day, at=at))
        if act.get("party", act["actor"]) != act["actor"]:
            said["party"] = self.field(act["party"])
        return Draft(
            id=f"draft-{number}",
            act=self.field(Act(act["is"])),
            actor=self.field(act["actor"]),
            why="the gold says so",
            sureness=Sureness.STATED,
            **{name: value for name, value in said.items() if value},
        )

    def all_of(self, name: str) -> Any:
        """A field's values, or its one value, each with its words."""
        found = self.act.get(name)
        if found is None:
            return None
        if isinstance(found, list):
            return tuple(self.one(name, value) for value in found)
        return self.one(name, found)

    def one(self, name: str, found: Any) -> Field[Any]:
        closed = CLOSED.get(name)
        words = found if name in ITS_OWN_WORDS else None
        return self.field(closed(found) if closed else found, words)

    def field(self, value: Any, words: str | None = None) -> Field[Any]:
        words = words or self.act["words"]
        start = self.gold.text.index(words)
        return Field(value, (Excerpt(start, start + len(words)),))

    def condition(self, found: Mapping[str, Any]) -> Field[ReadCondition]:
        on = self.field(found["on"], found["words"]) if found.get("on") else None
        return self.field(ReadCondition(kind=ConditionKind(found["kind"]), on=on), found["words"])

    def window(self, found: Mapping[str, Any]) -> ReadWindow:
        ends = [self.moment(at) if (at := found.get(key)) else None for key in ("from", "until")]
        if ends == [None, None]:
            return ReadWindow(unresolved="the gold says so")
        return ReadWindow(start=ends[0], end=ends[1], daily=bool(found.get("daily")))

    def moment(self, local: str) -> int:
        return instant(local, self.gold.zone, edge=Edge.START)
