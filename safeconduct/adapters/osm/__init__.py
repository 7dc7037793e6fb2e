"""OpenStreetMap extracts: which of their roads can a relief truck drive, and how?

Takes: the path of an `.osm.pbf` file. Gives: ways over points for `roads.graphing`, with notes of
everything that was left out or in doubt.
Never: part of a file. One that is cut short or damaged is refused.

Start reading at `survey.py`, then `framing.py` (is the file whole?) and `restrictions.py`. What
tags mean stands in `roads/sources/`: `highways.py`, `driving.py`, `posted.py`.
"""
