"""The further rules asked together: what each has against going that does not merely wait."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from safeconduct.policy.rules import Policy
from tests.verifier import hearing, papers, people, reliance
from tests.verifier.way import Way

ASKED = papers.ASKED | people.ASKED | reliance.ASKED | hearing.ASKED
#: Every rule that is asked here; all are HARD.
FURTHER = frozenset(ASKED)


def unheard(judge: Any, policy: Policy | None) -> bool:
    """Whether somebody who must be heard for a movement is not, as far as a policy is asked."""
    return policy is not None and any(True for _ in hearing.heard(Way(judge, policy)))


def further(judge: Any, policy: Policy) -> Iterator[tuple[str, int, str]]:
    """The objections of these rules as rule, instant and words; `judge` is the verifier.

    What waits objects only from the rule's phase on; what is recorded and bad objects at once.
    """
    way = Way(judge, policy)
    for rule, ask in ASKED.items():
        is_due = way.is_due(rule)
        for trouble in ask(way):
            if is_due or not trouble.waits:
                yield trouble.rule, way.as_of, trouble.what
