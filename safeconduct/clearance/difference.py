"""What changed between two judgements of one movement, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.clearance.finding import Finding
from safeconduct.clearance.judgement import Judgement


def changes(before: Judgement, after: Judgement) -> tuple[str, ...]:
    """The verdict, the version and every finding that differ; empty when only the moment does."""
    return tuple(_changes(before, after))


def _changes(before: Judgement, after: Judgement) -> Iterator[str]:
    if before.verdict is not after.verdict:
        yield f"the verdict was {_named(before)} and is {_named(after)}"
    for what, was in before.versions:
        now = dict(after.versions).get(what)
        if now != was:
            yield f"another {what}: {_short(what, was)}, now {_short(what, now or 'none')}"
    old = {_identity(finding) for finding in before.findings}
    new = {_identity(finding) for finding in after.findings}
    for finding in after.findings:
        if _identity(finding) not in old:
            yield f"rule {finding.rule} now {finding.status.value}: {finding.says}"
    gone = {finding.rule for finding in before.findings if _identity(finding) not in new}
    told = {finding.rule for finding in after.findings if _identity(finding) not in old}
    for rule in sorted(gone - told):
        yield f"rule {rule}: something that was found is found no longer"


def _identity(finding: Finding) -> tuple[str, ...]:
    return (finding.rule, finding.status.value, finding.code, finding.party, finding.says)


def _named(judgement: Judgement) -> str:
    return judgement.verdict.value.upper()


def _short(what: str, version: str) -> str:
    """A hash by its beginning; other versions as they are."""
    return version[:12] if what in ("movement", "network") else version
