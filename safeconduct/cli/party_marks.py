"""The signs and lines that the pages of a party share: their head, phases, and who binds whom."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from safeconduct.app.parties import Moment
from safeconduct.cli.lasting import two_units
from safeconduct.spacetime import show
from safeconduct.spacetime.periods import show_span
from safeconduct.watch import Phase, Relation

_PHASES = {
    Phase.NOT_BEGUN: ("not begun", "yellow"),
    Phase.CURRENT: ("current", "green"),
    Phase.LAPSES: ("lapses soon", "yellow"),
    Phase.OVER: ("over", "red"),
}


def head(moment: Moment, title: str, zone: str) -> Iterator[RenderableType]:
    """The title, and as of when from what was known when."""
    yield Text(title, style="bold")
    known = ""
    if moment.known_at != moment.as_of:
        known = f", from what was known {show(moment.known_at, zone)}"
    yield Text(f"{moment.opened.title}, as of {show(moment.as_of, zone)}{known}", style="dim")
    for note in moment.notes:
        yield Text(note, style="yellow")


def under(first: Text, *lines: Text | str) -> RenderableType:
    """A line, and below it others that stay indented where they wrap."""
    below = (one if isinstance(one, Text) else Text(one) for one in lines)
    return Group(first, *(Padding(one, (0, 0, 0, 2)) for one in below))


def phase_word(phase: Phase) -> Text:
    """How something that is valid for a time stands now, in its colour."""
    word, colour = _PHASES[phase]
    return Text(word, style=colour)


def relation_lines(moment: Moment, one: Relation, zone: str) -> RenderableType:
    """One relation "P binds Q": where, until when, on what evidence, from which record."""
    binds = one.binds
    text = Text.assemble(
        (moment.name(binds.binder), "bold"), " binds ", (moment.name(binds.bound), "bold"), "  "
    )
    text.append_text(phase_word(one.phase))
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
    return f", ends in {two_units(one.binds.valid.end - moment.as_of)}"
