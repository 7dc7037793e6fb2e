"""Arabic: verbs before their subjects, joined words, no capitals, and no grant invented."""

from __future__ import annotations

import pytest

from safeconduct.vocabulary.kinds import ConditionKind
from safeconduct.wire import Act, Draft
from tests.unit.wire.reading import acts, reading

GRANTS = {Act.GUARANTEE, Act.CONSENT, Act.ACCEPT}


def only(text: str) -> Draft:
    """The one draft of a text."""
    [draft] = reading(text).drafts
    return draft


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("أعلنت وزارة الدفاع الروسية وقف الضربات الجوية على حلب.", ["announce of russia"]),
        ("وكان التحالف قد أعلن هدنة من جانب واحد في اليمن.", ["announce of saudi-coalition"]),
        ("ضمن ذلك قدمت روسيا ضمانات خطية بسلامة القافلة.", ["guarantee of russia"]),
        ("وتعهدت الفصائل بعدم استهداف القافلة في دوما.", ["guarantee of armed-opposition"]),
        (
            "وافق الجيش السوداني يوم الخميس على فتح معبر أدري أمام المساعدات.",
            ["consent of sudan-army"],
        ),
        ("سمحت إسرائيل بدخول عشرين شاحنة إلى غزة في ذلك اليوم.", ["consent of israel"]),
        (
            "توصلت روسيا وتركيا إلى اتفاق على وقف إطلاق النار في حلب.",
            ["accept of russia", "accept of turkey"],
        ),
        ("ورفض الحوثيون الهدنة في ذلك اليوم.", ["reject of houthis"]),
        ("دعت الأمم المتحدة روسيا إلى وقف القصف على حلب.", ["request of un"]),
        ("أمهلت روسيا الفصائل حتى مساء الجمعة لمغادرة حلب.", ["demand of russia"]),
        ("سحبت دمشق موافقتها على دخول القافلة.", ["withdraw of syria-government"]),
        ("أغلقت السلطات السودانية معبر أدري في ذلك اليوم.", ["suspend of sudan-army"]),
        ("ونفت روسيا أنها قصفت القافلة.", ["deny of russia"]),
        ("ورحب المبعوث الأممي ستيفان ديمستورا بإعلان الهدنة.", ["welcome of un"]),
        ("واتهمت أوكرانيا روسيا بخرق الهدنة.", ["allege of ukraine"]),
        ("لم ترد الحكومة السورية على الطلب.", ["not accept of syria-government"]),
        ("عادت القافلة أدراجها من دون أن تفرغ حمولتها.", ["not do of relief"]),
        (
            "قال غريفيث إن الحوثيين تعهدوا بعدم التعرض للقافلة.",
            ["guarantee of un for houthis"],
        ),
        ("أعلنت حماس أنها لم توافق على أي اتفاق بعد.", ["not accept of hamas"]),
    ],
)
def test_an_act_is_read_with_its_actor(text: str, drafts: list[str]) -> None:
    assert acts(text) == drafts


@pytest.mark.parametrize(
    "text",
    [
        "رحبت موسكو باقتراح الأمم المتحدة في ذلك اليوم.",
        "لم تضمن روسيا سلامة القافلة في ذلك اليوم.",
        "لم تقدم روسيا أي ضمانات لسلامة القافلة.",
        "نفت الحكومة السورية أن تكون قد وافقت على دخول القافلة.",
        "قد توافق الفصائل على الهدنة إذا توقف القصف.",
        "لو وافقت الفصائل على الخطة لدخلت القوافل أمس.",
        "هل وافقت الحكومة السورية على دخول القافلة؟",
        "قال دي ميستورا إن على روسيا أن تضمن سلامة القافلة.",
        "طلبت الأمم المتحدة من روسيا أن تضمن سلامة القافلة.",
        "وافقت الحكومة السورية على مناقشة الخطة في ذلك اليوم.",
        "رفضت روسيا ضمان سلامة القافلة في ذلك اليوم.",
        "لا تزال الأمم المتحدة تنتظر موافقة دمشق على دخول القافلة.",
        "يجب أن توافق جميع الأطراف على الهدنة، بحسب الأمم المتحدة.",
    ],
)
def test_nothing_is_granted_that_the_words_do_not_grant(text: str) -> None:
    drafts = reading(text).drafts
    assert [one for one in drafts if one.act.value in GRANTS and one.negated is None] == []


def test_a_person_is_named_behind_his_office_with_all_his_names() -> None:
    text = "قال المتحدث باسم وزارة الدفاع الروسية رامي الخطيبي إن الفصائل رفضت الهدنة."
    draft = only(text)
    assert draft.speaker is not None
    assert draft.office is not None
    assert (draft.speaker.value, draft.office.value) == (
        "رامي الخطيبي",
        "المتحدث باسم وزارة الدفاع الروسية",
    )
    assert draft.actor.value == "russia"


def test_two_parties_side_by_side_are_who_asks_and_who_is_asked() -> None:
    draft = only("طالبت الأمم المتحدة الحكومة السورية بالسماح بدخول المساعدات.")
    assert (draft.actor.value, [one.value for one in draft.to]) == ("un", ["syria-government"])


def test_an_offer_has_its_window_its_places_and_its_dual_of_corridors() -> None:
    text = (
        "قالت روسيا إنها ستفتح ممرين للمدنيين من مدينة حلب يوم الجمعة من الساعة ٩ صباحا حتى "
        "الساعة ١٩ بالتوقيت المحلي."
    )
    draft = only(text)
    [window] = draft.windows
    assert (window.value.start is None, window.value.end is None) == (False, False)
    assert [one.value for one in draft.areas] == ["مدينة حلب"]
    assert draft.corridors is not None
    assert draft.corridors.value == 2


def test_a_condition_hangs_on_its_act() -> None:
    text = "أعلن التحالف هدنة في اليمن شرط التزام الحوثيين بها."
    [condition] = only(text).conditions
    assert condition.value.kind is ConditionKind.RECIPROCAL
    assert condition.value.on is not None
    assert condition.value.on.value == "houthis"
    assert condition.at[0].of(text) == "شرط التزام الحوثيين بها"


def test_an_assessment_says_what_is_lacking() -> None:
    draft = only("قال الصليب الأحمر إنه يحتاج إلى ضمانات أمنية من جميع الأطراف.")
    assert (draft.act.value, draft.actor.value) == (Act.ASSESS, "icrc")
    assert draft.lacks is not None
    assert draft.lacks.value == "ضمانات أمنية"


def test_a_verb_of_saying_without_a_subject_is_of_who_spoke_last() -> None:
    drafts = reading("قال الحوثيون إنهم يرفضون الهدنة. وأضافوا أن التحالف خرقها.").drafts
    assert {one.actor.value for one in drafts} == {"houthis"}


def test_an_estimate_is_a_range_though_its_and_is_joined_to_a_number() -> None:
    draft = only("تقدر الأمم المتحدة عدد المدنيين في حلب بما بين ٢٥٠٠ و٣٠٠٠.")
    assert draft.low is not None
    assert draft.high is not None
    assert (draft.low.value, draft.high.value) == (2500, 3000)
