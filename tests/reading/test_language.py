"""Languages told by script and by common words."""

import pytest

from allegata.reading.language import detect_language

SAMPLES = {
    "en": "The ministry said on Monday that it had closed the crossing after the bridge was damaged.",
    "fr": "Le ministère a déclaré lundi que le passage était fermé après les dégâts du pont.",
    "es": "El ministerio dijo el lunes que el paso fue cerrado tras los daños que sufrió el puente.",
    "de": "Das Ministerium teilte am Montag mit, dass der Übergang nach den Schäden gesperrt ist.",
    "it": "Il ministero ha detto che il passaggio è stato chiuso per i danni della tempesta al ponte.",
    "pt": "O ministério disse que a passagem foi fechada por causa dos danos que a ponte sofreu.",
    "ru": "Министерство заявило, что переход закрыт после того, как мост был повреждён, но не на весь год.",
    "uk": "Міністерство повідомило, що перехід закрито після того, як міст було пошкоджено, але не на рік.",
    "ar": "وقال متحدث باسم الوزارة إن الجسر أغلق بعد أن تضرر في العاصفة التي ضربت المدينة",
    "ur": "وزارت نے کہا ہے کہ پل کو نقصان پہنچنے کے بعد راستہ بند کر دیا گیا ہے اور یہ ایک ماہ تک بند رہے گا",
    "zh": "外交部周一表示，大桥受损后口岸已经关闭，预计下个月重新开放。",
    "ja": "外務省は月曜日、橋の損傷を受けて検問所を閉鎖したと発表した。",
    "tr": "Bakanlık, köprünün hasar görmesinden sonra bu durumun bir ay için süreceğini dedi.",
}


@pytest.mark.parametrize("code", SAMPLES)
def test_language_of_a_sentence(code: str) -> None:
    assert detect_language(SAMPLES[code]) == code


def test_too_little_or_nothing_known_is_none() -> None:
    assert detect_language("") is None
    assert detect_language("12.03.2024 — 45 %") is None
    assert detect_language("Lorem ipsum dolor sit amet consectetur adipiscing elit") is None


def test_quotations_in_another_language_do_not_turn_it() -> None:
    assert detect_language(SAMPLES["en"] * 3 + SAMPLES["ru"]) == "en"


def test_long_text_is_sampled() -> None:
    assert detect_language((SAMPLES["en"] + " ") * 20_000) == "en"
