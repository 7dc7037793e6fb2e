"""How an error reads: where, what was found against what, what to do next."""

from __future__ import annotations

import json
import sys

from safeconduct.errors import SafeconductError


def complain(error: SafeconductError, *, as_json: bool) -> None:
    """Print an error to standard error, as JSON of the one error shape when asked."""
    if as_json:
        print(json.dumps(error.as_json(), ensure_ascii=False, indent=2), file=sys.stderr)
        return
    if error.where:
        print(f"error: {error.where}", file=sys.stderr)
        print(f"  {error.found}", file=sys.stderr)
    else:
        print(f"error: {error.found}", file=sys.stderr)
    print(f"  {error.remedy}  [{error.code}]", file=sys.stderr)
