"""What people may write short in a case file, spelled out as the codec reads it.

`route: [e1, -e2]` are edges, a leading minus for backwards; `halts: [yard:40min]` is a place and
how long the column stands there; `near: [37.15, 36.2]` is longitude and latitude in degrees, and
`line` a list of such; an act without an id gets one from its statement.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from safeconduct.adapters.files.paths import inside
from safeconduct.errors import WrongField
from safeconduct.register.codec import TAG

_DEGREES = re.compile(r"(-?)([0-9]{1,3})(?:\.([0-9]{1,7}))?")


def spelled_out(record: Any) -> Any:
    """The record with its routes, halts and points in full, however deep.

    Raises
    ------
    WrongField : a coordinate or a halt is not of its form. The path is inside `record`.
    """
    if isinstance(record, list):
        return [_member(f"[{index}]", value) for index, value in enumerate(record)]
    if not isinstance(record, dict):
        return record
    return {key: _member(key, value) for key, value in record.items()}


def _member(key: str, value: Any) -> Any:
    with inside(key):
        if key == "route" and isinstance(value, list):
            return [_step(one) for one in value]
        if key == "halts" and isinstance(value, list):
            return [_member(f"[{index}]", _halt(one)) for index, one in enumerate(value)]
        if key == "near" and isinstance(value, list):
            return _point(value)
        if key == "line" and isinstance(value, list):
            return [_corner(f"[{index}]", one) for index, one in enumerate(value)]
        return spelled_out(value)


def _corner(step: str, written: Any) -> Any:
    with inside(step):
        return _point(written) if isinstance(written, list) else written


def _step(written: Any) -> Any:
    if not isinstance(written, str):
        return written
    return {"edge": written.removeprefix("-"), "backwards": written.startswith("-")}


def _halt(written: Any) -> Any:
    if not isinstance(written, str):
        return written
    place, _, wait = (part.strip() for part in written.rpartition(":"))
    if not place or not wait:
        raise WrongField(
            f'Found "{written}" where a halt is expected.',
            "Write the place and how long the column stands there: `yard:40min`.",
        )
    return {"place": place, "wait_s": int(wait) if wait.isascii() and wait.isdigit() else wait}


def _point(written: list[Any]) -> dict[str, int]:
    if len(written) != 2:
        raise WrongField(
            f"Found a list of {len(written)} where longitude and latitude are expected.",
            "Write [37.15, 36.2]: longitude first, in degrees.",
        )
    with inside("[0]"):
        lon = degrees_e7(written[0])
    with inside("[1]"):
        return {"lon_e7": lon, "lat_e7": degrees_e7(written[1])}


def degrees_e7(written: Any) -> int:
    """Degrees as they stand in the file, times 10,000,000, without any rounding.

    Raises
    ------
    WrongField : no decimal number, or more than seven decimals (about 1 cm).

    >>> degrees_e7("-37.1642"), degrees_e7(36)
    (-371642000, 360000000)
    """
    is_number = isinstance(written, str) or type(written) is int
    found = _DEGREES.fullmatch(str(written)) if is_number else None
    if found is None:
        raise WrongField(
            f"Found {written!r} where degrees are expected.",
            "Write a decimal number with at most seven decimals, such as 37.1642.",
        )
    sign, whole, rest = found.groups()
    return int(f"{sign}{whole}{(rest or '').ljust(7, '0')}")


def with_act_ids(statement: dict[str, Any]) -> dict[str, Any]:
    """The statement with an id on every act: its own, or `<statement>/<verb>`, then `-2`, `-3`.

    >>> with_act_ids({"id": "s", "acts": [{"is": "deny"}, {"is": "deny"}]})["acts"][1]["id"]
    's/deny-2'
    """
    acts = statement.get("acts")
    if not isinstance(acts, list) or not isinstance(statement.get("id"), str):
        return statement
    seen: Counter[str] = Counter()
    return statement | {"acts": [_with_id(act, statement["id"], seen) for act in acts]}


def _with_id(act: Any, statement: str, seen: Counter[str]) -> Any:
    if not isinstance(act, dict):
        return act
    verb = str(act.get(TAG))
    seen[verb] += 1
    number = f"-{seen[verb]}" if seen[verb] > 1 else ""
    return {"id": f"{statement}/{verb}{number}"} | act
