"""From a file, a stream or pasted text to a `Report`: which text it is, and what its marks say.

Plain text is read here; what a library takes apart is taken apart in a second process with limits
of time and memory (`child.py`, `worker.py`). An office's own table is read row by row
(`sheets.py`). Start reading at `opening.py`.
"""

from safeconduct.adapters.reports.child import Child
from safeconduct.adapters.reports.columns import Columns
from safeconduct.adapters.reports.kinds import Kind
from safeconduct.adapters.reports.opening import open_report
from safeconduct.adapters.reports.sheets import Sheet, open_sheet

__all__ = ["Child", "Columns", "Kind", "Sheet", "open_report", "open_sheet"]
