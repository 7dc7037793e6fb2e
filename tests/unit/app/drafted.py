"""A made-up report on the two towns, and drafts of it made by hand: no reader has a part in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from safeconduct.vocabulary import Telling, UndertakingKind
from safeconduct.wire import (
    Act,
    Draft,
    Excerpt,
    Field,
    Reading,
    ReadWindow,
    Report,
    Sureness,
)

TEXT = (
    "BIRCH (invented), May 3 - The North will let aid trucks pass the north bank from 9 a.m. to "
    "2 p.m. on May 4. The South rejected the offer. The Valley did not guarantee anything. The "
    "North is to close the road until further notice."
)
START = int(dt.datetime(2030, 5, 4, 9, tzinfo=dt.UTC).timestamp())


def at(words: str) -> tuple[Excerpt, ...]:
    start = TEXT.index(words)
    return (Excerpt(start, start + len(words)),)


def field(value: Any, words: str) -> Field[Any]:
    return Field(value, at(words))


def draft(number: int, act: Act, words: str, actor: str, named: str, **more: Any) -> Draft:
    return Draft(
        id=f"draft-{number}",
        act=field(act, words),
        telling=field(Telling.PARAPHRASED, words),
        actor=field(actor, named),
        why="made by hand",
        sureness=Sureness.STATED,
        **more,
    )


def offer(**more: Any) -> Draft:
    window = ReadWindow(start=START, end=START + 5 * 3600, zone="UTC")
    told = {
        "kind": field(UndertakingKind.PASSAGE, "let aid trucks pass"),
        "areas": (field("north-bank", "the north bank"),),
        "windows": (field(window, "from 9 a.m. to 2 p.m. on May 4"),),
    }
    return draft(1, Act.ANNOUNCE, "will let aid trucks pass", "north", "The North", **told | more)


def rejection() -> Draft:
    return draft(
        2, Act.REJECT, "rejected", "south", "The South", of=(field("draft-1", "the offer"),)
    )


def reading(*drafts: Draft, published: dt.date | None = dt.date(2030, 5, 3)) -> Reading:
    return Reading(report=Report(text=TEXT, published=published), drafts=drafts, languages=("en",))
