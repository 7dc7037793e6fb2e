"""The verb `party record`: the counts with their base, and each undertaking with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safeconduct.app.parties import Moment, OneParty, one_party
from safeconduct.clearance.bench import thing
from safeconduct.cli.lasting import two_units
from safeconduct.cli.marks import bullets, section
from safeconduct.cli.opened import opened_from
from safeconduct.cli.party_counts import counts_table, legend, numbers, summary
from safeconduct.cli.party_marks import head
from safeconduct.cli.screen import show_json, show_parts
from safeconduct.spacetime import show
from safeconduct.spacetime.periods import show_span
from safeconduct.vocabulary import UndertakingKind
from safeconduct.watch import Evidence, Given, Kept, PartyRecord, State, Weight

_MARKS = {
    State.BROKEN: ("✗", "red", "broken"),
    State.KEPT: ("✓", "green", "kept"),
    State.UNCLEAR: ("?", "yellow", "unclear"),
    State.RUNNING: ("…", "cyan", "running"),
    State.WITHDRAWN: ("–", "dim", "withdrawn before use"),
    State.NOT_TESTED: ("·", "dim", "not tested"),
}
_GIVEN = {
    Given.WRITTEN: "in writing",
    Given.ORAL: "orally, noted and called back",
    Given.ANNOUNCED: "announced in public only",
}
_WEIGHTS = {
    Weight.BREAKS: ("against", "red"),
    Weight.DOUBT: ("in doubt", "yellow"),
    Weight.LOOK: ("looked", "green"),
}
_IS_NOT = (
    "It is no score and no forecast: it says what was recorded of the past.",
    "What nobody entered is not in it; who is watched more closely has more on record.",
    "A promise that was given twice counts twice; what several statements tell counts once, where "
    "somebody recorded that they are the same. Kept means that somebody looked and nothing is "
    "known against it, not that nothing happened.",
)


def show_record(
    party: str,
    case: str | None,
    register: str | None,
    at: str | None,
    known_at: str | None,
    *,
    as_json: bool,
) -> None:
    """What became of each undertaking of a party."""
    with closing(opened_from(f"party record {party}", case, register)) as asked:
        answer = one_party(asked, party, at=at, known_at=known_at)
        if as_json:
            show_json(answer.record_json())
            return
        show_parts(_record(answer))


def _record(answer: OneParty) -> Iterator[RenderableType]:
    moment, actor = answer.moment, answer.party.actor
    record: PartyRecord = answer.party.record
    zone = moment.zone(actor.id)
    yield from head(moment, f"The record of {actor.name} ({actor.id})", zone)
    yield Padding(Text(summary(record), style="bold"), (1, 0))
    if record.undertakings:
        table = counts_table("given")
        for given, counts in record.counts_by_given().items():
            table.add_row(_GIVEN[given], *numbers(counts))
        table.add_row(Text("all", style="bold"), *numbers(record.counts))
        yield Padding(table, (0, 0, 1, 0))
        yield from legend()
        yield section("Each undertaking")
        for one in record.undertakings:
            yield Padding(_undertaking(moment, one, zone), (0, 0, 1, 0))
    if record.left_aside:
        yield Text(
            f"Left aside, since it was never given by the party's own word (relayed, inferred, "
            f"said by another, not noted, or our assumption): {', '.join(record.left_aside)}.",
            style="dim",
        )
    yield section("What this record is not")
    yield bullets(_IS_NOT)


def _undertaking(moment: Moment, one: Kept, zone: str) -> RenderableType:
    mark, colour, word = _MARKS[one.state]
    terms = one.grant.undertaking
    deed = terms.kind is UndertakingKind.DEED
    what = f"deed: {terms.deed}" if deed else thing(terms.kind, terms.means)
    text = Text.assemble((word, colour), "  ", (what, "bold"))
    text.append(f" in {', '.join(terms.areas) or 'no named area'}")
    first = one.words[0].statement
    text.append(f"\ngiven {show(first.said_at, zone)}, {_GIVEN[one.given]}", "dim")
    if first.actor != one.grant.party:
        text.append(f", by {moment.name(first.actor)}", "dim")
    text.append(f"\n{_stood(one, zone)}", "dim")
    text.append(f"\n{one.why}")
    if one.ended_by is not None and one.notice_s is not None:
        notice = f"{two_units(one.notice_s)} before" if one.notice_s else "without notice"
        text.append(f"\nended by its own {one.ended_by.verb} [{one.ended_by.act}], {notice}")
    if one.relied_on:
        text.append(f"\nrelied on by {', '.join(one.relied_on)}")
    words = ", ".join(said.statement.id for said in one.words)
    same = f", counted once with {', '.join(one.twins)}" if one.twins else ""
    text.append(f"\n[{one.grant.id}{same}; said in {words}]", "dim")
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_row(Text(mark, style=f"bold {colour}"), text)
    for found in one.evidence:
        table.add_row("", _evidence(moment, found, zone))
    return Group(table)


def _stood(one: Kept, zone: str) -> str:
    if not one.stood:
        return "stood at no time"
    spans = [show_span(span, zone) for span in one.stood]
    more = f" and {len(spans) - 3} more" if len(spans) > 3 else ""
    return f"stood {'; '.join(spans[:3])}{more}"


def _evidence(moment: Moment, found: Evidence, zone: str) -> Text:
    word, colour = _WEIGHTS[found.weight]
    when = f"{show(found.at, zone)}, " if found.at is not None else ""
    by = ", ".join(moment.name(one) for one in found.by)
    text = Text.assemble((f"{word}: ", colour), f"{found.says.strip()} ({when}by {by})")
    if found.why:
        text.append(f"\n  no more than a doubt: {'; '.join(found.why)}", "yellow")
    told = "; ".join(dict.fromkeys((found.record, *found.statements)))
    return text.append(f"  [{told}]", "dim")
