"""Russian and Ukrainian: cases tell who acts, a participle alone is passive, nothing is granted."""

from __future__ import annotations

import datetime as dt

import pytest

from safeconduct.vocabulary.acts import Usability
from safeconduct.wire import Act
from tests.unit.wire.reading import acts, reading

GRANTS = {Act.GUARANTEE, Act.CONSENT, Act.ACCEPT}


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("Россия объявила гуманитарную паузу в Алеппо.", ["announce of russia"]),
        ("Предложение России отклонил Киев.", ["reject of ukraine"]),
        ("Предложение было отклонено вооружённой оппозицией.", ["reject of armed-opposition"]),
        ("В Дамаске на запрос ООН не ответили.", ["not accept of syria-government"]),
        (
            "Разрешения на въезд колонны Дамаск пока не дал.",
            ["not consent of syria-government"],
        ),
        (
            "Достигнута договорённость между Израилем и ХАМАС о паузе.",
            ["accept of israel", "accept of hamas"],
        ),
        ("Киев обвинил российских военных в обстреле колонны.", ["allege of ukraine"]),
        ("Хуситы потребовали от коалиции снять блокаду.", ["demand of houthis"]),
        ("Если повстанцы согласятся, Россия прекратит удары.", ["announce of russia"]),
        ("В Кремле отказались от комментариев.", ["decline-to-comment of russia"]),
        ("Украина погодила з Червоним Хрестом шість коридорів.", ["accept of ukraine"]),
        ("Україна погодила з Червоним Хрестом шість коридорів.", ["accept of ukraine"]),
        ("Перемир'я оголошено Росією.", ["announce of russia"]),
        ("У Москві на прохання ООН не відповіли.", ["request of un", "not accept of russia"]),
        ("ХАМАС прийняв пропозицію Єгипту про перемир'я.", ["accept of hamas"]),
        ("Пропозицію Росії Україна відхилила ще вчора.", ["reject of ukraine"]),
        ("Шість годин, які відміряла Москва, на паузу не схожі.", ["announce of russia"]),
        ("У Москві просять сторони про паузу.", ["request of russia"]),
        ("Один із повстанців просить про паузу.", ["request of armed-opposition"]),
        ("Загін «Зінкі» просить про паузу.", ["request of nur-al-din-al-zinki"]),
        ("Москва щодня зупинятиме вогонь на п'ять годин.", ["announce of russia"]),
        ("Баку відмовив Єревану в проїзді.", ["reject of azerbaijan"]),
        (
            "Між Москвою та Києвом досягнуто домовленості про паузу.",
            ["accept of russia", "accept of ukraine"],
        ),
        ("Учорашня пропозиція Росії: два коридори для мешканців.", ["announce of russia"]),
        ("У Єревані розраховують, що росіяни заберуть вантаж.", ["forecast of armenia"]),
        ("Росія обіцяла не стріляти в неділю.", ["announce of russia"]),
        ("ООН прислала вантаж. Колона прибула до міста.", ["do of un"]),
        ("АДРЕ, Чад. Перші вантажівки ООН перетнули кордон.", ["do of un"]),
    ],
)
def test_an_act_is_of_whom_the_case_tells(text: str, drafts: list[str]) -> None:
    assert acts(text) == drafts


@pytest.mark.parametrize(
    "text",
    [
        "ООН приветствовала предложение России и поблагодарила Москву.",
        "ООН призвала Россию гарантировать безопасность колонны.",
        "Украина ждёт, что Россия гарантирует безопасность колонны.",
        "Никто из сторон не гарантировал безопасность колонны.",
        "Россия отказалась гарантировать безопасность колонны.",
        "Гарантии безопасности Россией даны не были.",
        "Неизвестно, согласилась ли Россия на паузу.",
        "Если Россия гарантирует безопасность, колонна выйдет.",
        "Повстанцы согласились бы на паузу.",
        "Россия согласилась обсудить перемирие с ООН.",
        "Киев опроверг, что согласился на коридоры в Россию.",
        "Соглашение между Россией и Украиной о коридорах не достигнуто.",
        "ООН запросила у Дамаска разрешение на въезд колонны.",
        "МКЧХ подякував Ізраїлю за дозвіл на в'їзд колони.",
        "Росія відмовилася гарантувати безпеку колони.",
        "Невідомо, чи погодилася Росія на перемир'я.",
        "Якби Росія гарантувала безпеку, колона виїхала б.",
    ],
)
def test_nothing_is_granted_that_the_words_do_not_grant(text: str) -> None:
    drafts = reading(text).drafts
    assert [one for one in drafts if one.act.value in GRANTS and one.negated is None] == []


@pytest.mark.parametrize(
    "text",
    [
        "Россия не гарантировала безопасность колонны.",
        "Росія не гарантувала безпеку колони.",
        "Россия не смогла гарантировать безопасность колонны.",
    ],
)
def test_a_denied_guarantee_is_one_that_was_not_given(text: str) -> None:
    assert acts(text) == ["not guarantee of russia"]


def test_a_speaker_is_known_again_in_another_case() -> None:
    text = (
        "Представитель хуситов Карим Башир заявил, что колонна ООН не пройдёт. "
        "По словам Башира, хуситы объявили паузу."
    )
    [draft] = [one for one in reading(text).drafts if one.act.value is Act.ANNOUNCE]
    assert draft.actor.value == "houthis"
    assert draft.speaker is not None
    assert draft.speaker.value == "Карим Башир"


def test_a_window_and_the_number_of_corridors_are_read() -> None:
    text = "Россия объявила, что 6 ноября с 9:00 до 19:00 будут открыты шесть коридоров."
    [draft] = reading(text).drafts
    assert draft.corridors is not None
    assert draft.corridors.value == 6
    [window] = draft.windows
    # Damascus was two hours ahead of UTC in that November.
    start, end = (dt.datetime(2016, 11, 6, hour, tzinfo=dt.UTC) for hour in (7, 17))
    assert (window.value.start, window.value.end) == (start.timestamp(), end.timestamp())


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        (
            "МККК заявил, что ему нужны гарантии безопасности от всех сторон.",
            "гарантии безопасности",
        ),
        ("МКЧХ заявив, що йому потрібні гарантії безпеки від обох сторін.", "гарантії безпеки"),
    ],
)
def test_what_relief_lacks_is_told_in_its_words(text: str, lacks: str) -> None:
    [draft] = reading(text).drafts
    assert draft.result is not None
    assert draft.result.value is Usability.LACKS
    assert draft.lacks is not None
    assert draft.lacks.value == lacks


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Россия не подтвердила маршруты.", "ru"),
        ("Росія не підтвердила маршрути.", "uk"),
    ],
)
def test_letters_tell_two_languages_apart_that_share_words(text: str, language: str) -> None:
    assert reading(text).languages == (language,)


def test_the_next_sentence_may_only_name_who_told_the_one_before() -> None:
    text = "Россия вводит паузу на восемь часов. Об этом сообщил генерал Сергей Лучков."
    [draft] = reading(text).drafts
    assert draft.act.value is Act.ANNOUNCE
    assert draft.speaker is not None
    assert draft.speaker.value == "Сергей Лучков"


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        (
            "Безопасность колонны никто не гарантировал, заявила представитель МККК Анна Тард.",
            ["not guarantee of unknown"],
        ),
        ("Москва, рассказал он, вводит паузу.", ["announce of russia"]),
        ("Ополченцы отвергли предложение.", ["reject of militia"]),
        (
            "Россия вела переговоры. Коридор закрыт, сообщили в военном ведомстве.",
            ["suspend of russia"],
        ),
        (
            "По договорённости России и США удары прекращены.",
            ["accept of russia", "accept of usa"],
        ),
        ("По непроверенным слухам, Дамаск согласился на перемирие.", []),
        ("В газетах пишут, что СМИ ошиблись и Киев согласился на перемирие.", []),
    ],
)
def test_who_acts_where_nobody_is_the_subject(text: str, drafts: list[str]) -> None:
    assert [one for one in acts(text) if not one.startswith("report")] == drafts


def test_a_plural_verb_tells_that_the_word_before_it_is_no_name() -> None:
    text = "Россия вводит паузу. Кочегары рассказали, что мост разрушен."
    assert all(draft.speaker is None for draft in reading(text).drafts)
