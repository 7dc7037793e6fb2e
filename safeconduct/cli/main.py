"""The verbs and their options. Each verb loads what it needs only when it is called.

Exit codes of `assess`: 0 GO, 3 CONDITIONAL, 4 NO-GO, 2 bad input, 1 internal error. An exit code
is no permission: printing a movement order needs a recorded decision.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from safeconduct.adapters import upgrades
from safeconduct.cli import office
from safeconduct.cli.ask_verbs import ask_app
from safeconduct.cli.asks_verb import asks
from safeconduct.cli.contact_verbs import contact_app
from safeconduct.cli.evidence_verbs import evidence_app
from safeconduct.cli.options import (
    TO_WRITE,
    AsOf,
    Author,
    Case,
    Json,
    KnownAt,
    MovementId,
    OptionalCase,
    Policy,
    RegisterInstead,
)
from safeconduct.cli.party_verbs import party_app
from safeconduct.cli.permit_verbs import permit_app
from safeconduct.cli.plan_verb import plan
from safeconduct.cli.policies import app as policy_app
from safeconduct.cli.reach_verb import reach
from safeconduct.cli.read_verb import read
from safeconduct.cli.recording import FILE, FileOrVerb
from safeconduct.cli.register_verbs import register_app
from safeconduct.cli.road_verbs import app as roads_app
from safeconduct.cli.work_verbs import add_work_verbs
from safeconduct.errors import InputError, SafeconductError

app = typer.Typer(
    name="safeconduct",
    help="What armed parties have guaranteed, and whether a relief movement may rely on it. "
    "A verdict is advice about records; a decision is a named person's.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
case_app = typer.Typer(help="Case folders: episodes and situations as files.")
app.add_typer(case_app, name="case")
record_app = typer.Typer(
    cls=FileOrVerb,
    subcommand_metavar="FILE | call ...",
    help="Record a file of statements, facts, notices, movements: `record FILE --register R`. Or "
    "note a call in one line: `record call --register R --with CONTACT`.",
)
app.add_typer(register_app, name="register")
app.add_typer(party_app, name="party")
app.add_typer(record_app, name="record")
app.add_typer(ask_app, name="ask")
app.add_typer(permit_app, name="permit")
app.add_typer(contact_app, name="contact")
app.add_typer(evidence_app, name="evidence")
app.add_typer(policy_app, name="policy")
app.add_typer(roads_app, name="roads")

# The base of everything that a person can get wrong in typing a command. Which library it comes
# from depends on the version of typer, so it is found through the one name that all of them have.
_MISTYPED: type[Exception] = typer.BadParameter.__mro__[1]


@app.command()
def demo(json: Json = False) -> None:
    """East Aleppo, 4 November 2016: why the UN could not use a ten-hour pause."""
    from safeconduct.cli.assessing import show_demo  # rooms load with their verb

    raise typer.Exit(show_demo(as_json=json))


@app.command()
def assess(
    case: OptionalCase = None,
    register: RegisterInstead = None,
    movement: MovementId = None,
    at: AsOf = None,
    known_at: KnownAt = None,
    profile: Annotated[
        str | None, typer.Option(help="Judge under another profile than the movement's own.")
    ] = None,
    policy: Policy = None,
    explain: Annotated[str | None, typer.Option(help="Explain one rule on this movement.")] = None,
    figures: Annotated[
        str | None, typer.Option(help="A file of planning figures for what not going costs.")
    ] = None,
    svg: Annotated[
        str | None, typer.Option(help="Draw the answer into this file as well: map and hours.")
    ] = None,
    json: Json = False,
) -> None:
    """Can this movement go? GO, CONDITIONAL or NO-GO, with every reason and what is missing."""
    from safeconduct.cli.assessing import show_assessment  # rooms load with their verb

    code = show_assessment(
        case=case,
        register=register,
        movement=movement,
        at=at,
        known_at=known_at,
        profile=profile,
        policy=policy,
        explain=explain,
        figures=figures,
        svg=svg,
        as_json=json,
    )
    raise typer.Exit(code)


app.command()(plan)
app.command()(asks)
app.command()(reach)
app.command()(read)


@app.command()
def init(
    register: Annotated[str, typer.Argument(help="The register file to make.")],
    from_case: Annotated[
        str | None, typer.Option("--from", help="Fill it with a case; it becomes a replay.")
    ] = None,
    office_name: Annotated[
        str, typer.Option("--office", help="The office's name, as others will see it.")
    ] = "office",
    device: Annotated[
        str, typer.Option("--device", help="This machine's name, in small letters.")
    ] = "laptop",
    join: Annotated[
        str | None,
        typer.Option("--join", help="The id of an office's root, to be one of its machines."),
    ] = None,
    json: Json = False,
) -> None:
    """Make a new register. Nothing is ever overwritten."""
    from safeconduct.cli.registers import show_init, show_replay  # rooms load with their verb

    if from_case is not None:
        show_replay(str(register), from_case, as_json=json)
    else:
        show_init(str(register), office_name, device, join, as_json=json)


@record_app.command(FILE)
def record(
    source: Annotated[
        str,
        typer.Argument(
            help="A YAML file with records in sections, `-` for standard input, or a case folder "
            "to take areas and roads from."
        ),
    ],
    register: Annotated[str, TO_WRITE],
    author: Author = "",
    json: Json = False,
) -> None:
    """Record statements, facts, notices, movements. All of a file is recorded, or nothing."""
    from safeconduct.cli.registers import show_record  # rooms load with their verb

    show_record(str(register), source, author, as_json=json)


@case_app.command("list")
def case_list(json: Json = False) -> None:
    """The bundled cases."""
    from safeconduct.cli.cases import show_list  # rooms load with their verb

    show_list(as_json=json)


@case_app.command("show")
def case_show(case: Case, json: Json = False) -> None:
    """What a case holds: parties, movements, what was said, assumptions, sources."""
    from safeconduct.cli.cases import show_case  # rooms load with their verb

    show_case(case, as_json=json)


@case_app.command("check")
def case_check(case: Case, json: Json = False) -> None:
    """Check a case folder: its files, and the verdicts that its expected.yaml asks for."""
    from safeconduct.cli.cases import show_check  # rooms load with their verb

    raise typer.Exit(show_check(case, as_json=json))


@case_app.command("schema")
def case_schema(
    which: Annotated[str, typer.Argument(help="case, expected or policy.")] = "case",
    json: Annotated[bool, typer.Option("--json", help="A schema is JSON in any case.")] = False,
) -> None:
    """The JSON Schema of the files of a case, or of a policy file."""
    from safeconduct.cli.cases import show_schema  # rooms load with their verb

    show_schema(which)


@case_app.command("pin")
def case_pin(case: Case, json: Json = False) -> None:
    """Cut the roads at the area borders once, and keep the result beside the case."""
    from safeconduct.cli.cases import show_pin  # rooms load with their verb

    show_pin(case, as_json=json)


add_work_verbs(app)
record_app.command("call")(office.call)
app.command("due")(office.due)


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a verb and leave with its exit code; bad input becomes one clear message and code 2.

    Parameters
    ----------
    arguments : what stands behind the program's name; what was typed when left out.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    _print_any_letter()
    try:
        code = app(args=given or ["--help"], prog_name="safeconduct", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except (SafeconductError, _MISTYPED, OSError) as wrong:
        from safeconduct.cli.complaint import complain  # only when something went wrong

        complain(_as_ours(wrong), as_json="--json" in given)
        if "--json" not in given:  # there the complaint stands alone
            _tell_upgrades()
        raise SystemExit(2) from None
    _tell_upgrades()
    raise SystemExit(code or 0)


def _tell_upgrades() -> None:
    for line in upgrades.told():
        print(f"note: {line}", file=sys.stderr)


def _as_ours(wrong: Exception) -> SafeconductError:
    """An error of the tree: foreign ones are translated here, at the edge.

    The files that a verb reads are translated where they are read. What is left is a path that
    the system does not even look up, such as one that is too long; anything else is our defect.
    """
    if isinstance(wrong, SafeconductError):
        return wrong
    if isinstance(wrong, OSError):
        if wrong.filename is None:
            raise wrong
        return InputError(
            f"The system refuses the path: {wrong.strerror}.", "Check it, and what you may read."
        ).located(file=str(wrong.filename))
    say = getattr(wrong, "format_message", wrong.__str__)
    said = str(say()).strip().rstrip(".")
    return InputError(f"{said}.", "Run the same with --help to see what it takes.")


def _print_any_letter() -> None:
    """On a terminal that lacks a letter its number is shown, rather than no answer at all."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
