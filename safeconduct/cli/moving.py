"""The verbs of `movement`: list, copy, repeat, version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from safeconduct.adapters.stores import name_of
from safeconduct.app.moving import Copied, Line, Versioned, copy, listing, repeat, version
from safeconduct.app.opening import open_either
from safeconduct.cli.lasting import lasting
from safeconduct.cli.marks import COLOURS, WORDS, bullets, section
from safeconduct.cli.screen import screen, show_json
from safeconduct.planning.copying import LeftBehind, Uncovered
from safeconduct.planning.retelling import ToTell
from safeconduct.spacetime import show, utc
from safeconduct.vocabulary import Movement

_UNCOVERED = "Words whose windows do not cover the new times"
_KINDS = {
    "acknowledgement": ("acknowledgement", "acknowledgements"),
    "ask": ("ask", "asks"),
    "decision": ("decision", "decisions"),
    "departure": ("departure", "departures"),
    "evacuation-terms": ("record of evacuation terms", "records of evacuation terms"),
    "incident-check": ("incident check", "incident checks"),
    "not-told": ("reason not to tell", "reasons not to tell"),
    "notice": ("notice", "notices"),
    "outcome": ("outcome", "outcomes"),
    "permit": ("permit", "permits"),
}


def show_list(
    wanted: str, *, at: str | None, known_at: str | None, policy: str | None, as_json: bool
) -> None:
    """Every movement with its verdict, what falls due, what was decided, how it came out."""
    with closing(open_either(wanted, policy)) as opened:
        lines = listing(opened, at=at, known_at=known_at)
    if as_json:
        body = {"movements": [line.as_json() for line in lines]}
        show_json(body)
        return
    console = screen()
    if not lines:
        console.print("No movement is known at that moment.")
        return
    console.print(_list_table(lines))


def _list_table(lines: tuple[Line, ...]) -> Table:
    """Two lines for each movement: what it is and when it leaves; its verdict and what is due."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("movement", overflow="fold")
    table.add_column("verdict", no_wrap=True)
    table.add_column("decided, came out", overflow="fold")
    for line in lines:
        judgement = line.judgement
        movement = Text(f"{line.movement.id} v{line.movement.version}\n", "bold")
        movement.append(f"leaves {_short(line.movement.depart_at)}", "not bold dim")
        verdict = Text(WORDS[judgement.verdict], COLOURS[judgement.verdict])
        verdict.append(" under way" if judgement.under_way else "")
        if judgement.next_due is not None:
            verdict.append(f"\nnext due {_short(judgement.next_due)}", "dim")
        table.add_row(movement, verdict, _done(line))
    return table


def _done(line: Line) -> Text:
    text = Text("–", "dim")
    if line.decided is not None:
        against = line.decided.decision.against_advice
        old = "" if line.decided.is_of_version else f" (v{line.decided.decision.version})"
        text = Text(f"{line.decided.word}{old}", "bold red" if against else "")
    if line.outcome is not None:
        came = f"came out {line.outcome.result.value}"
        text = Text.assemble(text, f"; {came}") if line.decided is not None else Text(came)
    return text


def _short(moment: int) -> str:
    """
    >>> _short(1478242800)
    '2016-11-04 07:00Z'
    """
    return f"{utc(moment)[:16].replace('T', ' ')}Z"


def show_copy(
    path: str,
    source: str,
    id: str,
    depart: str,
    latest: str | None,
    *,
    at: str | None,
    author: str,
    as_json: bool,
) -> None:
    """Copy a movement."""
    _print_copies(copy(path, source, id, depart, latest, at=at, author=author), path, as_json)


def show_repeat(
    path: str,
    source: str,
    step: str,
    times: int,
    but: tuple[str, ...],
    *,
    name: str | None,
    at: str | None,
    author: str,
    as_json: bool,
) -> None:
    """Repeat a movement."""
    done = repeat(path, source, step, times, but, name=name, at=at, author=author)
    _print_copies(done, path, as_json)


def _print_copies(done: Copied, path: str, as_json: bool) -> None:
    if as_json:
        show_json(done.as_json())
        return
    console = screen()
    made = len(done.made)
    what = "one movement" if made == 1 else f"{made} movements"
    console.print(
        Text(f"Made {what} from {done.source.id}, version {done.source.version}:", "bold")
    )
    for movement, _ in done.made:
        console.print(Text(f"  {movement.id}  {_times(movement)}"))
    for part in _left(done.made):
        console.print(part)
    first = done.made[0][0].id
    console.print(Text(f"\nHead {done.recorded.head[:16]}.", "dim"))
    console.print(Text(f"Next: safeconduct assess --register {name_of(path)} --movement {first}"))


def _times(movement: Movement) -> str:
    return f"leaves {show(movement.depart_at, movement.zone)}"


def _left(made: tuple[tuple[Movement, LeftBehind], ...]) -> Iterator[RenderableType]:
    """What does not come along; told once where it is the same for every movement made."""
    first = made[0][1]
    yield section("What does not come along")
    told = [_counted(kind, number) for kind, number in first.counts]
    told += [
        f"the link {link}: ask all concerned whether it holds here too" for link in first.links
    ]
    yield bullets(told or ["nothing was told, checked, permitted or decided"])
    lacking = [(m, left.uncovered) for m, left in made if left.uncovered]
    if lacking:
        yield section(_UNCOVERED)
        yield bullets(_grouped(lacking, len(made)))
    named = [(m, left.named) for m, left in made if left.named]
    if named:
        yield section("Words to ask about")
        yield bullets(_grouped(named, len(made)))


def _grouped(found: list[tuple[Movement, tuple[Uncovered, ...]]], of: int) -> list[str]:
    """Each word once, with the movements that it is about unless that is all of them."""
    about: dict[str, list[str]] = {}
    for movement, words in found:
        for word in words:
            about.setdefault(word.says, []).append(movement.id)
    return [
        says if len(ids) == of else f"{says}: {_few(ids)}" for says, ids in sorted(about.items())
    ]


def _few(ids: list[str]) -> str:
    more = f" and {len(ids) - 3} more" if len(ids) > 3 else ""
    return ", ".join(ids[:3]) + more


def _counted(kind: str, number: int) -> str:
    one, many = _KINDS.get(kind, (kind.replace("-", " "), f"{kind.replace('-', ' ')} records"))
    return f"{number} {one if number == 1 else many}"


def show_version(
    path: str,
    movement: str,
    settings: tuple[str, ...],
    *,
    at: str | None,
    author: str,
    as_json: bool,
) -> None:
    """Make a new version of a movement."""
    done = version(path, movement, settings, at=at, author=author)
    if as_json:
        show_json(done.as_json())
        return
    console = screen()
    for part in version_report(done):
        console.print(part)
    console.print(Text(f"\nHead {done.recorded.head[:16]}.", "dim"))


def version_report(done: Versioned) -> Iterator[RenderableType]:
    """A new version: what changed, who has to be told, what no longer holds."""
    zone = done.new.zone
    if done.new == done.old:
        yield Text(
            f"{done.new.id} stays version {done.new.version}, and its route what it was. Its roads "
            "are joined anew with the checkpoints and crossings that are known now.",
            "bold",
        )
        return
    yield Text(f"{done.new.id} is now version {done.new.version}; {_times(done.new)}.", "bold")
    yield bullets(f"{c.field}: {_told(c.field, c.was, zone)} → {_told(c.field, c.now, zone)}"
                  for c in done.changes)  # fmt: skip
    if done.had_left:
        yield Text(
            f"The column left under version {done.old.version}. The new version is judged as one "
            "that has not left.",
            "yellow",
        )
    yield section("Who has to be told again")
    yield bullets([_tell(one, zone) for one in done.to_tell] or ["nobody was told of it yet"])
    if done.decided is not None:
        yield section("What was decided")
        yield bullets([f"{done.decided.word} was for version {done.decided.decision.version}. "
                       "Nothing is decided on the new one."])  # fmt: skip
    if done.left.uncovered:
        yield section(_UNCOVERED)
        yield bullets(one.says for one in done.left.uncovered)


def _told(field: str, value: object, zone: str) -> str:
    if value is None or value in ("", ()):
        return "nothing"
    if field.endswith("_at") and isinstance(value, int):
        return show(value, zone)
    if field.endswith("_s") and isinstance(value, int):
        return f"{value} s"
    if isinstance(value, list):
        return ", ".join(_step(one) for one in value)
    return str(value)


def _step(one: object) -> str:
    if isinstance(one, dict) and "wait_s" in one:
        return f"{one.get('place')} for {lasting(one['wait_s'])}"
    if isinstance(one, dict):
        return f"{'-' if one.get('backwards') else ''}{one.get('edge')}"
    return str(one)


def _tell(one: ToTell, zone: str) -> str:
    had = "was told nothing" if one.told_version is None else f"has version {one.told_version}"
    told = f"{one.name} {had}"
    if one.by is not None and one.too_late:
        told += (
            f": its lead time ran out at {show(one.by, zone)}; only a confirmation of this version "
            "by its duty officer is left (rule T3)"
        )
    elif one.by is not None:
        told += f": tell it by {show(one.by, zone)}, and have it acknowledged (rules N5, T3)"
    else:
        told += ": tell it (rule N5)"
    if one.item_only:
        told += "; under its arrangement only what was changed is void"
    return told
