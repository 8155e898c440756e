from __future__ import annotations

from dataclasses import replace

import pytest

from allegata.model import Mention, OriginCount, Response
from allegata.store.cards import card_of
from allegata.web import words
from tests.web.stories import attack, camp


def test_the_strip_counts_carriers_not_answers() -> None:
    assert str(words.strip_of(camp())) == "9 mentions · 8 outlets · 1 independent origin"
    assert str(words.strip_of(attack())) == "4 mentions · 4 outlets · 1–2 independent origins"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (OriginCount(1, 1, 1, 0, 0), "1 independent origin"),
        (OriginCount(2, 3, 2, 0, 1), "2–3 independent origins (1 unresolved)"),
        (OriginCount(0, 0, 0, 0, 0), "0 independent origins"),
        (OriginCount(0, 1, 0, 0, 1), "0–1 independent origins (1 unresolved)"),
    ],
)
def test_origins_are_an_interval_with_what_is_unresolved(count: OriginCount, expected: str) -> None:
    strip = words.strip_of(replace(camp(), independent_origins=count))
    assert str(strip).endswith(f" · {expected}")


def test_an_outlet_without_a_name_is_known_by_its_host() -> None:
    said = tuple(
        Mention(f"x{i}", url, None, None, "assert")
        for i, url in enumerate(["https://www.one.example/a", "https://one.example/b", "nonsense", None])
    )
    assert words.strip_of(replace(camp(), mentions=said)).outlets == 1


def test_denials() -> None:
    assert [r.source for r in words.deniers(camp())] == ["Zakir Hotaki", "Hajji Tor Gul"]
    assert words.no_denial(attack()) == "no denial found in 4 documents"
    twice = replace(camp(), responses=(*camp().responses, Response("Zakir Hotaki", "deny", "d16")))
    assert len(words.deniers(twice)) == 2
    # a denial whose source nobody made out is a denial still
    assert words.deniers(replace(camp(), responses=())) == ()


def test_alleged_is_never_dropped_nor_doubled() -> None:
    assert words.alleged("The mill was burnt.") == "Alleged: The mill was burnt."
    assert words.alleged("The mill was allegedly burnt.") == "The mill was allegedly burnt."


@pytest.mark.parametrize(
    ("text", "day", "when"),
    [
        ("2025-09-08", "8 Sep 2025", "8 Sep 2025"),
        ("2025-09-08T20:30:00+05:00", "8 Sep 2025", "8 Sep 2025, 20:30 (+05:00)"),
        ("2025-09-08T20:30:00-03:30", "8 Sep 2025", "8 Sep 2025, 20:30 (−03:30)"),
        ("2025-09-08T20:30:00Z", "8 Sep 2025", "8 Sep 2025, 20:30 UTC"),
        ("2025-09-08T20:30", "8 Sep 2025", "8 Sep 2025, 20:30"),
        ("0000-01-01", "0000-01-01", "0000-01-01"),
        ("last Friday", "last Friday", "last Friday"),
        (None, "no date", "no date"),
    ],
)
def test_times(text: str | None, day: str, when: str) -> None:
    assert (words.day(text), words.when(text)) == (day, when)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://a.example",
        "data:text/html,x",
        "ftp://a.example",
        "https:",
        "//a.example",
        "https://[bad",
        "http://a.example/\nx",
    ],
)
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert words.web_address(url) is None


def test_web_addresses() -> None:
    assert words.web_address("HTTPS://A.example/x?y#z") == "HTTPS://A.example/x?y#z"
    assert words.host_of("https://www.a.example:444/x") == "a.example"


def test_clip_cuts_at_a_word_and_keeps_to_one_direction() -> None:
    assert words.clip("one two three four", 12) == "one two…"
    assert words.clip("short", 12) == "short"
    assert words.clip("a\u202eb\n c", 12) == "ab c"
    assert len(words.clip("x" * 500, 12)) == 12


def test_a_claim_that_is_only_denied_says_so() -> None:
    none = OriginCount(0, 0, 0, 0, 0)
    denied = replace(
        camp(),
        mentions=tuple(replace(m, stance="deny") for m in camp().mentions[:2]),
        independent_origins=none,
    )
    assert str(words.strip_of(denied)) == "0 mentions: only denied, by 2 sources"
    assert str(words.strip_of(card_of(denied))) == str(words.strip_of(denied))
    assert str(words.strip_of(replace(denied, responses=()))) == "0 mentions: only answered"
    assert "only" not in str(words.strip_of(replace(denied, independent_origins=OriginCount(0, 1, 0, 0, 1))))
