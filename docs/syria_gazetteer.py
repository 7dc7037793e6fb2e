"""Writes the gazetteer of Syria that comes with the package, from the lists that it is made of.

    python docs/syria_gazetteer.py FOLDER

FOLDER holds `governorates.json`, `districts.json` and `subdistricts.json` of
Open-Syria/data-geography and `aleppo-neighbourhoods.geojson` of
CenterForSpatialResearch/aleppo_test. A test holds the file to what this would write, where that
material is there.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from safeconduct.roads.sources.names import slug  # noqa: E402  # the path first
from safeconduct.wire.gazetteer import forms_of  # noqa: E402  # the path first

WRITTEN = ROOT / "safeconduct" / "wire" / "gazetteers" / "syria.csv"

HEAD = """\
# name: syria
# zones: Asia/Damascus
# source: Governorates, districts and subdistricts: Open-Syria/data-geography (commit bebd183c), \
from UN OCHA and geoBoundaries (CC BY 3.0 IGO), GeoNames (CC BY 4.0) and Wikidata (CC0)
# licence: Of these: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/
# source: Aleppo's neighbourhoods: CenterForSpatialResearch/aleppo_test (commit 3f750b94), \
Columbia Center for Spatial Research
# licence: Of these: MIT, Copyright (c) 2019 Columbia Center for Spatial Research; \
see LICENCE-syria.txt beside this file
# note: Changed: one spelling for each way of reading, names that are ordinary words set apart, \
names of regions that are no one place left out, further spellings of the press added; drawn by \
docs/syria_gazetteer.py
# unit governorate: governorate; province; muhafazah; محافظة
# unit district: district; mantiqa; منطقة
# unit subdistrict: subdistrict; sub-district; nahiya; nahiyah; ناحية
# local neighbourhood: neighbourhood; neighborhood; quarter; district; area; suburb; حي; منطقة
# kind city: city; town; village; مدينة; بلدة; قرية
# part: east; eastern; west; western; north; northern; south; southern; central; rural; greater; \
northeastern; northwestern; southeastern; southwestern; north-eastern; north-western; \
south-eastern; south-western; countryside; outskirts; suburbs; parts; part; edge; half; districts; \
neighbourhoods; neighborhoods; quarters; areas; villages; towns; near; around; outside; \
surroundings; road; roads; road to; highway; airport; airbase; university; شرق; شرقي; شمال; شمالي; \
غرب; غربي; جنوب; جنوبي; وسط; ريف; قرب; محيط; ضواحي; أطراف; أحياء; أجزاء; طريق; مطار; جامعة; \
الشرقية; الشرقي; الغربية; الغربي; الشمالية; الشمالي; الجنوبية; الجنوبي
# joins: of; in; the; في
# prefixes: و; ف
# leading: ب; ل
# short: حلب; حمص
"""

COLUMNS = ("id", "name", "also", "common", "kind", "within", "latitude", "longitude")

# Further spellings of the press, and what a unit is called by its town, by id.
PRESS = {
    "SY03": "Rural Damascus; Rif Damascus; Reef Damascus",
    "SY0200": "Aleppo; حلب",
    "SY020000": "Aleppo; حلب",
    "SY0202": "al-Bab",
    "SY020200": "al-Bab",
    "SY0405": "Palmyra",
    "SY040500": "Palmyra",
    "SY07": "Idleb",
    "SY0309": "Daraya",
    "SY030900": "Daraya",
    "SY0702": "Maarat al-Numan; Maaret al-Numan; Maarat al-Nu'man",
    "SY070200": "Maarat al-Numan; Maaret al-Numan; Maarat al-Nu'man",
    "SY0704": "Jisr al-Shughour",
    "SY070400": "Jisr al-Shughour",
    "SY080006": "al-Hol",
    "SY09": "Deir Ezzor; Deir al-Zor; Deir ez Zour",
    "SY12": "Deraa",
    "SY13": "Sweida; Suweida",
    "hanano": "Masaken Hanano; مساكن هنانو",
    "sheikh-saeed": "Sheikh Said; Sheikh Saed; al-Sheikh Saeed; الشيخ سعيد",
    "bustan-al-qaser": "Bustan al-Qasr; Boustan al-Qasr",
    "bustan-al-basha": "Boustan al-Basha; Bustan al-Pasha",
    "salah-ad-deen": "Salaheddin; Salaheddine; Salah al-Din; Salahuddin",
    "sayf-ad-dauleh": "Saif al-Dawla; Saif al-Dawleh; Sayf al-Dawla",
    "as-sakhour": "al-Sakhur; Sakhour",
    "ash-shaar": "al-Shaar; Shaar",
    "as-sukkari": "al-Sukari; Sukkari; Sukari",
    "al-fardos": "al-Fardous; al-Firdous; Fardous",
    "al-kallaseh": "al-Kallasa; Kallasa; al-Kalasa; Kalasa",
    "ash-sheikh-maqsoud": "Sheikh Maqsoud; Sheikh Maksoud; شيخ مقصود",
    "al-ashrafiyeh": "al-Ashrafieh; al-Ashrafiya; Ashrafieh; Ashrafiya",
    "al-haydariyeh": "al-Haidariya; al-Haydariya; Haydariya; Haidariya",
    "al-masharqa": "al-Mashariqa",
    "al-amiriyeh": "al-Amiriya; al-Amriya; Amiriya",
    "karm-aj-jabal": "Karm al-Jabal",
    "karm-aj-jazmati": "Karm al-Jazmati; al-Jazmati; Jazmati",
    "karm-al-qaterji": "Karm al-Qatarji",
    "karm-al-myassar": "Karm al-Maysar; Karm al-Muyassar",
    "ansari-sharqi": "Eastern Ansari; East Ansari",
    "az-zebdiyeh": "al-Zibdiya; al-Zebdiya",
    "sheikh-kheder": "Sheikh Khudr; Sheikh Khodr; الشيخ خضر",
    "sheikh-najjar": "الشيخ نجار",
    "as-siryan": "Siryan",
    "trab-al-hellok": "al-Hellok; al-Helluk; الهلك",
    "as-salheen": "al-Salihin; al-Salheen",
    "baaiedeen": "Ba'edin; Baedin; Baidin",
    "al-marjeh": "al-Marja",
    "al-khaldiyeh": "al-Khalidiya; Khalidiya",
}

# Names that are words of every day too, or other people's and other countries' names.
COMMON = """
Abraj; Andalus; Awaj; Awj; Ballat; Basira; Dana; Damir; Duma; Feid; Fiq; Ghab; Hadideh;
Hadidah; Hajeb; Hajib; Hamra; Hamraa; Harem; Harim; Heish; Hish; Hisan; Hole; Jala; Jalaa;
Jasim; Jizah; Jizeh; Karama; Karamah; Kareemeh; Karimah; Kasrah; Kisreh; Kiswah; Madan; Malah;
Mallah; Mansura; Mansurah; Mara; Mare'; Mari'; Marjeh; Masharqa; Mazra'a; Mazra'ah; Midan;
Nasirah; Nasra; Nawa; Rai; Ra'ee; Ra'i; Rawda; Rawdah; Rasafeh; Sabil; Sabka; Sabkhah;
Salheen; Sanjar; Sawda; Sawda'; Shahba'; Shajara; Shajarah; Sijn; Sinjar; Shin; Shuhada'; Sur;
Surah; Susah; Suwar; Tall; Thawrah; Thawra; Tishreen; Zahra'; Zuhour; Bab; Ourubeh; Furqan;
Ansari; Ghazali; Muhafaza; Mushannaf; al-Muhafaza; Industrial Area Jibreen; أبراج; أريحا;
اريحا; الأندلس; الأنصاري; الباب; البصيرة; بصيرة; البلاط; البياضة; التل; الثورة; الجلاء;
الجيزة; الحاجب; الحاضر; الحديدة; حديدة; الحراك; الحصان; الحمراء; الدالية; دالية; الدلالين;
الراعي; الرحيبة; الرصافة; الروضة; الزهراء; الزهور; الزيارة; السبخة; السبيل; السجن; السخنة;
السريان; السفيرة; السكري; السلمية; سلمية; السوداء; السودا; الشجرة; الشدادة; شدادة; الشعار;
الشهباء; الشهداء; الصالحين; الضمير; الصور; الطبقة; الطواحين; العروبة; العريقة; عريقة; العقبة;
العشارة; عشارة; الغاب; الغارية; الغزالي; الفردوس; الفرقان; الفيض; الفيجة; القبو; القصير;
القصيلة; الكرامة; الكريمة; كريمة; الكسرة; كسرة; الكسوة; الكلاسة; المحافظة; المخرم; المرجة;
المزرعة; المشارقة; المليحة; المنصورة; الميادين; الميدان; الناصرة; النيرب; الهول; الوعرة; بلبل;
بنان; تالين; تدمر; تسيل; تشرين; جاسم; جبرين; حارم; ربيعة; سلوك; سوسة; صبورة; صفصافة; الصفصافة;
مسكنة; مسعدة; معدان; مهين; هجين; هنادي; السكن الشبابي; صلاح الدين; سيف الدولة; الحجر الأسود;
محمد بيك; سليمان الحلبي
"""

# Names in the lists that are other places' (regions, mountains), or no names.
LEFT_OUT = """
Rural Damascus; ريف دمشق; بوابة تادف; حيالين; مركزها السقيلبية; Damascus City; Harmun; حرمون;
al Ghutah al Gharbiyah; الغوطة الغربية; al Ghutah ash Sharqiyah; الغوطة الشرقية; البخشان;
Al-Ghab; kwbany; Governorate of the Countryside of Damascus
"""

_FILES = ("governorates", "districts", "subdistricts")
_ENDS = {"governorate": "Governorate", "district": "District", "subdistrict": "Subdistrict"}
_FRONTS = {"governorate": "محافظة", "district": "منطقة", "subdistrict": "ناحية"}
_OTHER_FRONTS = ("مدينة ", "Nahiyat ", "Nāḩiyat ", "nahyt ", "Governorate of")
_CENTRE = "مركز "
_ARTICLE = re.compile(r"^(al|an|ar|as|ash|at|ath|az|ad|aj)[- ](?=[‘’']?\w)", re.IGNORECASE)
_INNER = re.compile(r"(?<=[ -])(an|ar|as|ash|at|ath|az|ad|aj)[- ](?=\w)", re.IGNORECASE)
_INSIDE = re.compile(r"(?<=\w)‘(?=\w)")
_PLAIN = re.compile(r"[a-z \u0621-\u064a]+")
_ROMAN = re.compile(r" (?:I|II|III|IV|V)$")
_SKIPPED = ("Hospital", "Public Park")
_DISTRICT = len("SY0200")
_SHORTEST = 5  # letters that a name without its article keeps


def drawn(folder: Path) -> str:
    """The whole file."""
    out = io.StringIO()
    out.write(HEAD)
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in (*_units(folder), *_neighbourhoods(folder)):
        table.writerow(row[column] for column in COLUMNS)
    return out.getvalue()


def _units(folder: Path) -> Iterator[Mapping[str, str]]:
    code: dict[str, str] = {}
    shown: dict[str, str] = {}
    called: dict[str, list[str]] = {}
    rest: dict[str, tuple[str, str, tuple[float, float]]] = {}
    for name in _FILES:
        kind = name.removesuffix("s")
        places = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        code |= {one["id"]: one["externalIds"]["ochaPcode"] for one in places}
        for one in sorted(places, key=lambda one: str(one["externalIds"]["ochaPcode"])):
            id, above = code[one["id"]], one.get("districtId") or one.get("governorateId") or ""
            shown[id] = one["name"]["en"]
            told = [one["name"]["ar"], *(alias["value"] for alias in one["aliases"])]
            called[id] = [plain for name in told for plain in _of_unit(name, kind)]
            centre = one["centroid"]["latitude"], one["centroid"]["longitude"]
            rest[id] = kind, code.get(above, ""), centre
    _share(shown, called, {id: above for id, (_, above, _) in rest.items()})
    for id, (kind, above, centre) in rest.items():
        yield _row(id, shown[id], called[id], kind, above, centre)


def _share(
    shown: Mapping[str, str], called: Mapping[str, list[str]], above: Mapping[str, str]
) -> None:
    """Gives units of one name the same spellings, so that none is one's alone by its spelling.

    A district and the subdistrict of its town are called alike; so is a governorate and a district
    in it, where they have a name in common.
    """
    own = {id: [shown[id], *called[id], *_listed(PRESS.get(id, ""))] for id in shown}
    others = {"", *map(_read, _listed(LEFT_OUT))}
    for id, wider in above.items():
        if len(id) == _DISTRICT and {*map(_read, own[id])} & {*map(_read, own[wider])} - others:
            own[id] += own[wider]
            called[id].extend(own[wider])
    for id, wider in above.items():
        if id == f"{wider}00" and len(wider) == _DISTRICT:
            here = list(called[id])
            called[id].extend([shown[wider], *called[wider], *_listed(PRESS.get(wider, ""))])
            called[wider].extend([shown[id], *here, *_listed(PRESS.get(id, ""))])


def _of_unit(name: str, kind: str) -> Iterator[str]:
    """A name without the word of its kind; nothing where it is another kind's."""
    plain = name.removesuffix(f" {_ENDS[kind]}").removeprefix(f"{_FRONTS[kind]} ")
    if plain.endswith(tuple(f" {one}" for one in _ENDS.values())) or plain.startswith(
        (*(f"{one} " for one in _FRONTS.values()), *_OTHER_FRONTS)
    ):
        return
    if plain.startswith(_CENTRE):
        yield plain.removeprefix(_CENTRE)
    yield plain


def _neighbourhoods(folder: Path) -> Iterator[Mapping[str, str]]:
    path = folder / "aleppo-neighbourhoods.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    told = {one["properties"]["NAME"]: one for one in reversed(features)}
    stems = {name for name in told if not _ROMAN.search(name)}
    for name, one in sorted(told.items(), key=lambda item: slug(item[0])):
        if any(word in name for word in _SKIPPED):
            continue
        shown, _, remark = name.partition(" (")
        called = [remark.rstrip(")"), *(shown.split(" / ") if " / " in shown else ())]
        stem = _ROMAN.sub("", name)
        if stem == name or stem not in stems:  # else the words mean the whole, which has them
            called += [stem, one["properties"]["NAME_A"] or ""]
        ring = [point for part in one["geometry"]["coordinates"] for point in part[0]]
        west, south = (min(point[axis] for point in ring) for axis in (0, 1))
        east, north = (max(point[axis] for point in ring) for axis in (0, 1))
        middle = ((south + north) / 2, (west + east) / 2)
        yield _row(slug(shown), shown, called, "neighbourhood", "SY020000", middle)


def _row(
    id: str, name: str, called: Iterable[str], kind: str, within: str, at: tuple[float, float]
) -> Mapping[str, str]:
    """A place as a line: each name once for each way of reading it."""
    left_out = {_read(one) for one in _listed(LEFT_OUT)} if id != "SY03" else set[str]()
    common_ones = {_read(one) for one in _listed(COMMON)}
    names = {_read(name): name}
    for one in (name, *_listed(PRESS.get(id, "")), *called):
        if (key := _read(one)) and _PLAIN.fullmatch(key) and key not in left_out:
            for spelt in _spellings(one, common_ones):
                names.setdefault(_read(spelt), spelt)
    common = [spelt for key, spelt in names.items() if key in common_ones]
    also = [spelt for spelt in names.values() if spelt not in common and spelt != name]
    return {
        "id": id,
        "name": name,
        "also": "; ".join(also),
        "common": "; ".join(common),
        "kind": kind,
        "within": within,
        "latitude": f"{at[0]:.4f}",
        "longitude": f"{at[1]:.4f}",
    }


def _spellings(name: str, common: set[str]) -> Iterator[str]:
    """A name as it is, with the article in its plain form, and without it where that is no word."""
    plain = _INSIDE.sub("'", " ".join(name.replace("`", "'").split()))
    yield plain
    plain = _INNER.sub("al-", plain)
    yield plain
    if bare := _ARTICLE.sub("", plain) if _ARTICLE.match(plain) else "":
        yield f"al-{bare}"
        if len(bare) >= _SHORTEST and _read(bare) not in common:
            yield bare


def _read(name: str) -> str:
    """A name as the reader compares it."""
    return " ".join(forms_of(name)) if name.strip() else ""


def _listed(names: str) -> list[str]:
    return [one.strip() for one in names.replace("\n", " ").split(";") if one.strip()]


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the lists are")
    text = drawn(parser.parse_args().folder)
    WRITTEN.parent.mkdir(exist_ok=True)
    WRITTEN.write_text(text, encoding="utf-8")
    print(f"Wrote {WRITTEN.relative_to(ROOT)}, {len(text.encode())} bytes.")


if __name__ == "__main__":
    main()
