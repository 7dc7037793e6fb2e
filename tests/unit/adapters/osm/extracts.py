"""Small OpenStreetMap extracts, written by pyosmium itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

#: Points by number: 1 to 6 lie 0.001 degrees apart along the 36th parallel, 7 north of 3.
AT = {n: (37.0 + n / 1000, 36.0) for n in range(1, 7)} | {7: (37.003, 36.001)}

Tags = Mapping[str, str]
Member = tuple[str, int, str]


@dataclass
class Extract:
    """What an extract holds; a way is (points, tags), a relation (members, tags)."""

    ways: Mapping[int, tuple[Sequence[int], Tags]]
    relations: Sequence[tuple[Sequence[Member], Tags]] = ()
    points: Mapping[int, Tags] = field(default_factory=dict)
    at: Mapping[int, tuple[float, float]] = field(default_factory=lambda: AT)

    def write(self, path: Path) -> Path:
        """The extract as a file; every one has a relation, as every whole extract of a country."""
        with osmium.SimpleWriter(str(path), overwrite=True) as writer:
            for n, (lon, lat) in self.at.items():
                writer.add_node(Node(id=n, location=(lon, lat), tags=dict(self.points.get(n, {}))))
            for id, (points, tags) in self.ways.items():
                writer.add_way(Way(id=id, nodes=list(points), tags=dict(tags)))
            for id, (members, tags) in enumerate(self.relations, 1):
                writer.add_relation(Relation(id=id, members=list(members), tags=dict(tags)))
            writer.add_relation(Relation(id=999, members=[], tags={"type": "route"}))
        return path


def road(*points: int, **tags: str) -> tuple[Sequence[int], Tags]:
    """A secondary road over these points; `__` in a tag stands for a colon."""
    given = {key.replace("__", ":"): value for key, value in tags.items()}
    return points, {"highway": "secondary", **given}
