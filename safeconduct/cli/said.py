"""What a judgement rests on, for the terminal: statements, their sources, depth, assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safeconduct.app.assess import Answer
from safeconduct.clearance import Status
from safeconduct.cli.marks import bullets, section
from safeconduct.spacetime import show
from safeconduct.vocabulary import Source, Statement


def statements(answer: Answer) -> Iterator[RenderableType]:
    """The statements that the findings rest on, then their sources, each once, by number."""
    if answer.bench is None:
        return
    situation = answer.bench.situation
    cited = {
        id
        for found in answer.judgement.findings
        if found.status is not Status.NOT_APPLICABLE
        for id in found.statements
    }
    told = [
        one
        for one in situation.statements
        if one.id in cited or any(act.id in cited for act in one.acts)
    ]
    known = {source.id: source for source in situation.facts(Source)}
    used = dict.fromkeys(id for one in told for id in one.sources if id in known)
    number = {id: place for place, id in enumerate(used, 1)}
    if told:
        yield section("What was said")
    for one in told:
        yield _statement(answer, one, [number[id] for id in one.sources if id in number])
    if number:
        yield section("Sources")
        yield _sources(known[id] for id in number)


def depth(answer: Answer) -> Iterator[RenderableType]:
    """How far down the words that the verdict relies on are confirmed to have reached."""
    reached: dict[tuple[str, str], list[str]] = {}
    for party, act, level in answer.judgement.depth:
        reached.setdefault((party, level), []).append(act)
    if not reached:
        return
    yield section("How far down each order is confirmed")
    yield bullets(_reached(answer, *key, acts) for key, acts in reached.items())


def assumptions(answer: Answer) -> Iterator[RenderableType]:
    """The facts that a replay needs and no source records; ours, and labelled so."""
    if answer.bench is None or not answer.judgement.assumptions:
        return
    yield section("Our assumptions: no source records them")
    supplied = sorted(answer.bench.situation.assumptions, key=lambda one: one.id)
    yield bullets(
        Text.assemble((one.id, "yellow"), f" ({one.rule})  {one.what.rstrip('.')}.")
        for one in supplied
    )


def _reached(answer: Answer, party: str, level: str, acts: list[str]) -> Text:
    known = "not known" if level == "unknown" else level
    return Text.assemble(
        (_name(answer, party), "bold"), f": {known}  ", (f"[{', '.join(acts)}]", "dim")
    )


def _statement(answer: Answer, statement: Statement, sources: Iterable[int]) -> RenderableType:
    office = f" ({statement.office})" if statement.office else ""
    told = [statement.form.value, statement.telling.value]
    if statement.to:
        told.append(f"to {', '.join(_name(answer, actor) for actor in statement.to)}")
    text = Text(statement.id, style="bold")
    if answer.bench and any(statement.id in a.supplies for a in answer.bench.situation.assumptions):
        text.append("  our assumption", style="not bold yellow")
    text.append(
        f"  {_name(answer, statement.actor)}{office}, "
        f"{show(statement.said_at, answer.movement.zone)}, {', '.join(told)}\n",
        style="not bold dim",
    )
    text.append(statement.paraphrase, style="not bold")
    for other in statement.conflicts:
        text.append(f"\n≠ {other}", style="not bold yellow")
    numbers = [f"{number}" for number in sorted(sources)]
    if numbers:
        word = "source" if len(numbers) == 1 else "sources"
        text.append(f"\n{word} {', '.join(numbers)}", style="not bold dim")
    return Padding(text, (1, 0, 0, 2))


def _sources(sources: Iterable[Source]) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim", min_width=2)
    table.add_column(overflow="fold")
    for number, source in enumerate(sources, 1):
        text = Text(source.publisher)
        if source.published:
            text.append(f", {source.published}")
        if source.recalled:
            text.append(" (recalled, not seen)", style="yellow")
        if source.note:
            text.append(f": {source.note}")
        if source.link:
            # In a terminal that can, all lines of a folded link lead to the same page.
            text.append(f"\n{source.link}", style=f"dim link {source.link}")
        table.add_row(f"{number}", text)
    return table


def _name(answer: Answer, actor: str) -> str:
    return answer.bench.name(actor) if answer.bench else actor
