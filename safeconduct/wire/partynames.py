"""Which party is named that no list knows, and what is its id?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from safeconduct.wire.clauses import is_verbal
from safeconduct.wire.marked import Marked
from safeconduct.wire.mentions import Mention, Mentions
from safeconduct.wire.parts import Part

_SMALL = frozenset(
    {"article", "preposition", "describes", "negation", "pronoun", "first-person", "clause"}
    | {"number", "owns", "adverb", "about", "at-least", "several"}
)
_MOST_LETTERS = 6  # of the initials that stand for a party


def names_before(chunk: Sequence[Part], part: Part) -> list[Part]:
    """The names right before a part."""
    return [one for one in chunk if one.kind == "name" and one.last < part.first]


def kind_behind(marked: Marked, chunk: Sequence[Part], known: Part) -> str | None:
    """The party whose name stands right before what it is: "the Fastaqim rebel group"."""
    name = next((one for one in chunk if one.kind == "name" and one.last + 1 == known.first), None)
    if name is None or known.kind != "actor" or marked.tokens[known.first].is_capital:
        return None
    return id_of(marked, name.first, name.last)


def kind_before(marked: Marked, chunk: Sequence[Part], known: Part) -> str | None:
    """The party whose name stands right behind what it is: "le groupe rebelle Fastaqim"."""
    name = next((one for one in chunk if one.kind == "name" and known.last + 1 == one.first), None)
    group = any(one.kind == "group" and one.last < known.first for one in chunk)
    if name is None or known.kind != "actor" or not group:
        return None
    return None if marked.tokens[known.first].is_capital else id_of(marked, name.first, name.last)


def owned_by(marked: Marked, chunk: Sequence[Part], found: Mentions) -> Mention | None:
    """The party, named before, whose organ it is: "the Column's bureau"."""
    for one in chunk:
        owns = one is not chunk[-1] and marked.tokens[one.last + 1].form in ("'s", "'")
        if one.kind == "name" and owns:
            return found.parties.get(marked.tokens[one.last].form)
    return None


def of_country(marked: Marked, chunk: Sequence[Part]) -> str | None:
    """The government or army of a country that no list knows: "the Government of Velmora"."""
    for one, other in pairwise(chunk):
        gap = [token.form for token in marked.tokens[one.last + 1 : other.first]]
        if one.kind == "name" and other.kind == "body" and gap in ([], ["'s"], ["'"]):
            name, body = one, other
        elif one.kind == "body" and other.kind == "name" and gap[:1] == ["of"]:
            name, body = other, one
        else:
            continue
        if next(marked.of("roles", "national", body.first, body.last + 1), None) is None:
            continue
        slug, head = id_of(marked, name.first, name.last), marked.tokens[body.last].form
        return f"{slug}-{head}" if slug else None
    return None


def sender(marked: Marked, chunk: Sequence[Part]) -> tuple[str, tuple[int, int]] | None:
    """A party that is named only by whom it sends: "a spokesman for Fastaqim", "Tarrow's envoy"."""
    for one, other in pairwise(chunk):
        gap = [token.form for token in marked.tokens[one.last + 1 : other.first]]
        owned = gap in ([], ["'s"], ["'"]) and one.kind == "name"
        spoken = bool(gap) and other.kind == "name" and gap[0] in marked.forms("speaks-for")
        voice, name = (other, one) if owned else (one, other)
        if (owned or spoken) and next(
            marked.of("roles", "voice", voice.first, voice.last + 1), None
        ):
            slug = id_of(marked, name.first, name.last)
            return (slug, (name.first, name.last)) if slug else None
    return None


def of_town(marked: Marked, chunk: Sequence[Part]) -> str | None:
    """The council of a town that its organ or its mayor is named with."""
    names = [one for one in chunk if one.kind == "name"]
    for name in names:
        local = next(marked.of("roles", "local", chunk[0].first, chunk[-1].last + 1), None)
        near = local is not None and (
            local.first <= name.last + 2
            if name.first < local.first
            else marked.tokens[local.last + 1].form in marked.forms("of-whom")
            and name.first - local.last <= 3
        )
        if near and local is not None and (slug := id_of(marked, name.first, name.last)):
            return f"{slug}-{town_head(marked, local.first, local.last)}"
    return None


def town_head(marked: Marked, first: int, last: int) -> str:
    """What ends the id of a town's organ: its own last word; of a person, the council's."""
    if next(marked.of("roles", "office", first, last + 1), None) is not None:
        return "council"
    return marked.tokens[last].form


def named_relief(marked: Marked, chunk: Sequence[Part]) -> tuple[str, tuple[int, int]] | None:
    """A relief organisation by a name of its own: "Harbour Relief"."""
    part = next(one for one in chunk if one.kind == "relief")
    if next(marked.of("roles", "cluster", part.first, part.last + 1), None) is not None:
        named = names_before(chunk, part)
        word = named[0].first if named else _described(marked, part)
        definite = part.first and marked.tokens[part.first - 1].form in marked.forms("definite")
        word = part.first if word is None and definite else word
        if word is not None and (slug := id_of(marked, word, part.last)):
            return slug, (word, part.last)
    names = [one for one in chunk if one.kind == "name" and one.last + 1 == part.first]
    if not names or not marked.tokens[part.last].is_capital:
        return None
    slug = id_of(marked, names[0].first, part.last)
    return (slug, (names[0].first, part.last)) if slug else None


def is_party(marked: Marked, name: Part) -> bool:
    """Whether a name that no list knows is a party's: initials, or "the" before, a verb after."""
    text = marked.text(name.first, name.last)
    after = name.last + 1
    following = marked.tokens[after].form if after < len(marked.tokens) else ""
    letters = sum(map(str.isalpha, text))
    if name.first == name.last and text.isupper() and 1 < letters <= _MOST_LETTERS:
        beside = (name.first - 1, after)
        shouts = any(
            0 <= n < len(marked.tokens)
            and marked.tokens[n].is_capital
            and marked.text(n, n).isupper()
            for n in beside
        )
        return following not in (":", "(") and not shouts  # "GAPS: ...", "OPERATIONS LOG"
    if _is_its(marked, name):
        return True
    before = name.first - 1
    if before < 0 or marked.tokens[before].form not in marked.forms("definite"):
        return False
    if marked.at("preposition", before - 1):
        return False  # "the guns on the Saddle must ..."
    if marked.tokens[name.last].form in marked.forms("place-noun"):
        return False  # "the Tannery Gate is open"
    return following == "?" or (following != "" and is_verbal(marked, after))


def is_outlet(marked: Marked, name: Part) -> bool:
    """Whether a name is a paper's or a station's: "Radio Tesh", "the Anshar Gazette"."""
    outlet = marked.forms("outlet")
    return name.last > name.first and any(
        marked.tokens[n].form in outlet for n in (name.first, name.last)
    )


def _is_its(marked: Marked, name: Part) -> bool:
    """Whether a name at the head of its sentence has an "its": "Fastaqim gave its answer"."""
    sentence = marked.sentences[marked.sentence(name.first)]
    if name.first != sentence.first or not is_verbal(marked, name.last + 1):
        return False
    for index in range(name.last + 1, sentence.end):
        if marked.at("person", index) or marked.tokens[index].form in ("his", "her"):
            return False
        if marked.tokens[index].form == "its":
            return True
        if marked.tokens[index].is_capital:
            return False
    return False


def id_of(marked: Marked, first: int, last: int) -> str | None:
    """An id of the words of a name; None where they are not written in Latin letters."""
    forms = [token.form for token in marked.tokens[first : last + 1] if token.is_word]
    slug = "-".join("".join(c for c in form if c.isalnum()) for form in forms)
    return slug if slug.isascii() and slug else None


def is_named(marked: Marked, chunk: Sequence[Part], part: Part) -> bool:
    """Whether an organ has a name of its own: "the Hill Army", "the Council of the Two Rivers"."""
    kind_first = marked.grammar(part.first).kind_first
    if part.kind != "body" or not (kind_first or marked.tokens[part.first].is_capital):
        return False
    if kind_first and _told_behind(marked, chunk, part) is not None:
        return True
    own = marked.tokens[part.first - 1].form in ("'", "'s") if part.first else False
    before = next((one for one in chunk if one.last == part.first - 1 - own), None)
    after = next((one for one in chunk if one.first > part.last), None)
    return (before is not None and before.kind == "name") or (
        after is not None
        and after.kind == "name"
        and part is chunk[0]
        and marked.tokens[part.last + 1].form in marked.forms("of-whom")
        and next(marked.of("roles", "local", part.first, part.last + 1), None) is None
    )


def own_name(
    marked: Marked, chunk: Sequence[Part], group: Part
) -> tuple[str, tuple[int, int]] | None:
    """The id of a group that nobody knows, from the words before it: "the northern command"."""
    if marked.grammar(group.first).kind_first:
        return _kind_and_name(marked, chunk, group)
    before = names_before(chunk, group)
    first = before[0].first if before else group.first
    last = group.last
    if marked.tokens[group.first].is_capital:
        first = _capitals_before(marked, first)
    if first == group.first:
        after = next((one for one in chunk if one.kind == "name" and one.first > last), None)
        if _is_lettered(marked, last):
            return id_of(marked, first, last + 1) or "", (first, last + 1)
        if (
            after is not None
            and marked.tokens[group.first].is_capital
            and marked.tokens[last + 1].form in marked.forms("of-whom")
        ):
            last = after.last  # "the Council of the Two Rivers"
        elif (word := _described(marked, group)) is not None:
            first = word
        else:
            return None
    named = marked.tokens[first].is_capital and not marked.tokens[last].is_capital
    if named and first < last and marked.tokens[last].form in marked.forms("bare-kind"):
        slug = id_of(marked, first, last - 1)  # "the Fastaqim group"
    else:
        slug = id_of(marked, first, last)
    return (slug, (first, last)) if slug else None


def _kind_and_name(
    marked: Marked, chunk: Sequence[Part], group: Part
) -> tuple[str, tuple[int, int]] | None:
    """The same where the kind stands first: "la milicia del Soto", "el Frente Fluvial"."""
    last = _told_behind(marked, chunk, group)
    if last is None:
        return None
    first = group.first
    of_ends = marked.tokens[group.last].form in marked.forms("noun-of")
    while not of_ends and first < group.last and marked.at("article", first):
        first += 1
    bare = group.first == group.last and marked.tokens[first].form in marked.forms("bare-kind")
    if bare and marked.tokens[first + 1].is_capital:
        first += 1  # "el grupo Fastaqim"
    slug = id_of(marked, first, last)
    return (slug, (first, last)) if slug else None


def _told_behind(marked: Marked, chunk: Sequence[Part], part: Part) -> int | None:
    """Where what tells which party it is ends, behind the word for its kind."""
    after, end = part.last + 1, marked.sentences[marked.sentence(part.first)].end
    if after >= end:
        return None
    if marked.at("which-one", after):
        return after
    other = [one for one in chunk if one.kind not in ("name", "place")]
    name = next((one for one in chunk if one.kind == "name" and one.first == after), None)
    if name is not None:
        return name.last
    of_ends = part.last > part.first and marked.tokens[part.last].form in marked.forms("noun-of")
    after = part.last if of_ends else after  # "los de la Cordillera"
    of = marked.tokens[after].form in marked.forms("noun-of")
    first = after + 1 + (of and after + 1 < end and marked.at("article", after + 1))
    if not of or first >= end or any(one.first <= first <= one.last for one in other):
        return None
    if not marked.tokens[first].is_capital:
        return first if _is_plain_noun(marked, part, first) else None
    last = first
    while last + 1 < end and marked.tokens[last + 1].is_capital:
        last += 1
    return last


def _is_plain_noun(marked: Marked, part: Part, index: int) -> bool:
    """Whether a word that no rule knows tells which party it is: "la guarnición del castillo"."""
    kind = marked.tokens[part.last].form
    return (
        part.kind == "group"
        and kind not in marked.forms("no-party") | marked.forms("bare-kind")
        and marked.tokens[index].is_word
        and index not in marked.covered
        and not marked.at("area", index)
        and not marked.at("not-a-name", index)
        and (
            kind in marked.forms("noun-of")
            or (part.first > 0 and marked.tokens[part.first - 1].form in marked.forms("definite"))
        )
    )


def _is_lettered(marked: Marked, last: int) -> bool:
    """Whether one capital letter tells which: "Command A"."""
    if last + 1 >= len(marked.tokens) or not marked.tokens[last].is_capital:
        return False
    after = marked.text(last + 1, last + 1)
    return len(after) == 1 and after.isupper()


def _capitals_before(marked: Marked, first: int) -> int:
    """Where the capitals begin before a name, plain words among them: "the Third Corps"."""
    begin = marked.sentences[marked.sentence(first)].first
    while (
        first > begin
        and marked.tokens[first - 1].is_capital
        and marked.tokens[first - 1].form not in marked.forms("article")
        and first - 1 != begin
    ):
        first -= 1
    return first


def opens_bare(marked: Marked, group: Part) -> bool:
    """Whether a sentence begins with a group, without an article: "Border troops sealed it"."""
    word = group.first - 1
    begins = marked.sentences[marked.sentence(group.first)].first == word
    token = marked.tokens[word]
    return (
        begins
        and token.is_word
        and token.is_capital
        and marked.tokens[group.last].form.endswith("s")
        and not marked.tokens[group.first].is_capital
        and word not in marked.covered
        and not any(marked.at(key, word) for key in _SMALL)
    )


def _described(marked: Marked, group: Part) -> int | None:
    """The word that tells which group, behind an article: "the northern command"."""
    word = group.first - 1
    token = marked.tokens[word] if word >= 0 else None
    articles = marked.forms("article")
    if token is not None and opens_bare(marked, group):
        return word
    if token is None or not token.is_word or token.form in articles or token.is_capital:
        return None
    article = marked.tokens[word - 1] if word else None
    if article is None or marked.at("negation", word):
        return None
    if article.form not in articles and article.form != "(":
        return None
    if word in marked.covered and not marked.at("area", word):
        return None
    return word
