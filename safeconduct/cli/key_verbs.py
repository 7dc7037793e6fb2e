"""The verbs of `register keys` and their options, and what they show."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from safeconduct.cli.options import Json

if TYPE_CHECKING:
    from safeconduct.app.keying import Keyed, KeyList

keys_app = typer.Typer(help="Who may write into a register, by the word of its office's root.")

RegisterFile = Annotated[str, typer.Argument(metavar="REGISTER", help="The register.")]
Device = Annotated[str, typer.Argument(help="The device's name, in small letters.")]
Public = Annotated[str, typer.Argument(help="Its public key, 64 hex digits, as it printed it.")]


@keys_app.command("list")
def keys_list(register: RegisterFile, json: Json = False) -> None:
    """Every writer, whose it is, how much it has written, and what is to be doubted of it."""
    from safeconduct.app.keying import list_keys  # rooms load with their verb

    _show_list(list_keys(register), as_json=json)


@keys_app.command("new")
def keys_new(
    register: RegisterFile,
    device: Annotated[
        str, typer.Option("--device", help="This machine's name, in small letters.")
    ] = "laptop",
    json: Json = False,
) -> None:
    """Make a key of this machine for a register; the office's root has to introduce it."""
    from safeconduct.app.keying import new_key  # rooms load with their verb

    _show(new_key(register, device), "Made the key", as_json=json)


@keys_app.command("introduce")
def keys_introduce(
    register: RegisterFile,
    device: Device,
    public: Public,
    instead_of: Annotated[
        str | None, typer.Option(help="The writer that it follows, where one was replaced.")
    ] = None,
    json: Json = False,
) -> None:
    """Let a device write. Done on the machine that has the office's root key."""
    from safeconduct.app.keying import introduce  # rooms load with their verb

    _show(introduce(register, device, public, instead_of), "Introduced", as_json=json)


@keys_app.command("trust")
def keys_trust(
    register: RegisterFile,
    office: Annotated[str, typer.Argument(help="The other office's name.")],
    device: Annotated[str, typer.Argument(help="Its root's name: what stands before the colon.")],
    public: Public,
    json: Json = False,
) -> None:
    """Believe another office's root about that office's keys."""
    from safeconduct.app.keying import trust  # rooms load with their verb

    done = trust(register, office, device, public)
    _show(done, "Trusted the root", as_json=json, then=(
        f"Its office's entries count once a bundle brings them, also one that came before: "
        f"safeconduct register merge {done.register} FILE"
    ))  # fmt: skip


@keys_app.command("revoke")
def keys_revoke(
    register: RegisterFile,
    writer: Annotated[str, typer.Argument(help="The writer's id.")],
    why: Annotated[str, typer.Option(help="Why, in a few words that will be read later.")],
    after: Annotated[
        int | None,
        typer.Option(help="How many of its entries are still believed; all that are here."),
    ] = None,
    json: Json = False,
) -> None:
    """Take a key back: what it signs from then on counts for nothing."""
    from safeconduct.app.keying import revoke  # rooms load with their verb

    _show(revoke(register, writer, why, after), "Revoked", as_json=json)


@keys_app.command("rotate")
def keys_rotate(register: RegisterFile, json: Json = False) -> None:
    """Replace this machine's key by a new one, where the office's root is on it too."""
    from safeconduct.app.keying import rotate  # rooms load with their verb

    _show(rotate(register), "This machine now writes as", as_json=json)


def _show(done: Keyed, verb: str, *, as_json: bool, then: str = "") -> None:
    from rich.text import Text  # only what is shown needs it

    from safeconduct.cli.recorded import SHORT  # rooms load with their verb
    from safeconduct.cli.screen import screen, show_json  # rooms load with their verb

    if as_json:
        show_json(done.as_json())
        return
    console = screen()
    console.print(Text(f"{verb} {done.writer}. Head {done.head[:SHORT]}."))
    if not done.introduced and done.public:
        name = done.writer.split(":")[0]
        console.print(
            Text(
                "The root does not know it yet, so nothing that it records counts. On the machine "
                f"with the root: safeconduct register keys introduce R {name} {done.public}"
            )
        )
    if done.lies_open:
        console.print(
            "No passphrase was given, so the key lies open on this disk: whoever takes the machine "
            "can write in its name. To have a locked one, make another with SAFECONDUCT_PASSPHRASE "
            "set, or at a terminal."
        )
    if then:
        console.print(Text(then))


def _show_list(found: KeyList, *, as_json: bool) -> None:
    from rich.table import Table  # only what is shown needs it
    from rich.text import Text  # only what is shown needs it

    from safeconduct.cli.screen import screen, show_json  # rooms load with their verb

    if as_json:
        show_json(found.as_json())
        return
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    for column in ("writer", "office", "entries", "what"):
        table.add_column(column, overflow="fold")
    for row in found.rows:
        what = ["root"] if row.is_root else []
        what += ["this machine"] if row.ours else ["writes here"] if row.here else []
        what += [doubt.value for doubt in sorted(row.state.doubts, key=lambda one: one.value)]
        what += [f"({row.why})"] if row.why else []
        table.add_row(row.writer, row.office, str(row.state.size), ", ".join(what))
    console = screen()
    console.print(table)
    console.print(Text(f"Whose word on keys counts: {found.root}"))
    if found.public:
        name = found.root.split(":")[0]
        console.print(
            "So that another office believes it, this is typed there, with its own register for R, "
            "once the digits were compared over a call:"
        )
        console.print(Text(f"  safeconduct register keys trust R {quote(found.office)} {name} \\"))
        console.print(Text(f"    {found.public}"))
