"""Policies that may not hold are refused, and the message says why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.errors import PolicyRefused
from safeconduct.policy import Policy, Profile
from safeconduct.vocabulary import Form, Specificity
from tests.worlds.two_towns import POLICY


@pytest.mark.parametrize("form", [Form.ANNOUNCEMENT, Form.RELAYED])
def test_no_profile_accepts_what_was_only_announced_or_relayed(form):
    with pytest.raises(PolicyRefused) as caught:
        Profile(id="loose", title="Loose", forms=frozenset({Form.WRITTEN, form}))
    assert str(caught.value) == (
        f"Profile loose accepts the forms {sorted((form.value, 'written'))}. A profile may accept "
        "`written` and `oral`; an announcement or a relayed word never suffices alone."
    )
    assert caught.value.code == "policy-refused"


def test_a_profile_accepts_some_form():
    with pytest.raises(PolicyRefused, match=r"Profile deaf accepts the forms \[\]"):
        Profile(id="deaf", title="Deaf", forms=frozenset())


def test_no_profile_accepts_a_word_without_area_and_time():
    with pytest.raises(PolicyRefused, match="name neither area nor time") as caught:
        Profile(
            id="vague",
            title="Vague",
            forms=frozenset({Form.WRITTEN}),
            least_specificity=Specificity.GENERAL,
        )
    assert "Ask at least `area-and-time`." in str(caught.value)
    assert caught.value.facts == {"profile": "vague"}


def test_a_rule_defined_twice_is_refused():
    with pytest.raises(PolicyRefused, match="Policy ours defines the rule A1 twice"):
        Policy(id="ours", version="1", rules=(*POLICY.rules, POLICY.rule("A1")), profiles=())


def test_a_profile_defined_twice_is_refused():
    softer = replace(POLICY.profile("default"), incident_age_s=1)
    with pytest.raises(PolicyRefused, match="defines the profile default twice"):
        replace(POLICY, profiles=(*POLICY.profiles, softer))
