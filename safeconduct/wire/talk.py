"""Whose are the lines of a talk or a list: "X: ...", "- X, he says"?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from safeconduct.wire.frames import Frame
from safeconduct.wire.marked import Marked
from safeconduct.wire.mentions import Mention
from safeconduct.wire.scene import Scene, Who
from safeconduct.wire.sentences import Sentence

_BARS = frozenset("-–—|")
_TALK = 3  # labels from which on lines with a name and a colon are a talk


def listed(scene: Scene, sentence: Sentence) -> Frame | None:
    """ "X: ..." at the beginning of a line."""
    marked = scene.marked
    colon = next(
        (
            n
            for n in range(sentence.first, min(sentence.first + 14, sentence.end))
            if marked.tokens[n].form == ":" or _is_dash_behind(scene, sentence.first, n)
        ),
        None,
    )
    if colon is None or colon + 2 >= sentence.end:
        return None
    head = [one for one in scene.within(sentence.first, colon) if scene.is_subject(one) or one.weak]
    named = [one for one in head if one.actor or one.office]
    alone = [one for one in head if one.weak and one.person and colon - head[-1].last == 1]
    several = bool(alone) and (len(scene.together(alone[-1])) > 1 or _is_repeated(scene, alone[-1]))
    if named and marked.tokens[named[0].last].is_shouted and named[0].office is None:
        return None  # a title: "SUDAN: access to Darfur"
    head = named or (alone if several and head[0].first - sentence.first <= 2 else [])
    if not head:
        return None
    spoken = any(
        next(marked.of("words", key, sentence.first, colon), None) for key in ("speech", "clause")
    )
    if spoken or colon - head[-1].last > 6 or head[0].first - sentence.first > 4:
        return None
    behind = head[-1].last + 1
    acts = any(True for table in ("acts", "grants") for _ in marked.of_table(table, behind, colon))
    if not acts and any(marked.at("negation", n) for n in range(behind, colon)):
        return None  # "Yerevan decides nothing here: ..."
    many = tuple(_in_talk(scene, one) for one in scene.together(head[0]))
    return Frame(None, Who(many, (many[0].first, many[-1].last)), ((colon + 1, sentence.end),))


def _in_talk(scene: Scene, one: Mention) -> Mention:
    """Who speaks in a talk that says "we" without his side being told is of those who write it."""
    if one.actor is None and one.office is None and scene.first_person and scene.author is not None:
        author = scene.author.mentions[0]
        return replace(
            one, actor=author.actor, actor_at=author.actor_at, role=author.role, weak=False
        )
    return scene.sided(one)


def _is_repeated(scene: Scene, one: Mention) -> bool:
    """Whether a name stands with a colon elsewhere, too, or several do, as in an interview."""
    if scene.labels is None:
        scene.labels = Counter(_labels(scene.marked))
    form = scene.marked.tokens[one.last].form
    return scene.labels[form] > 1 or scene.labels.total() > _TALK


def _labels(marked: Marked) -> Iterator[str]:
    """The words with a capital and a colon behind them that begin a sentence."""
    for sentence in marked.sentences:
        if (
            sentence.first + 1 < sentence.end
            and marked.tokens[sentence.first].is_capital
            and marked.tokens[sentence.first + 1].form == ":"
            and not marked.at("not-a-name", sentence.first)
        ):
            yield marked.tokens[sentence.first].form


def _is_dash_behind(scene: Scene, first: int, index: int) -> bool:
    """Whether a dash or a bar with spaces stands right behind a name: "Damascus - no reply"."""
    tokens = scene.marked.tokens
    if tokens[index].form not in _BARS or index + 1 >= len(tokens) or index == first:
        return False
    spaced = (
        tokens[index - 1].end < tokens[index].start and tokens[index].end < tokens[index + 1].start
    )
    return spaced and any(one.last == index - 1 for one in scene.within(first, index))
