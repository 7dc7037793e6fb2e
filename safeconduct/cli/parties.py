"""The verbs `party list` and `party binds`, for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from safeconduct.app.parties import Bindings, Parties, bindings, list_parties
from safeconduct.cli.lasting import DAY_S
from safeconduct.cli.opened import opened_from
from safeconduct.cli.party_counts import counts_table, legend, numbers
from safeconduct.cli.party_marks import head, relation_lines, under
from safeconduct.cli.screen import show_json, show_parts
from safeconduct.watch import Phase


def show_list(
    case: str | None, register: str | None, at: str | None, known_at: str | None, *, as_json: bool
) -> None:
    """Every party with the counts of its record."""
    with closing(opened_from("party list", case, register)) as asked:
        answer = list_parties(asked, at=at, known_at=known_at)
        if as_json:
            show_json(answer.as_json())
            return
        show_parts(_list(answer))


def show_binds(
    case: str | None,
    register: str | None,
    at: str | None,
    known_at: str | None,
    within: int,
    *,
    as_json: bool,
) -> None:
    """Who binds whom."""
    with closing(opened_from("party binds", case, register)) as asked:
        answer = bindings(asked, at=at, known_at=known_at, within_days=within)
        if as_json:
            show_json(answer.as_json())
            return
        show_parts(_binds(answer))


def _list(answer: Parties) -> Iterator[RenderableType]:
    moment = answer.moment
    yield from head(moment, "Parties, and what became of their undertakings", moment.zone())
    if not answer.parties:
        yield Text("No party is known at that moment.")
        return
    table = counts_table("party")
    for one in answer.parties:
        named = under(Text(one.actor.id, style="bold"), Text(one.actor.name, style="dim"))
        table.add_row(named, *numbers(one.record.counts))
    yield Padding(table, (1, 0))
    yield from legend()


def _binds(answer: Bindings) -> Iterator[RenderableType]:
    moment = answer.moment
    zone = moment.zone()
    yield from head(moment, "Whose word binds whom", zone)
    if not answer.relations:
        yield Text("No relation is recorded, so everybody speaks for themselves alone.")
        return
    for one in answer.relations:
        yield Padding(relation_lines(moment, one, zone), (1, 0, 0, 0))
    lapsing = sum(one.phase is Phase.LAPSES for one in answer.relations)
    days = answer.within_s // DAY_S
    yield Padding(
        Text(f"{lapsing} of {len(answer.relations)} end within {days} days.", style="dim"),
        (1, 0, 0, 0),
    )
