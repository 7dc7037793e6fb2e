"""The order of the rooms: who may import whom, and who may touch the world.

A room imports only from the rows before its own. The rows stand here once; CONTRIBUTING.md
shows the same line, and a test below holds the two together.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.layers.rules import circles, forbidden, out_of_row, unexplained
from tests.layers.source import Module, modules

ROWS = (
    ("errors",),
    ("spacetime",),
    ("vocabulary",),
    ("register", "roads", "wire"),
    ("situation",),
    ("policy",),
    ("cover",),
    ("clearance",),
    ("planning",),
    ("watch",),
    ("papers",),
    ("adapters",),
    ("app",),
    ("cli", "web"),
)
ALL_ROOMS = ("", "__main__", *(room for row in ROWS for room in row))
BELOW_ADAPTERS = ("", *(room for row in ROWS[: ROWS.index(("adapters",))] for room in row))

CLOCK = (
    "time",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
)
ONE_CLOCK = ("safeconduct.adapters.clock",)

CHANCE = (
    *("random", "secrets", "os.urandom", "os.getrandom"),
    *("uuid.uuid1", "uuid.uuid4", "numpy.random"),
)
WORLD = (
    *("builtins.open", "builtins.input", "builtins.print", "io.open", "os.open", "os.environ"),
    *("os.getenv", "pathlib.Path", "tempfile", "shutil", "socket", "subprocess"),
    *("urllib.request", "sqlite3", "apsw", "psycopg"),
)

REPOSITORY = Path(__file__).parents[1]
HOUSE = modules(REPOSITORY / "safeconduct")


def test_the_house_is_read_at_all() -> None:
    assert "safeconduct.errors" in {module.name for module in HOUSE}


def test_rooms_import_only_from_lower_rows() -> None:
    assert out_of_row(HOUSE, ROWS) == []


def test_an_import_inside_a_function_says_why() -> None:
    assert unexplained(HOUSE) == []


def test_no_modules_import_one_another_in_a_circle() -> None:
    assert circles(HOUSE) == []


def test_only_one_module_reads_a_clock() -> None:
    assert forbidden(HOUSE, CLOCK, ALL_ROOMS, but=ONE_CLOCK) == []


def test_below_the_adapters_nothing_is_left_to_chance() -> None:
    assert forbidden(HOUSE, CHANCE, BELOW_ADAPTERS) == []


def test_below_the_adapters_nothing_touches_the_world() -> None:
    assert forbidden(HOUSE, WORLD, BELOW_ADAPTERS) == []


def test_only_one_adapter_speaks_with_servers_of_databases() -> None:
    its_own = {m.name for m in HOUSE if m.name.startswith("safeconduct.adapters.postgres.")}
    assert its_own
    assert forbidden(HOUSE, ("psycopg",), ALL_ROOMS, but=its_own) == []


def test_contributors_are_shown_the_same_rows() -> None:
    line = " < ".join(" ".join(row) for row in ROWS)
    assert line in (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")


# The rest proves that each of the checks above can fail, on small houses of their own.


def house(folder: Path, files: dict[str, str]) -> tuple[Module, ...]:
    """The package `home` of these files, paths inside it to text; it always has an `__init__`."""
    for name, source in {"__init__.py": "", **files}.items():
        path = folder / "home" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return modules(folder / "home")


def test_an_import_from_a_lower_row_is_allowed(tmp_path: Path) -> None:
    small = house(
        tmp_path, {"errors.py": "", "cover/classes.py": "from home.errors import InputError\n"}
    )
    assert out_of_row(small, ROWS) == []


@pytest.mark.parametrize(
    "statement",
    [
        "import home.cover.classes",
        "import home.cover as c",
        "from home.cover.classes import Class",
        "from home import cover",
        "from ..cover import classes",
        "from .. import cover",
        "def f():\n    import home.cover  # heavy: numpy",
        "if TYPE_CHECKING:\n    from home.cover import Class",
        "from importlib import import_module\nimport_module('home.cover')",
        "import importlib as i\nx = i.import_module('home.cover.classes')",
        "__import__('home.cover')",
    ],
)
def test_an_import_upwards_is_named_with_its_line_however_it_is_written(
    tmp_path: Path, statement: str
) -> None:
    small = house(
        tmp_path, {"cover/classes.py": "", "cover/__init__.py": "", "spacetime/spans.py": statement}
    )
    line = statement.count("\n") + 1
    assert out_of_row(small, ROWS) == [
        f"home/spacetime/spans.py:{line}: spacetime imports up from cover"
    ]


def test_an_import_sideways_is_named(tmp_path: Path) -> None:
    small = house(
        tmp_path, {"roads/network.py": "", "register/entry.py": "from home.roads import network\n"}
    )
    assert out_of_row(small, ROWS) == [
        "home/register/entry.py:1: register imports sideways from roads"
    ]


def test_a_room_outside_the_table_is_named(tmp_path: Path) -> None:
    small = house(tmp_path, {"helpers/misc.py": "", "errors.py": "import home.helpers.misc\n"})
    assert out_of_row(small, ROWS) == [
        "home/errors.py:1: errors imports helpers, which is no room",
        "home/helpers/misc.py:1: helpers is no room in the table of rows",
    ]


def test_the_package_itself_is_below_every_room_and_its_main_above(tmp_path: Path) -> None:
    small = house(
        tmp_path,
        {
            "__init__.py": "from home import errors\n",
            "__main__.py": "import home.cli\n",
            "cli.py": "",
            "errors.py": "",
        },
    )
    assert out_of_row(small, ROWS) == [
        "home/__init__.py:1: the package itself imports up from errors"
    ]


def test_every_room_may_read_what_the_package_itself_holds(tmp_path: Path) -> None:
    small = house(
        tmp_path, {"__init__.py": "VERSION = '1'\n", "errors.py": "from home import VERSION\n"}
    )
    assert out_of_row(small, ROWS) == []


@pytest.mark.parametrize("comment", ["", "  # noqa: PLC0415", "  # type: ignore", "  # lazy"])
def test_an_import_in_a_function_without_a_reason_is_named(tmp_path: Path, comment: str) -> None:
    small = house(tmp_path, {"cli.py": f"def show():\n    import rich{comment}\n"})
    [complaint] = unexplained(small)
    assert complaint.startswith("home/cli.py:2: cli imports rich inside a function; say why")


@pytest.mark.parametrize(
    "statement",
    [
        "import rich  # heavy: keeps --help quick",
        "import rich  # noqa: X1 # heavy: keeps --help quick",
        "from rich import (  # heavy: keeps --help quick\n        table,\n    )",
    ],
)
def test_an_import_in_a_function_with_a_reason_is_allowed(tmp_path: Path, statement: str) -> None:
    assert unexplained(house(tmp_path, {"cli.py": f"def show():\n    {statement}\n"})) == []


def test_an_import_of_a_computed_name_needs_a_reason_even_at_the_top(tmp_path: Path) -> None:
    small = house(tmp_path, {"cli.py": "import importlib\nimportlib.import_module('a' + 'b')\n"})
    [complaint] = unexplained(small)
    assert complaint.startswith(
        "home/cli.py:2: cli imports a computed name that cannot be followed"
    )


def test_a_circle_is_named_in_the_order_of_its_imports(tmp_path: Path) -> None:
    small = house(
        tmp_path,
        {
            "cover/a.py": "import os\nfrom .b import B\n",
            "cover/b.py": "from .c import C\n",
            "cover/c.py": "def f():\n    from .a import A  # late on purpose\n",
        },
    )
    [complaint] = circles(small)
    spot, _, way = complaint.partition(": a circle of imports: ")
    around = [name.removeprefix("home.cover.") for name in way.split(" > ")]
    assert " ".join(around) in ("a b c a", "b c a b", "c a b c")
    assert spot == f"home/cover/{around[0]}.py:{ {'a': 2, 'b': 1, 'c': 2}[around[0]] }"


def test_a_module_that_goes_back_to_its_own_front_page_is_a_circle(tmp_path: Path) -> None:
    small = house(
        tmp_path,
        {
            "cover/__init__.py": "from home.cover.a import A\n",
            "cover/a.py": "from home.cover import B\n",
        },
    )
    [complaint] = circles(small)
    assert "home.cover.a" in complaint


def test_a_module_that_takes_its_neighbour_from_the_front_page_is_no_circle(
    tmp_path: Path,
) -> None:
    small = house(
        tmp_path,
        {
            "cover/__init__.py": "from home.cover.a import A\n",
            "cover/a.py": "from home.cover import b\n",
            "cover/b.py": "",
        },
    )
    assert circles(small) == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import time\n", "time"),
        ("from time import monotonic\n", "time.monotonic"),
        ("import datetime as dt\nNOW = dt.datetime.now()\n", "datetime.datetime.now"),
        ("from datetime import datetime as D\nNOW = D.now()\n", "datetime.datetime.now"),
        ("from datetime import date\nf = date.today\n", "datetime.date.today"),
    ],
)
def test_a_clock_is_named_however_it_is_read(tmp_path: Path, source: str, name: str) -> None:
    found = forbidden(house(tmp_path, {"app/assess.py": source}), CLOCK, ALL_ROOMS)
    assert found == [f"home/app/assess.py:{source.count(chr(10))}: app uses {name}"]


def test_the_one_clock_may_read_a_clock(tmp_path: Path) -> None:
    small = house(tmp_path, {"adapters/clock.py": "import time\n"})
    assert forbidden(small, CLOCK, ALL_ROOMS, but=("home.adapters.clock",)) == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import random", "random"),
        ("from os import urandom as u", "os.urandom"),
        ("import numpy as np; np.random.default_rng()", "numpy.random.default_rng"),
        ("import uuid; uuid.uuid4().hex", "uuid.uuid4"),
        ("text = open('a').read()", "builtins.open"),
        ("class Road:\n    def open(self): return open('a')", "builtins.open"),
        ("from pathlib import Path", "pathlib.Path"),
        ("import os; HOME = os.environ['HOME']", "os.environ"),
    ],
)
def test_chance_and_the_world_are_named_below_the_adapters(
    tmp_path: Path, source: str, name: str
) -> None:
    found = forbidden(house(tmp_path, {"cover.py": source}), (*CHANCE, *WORLD), BELOW_ADAPTERS)
    assert found == [f"home/cover.py:{source.count(chr(10)) + 1}: cover uses {name}"]


@pytest.mark.parametrize(
    "source",
    [
        "def meet(open, span): return open(span)",
        "import datetime as dt\nx = dt.datetime.fromtimestamp(0)",
        "from datetime import time, timedelta\nx = time(9)",
        "x = road.open()",
        "def shut(): pass\nclass R:\n    now = 1\nr = R()\nx = r.now",
    ],
)
def test_words_of_the_domain_are_not_taken_for_the_world(tmp_path: Path, source: str) -> None:
    small = house(tmp_path, {"cover.py": f"road = None\n{source}"})
    assert forbidden(small, (*CLOCK, *CHANCE, *WORLD), BELOW_ADAPTERS) == []


def test_the_adapters_may_touch_the_world(tmp_path: Path) -> None:
    small = house(tmp_path, {"adapters/files.py": "import secrets\nfrom pathlib import Path\n"})
    assert forbidden(small, (*CHANCE, *WORLD), BELOW_ADAPTERS) == []
