"""Rules and profiles as frozen values, checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from safeconduct.errors import PolicyRefused, UnknownReference
from safeconduct.vocabulary import Criticality, Form, InstrumentKind, Risk, Specificity


class Level(Enum):
    """What a rule that is not met does to the verdict."""

    HARD = "HARD"  # NO-GO
    COND = "COND"  # go only with a person's recorded sign-off
    WARN = "WARN"  # shown, changes nothing
    INVARIANT = "invariant"  # a promise of the program about itself

    @property
    def strictness(self) -> int:
        """Its place from the loosest, 0, to the strictest."""
        return (Level.WARN, Level.COND, Level.HARD, Level.INVARIANT).index(self)


class Phase(Enum):
    """From when on a rule must be met; before, it is not yet due."""

    PLAN = "plan"
    T72 = "T-72h"
    T24 = "T-24h"
    T1 = "T-1h"
    UNDER_WAY = "under way"
    AFTER = "after"

    @property
    def before_departure_s(self) -> int | None:
        """Seconds before departure at which the phase begins; None: at once."""
        return {"T-72h": 72 * 3600, "T-24h": 24 * 3600, "T-1h": 3600}.get(self.value)


class Origin(Enum):
    """How well the rule's source is established (DOMAIN: S, R, ours)."""

    SEEN = "seen"
    RECALLED = "recalled"
    OURS = "ours"


class Organisation(Enum):
    """Whose rules apply beside those that everybody keeps."""

    ANY = "any"
    UN = "un"
    NGO = "ngo"
    ICRC = "icrc"


class Reads(Enum):
    """Which records a rule looks at, so that what a new entry can change is known beforehand."""

    GRANTS = "grants"
    LIMITS = "limits"
    FACTS = "facts"
    NOTICES = "notices"
    PERMITS = "permits"
    INCIDENTS = "incidents"
    PEOPLE = "people"
    VEHICLES = "vehicles"
    SECURITY = "security"
    WRITERS = "writers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of DOMAIN 2.

    `says` is the test in plain language, `remedy` what would meet it, `sources` links; `origin`
    tells whether the source was seen, is recalled from memory, or is our own conclusion. A rule of
    some organisations (`only_for`) is not applicable to the others, nor one of some profiles
    (`for_profiles`) to other profiles. A rule that is met `by_record` has no check in the program:
    somebody holds it against a movement and records what they found (a `rule-check`).
    """

    id: str
    title: str
    level: Level
    phase: Phase
    origin: Origin
    says: str
    remedy: str
    reads: frozenset[Reads]
    only_for: frozenset[Organisation] = frozenset()
    for_profiles: frozenset[str] = frozenset()
    by_record: bool = False
    sources: tuple[str, ...] = ()

    def binds(self, profile: Profile) -> bool:
        """Whether the rule is one of those that a profile's organisation keeps."""
        ours = not self.for_profiles or profile.id in self.for_profiles
        return ours and (not self.only_for or profile.organisation in self.only_for)

    def level_under(self, profile: Profile | None) -> Level:
        """The rule's level, or the stricter one that a profile gives it."""
        return self.level if profile is None else profile.levels.get(self.id, self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskTable:
    """The highest residual risk that an organisation allows per criticality level (rule U3).

    `allowed` maps a level to a risk; `headquarters` are the levels that need headquarters'
    approval for it. `verified` says whether the table was held against its original.
    """

    name: str
    version: str
    date: str
    allowed: Mapping[str, Risk] = field(hash=False)
    headquarters: frozenset[Criticality] = frozenset()
    verified: bool = False

    def __post_init__(self) -> None:
        levels = {level.value for level in Criticality}
        if set(self.allowed) != levels or Risk.UNACCEPTABLE in self.allowed.values():
            raise PolicyRefused(
                f"Risk table {self.name} gives {', '.join(sorted(self.allowed)) or 'no level'}.",
                f"Give a risk for each of {', '.join(sorted(levels))}; unacceptable risk is never "
                "allowed.",
                table=self.name,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How strict an organisation is about the strength of a guarantee (DOMAIN 4, DESIGN 7).

    Spans are in seconds, distances in metres. `refuge_before_dusk_s` None: the operation has set
    no rule for darkness (X1). `levels` makes rules stricter for this organisation. `risk_table`
    is the organisation's own (U3); None: none is loaded. `instruments` are those it accepts in the
    place of a guarantee, where one is recorded as required. `basis` says where the strictness comes
    from, and `origin` and `sources` how well that is established.
    """

    id: str
    title: str
    forms: frozenset[Form]
    organisation: Organisation = Organisation.ANY
    oral_needs_note: bool = True
    least_specificity: Specificity = Specificity.AREA_AND_TIME
    unconditional: bool = False
    reconfirm_open_ended_s: int = 24 * 3600
    incident_radius_m: int = 5_000
    incident_age_s: int = 24 * 3600
    recent_use_s: int = 7 * 24 * 3600
    reconfirm_before_departure_s: int = 3600
    final_reconfirmation_s: int = 24 * 3600
    build_up_age_s: int = 72 * 3600
    refuge_before_dusk_s: int | None = None
    levels: Mapping[str, Level] = field(default_factory=dict, hash=False)
    risk_table: RiskTable | None = None
    instruments: frozenset[InstrumentKind] = frozenset(InstrumentKind) - {InstrumentKind.GUARANTEE}
    basis: str = ""
    origin: Origin = Origin.OURS
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        loose = self.forms - {Form.WRITTEN, Form.ORAL}
        if loose or not self.forms:
            raise PolicyRefused(
                f"Profile {self.id} accepts the forms {sorted(f.value for f in self.forms)}.",
                "A profile may accept `written` and `oral`; an announcement or a relayed word "
                "never suffices alone.",
                profile=self.id,
            )
        if self.least_specificity is Specificity.GENERAL:
            raise PolicyRefused(
                f"Profile {self.id} accepts undertakings that name neither area nor time.",
                "Ask at least `area-and-time`.",
                profile=self.id,
            )


@dataclass(frozen=True, kw_only=True)
class Policy:
    """All rules and profiles that a judgement uses, with the version that it prints.

    `never_loosened` are the rules that no entry can loosen, each with the reason. `base` is the
    policy that this one adds to, as id and version; empty when it stands alone.
    """

    id: str
    version: str
    rules: tuple[Rule, ...]
    profiles: tuple[Profile, ...]
    never_loosened: Mapping[str, str] = field(default_factory=dict)
    base: str = ""

    def __post_init__(self) -> None:
        for what, ids in (
            ("rule", [r.id for r in self.rules]),
            ("profile", [p.id for p in self.profiles]),
        ):
            twice = sorted({i for i in ids if ids.count(i) > 1})
            if twice:
                raise PolicyRefused(
                    f"Policy {self.id} defines the {what} {', '.join(twice)} twice.",
                    "Keep one definition of each.",
                )
        for profile in self.profiles:
            self._check_levels(profile)

    def _check_levels(self, profile: Profile) -> None:
        for rule_id, level in profile.levels.items():
            rule = self._by_id.get(rule_id)
            if rule is not None and level.strictness < rule.level.strictness:
                raise PolicyRefused(
                    f"Profile {profile.id} makes rule {rule_id} {level.value}; it is "
                    f"{rule.level.value}.",
                    f"Leave it {rule.level.value}: a profile may be stricter than the rules, "
                    "never looser.",
                    profile=profile.id,
                    rule=rule_id,
                )

    @property
    def name(self) -> str:
        """Id and version, with those of what it adds to: `nrc 3 on core 1`."""
        return f"{self.id} {self.version}" + (f" on {self.base}" if self.base else "")

    @cached_property
    def _by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    def rule(self, rule_id: str) -> Rule:
        """The rule of one id.

        Raises
        ------
        UnknownReference : the policy has no such rule; the message lists those it has.
        """
        try:
            return self._by_id[rule_id]
        except KeyError:
            raise UnknownReference(
                f"Policy {self.id} has no rule {rule_id}.",
                f"It has {', '.join(self._by_id)}.",
                rule=rule_id,
            ) from None

    def profile(self, profile_id: str) -> Profile:
        """The profile of one id.

        Raises
        ------
        UnknownReference : the policy has no such profile; the message lists those it has.
        """
        for profile in self.profiles:
            if profile.id == profile_id:
                return profile
        raise UnknownReference(
            f"Policy {self.id} has no profile {profile_id}.",
            f"It has {', '.join(p.id for p in self.profiles)}.",
            profile=profile_id,
        )
