"""The wire report of 4 November 2016 as it is read: its drafts, and how they are looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.reading.goldset import OPEN, Gold, gold_reports
from tests.reading.pairing import closeness, value
from tests.reading.reader import read_gold
from tests.shared_material import shared_dir

NAME = "shared-seed-reuters-2016-11-04"
Draft = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seed:
    """The report's text and what was read from it."""

    text: str
    drafts: tuple[Draft, ...]

    def acts(self, act: str, actor: str | None = None, **said: Any) -> list[Draft]:
        """The drafts of one act, of one actor, that say these values."""
        return [
            one
            for one in self.drafts
            if value(one, "act") == act
            and actor in (None, value(one, "actor"))
            and all(value(one, name) == wanted for name, wanted in said.items())
        ]

    def at(self, words: str, drafts: Sequence[Draft]) -> list[Draft]:
        """Those of some drafts whose act stands in these words of the text."""
        assert words in self.text
        return [one for one in drafts if closeness(words, self.text, one["act"]["at"])]


@cache
def seed() -> Seed:
    """The report, read as published on 4 November 2016 in Damascus's zone."""
    gold = report()
    assert (gold.published, gold.zone) == ("2016-11-04", "Asia/Damascus")
    return Seed(gold.text, tuple(read_gold(gold)["drafts"]))


def report() -> Gold:
    """The report with its annotation; ask inside a test."""
    shared_dir()
    (found,) = (one for one in gold_reports(OPEN) if one.name == NAME)
    return found


def said(draft: Draft, field: str) -> set[Any]:
    """The values of a field of several."""
    return {one["value"] for one in draft.get(field, ())}
