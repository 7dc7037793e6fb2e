"""Papers that people look at and carry: for now, a picture of a movement.

Answers: how does an answer look on a sheet? Takes plain values (lines, outlines, names, spans of
time) and gives text. It judges nothing, looks nothing up and opens no file. Start reading at
`picture.py`; what can be drawn is in `drawing.py`.
"""

from safeconduct.papers.drawing import Bar, Drawing, Outline, Road, Site
from safeconduct.papers.picture import picture

__all__ = ["Bar", "Drawing", "Outline", "Road", "Site", "picture"]
