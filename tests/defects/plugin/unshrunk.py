"""A plugin of pytest: a property that fails does so at once, and looks for no smaller example.

A planted defect is caught by any failure. To make an example small takes a minute and more where
one costs a tenth of a second, and nobody reads it.
"""

from __future__ import annotations

from hypothesis import Phase, settings

settings.register_profile("unshrunk", phases=(Phase.explicit, Phase.reuse, Phase.generate))
settings.load_profile("unshrunk")
