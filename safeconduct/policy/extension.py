"""An organisation's own policy: what it adds to the core and tightens; it loosens nothing.

An `Extension` is what stands in the organisation's file; `extended` is the whole policy that
follows. Errors carry the path of the field that is to blame, such as `tighten[0].level`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from safeconduct.errors import PolicyRefused, UnknownReference, WrongField
from safeconduct.policy.rules import Level, Origin, Phase, Policy, Profile, Reads, Rule

_OWN_ID = re.compile(r"[A-Z][A-Z0-9]+-[1-9][0-9]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tightening:
    """One rule of the core made stricter or due earlier, for every profile, and why."""

    rule: str
    level: Level | None = None
    phase: Phase | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRule:
    """A rule of the organisation's own, met by the record `rule-check`.

    `profiles` are those it binds; empty: all of the policy.
    """

    id: str
    title: str
    level: Level
    says: str
    remedy: str
    phase: Phase = Phase.PLAN
    profiles: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Extension:
    """An organisation's file: which policy it extends, and only what it changes."""

    extends: str
    id: str
    version: str
    profiles: tuple[Profile, ...] = ()
    tighten: tuple[Tightening, ...] = ()
    rules: tuple[OwnRule, ...] = ()
    never_loosened: Mapping[str, str] = field(default_factory=dict)


def extended(core: Policy, ours: Extension) -> Policy:
    """The core with an organisation's changes, checked as a whole.

    Raises
    ------
    PolicyRefused : it extends another policy, loosens a rule, or takes an id of the core.
    UnknownReference : it names a rule or a profile that does not exist.
    WrongField : an own rule's id has no prefix, or a line changes nothing.
    """
    if ours.extends != core.id:
        raise PolicyRefused(
            f"The file extends {ours.extends}; this program comes with {core.id}.",
            f"Write `extends: {core.id}`, or leave it out and give every rule.",
        ).located(field="extends")
    if ours.id == core.id:
        raise PolicyRefused(
            f"The file calls itself {core.id}, as the policy that it extends.",
            "Give it an id of its own; every verdict prints it.",
        ).located(field="id")
    _check_profiles(core, ours)
    rules: list[Rule] = [*_tightened(core, ours.tighten), *_own(core, ours)]
    return Policy(
        id=ours.id,
        version=ours.version,
        rules=tuple(rules),
        profiles=(*core.profiles, *ours.profiles),
        never_loosened={**core.never_loosened, **_never(rules, ours.never_loosened)},
        base=core.name,
    )


def no_looser(policy: Policy, core: Policy) -> Policy:
    """A policy that gives every rule itself, once it is no looser than the core.

    What the core never loosens is never loosened under it either.

    Raises
    ------
    PolicyRefused : a core rule is missing, has a lower level, falls due later or binds fewer; or a
        rule is named that no check stands behind.
    UnknownReference : a profile makes a rule stricter that does not exist.
    """
    ours = [rule.id for rule in policy.rules]
    known = {rule.id: rule for rule in core.rules}
    if missing := [id for id in known if id not in ours]:
        raise PolicyRefused(
            f"The policy leaves out {', '.join(missing)}, which every judgement needs.",
            f"Copy what is missing from the core rules, or write `extends: {core.id}` and only "
            "what you change.",
            rules=missing,
        )
    by_record = [r.id for r in policy.rules if r.id not in known and r.by_record]
    unknown = [id for id in ours if id not in known and id not in by_record]
    if unknown:
        raise PolicyRefused(
            f"The policy has {', '.join(unknown)}, for which this program has no check.",
            "Leave it out, update the program, or say that it is met `by_record`.",
            rules=unknown,
        )
    for index, rule in enumerate(policy.rules):
        if rule.id in known:
            _check_no_looser(rule, known[rule.id], f"rules[{index}]")
    for index, profile in enumerate(policy.profiles):
        _check_levels(profile, [*_named(core), *by_record], f"profiles[{index}]")
    return replace(policy, never_loosened={**core.never_loosened, **policy.never_loosened})


def _check_profiles(core: Policy, ours: Extension) -> None:
    taken = {profile.id for profile in core.profiles}
    known = [*_named(core), *(rule.id for rule in ours.rules)]
    for index, profile in enumerate(ours.profiles):
        at = f"profiles[{index}]"
        if profile.id in taken:
            raise PolicyRefused(
                f"The profile {profile.id} is the core's, or stands here twice.",
                f"Give yours an id of its own; `like: {profile.id}` begins with that one.",
                profile=profile.id,
            ).located(field=f"{at}.id")
        taken.add(profile.id)
        _check_levels(profile, known, at)


def _named(core: Policy) -> list[str]:
    """The core's rules, and those that its profiles name though they come in a later version."""
    named = [rule_id for profile in core.profiles for rule_id in profile.levels]
    return list(dict.fromkeys([*(rule.id for rule in core.rules), *named]))


def _check_levels(profile: Profile, known: Sequence[str], at: str) -> None:
    """A misspelt rule would be one that nobody made stricter."""
    for rule_id in profile.levels:
        if rule_id not in known:
            raise UnknownReference(
                f"Profile {profile.id} makes the rule {rule_id} stricter, which does not exist.",
                f"Give one that does: {', '.join(known)}.",
                rule=rule_id,
            ).located(field=f"{at}.levels.{rule_id}")


def _tightened(core: Policy, lines: tuple[Tightening, ...]) -> list[Rule]:
    stricter: dict[str, Rule] = {}
    for index, line in enumerate(lines):
        at = f"tighten[{index}]"
        try:
            rule = core.rule(line.rule)
        except UnknownReference as error:
            raise error.located(field=f"{at}.rule") from None
        if line.rule in stricter:
            raise PolicyRefused(
                f"Rule {line.rule} is tightened twice.", "Keep one line for each rule."
            ).located(field=f"{at}.rule")
        stricter[line.rule] = _one_tightened(rule, line, at)
    return [stricter.get(rule.id, rule) for rule in core.rules]


def _one_tightened(rule: Rule, line: Tightening, at: str) -> Rule:
    level, phase = line.level or rule.level, line.phase or rule.phase
    changed = replace(rule, level=level, phase=phase)
    _check_no_looser(changed, rule, at)
    if Level.INVARIANT in (level, rule.level) and level is not rule.level:
        raise PolicyRefused(
            f"Rule {rule.id} is {rule.level.value} and is made {level.value}.",
            "An invariant is a promise of the program about itself; use HARD.",
            rule=rule.id,
        ).located(field=f"{at}.level")
    if changed == rule:
        raise WrongField(
            f"The line changes nothing: rule {rule.id} is {rule.level.value} and due "
            f"{rule.phase.value} already.",
            "Take it out, or give a stricter `level` or an earlier `phase`.",
        ).located(field=at)
    return changed


def _check_no_looser(rule: Rule, core: Rule, at: str) -> None:
    """A rule is at least as strict as the core's of that id, and due no later, for everybody."""
    if rule.level.strictness < core.level.strictness:
        raise PolicyRefused(
            f"The policy makes rule {rule.id} {rule.level.value}; it is {core.level.value}.",
            f"Keep it {core.level.value}: a policy may be stricter than the core, never looser. "
            "For one case and a time, record a `loosening`.",
            rule=rule.id,
        ).located(field=f"{at}.level")
    phases = tuple(Phase)
    if phases.index(rule.phase) > phases.index(core.phase):
        raise PolicyRefused(
            f"By the policy rule {rule.id} falls due {rule.phase.value}; it is due "
            f"{core.phase.value}.",
            f"Keep it at {core.phase.value}, or ask for it earlier.",
            rule=rule.id,
        ).located(field=f"{at}.phase")
    if _binds_fewer(rule, core):
        raise PolicyRefused(
            f"By the policy rule {rule.id} binds fewer organisations than it does.",
            "Leave out `only_for` and `for_profiles`, or keep them as they are.",
            rule=rule.id,
        ).located(field=at)


def _binds_fewer(rule: Rule, core: Rule) -> bool:
    if rule.for_profiles and rule.for_profiles != core.for_profiles:
        return True
    return bool(rule.only_for) and not (core.only_for and core.only_for <= rule.only_for)


def _own(core: Policy, ours: Extension) -> Iterable[Rule]:
    profiles = [profile.id for profile in (*core.profiles, *ours.profiles)]
    for index, rule in enumerate(ours.rules):
        at = f"rules[{index}]"
        if not _OWN_ID.fullmatch(rule.id):
            raise WrongField(
                f'The id "{rule.id}" of an own rule has no prefix of the organisation.',
                "Write capitals, a hyphen and a number, such as NRC-1.",
                rule=rule.id,
            ).located(field=f"{at}.id")
        if rule.level is Level.INVARIANT:
            raise PolicyRefused(
                f"The own rule {rule.id} is an invariant.",
                "An invariant is a promise of the program about itself; use HARD.",
                rule=rule.id,
            ).located(field=f"{at}.level")
        for name in sorted(rule.profiles - set(profiles)):
            raise UnknownReference(
                f"The own rule {rule.id} binds the profile {name}, which does not exist.",
                f"Give one that does: {', '.join(profiles)}.",
                profile=name,
            ).located(field=f"{at}.profiles")
        yield _as_rule(rule)


def _as_rule(own: OwnRule) -> Rule:
    return Rule(
        id=own.id,
        title=own.title,
        level=own.level,
        phase=own.phase,
        origin=Origin.OURS,
        says=own.says,
        remedy=own.remedy,
        reads=frozenset({Reads.SECURITY}),
        for_profiles=own.profiles,
        by_record=True,
        sources=own.sources,
    )


def _never(rules: Iterable[Rule], never: Mapping[str, str]) -> Mapping[str, str]:
    known = [rule.id for rule in rules]
    for rule_id, reason in never.items():
        at = f"never_loosened.{rule_id}"
        if rule_id not in known:
            raise UnknownReference(
                f"The rule {rule_id} is never to be loosened, and does not exist.",
                f"Give one that does: {', '.join(known)}.",
                rule=rule_id,
            ).located(field=at)
        if not reason.strip():
            raise WrongField(
                f"Why rule {rule_id} is never to be loosened is not said.",
                "Give the reason; the verdict prints it.",
                rule=rule_id,
            ).located(field=at)
    return never
