"""The policy of a verb: the core rules, or a file of the office's own that is no looser."""

from __future__ import annotations

from pathlib import Path

from safeconduct.adapters.files.policyfile import core_policy, read_policy
from safeconduct.errors import PolicyRefused
from safeconduct.policy import Level, Phase, Policy, Rule

# From the strictest to the loosest. An invariant is a promise of the program, and stays one.
_LEVELS = (Level.INVARIANT, Level.HARD, Level.COND, Level.WARN)
_PHASES = tuple(Phase)


def policy_from(file: str | None) -> Policy:
    """The policy in a file, or the core policy where none is named.

    An office may be stricter than the core rules, and may have profiles of its own. It may not be
    looser: a file that leaves a rule out would turn a NO-GO into a GO without saying so.

    Raises
    ------
    MissingFile, InputError : the file cannot be read, with file, line and field.
    PolicyRefused : a core rule is missing, has a lower level or falls due later; or a rule is
        named that no check stands behind.
    """
    core = core_policy()
    if file is None:
        return core
    policy = read_policy(Path(file))
    try:
        _check_no_looser(policy, core)
    except PolicyRefused as error:
        raise error.located(file=file) from None
    return policy


def _check_no_looser(policy: Policy, core: Policy) -> None:
    ours = {rule.id: rule for rule in policy.rules}
    known = {rule.id: rule for rule in core.rules}
    if missing := [id for id in known if id not in ours]:
        raise PolicyRefused(
            f"The policy leaves out {', '.join(missing)}, which every judgement needs.",
            "Copy what is missing from the core rules; raise its level if you wish.",
            rules=missing,
        )
    if unknown := [id for id in ours if id not in known]:
        raise PolicyRefused(
            f"The policy has {', '.join(unknown)}, for which this program has no check.",
            "Leave it out, or update the program.",
            rules=unknown,
        )
    for id, rule in ours.items():
        _check_rule(rule, known[id])


def _check_rule(rule: Rule, core: Rule) -> None:
    if _LEVELS.index(rule.level) > _LEVELS.index(core.level):
        raise PolicyRefused(
            f"The policy makes rule {rule.id} {rule.level.value}; it is {core.level.value}.",
            f"Keep it {core.level.value}: a policy may be stricter than the core, never looser.",
            rule=rule.id,
        )
    if _PHASES.index(rule.phase) > _PHASES.index(core.phase):
        raise PolicyRefused(
            f"By the policy rule {rule.id} falls due {rule.phase.value}; it is due "
            f"{core.phase.value}.",
            f"Keep it at {core.phase.value}, or ask for it earlier.",
            rule=rule.id,
        )
