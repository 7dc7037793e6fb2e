"""Readers of roads and areas: text in, values out; where the text comes from is not their business.

`geojson.py` reads outlines and lines, `towns.py` a table of towns and roads, `drawn.py` a network
that a person drew. Errors name the row, feature or field.
"""

from __future__ import annotations

from safeconduct.roads.sources.drawn import schematic
from safeconduct.roads.sources.geojson import areas_from_geojson, lines_from_geojson
from safeconduct.roads.sources.names import slug
from safeconduct.roads.sources.towns import town_graph

__all__ = ["areas_from_geojson", "lines_from_geojson", "schematic", "slug", "town_graph"]
