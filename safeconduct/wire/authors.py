"""Who says "we" in a text: who signs it, or whose note it is."""

from __future__ import annotations

from safeconduct.wire.mentions import RELIEF, Mention
from safeconduct.wire.scene import Scene, Who

_HEAD = 60  # tokens


def author_of(scene: Scene) -> tuple[Who | None, bool]:
    """The author of a text, and whether it is in the first person.

    It is whom its head names; of a text in the first person without such a head, a relief actor.
    """
    marked = scene.marked
    head = _signed(scene)
    total = len(marked.tokens)
    own = [
        hit
        for hit in marked.of("words", "first-person", 0, total)
        if marked.quoted(hit.first) is None
    ]
    if head is not None or not own:
        return head, bool(own)
    first = own[0]
    one = Mention(first.first, first.last, RELIEF, (first.first, first.last), role="relief")
    return Who((one,), (first.first, first.last)), True


def addressed_in(scene: Scene) -> Who | None:
    """Whom a letter is to, by a line of its head: "To the relief committee at X"."""
    marked = scene.marked
    for sentence in marked.sentences:
        if sentence.first > _HEAD:
            return None
        if marked.at("letter-to", sentence.first):
            near = [one for one in scene.within(sentence.first, sentence.end) if one.actor]
            if near:
                return Who((near[0],), (near[0].first, near[0].last))
    return None


def _signed(scene: Scene) -> Who | None:
    """Who is named in a line of the head that has no verb: "From the Command of X"."""
    marked = scene.marked
    for number, sentence in enumerate(marked.sentences):
        if sentence.first > _HEAD:
            return None
        length = sentence.end - sentence.first
        opens = marked.at("letter-from", sentence.first)
        near = list(scene.within(sentence.first, sentence.end))
        if not near or near[0].actor is None:
            continue
        alone = number > 0 and near[0].first == sentence.first and _is_line(scene, number)
        if opens or (alone and near[0].office is not None and length <= 12):
            one = near[0]
            return Who((one,), (one.first, one.last))
    return None


def _is_line(scene: Scene, number: int) -> bool:
    marked, sentence = scene.marked, scene.marked.sentences[number]
    verbs = (
        next(marked.of_table(table, sentence.first, sentence.end), None)
        for table in ("acts", "grants", "facts", "undertakings")
    )
    return not any(verbs) and not marked.has("speech", sentence.first, sentence.end)
