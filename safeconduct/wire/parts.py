"""Of which parts can a mention be made: names, offices, organs, groups, words with a capital?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safeconduct.wire.actors import ADJECTIVE, AREA, BODY, CALLED, CAPITAL, PERSON, index_of
from safeconduct.wire.marked import Marked
from safeconduct.wire.phrases import Hit
from safeconduct.wire.tokens import Token
from safeconduct.wire.uncapped import persons

_KINDS = {
    CALLED: "actor",
    BODY: "organ",
    CAPITAL: "capital",
    AREA: "place",
}
_PARTICLES = frozenset(
    {"de", "al", "von", "van", "bin", "ibn", "el", "da", "der", "la", "le"}
    | {
        "аль",
        "эль",
        "ель",
        "ан",
        "ар",
        "ас",
        "ат",
        "аз",
        "аш",
        "ад",
        "бин",
        "бен",
        "ибн",
        "де",
        "фон",
    }
)

_ARABIC = frozenset({"al", "el", "abu", "ibn", "bin", "ben"})
_POINTING = ("force", "agency", "country")
_ROLES = (*_POINTING, "others", "office", "body", "group", "relief", "observer", "cluster")
_OF_RELIEF = ("cluster", "relief-name")
_ALL = 99
_LONGEST_LABEL = 4
_SHORT = 3


@dataclass(slots=True)
class Part:
    """Tokens `first` to `last`, and what they are.

    Parameters
    ----------
    kind : actor, adjective (of one), organ, capital, place; office, body, group, relief, observer,
        others; name; force, agency, country: what only points back ("the group").
    id : of a known actor or place.
    """

    kind: str
    first: int
    last: int
    id: str = ""


def parts_of(marked: Marked, names: Sequence[Hit]) -> list[Part]:
    """Everything that can be a part of a mention, in order; none overlaps another."""
    taken: dict[int, Part] = {}

    def take(kind: str, first: int, last: int, of: str = "") -> None:
        if _is_in_compound(marked, last):
            return
        if not any(n in taken for n in range(first, last + 1)):
            part = Part(kind, first, last, of)
            taken.update(dict.fromkeys(range(first, last + 1), part))

    adjectives = [hit for hit in names if hit.table == ADJECTIVE]
    for hit in names:
        if hit.table in (ADJECTIVE, PERSON) or _is_article(marked, hit) or _is_half(marked, hit):
            continue
        take(_KINDS[hit.table], hit.first, hit.last, hit.key)
    total = len(marked.tokens)
    roles = [hit for key in _ROLES for hit in marked.of("roles", key, 0, total)]
    articles = marked.forms("article")
    roles += [
        hit
        for hit in marked.of("roles", "relief-name", 0, total)
        if hit.first
        and marked.tokens[hit.first].is_capital
        and marked.tokens[hit.first - 1].is_capital
        and marked.tokens[hit.first - 1].form not in marked.forms("article")
    ]
    roles = [hit for hit in roles if not (hit.key in _POINTING and _goes_on(marked, hit.last + 1))]
    for hit in sorted(roles, key=lambda one: _words(marked, one, articles), reverse=True):
        last = hit.last
        if hit.key == "office":
            last = _office_end(marked, hit, set(taken))
        if last >= hit.first:
            take("relief" if hit.key in _OF_RELIEF else hit.key, hit.first, last)
    for first, last in _capital_runs(marked, taken):
        if first != last or not _is_of_many(marked, first):
            take("name", first, last)
    for hit in adjectives:  # behind the roles: "the UN envoy" may be one in a list
        take("adjective", hit.first, hit.last, hit.key)
    surnames = {hit.first: hit.last for hit in names if hit.table == PERSON}
    for first, last in persons(marked, set(taken), surnames):
        take("name", first, last)
    unique = {id(part): part for part in taken.values()}
    found = sorted(unique.values(), key=lambda part: part.first)
    return [one for one in found if not _only_leads(marked, one, taken)]


def _only_leads(marked: Marked, part: Part, taken: Mapping[int, Part]) -> bool:
    """Whether a group is only "those of" another one: "los de la ONU", "los del control"."""
    if part.kind != "group" or marked.tokens[part.last].form not in marked.forms("noun-of"):
        return False
    after = part.last + 1
    after += after < len(marked.tokens) and marked.at("article", after)
    return after in taken and taken[after].kind != "name"


def _office_end(marked: Marked, hit: Hit, taken: set[int]) -> int:
    """Where an office ends: before an organ whose name is its end ("jefe del" the Russian staff),
    or with the adjective behind it ("portavoz militar").
    """
    last = next((n - 1 for n in range(hit.first, hit.last + 1) if n in taken), hit.last)
    if last < hit.last:
        while last >= hit.first and (
            marked.at("article", last) or marked.tokens[last].form in marked.forms("of-whom")
        ):
            last -= 1
        return last
    after = last + 1
    named = after < len(marked.tokens) and not marked.tokens[after].is_capital
    return after if named and after not in taken and marked.at("which-one", after) else last


def _goes_on(marked: Marked, after: int) -> bool:
    """Whether a name follows where kinds stand first: "el movimiento del Soto" points to nobody."""
    if after + 1 >= len(marked.tokens) or not marked.grammar(after).kind_first:
        return False
    of = marked.tokens[after].form in marked.forms("noun-of")
    name = after + of + (of and marked.at("article", after + of))
    return marked.at("which-one", after) or marked.tokens[name].is_capital


def _is_in_compound(marked: Marked, last: int) -> bool:
    """Whether a hyphen joins a name to a small word: "UN-brokered", "government-held"."""
    tokens = marked.tokens
    return (
        last + 2 < len(tokens)
        and tokens[last + 1].form == "-"
        and tokens[last].end == tokens[last + 1].start
        and tokens[last + 1].end == tokens[last + 2].start
        and not tokens[last + 2].is_capital
        and tokens[last + 2].is_word
    )


def _is_article(marked: Marked, hit: Hit) -> bool:
    """Whether a name is an article that begins a sentence: French "Un", which is not "UN"."""
    article = hit.first == hit.last and marked.at("article", hit.first)
    return article and not marked.text(hit.first, hit.last).isupper()


def _is_half(marked: Marked, hit: Hit) -> bool:
    """Whether initials are the first half of a name with a hyphen: "Es-Sifra" is not "ES"."""
    tokens, after = marked.tokens, hit.last + 1
    short = hit.first == hit.last and tokens[hit.first].end - tokens[hit.first].start <= _SHORT
    joined = after < len(tokens) and tokens[after].form == "-"
    return short and joined and not marked.text(hit.first, hit.last).isupper()


def _words(marked: Marked, hit: Hit, articles: frozenset[str]) -> int:
    """How many words a role has, so that the longest wins; an article counts for nothing.

    What only points back ("the group") goes first: its article is what makes it so.
    """
    if hit.key in _POINTING:
        return _ALL
    return hit.last - hit.first + 1 - (marked.tokens[hit.first].form in articles)


def _capital_runs(marked: Marked, taken: dict[int, Part]) -> list[tuple[int, int]]:
    """Runs of words with capitals that are no known words."""
    tokens = marked.tokens
    plain = marked.spots("not-a-name")
    begins = {sentence.first for sentence in marked.sentences}
    begins |= {n + 1 for n, token in enumerate(tokens) if token.form in '"“«:•-–/)'}
    small = {token.form for token in tokens if token.is_word and not token.is_capital}
    runs: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        lexicon = marked.lexicons[marked.sentence(index)] if token.is_capital else None
        begin_word = index in begins and (token.form in small or index in marked.covered)
        if _is_particle(tokens, index) and index not in taken and index + 2 not in taken:
            runs.append((index, index + 2))
            index += 3
            continue
        article = _is_arabic_article(tokens, index) and index not in taken
        if article and not {index + 1} & (set(taken) | plain) and index + 1 not in marked.covered:
            plain = plain - {index}  # "Al Zaatari", where "al" is a word of the language
        if (
            not token.is_capital
            or index in taken
            or index in plain
            or begin_word
            or (token.is_shouted and not _is_label(marked, index, begins))
            or (lexicon is not None and not lexicon.grammar.capitals)
        ):
            index += 1
            continue
        last = index
        while last + 1 < len(tokens):
            after = tokens[last + 1]
            if after.is_capital and last + 1 not in taken and last + 1 not in plain:
                last += 1
            elif (
                last + 2 < len(tokens)
                and after.form == "."
                and len(tokens[last].form) == 1
                and tokens[last + 2].is_capital
                and last + 2 not in taken
            ):
                last += 2  # T. Rawle
            elif (
                last + 2 < len(tokens)
                and (after.form in _PARTICLES or after.form == "-")
                and tokens[last + 2].is_capital
                and last + 2 not in taken
            ):
                last += 2
            elif (
                last + 3 < len(tokens)
                and after.form in _PARTICLES
                and tokens[last + 2].form == "-"
                and tokens[last + 3].is_capital
            ):
                last += 3  # Ali al-Za'tari
            else:
                break
        letter = index == last and len(token.form) == 1  # "Q:", "A."
        plain_word = index == last and index in begins and _opens_plainly(marked, index, taken)
        if not letter and not plain_word:
            runs.append((index, last))
        index = last + 1
    return runs


def _is_of_many(marked: Marked, index: int) -> bool:
    """Whether the verb behind a word that opens its sentence is of many: then it names nobody.

    "The drivers waited" has in some languages no article to tell a noun from a name.
    """
    endings, after = marked.grammar(index).impersonal, index + 1
    if after < len(marked.tokens) and marked.at("negation", after):
        after += 1
    opens = marked.sentences[marked.sentence(index)].first == index
    if not endings or not opens or after >= len(marked.tokens):
        return False
    token = marked.tokens[after]
    return token.is_word and not token.is_capital and token.form.endswith(endings)


def _is_label(marked: Marked, index: int, begins: set[int]) -> bool:
    """Whether words in capitals name who speaks: "MARSH: ...", "ILENA MARSH (spokeswoman):"."""
    tokens, last = marked.tokens, index
    titled = index > 1 and tokens[index - 1].form == "." and index - 2 in begins  # "Mr. ABELO:"
    if index not in begins and not titled:
        return False
    while last + 1 < len(tokens) and tokens[last + 1].is_capital and last - index < _LONGEST_LABEL:
        last += 1
    return last + 1 < len(tokens) and tokens[last + 1].form in (":", "(")


def _is_particle(tokens: Sequence[Token], index: int) -> bool:
    """Whether a name begins here with a small particle and a hyphen: "al-Jubeir"."""
    return (
        tokens[index].form in _PARTICLES
        and index + 2 < len(tokens)
        and tokens[index + 1].form == "-"
        and tokens[index + 2].is_capital
        and tokens[index].end == tokens[index + 1].start
    )


def _is_arabic_article(tokens: Sequence[Token], index: int) -> bool:
    """Whether "Al" with a capital stands before a capital."""
    token = tokens[index]
    if not token.is_capital or token.form not in _ARABIC or index + 1 >= len(tokens):
        return False
    return tokens[index + 1].is_capital and not tokens[index + 1].is_shouted


def _is_known(marked: Marked, index: int) -> bool:
    """Whether a word is the surname of somebody whom the names hold, in whichever case."""
    lexicon = marked.lexicons[marked.sentence(index)]
    people = index_of(marked.names, lexicon.grammar.prefixes if lexicon else ())
    return people.person(marked.surname(index), marked.grammar(index).name_endings) is not None


def _opens_plainly(marked: Marked, index: int, taken: Mapping[int, Part]) -> bool:
    """Whether a word with the capital of its sentence is plain: no verb stands behind it.

    "Back in March", "Speaking to reporters"; a name is followed by a verb, a sign, "and" or "of".
    """
    after = index + 1
    if after >= len(marked.tokens) or not marked.tokens[after].is_word:
        return False
    if next(marked.of("roles", "local", after, after + _LONGEST_LABEL), None) is not None:
        return False  # "Ruhl city council"
    if marked.tokens[after].is_capital and (after in taken or not marked.at("not-a-name", after)):
        return False
    if marked.grammar(index).name_endings and _is_known(marked, index):
        return False
    keys = (
        "speech",
        "tells",
        "auxiliary",
        "be",
        "future",
        "may",
        "must",
        "negation",
        "and",
        "relative",
    )
    if any(marked.at(key, after) for key in keys) or marked.tokens[after].form == "of":
        return False
    return not any(
        hit.first == after
        for table in ("acts", "grants", "judgements")
        for hit in marked.of_table(table, after, after + 9)
    )
