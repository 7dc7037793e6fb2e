"""The words of one language by which statements are known: tables of phrases, and its grammar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from safeconduct.errors import WrongField
from safeconduct.vocabulary.acts import Usability
from safeconduct.vocabulary.kinds import (
    ConditionKind,
    Direction,
    Means,
    Movers,
    Purpose,
    UndertakingKind,
)
from safeconduct.wire.draft import Act
from safeconduct.wire.phrases import Phrases
from safeconduct.wire.times import TimeReader
from safeconduct.wire.tokens import folded, tokens_of


class Subject(Enum):
    """Where a sentence's subject stands, seen from its verb."""

    BEFORE = "before"
    EITHER = "either"
    AFTER = "after"


GRANTS = frozenset({"announce", "guarantee", "consent", "accept"})
WORDS = frozenset(
    {
        *(
            "negation",
            "speech",
            "asked",
            "according",
            "inference",
            "pronoun",
            "first-person",
            "we",
            "by",
        ),
        *(
            "second-person",
            "preposition",
            "place-preposition",
            "be",
            "and",
            "clause",
        ),
        *("future", "may", "must", "direct", "condition", "suppose", "so-that"),
        *("about", "at-least", "at-most", "range", "range-joint", "number", "stretch"),
        *("answer-back", "proposal", "pact", "makes-pact", "plain-yes", "extension", "lacked"),
        *("area", "corridor", "not-a-name", "ambiguous", "letter-from", "letter-to", "heading"),
        *("article", "indefinite", "for-whom", "via", "from", "with", "between"),
        *(
            "relative",
            "but",
            "infinitive",
            "accuses",
            "describes",
            "thousand",
            "million",
            "auxiliary",
            "existential",
            "none",
            "noun",
            "noun-of",
            "by-pact",
            "unsettled",
            "awaits",
            "would",
            "having",
            "mutual",
            "indirect",
            "wh",
            "hearsay",
            "till-then",
            "inverted",
            "wanting",
            "unbarred",
            "hundred",
            "blamed",
            "speaks-for",
            "person",
            "thing",
            "joins",
            "tells",
            "told-to",
            "told-of",
            "behalf",
            "figures",
            "adverb",
            "called-so",
            "leads",
            "words-of",
            "believed",
            "several",
            "owns",
        ),
        *("exceptive", "turned", "of-this", "partitive"),
        *("of", "until", "that", "oblique", "instrumental", "indeclinable"),
        *("at-home", "whether", "folk", "in-view", "which-one", "to-him", "to-whom"),
        *("report-head", "greeting", "no-fighters", "no-state"),
        *(
            "commands",
            "replies",
            "urges",
            "or-so",
            "count",
            "stand-in",
            "neither",
            "retold",
            "so-did",
            "former",
            "latter",
        ),
    }
)
ROLES = frozenset(
    {"office", "body", "group", "relief", "observer", "mover", "aid", "column", "others", "local"}
    | {"force", "agency", "country", "voice", "seated", "cluster", "of-state", "relief-name"}
    | {"national", "official"}
)
FORMS = frozenset(
    {
        "as-told",
        "bare-kind",
        "beside",
        "counts",
        "definite",
        "every",
        "feast",
        "half-negation",
        "hangs",
        "honorific",
        "locally",
        "moves",
        "no-party",
        "not-a-name",
        "of-government",
        "of-whom",
        "outlet",
        "place-degree",
        "place-noun",
        "place-part",
        "place-verb",
        "settled",
        "vague-way",
        "way",
        "way-joins",
    }
)
FACTS = frozenset({"done", "deed", "not-done", "event", "state"})
_FREE: frozenset[str] | None = None


def _values(kind: type[Enum]) -> frozenset[str]:
    return frozenset(str(one.value) for one in kind)


# The tables, and the keys that each may have; None: any key.
TABLES: Mapping[str, frozenset[str] | None] = {
    "words": WORDS,
    "forms": FORMS,
    "never": frozenset({"mind"}),
    "grants": GRANTS,
    "undertakings": _values(UndertakingKind),
    "acts": (_values(Act) - GRANTS - {Act.ESTIMATE.value}) | {"silence"},
    "nouns": frozenset({Act.ANNOUNCE.value, Act.REQUEST.value, Act.DEMAND.value, Act.REJECT.value}),
    "judgements": _values(Usability),
    "facts": FACTS,
    "means": _values(Means),
    "purposes": _values(Purpose),
    "directions": _values(Direction),
    "movers": _values(Movers),
    "conditions": _values(ConditionKind),
    "units": _FREE,
    "ids": _FREE,
    "numbers": None,
    "roles": ROLES,
    "organs": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """What the rules must know of a language beside its words.

    Parameters
    ----------
    subject : where the subject of a verb stands.
    capitals : whether names of people and places begin with a capital letter.
    drops_subject : whether a verb of saying may have no subject at all ("dijo que ...").
    prefixes : what may be joined to the front of a word, so that it is the word with it or without:
        articles.
    joined : words that are written as one with the word behind them, and are cut off.
    contractions : how a word begins in which a joined word hides the beginning of the next one:
        what is written, the joined word, and how the next one would begin.
    objects : how a word with a joined article ends that is no subject right behind a verb.
    function_words : the words by which a sentence is known to be in this language.
    participles : how the words end that an auxiliary makes passive; empty: any.
    letters : letters, as they are compared, by which it is told from a language with the same
        function words.
    bare_passive : whether those words are passive without an auxiliary, too.
    oblique : how the first word of a name or a role ends in a case that no subject has.
    name_endings : the endings of cases; a surname is known without its own.
    bare_nouns : whether nouns have no article, so that "convoy" may be the one spoken of before.
    future : how a verb ends that tells what will be, in one word ("припинятиме").
    impersonal : how a verb ends by which "in Moscow they said" is told of who is in Moscow.
    clashes : a pronoun, and the articles of which none stands before whom it means; "+" are
        several together, "1" is one person.
    kind_first : whether what a party is stands before its name: "la milicia del Soto", "le front
        populaire".
    """

    subject: Subject = Subject.BEFORE
    capitals: bool = True
    drops_subject: bool = False
    prefixes: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    contractions: tuple[tuple[str, str, str], ...] = ()
    objects: tuple[str, ...] = ()
    function_words: frozenset[str] = frozenset()
    participles: tuple[str, ...] = ()
    letters: str = ""
    bare_passive: bool = False
    bare_nouns: bool = False
    oblique: tuple[str, ...] = ()
    name_endings: tuple[str, ...] = ()
    impersonal: tuple[str, ...] = ()
    clashes: tuple[tuple[str, ...], ...] = ()
    kind_first: bool = False
    future: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """The words of one language, ready to be looked for.

    Parameters
    ----------
    language : as an ISO 639-1 code.
    tables : by table and key, its phrases, in the form that `phrases.py` tells.
    times : reads what its sentences say of time.

    Raises
    ------
    WrongField : a table or key that no rule reads; when its phrases are first looked for, one
        without a word.
    """

    language: str
    grammar: Grammar
    tables: Mapping[str, Mapping[str, tuple[str, ...]]]
    times: TimeReader = field(default_factory=lambda: TimeReader({}), compare=False, repr=False)

    def __post_init__(self) -> None:
        for table, keys in self.tables.items():
            if table not in TABLES:
                raise WrongField(
                    f"The lexicon {self.language} has a table {table!r}, which no rule reads.",
                    f"Use one of {', '.join(TABLES)}.",
                )
            allowed = TABLES[table]
            for key in keys:
                if allowed is not None and key not in allowed:
                    raise WrongField(
                        f"The lexicon {self.language} has a key {table}.{key}, "
                        "which no rule reads.",
                        f"Use one of {', '.join(sorted(allowed))}.",
                    )
        for key, words in self.tables.get("forms", {}).items():
            if (more := next((one for one in words if len(tokens_of(one)) != 1), None)) is not None:
                raise WrongField(
                    f"The lexicon {self.language} has {more!r} under forms.{key}, where single "
                    "words stand.",
                    "Write one word, or a key of `words`.",
                )

    @cached_property
    def forms(self) -> Mapping[str, frozenset[str]]:
        """Its single words that rules compare with, by key, as they are compared."""
        known = self.tables.get("forms", {})
        return {key: frozenset(map(folded, words)) for key, words in known.items()}

    @cached_property
    def phrases(self) -> Phrases:
        """Its phrases, laid out for one walk along a text.

        A tenth of a second for a whole language, which few reports need more than one of.
        """
        every = (
            (table, key, phrase)
            for table, keys in self.tables.items()
            if table != "forms"
            for key, phrases in keys.items()
            for phrase in phrases
        )
        return Phrases(every, self.grammar.prefixes)
