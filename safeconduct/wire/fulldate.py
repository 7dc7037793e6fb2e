"""Days that a text states in full, with month and year, so that nothing is left to guess.

"4/11/2016" is no such day: it is the fourth of November to some and the eleventh of April to
others. Numbers may be Western, Eastern Arabic or Persian digits.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from safeconduct.wire.excerpt import Excerpt

__all__ = ["MONTHS", "WEEKDAYS", "full_dates", "without_dates"]

_MONTHS = (
    "january jan janvier enero января січня يناير كانون·الثاني",
    "february feb février fevrier febrero февраля лютого فبراير شباط",
    "march mar mars marzo марта березня مارس آذار اذار",
    "april apr avril abril апреля квітня أبريل إبريل ابريل نيسان",
    "may mai mayo мая травня مايو أيار ايار",
    "june jun juin junio июня червня يونيو يونيه حزيران",
    "july jul juillet julio июля липня يوليو يوليه تموز",
    "august aug août aout agosto августа серпня أغسطس اغسطس آب",
    "september sept sep septembre septiembre сентября вересня سبتمبر أيلول ايلول",
    "october oct octobre octubre октября жовтня أكتوبر اكتوبر تشرين·الأول تشرين·الاول",
    "november nov novembre noviembre ноября листопада نوفمبر تشرين·الثاني",
    "december dec décembre decembre diciembre декабря грудня ديسمبر كانون·الأول كانون·الاول",
)
_NUMBER = {
    name.replace("·", " "): number
    for number, names in enumerate(_MONTHS, 1)
    for name in names.split()
}
MONTHS = frozenset(_NUMBER)
"""The names of the months, in small letters."""

_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat "
    "sun lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles miercoles "
    "jueves viernes sábado sabado domingo понедельник вторник среда четверг пятница суббота "
    "воскресенье понеділок вівторок середа четвер п'ятниця п’ятниця субота неділя الاثنين الإثنين "
    "الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد"
)
WEEKDAYS = frozenset(_WEEKDAYS.split())
"""The names of the days of the week, in small letters."""

_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MONTH = "|".join(sorted(map(re.escape, _NUMBER), key=len, reverse=True))
# A month by two names ("تموز/يوليو") and the "of" of the languages that put one in.
_NAMED = rf"(?:of |de )?(?P<{{0}}>{_MONTH})(?!\w)\.?(?: ?/ ?(?:{_MONTH})(?!\w))?"
_YEAR = r"(?:,? (?:de |del )?\(?(?P<{0}>(?:19|20)[0-9]{{2}})(?![0-9])\)?"
# "of the year", as Russian and Ukrainian write it after the number.
_YEAR += r"(?: (?:года|году|року|г\.|р\.)(?!\w))?)?"
_DATE = re.compile(
    rf"(?<![\w/.-])(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|er|º|-го)? {_NAMED.format('month')}"
    rf"{_YEAR.format('year')}"
    rf"|{_NAMED.format('month2')} (?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])"
    rf"{_YEAR.format('year2')}"
    r"|(?P<year3>(?:19|20)[0-9]{2})-(?P<month3>[0-9]{2})-(?P<day3>[0-9]{2})(?![\w-]))",
    re.IGNORECASE,
)
_LONGEST = 300  # characters that are looked through at once; a head is shorter


def full_dates(text: str, within: Excerpt) -> Iterator[tuple[Excerpt, dt.date]]:
    """The days that are stated with day, month and year in the first characters of an excerpt."""
    for found in _dates(_plain(within.of(text))):
        parts = found.groupdict()
        day = parts["day"] or parts["day2"] or parts["day3"]
        year = parts["year"] or parts["year2"] or parts["year3"]
        if not year:
            continue
        named = parts["month"] or parts["month2"]
        month = _NUMBER[named.lower()] if named else int(parts["month3"])
        try:
            stated = dt.date(int(year), month, int(day))
        except ValueError:  # 31 June is a slip of the pen, and not for us to mend
            continue
        yield Excerpt(within.start + found.start(), within.start + found.end()), stated


def without_dates(words: str) -> tuple[str, bool]:
    """Words without the days in them, full or lacking a year, and whether there were any."""
    plain = _plain(words)
    spans = [found.span() for found in _dates(plain)]
    for start, end in reversed(spans):
        words = words[:start] + " " + words[end:]
    return words, bool(spans)


def _dates(plain: str) -> Iterator[re.Match[str]]:
    return _DATE.finditer(plain)


def _plain(words: str) -> str:
    """The words with Western digits and plain spaces, each character in its place."""
    return words[:_LONGEST].translate(_EASTERN).replace("\u00a0", " ").replace("\u202f", " ")
