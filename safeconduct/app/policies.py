"""The policy of a verb: the core rules, or an organisation's own file that is no looser."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from safeconduct.adapters.files.policyfile import core_policy, read_policy
from safeconduct.policy import Change, Policy, changes


def policy_from(file: str | None) -> Policy:
    """The policy in a file, or the core policy where none is named.

    An organisation may be stricter than the core rules, and may have profiles and rules of its
    own. It may not be looser: a file that leaves a rule out would turn a NO-GO into a GO without
    saying so. What is loosened is loosened by an entry, in the open.

    Raises
    ------
    MissingFile, InputError : the file cannot be read, with file, line and field.
    PolicyRefused : a core rule is missing, has a lower level or falls due later; or a rule is
        named that no check stands behind.
    """
    core = core_policy()
    return core if file is None else read_policy(Path(file), core)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A policy file that may be used, and what it changes against the core."""

    file: str
    policy: Policy
    core: Policy
    changes: tuple[Change, ...]


def check_policy(file: str) -> Checked:
    """What an organisation's file changes; raises as `policy_from` when it may not be used."""
    core, policy = core_policy(), policy_from(file)
    return Checked(file=file, policy=policy, core=core, changes=changes(policy, core))
