"""safeconduct: what armed parties have guaranteed, and whether a relief movement may rely on it.

Start at the command line (`safeconduct demo`) or at `safeconduct.app`, one module per verb. The
rooms and their order are in the README's map of the house.
"""

__version__ = "0.1.0"
