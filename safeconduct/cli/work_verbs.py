"""The verbs around a verdict: `decide`, `outcome`, `movement`, `reconfirm`, and their options.

As in `main.py`, each verb loads what it needs only when it is called.
"""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.errors import WrongField

Json = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]
Show = Annotated[
    str | None, typer.Argument(metavar="[show]", help="`show` to look at what is recorded.")
]
RegisterOption = Annotated[
    str | None, typer.Option("--register", "-r", help="The register; for `show` also a case.")
]
MovementOption = Annotated[
    str | None,
    typer.Option("--movement", "-m", help="Which movement; may be left out where there is one."),
]
Policy = Annotated[str | None, typer.Option(help="A policy file instead of the core rules.")]


def add_work_verbs(app: typer.Typer) -> None:
    """Gives the program the verbs of this module."""
    app.command()(decide)
    app.command()(outcome)


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
    known_at: Annotated[
        str | None, typer.Option(help="From what was known when; the same moment if left out.")
    ] = None,
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
