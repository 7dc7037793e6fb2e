"""Everything that touches the world: stores, files, the clock, chance.

Takes and gives the values of the rooms below, through protocols that those rooms own; a foreign
error is turned into one of ours at this edge. Nothing here judges. Start reading at `files/` (what
people write), `stores.py` (a register as a person names it: `sqlite/` one file, `postgres/` a
schema on a server) or `osm/` (extracts of OpenStreetMap).
"""
