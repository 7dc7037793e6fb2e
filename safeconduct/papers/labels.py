"""Where names can stand on a map so that none lies on another or on the edge."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from safeconduct.papers.svg import room_s

__all__ = ["Box", "Crowd", "Label"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, its upper left corner first."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share any ground."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A name and where it stands: the left or right end, or the middle, of its base line."""

    words: str
    x: float
    y: float
    anchor: str
    box: Box


@dataclass(slots=True)
class Crowd:
    """What is taken on a map already; each label that finds room is taken up."""

    frame: Box
    taken: list[Box] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)

    def take(self, box: Box) -> None:
        """Keeps labels off a box."""
        self.taken.append(box)

    def take_point(self, x: float, y: float) -> None:
        """Keeps labels off a place, and nearer to their own place than to this one."""
        self.points.append((x, y))
        self.take(Box(x - 6, y - 6, x + 6, y + 6))

    def take_line(self, points: Sequence[tuple[float, float]], half: float) -> None:
        """Keeps labels off a line, in steps along it."""
        for (x, y), (to_x, to_y) in pairwise(points):
            steps = max(1, int(max(abs(to_x - x), abs(to_y - y)) / (2 * half)))
            for step in range(steps + 1):
                at_x, at_y = x + (to_x - x) * step / steps, y + (to_y - y) * step / steps
                self.take(Box(at_x - half, at_y - half, at_x + half, at_y + half))

    def beside(self, words: str, x: float, y: float, size: int, off: float) -> Label | None:
        """The words beside a point where there is room, nearest first; None where there is none."""
        for far in (off, off * 2.4, off * 4):
            for anchor, dx, dy in (
                ("start", 1.0, 0.35), ("end", -1.0, 0.35), ("start", 0.8, -0.8),
                ("end", -0.8, -0.8), ("start", 0.8, 1.5), ("end", -0.8, 1.5),
                ("middle", 0.0, -1.2), ("middle", 0.0, 2.2),
            ):  # fmt: skip
                label = _label(words, x + dx * far, y + dy * far, size, anchor)
                if self._is_free(label.box) and self._belongs(label.box, x, y):
                    self.take(label.box)
                    return label
        return None

    def _belongs(self, box: Box, x: float, y: float) -> bool:
        """Whether no other place is nearer to a box than its own."""
        own = _apart(box, x, y)
        return all(_apart(box, *other) > own for other in self.points if other != (x, y))

    def inside(self, words: str, room: Box, size: int) -> Label | None:
        """The words in the middle of a box that is wide enough; None where they find no room."""
        middle = (room.left + room.right) / 2
        for share in (0.5, 0.35, 0.65, 0.25, 0.75):
            y = room.top + (room.bottom - room.top) * share + size * 0.35
            label = _label(words, middle, y, size, "middle")
            if room.holds(label.box) and self._is_free(label.box):
                self.take(label.box)
                return label
        return None

    def _is_free(self, box: Box) -> bool:
        return self.frame.holds(box) and not any(map(box.meets, self.taken))


def _apart(box: Box, x: float, y: float) -> float:
    """How far a point is from the nearest point of a box."""
    return math.hypot(max(box.left - x, 0.0, x - box.right), max(box.top - y, 0.0, y - box.bottom))


def _label(words: str, x: float, y: float, size: int, anchor: str) -> Label:
    width = room_s(words, size)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Label(words, x, y, anchor, Box(left - 2, y - size, left + width + 2, y + size * 0.3))


def bounds(points: Iterable[tuple[float, float]]) -> Box:
    """The box around some points."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))
