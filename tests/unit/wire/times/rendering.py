"""Windows written out as people write them in each language, from dates and hours.

The names and patterns stand here by themselves: nothing is taken from the words of the reader.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
LEVANTINE = (
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول"),
    *("تشرين الأول", "تشرين الثاني", "كانون الأول"),
)
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "ru": "понедельник вторник среду четверг пятницу субботу воскресенье",
    "uk": "понеділок вівторок середу четвер п'ятницю суботу неділю",
    "ar": "الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def month(language: str, day: dt.date) -> str:
    return MONTHS[language].split()[day.month - 1]


def weekday(language: str, day: dt.date) -> str:
    return WEEKDAYS[language].split()[day.weekday()]


def half_day(clock: dt.datetime, am: str, pm: str) -> str:
    """The hour on a clock of twelve hours."""
    hour = clock.hour % 12 or 12
    minutes = f":{clock.minute:02d}" if clock.minute else ""
    return f"{hour}{minutes} {pm if clock.hour >= 12 else am}"


Pattern = Callable[[dt.datetime, dt.datetime], str]


def english() -> list[Pattern]:
    def date(t: dt.datetime) -> str:
        return f"{t.day} {month('en', t)} {t.year}"

    return [
        lambda a, b: f"between {a:%H%M} and {b:%H%M} local time on {date(a)}",
        lambda a, b: (
            f"from {half_day(a, 'a.m.', 'p.m.')} to {half_day(b, 'a.m.', 'p.m.')} on "
            f"{month('en', a)} {a.day}, {a.year}"
        ),
        lambda a, b: f"on {weekday('en', a)}, {date(a)}, from {a:%H:%M} to {b:%H:%M}",
        lambda a, b: f"from {a:%Y-%m-%d %H:%M} to {b:%Y-%m-%d %H:%M} local time",
        lambda a, b: f"the {a.day}th of {month('en', a)} {a.year}, {a:%H:%M}-{b:%H:%M}",
    ]


def french() -> list[Pattern]:
    def date(t: dt.datetime) -> str:
        return f"{t.day} {month('fr', t)} {t.year}"

    return [
        lambda a, b: f"de {a.hour}h{a:%M} à {b.hour}h{b:%M}, heure locale, le {date(a)}",
        lambda a, b: f"le {weekday('fr', a)} {date(a)}, entre {a:%H:%M} et {b:%H:%M}",
        lambda a, b: f"{weekday('fr', a)} {date(a)} de {a.hour} h {a:%M} à {b.hour} h {b:%M}",
    ]


def spanish() -> list[Pattern]:
    def date(t: dt.datetime) -> str:
        return f"{t.day} de {month('es', t)} de {t.year}"

    return [
        lambda a, b: f"de {a:%H.%M} a {b:%H.%M}, hora local, del {date(a)}",
        lambda a, b: f"el {weekday('es', a)} {date(a)}, entre las {a:%H:%M} y las {b:%H:%M} horas",
        lambda a, b: f"el {date(a)} desde las {a:%H:%M} hasta las {b:%H:%M}",
    ]


def russian() -> list[Pattern]:
    def date(t: dt.datetime) -> str:
        return f"{t.day} {month('ru', t)} {t.year} года"

    return [
        lambda a, b: f"с {a.hour}:{a:%M} до {b.hour}:{b:%M} по местному времени {date(a)}",
        lambda a, b: f"{date(a)} с {a:%H.%M} до {b:%H.%M}",
        lambda a, b: f"в {weekday('ru', a)}, {date(a)}, между {a:%H:%M} и {b:%H:%M}",
        lambda a, b: f"с {a:%d.%m.%Y %H:%M} до {b:%d.%m.%Y %H:%M}",
    ]


def ukrainian() -> list[Pattern]:
    def date(t: dt.datetime) -> str:
        return f"{t.day} {month('uk', t)} {t.year} року"

    return [
        lambda a, b: f"з {a.hour}:{a:%M} до {b.hour}:{b:%M} за місцевим часом {date(a)}",
        lambda a, b: f"у {weekday('uk', a)}, {date(a)}, між {a:%H:%M} та {b:%H:%M}",
        lambda a, b: f"{date(a)} від {a:%H:%M} до {b:%H:%M}",
    ]


def arabic() -> list[Pattern]:
    def both(t: dt.datetime) -> str:
        return f"{LEVANTINE[t.month - 1]}/{month('ar', t)}"

    return [
        lambda a, b: (
            f"من الساعة {a:%H:%M} حتى الساعة {b:%H:%M} يوم {a.day} {both(a)} {a.year}"
        ).translate(ARABIC_INDIC),
        lambda a, b: (
            f"بين الساعة {a:%H:%M} والساعة {b:%H:%M} بالتوقيت المحلي في {a.day} "
            f"{month('ar', a)} {a.year}"
        ).translate(PERSIAN),
        lambda a, b: (
            f"يوم {weekday('ar', a)} {a.day} {LEVANTINE[a.month - 1]} {a.year} من الساعة "
            f"{half_day(a, 'صباحا', 'مساء')} إلى الساعة {half_day(b, 'صباحا', 'مساء')}"
        ),
    ]


PATTERNS: dict[str, list[Pattern]] = {
    "en": english(),
    "fr": french(),
    "es": spanish(),
    "ru": russian(),
    "uk": ukrainian(),
    "ar": arabic(),
}
EVERY = [(language, n) for language, patterns in PATTERNS.items() for n in range(len(patterns))]
