"""A list of places that is looked for in a text: which place, of those with a name, is meant?

A name alone seldom says it: Aleppo is a governorate, a district and a subdistrict. The words beside
it are asked first ("Aleppo governorate", "Jarablus in Aleppo"). What they leave open is told as a
doubt on the place, and the id is that of the narrowest place only where it lies in all the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from safeconduct.wire.names import Place
from safeconduct.wire.phrases import Phrases
from safeconduct.wire.tokens import Token, excerpt, folded, tokens_of

__all__ = ["Kind", "Listed", "PlaceList", "Words", "forms_of"]

_PLACE, _COMMON, _KIND, _PART = "place", "common", "kind", "part"
_OWN, _COMMA = "'s", frozenset({",", "،", "("})
_SILENT = frozenset({"-", "‘", "'"})  # about names: al-Bab, ‘Afrin, Mare'
_BEGINS = frozenset('.!?:;"“”«»•')  # of a sentence
_SHORT = 3  # letters of a word that stands for other things as well
_PARTICLE = 3  # "al", "ez", "ash": written small within names
_MOST_BETWEEN = 3  # tokens between a place and the one it lies in: ", in the"
_LIST = 2  # tokens between two places of one list


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of places.

    Parameters
    ----------
    words : that say it beside a name: district, districts.
    is_unit : a part of a country, mostly called as a town in it is, and reaching further.
    is_local : known only within what it lies in; looked for in texts that name that.
    """

    name: str
    words: tuple[str, ...]
    is_unit: bool = False
    is_local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One place of a list.

    Parameters
    ----------
    name, also : what it is called; the name is shown.
    common : names that are ordinary words too; they count beside a word of a kind only.
    within : the id of the place that it lies in; empty for none.
    """

    id: str
    name: str
    kind: str
    also: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    within: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands beside names in the languages of a list.

    Parameters
    ----------
    part : words that make a name another place ("eastern", "outskirts").
    joins : words between a place and its kind, or the place that it lies in ("of", "in").
    prefixes, leading : what may be joined to the front of words; those that lead to a place.
    short : names of up to three letters that are no other words.
    """

    part: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


class _Spot(NamedTuple):
    """Where a name stands, with the words that belong to it; which places it may be.

    Parameters
    ----------
    kinds : that the words beside it say. joined : a preposition is joined to it.
    """

    first: int
    last: int
    ids: tuple[str, ...]
    kinds: frozenset[str]
    is_part: bool
    joined: bool


class PlaceList:
    """Places by their names, ready to be looked for: a `Gazetteer`.

    Parameters
    ----------
    name : of the list. places : each `within` one of them or none, in no circle.
    kinds : by name, every kind that a place has.
    """

    def __init__(
        self, name: str, places: Sequence[Listed], kinds: Mapping[str, Kind], words: Words
    ) -> None:
        self.name = name
        self._kinds = kinds
        self._places = {place.id: place for place in places}
        self._above = {place.id: frozenset(self._all_above(place)) for place in places}
        self._joins = frozenset(folded(one) for one in words.joins) | _COMMA | {_OWN}
        self._prefixes = tuple(folded(one) for one in words.prefixes)
        self._leading = tuple(folded(one) for one in words.leading)
        short = frozenset(folded(one) for one in words.short)
        every = list(self._phrases(words, short))
        self._firsts = frozenset(forms_of(phrase)[0] for _, _, phrase in every)
        if "ل" in self._leading:  # Arabic writes this preposition and the article as one
            every += [(t, k, "لل" + p[2:]) for t, k, p in every if p.startswith("ال")]
        self._index = Phrases(every, (*self._prefixes, *self._leading))

    def find(self, tokens: Sequence[Token]) -> list[Place]:
        """The places named in a text, in order, none overlapping another."""
        plain = [n for n, token in enumerate(tokens) if token.form not in _SILENT]
        kept = (tokens[n] for n in plain)
        # Asked here and not in `_bare`, since thousands of tokens need no call.
        read = [_bare(token) if "'" in token.form else token for token in kept]
        spots = self._spots(tokens, plain, read)
        if not spots:
            return []
        return [self._place(tokens, plain, spot) for spot in self._merged(read, spots)]

    # -- where names stand

    def _spots(
        self, tokens: Sequence[Token], plain: Sequence[int], read: Sequence[Token]
    ) -> list[_Spot]:
        names: dict[tuple[int, int], dict[str, bool]] = {}
        beside: list[tuple[str, str, int, int]] = []
        for table, key, first, last in self._index.find(read):
            if table in (_KIND, _PART):
                beside.append((table, key, first, last))
            else:
                held = names.setdefault((first, last), {})
                held[key] = held.get(key, True) and table == _COMMON
        named = {id for held in names.values() for id, common in held.items() if not common}
        if not names:
            return []
        # "Sheikh Saeed neighbourhood of Aleppo": a kind behind a name is that name's.
        behind = {
            one
            for one in beside
            if one[0] == _KIND and any(last + 1 == one[2] for _, last in names)
            if _has_case(read[one[2]])
        }
        found: list[_Spot] = []
        taken: set[int] = set()
        known = {n for first, last in names for n in range(first, last + 1)}
        known |= {n for _, _, first, last in beside for n in range(first, last + 1)}
        for (first, last), held in sorted(names.items(), key=lambda one: one[0][0] - one[0][1]):
            spot = range(first, last + 1)
            if taken.intersection(spot) or not _is_name(tokens, plain, first, last, known):
                continue
            begin, end, kinds, is_part = self._beside(read, beside, behind, first, last)
            ids = [id for id, common in held.items() if kinds or not common]
            ids = [id for id in ids if not self._is_unheard(id, named)]
            if ids:
                taken.update(spot)
                joined = self._is_joined(read[first].form)
                found.append(_Spot(begin, end, tuple(ids), kinds, is_part, joined))
        return sorted(found)

    def _beside(
        self,
        read: Sequence[Token],
        beside: Sequence[tuple[str, str, int, int]],
        behind: Collection[tuple[str, str, int, int]],
        first: int,
        last: int,
    ) -> tuple[int, int, frozenset[str], bool]:
        """A name with the words of kind and of part about it: from where to where, and which."""
        kinds: set[str] = set()
        is_part = False
        begin, end = first, last
        for wanted in (_KIND, _PART):
            start, stop = begin, end
            for hit in beside:
                table, key, one, other = hit
                if table != wanted:
                    continue
                if other < begin and hit not in behind and self._joined(read, other + 1, begin):
                    start = min(start, one)
                elif (one == end + 1 and (table == _PART or hit in behind)) or (
                    table == _PART and one == end + 2 and read[end + 1].form == _OWN
                ):
                    stop = max(stop, other)
                else:
                    continue
                kinds |= {key} if table == _KIND else set()
                is_part |= table == _PART
            begin, end = start, stop
        return begin, end, frozenset(kinds), is_part

    def _joined(self, read: Sequence[Token], first: int, end: int) -> bool:
        """Whether at most "of the" stands from one token to before another."""
        between = range(first, end)
        return len(between) < _MOST_BETWEEN and all(
            read[n].form in self._joins and read[n].form not in _COMMA for n in between
        )

    def _is_joined(self, form: str) -> bool:
        """Whether a preposition of place is joined to the front of a word."""
        if form in self._firsts:
            return False
        while form.startswith(self._prefixes or ("\0",)):
            form = form[1:]
        return form.startswith(self._leading or ("\0",))

    def _is_unheard(self, id: str, named: Collection[str]) -> bool:
        """Whether it is a local place, and the text names nothing that it lies in."""
        return self._kinds[self._places[id].kind].is_local and not self._above[id] & set(named)

    # -- which place is meant

    def _merged(self, read: Sequence[Token], spots: Sequence[_Spot]) -> list[_Spot]:
        """Spots, with a place and the one that it lies in as one: "Jarablus in Aleppo"."""
        merged: list[_Spot] = []
        for number, spot in enumerate(spots):
            before = merged[-1] if merged else None
            following = spots[number + 1] if number + 1 < len(spots) else None
            inner: _Spot | None = None
            if before is not None and self._are_joined(read, before, spot, following):
                inner = self._inside(before, spot) or self._inside(spot, before)
            if before is None or inner is None:
                merged.append(spot)
            else:
                first, joined = before.first, before.joined
                merged[-1] = inner._replace(first=first, last=spot.last, joined=joined)
        return merged

    def _are_joined(
        self, read: Sequence[Token], one: _Spot, other: _Spot, following: _Spot | None
    ) -> bool:
        between = [read[n].form for n in range(one.last + 1, other.first)]
        if other.first <= one.last or len(between) > _MOST_BETWEEN:
            return False
        # "Jarablus, Aleppo and Idlib" may be a list: then nothing is left out of it.
        in_list = following is not None and following.first - other.last - 1 <= _LIST
        return all(form in self._joins for form in between) and not (
            in_list and (not between or _COMMA.intersection(between))
        )

    def _inside(self, inner: _Spot, outer: _Spot) -> _Spot | None:
        """A spot with those of its places only that lie in a place of the other."""
        around = set(outer.ids)
        ids = tuple(id for id in inner.ids if self._above[id] & around)
        # A name and the same name again is no place in another: the words must differ.
        return inner._replace(ids=ids) if ids and set(inner.ids) != around else None

    def _place(self, tokens: Sequence[Token], plain: Sequence[int], spot: _Spot) -> Place:
        at = excerpt(tokens, plain[spot.first], plain[spot.last])
        said = tuple(id for id in spot.ids if self._places[id].kind in spot.kinds)
        pool = said or spot.ids
        inmost = [id for id in pool if all(o == id or o in self._above[id] for o in pool)]
        led = bool(spot.kinds) or spot.joined
        if spot.is_part:
            doubt = f"It is only a part of {self._told(pool)}, or lies beside it."
            return Place(at=at, id="", name="", gazetteer=self.name, doubt=doubt, led=led)
        if len(inmost) != 1:
            doubt = f"Several places are called so: {self._told(pool)}."
            return Place(at=at, id="", name="", gazetteer=self.name, doubt=doubt, led=led)
        chosen = self._places[inmost[0]]
        return Place(
            at=at,
            id=chosen.id,
            name=chosen.name,
            gazetteer=self.name,
            kind=chosen.kind,
            doubt=self._doubt(chosen, [id for id in pool if id != chosen.id], spot, bool(said)),
            led=led,
        )

    def _doubt(self, chosen: Listed, others: Sequence[str], spot: _Spot, said: bool) -> str:
        if others:
            return f"So are called, too: {self._told(others)}."
        if spot.kinds and not said:
            return f"No {' or '.join(sorted(spot.kinds))} of that name is in the list."
        if self._kinds[chosen.kind].is_unit and not said:
            return f'The text does not say "{chosen.kind}".'
        return ""

    def _told(self, ids: Sequence[str]) -> str:
        places = (self._places[id] for id in sorted(ids, key=lambda id: (len(id), id)))
        return ", ".join(f"{one.name} ({one.kind} {one.id})" for one in places)

    # -- the list itself

    def _all_above(self, place: Listed) -> Iterator[str]:
        while place.within:
            place = self._places[place.within]
            yield place.id

    def _phrases(self, words: Words, short: Collection[str]) -> Iterator[tuple[str, str, str]]:
        for place in self._places.values():
            common = {" ".join(forms_of(name)) for name in place.common}
            for name in (place.name, *place.also, *place.common):
                forms = forms_of(name)
                is_short = len(forms) == 1 and len(forms[0]) <= _SHORT and forms[0] not in short
                is_common = is_short or " ".join(forms) in common
                yield (_COMMON if is_common else _PLACE), place.id, " ".join(forms)
        for kind in self._kinds.values():
            for word in kind.words:
                yield _KIND, kind.name, " ".join(forms_of(word))
        for word in words.part:
            yield _PART, "", " ".join(forms_of(word))


def forms_of(name: str) -> list[str]:
    """The words of a name as they are compared: hyphens part them, apostrophes do not count."""
    return [_bare(token).form for token in tokens_of(name) if token.form not in _SILENT]


def _bare(token: Token) -> Token:
    """A token as names are compared: "Sa'eed" is "Saeed"."""
    if token.form == _OWN:
        return token
    return token._replace(form=token.form.replace("'", ""))


def _is_name(
    tokens: Sequence[Token], plain: Sequence[int], first: int, last: int, known: Collection[int]
) -> bool:
    """Whether words are written as a name, and are not a part of a longer one.

    Scripts without capitals do not tell: there it is taken for one.

    Parameters
    ----------
    known : the words of all names, kinds and parts that were found.
    """
    head, tail = tokens[plain[first]], tokens[plain[last]]
    if _has_case(tail) and not any(tokens[plain[n]].is_capital for n in range(first, last + 1)):
        return False
    if _has_case(head) and not head.is_capital and len(head.form) > _PARTICLE:
        return False
    after = plain[last] + 1
    is_hyphen = (
        after < len(tokens) and tokens[after].form == "-" and tokens[after].start == tail.end
    )
    if is_hyphen or (after < len(tokens) and tokens[after].is_capital):
        following = plain[last + 1] if last + 1 < len(plain) else after
        if last + 1 not in known or (is_hyphen and tokens[following].is_capital):
            return False  # "Aleppo Media Centre", "the Aleppo-Damascus road"
    before = plain[first] - 1
    if before < 1 or not tokens[before].is_capital or first - 1 in known:
        return True
    # Where a sentence begins a capital says nothing: "In Aleppo".
    return tokens[before - 1].form in _BEGINS


def _has_case(token: Token) -> bool:
    return token.is_word and token.form.upper() != token.form
