"""D3: kills, power cuts, full disks and failing syncs; and that the harness sees mistakes."""

from __future__ import annotations

from tests.crash.campaign import MISTAKES, campaign, mistake_seen
from tests.crash.power import Seen
from tests.show.run import Run, Shown

COUNT = 200
SOAK = True


def show(run: Run) -> Shown:
    """`count` kills; of 200 and more every moment of each recording is cut, of fewer a part."""
    seen = Seen()
    # A longer soak kills more, and draws other parts of what was written at each moment.
    for turn in range(max(1, run.count // 2000)):
        kills = min(run.count, 2000)
        campaign(f"{run.seed}/{turn}", kills, seen, max(1, 200 // run.count), run.say)
    for words in seen.wrong[:50]:
        run.say(words)
    blind = [name for name in MISTAKES if not mistake_seen(name, str(run.seed)).wrong]
    tried = seen.tried
    words = (
        f"{tried['kills']} kills, {tried['kills in the middle of a call']} of them inside a call; "
        f"{tried['images']} images of disks, {tried['space failures']} full disks and "
        f"{tried['sync failures']} failed syncs: {len(seen.wrong)} wrong; "
        f"{len(MISTAKES) - len(blind)} of {len(MISTAKES)} planted mistakes seen"
    )
    enough = tried["kills in the middle of a call"] > 0 and tried["errors told"] > 0
    passed = enough and not seen.wrong and not blind
    return Shown(passed, words, dict(tried) | {"wrong": len(seen.wrong), "unseen": blind})
