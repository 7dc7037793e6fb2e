"""The policy of a verb: the core rules, or an organisation's own file that is no looser."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.adapters.files.policyfile import core_policy, read_policy
from safeconduct.adapters.files.workedfile import worked
from safeconduct.policy import Change, Level, Policy, Profile, Rule, changes
from safeconduct.policy.worked import FIGURES, Worked
from safeconduct.register import encode
from safeconduct.vocabulary import Form


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

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "policy": self.policy.name,
            "against": self.core.name,
            "rules": len(self.policy.rules),
            "profiles": [profile.id for profile in self.policy.profiles],
            "changes": [change.as_json() for change in self.changes],
        }


def check_policy(file: str) -> Checked:
    """What an organisation's file changes; raises as `policy_from` when it may not be used."""
    core, policy = core_policy(), policy_from(file)
    return Checked(file=file, policy=policy, core=core, changes=changes(policy, core))


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One rule as a policy has it, with what its findings look like.

    `profile` is the one asked about, None for the rule alone; `figures` are the fields of a profile
    that the rule goes by. A rule of an organisation's own has no worked examples.
    """

    rule: Rule
    policy: Policy
    worked: Worked
    profile: Profile | None
    figures: tuple[str, ...]

    @property
    def level(self) -> Level:
        """The level under the profile, or the rule's own."""
        return self.rule.level_under(self.profile)

    @property
    def applies(self) -> bool:
        """Whether the rule binds the profile asked about."""
        return self.profile is None or self.rule.binds(self.profile)

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        profile = self.profile
        values = encode(profile) if profile else {}
        assert isinstance(values, dict)  # a dataclass encodes to a mapping
        return {
            "rule": encode(self.rule),
            "level": self.level.value,
            "applies": self.applies,
            "profile": profile.id if profile else None,
            "figures": {name: values.get(name, _default(name)) for name in self.figures},
            "never_loosened": self.policy.never_loosened.get(self.rule.id),
            "codes": dict(self.worked.codes),
            "examples": [encode(example) for example in self.worked.examples],
        }


def _default(name: str) -> Any:
    """What a field of a profile is where nobody wrote it."""
    plain = Profile(id="-", title="-", forms=frozenset({Form.WRITTEN}))
    value = getattr(plain, name)
    return None if value is None else encode(value)


def explain_rule(rule: str, profile: str | None, file: str | None) -> Explained:
    """One rule of a policy.

    Raises
    ------
    UnknownReference : no such rule or profile; the message lists those that there are.
    InputError : as `policy_from`.
    """
    policy = policy_from(file)
    found = policy.rule(rule)
    return Explained(
        rule=found,
        policy=policy,
        worked=_BY_RECORD if found.by_record else worked().get(rule, _NOTHING),
        profile=None if profile is None else policy.profile(profile),
        figures=FIGURES.get(rule, ()),
    )


_NOTHING = Worked(codes={}, examples=())
_BY_RECORD = Worked(
    codes={
        "RULE-NOT-HELD": "Somebody held the rule against this version, and it does not hold.",
        "RULE-UNCHECKED": "Nobody has held the rule against this version of the movement.",
    },
    examples=(),
)
