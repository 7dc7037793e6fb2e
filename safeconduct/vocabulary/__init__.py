"""The nouns and acts of the register: what can be recorded, as frozen values.

Answers: in which words is a situation written down? Takes plain values and gives frozen ones that
refuse what makes no sense by itself. It never judges, never looks at a clock or a file, and knows
nothing of how values are stored. Start reading at `statements.py`, then `acts.py`; the meaning of
the terms is in docs/GLOSSARY.md.
"""

from safeconduct.vocabulary.actors import Actor, ActorKind, Binds, Source
from safeconduct.vocabulary.acts import (
    Accept,
    AckLevel,
    Acknowledge,
    Act,
    Allege,
    Announce,
    Assess,
    Confirm,
    Consent,
    DeclineToComment,
    Demand,
    Deny,
    Disown,
    Do,
    Estimate,
    Forecast,
    Guarantee,
    Impose,
    Narrow,
    Position,
    Reject,
    Report,
    Request,
    Suspend,
    Usability,
    Welcome,
    Withdraw,
)
from safeconduct.vocabulary.adopted import AdoptedRoad, AdoptedRoads, Apart, Driven, Joint, Junction
from safeconduct.vocabulary.contacts import Answer, Chase, Contact, Reached, Reply
from safeconduct.vocabulary.drafts import Characters, DraftAccepted
from safeconduct.vocabulary.evidence import Evidence
from safeconduct.vocabulary.facts import (
    Arrangement,
    Assessment,
    BasisKind,
    Checkpoint,
    CompositeGround,
    ConsentNeed,
    Crossing,
    CrossingOpen,
    EvacuationTerms,
    Hazard,
    HazardCleared,
    Incident,
    IncidentCheck,
    IncidentReview,
    IncidentState,
    Instrument,
    InstrumentKind,
    LegalBasis,
    Mines,
    NoRecentUse,
    PermitNeed,
    Presence,
)
from safeconduct.vocabulary.hearing import RequiredWriter
from safeconduct.vocabulary.kinds import (
    Authority,
    ConditionKind,
    Depth,
    Direction,
    Form,
    Handling,
    Means,
    Movers,
    Order,
    Purpose,
    Specificity,
    Telling,
    UndertakingKind,
)
from safeconduct.vocabulary.movements import Convoy, Departure, Halt, Leg, Movement, Step
from safeconduct.vocabulary.patients import (
    GateChoice,
    LoadList,
    Patient,
    PatientClearance,
    PatientState,
    Removal,
    Urgency,
)
from safeconduct.vocabulary.people import (
    EvacuationCare,
    LastResort,
    Monitoring,
    ReturnTerms,
    Screening,
)
from safeconduct.vocabulary.roads import (
    Closure,
    RoadReopened,
    RoadSpeed,
    Settlement,
    SpeedBasis,
    WaitingPlace,
)
from safeconduct.vocabulary.security import (
    BuildUp,
    Criticality,
    Daylight,
    Loosening,
    Refuge,
    Risk,
    RiskAssessment,
    RuleCheck,
    Signer,
    SignOff,
    TravelClearance,
)
from safeconduct.vocabulary.statements import SameStatement, Statement
from safeconduct.vocabulary.undertakings import Condition, Link, Undertaking
from safeconduct.vocabulary.vehicles import (
    Body,
    ConvoyWatch,
    Escort,
    GateCheck,
    Vehicle,
    VehicleSeen,
)
from safeconduct.vocabulary.work import (
    Ask,
    Assumption,
    Choice,
    Decision,
    ItemCount,
    Notice,
    NotTold,
    Outcome,
    Permit,
    PermitState,
    PermitStep,
    Result,
)

Record = (
    Actor
    | Binds
    | Source
    | Statement
    | SameStatement
    | Presence
    | Assessment
    | ConsentNeed
    | LegalBasis
    | Instrument
    | Hazard
    | HazardCleared
    | Closure
    | RoadReopened
    | RoadSpeed
    | WaitingPlace
    | Settlement
    | AdoptedRoads
    | IncidentReview
    | IncidentCheck
    | NoRecentUse
    | Arrangement
    | Checkpoint
    | Crossing
    | CrossingOpen
    | PermitNeed
    | CompositeGround
    | EvacuationTerms
    | Link
    | Movement
    | Departure
    | Notice
    | NotTold
    | Permit
    | Ask
    | Chase
    | Reply
    | Contact
    | Reached
    | Decision
    | Outcome
    | DraftAccepted
    | Evidence
    | Assumption
    | EvacuationCare
    | Monitoring
    | LastResort
    | ReturnTerms
    | Screening
    | Patient
    | PatientClearance
    | LoadList
    | Removal
    | Vehicle
    | GateCheck
    | ConvoyWatch
    | Escort
    | TravelClearance
    | RiskAssessment
    | SignOff
    | Daylight
    | Refuge
    | BuildUp
    | RuleCheck
    | RequiredWriter
    | Loosening
)
"""Everything that one entry of the register can hold."""

__all__ = [
    "Accept",
    "AckLevel",
    "Acknowledge",
    "Act",
    "Actor",
    "ActorKind",
    "AdoptedRoad",
    "AdoptedRoads",
    "Allege",
    "Announce",
    "Answer",
    "Apart",
    "Arrangement",
    "Ask",
    "Assess",
    "Assessment",
    "Assumption",
    "Authority",
    "BasisKind",
    "Binds",
    "Body",
    "BuildUp",
    "Characters",
    "Chase",
    "Checkpoint",
    "Choice",
    "Closure",
    "CompositeGround",
    "Condition",
    "ConditionKind",
    "Confirm",
    "Consent",
    "ConsentNeed",
    "Contact",
    "Convoy",
    "ConvoyWatch",
    "Criticality",
    "Crossing",
    "CrossingOpen",
    "Daylight",
    "Decision",
    "DeclineToComment",
    "Demand",
    "Deny",
    "Departure",
    "Depth",
    "Direction",
    "Disown",
    "Do",
    "DraftAccepted",
    "Driven",
    "Escort",
    "Estimate",
    "EvacuationCare",
    "EvacuationTerms",
    "Evidence",
    "Forecast",
    "Form",
    "GateCheck",
    "GateChoice",
    "Guarantee",
    "Halt",
    "Handling",
    "Hazard",
    "HazardCleared",
    "Impose",
    "Incident",
    "IncidentCheck",
    "IncidentReview",
    "IncidentState",
    "Instrument",
    "InstrumentKind",
    "ItemCount",
    "Joint",
    "Junction",
    "LastResort",
    "Leg",
    "LegalBasis",
    "Link",
    "LoadList",
    "Loosening",
    "Means",
    "Mines",
    "Monitoring",
    "Movement",
    "Movers",
    "Narrow",
    "NoRecentUse",
    "NotTold",
    "Notice",
    "Order",
    "Outcome",
    "Patient",
    "PatientClearance",
    "PatientState",
    "Permit",
    "PermitNeed",
    "PermitState",
    "PermitStep",
    "Position",
    "Presence",
    "Purpose",
    "Reached",
    "Record",
    "Refuge",
    "Reject",
    "Removal",
    "Reply",
    "Report",
    "Request",
    "RequiredWriter",
    "Result",
    "ReturnTerms",
    "Risk",
    "RiskAssessment",
    "RoadReopened",
    "RoadSpeed",
    "RuleCheck",
    "SameStatement",
    "Screening",
    "Settlement",
    "SignOff",
    "Signer",
    "Source",
    "Specificity",
    "SpeedBasis",
    "Statement",
    "Step",
    "Suspend",
    "Telling",
    "TravelClearance",
    "Undertaking",
    "UndertakingKind",
    "Urgency",
    "Usability",
    "Vehicle",
    "VehicleSeen",
    "WaitingPlace",
    "Welcome",
    "Withdraw",
]
