"""Which names are worth comparing: no two that are one may be left out."""

import random

from allegata.linking.alike import Name, worth_comparing
from allegata.linking.joining import Voice, _is_bare, _same
from allegata.model import Source

FIRST = ("Ana", "Anna", "Josaphat", "Josafat", "Ida", "Ivo", "Mariya", "Velm", "Holt", "Salgrain", "Meridian")
LAST = ("Brill", "Brihl", "Kilonsi", "Roth", "Bettani", "Mining", "Transit", "Gazette", "Post", "News Agency",
        "Islamic League", "Ministry of Ports", "harbour office", "Petrovich", "Petrovych", "")  # fmt: skip
BEFORE = ("", "", "", "The ", "the Velmian unit of ", "London-based ")
AFTER = ("", "", "", " in Velm", ", Norway", " of Kordavia", " Ltd", " militants", "'s rivals")
KINDS = ("person", "unknown", "organisation", "outlet", "agency", "account", "office", "anonymous")


def made(rng: random.Random) -> Voice:
    """A voice of one of six documents, now and then misspelt."""
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}".strip()
    if rng.random() < 0.2:
        at = rng.randrange(len(name))
        name = name[:at] + rng.choice("aeoy") + name[at + 1 :]
    name = f"{rng.choice(BEFORE)}{name}{rng.choice(AFTER)}"
    name = name.lower() if rng.random() < 0.15 else name
    kind = rng.choice(KINDS)
    handle = name.replace(" ", "") if kind == "account" else None
    return Voice(f"d{rng.randrange(6)}", Source(name, kind, handle=handle))


def test_every_two_names_that_are_one_are_compared_and_few_others():
    rng = random.Random(5)
    one = asked = 0
    for _ in range(6):
        voices = [made(rng) for _ in range(120)]
        short = {"il": "islamic league"}
        names = [Name(v.document, v.source, _is_bare(v.source)) for v in voices]
        found = worth_comparing(names, short)
        assert found == sorted(set(found))
        assert all(j < i for i, j in found)
        same = {(i, j) for i in range(len(voices)) for j in range(i) if _same(voices[i], voices[j], short)}
        assert same <= set(found)
        one, asked = one + len(same), asked + len(found)
    assert one > 40
    assert asked < 6 * 120 * 119 / 2 / 10


def test_a_description_is_compared_with_a_name_of_the_same_document():
    bare = Name("d1", Source("leadership of the mill", "anonymous"), True)
    body = Name("d1", Source("Leadership of the Mill", "organisation"), False)
    other = Name("d2", Source("Leadership of the Mill", "organisation"), False)
    assert worth_comparing([bare, body, other], {}) == [(1, 0), (2, 1)]
