"""Reading the worked examples that come with the package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files

from safeconduct.policy.worked import Worked
from safeconduct.register.codec import decode


def worked() -> Mapping[str, Worked]:
    """The codes and examples of every core rule, by its id."""
    text = (files("safeconduct") / "policy" / "worked.json").read_text(encoding="utf-8")
    return {rule: decode(Worked, one) for rule, one in json.loads(text).items()}
