"""The verbs `party list`, `party show` and `party binds`, for the terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safeconduct.app.opening import Opened, open_case, open_register
from safeconduct.app.parties import (
    Bindings,
    Missing,
    Moment,
    OneParty,
    Parties,
    bindings,
    list_parties,
    one_party,
)
from safeconduct.clearance.bench import thing
from safeconduct.cli.marks import bullets, section
from safeconduct.cli.screen import screen
from safeconduct.cover import SAYS
from safeconduct.errors import WrongField
from safeconduct.spacetime import OPEN_END, show
from safeconduct.spacetime.periods import show_span
from safeconduct.vocabulary import InstrumentKind, Statement
from safeconduct.watch import Counts, Party, PartyRecord, Phase, Relation, Required, Standing

HOUR_S, DAY_S = 3600, 86_400
_PHASES = {
    Phase.NOT_BEGUN: ("not begun", "yellow"),
    Phase.CURRENT: ("current", "green"),
    Phase.LAPSES: ("lapses soon", "yellow"),
    Phase.OVER: ("over", "red"),
}
_SAYS = {code.value: says for code, says in SAYS.items()}
_COUNTED = ("given", "looked\nat", "kept", "broken", "unclear", "running", "other")


def opened(case: str | None, register: str | None, verb: str) -> Opened:
    """What a verb works on: a case, or a register."""
    if case is not None and register is None:
        return open_case(case)
    if register is not None and case is None:
        return open_register(register)
    raise WrongField(
        f"{'Neither a case nor' if case is None else 'Both a case and'} a register was named.",
        f"Name one: `safeconduct {verb} CASE` or `safeconduct {verb} --register R`.",
    )


def show_list(
    case: str | None, register: str | None, at: str | None, known_at: str | None, *, as_json: bool
) -> None:
    """Every party with the counts of its record."""
    with closing(opened(case, register, "party list")) as asked:
        answer = list_parties(asked, at=at, known_at=known_at)
        if as_json:
            print(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
            return
        _print(_list(answer))


def show_party(
    party: str,
    case: str | None,
    register: str | None,
    at: str | None,
    known_at: str | None,
    within: int,
    movement: str | None,
    *,
    as_json: bool,
) -> None:
    """One party, all that is known of it."""
    with closing(opened(case, register, f"party show {party}")) as asked:
        answer = one_party(
            asked, party, at=at, known_at=known_at, within_days=within, movement=movement
        )
        if as_json:
            print(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
            return
        _print(_party(answer))


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
    with closing(opened(case, register, "party binds")) as asked:
        answer = bindings(asked, at=at, known_at=known_at, within_days=within)
        if as_json:
            print(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
            return
        _print(_binds(answer))


def _print(parts: Iterable[RenderableType]) -> None:
    console = screen()
    for part in parts:
        console.print(part)


# -- the head, the same for every verb


def head(moment: Moment, title: str, zone: str) -> Iterator[RenderableType]:
    """The title, and as of when from what was known when."""
    yield Text(title, style="bold")
    known = ""
    if moment.known_at != moment.as_of:
        known = f", from what was known {show(moment.known_at, zone)}"
    yield Text(f"{moment.opened.title}, as of {show(moment.as_of, zone)}{known}", style="dim")
    for note in moment.notes:
        yield Text(note, style="yellow")


# -- party list


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


def under(first: Text, *lines: Text | str) -> RenderableType:
    """A line, and below it others that stay indented where they wrap."""
    below = (one if isinstance(one, Text) else Text(one) for one in lines)
    return Group(first, *(Padding(one, (0, 0, 0, 2)) for one in below))


def counts_table(first: str) -> Table:
    """A table with one column for each count."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column(first, overflow="fold")
    for name in _COUNTED:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def numbers(counts: Counts) -> list[Text]:
    """One row of counts; a nought is dim, so that the eye finds the others."""
    shown = (
        (counts.given, "bold"),
        (counts.looked_at, "bold"),
        (counts.kept, "green"),
        (counts.broken, "red"),
        (counts.unclear, "yellow"),
        (counts.running, ""),
        (counts.withdrawn + counts.not_tested, ""),
    )
    return [Text(f"{number}", style=colour if number else "dim") for number, colour in shown]


def legend() -> Iterator[RenderableType]:
    """What the columns are, and what such numbers are not."""
    yield Text(
        "looked at: somebody independent looked, the base of kept and broken. other: withdrawn "
        "before use, or not tested. These are counts of what was recorded; they are no score and "
        "no forecast.",
        style="dim",
    )


# -- party binds


def _binds(answer: Bindings) -> Iterator[RenderableType]:
    moment = answer.moment
    zone = moment.zone()
    yield from head(moment, "Whose word binds whom", zone)
    if not answer.relations:
        yield Text("No relation is recorded, so everybody speaks for themselves alone.")
        return
    for one in answer.relations:
        yield Padding(_relation(moment, one, zone), (1, 0, 0, 0))
    lapsing = sum(one.phase is Phase.LAPSES for one in answer.relations)
    days = answer.within_s // DAY_S
    yield Padding(
        Text(f"{lapsing} of {len(answer.relations)} end within {days} days.", style="dim"),
        (1, 0, 0, 0),
    )


def _relation(moment: Moment, one: Relation, zone: str) -> RenderableType:
    binds = one.binds
    text = Text.assemble(
        (moment.name(binds.binder), "bold"), " binds ", (moment.name(binds.bound), "bold"), "  "
    )
    text.append_text(_phase(one.phase))
    if one.ours:
        text.append("  our assumption", "yellow")
    said = f"evidence: {binds.evidence}" if binds.evidence else "no evidence: it binds nobody"
    return under(
        text,
        f"in {', '.join(binds.areas)}",
        f"{show_span(binds.valid, zone)}{_ends_in(one, moment)}",
        Text(said, "" if binds.evidence else "red"),
        Text(f"[{', '.join((binds.id, *binds.sources))}]", "dim"),
    )


def _ends_in(one: Relation, moment: Moment) -> str:
    if one.phase is not Phase.LAPSES:
        return ""
    return f", ends in {lasting(one.binds.valid.end - moment.as_of)}"


def lasting(seconds: int) -> str:
    """A length of time in the two largest of days, hours and minutes."""
    days, rest = divmod(seconds, DAY_S)
    hours, rest = divmod(rest, HOUR_S)
    parts = [(days, "d"), (hours, "h"), (rest // 60, "min")]
    told = [f"{number} {unit}" for number, unit in parts if number]
    return " ".join(told[:2]) if told else f"{seconds} s"


# -- party show


def _party(answer: OneParty) -> Iterator[RenderableType]:
    moment, party = answer.moment, answer.party
    zone = moment.zone(party.actor.id)
    yield from head(moment, f"{party.actor.name} ({party.actor.id})", zone)
    yield section("Who belongs to it, and who speaks for it")
    yield bullets(_composition(moment, party))
    for one in (*party.bound_by, *party.binds):
        yield Padding(_relation(moment, one, zone), (0, 0, 0, 2))
    yield section("Where it can act")
    yield from _presences(party, zone)
    yield section("What is required of it, and what is accepted instead")
    yield from _required(party)
    yield from _instruments(party, zone)
    if party.arrangements:
        yield section("How it wants to be notified")
        yield bullets(_arrangements(party, zone))
    yield section("What stands now or later")
    yield from _standing(party, zone)
    if answer.missing is not None:
        yield section(f"What it has still to say for {answer.missing.movement}")
        yield from _missing(moment, answer.missing)
    yield section("Its record")
    yield Text(summary(party.record))
    yield Text(f"What lies behind it: `safeconduct party record {party.actor.id} ...`", "dim")


def _composition(moment: Moment, party: Party) -> Iterator[Text]:
    zone = moment.zone(party.actor.id)
    if party.members:
        named = ", ".join(f"{one.name} ({one.id})" for one in party.members)
        yield Text(f"Belonging to it: {named}. Belonging alone binds nobody.")
    else:
        yield Text("Nobody is recorded as belonging to it.")
    if party.collectives:
        named = ", ".join(f"{one.name} ({one.id})" for one in party.collectives)
        yield Text(f"It belongs to: {named}.")
    yield Text(f"Last spoke: {_last(party.last_spoke, zone, 'never, on record')}.")
    if party.last_addressed is not None:
        yield Text(f"Last spoken to: {_last(party.last_addressed, zone, '')}.")
    if not party.bound_by:
        yield Text("Nobody else's word binds it.")


def _last(statement: Statement | None, zone: str, otherwise: str) -> str:
    if statement is None:
        return otherwise
    office = f" ({statement.office})" if statement.office else ""
    return f"{show(statement.said_at, zone)}, {statement.form.value}{office} [{statement.id}]"


def _phase(phase: Phase) -> Text:
    word, colour = _PHASES[phase]
    return Text(word, style=colour)


def _presences(party: Party, zone: str) -> Iterator[RenderableType]:
    if not party.presences:
        yield Text("Nowhere, by what is recorded.")
    for now in party.presences:
        presence = now.presence
        means = ", ".join(sorted(one.value.replace("-", " ") for one in presence.means))
        text = Text.assemble((", ".join(presence.areas), "bold"), f": {means or 'no means'}")
        if presence.controls:
            text.append(", controls it")
        if now.is_stale:
            stands = Text("stale: nobody has looked again, and it counts as there. ", "red")
        else:
            stands = _phase(now.phase).append(". ", "default")
        stands.append(show_span(presence.valid, zone), "default")
        named = ", ".join(now.assessed_by)
        by = f"named by {named}" if named else "in no current assessment"
        last = Text(f"{by}  [{presence.id}]", "dim")
        if now.ours:
            last.append("  our assumption", "yellow")
        yield under(text, stands, last)


def _required(party: Party) -> Iterator[RenderableType]:
    """One line for each thing and what turns it, with the areas in which it is so."""
    lines: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in party.required:
        lines.setdefault((_thing(one), one.instead), []).append(one.area)
    if not lines:
        yield Text("Nothing, by what is recorded.")
        return
    yield bullets(
        Text.assemble(
            (what, "bold"),
            f" in {', '.join(areas)}: "
            + (f"{' or '.join(instead)}, or a guarantee" if instead else _by_default(what)),
        )
        for (what, instead), areas in lines.items()
    )


def _thing(one: Required) -> str:
    return thing(one.kind, [one.means])


def _by_default(what: str) -> str:
    return "its own word" if what in ("passage", "consent") else "a guarantee, nothing less"


def _instruments(party: Party, zone: str) -> Iterator[RenderableType]:
    for now in party.instruments:
        one = now.instrument
        means = ", ".join(sorted(m.value.replace("-", " ") for m in one.means))
        text = Text.assemble((one.id, "bold"), f": {one.instrument.value} for {means}")
        text.append(f" in {', '.join(one.areas)}  ").append_text(_phase(now.phase))
        if now.ours:
            text.append("  our assumption", "yellow")
        lines: list[Text | str] = [show_span(one.valid, zone), f"reason: {one.reason.strip()}"]
        if one.risk_owner:
            lines.append(f"the risk is carried by: {one.risk_owner}")
        elif one.instrument in (InstrumentKind.NOTIFICATION, InstrumentKind.UNREACHABLE):
            lines.append(Text("nobody is named who carries the risk: it counts for nothing", "red"))
        for word, told in (("mitigation", one.mitigation), ("tried", one.tried)):
            if told:
                lines.append(f"{word}: {told.strip()}")
        yield under(text, *lines)


def _arrangements(party: Party, zone: str) -> Iterator[Text]:
    for one, phase in party.arrangements:
        text = Text(f"{lasting(one.lead_s)} before, for {', '.join(one.areas)}")
        text.append(", imposed" if one.imposed else "")
        until = (
            "without an end" if one.valid.end == OPEN_END else f"until {show(one.valid.end, zone)}"
        )
        text.append(f", {until}, ").append_text(_phase(phase))
        yield text.append(f"  [{one.id}]", "dim")


def _standing(party: Party, zone: str) -> Iterator[RenderableType]:
    if not party.standing:
        yield Text("Nothing that it said stands now or later.")
        return
    yield bullets(_undertaking(one, zone) for one in party.standing)


def _undertaking(one: Standing, zone: str) -> Text:
    grant = one.kept.grant
    terms = grant.undertaking
    what = thing(terms.kind, terms.means) if terms.kind.value != "deed" else f"deed: {terms.deed}"
    text = Text.assemble((what, "bold"), f" in {', '.join(terms.areas) or 'no named area'}")
    text.append("\n").append("; ".join(show_span(span, zone) for span in one.kept.stood))
    if one.faults:
        told = "; ".join(_SAYS.get(code, code) for code in one.faults)
        text.append(f"\ndoes not count: {told}", "red")
    else:
        text.append("\ncounts, where it fits a movement", "green")
    return text.append(f"  [{grant.id}]", "dim")


def _missing(moment: Moment, missing: Missing) -> Iterator[RenderableType]:
    if not missing.asks:
        yield Text("No key of this party is missing for it.", "green")
        return
    yield bullets(ask.says.partition(": ")[2] for ask in missing.asks)
    names = " or ".join(moment.name(one) for one in missing.voices)
    yield Text(f"By whom: {names}. How: {' or '.join(missing.forms)}, to a humanitarian actor.")


def summary(record: PartyRecord) -> str:
    """A record in a sentence that never gives a number without its base."""
    counts, aside = record.counts, len(record.left_aside)
    more = (
        f" {aside} more told of it {'were' if aside > 1 else 'was'} never given." if aside else ""
    )
    if not counts.given:
        return f"It has given no undertaking that is on record.{more}"
    base = counts.looked_at - counts.kept - counts.broken  # unclear in spite of a look
    unclear = counts.unclear - base
    rest = [
        f"{number} {word}"
        for number, word in (
            (unclear, "unclear"),
            (counts.running, "running"),
            (counts.withdrawn, "withdrawn before use"),
            (counts.not_tested, "not tested"),
        )
        if number
    ]
    open_still = f", {base} unclear," if base else ""
    said = (
        f"{counts.broken} broken and {counts.kept} kept{open_still} of {counts.looked_at} that "
        f"were looked at, of {counts.given} given."
    )
    return f"{said} Beside these: {', '.join(rest)}.{more}" if rest else said + more
