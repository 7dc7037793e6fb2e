"""Sentences about time in other languages, published on Friday, 4 November 2016, in Damascus."""

from __future__ import annotations

import pytest

from tests.unit.wire.times.reading import read, times

NOON_TO_THREE = ["window 2016-11-05 12:00 to 2016-11-05 15:00"]
NINE_TO_SEVEN = ["window 2016-11-05 09:00 to 2016-11-05 19:00"]
LONG = "it is told how long it lasts, and not when it begins"

SAID = {
    "fr": {
        "La pause ira de 9 h à 19 h le samedi 5 novembre.": NINE_TO_SEVEN,
        "Elle vaudra entre 9 heures et 19 heures, heure locale, le 5 novembre.": NINE_TO_SEVEN,
        "Samedi 5 novembre 2016, de 9h00 à 19h00 (7h00-17h00 GMT).": NINE_TO_SEVEN,
        "Elle prendra fin ce soir à 19 heures.": ["window - to 2016-11-04 19:00"],
        "Une trêve de trois heures par jour.": [f"window - to - daily ({LONG})"],
        "Une trêve de quarante-huit heures à partir de samedi midi, qui sera longue.": [
            "window 2016-11-05 12:00 to 2016-11-07 12:00"
        ],
        "Du 5 au 8 mars 2018.": ["window 2018-03-05 00:00 to 2018-03-09 00:00"],
        "Jusqu'au 15 novembre, la route est ouverte.": ["window - to 2016-11-16 00:00"],
        "Ils doivent partir avant vendredi soir.": ["deadline 2016-11-04 (evening is no hour)"],
        "Il l'a déclaré mercredi.": ["day 2016-11-02"],
        "Le convoi partira mercredi.": ["day 2016-11-09"],
        "C'est suspendu jusqu'à nouvel ordre.": ["window - to - open (no day and no hour is told)"],
        "Le 1er mars 2018, 5 camions de 3 tonnes.": ["day 2018-03-01"],
        "Elle entrera en vigueur samedi à 6 heures et durera 72 heures.": [
            "window 2016-11-05 06:00 to 2016-11-08 06:00"
        ],
        "Elle vaudra le 5 novembre de 6 h 30 à 12 h 15.": [
            "window 2016-11-05 06:30 to 2016-11-05 12:15"
        ],
        "Après-demain, aujourd'hui ou hier.": [
            "day 2016-11-06",
            "day 2016-11-04",
            "day 2016-11-03",
        ],
    },
    "es": {
        "Será de 9.00 a 19.00, hora local, el sábado 5 de noviembre.": NINE_TO_SEVEN,
        "Será entre las 9 de la mañana y las 7 de la tarde del 5 de noviembre.": NINE_TO_SEVEN,
        "Desde las 12 horas hasta las 15 horas del 5 de noviembre de 2016.": NOON_TO_THREE,
        "Tres horas al día, de 10.00 a 13.00, a partir del 6 de noviembre.": [
            "window 2016-11-06 10:00 to 2016-11-06 13:00 daily"
        ],
        "Entre el 5 y el 8 de marzo de 2018.": ["window 2018-03-05 00:00 to 2018-03-09 00:00"],
        "Saldrán antes del mediodía del lunes.": ["deadline 2016-11-07 12:00"],
        "Lo dijo el miércoles.": ["day 2016-11-02"],
        "Pidió cuarenta y ocho horas de pausa.": [f"duration - to - ({LONG})"],
        "Queda cerrado hasta nuevo aviso.": ["window - to - open (no day and no hour is told)"],
        "Pasado mañana o ayer.": ["day 2016-11-06", "day 2016-11-03"],
    },
    "ru": {
        "Коридор будет открыт с 9:00 до 19:00 по местному времени 5 ноября.": NINE_TO_SEVEN,
        "С 9 часов утра до 7 часов вечера в субботу, 5 ноября.": NINE_TO_SEVEN,
        "5 ноября 2016 года с 12 часов до 15 часов.": NOON_TO_THREE,
        "С 10:00 по московскому времени 5 ноября, то есть с 9:00 по местному.": [
            "window 2016-11-05 09:00 to -"
        ],
        "С 5 по 8 марта 2018 года.": ["window 2018-03-05 00:00 to 2018-03-09 00:00"],
        "Ответ ждут к полудню понедельника.": ["deadline 2016-11-07 12:00"],
        "Он сообщил об этом в среду.": ["day 2016-11-02"],
        "Колонна выедет в среду, которая будет завтра.": ["day 2016-11-09", "day 2016-11-05"],
        "Объявлено семидневное перемирие на сорок восемь часов.": [
            f"duration - to - ({LONG})",
            f"duration - to - ({LONG})",
        ],
        "Ежедневно с 9:00 до 14:00 начиная с 6 ноября.": [
            "window 2016-11-06 09:00 to 2016-11-06 14:00 daily"
        ],
        "В ночь на 5 ноября стреляли.": ["moment 2016-11-05 (night is no hour)"],
        "Позавчера и послезавтра, 10 машин из 5 деревень.": ["day 2016-11-02", "day 2016-11-06"],
    },
    "uk": {
        "Коридор буде відкрито з 9:00 до 19:00 за місцевим часом 5 листопада.": NINE_TO_SEVEN,
        "З 9 години ранку до 7 години вечора в суботу, 5 листопада.": NINE_TO_SEVEN,
        "5 листопада 2016 року о 12:00 розпочнеться і триватиме до 15:00.": [
            "moment 2016-11-05 12:00",
            "window - to - (it names an hour and no day)",
        ],
        "З 10:00 за московським часом 5 листопада, тобто з 9:00 за місцевим.": [
            "window 2016-11-05 09:00 to -"
        ],
        "Відповідь чекають не пізніше п'ятниці.": [
            "deadline 2016-11-04 (it names a day and no hour)"
        ],
        "Рада повідомила про це в середу.": ["day 2016-11-02"],
        "Автобуси поїдуть у п'ятницю, 11 листопада.": ["day 2016-11-11"],
        "Колона виїде о 9-й ранку 5 листопада.": ["moment 2016-11-05 09:00"],
        "Колона виїде о десятій годині ранку 5 листопада.": ["moment 2016-11-05 10:00"],
        "Місто випустять завтра з дев'ятої до двадцять першої.": [
            "window 2016-11-05 09:00 to 2016-11-05 21:00"
        ],
        "Вони стоять від першої до третьої вулиці.": [],
        "Список чекають двадцять четвертого листопада.": ["day 2016-11-24"],
        "Це було минулого тижня, три дні тому.": [
            "day ? (“минулого тижня” is no day)",
            "day 2016-11-01",
        ],
        "Тиша на сорок вісім годин.": [f"duration - to - ({LONG})"],
        "Щодня з 9:00 до 14:00, починаючи з 6 листопада.": [
            "window 2016-11-06 09:00 to 2016-11-06 14:00 daily"
        ],
    },
    "ar": {
        "من الساعة ٩ صباحاً حتى الساعة ٧ مساءً يوم السبت ٥ تشرين الثاني.": NINE_TO_SEVEN,
        "بين الساعة التاسعة صباحا والساعة السابعة مساء يوم السبت ٥ تشرين الثاني/نوفمبر ٢٠١٦.": (
            NINE_TO_SEVEN
        ),
        "من الساعة 12:00 إلى الساعة 15:00 بالتوقيت المحلي في 5 نوفمبر 2016.": NOON_TO_THREE,
        "من الساعة ۱۰:۰۰ بتوقيت موسكو يوم ۵ نوفمبر.": ["window 2016-11-05 09:00 to -"],
        "هدنة لمدة ثمان وأربعين ساعة.": [f"duration - to - ({LONG})"],
        "حتى إشعار آخر.": ["window - to - open (no day and no hour is told)"],
        "من ٥ إلى ٨ آذار ٢٠١٨.": ["window 2018-03-05 00:00 to 2018-03-09 00:00"],
        "وقال يوم الأربعاء إن المحادثات مستمرة.": ["day 2016-11-02"],
        "ستبدأ يوم الأربعاء.": ["window 2016-11-09 00:00 to -"],
        "بحلول ظهر الخميس.": ["deadline 2016-11-10 12:00"],
        "تنتهي مساء الأحد.": ["window - to - (evening is no hour)"],
        "من الثامنة صباحا حتى الرابعة عصرا يوم السبت ٥ تشرين الثاني.": [
            "window 2016-11-05 08:00 to 2016-11-05 16:00"
        ],
        "تبدأ يوم الخميس الساعة السادسة صباحا وتستمر ٧٢ ساعة.": [
            "window 2016-11-10 06:00 to 2016-11-13 06:00"
        ],
        "قبل ثلاثة أيام.": ["day 2016-11-01"],
        "بعد غد واليوم وأمس.": ["day 2016-11-06", "day 2016-11-04", "day 2016-11-03"],
        "يوميا من الساعة ٩:٠٠ حتى الساعة ١٤:٠٠ اعتبارا من ٦ تشرين الثاني.": [
            "window 2016-11-06 09:00 to 2016-11-06 14:00 daily"
        ],
        "من الساعة ٩ حتى الساعة ١١ يوم السبت ٥ تشرين الثاني.": [
            "window - to - (it is not told whether the hour is of the morning or of the evening)"
        ],
    },
}
EVERY = [(language, sentence) for language, said in SAID.items() for sentence in said]


@pytest.mark.parametrize(("language", "sentence"), EVERY)
def test_a_sentence_says_the_same_in_every_language(language: str, sentence: str) -> None:
    assert read(sentence, language) == SAID[language][sentence]


@pytest.mark.parametrize("language", [*SAID, "xx"])
def test_figures_are_read_in_any_language(language: str) -> None:
    assert read("2016-11-05 09:00", language) == ["moment 2016-11-05 09:00"]


def test_right_to_left_text_keeps_its_excerpts() -> None:
    sentence = "وقال إن الهدنة من الساعة ٩:٠٠ حتى الساعة ١٩:٠٠ يوم ٥ نوفمبر، أي غدا."
    found = times(sentence, "ar")
    assert found[0].at.of(sentence) == "من الساعة ٩:٠٠ حتى الساعة ١٩:٠٠ يوم ٥ نوفمبر"
