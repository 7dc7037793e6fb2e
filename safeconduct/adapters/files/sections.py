"""The sections of a case file, and how the records in them are read one by one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from safeconduct.adapters.files.paths import inside, joined
from safeconduct.adapters.files.shorthand import spelled_out, with_act_ids
from safeconduct.adapters.files.times import Clock
from safeconduct.errors import WrongField
from safeconduct.register.codec import TAG, decode
from safeconduct.spacetime import Edge, Reading, instant
from safeconduct.spacetime.areas import Area
from safeconduct.vocabulary import (
    Actor,
    AdoptedRoads,
    Arrangement,
    Ask,
    Assessment,
    Assumption,
    Binds,
    BuildUp,
    Chase,
    Checkpoint,
    Closure,
    CompositeGround,
    ConsentNeed,
    Contact,
    ConvoyWatch,
    Crossing,
    CrossingOpen,
    Daylight,
    Decision,
    Departure,
    DraftAccepted,
    Escort,
    EvacuationCare,
    EvacuationTerms,
    Evidence,
    GateCheck,
    Hazard,
    HazardCleared,
    IncidentCheck,
    IncidentReview,
    Instrument,
    LastResort,
    LegalBasis,
    Link,
    LoadList,
    Loosening,
    Monitoring,
    Movement,
    NoRecentUse,
    Notice,
    NotTold,
    Outcome,
    Patient,
    PatientClearance,
    Permit,
    PermitNeed,
    Presence,
    Reached,
    Record,
    Refuge,
    Removal,
    Reply,
    RequiredWriter,
    ReturnTerms,
    RiskAssessment,
    RoadReopened,
    RoadSpeed,
    RuleCheck,
    SameStatement,
    Screening,
    Settlement,
    SignOff,
    Source,
    Statement,
    TravelClearance,
    Vehicle,
    WaitingPlace,
)

SECTIONS: Mapping[str, type[Any]] = {
    "actors": Actor,
    "binds": Binds,
    "sources": Source,
    "statements": Statement,
    "same_statements": SameStatement,
    "presences": Presence,
    "assessments": Assessment,
    "consent_needs": ConsentNeed,
    "legal_bases": LegalBasis,
    "instruments": Instrument,
    "hazards": Hazard,
    "hazards_cleared": HazardCleared,
    "closures": Closure,
    "roads_reopened": RoadReopened,
    "road_speeds": RoadSpeed,
    "waiting_places": WaitingPlace,
    "settlements": Settlement,
    "adopted_roads": AdoptedRoads,
    "incident_reviews": IncidentReview,
    "incident_checks": IncidentCheck,
    "no_recent_use": NoRecentUse,
    "arrangements": Arrangement,
    "checkpoints": Checkpoint,
    "crossings": Crossing,
    "crossings_open": CrossingOpen,
    "permit_needs": PermitNeed,
    "composite_grounds": CompositeGround,
    "evacuation_terms": EvacuationTerms,
    "links": Link,
    "movements": Movement,
    "departures": Departure,
    "notices": Notice,
    "not_told": NotTold,
    "permits": Permit,
    "contacts": Contact,
    "reached": Reached,
    "asks": Ask,
    "chases": Chase,
    "replies": Reply,
    "decisions": Decision,
    "outcomes": Outcome,
    "evidence": Evidence,
    "drafts_accepted": DraftAccepted,
    "evacuation_care": EvacuationCare,
    "monitoring": Monitoring,
    "last_resorts": LastResort,
    "return_terms": ReturnTerms,
    "screenings": Screening,
    "patients": Patient,
    "patient_clearances": PatientClearance,
    "load_lists": LoadList,
    "removals": Removal,
    "vehicles": Vehicle,
    "gate_checks": GateCheck,
    "convoy_watches": ConvoyWatch,
    "escorts": Escort,
    "travel_clearances": TravelClearance,
    "risk_assessments": RiskAssessment,
    "sign_offs": SignOff,
    "daylight": Daylight,
    "refuges": Refuge,
    "build_ups": BuildUp,
    "rule_checks": RuleCheck,
    "loosenings": Loosening,
    "required_writers": RequiredWriter,
}
"""The sections that hold records, each with the type of its records."""

AREAS, ADOPTED, ASSUMPTIONS = "areas", "adopted_roads", "assumptions"

GRANTING = frozenset({"announce", "guarantee", "consent", "accept", "confirm", "do", "acknowledge"})
"""The verbs for which a date without an hour is the end of the day (law 12)."""

# How the ambiguous ends of spans are read, where it is not NARROWER at both: `from`, then `until`.
_READINGS: Mapping[str, tuple[Reading, Reading]] = {
    "presences": (Reading.WIDER, Reading.NARROWER),
    "permit_needs": (Reading.WIDER, Reading.WIDER),
    "arrangements": (Reading.WIDER, Reading.WIDER),
    "closures": (Reading.WIDER, Reading.WIDER),
}


@dataclass(frozen=True, slots=True)
class Claimed:
    """A record, and when the world is said to have known it, in UTC seconds.

    `path` is where it stands in `case.yaml`; two records are equal wherever they stand.
    """

    value: Record
    claimed_at: int
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Records:
    """How the records of one case are read: the zone and time for those that name none.

    Parameters
    ----------
    zone : the case's IANA zone.
    recorded_at : the claimed time of records that carry none, statements excepted.
    actor_zones : the zones of actors by id; a statement is read in its speaker's.
    """

    zone: str
    recorded_at: int
    actor_zones: Mapping[str, str]

    def of_case(self, data: Mapping[str, Any]) -> Iterator[Claimed]:
        """The records of all sections in the order of the file.

        Raises
        ------
        WrongField, TimeRefused : a record is not of its form; the path is inside the file.
        """
        for section, written in data.items():
            if section in SECTIONS:
                for path, record in _listed(written, section):
                    with inside(path):
                        yield self._record(section, record, path)
            elif section == ASSUMPTIONS:
                for path, record in _listed(written, section):
                    yield from self._assumption(record, path)

    def _record(
        self, section: str, written: dict[str, Any], path: str, unless: int | None = None
    ) -> Claimed:
        """One record; `unless` is its claimed time when it carries none and is assumed."""
        fields = dict(written)
        claimed = self._claimed(fields)
        clock = self._clock(section, fields)
        if SECTIONS[section] is Statement:
            fields = _statement(fields, clock)
        else:
            fields = clock.read(spelled_out(fields))
        value = decode(SECTIONS[section], fields)
        if claimed is None:
            claimed = unless
        if claimed is None:
            claimed = value.said_at if isinstance(value, Statement) else self.recorded_at
        return Claimed(value, claimed, path)

    def _claimed(self, fields: dict[str, Any]) -> int | None:
        """Takes out when the record says it was recorded; a property of the entry, not of it."""
        written = fields.pop("recorded_at", None)
        if written is None:
            return None
        with inside("recorded_at"):
            return instant(written, self.zone, edge=Edge.START)

    def _clock(self, section: str, fields: dict[str, Any]) -> Clock:
        """How the record's times are read; takes out its `zone` where that is no field of it."""
        zone = fields.get("zone")
        if "zone" in fields and "zone" not in SECTIONS[section].__dataclass_fields__:
            del fields["zone"]
        if not zone and isinstance(fields.get("actor"), str):
            zone = self.actor_zones.get(fields["actor"])
        readings = _READINGS.get(section, (Reading.NARROWER, Reading.NARROWER))
        return Clock(zone or self.zone, *readings)

    def _assumption(self, written: dict[str, Any], path: str) -> Iterator[Claimed]:
        """The assumption, then the records that it brings in."""
        with inside(path):
            fields = dict(written)
            sections = fields.pop("records", {})
            claimed = self._claimed(fields)
            claimed = self.recorded_at if claimed is None else claimed
            with inside("records"):
                brought = list(self._brought(sections, joined(path, "records"), claimed))
            named = fields.get("supplies", [])
            if isinstance(named, list):
                ids = (id for one in brought for id in _ids(one.value))
                fields["supplies"] = list(dict.fromkeys([*named, *ids]))
            assumption = decode(Assumption, fields)
            if not assumption.supplies:
                raise WrongField(
                    f"Assumption {assumption.id} supplies nothing.",
                    "Put the records that it brings in under `records`, or name what it changes "
                    "under `supplies`.",
                )
        yield Claimed(assumption, claimed, path)
        yield from brought

    def _brought(self, sections: Any, path: str, claimed: int) -> Iterator[Claimed]:
        if not isinstance(sections, dict):
            raise WrongField(
                "The records of an assumption are no mapping.",
                "Write them in sections: `records: {presences: [...]}`.",
            )
        for section, written in sections.items():
            if section not in SECTIONS:
                raise unknown_key(section, SECTIONS)
            for step, record in _listed(written, section):
                with inside(step):
                    yield self._record(section, record, joined(path, step), unless=claimed)


def written_areas(data: Mapping[str, Any]) -> Iterator[tuple[str, Area]]:
    """The areas of a case file, which have no outline, each with its path.

    Raises
    ------
    WrongField, AreaRefused : an area is not of its form, or has an outline.
    """
    for path, record in _listed(data.get(AREAS, []), AREAS):
        area = decode(Area, record, path)
        if area.polygons:
            raise WrongField(
                f"Area {area.id} has an outline in the case file.",
                "Keep outlines in areas.geojson, where every map program can show them.",
            ).located(field=joined(path, "polygons"))
        yield path, area


def written_adopted(data: Mapping[str, Any]) -> Iterator[tuple[str, AdoptedRoads]]:
    """The roads of a case file that were taken from an import, each with its path; no time is read.

    Raises
    ------
    WrongField : one is not of its form.
    """
    for path, record in _listed(data.get(ADOPTED, []), ADOPTED):
        with inside(path):
            plain = {key: one for key, one in record.items() if key not in ("recorded_at", "zone")}
            yield path, decode(AdoptedRoads, spelled_out(plain))


def unknown_key(key: str, legal: Iterable[str]) -> WrongField:
    """The error for a key that names no section or heading, with the closest one."""
    names = sorted(legal)
    close = difflib.get_close_matches(key, names, n=1)
    asked = f'Did you mean "{close[0]}"? ' if close else ""
    return WrongField(
        f'There is no section "{key}".', f"{asked}Legal here: {', '.join(names)}."
    ).located(field=key)


def _listed(written: Any, section: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The records of a section with their paths; a section is a list of mappings."""
    if not isinstance(written, list):
        raise WrongField(
            f"The section {section} is no list.",
            "Begin each of its records with `- `; leave the section out when it has none.",
        ).located(field=section)
    for index, record in enumerate(written):
        path = f"{section}[{index}]"
        if not isinstance(record, dict):
            raise WrongField(
                f"Found {record!r} where a record is expected.",
                "Write its fields one under the other, beginning with `- id: ...`.",
            ).located(field=path)
        yield path, record


def _statement(written: dict[str, Any], clock: Clock) -> dict[str, Any]:
    """A statement's fields as the codec reads them; when it was said depends on its verbs."""
    fields = with_act_ids(written)
    said = fields.get("said_at")
    rest = clock.read(spelled_out({key: fields[key] for key in fields if key != "said_at"}))
    if said is None:
        return dict(rest)  # the codec says that it is missing
    with inside("said_at"):
        return {**rest, "said_at": clock.said(said, grants=_grants(fields))}


def _grants(statement: dict[str, Any]) -> bool:
    acts = statement.get("acts")
    verbs = (
        (act.get(TAG) for act in acts if isinstance(act, dict)) if isinstance(acts, list) else ()
    )
    return any(isinstance(verb, str) and verb in GRANTING for verb in verbs)


def _ids(value: Record) -> Iterator[str]:
    yield value.id
    if isinstance(value, Statement):
        yield from (act.id for act in value.acts)
