"""The closed lists of the field: by what means, for what, which way, for whom.

A grant states these lists; a leg of a movement states one value of each. `any` and `anyone` are
values a party must have said, never what silence means.
"""

from __future__ import annotations

from enum import Enum


class Means(Enum):
    """How a party can harm or stop a column in an area."""

    GROUND_FIRE = "ground-fire"
    INDIRECT_FIRE = "indirect-fire"
    AIR_STRIKE = "air-strike"
    NAVAL_FIRE = "naval-fire"
    MINES = "mines"
    CHECKPOINT = "checkpoint"  # stops rather than harms: answered by passage, not by restraint


class Purpose(Enum):
    """What a leg is for, and what an undertaking was given for."""

    AID_DELIVERY = "aid-delivery"
    MEDICAL_SUPPLIES = "medical-supplies"
    MEDICAL_EVACUATION = "medical-evacuation"
    CIVILIAN_EVACUATION = "civilian-evacuation"
    FIGHTERS_LEAVING = "fighters-leaving"
    STAFF_ROTATION = "staff-rotation"
    ASSESSMENT_VISIT = "assessment-visit"
    ANY = "any"


class Direction(Enum):
    """Which way, seen from the place that relief goes to or people leave."""

    IN = "in"
    OUT = "out"
    THROUGH = "through"
    ANY = "any"


class Movers(Enum):
    """Who moves, and for whom an undertaking was given."""

    HUMANITARIAN = "humanitarian"
    STATE_RELIEF = "state-relief"
    CIVILIANS = "civilians"
    SICK_AND_WOUNDED = "sick-and-wounded"
    FIGHTERS = "fighters"
    ANYONE = "anyone"


class UndertakingKind(Enum):
    """What a party binds itself to; no kind ever stands in for another."""

    RESTRAINT = "restraint"  # these means will not be used here then
    PASSAGE = "passage"  # these may pass where the party controls
    CONSENT = "consent"  # legal permission
    DEED = "deed"  # something to be done: a road cleared, troops pulled back


class ConditionKind(Enum):
    """DOMAIN 4: what sort of string is attached."""

    OPERATIONAL = "operational"  # the mover's to meet: a list, an inspection, a lead time
    RECIPROCAL = "reciprocal"  # another party's conduct
    QUID_PRO_QUO = "quid-pro-quo"  # a political or military step as the price
    HARMFUL = "harmful"  # screening, detention, removal of medical items, forced destination


class Order(Enum):
    """Who must move first under a reciprocal condition."""

    TOGETHER = "together"  # "only together"
    AFTER = "after"  # "you first"


class Form(Enum):
    """How the humanitarian side came to know it."""

    ANNOUNCEMENT = "announcement"  # public
    RELAYED = "relayed"  # told by somebody else
    ORAL = "oral"  # said directly
    WRITTEN = "written"  # written directly


class Specificity(Enum):
    """How closely an undertaking fits the movement that would rely on it."""

    GENERAL = "general"
    AREA_AND_TIME = "area-and-time"
    MOVEMENT = "movement"


class Authority(Enum):
    """Whether the voice can bind the forces that hold the means."""

    COMMANDS = "commands"
    SPEAKS_FOR = "speaks-for"
    UNKNOWN = "unknown"


class Depth(Enum):
    """How far down the order is confirmed to have reached."""

    UNKNOWN = "unknown"
    CAPITAL = "capital"
    SECTOR = "sector"
    UNIT = "unit"


class Telling(Enum):
    """How the source tells it; what a reporter inferred covers nothing."""

    SAID = "said"
    QUOTED = "quoted"
    PARAPHRASED = "paraphrased"
    INFERRED = "inferred"


class Handling(Enum):
    """Who may see what was recorded, from the widest circle to the narrowest."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"
    CONFIDENTIAL = "confidential"
