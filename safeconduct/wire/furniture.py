"""The lines that outlets put around a report, by the words they begin with or consist of.

Only a short line counts, and only at its beginning or as a whole: nothing that could be a sentence
of the report may be taken for furniture, since what is left out is not read.
"""

from __future__ import annotations

import re

__all__ = ["byline", "furniture", "opens_other_reports", "reads_as_sentence"]

_SHORT = 120
"""Characters up to which a line can be furniture; a sentence of news is seldom shorter."""

_BUTTONS = (
    "share|share this|share this article|share this story|share on facebook|share on twitter|"
    "share on x|share on whatsapp|tweet|email|print|save|copy link|comments|advertisement|"
    "sponsored|subscribe|sign up|log in|sign in|follow us|skip to content|skip to main content|"
    "skip to navigation|back to top|menu|search|home|read more|more|see also|loading...|loading…|"
    "all rights reserved|cookie settings|accept all cookies|view comments|listen|"
    "поделиться|читать далее|читать дальше|реклама|меню|поиск|главная|подписаться|наверх|"
    "поділитися|читати далі|реклама на сайті|пошук|головна|підписатися|"
    "partager|partager cet article|lire la suite|publicité|menu principal|rechercher|accueil|"
    "s'abonner|imprimer|compartir|compartir este artículo|leer más|publicidad|menú|buscar|inicio|"
    "suscribirse|imprimir|شارك|مشاركة|اقرأ المزيد|المزيد|إعلان|القائمة|بحث|الرئيسية|اشترك|طباعة"
)
_WHOLE = frozenset(_BUTTONS.split("|"))
_BEGINNINGS = {
    "a link to another report": (
        *("read more:", "read also:", "also read:", "see also:", "more on this story", "related:"),
        *("читайте также:", "читайте также ", "читать также:", "читайте також:", "lire aussi :"),
        *("lire aussi:", "à lire aussi", "lea también:", "lea también ", "lee también:"),
        *("اقرأ أيضا", "اقرأ أيضاً", "اقرأ ايضا", "إقرأ أيضا"),
    ),
    "a line about who made the report": (
        *(
            "(reporting by ",
            "(writing by ",
            "(editing by ",
            "(additional reporting ",
            "(compiled by ",
        ),
        *("reporting by ", "(reportage de ", "(reporte de ", "(reportaje de ", "(editado por "),
        *("our standards: the thomson reuters", "(edited by ", "(rédigé par "),
    ),
    "a line of the outlet": (
        *(
            "copyright ©",
            "© ",
            "(c) ",
            "all rights reserved",
            "follow us on ",
            "sign up for ",
            "sign up to ",
        ),
        *(
            "subscribe to ",
            "join our telegram",
            "join us on ",
            "click here to ",
            "download our app",
        ),
        *("подписывайтесь на ", "все права защищены", "підписуйтесь на ", "усі права захищені"),
        *(
            "tous droits réservés",
            "suivez-nous sur ",
            "todos los derechos reservados",
            "síguenos en ",
        ),
        *("جميع الحقوق محفوظة", "تابعونا على ", "تابعنا على "),
    ),
}
_OTHERS = (
    *("latest from ", "latest news", "most read", "most popular", "more from ", "related stories"),
    *("related articles", "related news", "you may also like", "recommended for you", "trending"),
    *("read next", "more stories", "top stories", "другие новости", "популярное", "самое читаемое"),
    *("інші новини", "найпопулярніше", "sur le même sujet", "les plus lus", "más leídas"),
    *("noticias relacionadas", "الأكثر قراءة", "مواضيع ذات صلة", "أخبار ذات صلة"),
)
_ENDS_SENTENCE = re.compile(r"[.!?…؟۔][\"'”’»)\]]*$")
_BYLINE = re.compile(r"(?:by|par|por)\s+(.{3,60})", re.IGNORECASE)
_NO_NAME = re.compile(r"[0-9:;.!?]")


def furniture(line: str) -> str:
    """Why a line is no part of a report, in words; empty where it may be one."""
    if len(line) > _SHORT:
        return ""
    small = line.lower()
    if small.strip(" .:|›»>•·*-") in _WHOLE:
        return "a button or a menu"
    for why, beginnings in _BEGINNINGS.items():
        # What stands in brackets or after a colon is a line of its own even with a full stop; any
        # other that ends as a sentence may be one of the report.
        if small.startswith(beginnings) and (
            small[0] == "(" or ":" in small or not reads_as_sentence(line)
        ):
            return why
    return ""


def opens_other_reports(line: str) -> bool:
    """Whether a line heads a list of other reports ("Latest from ...")."""
    small = line.lower()
    return len(line) <= 60 and small.startswith(_OTHERS) and small[-1:] not in "!?؟"


def byline(line: str) -> bool:
    """Whether a line only says who wrote the report ("By" and a name)."""
    found = _BYLINE.fullmatch(line)
    if found is None or _NO_NAME.search(found[1].replace("Jr.", "")):
        return False
    words = [one for one in re.split(r"[\s,]+", found[1]) if one.lower() not in ("and", "et", "y")]
    return 2 <= len(words) <= 8 and all(one[0].isupper() for one in words if one)


def reads_as_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _ENDS_SENTENCE.search(line[-4:]) is not None
