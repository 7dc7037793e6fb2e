"""What is known of a party, as JSON: each kind of fact in the one shape that every door shows."""

from __future__ import annotations

from typing import Any

from safeconduct.spacetime import Span, utc
from safeconduct.vocabulary import Actor, Arrangement, Statement
from safeconduct.watch import (
    Counts,
    Evidence,
    InstrumentNow,
    Kept,
    PerhapsTwice,
    Phase,
    PresenceNow,
    Relation,
    Required,
    Standing,
)


def actor_json(actor: Actor) -> dict[str, Any]:
    """Who somebody is."""
    return {"id": actor.id, "name": actor.name, "kind": actor.kind.value}


def counts_json(counts: Counts) -> dict[str, int]:
    """The counts of a record."""
    return {
        "given": counts.given,
        "looked_at": counts.looked_at,
        "kept": counts.kept,
        "broken": counts.broken,
        "unclear": counts.unclear,
        "running": counts.running,
        "withdrawn": counts.withdrawn,
        "not_tested": counts.not_tested,
    }


def _span(span: Span) -> dict[str, str]:
    return {"from": utc(span.start), "until": utc(span.end)}


def _valid(span: Span, phase: Phase) -> dict[str, Any]:
    return {"valid": _span(span), "phase": phase.value}


def relation_json(relation: Relation) -> dict[str, Any]:
    """A relation "P binds Q", and how it stands."""
    binds = relation.binds
    return {
        "id": binds.id,
        "binder": binds.binder,
        "bound": binds.bound,
        "areas": list(binds.areas),
        "evidence": binds.evidence,
        "sources": list(binds.sources),
        "counts": relation.counts,
        "assumed": relation.ours,
        **_valid(binds.valid, relation.phase),
    }


def presence_json(now: PresenceNow) -> dict[str, Any]:
    """Where a party can act, with what, and how that stands."""
    presence = now.presence
    return {
        "id": presence.id,
        "areas": list(presence.areas),
        "means": sorted(means.value for means in presence.means),
        "controls": presence.controls,
        "assessed_by": list(now.assessed_by),
        "stale": now.is_stale,
        "assumed": now.ours,
        **_valid(presence.valid, now.phase),
    }


def arrangement_json(arrangement: Arrangement, phase: Phase) -> dict[str, Any]:
    """How a party wants to be notified, and how that stands."""
    return {
        "id": arrangement.id,
        "areas": list(arrangement.areas),
        "lead_s": arrangement.lead_s,
        "weekdays": sorted(arrangement.weekdays),
        "imposed": arrangement.imposed,
        **_valid(arrangement.valid, phase),
    }


def required_json(required: Required) -> dict[str, Any]:
    """What is required of a party in an area, and what is accepted instead."""
    return {
        "kind": required.kind.value,
        "means": required.means.value if required.means else None,
        "area": required.area,
        "instead": list(required.instead),
    }


def instrument_json(now: InstrumentNow) -> dict[str, Any]:
    """What is accepted in place of a guarantee, and how that stands."""
    instrument = now.instrument
    return {
        "id": instrument.id,
        "instrument": instrument.instrument.value,
        "means": sorted(means.value for means in instrument.means),
        "areas": list(instrument.areas),
        "reason": instrument.reason,
        "risk_owner": instrument.risk_owner,
        "mitigation": instrument.mitigation,
        "tried": instrument.tried,
        "assumed": now.ours,
        **_valid(instrument.valid, now.phase),
    }


def statement_json(statement: Statement | None) -> dict[str, Any] | None:
    """A statement, by what a reader needs of it."""
    if statement is None:
        return None
    return {
        "id": statement.id,
        "actor": statement.actor,
        "said_at": utc(statement.said_at),
        "form": statement.form.value,
        "office": statement.office,
        "paraphrase": statement.paraphrase,
    }


def standing_json(standing: Standing) -> dict[str, Any]:
    """An undertaking that stands, and why it does not count if so."""
    return {
        "id": standing.kept.grant.id,
        "counts": not standing.faults,
        "faults": list(standing.faults),
        "stood": [_span(span) for span in standing.kept.stood],
    }


def twice_json(one: PerhapsTwice) -> dict[str, Any]:
    """Two grants that may be one word, and the field in which they differ, if any."""
    return {
        "acts": [one.one.id, one.other.id],
        "statements": [one.one.statement.id, one.other.statement.id],
        "said_at": [utc(one.one.at), utc(one.other.at)],
        "differ": [{"field": name, "values": [a, b]} for name, a, b in one.differ],
    }


def kept_json(one: Kept) -> dict[str, Any]:
    """An undertaking, what became of it, and on what evidence."""
    undertaking = one.grant.undertaking
    return {
        "id": one.grant.id,
        "kind": undertaking.kind.value,
        "means": sorted(means.value for means in undertaking.means),
        "areas": list(undertaking.areas),
        "given": one.given.value,
        "said": [word.statement.id for word in one.words],
        "twins": list(one.twins),
        "state": one.state.value,
        "why": one.why,
        "looked_at": one.is_looked_at,
        "stood": [_span(span) for span in one.stood],
        "relied_on": list(one.relied_on),
        "ended_by": one.ended_by.act if one.ended_by else None,
        "notice_s": one.notice_s,
        "evidence": [_evidence(evidence) for evidence in one.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "weight": evidence.weight.value,
        "kind": evidence.kind,
        "record": evidence.record,
        "at": None if evidence.at is None else utc(evidence.at),
        "by": list(evidence.by),
        "statements": list(evidence.statements),
        "says": evidence.says,
        "why": list(evidence.why),
    }
