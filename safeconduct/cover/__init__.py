"""Who is bound where and when, per class of road and leg profile: the one place that knows.

Answers: may a leg of this purpose, direction and people be on this class of road at this time, by
whose word, and if not, which key is missing? Takes a `Situation`, a `Network` and a `Profile`;
gives a `Cover` to be asked. It never judges a movement (that is `clearance`) and never looks for
a better road (`planning`). Start reading at `cover.py`, then `standing.py` (is a grant good?)
with `vouchers.py` (who said so?) and `losses.py` (what took it away?), `ground.py` (what does the
road ask for?) and `conditions.py` (strings attached). For all classes at once `table.py` gives the
gates that a search keeps to.
"""

from safeconduct.cover.cover import Cover, fits_leg
from safeconduct.cover.faults import SAYS, Code, Cut, Fault
from safeconduct.cover.ground import Acting, Ground
from safeconduct.cover.keys import ALWAYS, Key, LegProfile, Part, Turned
from safeconduct.cover.standing import Standing, Yield
from safeconduct.cover.vouchers import word_reader

__all__ = [
    "ALWAYS",
    "SAYS",
    "Acting",
    "Code",
    "Cover",
    "Cut",
    "Fault",
    "Ground",
    "Key",
    "LegProfile",
    "Part",
    "Standing",
    "Turned",
    "Yield",
    "fits_leg",
    "word_reader",
]
