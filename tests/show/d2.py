"""D2: canonical JSON, trees, signatures and signed notes, as others have published them."""

from __future__ import annotations

from collections import Counter

from tests.show.run import Run, Shown
from tests.vectors.every import GROUPS


def show(run: Run) -> Shown:
    """Holds every published value against our code, and every changed one."""
    counts: dict[str, Counter[str]] = {}
    wrong: list[str] = []
    for group, vectors in GROUPS.items():
        counts[group] = Counter()
        for one in vectors():
            counts[group][one.must] += 1
            if not one.right:
                wrong.append(f"{group}: {one.what}, which must be {one.must}")
    for words in wrong:
        run.say(words)
    told = "; ".join(
        f"{group}: {count['held']} held, {count['refused']} refused"
        for group, count in counts.items()
    )
    tried = all(count["held"] and count["refused"] for count in counts.values())
    figures = {group: dict(count) for group, count in counts.items()} | {"wrong": wrong}
    return Shown(tried and not wrong, f"{told}; {len(wrong)} otherwise", figures)
