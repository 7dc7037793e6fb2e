"""How bundles are shown: what went into one, and what became of one."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from rich.text import Text

from safeconduct.app.carrying import Carried, Rebuilt
from safeconduct.app.erasing import Erased, Forgotten
from safeconduct.app.exchanging import Exported, TakenIn
from safeconduct.cli.recorded import SHORT, brief, counted
from safeconduct.cli.screen import screen, show_json
from safeconduct.register.merging import Merged
from safeconduct.register.verifying import Verified
from safeconduct.spacetime import utc


def show_exported(done: Exported, *, as_json: bool) -> int:
    """What was written; the exit code: 0 when it is whole, 4 when a damaged file is not in it."""
    code = 0 if done.is_whole else 4
    if as_json:
        show_json(done.as_json())
        return code
    console = screen()
    entries = counted(done.entries, "entry", "entries")
    console.print(Text(f"Wrote {done.file}: {entries}, bundle {done.bundle[:SHORT]}."))
    if done.withheld:
        console.print(Text(f"{done.withheld} more go as places without content."))
    for line in done.left_out:
        console.print(Text(f"Left out: {line}"))
    for name in done.strangers:
        console.print(
            Text(
                f"Nothing is known here of an office {name}, and nothing was shared with it. If it "
                "is called otherwise, export again under its name."
            )
        )
    if done.files:
        console.print(Text(f"{counted(done.files, 'file')} of evidence went along."))
    for line in done.stay:
        console.print(Text(f"A file stays here: {line}."))
    for line in done.damaged:
        console.print(Text(f"Damaged, and not in it: {line}"))
    if not done.encrypted:
        console.print("It is not encrypted: whoever holds it reads it.")
    return code


def show_merged(taken: TakenIn, *, as_json: bool) -> None:
    """What became of it, chain by chain."""
    if as_json:
        show_json(taken.as_json())
        return
    done = taken.merged
    console = screen()
    whose = f" of {done.office}" if done.office else ""
    console.print(
        Text(f"Bundle {done.bundle[:SHORT]}, made {utc(done.made_at)} by {done.made_by}{whose}")
    )
    if not done.maker_known:
        console.print("No trusted root has introduced the device that made it.")
    for chain in done.chains:
        console.print(Text(f"  {chain.says()}"))
    for line in done.left_out:
        console.print(Text(f"  Not handed on: {line}"))
    if done.has_unknown:
        console.print(Text(_how_to_trust(done.office)))
    nothing = "Nothing was taken" if done.has_unknown else "Nothing new came"
    came = _what_came(done) if done.receipt else f"{nothing}, so nothing was written"
    for one in taken.forgotten:
        console.print(Text(_forgotten(one)))
    if taken.files:
        kept = f"{counted(taken.files.kept, 'file')} of evidence came"
        console.print(Text(f"{kept}, {taken.files.had} had come before."))
        for line in taken.files.refused:
            console.print(Text(f"  {line}"))
    console.print(Text(f"{came}. Head {done.head[:SHORT]}."))


def _what_came(done: Merged) -> str:
    """How many entries; where there was none, what the bundle was worth merging for."""
    if done.new:
        return f"{counted(done.new, 'entry', 'entries')} came"
    places = sum(one.withheld for one in done.chains)
    fresher = [one for one in done.chains if one.fresher and one.told_at is not None]
    parts = [f"{counted(places, 'place')} without content"] if places else []
    if fresher:
        whose = ", ".join(
            f"{brief(one.writer)}{f' of {one.office}' if one.office else ''} "
            f"{'at' if (one.told_size or 0) > one.size else 'until'} {utc(one.told_at or 0)}"
            for one in fresher
        )
        parts.append(f"newer word of how much was written: {whose}")
    told = " and ".join(parts) or "what is said above"
    return f"No entry came, but {told}"


def _how_to_trust(office: str) -> str:
    return (
        "What no trusted root has introduced stays out. If it is to count: ask "
        f"{office or 'its office'}, on a line that you know to be theirs, for what `safeconduct "
        "register keys list` prints there. Type that where your own root's key is, and merge this "
        "bundle again."
    )


def show_erased(done: Erased, *, as_json: bool) -> None:
    """What was forgotten."""
    if as_json:
        show_json(done.as_json())
        return
    console = screen()
    for one in done.forgotten:
        console.print(Text(_forgotten(one)))
    if not done.forgotten:
        console.print("No personal text and no evidence was kept for it any more.")
    console.print(
        Text(
            f"Recorded as {done.entry[:SHORT]}. Copies and backups made before still hold it; "
            f"other offices erase it when a bundle brings this entry. Head {done.head[:SHORT]}."
        )
    )


def _forgotten(one: Forgotten) -> str:
    parts = [counted(one.texts, "personal text")] if one.texts or not one.files else []
    parts += [f"{counted(one.files, 'file')} of evidence, with the key,"] if one.files else []
    return f"Erased {' and '.join(parts)} of {one.operation}: {one.why}"


def show_reader(key: str, *, as_json: bool) -> None:
    """The key, alone on its line, to be copied."""
    if as_json:
        show_json({"reader": key})
        return
    screen().print(Text(key))


def show_carried(done: Carried, *, as_json: bool) -> None:
    """What stands where now."""
    if as_json:
        show_json(done.as_json())
        return
    console = screen()
    console.print(
        Text(f"{done.target} holds the {done.entries} entries of {done.source}. Head {done.head}.")
    )
    if done.clear:
        console.print("It lies open on this disk, since no passphrase was given.")
    console.print(
        Text(f"From now on write there: {done.source} can be read, and takes nothing more.")
    )


def show_rebuilt(done: Rebuilt, *, as_json: bool) -> None:
    """Whether there was anything to draw."""
    if as_json:
        show_json(done.as_json())
        return
    views = "Drew the views anew" + (", those of the map among them" if done.maps else "")
    told = views if done.views else "A register file has no views: there is nothing to rebuild"
    screen().print(Text(f"{told}."))


def show_verified(found: Verified, file: str, *, as_json: bool) -> int:
    """What is proven, in plain words; the exit code: 0 when all of it holds, 4 when not."""
    code = 0 if found.holds else 4
    if as_json:
        show_json(found.as_json())
    else:
        console = screen()
        for line in (*found.says(), *_why_not(found, file)):
            console.print(Text(line))
    return code


def _why_not(found: Verified, file: str) -> Iterator[str]:
    """Why this ends with another code than 0, and what to type where a root would help."""
    if found.holds:
        return
    yield f"This ends with the exit code 4, because {' and '.join(found.lacks)}."
    if not found.pinned:
        yield (
            "Without a root anybody could have made this file, naming a root of their own. Ask the "
            "office, on a line that you know to be theirs, what `safeconduct register keys list R` "
            "prints there behind `Whose word on keys counts:`, and type that for ROOT:"
        )
        yield f"  safeconduct register verify {shlex.quote(file)} \\"
        yield "    --root ROOT"
