"""The collected material that lies beside a full checkout, and only there.

The package itself never needs it. Tests that compare a bundled case or a drawn area with the
material it was made from ask here for the folder, so that there is one rule for its absence.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REQUIRED = "SAFECONDUCT_REQUIRE_SHARED"


def shared_dir(repository: Path = Path(__file__).parents[1]) -> Path:
    """The folder `../shared` beside the repository; ask inside a test or a fixture.

    Where it is missing the calling test is skipped; where the environment variable
    `SAFECONDUCT_REQUIRE_SHARED` is set, as in continuous integration, it fails instead, so that
    no test goes unrun unseen.
    """
    folder = repository.parent / "shared"
    if folder.is_dir():
        return folder
    reason = "../shared is not beside this repository"
    if os.environ.get(REQUIRED):
        pytest.fail(f"{reason}, and {REQUIRED} is set. Put the folder there, or unset it.")
    pytest.skip(reason)
