"""French and Spanish: acts with their actors, voices, negation, and what grants nothing."""

from __future__ import annotations

import pytest

from safeconduct.vocabulary import Telling
from safeconduct.vocabulary.acts import Usability
from safeconduct.vocabulary.kinds import ConditionKind
from safeconduct.wire import Act
from tests.unit.wire.reading import acts, reading

GRANTS = {Act.GUARANTEE, Act.CONSENT, Act.ACCEPT}


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("La Russie a annoncé une pause à Alep.", ["announce of russia"]),
        (
            "La Russie et l'armée syrienne ont annoncé une trêve.",
            ["announce of russia", "announce of syria-government"],
        ),
        ("L'offre a été rejetée par les rebelles.", ["reject of armed-opposition"]),
        ("Damas a autorisé l'entrée d'un convoi à Madaya.", ["consent of syria-government"]),
        ("L'ONU a salué la trêve.", ["welcome of un"]),
        ("Le gouvernement syrien n'a pas répondu.", ["not accept of syria-government"]),
        ("Des groupes armés ont rejeté la trêve.", ["reject of armed-opposition"]),
        ("L'armée syrienne a déclaré la trêve terminée.", ["suspend of syria-government"]),
        ("L'Ukraine a accusé la Russie d'avoir visé la route.", ["allege of ukraine"]),
        ("L'armée israélienne a refusé de commenter.", ["decline-to-comment of israel"]),
        ("Aucun camion n'est passé.", ["not do of relief"]),
        ("Un convoi de l'ONU est arrivé à Madaya.", ["do of un"]),
        ("Moscou a retiré son offre.", ["withdraw of russia"]),
        ("La Russie a accepté de suspendre ses frappes.", ["announce of russia"]),
        ("Les Houthis ont démenti avoir accepté la trêve.", ["deny of houthis"]),
        ("Rusia anunció una pausa en Alepo.", ["announce of russia"]),
        ("La oferta fue rechazada por los rebeldes.", ["reject of armed-opposition"]),
        ("El Gobierno sirio no ha respondido.", ["not accept of syria-government"]),
        ("El ejército sirio dio por terminada la tregua.", ["suspend of syria-government"]),
        ("Damasco autorizó la entrada de un convoy en Madaya.", ["consent of syria-government"]),
        ("La ONU celebró la tregua.", ["welcome of un"]),
        ("Ningún camión ha pasado.", ["not do of relief"]),
        ("El convoy de la ONU llegó a Madaya.", ["do of un"]),
        ("Los rebeldes exigen el levantamiento del asedio.", ["demand of armed-opposition"]),
        ("Rusia aceptó suspender sus ataques.", ["announce of russia"]),
        ("Hamás negó que hubiera aceptado una tregua.", ["deny of hamas"]),
    ],
)
def test_an_act_is_read_with_its_actor(text: str, drafts: list[str]) -> None:
    assert acts(text) == drafts


@pytest.mark.parametrize(
    "text",
    [
        "La Russie aurait accepté une trêve.",
        "Si les rebelles acceptaient la trêve, le convoi partirait.",
        "L'ONU demande que Moscou autorise l'accès.",
        "L'ONU a exhorté Moscou à accepter la trêve.",
        "Personne au sein de l'armée syrienne n'a garanti le passage.",
        "Ni Moscou ni Damas n'ont garanti la sécurité du convoi.",
        "L'armée nie avoir donné son accord au convoi.",
        "Les rebelles ont refusé d'accepter la trêve.",
        "Les rebelles seraient prêts à accepter la trêve.",
        "Damas a-t-il autorisé le convoi ?",
        "Sans l'accord de Damas, le convoi ne peut pas partir, a expliqué le CICR.",
        "La banque offre une garantie de deux ans, dit la Russie.",
        "L'ONU s'est félicitée de la pause annoncée par Moscou.",
        "Rusia habría aceptado una tregua.",
        "Si los rebeldes garantizaran el paso, el convoy podría salir.",
        "La ONU pide que Moscú autorice el acceso.",
        "Nadie en el ejército sirio garantizó el paso.",
        "El ejército niega haber dado su consentimiento al convoy.",
        "Los rebeldes se negaron a aceptar la tregua.",
        "¿Aceptará Rusia la pausa?",
        "La ONU ha pedido permiso para entrar en Madaya.",
        "La ONU acogió con satisfacción la oferta de Rusia.",
    ],
)
def test_nothing_is_granted_that_the_words_do_not_grant(text: str) -> None:
    drafts = reading(text).drafts
    assert [one for one in drafts if one.act.value in GRANTS and one.negated is None] == []


@pytest.mark.parametrize(
    ("text", "negation"),
    [
        ("La Russie n'a pas garanti le passage du convoi.", "pas"),
        ("Rusia no garantizó el paso del convoy.", "no"),
    ],
)
def test_a_denied_guarantee_is_a_guarantee_with_the_words_that_deny_it(
    text: str, negation: str
) -> None:
    [draft] = reading(text).drafts
    assert draft.act.value is Act.GUARANTEE
    assert draft.negated is not None
    assert draft.negated.at[0].of(text) == negation


def test_half_a_negation_that_goes_on_with_but_negates_nothing() -> None:
    [draft] = reading("La Russie n'a annoncé que deux heures de pause.").drafts
    assert draft.negated is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "« Nous ne partirons pas », a déclaré mercredi un porte-parole des rebelles.",
            ("position of armed-opposition", None, Telling.QUOTED),
        ),
        (
            "Trois heures, c'est trop court, a déclaré Jan Egeland, de l'ONU.",
            ("assess of un", "Jan Egeland", Telling.PARAPHRASED),
        ),
        (
            "Le porte-parole de l'armée russe, Igor Konachenkov, a dit que la trêve tient toujours",
            ("confirm of russia", "Igor Konachenkov", Telling.PARAPHRASED),
        ),
        (
            "Israël et le Hamas ont conclu une trêve, a annoncé le Qatar.",
            ("accept of qatar for israel", None, Telling.PARAPHRASED),
        ),
        (
            "«Necesitamos 48 horas», añadió Jan Egeland, de la ONU.",
            ("assess of un", "Jan Egeland", Telling.QUOTED),
        ),
        (
            "El portavoz del ejército ruso, Ígor Konashénkov, dijo que la tregua sigue en vigor.",
            ("confirm of russia", "Ígor Konashénkov", Telling.PARAPHRASED),
        ),
        (
            "Según la ONU, el Gobierno sirio dio su consentimiento al paso del convoy.",
            ("consent of un for syria-government", None, Telling.PARAPHRASED),
        ),
    ],
)
def test_who_says_it_stands_on_either_side(
    text: str, said: tuple[str, str | None, Telling]
) -> None:
    draft = reading(text).drafts[0]
    party = f" for {draft.party.value}" if draft.party else ""
    speaker = draft.speaker.value if draft.speaker else None
    told = f"{draft.act.value.value} of {draft.actor.value}{party}"
    assert (told, speaker, draft.telling.value) == said


def test_who_spoke_last_speaks_on_behind_a_verb_turned_round() -> None:
    text = "L'ONU a demandé une pause. « Trois heures, c'est trop court », a-t-il ajouté."
    assert acts(text) == ["request of un", "assess of un"]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("L'armée russe suspendra ses frappes vendredi de 9 heures à 19 heures.", 10),
        ("El ejército ruso suspenderá sus ataques el viernes de 9.00 a 19.00.", 10),
    ],
)
def test_what_will_be_is_announced_with_its_window(text: str, hours: int) -> None:
    [draft] = reading(text).drafts
    [window] = draft.windows
    assert draft.act.value is Act.ANNOUNCE
    assert window.value.start is not None and window.value.end is not None
    assert window.value.end - window.value.start == hours * 3600


@pytest.mark.parametrize(
    "text",
    [
        "Moscou a annoncé l'ouverture de trois couloirs.",
        "Moscú anunció la apertura de tres corredores.",
    ],
)
def test_corridors_that_nobody_names_are_counted(text: str) -> None:
    [draft] = reading(text).drafts
    assert draft.corridors is not None
    assert draft.corridors.value == 3


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("Le CICR n'a pas reçu de garanties de sécurité.", "garanties de sécurité"),
        ("El CICR no ha recibido garantías de seguridad.", "garantías de seguridad"),
    ],
)
def test_what_a_relief_actor_lacks_is_told(text: str, lacks: str) -> None:
    [draft] = reading(text).drafts
    assert draft.result is not None and draft.lacks is not None
    assert (draft.result.value, draft.lacks.value) == (Usability.LACKS, lacks)


def test_a_condition_is_of_the_grant_before_it() -> None:
    text = "Les rebelles ont accepté la trêve, à condition que l'armée cesse ses frappes."
    [draft] = reading(text).drafts
    [condition] = draft.conditions
    assert condition.value.kind is ConditionKind.RECIPROCAL


def test_an_article_that_begins_a_sentence_is_no_name() -> None:
    assert acts("Un convoi a quitté la ville.") == ["do of relief"]


def test_a_number_with_points_counts_thousands() -> None:
    text = "Entre 250.000 y 300.000 civiles viven en la ciudad, según la ONU."
    draft = reading(text).drafts[0]
    assert draft.low is not None and draft.high is not None
    assert (draft.low.value, draft.high.value) == (250_000, 300_000)


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        # In French the present of a verb is its noun: behind a name it is the verb.
        ("Moscou propose une pause.", ["announce of russia"]),
        ("Egeland, qui conseille l'ONU, réclame une pause.", ["request of un"]),
        # Whose house it is, where "one" speaks in it.
        ("À Damas, on refuse tout convoi.", ["reject of syria-government"]),
        ("Pour l'ONU, la pause est trop courte.", ["assess of un"]),
        # A name behind the group that it is of.
        ("L'offre est rejetée, dit un chef du groupe rebelle Tamara.", ["reject of tamara"]),
        ("L'armée syrienne a parlé. Et le Hamas ? Pas de réponse.", ["not accept of hamas"]),
        # What both did not guarantee they have not agreed either.
        (
            "Ni Moscou ni Damas n'ont garanti le passage.",
            ["not guarantee of russia", "not guarantee of syria-government"],
        ),
        (
            "Les rebelles garantissent qu'aucun camion ne sera attaqué.",
            ["guarantee of armed-opposition"],
        ),
        ("Le convoi de l'ONU a été stoppé par l'armée syrienne.", ["do of syria-government"]),
    ],
)
def test_who_does_it_is_found_however_it_is_told(text: str, drafts: list[str]) -> None:
    assert acts(text) == drafts


def test_a_pronoun_agrees_with_whom_it_means() -> None:
    text = "La Russie a parlé. Le CICR a parlé. Elle a rejeté l'offre."
    assert acts(text) == ["reject of russia"]


def test_a_pronoun_behind_a_semicolon_goes_on_with_the_subject() -> None:
    text = "Laerke s'est tu, dit l'ONU. Dujarric a salué la pause ; il réclame deux jours."
    assert [one.speaker and one.speaker.value for one in reading(text).drafts][-1] == "Dujarric"


def test_an_army_of_which_nothing_is_told_is_called_by_its_common_noun() -> None:
    assert acts("L'armée a rejeté l'offre.") == ["reject of army"]
    named = "L'armée a rejeté l'offre. Damas n'a pas commenté."
    assert acts(named)[0] == "reject of syria-government"


def test_what_moves_is_of_the_one_relief_actor_that_is_named() -> None:
    assert acts("L'ONU a prévenu. Aucun camion n'est passé.")[-1] == "not do of un"


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        (
            "La milicia del Alto Soto rechazó la tregua. Después la milicia cerró el puente.",
            ["reject of milicia-del-alto-soto", "suspend of milicia-del-alto-soto"],
        ),
        ("La facción azul rechazó la tregua.", ["reject of faccion-azul"]),
        ("El Frente Popular rechazó la tregua.", ["reject of frente-popular"]),
        ("El grupo Talmar rechazó la tregua.", ["reject of talmar"]),
        (
            "El movimiento de Monte Pardo rechazó la tregua.",
            ["reject of movimiento-de-monte-pardo"],
        ),
        ("El Gobierno de Zelenski rechazó la tregua.", ["reject of ukraine"]),
        ("Los del muelle rechazaron la tregua.", ["reject of los-del-muelle"]),
    ],
)
def test_a_party_is_called_by_its_kind_and_by_what_follows_it(text: str, drafts: list[str]) -> None:
    assert acts(text) == drafts


def test_a_truce_that_is_promised_in_public_is_an_offer() -> None:
    assert acts("La milicia del Soto prometió una tregua.") == ["announce of milicia-del-soto"]


def test_a_yes_with_its_accent_is_no_condition() -> None:
    assert acts("Rusia dijo que sí a la tregua.") == ["accept of russia"]


def test_whom_a_verb_is_told_of_without_being_its_subject() -> None:
    text = "El convoy no salió el jueves. A la ONU le faltan las garantías de seguridad."
    draft = reading(text).drafts[-1]
    assert (draft.act.value.value, draft.actor.value) == ("assess", "un")


def test_an_arabic_article_with_a_capital_begins_a_name() -> None:
    draft = reading("Al Zaatari, de la ONU, dijo que tres horas no bastan.").drafts[0]
    assert draft.speaker is not None
    assert draft.speaker.value == "Al Zaatari"


def test_another_subject_behind_a_semicolon_ends_what_somebody_says() -> None:
    text = "Según la ONU, hay poca agua; los rebeldes rechazaron la tregua."
    assert "reject of armed-opposition" in acts(text)


def test_what_both_parties_are_silent_about_is_of_each() -> None:
    text = (
        "Arabia Saudí anunció una pausa. Los hutíes la celebraron. Ninguna de las partes contestó."
    )
    assert acts(text)[-2:] == ["not accept of saudi-arabia", "not accept of houthis"]
