"""What is asked of the speed of roads and of registers, line by line, beside what was measured.

Seconds are the processor's where the work is done in the bench's own process, since others use the
machine too; a ratio is the median of the ratios from the same junctions.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

__all__ = [
    "RIVALS",
    "Line",
    "against",
    "late_without_a_bound",
    "lines",
    "reading_lines",
    "register_lines",
]

_Figures = Mapping[str, Any]

RIVALS = {"networkx": 15.0, "rustworkx": 2.5, "pgRouting": 40.0}
"""How many times as long as our static search each must at least take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that is asked, and what was measured; None where it was not, and why.

    Parameters
    ----------
    most : whether the limit is the most that is allowed, else the least.
    strictly : whether the limit itself is already too much.
    """

    name: str
    measured: float | None
    limit: float
    unit: str
    most: bool = True
    strictly: bool = False
    why_not: str = ""

    @property
    def held(self) -> bool:
        """Whether it was measured and keeps to its limit."""
        compare: Callable[[float, float], bool]
        compare = operator.le if self.most else operator.ge
        if self.strictly:
            compare = operator.lt
        return self.measured is not None and compare(self.measured, self.limit)

    @property
    def asked(self) -> str:
        """The limit in words."""
        word = "under" if self.strictly else "at most" if self.most else "at least"
        return f"{word} {self.limit:g} {self.unit}"

    @property
    def found(self) -> str:
        """What was measured, in words."""
        if self.measured is None:
            return f"not measured: {self.why_not}"
        return f"{self.measured:.3g} {self.unit}"

    @property
    def missed(self) -> str:
        """What is to be said of it where it does not hold."""
        return f"{self.name}: {self.found}, asked {self.asked}"


def lines(figures: _Figures) -> tuple[Line, ...]:
    """Everything that is asked.

    Parameters
    ----------
    figures : `roads`, `classes`, `asks` and `plans`, as their benches give them; what is missing
        there was not measured.
    """
    return (
        *_searches(figures),
        *_folders(figures),
        *_divided(figures),
        *_asked(figures),
        *_planned(figures),
    )


def register_lines(figures: _Figures) -> tuple[Line, ...]:
    """Everything that is asked of a register.

    Parameters
    ----------
    figures : `register`, as `bench/register.py` gives it. What was measured on fewer entries than
        are asked for was not measured.
    """
    entries, more = _at(figures, "register.entries"), _at(figures, "register.more")
    found = (
        _below("100,000 entries verified", figures, "register.verifying.seconds", 30),
        _below("100,000 entries checked and drawn", figures, "register.replay.seconds", 10),
        _below(
            "next answer after one new entry, the slowest sort, of 100,000",
            figures,
            "register.next.worst_ms",
            50,
            "ms",
        ),
        _below(
            "what was known then about a name, the slowest sort, of 300,000",
            figures,
            "register.bitemporal.median_ms",
            5,
            "ms",
        ),
    )
    held = (entries, entries, entries, more)
    asked = (100_000, 100_000, 100_000, 300_000)
    return tuple(
        line
        if line.measured is None or (count or 0) >= least
        else replace(line, measured=None, why_not=f"on {count:,.0f} entries only")
        for line, count, least in zip(found, held, asked, strict=True)
    )


def reading_lines(figures: _Figures) -> tuple[Line, ...]:
    """Everything that is asked of the reader of reports.

    Parameters
    ----------
    figures : `reading`, as `bench/reading.py` gives it.
    """
    at = "reading"
    return (
        _least("plain reports of 400 words in a second", figures, f"{at}.plain.a_second", 200),
        _least("reports as pages in a second", figures, f"{at}.pages.a_second", 40),
        _below("the slowest of what is hostile", figures, f"{at}.slowest_hostile_s", 60),
        _below("memory held by the reader or its child", figures, f"{at}.memory_mb", 1024, "MB"),
    )


def _searches(figures: _Figures) -> Iterator[Line]:
    for scale, name in (("porto", "Porto"), ("country", "the country")):
        at = f"roads.{scale}.searches"
        for what, limit in (("screen", 1.25), ("sets", 3.0)):
            yield _line(f"{what} to floor, {name}", figures, f"{at}.{what}.to_floor", limit, "x")
        for rival, least in RIVALS.items():
            yield Line(
                name=f"{rival} to our static search, {name}",
                measured=against(figures, scale, rival, "static"),
                limit=least,
                unit="x",
                most=False,
                why_not=_missing(figures, scale, rival),
            )
    yield _line(
        "round trip to floor, Porto", figures, "roads.porto.searches.round trip.to_floor", 2.5, "x"
    )
    for what, limit in (("screen", 0.3), ("sets", 0.6), ("round trip", 0.4)):
        path = f"roads.country.searches.{what}.median_s"
        yield _below(f"{what}, the country", figures, path, limit)


def _folders(figures: _Figures) -> Iterator[Line]:
    for what in ("screen", "sets", "round_trip"):
        path = f"roads.country.memory.{what}_mb"
        yield _below(f"memory of a {what.replace('_', ' ')}, the country", figures, path, 200, "MB")
    yield _below("opening the country", figures, "roads.country.opening.median_s", 0.05)


def _divided(figures: _Figures) -> Iterator[Line]:
    for name, path, limit in (
        ("class table of 4,000 classes rebuilt", "table.rebuilt_ms", 5),
        ("Porto cut by 133 areas", "dividing.all_ms", 1_000),
        ("one more area", "dividing.one_more_ms", 50),
        ("one more area as wide as the town", "dividing.city_wide_ms", 300),
    ):
        yield _below(name, figures, f"classes.{path}", limit, "ms")


def _asked(figures: _Figures) -> Iterator[Line]:
    for grid, limit in ((60, 2.5), (120, 10.0)):
        name = f"asks for a grid of {grid} candidates, the slowest, Porto"
        at = f"asks.porto_{grid}"
        yield _with_lists(_below(name, figures, f"{at}.worst_s", limit), figures, at)
    for grid in (60, 120):
        name = f"asks for a grid of {grid} candidates, the country, over 10 s and without a bound"
        at = f"asks.country_{grid}"
        line = _line(name, figures, f"{at}.late_without_a_bound", 0, "lists")
        yield _with_lists(line, figures, at)


def late_without_a_bound(one: Mapping[str, Any]) -> bool:
    """Whether a country's list came neither within ten seconds nor with how far off it may be."""
    return one["asks_s"] >= 10 and one["bound"] is None


def _with_lists(line: Line, figures: _Figures, at: str) -> Line:
    """How soon it is seen that no list helps says nothing about how soon one is proven."""
    if _at(figures, f"{at}.with_a_list"):
        return line
    return replace(line, measured=None, why_not="none of the roads tried has a list")


def _planned(figures: _Figures) -> Iterator[Line]:
    name = "`plan` of the slowest bundled case, cold, without numba"
    yield _below(name, figures, "plans.bundled_s", 1.5)
    yield _below("`plan` on Porto, the compiled search kept", figures, "plans.porto_s", 1.5)


def _below(name: str, figures: _Figures, path: str, limit: float, unit: str = "s") -> Line:
    return replace(_line(name, figures, path, limit, unit), strictly=True)


def _least(name: str, figures: _Figures, path: str, limit: float) -> Line:
    return replace(_line(name, figures, path, limit, "a second"), most=False)


def _line(name: str, figures: _Figures, path: str, limit: float, unit: str) -> Line:
    measured = _at(figures, path)
    return Line(name=name, measured=measured, limit=limit, unit=unit, why_not=f"no {path}")


def _at(figures: _Figures, path: str) -> float | None:
    found: Any = figures
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return None if found is None else float(found)


def against(figures: _Figures, scale: str, rival: str, ours: str) -> float | None:
    """How many times as long as a search of ours another library takes for all distances."""
    theirs = _at(figures, f"roads.{scale}.searches.{rival}.to_floor")
    mine = _at(figures, f"roads.{scale}.searches.{ours}.to_floor")
    return None if theirs is None or not mine else theirs / mine


def _missing(figures: _Figures, scale: str, rival: str) -> str:
    found: Any = figures.get("roads") or {}
    missing: Mapping[str, str] = (found.get(scale) or {}).get("missing") or {}
    return missing.get(rival, "not among the figures")
