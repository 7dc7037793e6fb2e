"""The verbs of `policy` and their options; what they show is in `policyreport.py`."""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.cli.options import Json, Policy

app = typer.Typer(help="Rules and profiles: the core's, and those of an organisation's own file.")


@app.command("list")
def policy_list(policy: Policy = None, json: Json = False) -> None:
    """Every rule with level, phase and how well its source is established; every profile."""
    from safeconduct.cli.policyreport import show_list  # rooms load with their verb

    show_list(policy, as_json=json)


@app.command("show")
def policy_show(
    profile: Annotated[str, typer.Argument(help="A profile's id.")],
    policy: Policy = None,
    json: Json = False,
) -> None:
    """One profile: its figures beside the default's, the rules it makes stricter, and why."""
    from safeconduct.cli.policyreport import show_profile  # rooms load with their verb

    show_profile(profile, policy, as_json=json)


@app.command("check")
def policy_check(
    file: Annotated[str, typer.Argument(help="A policy file.")], json: Json = False
) -> None:
    """Check a policy file, and show what it changes against the core rules."""
    from safeconduct.cli.policyreport import show_check  # rooms load with their verb

    show_check(file, as_json=json)


@app.command("explain")
def policy_explain(
    rule: Annotated[str, typer.Argument(help="A rule's id, for example A1.")],
    profile: Annotated[
        str | None, typer.Option(help="As one profile has it: level, and the figures it goes by.")
    ] = None,
    policy: Policy = None,
    json: Json = False,
) -> None:
    """One rule: text, source, phase, what it reads, what meets it, its codes, worked examples."""
    from safeconduct.cli.policyreport import show_rule  # rooms load with their verb

    show_rule(rule, profile, policy, as_json=json)
