"""Limits posted on a road, from text: weights in kilograms, heights and widths in centimetres.

Without a unit a weight is in tonnes and a length in metres, as OpenStreetMap has it. Values are
rounded down. Of several values the least holds, conditional ones included.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

__all__ = ["UNREADABLE", "Posted", "centimetres", "kilograms", "posted"]

UNREADABLE = -1
"""A limit is posted, and what it says is not understood."""

_NO_LIMIT = frozenset(
    {"none", "no", "default", "unsigned", "no_sign", "no_indications", "unlimited"}
)
_NUMBER = r"([0-9]{1,7}(?:[.,][0-9]{1,6})?)"
_WITH_UNIT = re.compile(_NUMBER + r"\s*([a-z]*)")
_FEET = re.compile(_NUMBER + r"\s*(?:'|ft|feet|′)\s*(?:" + _NUMBER + r"\s*(?:\"|''|in|inches|″)?)?")

_KG = {
    **dict.fromkeys(("", "t", "to", "ton", "tonne", "tonnes", "tons", "mt"), Decimal(1000)),
    **dict.fromkeys(("kg", "kgs"), Decimal(1)),
    **dict.fromkeys(("lb", "lbs"), Decimal("0.45359237")),
    **dict.fromkeys(("st", "short"), Decimal("907.18474")),
}
_CM = {
    **dict.fromkeys(("", "m", "metre", "metres", "meter", "meters"), Decimal(100)),
    "cm": Decimal(1),
}
_CM_PER_FOOT, _CM_PER_INCH = Decimal("30.48"), Decimal("2.54")

Posted = tuple[int, int, int]
"""Kilograms and centimetres of height and of width; 0 where none is posted, else UNREADABLE."""

_WEIGHT = ("maxweight", "maxweight:hgv", "maxweightrating", "maxweightrating:hgv", "maxgcweight")
_HEIGHT = ("maxheight", "maxheight:physical", "maxheight:hgv")
_WIDTH = ("maxwidth", "maxwidth:physical", "maxwidth:hgv")


def posted(tags: Mapping[str, str]) -> Posted:
    """The least limit of each sort that these tags post.

    >>> posted({"maxweight": "3.5", "maxheight": "13'6\\"", "bridge": "yes"})
    (3500, 411, 0)
    """
    if not any(key.startswith("max") for key in tags):  # nearly every road: a reading is quicker
        return 0, 0, 0
    weights = [kilograms(text) for text in _texts(tags, _WEIGHT)]
    heights, widths = (
        [centimetres(text) for text in _texts(tags, keys)] for keys in (_HEIGHT, _WIDTH)
    )
    return _least(weights), _least(heights), _least(widths)


def _texts(tags: Mapping[str, str], keys: tuple[str, ...]) -> list[str]:
    """Every single value of these keys; of `3.5 @ (22:00-06:00)` the value."""
    texts = []
    for key in keys:
        texts += tags.get(key, "").split(";")
        clauses = tags.get(f"{key}:conditional", "").split("@")[:-1]
        texts += [clause.rsplit(";", 1)[-1] for clause in clauses]
    return [text for text in texts if text.strip()]


def _least(values: list[int]) -> int:
    """The least limit, UNREADABLE if one of them is."""
    return min((value for value in values if value), default=0)


def kilograms(text: str) -> int:
    """A weight in kilograms; 0 for no limit, UNREADABLE for what is not understood.

    >>> kilograms("7.5"), kilograms("3500 kg"), kilograms("none"), kilograms("heavy")
    (7500, 3500, 0, -1)
    """
    text = text.strip().lower()
    found = _WITH_UNIT.fullmatch(text)
    if text in _NO_LIMIT:
        return 0
    if not found or found[2] not in _KG:
        return UNREADABLE
    return _down(_decimal(found[1]) * _KG[found[2]])


def centimetres(text: str) -> int:
    """A height or width in centimetres; 0 for no limit, UNREADABLE for what is not understood.

    >>> centimetres("4.1"), centimetres("13'6\\""), centimetres("420 cm"), centimetres("low")
    (410, 411, 420, -1)
    """
    text = text.strip().lower()
    if text in _NO_LIMIT:
        return 0
    if found := _FEET.fullmatch(text):
        inches = _decimal(found[2]) if found[2] else Decimal(0)
        return _down(_decimal(found[1]) * _CM_PER_FOOT + inches * _CM_PER_INCH)
    found = _WITH_UNIT.fullmatch(text)
    if not found or found[2] not in _CM:
        return UNREADABLE
    return _down(_decimal(found[1]) * _CM[found[2]])


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _down(value: Decimal) -> int:
    """Rounded down; a limit of nothing at all is a slip of whoever wrote it."""
    return int(value) if 1 <= value < 2_000_000_000 else UNREADABLE
