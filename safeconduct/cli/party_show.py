"""The verb `party show`: one party, all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from safeconduct.app.parties import Missing, Moment, OneParty, one_party
from safeconduct.clearance.bench import thing
from safeconduct.cli.lasting import two_units
from safeconduct.cli.marks import bullets, section
from safeconduct.cli.opened import opened_from
from safeconduct.cli.party_counts import summary
from safeconduct.cli.party_marks import head, phase_word, relation_lines, under
from safeconduct.cli.screen import show_json, show_parts
from safeconduct.cover import SAYS
from safeconduct.spacetime import OPEN_END, show
from safeconduct.spacetime.periods import show_span
from safeconduct.vocabulary import InstrumentKind, Statement
from safeconduct.watch import Party, PerhapsTwice, Required, Standing

_SAYS = {code.value: says for code, says in SAYS.items()}


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
    with closing(opened_from(f"party show {party}", case, register)) as asked:
        answer = one_party(
            asked, party, at=at, known_at=known_at, within_days=within, movement=movement
        )
        if as_json:
            show_json(answer.as_json())
            return
        show_parts(_party(answer))


def _party(answer: OneParty) -> Iterator[RenderableType]:
    moment, party = answer.moment, answer.party
    zone = moment.zone(party.actor.id)
    yield from head(moment, f"{party.actor.name} ({party.actor.id})", zone)
    yield section("Who belongs to it, and who speaks for it")
    yield bullets(_composition(moment, party))
    for one in (*party.bound_by, *party.binds):
        yield Padding(relation_lines(moment, one, zone), (0, 0, 0, 2))
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
    if answer.twice:
        yield section("What may be one word, recorded twice")
        yield bullets(_twice(one, zone) for one in answer.twice)
        yield Text("If they are one, record a `same_statements` that names both statements.")
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
            stands = phase_word(now.phase).append(". ", "default")
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
        text.append(f" in {', '.join(one.areas)}  ").append_text(phase_word(now.phase))
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
        text = Text(f"{two_units(one.lead_s)} before, for {', '.join(one.areas)}")
        text.append(", imposed" if one.imposed else "")
        until = (
            "without an end" if one.valid.end == OPEN_END else f"until {show(one.valid.end, zone)}"
        )
        text.append(f", {until}, ").append_text(phase_word(phase))
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


def _twice(one: PerhapsTwice, zone: str) -> Text:
    pair = (one.one, one.other)
    told = " and ".join(f"{show(grant.at, zone)} in {grant.statement.id}" for grant in pair)
    alike = "; ".join(f"they differ in {name}: {a} against {b}" for name, a, b in one.differ)
    text = Text.assemble((one.one.undertaking.kind.value, "bold"), f" said {told}")
    text.append(f"\n{alike or 'worded alike'}; both count until they are linked")
    return text.append(f"  [{', '.join(grant.id for grant in pair)}]", "dim")


def _missing(moment: Moment, missing: Missing) -> Iterator[RenderableType]:
    if not missing.asks:
        yield Text("No key of this party is missing for it.", "green")
        return
    yield bullets(ask.says.partition(": ")[2] for ask in missing.asks)
    names = " or ".join(moment.name(one) for one in missing.voices)
    yield Text(f"By whom: {names}. How: {' or '.join(missing.forms)}, to a humanitarian actor.")
