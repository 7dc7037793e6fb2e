"""What a rule's findings look like: its codes, and situations of two invented towns, worked out.

And which of a profile's figures a rule goes by. The examples are drawn from the tests of the rules
and come with the package as `worked.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One situation, and what the rule said of it.

    `when` is the situation in a phrase; `says` and `remedy` are the finding's own words.
    """

    status: str
    when: str
    says: str
    code: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """The codes of one rule with their meanings, and its examples."""

    codes: Mapping[str, str]
    examples: tuple[Example, ...]


_STRENGTH = ("forms", "oral_needs_note", "least_specificity", "unconditional", "instruments")

FIGURES: Mapping[str, tuple[str, ...]] = {
    "A1": _STRENGTH,
    "A8": ("forms", "oral_needs_note", "least_specificity", "unconditional"),
    "A9": ("instruments", "recent_use_s"),
    "G4": ("incident_radius_m", "incident_age_s"),
    "N2": ("instruments", "recent_use_s"),
    "T5": ("reconfirm_open_ended_s",),
    "U2": ("risk_table",),
    "U3": ("risk_table",),
    "X1": ("refuge_before_dusk_s",),
    "X4": ("build_up_age_s",),
    "X5": ("final_reconfirmation_s",),
}
"""The fields of a profile that a rule goes by; rules that are not here go by none."""
