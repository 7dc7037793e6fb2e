"""What not going costs, in words: short in the head of a report, with its origin at the end."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from safeconduct.cli.marks import bullets, section
from safeconduct.planning.cost import CAVEAT, Amount, Cost
from safeconduct.spacetime import utc

MILLION = 1_000_000
_ORIGINS = {"seen": "", "recalled": " (recalled, check)", "ours": " (our own figure)"}


def cost_lines(cost: Cost) -> Iterator[str]:
    """The lines for the head: who waits, since when, and what was not delivered."""
    told = []
    if cost.people:
        told.append(f"{cost.people:,} people wait for it")
    if cost.days is not None:
        told.append(f"{cost.days} {_days(cost.days)} since the last delivery")
    if told:
        yield f"not going: {', '.join(told)}"
    if cost.days and cost.amounts:
        yield f"not delivered, as planned for: {_listed(cost.amounts, 'planned')}"
    elif cost.amounts:
        yield f"each day more, as planned for: {_listed(cost.amounts, 'each_day')}"
    if cost.passed:
        yield f"patients whose deadline has passed: {', '.join(d.case for d in cost.passed)}"
    for one in cost.waiting[:1]:
        more = f", and {len(cost.waiting) - 1} more later" if len(cost.waiting) > 1 else ""
        yield f"patient {one.case} can wait until {utc(one.at)}{more}"


def cost_notes(cost: Cost) -> Iterator[RenderableType]:
    """The section that says how the figures came about: ranges, origins, links."""
    if not cost.amounts:
        return
    yield section("What not going costs, by planning figures")
    yield bullets((*(_note(amount) for amount in cost.amounts), CAVEAT))


def _note(amount: Amount) -> Text:
    figure = amount.figure
    low, high = _number(amount.low), _number(amount.high)
    origin = f"{figure.basis}{_ORIGINS[figure.origin.value]}"
    links = "".join(f" {link}" for link in figure.sources)
    return Text(
        f"{figure.title}: {_number(amount.planned)} {figure.unit}, between {low} and {high}; "
        f"{_number(amount.each_day)} more each day. {origin}{links}",
        overflow="fold",  # a link is of no use when its end is cut off
    )


def _listed(amounts: tuple[Amount, ...], which: str) -> str:
    return ", ".join(
        f"{_number(getattr(one, which))} {one.figure.unit} of {one.figure.title}"
        for one in amounts
    )  # fmt: skip


def _number(value: int) -> str:
    """The number, from ten millions on in millions, rounded up.

    >>> _number(738_000), _number(103_320_000)
    ('738,000', '104 million')
    """
    if value < 10 * MILLION:
        return f"{value:,}"
    return f"{-(-value // MILLION):,} million"


def _days(days: int) -> str:
    return "day" if days == 1 else "days"
