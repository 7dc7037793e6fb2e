"""The verbs of `register` and their options; what they show is in `registers.py`."""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.cli.key_verbs import RegisterFile, keys_app
from safeconduct.cli.options import Author, Json

register_app = typer.Typer(help="What a register holds, since when, and by whose hand.")
register_app.add_typer(keys_app, name="keys")

AnyRegister = Annotated[
    str, typer.Argument(metavar="REGISTER", help="A register, or a case (opened as a replay).")
]


@register_app.command("log")
def register_log(
    register: AnyRegister,
    last: Annotated[int, typer.Option(min=0, help="Only the last N entries; 0 for all.")] = 0,
    about: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help="Only what is about a party, an area, a movement; may be repeated."
        ),
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="Of that, what was said or happened by this moment.")
    ] = None,
    known_at: Annotated[
        str | None, typer.Option(help="Of that, what was known at this moment.")
    ] = None,
    json: Json = False,
) -> None:
    """The entries of a register in order, with its head; or what was known about something."""
    from safeconduct.cli.registers import show_log  # rooms load with their verb

    show_log(register, last, about or [], at=at, known_at=known_at, as_json=json)


@register_app.command("show")
def register_show(
    register: AnyRegister,
    entry: Annotated[
        str, typer.Argument(help="Its id or hash, their beginning, or the id of its record.")
    ],
    json: Json = False,
) -> None:
    """One entry: what stands in it, who signed it, whether it counts and since when."""
    from safeconduct.cli.registers import show_entry  # rooms load with their verb

    show_entry(register, entry, as_json=json)


@register_app.command("diff")
def register_diff(
    register: AnyRegister,
    before: Annotated[str, typer.Option("--from", help="The earlier moment, with its zone.")],
    after: Annotated[str, typer.Option("--until", help="The later moment, with its zone.")],
    json: Json = False,
) -> None:
    """What became known between two moments, and which verdicts it changes."""
    from safeconduct.cli.registers import show_diff  # rooms load with their verb

    show_diff(register, before, after, as_json=json)


@register_app.command("export")
def register_export(
    register: RegisterFile,
    file: Annotated[str, typer.Argument(help="The new file, such as `to-goma.bundle`.")],
    handling: Annotated[
        str,
        typer.Option(help="The narrowest level that goes: public, internal, restricted, "
                     "confidential. What is narrower goes as a place without content."),
    ] = "internal",
    office: Annotated[
        list[str] | None, typer.Option(help="An office that it is for; several are possible.")
    ] = None,
    reader: Annotated[
        list[str] | None,
        typer.Option(help="Encrypt it for this key (`age1...`); several are possible."),
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="Names of people go along; only encrypted.")
    ] = False,
    evidence: Annotated[
        list[str] | None,
        typer.Option(help="The file of this evidence goes along, by its id, or `all`; only "
                     "encrypted. Several are possible."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="A bundle of theirs: what they hold is left out.")
    ] = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Write what a register holds into a file for another office."""
    from safeconduct.app.exchanging import export_bundle  # rooms load with their verb
    from safeconduct.cli.exchanges import show_exported  # rooms load with their verb

    done = export_bundle(
        register,
        file,
        handling=handling,
        offices=office or (),
        readers=reader or (),
        names=names,
        evidence=evidence or (),
        since=since,
    )
    raise typer.Exit(show_exported(done, as_json=json))


@register_app.command("merge")
def register_merge(
    register: RegisterFile,
    file: Annotated[str, typer.Argument(help="The bundle that came.")],
    author: Author = "",
    json: Json = False,
) -> None:
    """Take in a bundle: what its writers signed, whatever came before; nothing is replaced."""
    from safeconduct.app.exchanging import merge_bundle  # rooms load with their verb
    from safeconduct.cli.exchanges import show_merged  # rooms load with their verb

    show_merged(merge_bundle(register, file, author), as_json=json)


@register_app.command("reader")
def register_reader(json: Json = False) -> None:
    """The key of this machine that others encrypt bundles for (`export --reader`)."""
    from safeconduct.app.exchanging import reader  # rooms load with their verb
    from safeconduct.cli.exchanges import show_reader  # rooms load with their verb

    show_reader(reader(), as_json=json)


@register_app.command("erase")
def register_erase(
    register: RegisterFile,
    operation: Annotated[
        str, typer.Option(help="The id of a movement, or `office` for what is about none.")
    ],
    why: Annotated[str, typer.Option(help="Why it is forgotten.")],
    author: Author = "",
    json: Json = False,
) -> None:
    """Forget the personal texts and files of an operation; the entries stay as they are."""
    from safeconduct.app.erasing import erase  # rooms load with their verb
    from safeconduct.cli.exchanges import show_erased  # rooms load with their verb

    show_erased(erase(register, operation, why, author), as_json=json)


@register_app.command("migrate")
def register_migrate(
    register: RegisterFile,
    target: Annotated[str, typer.Argument(help="The new file, or `postgresql://...` address.")],
    json: Json = False,
) -> None:
    """Move a register to another store, with every hash; a file is locked with the passphrase."""
    from safeconduct.app.carrying import migrate  # rooms load with their verb
    from safeconduct.cli.exchanges import show_carried  # rooms load with their verb

    show_carried(migrate(register, target), as_json=json)


@register_app.command("backup")
def register_backup(
    register: RegisterFile,
    file: Annotated[str, typer.Argument(help="The new file, such as `office-3-may.backup`.")],
    reader: Annotated[
        list[str] | None,
        typer.Option(help="Encrypt it for this key (`age1...`) instead of with the passphrase; "
                     "several are possible."),
    ] = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Write all of a register but its keys into one encrypted file, and read it again."""
    from safeconduct.app.backups import back_up  # rooms load with their verb
    from safeconduct.cli.backups import show_backed_up  # rooms load with their verb

    raise typer.Exit(show_backed_up(back_up(register, file, reader or ()), as_json=json))


@register_app.command("restore")
def register_restore(
    file: Annotated[str, typer.Argument(help="A backup.")],
    register: Annotated[
        str,
        typer.Argument(metavar="REGISTER", help="The new file, or `postgresql://...` address."),
    ],
    device: Annotated[
        str, typer.Option("--device", help="This machine's name, in small letters.")
    ] = "laptop",
    only_read: Annotated[
        bool, typer.Option("--only-read", help="Make no key: it is only to be looked at.")
    ] = False,
    json: Json = False,
) -> None:
    """Bring a register back in a new place, where it goes on with a new key of this machine."""
    from safeconduct.app.backups import restore  # rooms load with their verb
    from safeconduct.cli.backups import show_restored  # rooms load with their verb

    show_restored(restore(file, register, device, only_read=only_read), as_json=json)


@register_app.command("passphrase")
def register_passphrase(register: RegisterFile, json: Json = False) -> None:
    """Change the passphrase of a locked register and of this machine's keys; asked at a prompt."""
    from safeconduct.app.passphrases import change  # rooms load with their verb
    from safeconduct.cli.backups import show_changed  # rooms load with their verb

    show_changed(change(register), as_json=json)


@register_app.command("rebuild")
def register_rebuild(register: RegisterFile, json: Json = False) -> None:
    """Draw anew what is derived from the entries: the views of a register on a server."""
    from safeconduct.app.carrying import rebuild  # rooms load with their verb
    from safeconduct.cli.exchanges import show_rebuilt  # rooms load with their verb

    show_rebuilt(rebuild(register), as_json=json)


@register_app.command("verify")
def register_verify(
    register: Annotated[
        str, typer.Argument(metavar="FILE", help="A register, an exported bundle or a backup.")
    ],
    root: Annotated[
        str | None,
        typer.Option(help="The id of the office's root, as you know it from elsewhere."),
    ] = None,
    json: Json = False,
) -> None:
    """What a register, an export or a backup proves by itself, and what it does not; offline."""
    from safeconduct.adapters.stores import name_of  # rooms load with their verb
    from safeconduct.app.verifying import verify_file  # rooms load with their verb
    from safeconduct.cli.exchanges import show_verified  # rooms load with their verb

    found = verify_file(register, root)
    raise typer.Exit(show_verified(found, name_of(register), as_json=json))
