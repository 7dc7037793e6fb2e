"""What is left of a register after a kill, a power cut or a full disk?

Start reading at `scenarios.py` (what is done to a register); `told.py` (what it acknowledged, kept
by the harness itself); `disk.py` (the recording disk under the shipped SQLite); `images.py` (what a
power cut may leave of a recording); `judge.py` (what must be true of what is left); then the three
campaigns: `kills.py`, `power.py`, `full.py`. What is modelled and what is not: docs/reference/
crash.md. A new kind of work is one more entry of `scenarios.SCENARIOS`, or of `child.WORK` for
kills.
"""
