"""The verbs around a verdict: `decide`, `outcome`, `movement`, `reconfirm`, and their options.

As in `main.py`, each verb loads what it needs only when it is called.
"""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.cli.options import MOVEMENT_ID, Author, Json, KnownAt, Policy, RegisterToWrite
from safeconduct.errors import WrongField

Show = Annotated[
    str | None, typer.Argument(metavar="show", help="`show` to look at what is recorded.")
]
RegisterOption = Annotated[
    str | None, typer.Option("--register", "-r", help="The register; for `show` also a case.")
]
MovementOption = Annotated[
    str | None,
    typer.Option("--movement", "-m", help="Which movement; may be left out where there is one."),
]
From = Annotated[str, typer.Option("--from", help="The movement it is made from; its id.")]
LookedAt = Annotated[
    str | None,
    typer.Option(help="As of when the words on record are looked at; this moment if left out."),
]


def add_work_verbs(app: typer.Typer) -> None:
    """Gives the program the verbs of this module."""
    app.command()(decide)
    app.command()(outcome)
    app.command()(reconfirm)
    movements = typer.Typer(help="Movements: all of them, copies, repetitions, new versions.")
    movements.command("list")(movement_list)
    movements.command("copy")(movement_copy)
    movements.command("repeat")(movement_repeat)
    movements.command("version")(movement_version)
    app.add_typer(movements, name="movement")


def _shows(word: str | None) -> bool:
    """Whether the word behind the verb asks to look rather than to write."""
    if word not in (None, "show"):
        raise WrongField(f'"{word}" is nothing that this verb does.', "Write `show`, or nothing.")
    return word == "show"


def decide(
    show: Show = None,
    register: RegisterOption = None,
    movement: MovementOption = None,
    choice: Annotated[
        str,
        typer.Option(help="go, go-with-conditions, hold, not-go, abort or resume."),
    ] = "",
    by: Annotated[
        str, typer.Option(help="Who decides: a name, kept beside the register, erasable.")
    ] = "",
    role: Annotated[str, typer.Option(help="What they are, such as head of office.")] = "",
    why: Annotated[str, typer.Option(help="The reason, in a sentence.")] = "",
    second: Annotated[
        str, typer.Option(help="Who signs second, where two have to: a name, kept as `--by` is.")
    ] = "",
    second_role: Annotated[str, typer.Option(help="What the second one is.")] = "",
    sign: Annotated[
        list[str] | None,
        typer.Option(help="The id of an open rule that is signed for; once for each."),
    ] = None,
    dissent: Annotated[str, typer.Option(help="What somebody said against it.")] = "",
    against_advice: Annotated[
        bool, typer.Option("--against-advice", help="Go although the verdict is NO-GO.")
    ] = False,
    verdict: Annotated[
        str, typer.Option(help="The hash of the verdict that was looked at, or its beginning.")
    ] = "",
    seen_at: Annotated[
        str | None, typer.Option(help="As of when that verdict was looked at.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="When it is decided; this moment if left out.")
    ] = None,
    known_at: KnownAt = None,
    policy: Policy = None,
    json: Json = False,
) -> None:
    """Record a named person's decision on the verdict as it is now; `decide show` lists them."""
    from safeconduct.app.deciding import Wish  # rooms load with their verb
    from safeconduct.cli.deciding import show_decision, show_decisions  # as above

    if _shows(show):
        show_decisions(register, movement, at=at, policy=policy, as_json=json)
        return
    wish = Wish(
        choice=choice,
        by=by,
        why=why,
        role=role,
        second=second,
        second_role=second_role,
        signs=tuple(sign or ()),
        dissent=dissent,
        against_advice=against_advice,
        verdict=verdict,
        seen_at=seen_at,
    )
    show_decision(register, movement, wish, at=at, known_at=known_at, policy=policy, as_json=json)


def outcome(
    show: Show = None,
    register: RegisterOption = None,
    movement: MovementOption = None,
    result: Annotated[
        str,
        typer.Option(
            help="facilitated, impeded, denied, cancelled, partial, confiscated or struck."
        ),
    ] = "",
    what: Annotated[str, typer.Option(help="What happened, in a sentence.")] = "",
    item: Annotated[
        list[str] | None,
        typer.Option(help="name,approved,loaded,removed,arrived,distributed; once for each item."),
    ] = None,
    items: Annotated[
        str | None, typer.Option(help="A YAML file with the same, as a list under `items`.")
    ] = None,
    explain: Annotated[
        list[str] | None,
        typer.Option(help="ITEM: why it does not add up; once for each such item."),
    ] = None,
    removed_by: Annotated[str, typer.Option(help="Which party took items out (rule M2).")] = "",
    removed_where: Annotated[str, typer.Option(help="At which post.")] = "",
    by: Annotated[str, typer.Option(help="Who tells it; a role.")] = "",
    at: Annotated[str | None, typer.Option(help="When; this moment if left out.")] = None,
    json: Json = False,
) -> None:
    """Record how a movement came out, with what became of its load; `outcome show` shows it."""
    from safeconduct.app.outcomes import Told  # rooms load with their verb
    from safeconduct.cli.outcomes import show_outcome, show_recorded  # as above

    if _shows(show):
        show_outcome(register, movement, at=at, as_json=json)
        return
    told = Told(
        result=result,
        what=what,
        by=by,
        items=tuple(item or ()),
        file=items,
        explains=tuple(explain or ()),
        removed_by=removed_by,
        removed_where=removed_where,
    )
    show_recorded(register, movement, told, at=at, as_json=json)


def movement_list(
    register: Annotated[
        str, typer.Option("--register", "-r", help="A register, or a case (opened as a replay).")
    ],
    at: Annotated[str | None, typer.Option(help="As of when; this moment if left out.")] = None,
    known_at: KnownAt = None,
    policy: Policy = None,
    json: Json = False,
) -> None:
    """Every movement: its verdict, what falls due next, what was decided, how it came out."""
    from safeconduct.cli.moving import show_list  # rooms load with their verb

    show_list(register, at=at, known_at=known_at, policy=policy, as_json=json)


def movement_copy(
    register: RegisterToWrite,
    source: From,
    id: Annotated[str, typer.Option("--as", help="The id of the copy.")],
    depart: Annotated[str, typer.Option(help="When it leaves; in the movement's zone.")],
    latest: Annotated[
        str | None, typer.Option(help="When it must be over; as long after as before if left out.")
    ] = None,
    at: LookedAt = None,
    author: Author = "",
    json: Json = False,
) -> None:
    """Copy a movement to another time; says what does not come along."""
    from safeconduct.cli.moving import show_copy  # rooms load with their verb

    show_copy(register, source, id, depart, latest, at=at, author=author, as_json=json)


def movement_repeat(
    register: RegisterToWrite,
    source: From,
    times: Annotated[int, typer.Option(help="How many days, those left out among them.")],
    daily: Annotated[bool, typer.Option("--daily", help="Every day after the first.")] = False,
    weekly: Annotated[bool, typer.Option("--weekly", help="Every week after the first.")] = False,
    but: Annotated[
        list[str] | None,
        typer.Option("--except", help="A local date to leave out; once for each."),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--as", help="What the ids begin with; a date is added.")
    ] = None,
    at: LookedAt = None,
    author: Author = "",
    json: Json = False,
) -> None:
    """Repeat a movement at the same local hours, also where the clocks are changed."""
    from safeconduct.cli.moving import show_repeat  # rooms load with their verb

    if daily == weekly:
        raise WrongField(
            f"It is {'both' if daily else 'neither'} daily {'and' if daily else 'nor'} weekly.",
            "Say one of the two: `--daily` or `--weekly`.",
        )
    show_repeat(
        register,
        source,
        "daily" if daily else "weekly",
        times,
        tuple(but or ()),
        name=name,
        at=at,
        author=author,
        as_json=json,
    )


def movement_version(
    register: RegisterToWrite,
    movement: Annotated[str, MOVEMENT_ID],
    set: Annotated[
        list[str] | None,
        typer.Option(help="FIELD=VALUE, such as convoy.vehicles=8; once for each field."),
    ] = None,
    at: LookedAt = None,
    author: Author = "",
    json: Json = False,
) -> None:
    """Make a new version of a movement; says who has to be told again."""
    from safeconduct.cli.moving import show_version  # rooms load with their verb

    show_version(register, movement, tuple(set or ()), at=at, author=author, as_json=json)


def reconfirm(
    register: RegisterToWrite,
    party: Annotated[str, typer.Option(help="The party that reconfirmed; its id.")],
    by: Annotated[str, typer.Option(help="Who spoke for it; a role.")],
    movement: Annotated[
        list[str] | None, typer.Option("--movement", "-m", help="A movement; once for each.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="For every movement that is not over.")
    ] = False,
    act: Annotated[
        list[str] | None,
        typer.Option(help="A word it named; without any, all that the movements rest on."),
    ] = None,
    written: Annotated[bool, typer.Option("--written", help="By letter or mail.")] = False,
    noted: Annotated[bool, typer.Option("--noted", help="A named officer noted the call.")] = False,
    call_back: Annotated[bool, typer.Option("--call-back", help="And called back.")] = False,
    said: Annotated[str, typer.Option(help="What it said, in your words.")] = "",
    depth: Annotated[
        str, typer.Option(help="How far down it has reached: unknown, capital, sector or unit.")
    ] = "unknown",
    authority: Annotated[
        str, typer.Option(help="Whether it can bind: commands, speaks-for or unknown.")
    ] = "unknown",
    at: Annotated[str | None, typer.Option(help="When it was said; now if left out.")] = None,
    author: Author = "",
    json: Json = False,
) -> None:
    """Record one statement by which a party confirms its words for many movements at once."""
    from safeconduct.app.reconfirming import Call  # rooms load with their verb
    from safeconduct.cli.reconfirming import show_reconfirmation  # as above

    if everything == bool(movement):
        raise WrongField(
            f"{'Both all and some' if everything else 'No'} movements are named.",
            "Name each with `--movement`, or say `--all`.",
        )
    call = Call(
        by=by,
        said=said,
        written=written,
        noted=noted,
        called_back=call_back,
        depth=depth,
        authority=authority,
        acts=tuple(act or ()),
    )
    show_reconfirmation(
        register, party, tuple(movement or ()), call, at=at, author=author, as_json=json
    )
