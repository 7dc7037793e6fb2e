"""The command line: a thin door to `app`, with the same verbs, words and JSON as every other door.

Answers: what does a person type, and what do they see? Takes arguments, gives text or JSON and an
exit code. It decides nothing and computes nothing. Start reading at `main.py`; what an answer
looks like is in `report.py`.
"""

import gc
import os

SWEPT_AFTER = 100_000


def main() -> None:
    """Run the command line; the console script and `python -m safeconduct` end here."""
    # A verb runs once and leaves hardly any cycles. Looking for some after every 700 new objects,
    # as Python does unless told otherwise, takes an eighth of a plan.
    gc.set_threshold(SWEPT_AFTER)
    # Nothing here multiplies large matrices. The threads that numpy's library would start for it
    # take a sixth of a plan; who wants them sets the variable.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from safeconduct.cli.main import run  # typer loads only when the command is really run

    run()
