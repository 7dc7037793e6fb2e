"""Places by their names: which is meant, what leaves it open, and what is no place at all."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from safeconduct.adapters.files.gazetteerfile import (
    GazetteerFile,
    bundled_gazetteers,
    read_gazetteer,
)
from safeconduct.wire import Name, Names, Reading, Report
from safeconduct.wire.gazetteer import Kind, Listed, PlaceList, Words, forms_of
from safeconduct.wire.names import Place
from safeconduct.wire.read import read
from safeconduct.wire.tokens import tokens_of
from tests.unit.wire.reading import PUBLISHED, lexicons, names


@cache
def syria() -> GazetteerFile:
    return read_gazetteer(bundled_gazetteers()["syria"])


def found(text: str) -> list[tuple[str, str]]:
    """The words of each place that is found, and its id."""
    return [(place.at.of(text), place.id) for place in syria().list.find(tokens_of(text))]


def place(text: str) -> Place:
    [one] = syria().list.find(tokens_of(text))
    return one


def by(text: str, own: Names | None = None) -> Reading:
    """What is read of a text on Syria, with the gazetteer."""
    everybody = (own or Names(zone="Asia/Damascus")).over(names())
    return read(Report(text=text, published=PUBLISHED), lexicons(), everybody, (syria().list,))


def areas(text: str, own: Names | None = None) -> list[str]:
    return [one.value for draft in by(text, own).drafts for one in draft.areas]


@pytest.mark.parametrize(
    ("text", "words", "id"),
    [
        ("a pause in Aleppo governorate on Friday", "Aleppo governorate", "SY02"),
        ("in the Governorate of Aleppo", "Governorate of Aleppo", "SY02"),
        ("in Jarablus district", "Jarablus district", "SY0208"),
        ("in the district of Al-Bab", "district of Al-Bab", "SY0202"),
        ("in Al Bab sub-district", "Al Bab sub-district", "SY020200"),
        ("in A'zaz district", "A'zaz district", "SY0204"),
        ("IN IDLIB PROVINCE", "IDLIB PROVINCE", "SY07"),
        ("in Suran subdistrict, Hama governorate", "Suran subdistrict, Hama governorate",
         "SY050101"),
        ("in Aleppo's Sheikh Saeed", "Aleppo's Sheikh Saeed", "sheikh-saeed"),
        ("the Sheikh Sa’eed neighbourhood of Aleppo", "Sheikh Sa’eed neighbourhood of Aleppo",
         "sheikh-saeed"),
        ("في محافظة حلب", "محافظة حلب", "SY02"),
        ("وبمحافظة حلب", "وبمحافظة حلب", "SY02"),
        ("في منطقة الباب", "منطقة الباب", "SY0202"),
        ("في ناحية مَنْبِج", "ناحية مَنْبِج", "SY020500"),
        ("حي الشيخ سعيد بحلب", "حي الشيخ سعيد بحلب", "sheikh-saeed"),
    ],
)  # fmt: skip
def test_the_words_beside_a_name_say_which_place_it_is(text: str, words: str, id: str) -> None:
    assert found(text) == [(words, id)]
    assert place(text).doubt == ""


@pytest.mark.parametrize(
    ("text", "words", "id", "doubt"),
    [
        ("in Al-Bab", "Al-Bab", "SY020200", "Al-Bab (district SY0202)"),
        ("in Aleppo", "Aleppo", "SY020000", "Aleppo (governorate SY02)"),
        ("in the city of Aleppo", "city of Aleppo", "SY020000", "Mount Simeon (district SY0200)"),
        ("in the city of Sarin", "city of Sarin", "SY020602", "No city of that name"),
        ("in Douma", "Douma", "SY030200", "Douma (district SY0302)"),
        ("in Sweida", "Sweida", "SY130000", "As-Suwayda (governorate SY13)"),
        ("in Sarin", "Sarin", "SY020602", 'does not say "subdistrict"'),
        ("في حلب", "حلب", "SY020000", "Aleppo (governorate SY02)"),
        ("ولحلب", "ولحلب", "SY020000", "Aleppo (governorate SY02)"),
        ("في مدينة الباب", "مدينة الباب", "SY020200", "Al-Bab (district SY0202)"),
        ("in Suran", "Suran", "", "Suran (subdistrict SY020405), Suran (subdistrict SY050101)"),
        ("in Suran subdistrict", "Suran subdistrict", "", "Several places"),
        ("in eastern Aleppo", "eastern Aleppo", "", "only a part of Aleppo"),
        ("on the outskirts of Al-Bab", "outskirts of Al-Bab", "", "only a part"),
        ("in Aleppo's countryside", "Aleppo's countryside", "", "only a part"),
        ("في حلب الشرقية", "حلب الشرقية", "", "only a part"),
        ("في ريف حلب", "ريف حلب", "", "only a part"),
    ],
)
def test_what_the_words_leave_open_is_told(text: str, words: str, id: str, doubt: str) -> None:
    assert found(text) == [(words, id)]
    assert doubt in place(text).doubt


@pytest.mark.parametrize(
    "text",
    [
        "they fell into a hole near the mare",
        "in the Hole",
        "in the State Duma",
        "the Aleppo Media Centre said",
        "in New Al-Bab",
        "in aleppo and in idlib",
        "in Sheikh Saeed",  # of Aleppo, which the text does not name
        "من الباب",  # out of the door
        "في تشرين الثاني",  # in November
        "المظاهرات السلمية والثورة",  # peaceful demonstrations, and the revolution
        "لتدمر",  # so that it destroys
        "لملح",  # for salt
    ],
)
def test_words_that_are_no_names_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_list_of_places_is_no_place_within_another() -> None:
    assert found("in Jarablus, Aleppo and Idlib") == [
        ("Jarablus", "SY020800"),
        ("Aleppo", "SY020000"),
        ("Idlib", "SY070000"),
    ]


def test_a_preposition_that_is_joined_leads_to_a_place_and_a_conjunction_does_not() -> None:
    assert place("بحلب").led and place("ولحلب").led and place("محافظة حلب").led
    assert not place("وحلب").led and not place("حلب").led


def sentences(one: Listed) -> list[tuple[str, str]]:
    """Each name of a place in a sentence that says its kind, and what it says around it."""
    kind = syria_kinds()[one.kind]
    english, arabic = kind.words[0], kind.words[-1 if kind.name != "neighbourhood" else -2]
    told = []
    around = {"neighbourhood": ("Aleppo", "حلب")}.get(one.kind, ("", ""))
    for name in dict.fromkeys((one.name, *one.also, *one.common)):
        if any("\u0600" <= c <= "\u06ff" for c in name):
            told.append((f"وقف القصف في {arabic} {name} {around[1]} اليوم", name))
        else:
            where = f" of {around[0]}" if around[0] else ""
            shown = name[0].upper() + name[1:]
            told.append((f"They stop the fire in {shown} {english}{where} today.", shown))
    return told


@cache
def syria_kinds() -> dict[str, Kind]:
    text = bundled_gazetteers()["syria"].read_text("utf-8").splitlines()
    lines = [one.split(": ", 1) for one in text if one.startswith(("# unit", "# local", "# kind"))]
    return {
        head.split()[-1]: Kind(name=head.split()[-1], words=tuple(said.split("; ")))
        for head, said in lines
    }


@pytest.mark.parametrize("kind", ["governorate", "district", "subdistrict", "neighbourhood"])
def test_every_name_is_found_as_itself_in_a_sentence(kind: str) -> None:
    every = [one for one in syria().places if one.kind == kind]
    shared: dict[str, set[str]] = {}
    for one in every:
        for _, name in sentences(one):
            shared.setdefault(key(name), set()).add(one.id)
    missed = []
    for one in every:
        for text, name in sentences(one):
            places = syria().list.find(tokens_of(text))
            hit = [place for place in places if key(name) in key(place.at.of(text))]
            alone = len(shared[key(name)]) == 1
            sure = bool(hit) and (hit[0].id, hit[0].doubt) == (one.id, "")
            told = bool(hit) and not hit[0].id and one.id in hit[0].doubt
            if not (sure if alone else told):
                missed.append((one.id, text, places))
    assert every
    assert missed == []


def key(name: str) -> str:
    return " ".join(forms_of(name))


# -- with the reader

OFFER = "The Syrian government said it would let aid trucks pass through {} on Friday."


def test_an_area_gets_the_id_and_its_words_are_exact() -> None:
    text = OFFER.format("Jarablus district and Idlib province")
    reading = by(text)
    fields = reading.drafts[0].areas
    assert [(one.value, one.at[0].of(text)) for one in fields] == [
        ("SY0208", "Jarablus district"),
        ("SY07", "Idlib province"),
    ]
    assert [place.id for place in reading.places] == ["SY0208", "SY07"]
    assert reading.place_of(fields[0]) == reading.places[0]


def test_what_is_no_one_place_stays_its_words() -> None:
    assert areas(OFFER.format("eastern Aleppo")) == ["eastern Aleppo"]
    assert areas(OFFER.format("Suran")) == ["Suran"]


def test_the_names_of_the_case_win() -> None:
    own = Names(zone="Asia/Damascus", areas=(Name(id="the-town", called=("Al-Bab",)),))
    reading = by(OFFER.format("Al-Bab"), own)
    assert reading.drafts[0].areas[0].value == "the-town"
    assert reading.places == ()


def test_a_name_of_an_actor_is_no_place_and_what_is_said_stays_the_same() -> None:
    own = Names(actors=(Name(id="council", called=("Aleppo Council",)),))
    text = "The Aleppo Council said it would let aid trucks pass on Friday."
    assert [(one.actor.value, one.areas) for one in by(text, own).drafts] == [("council", ())]
    # A capital that speaks is its government.
    told = "Damascus said it would let aid trucks pass on Friday."
    assert by(told).places == ()


@pytest.mark.parametrize("words", ["Jarablus district", "eastern Aleppo", "Idlib", "Suran"])
def test_a_gazetteer_changes_nothing_but_areas(words: str) -> None:
    text = OFFER.format(words)
    report = Report(text=text, published=PUBLISHED)
    plain = read(report, lexicons(), Names(zone="Asia/Damascus").over(names()))
    found = by(text)
    assert [replace(one, areas=()) for one in found.drafts] == [
        replace(one, areas=()) for one in plain.drafts
    ]
    assert all(one.areas for one in plain.drafts)


def test_of_two_gazetteers_the_first_counts() -> None:
    kinds = {"camp": Kind(name="camp", words=("camp",))}
    other = PlaceList("ours", [Listed(id="c1", name="Jarablus", kind="camp")], kinds, Words())
    text = OFFER.format("Jarablus")
    report = Report(text=text, published=PUBLISHED)
    reading = read(report, lexicons(), names(), (other, syria().list))
    assert [(one.id, one.gazetteer, one.doubt) for one in reading.places] == [("c1", "ours", "")]
