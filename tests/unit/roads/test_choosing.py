"""Which kernel searches."""

from __future__ import annotations

import subprocess
import sys

from safeconduct.roads import choosing
from safeconduct.roads.choosing import SMALL, kernel_for, warm
from safeconduct.roads.kernels import Compiled
from safeconduct.roads.reference import Reference
from tests.worlds.timed import ways_of_arcs


def roads(arcs: int):
    return ways_of_arcs([(0, 1, 9, 0, number) for number in range(arcs)], [0, 0], [0, 0])


def test_small_networks_need_no_compiler():
    assert isinstance(kernel_for(roads(SMALL)), Reference)
    assert isinstance(kernel_for(roads(SMALL + 1)), Compiled)


def test_without_numba_the_plain_kernel_searches(monkeypatch):
    monkeypatch.setattr(choosing, "find_spec", lambda name: None)
    assert isinstance(kernel_for(roads(SMALL + 1)), Reference)
    assert warm() is False


def test_choosing_and_trips_do_not_load_numba():
    code = (
        "import sys; import safeconduct.roads.choosing, safeconduct.roads.trips; "
        "sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_compiler_is_loaded_without_what_no_kernel_needs():
    # scipy is there again for whoever asks for it afterwards, such as the asks.
    code = (
        "import sys; import safeconduct.roads.choosing as choosing; assert choosing.warm(); "
        "assert 'numba' in sys.modules; print(sorted({'scipy', 'cffi'} & sys.modules.keys())); "
        "import scipy.optimize, cffi; choosing.warm(); print(scipy.optimize.milp.__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8"
    )
    assert done.stdout.split() == ["[]", "milp"]
