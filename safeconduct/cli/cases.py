"""The verbs of `case`."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from safeconduct.app.cases import CaseSummary, Checked, check_case, list_cases, pin, summarise
from safeconduct.cli.marks import bullets, section
from safeconduct.cli.screen import screen, show_json
from safeconduct.spacetime import show, utc
from safeconduct.vocabulary import Assumption, Statement


def show_list(*, as_json: bool) -> None:
    """The bundled cases, one a line."""
    lines = list_cases()
    if as_json:
        body = [{"id": x.id, "title": x.title, "movements": list(x.movements)} for x in lines]
        show_json(body)
        return
    console = screen()
    for line in lines:
        console.print(Text(line.id, style="bold"))
        console.print(_indented(Text(line.title)))
        console.print(_indented(Text(f"movements: {', '.join(line.movements)}", style="dim")))


def show_case(wanted: str, *, as_json: bool) -> None:
    """What a case holds."""
    summary = summarise(wanted)
    if as_json:
        show_json(summary.as_json())
        return
    _print_summary(summary)


def _print_summary(summary: CaseSummary) -> None:
    console, case = screen(), summary.opened.case
    assert case is not None  # a summary is only made of a case
    console.print(Text(case.title, style="bold"))
    console.print(Text(case.summary))
    console.print(section("Movements"))
    for movement in summary.movements:
        leaves = show(movement.depart_at, movement.zone)
        console.print(Text(f"{movement.id} v{movement.version}", style="bold"))
        console.print(_indented(Text(f"{movement.title}\nleaves {leaves}")))
    console.print(section("What was said"))
    names = {actor.id: actor.name for actor in summary.actors}
    for statement in summary.statements:
        console.print(_said(statement, names.get(statement.actor, statement.actor), case.zone))
    if summary.assumptions:
        console.print(section("Our assumptions: facts a replay needs and no source records"))
        console.print(bullets(_assumed(one) for one in summary.assumptions))
    console.print(section("Sources"))
    for source in summary.sources:
        recalled = " (recalled, not seen)" if source.recalled else ""
        console.print(Text.assemble((source.id, "bold"), f"  {source.publisher}{recalled}"))
        if source.link:
            console.print(_indented(Text(source.link, style="dim")))
    notes = (*case.notes, *case.network.notes)
    if notes:
        console.print(section("Notes"))
        console.print(bullets(notes))


def _said(statement: Statement, name: str, zone: str) -> RenderableType:
    acts = ", ".join(act.tag for act in statement.acts)
    return Group(
        Text.assemble((f"{show(statement.said_at, zone)}  ", "dim"), (name, "bold"), f" ({acts})"),
        _indented(Text(statement.paraphrase)),
    )


def _assumed(one: Assumption) -> Text:
    says = f"{one.what.rstrip('.')}. {one.why}"
    return Text.assemble((one.id, "yellow"), f" ({one.rule})  {says}")


def _indented(text: Text) -> RenderableType:
    return Padding(text, (0, 0, 0, 2))


def show_check(wanted: str, *, as_json: bool) -> int:
    """Every expected moment held against the judgement; exit code 1 if one does not hold."""
    checked = check_case(wanted)
    holds = all(one.holds for one in checked)
    if as_json:
        show_json([one.as_json() for one in checked])
        return 0 if holds else 1
    console = screen()
    for one in checked:
        console.print(_checked(one))
    console.print(
        f"{len(checked)} expected moments, {sum(one.holds for one in checked)} hold"
        if checked
        else "The files are as they must be; the case expects no verdict."
    )
    return 0 if holds else 1


def _checked(one: Checked) -> Text:
    text = Text("✓ " if one.holds else "✗ ", style="green" if one.holds else "red")
    text.append(f"{utc(one.moment.at)}  {one.moment.movement}: ", style="default")
    text.append(f"{one.judgement.verdict.value}, expected {one.moment.verdict.value}", "bold")
    if one.judgement.known_at != one.moment.at:
        text.append(f"\n    from what was known {utc(one.judgement.known_at)}", style="dim")
    for gap in one.missing:
        named = ", ".join(part for part in (gap.party, gap.code, gap.place) if part)
        text.append(f"\n    no finding for {gap.rule} {named}", style="red")
    return text


def show_schema(which: str) -> None:
    """A published JSON Schema."""
    from safeconduct.adapters.files.schema import schema_text  # builds the schema when asked

    print(schema_text(which))


def show_pin(wanted: str, *, as_json: bool) -> None:
    """Pin the network of a case."""
    kept = pin(wanted)
    if as_json:
        show_json({"kept": kept})
    else:
        screen().print(Text(f"Kept in {kept}."))
