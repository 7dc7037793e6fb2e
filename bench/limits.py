"""What is asked of the speed of roads, line by line, beside what was measured.

Seconds are the processor's where the work is done in the bench's own process, since others use the
machine too; a ratio is the median of the ratios from the same junctions.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Line", "lines"]

_Figures = Mapping[str, Any]


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
    figures : `roads`, `classes`, `asks` and `plan`, as their benches give them; what is missing
        there was not measured.
    """
    return (
        *_searches(figures),
        *_folders(figures),
        *_divided(figures),
        *_asked(figures),
        *_planned(figures),
    )


def _searches(figures: _Figures) -> Iterator[Line]:
    for scale, name in (("porto", "Porto"), ("country", "the country")):
        for what, limit in (("screen", 1.25), ("sets", 3.0)):
            yield _line(
                f"{what} on {name}", figures, f"roads.{scale}.searches.{what}.to_floor", limit, "x"
            )
        for rival, least in (("networkx", 15.0), ("rustworkx", 2.5), ("pgRouting", 40.0)):
            for ours in ("floor", "sets"):
                yield Line(
                    name=f"{rival} against our {ours} on {name}",
                    measured=_against(figures, scale, rival, ours),
                    # Only the floor is held to it; the set search is shown beside.
                    limit=least if ours == "floor" else 0,
                    unit="x",
                    most=False,
                    why_not=_missing(figures, scale, rival),
                )
    found = "roads.country.searches"
    yield _line("round trip on Porto", figures, "roads.porto.searches.round trip.to_floor", 2.5, "x")
    seconds = (("screen", 0.3), ("sets", 0.6), ("round trip", 0.4))
    for what, limit in seconds:
        yield _line(
            f"{what} on the country", figures, f"{found}.{what}.median_s", limit, "s", strictly=True
        )


def _folders(figures: _Figures) -> Iterator[Line]:
    at = "roads.country"
    for what in ("screen", "sets", "round_trip"):
        yield _line(
            f"memory of {what.replace('_', ' ')} on the country",
            figures,
            f"{at}.memory.{what}_mb",
            200,
            "MB",
            strictly=True,
        )
    yield _line(
        "opening the country", figures, f"{at}.opening.median_s", 0.05, "s", strictly=True
    )


def _divided(figures: _Figures) -> Iterator[Line]:
    wanted = (
        ("class table of 4,000 classes", "table_s", 0.005),
        ("Porto cut by 133 areas", "cut_s", 1.0),
        ("one more area, a town's quarter", "local_s", 0.05),
        ("one more area, as wide as the town", "wide_s", 0.3),
    )
    for name, key, limit in wanted:
        yield _line(name, figures, f"classes.{key}", limit, "s", strictly=True)


def _asked(figures: _Figures) -> Iterator[Line]:
    for name, key, limit in (
        ("asks among 60 candidates on Porto", "porto_60_s", 2.5),
        ("asks among 120 candidates on Porto", "porto_120_s", 10.0),
        ("asks on the country, or a bound", "country_s", 10.0),
    ):
        yield _line(name, figures, f"asks.{key}", limit, "s", strictly=True)


def _planned(figures: _Figures) -> Iterator[Line]:
    yield _line(
        "`plan` of the slowest bundled case, cold and without numba",
        figures,
        "plan.bundled_s",
        1.5,
        "s",
        strictly=True,
    )
    yield _line(
        "`plan` of Porto, the compiled search kept", figures, "plan.porto_s", 1.5, "s", strictly=True
    )


def _line(
    name: str, figures: _Figures, path: str, limit: float, unit: str, *, strictly: bool = False
) -> Line:
    measured = _at(figures, path)
    top = path.partition(".")[0]
    why = (figures.get("missing") or {}).get(top, f"{path} is not among the figures")
    return Line(
        name=name, measured=measured, limit=limit, unit=unit, strictly=strictly, why_not=why
    )


def _at(figures: _Figures, path: str) -> float | None:
    found: Any = figures
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return None if found is None else float(found)


def _against(figures: _Figures, scale: str, rival: str, ours: str) -> float | None:
    theirs = _at(figures, f"roads.{scale}.searches.{rival}.to_floor")
    mine = _at(figures, f"roads.{scale}.searches.{ours}.to_floor")
    return None if theirs is None or mine is None else theirs / mine


def _missing(figures: _Figures, scale: str, rival: str) -> str:
    known: Any = figures.get("roads") or {}
    missing: Mapping[str, str] = (known.get(scale) or {}).get("missing") or {}
    return missing.get(rival, "not among the figures")
