"""What the verbs of `policy` show: rules, profiles, what a file changes, one rule explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safeconduct.app.policies import Checked, Explained, check_policy, explain_rule, policy_from
from safeconduct.cli.marks import bullets, section
from safeconduct.cli.rules import ORIGINS, due, rule_text
from safeconduct.cli.screen import screen, show_json
from safeconduct.policy import Change, Organisation, Policy, Profile, Way, profile_changes
from safeconduct.policy.worked import Example
from safeconduct.register import encode

_WAYS = {
    Way.STRICTER: ("stricter", "green"),
    Way.LOOSER: ("looser", "red"),
    Way.OTHER: ("other", "dim"),
    Way.ADDED: ("added", "cyan"),
}
_STATUSES = {
    "met": ("✓ met", "green"),
    "unmet": ("✗ unmet", "red"),
    "unknown": ("? unknown", "red"),
    "not-yet-due": ("… not yet due", "yellow"),
    "not-applicable": ("· nothing to look at", "dim"),
}


def show_list(file: str | None, *, as_json: bool) -> None:
    """Every rule and every profile of a policy."""
    policy = policy_from(file)
    if as_json:
        _print_json(_list_json(policy))
        return
    screen().print(Group(*_list(policy)))


def _list_json(policy: Policy) -> dict[str, Any]:
    return {
        "policy": policy.name,
        "rules": [
            {
                "id": rule.id,
                "title": rule.title,
                "level": rule.level.value,
                "phase": rule.phase.value,
                "origin": rule.origin.value,
                "only_for": sorted(one.value for one in rule.only_for),
                "for_profiles": sorted(rule.for_profiles),
                "by_record": rule.by_record,
                "never_loosened": policy.never_loosened.get(rule.id),
            }
            for rule in policy.rules
        ],
        "profiles": [
            {"id": one.id, "title": one.title, "origin": one.origin.value}
            for one in policy.profiles
        ],
    }


def _list(policy: Policy) -> Iterator[RenderableType]:
    yield Text(f"Policy {policy.name}: {len(policy.rules)} rules", style="bold")
    table = Table.grid(padding=(0, 2, 0, 0))
    for wraps in (False, False, False, False, True):
        table.add_column(no_wrap=not wraps)
    table.add_row(*(Text(word, style="dim") for word in ("rule", "level", "due", "source", "")))
    for rule in policy.rules:
        whose = "/".join(sorted(one.value.upper() for one in rule.only_for))
        whose = whose or ", ".join(sorted(rule.for_profiles))
        title = Text(rule.title)
        title.append(f"  {whose} only" if whose else "", style="dim")
        table.add_row(
            Text(rule.id, style="bold"),
            rule.level.value,
            Text("plan" if rule.phase.value == "plan" else due(rule), style="dim"),
            Text(_short(ORIGINS[rule.origin]), style=_origin_style(ORIGINS[rule.origin])),
            title,
        )
    yield table
    never = [rule.id for rule in policy.rules if rule.id in policy.never_loosened]
    yield Text(f"\nNever loosened: {', '.join(never)}", style="dim")
    yield section("Profiles")
    for profile in policy.profiles:
        line = Text(profile.id, style="bold")
        line.append(f"  {profile.title}", style="not bold")
        yield line


def _short(origin: str) -> str:
    return "ours" if origin.startswith("our own") else origin


def _origin_style(origin: str) -> str:
    return "yellow" if origin.startswith("recalled") else "dim"


def show_profile(profile_id: str, file: str | None, *, as_json: bool) -> None:
    """One profile of a policy."""
    policy = policy_from(file)
    profile = policy.profile(profile_id)
    beside = profile_changes(profile, policy.profile("default"))
    if as_json:
        body = {"policy": policy.name, "profile": encode(profile)}
        _print_json(body | {"beside_default": [change.as_json() for change in beside]})
        return
    screen().print(Group(*_profile(policy, profile, beside)))


def _profile(
    policy: Policy, profile: Profile, beside: tuple[Change, ...]
) -> Iterator[RenderableType]:
    yield Text(f"{profile.id}  {profile.title}", style="bold")
    if profile.organisation is not Organisation.ANY:
        yield Text(f"for {profile.organisation.value.upper()}", style="dim")
    if profile.basis:
        yield Text(profile.basis)
    yield Text(f"Source: {ORIGINS[profile.origin]}", style=_origin_style(ORIGINS[profile.origin]))
    for link in profile.sources:
        yield Text(link, style="dim")
    if profile.risk_table is not None:
        held = "held against its original" if profile.risk_table.verified else "not verified, check"
        table = profile.risk_table
        yield Text(f"Risk table: {table.name}, version {table.version}, {table.date}: {held}")
    yield section("Beside the default profile")
    if profile.id == "default":
        yield Text("This is the default profile.")
    elif not beside:
        yield Text("No figure differs.")
    else:
        yield _changes(beside)
    own = [rule for rule in policy.rules if rule.only_for or rule.for_profiles]
    bound = [f"{rule.id} {rule.title}" for rule in own if rule.binds(profile)]
    if bound:
        yield section("Rules that bind it and not everybody")
        yield bullets(bound)


def show_check(file: str, *, as_json: bool) -> None:
    """What a policy file changes against the core."""
    checked = check_policy(file)
    if as_json:
        _print_json(checked.as_json())
        return
    screen().print(Group(*_checked(checked)))


def _checked(checked: Checked) -> Iterator[RenderableType]:
    yield Text(f"{checked.file}: policy {checked.policy.name} may be used.", style="bold")
    yield section(f"What it changes against {checked.core.name}")
    if not checked.changes:
        yield Text("Nothing.")
    for of, lines in groupby(checked.changes, key=lambda change: change.of):
        yield Padding(Text(of, style="bold"), (1, 0, 0, 0))
        yield _changes(tuple(lines))
    looser = [change for change in checked.changes if change.way is Way.LOOSER]
    if looser:
        names = ", ".join(f"{change.what} of {change.of}" for change in looser)
        yield Padding(
            Text(f"Looser than the core's default, by your own choice: {names}.", style="red"),
            (1, 0, 0, 0),
        )


def _changes(changes: tuple[Change, ...]) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for change in changes:
        word, colour = _WAYS[change.way]
        told = f"{change.before} → {change.after}" if change.before else change.after
        table.add_row(Text(f"  {word}", style=colour), change.what, Text(told))
    return table


def show_rule(rule: str, profile: str | None, file: str | None, *, as_json: bool) -> None:
    """One rule explained."""
    explained = explain_rule(rule, profile, file)
    if as_json:
        _print_json(explained.as_json())
        return
    screen().print(Group(*_rule(explained)))


def _rule(explained: Explained) -> Iterator[RenderableType]:
    yield rule_text(explained.rule, explained.level)
    if explained.profile is not None:
        yield from _under(explained, explained.profile)
    reason = explained.policy.never_loosened.get(explained.rule.id)
    if reason:
        yield Text(f"Never loosened: {reason}", style="dim")
    if explained.rule.by_record:
        yield Text("Met by the record `rule-check`, of this version, that says it holds.")
    yield section("Codes")
    yield _codes(explained.worked.codes)
    if explained.worked.examples:
        yield section("Worked examples, of two invented towns")
        for example in explained.worked.examples:
            yield _example(example)


def _under(explained: Explained, profile: Profile) -> Iterator[RenderableType]:
    if not explained.applies:
        yield Text(f"Under {profile.id} it is not applicable.", style="yellow")
        return
    figures = explained.as_json()["figures"]
    told = ", ".join(f"{name} {_value(value)}" for name, value in figures.items())
    yield Text(f"Under {profile.id}: {explained.level.value}" + (f"; {told}" if told else ""))


def _value(value: Any) -> str:
    if isinstance(value, list):
        return " or ".join(map(str, value))
    if isinstance(value, dict):
        return str(value.get("name", "loaded"))
    return "none" if value is None else str(value).lower()


def _codes(codes: Mapping[str, str]) -> RenderableType:
    if not codes:
        return Text("None of its own; a plain finding has no code.")
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for code, means in codes.items():
        table.add_row(Text(code, style="bold"), Text(means))
    return table


def _example(example: Example) -> RenderableType:
    word, colour = _STATUSES[example.status]
    text = Text(word, style=f"bold {colour}")
    text.append(f"  when {example.when}", style="not bold default")
    if example.code:
        text.append(f"  [{example.code}]", style="dim")
    text.append(f"\n  {example.says}", style="not bold default")
    if example.remedy:
        text.append(f"\n  → {example.remedy}", style="not bold default")
    return Padding(text, (0, 0, 1, 0))


def _print_json(body: object) -> None:
    show_json(body)
