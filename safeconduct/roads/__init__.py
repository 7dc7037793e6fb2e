"""Roads as plain values: which areas is each piece of road in, and when is a column on it?

Takes: areas with or without outlines, lines on a map, drawn networks and tables of towns, as text
or values; movements and checkpoints.
Gives: a `Network` of places, edges, pieces and classes in whole decimetres, the same bytes on every
machine; and an `Itinerary`, where a movement is and from when to when.
Never: reads a file, judges anything, or asks a geometry library once a network is built. A piece
counts as inside an area only when all of it is, and as touched when any of it is.

Start reading at `pieces.py`, then `network.py` and `occupancy.py`. How a network comes about is in
`build.py`, with `cutting.py` for lines on a map and `declared.py` for roads without one; it and the
readers in `sources/` are imported from there, so that judging does not load them.
Searching works on arrays: `dividing.py` makes a `Division` of a drawn network or of imported roads,
and `ways.py` the ways that a column may drive.

A country's roads come as arrays: `graph.py` holds them, `tracks.py` what they are made from,
`graphing.py` how; `snapping.py` finds the junction near a place. Searches begin at `search.py`.
"""

from __future__ import annotations

from safeconduct.roads.network import Network, RoadClass
from safeconduct.roads.occupancy import Itinerary, Occupied, itinerary
from safeconduct.roads.pieces import Edge, Piece, Place, Stretch
from safeconduct.roads.pin import input_digest, pinned, unpinned
from safeconduct.roads.raw import Declaration, RawEdge, RawNetwork, RawPlace

__all__ = [
    "Declaration",
    "Edge",
    "Itinerary",
    "Network",
    "Occupied",
    "Piece",
    "Place",
    "RawEdge",
    "RawNetwork",
    "RawPlace",
    "RoadClass",
    "Stretch",
    "input_digest",
    "itinerary",
    "pinned",
    "unpinned",
]
