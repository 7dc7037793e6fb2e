"""What a policy changes against another one, line by line, and which way: stricter or looser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any

from safeconduct.policy.rules import Phase, Policy, Profile, Rule
from safeconduct.register import encode
from safeconduct.vocabulary import Specificity


class Way(Enum):
    """Which way a change goes."""

    STRICTER = "stricter"
    LOOSER = "looser"
    OTHER = "other"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: of which rule or profile, in what, from what to what."""

    of: str
    what: str
    before: str
    after: str
    way: Way

    def as_json(self) -> dict[str, str]:
        """The body that every door shows."""
        return {
            "of": self.of,
            "what": self.what,
            "before": self.before,
            "after": self.after,
            "way": self.way.value,
        }


# How a profile's figure is compared: -1 less is stricter, 1 more is stricter.
_FIGURES: Mapping[str, int] = {
    "reconfirm_open_ended_s": -1,
    "incident_radius_m": 1,
    "incident_age_s": 1,
    "recent_use_s": 1,
    "reconfirm_before_departure_s": 1,
    "final_reconfirmation_s": -1,
    "build_up_age_s": 1,
    "oral_needs_note": 1,
    "unconditional": 1,
}
_WHAT_COUNTS = frozenset({"forms", "instruments"})  # fewer are stricter
_NOT_COMPARED = frozenset({"id", "title", "basis", "origin", "sources"})


def changes(policy: Policy, against: Policy, like: str = "default") -> tuple[Change, ...]:
    """Every difference, rules first; a profile that is new is held against the one named `like`."""
    return (
        *_of_rules(policy, against),
        *_of_never(policy, against),
        *_of_profiles(policy, against, like),
    )


def _of_rules(policy: Policy, against: Policy) -> Iterator[Change]:
    known = {rule.id: rule for rule in against.rules}
    for rule in policy.rules:
        before = known.get(rule.id)
        if before is None:
            said = f"{rule.level.value}, due {rule.phase.value}: {rule.title}"
            yield Change(of=f"rule {rule.id}", what="rule", before="", after=said, way=Way.ADDED)
        elif before != rule:
            yield from _of_rule(rule, before)


def _of_rule(rule: Rule, before: Rule) -> Iterator[Change]:
    phases = tuple(Phase)
    compared: tuple[tuple[str, str, str, int], ...] = (
        (
            "level",
            before.level.value,
            rule.level.value,
            rule.level.strictness - before.level.strictness,
        ),
        (
            "phase",
            before.phase.value,
            rule.phase.value,
            phases.index(before.phase) - phases.index(rule.phase),
        ),
        ("title", before.title, rule.title, 0),
        ("says", before.says, rule.says, 0),
        ("remedy", before.remedy, rule.remedy, 0),
    )
    for what, was, now, stricter in compared:
        if was != now:
            yield Change(of=f"rule {rule.id}", what=what, before=was, after=now, way=_way(stricter))


def _of_never(policy: Policy, against: Policy) -> Iterator[Change]:
    for rule_id, reason in policy.never_loosened.items():
        if rule_id not in against.never_loosened:
            yield Change(
                of=f"rule {rule_id}",
                what="never loosened",
                before="",
                after=reason,
                way=Way.STRICTER,
            )


def _of_profiles(policy: Policy, against: Policy, like: str) -> Iterator[Change]:
    known = {profile.id: profile for profile in against.profiles}
    for profile in policy.profiles:
        before = known.get(profile.id)
        if before is None:
            told = f"{profile.title}; its figures beside those of {like}:"
            yield Change(
                of=f"profile {profile.id}", what="profile", before="", after=told, way=Way.ADDED
            )
            before = against.profile(like)
        yield from profile_changes(profile, before)


def profile_changes(profile: Profile, before: Profile) -> tuple[Change, ...]:
    """Every figure of a profile that differs from another's."""
    return tuple(_of_profile(profile, before))


def _of_profile(profile: Profile, before: Profile) -> Iterator[Change]:
    for each in fields(Profile):
        was, now = getattr(before, each.name), getattr(profile, each.name)
        if each.name not in _NOT_COMPARED and was != now:
            yield Change(
                of=f"profile {profile.id}",
                what=each.name,
                before=_shown(each.name, was),
                after=_shown(each.name, now),
                way=_way(_stricter(each.name, was, now)),
            )


def _stricter(name: str, was: Any, now: Any) -> int:
    """More than 0 when the new value is stricter, less when it is looser, 0 when neither."""
    if name in _FIGURES:
        return _FIGURES[name] * (int(now) - int(was))
    if name in _WHAT_COUNTS:
        return 1 if now < was else -1 if now > was else 0
    compare: Callable[[Any, Any], int] | None = _OTHERS.get(name)
    return compare(was, now) if compare else 0


def _specific(was: Specificity, now: Specificity) -> int:
    order = list(Specificity)
    return order.index(now) - order.index(was)


def _before_dusk(was: int | None, now: int | None) -> int:
    return (-1 if now is None else now) - (-1 if was is None else was)


def _levels(was: Mapping[str, Any], now: Mapping[str, Any]) -> int:
    # A level may only be raised (the policy refuses anything else), so that more of them is more.
    kept = all(rule in now and now[rule].strictness >= was[rule].strictness for rule in was)
    return 1 if kept else -1


_OTHERS: Mapping[str, Callable[[Any, Any], int]] = {
    "least_specificity": _specific,
    "refuge_before_dusk_s": _before_dusk,
    "levels": _levels,
}


def _way(stricter: int) -> Way:
    return Way.STRICTER if stricter > 0 else Way.LOOSER if stricter < 0 else Way.OTHER


def _shown(name: str, value: Any) -> str:
    """A profile's value in words, spans in hours; a table is told by its name."""
    if value is None:
        return "none"
    if name.endswith("_s"):
        return f"{value // 3600} h" if value % 3600 == 0 else f"{value // 60} min"
    if name.endswith("_m"):
        return f"{value} m"
    if hasattr(value, "name") and hasattr(value, "version"):
        return f"{value.name} {value.version}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {one.value}" for key, one in sorted(value.items())) or "none"
    told = encode(value)
    if isinstance(told, list):
        return ", ".join(map(str, told)) or "none"
    return str(told).lower() if isinstance(told, bool) else str(told)
