"""Shows that are made of planted defects: each is planted, or looked up where that was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.show.commands import campaign
from tests.show.recorded import recorded_defects
from tests.show.run import Run


def planted(run: Run, ids: Sequence[str]) -> dict[str, Any]:
    """What the campaign says of these defects: `defects`, `caught`, and the ids of the `escaped`.

    Raises CampaignBroken as `campaign` and `recorded_defects` do.
    """
    if not ids:  # asked for none, the campaign would try all there are
        return {"defects": 0, "caught": 0, "escaped": []}
    if run.recorded is not None:
        return recorded_defects(run, run.recorded, ids)
    return campaign("tests.defects.campaign", *ids, root=run.root, say=run.say)
