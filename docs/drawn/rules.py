"""The page of rules, from the policy that comes with the package."""

from __future__ import annotations

from collections.abc import Iterator

from drawn.markdown import links, table
from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.policy import Level, Origin, Phase, Policy, Profile, Rule

_HEAD = """\
# Rules

Drawn from `safeconduct/policy/core.yaml` by `make docs`; do not edit this page.

Policy {id}, version {version}: {count} rules. Which reason codes they lead to is on the page
[codes](codes.md); how exactly they are judged stands in [semantics](semantics.md). Each rule has a
page with [worked examples](rules/README.md); all of them at once are in the
[table of rules and statuses](rule-table.md). A policy file of your own is described in
[make a policy](../how-to/make-a-policy.md).

"""

LEVELS = {
    Level.HARD: "unmet or unknown: NO-GO",
    Level.COND: "unmet or unknown: CONDITIONAL, until a named person signs",
    Level.WARN: "shown, and changes no verdict",
    Level.INVARIANT: "a promise of the program about itself",
}
PHASES = {
    Phase.PLAN: "due from planning on",
    Phase.T72: "due 72 hours before departure",
    Phase.T24: "due 24 hours before departure",
    Phase.T1: "due one hour before departure",
    Phase.UNDER_WAY: "due under way",
    Phase.AFTER: "due afterwards",
}
ORIGINS = {
    Origin.SEEN: "seen in a public source",
    Origin.RECALLED: "recalled from memory; check it before you rely on it",
    Origin.OURS: "our own conclusion",
}


def page() -> str:
    """Every rule and every profile of the core policy."""
    policy = core_policy()
    head = _HEAD.format(id=policy.id, version=policy.version, count=len(policy.rules))
    return head + "".join(_parts(policy))


def _parts(policy: Policy) -> Iterator[str]:
    yield table(
        ["rule", "title", "level", "due"],
        ([f"[{r.id}](#{_anchor(r)})", r.title, r.level.value, r.phase.value] for r in policy.rules),
    )
    yield "\n## Levels\n\n"
    yield "".join(f"- **{level.value}**: {meaning}.\n" for level, meaning in LEVELS.items())
    yield "\n## The rules\n"
    for rule in policy.rules:
        yield _rule(rule)
    yield "\n## Profiles\n\nHow strict an organisation is about the strength of a word.\n\n"
    yield table(
        ["profile", "title", "a direct word counts when", "open-ended words", "incidents"],
        (_profile(profile) for profile in policy.profiles),
    )


def _rule(rule: Rule) -> str:
    return (
        f"\n### {rule.id} {rule.title}\n\n{rule.says}\n\n"
        f"- **Level:** {rule.level.value}; {PHASES[rule.phase]}\n"
        f"- **What meets it:** {rule.remedy}\n"
        f"- **Reads:** {', '.join(sorted(one.value for one in rule.reads))}\n"
        f"- **Origin:** {ORIGINS[rule.origin]}"
        + (f": {links(rule.sources)}\n" if rule.sources else "\n")
        + f"- **Worked out:** [the page of {rule.id}](rules/{rule.id}.md)\n"
    )


def _anchor(rule: Rule) -> str:
    heading = f"{rule.id} {rule.title}".lower()
    return "".join(c for c in heading if c.isalnum() or c in " -").strip().replace(" ", "-")


def _profile(profile: Profile) -> list[str]:
    forms = " or ".join(sorted(form.value for form in profile.forms))
    noted = ", noted with a call-back" if profile.oral_needs_note and "oral" in forms else ""
    strings = ", without any condition" if profile.unconditional else ""
    return [
        f"`{profile.id}`",
        profile.title,
        f"{forms}{noted}, at least {profile.least_specificity.value}{strings}",
        f"reconfirmed within {_hours(profile.reconfirm_open_ended_s)}",
        f"within {profile.incident_radius_m / 1000:g} km and {_hours(profile.incident_age_s)}; "
        f"use of a means within {_hours(profile.recent_use_s)}",
    ]


def _hours(seconds: int) -> str:
    return f"{seconds // 3600} h"
