"""The verb `record call`, for the terminal: what was understood, and what it changes."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safeconduct.app.call_effects import Effect
from safeconduct.app.calls import UNNAMED, Called
from safeconduct.cli.marks import COLOURS, WORDS
from safeconduct.cli.recorded import recorded
from safeconduct.cli.screen import screen, show_json
from safeconduct.spacetime import show
from safeconduct.vocabulary import Act, Confirm, Reject, Suspend, Withdraw


def show_call(done: Called, *, as_json: bool) -> None:
    """One short block of what was understood, then what the word changes."""
    if as_json:
        show_json(done.as_json())
        return
    console = screen()
    console.print(Text("Understood", style="bold"))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for word, said in _understood(done):
        table.add_row(f"  {word}", Text(said))
    console.print(table)
    console.print(Text("What it changes", style="bold"))
    for line in _changes(done):
        console.print(line)
    console.print(recorded(done.recorded))


def _understood(done: Called) -> Iterator[tuple[str, str]]:
    contact, said = done.contact, done.statement
    yield "with", f"{contact.role} of {done.party} ({contact.id})"
    yield "when", show(done.reached.reached_at, done.zone)
    if said is None:
        yield "reached", "no; nothing was said"
        return
    yield "to", ", ".join(done.to)
    noted = f"noted by {done.reached.by}" if done.reached.by != UNNAMED else "noted by nobody named"
    yield "how", f"oral, {noted}, {'read back' if said.call_back else 'not read back'}"
    yield "depth", said.depth.value
    yield "said", said.paraphrase
    acts = [_act(act, done) for act in said.acts]
    for number, told in enumerate(acts):
        yield ("does" if not number else ""), told
    if not acts:
        yield "does", "nothing: it is kept as what was said"
    yield "id", said.id


def _act(act: Act, done: Called) -> str:
    if isinstance(act, Confirm | Reject | Withdraw):
        verb = {Confirm: "confirms", Reject: "rejects", Withdraw: "withdraws"}[type(act)]
        return f"{verb} {'; '.join(done.about.get(id, id) for id in act.of)}"
    if isinstance(act, Suspend):
        where = f"in {', '.join(act.areas)}" if act.areas else "everywhere"
        return f"suspends all that it gave, {where}: {act.what}"
    return "would say nothing on it"


def _changes(done: Called) -> Iterator[RenderableType]:
    for reason in done.counts_not:
        yield Padding(Text(reason, style="red"), (0, 0, 0, 2))
    if done.statement is None:
        yield Text("  Nothing: silence is no consent, and no refusal either.")
        return
    if not done.effects:
        yield Text("  No movement that is still open is known, so no key could be judged.")
    for effect in done.effects:
        yield from _effect(effect)


def _effect(effect: Effect) -> Iterator[Text]:
    line = Text(f"  {effect.movement}: ", style="bold")
    line.append(WORDS[effect.before], style=COLOURS[effect.before])
    if effect.after is effect.before:
        line.append(" as before", style="not bold")
    else:
        line.append(" becomes ", style="not bold")
        line.append(WORDS[effect.after], style=COLOURS[effect.after])
    yield line
    if not effect.turned and not effect.partly and not effect.lost:
        yield Text("    it turns no key, and turns none back")
    for mark, keys, style in (
        ("turns", effect.turned, "green"),
        ("turns in part", effect.partly, "yellow"),
        ("turns back", effect.lost, "red"),
        ("still missing", effect.missing, "dim"),
    ):
        for key in keys:
            yield Text(f"    {mark}: {key}", style=style)
