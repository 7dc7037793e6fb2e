"""How backups and changed passphrases are shown: what is in a backup, what is to be done next."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from safeconduct.adapters.backupfile import FILE_BYTES
from safeconduct.app.backups import BackedUp, Contents, Restored
from safeconduct.app.passphrases import Changed
from safeconduct.cli.recorded import SHORT, counted
from safeconduct.cli.screen import screen, show_json
from safeconduct.spacetime import utc


def show_backed_up(done: BackedUp, *, as_json: bool) -> int:
    """What was written, and its heads; the exit code: 4 when a damaged file was left out."""
    code = 4 if done.damaged else 0
    if as_json:
        show_json(done.as_json())
        return code
    opens = (
        f"for its {counted(done.readers, 'reader')} only"
        if done.readers
        else "with the passphrase of this run"
    )
    _print(
        f"Wrote {done.file} from {done.register}, and read it again. {_amounts(done.contents)}",
        *_heads(done.contents),
        f"It opens {opens}. No key is in it: keep the root's key elsewhere as well.",
        *(
            [f"It has {done.size_bytes >> 20} MiB, and at most {FILE_BYTES >> 20} fit into one."]
            if done.is_nearly_full
            else []
        ),
        *(f"Damaged, and not in it: {line}" for line in done.damaged),
    )
    return code


def show_restored(done: Restored, *, as_json: bool) -> None:
    """What stands where now, and what is to be done before it can be relied on."""
    if as_json:
        show_json(done.as_json())
        return
    _print(
        f"{done.register} is what {done.file} holds. {_amounts(done.contents)}",
        *_heads(done.contents),
        "Compare this with what was printed when the backup was made.",
        *(f"Not right: {fault}" for fault in done.faults),
        *(["It lies open on this disk, since no passphrase was given."] if done.clear else []),
        *_next(done),
    )


def show_changed(done: Changed, *, as_json: bool) -> None:
    """What opens with the new passphrase, and what does not."""
    if as_json:
        show_json(done.as_json())
        return
    what = [done.register] if done.file else []
    _print(
        f"From now on the new passphrase opens {', '.join([*what, *done.keys]) or 'nothing'}.",
        *(f"Left as it was, since the old one does not open it: {one}" for one in done.left),
        "Backups and copies made before open with the passphrase that they were made with.",
    )


def _next(done: Restored) -> Iterator[str]:
    made = utc(done.contents.made_at)
    if done.stopped:
        yield (
            f"Nobody who wrote into it writes there any more ({', '.join(done.stopped)}): what "
            f"they recorded after {made} may be missing, a withdrawal among it. Merge what other "
            "offices have, then say for each how much of it is believed: `safeconduct register "
            f"keys revoke {done.register} WRITER --why 'restored from a backup'`."
        )
    if done.writer is None:
        return
    if done.introduced:
        yield f"This machine writes into it as {done.writer}, which the root has introduced."
        return
    name = done.writer.split(":")[0]
    follows = f" --instead-of {done.follows}" if done.follows else ""
    yield (
        f"This machine has the new key {done.writer}, and no root has introduced it, so nothing "
        f"that it records counts. {done.why_not}"
    )
    yield (
        "On the machine with the root's key, in the register where it spoke last: safeconduct "
        f"register keys introduce R {name} {done.public}{follows}"
    )
    yield "Then merge a bundle from there into this one."


def _amounts(found: Contents) -> str:
    parts = [counted(found.entries, "entry", "entries")]
    parts += [f"{found.withheld} places without content"] if found.withheld else []
    parts += [counted(found.texts, "personal text")] if found.texts else []
    parts += [counted(found.files, "file of evidence", "files of evidence")] if found.files else []
    return f"As it stood at {utc(found.made_at)}: {', '.join(parts)}."


def _heads(found: Contents) -> Iterator[str]:
    for one in found.chains:
        entries = counted(one.size, "entry", "entries")
        yield f"  {one.writer}: {entries}, the last {one.hash[:SHORT]}"
    if found.root:
        yield f"Whose word on keys counts: {found.root}"
    yield f"Head {found.head}"


def _print(*lines: str) -> None:
    console = screen()
    for line in lines:
        console.print(Text(line))
