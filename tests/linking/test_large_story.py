"""A story of more documents than claims are sought among: all of them are one claim, from one origin."""

import random

from allegata.contract import claim_json
from allegata.linking.linker import link_story
from allegata.linking.propositions import MOST_TEXTS
from allegata.model import Source

from .conftest import make_reading

MAYOR = Source("Ana Brill", "person", title="mayor", organisation="Tolm town council")
WAYS = (
    "The Velmian army shelled the grain market at Tolm and killed four traders, said Ana Brill, the mayor.",
    "Four traders died when the Velmian army shelled the grain market at Tolm, the mayor, Ana Brill, said.",
    "Shells of the Velmian army killed four traders at the grain market of Tolm, Ana Brill said.",
)


def relays(count: int) -> list:
    """The first report, and papers each of which names one of those shortly before."""
    rng = random.Random(3)
    out = [make_reading("d0", [(WAYS[0], MAYOR, "allege")], outlet="Tolm Post", accused="Velmian army")]
    for n in range(1, count):
        up = rng.randrange(max(0, n - 20), n)
        told_by = "Tolm Post" if up == 0 else f"Paper {up}"
        lines = [(rng.choice(WAYS), MAYOR, "allege"), f"It was in {told_by} that edition {n} read of it."]
        published = f"2025-03-{5 + n // 24:02}T{n % 24:02}:00:00+00:00"
        out.append(
            make_reading(f"d{n}", lines, outlet=f"Paper {n}", published=published, accused="Velmian army")
        )
    return out


def test_a_story_above_the_bound_is_one_claim_of_one_origin_in_any_order(texts):
    made = texts(relays(MOST_TEXTS + 20))
    claims = link_story(made)
    assert [len(c.documents) for c in claims] == [MOST_TEXTS + 20]
    count = claims[0].independent_origins
    assert (count.low, count.high) == (1, 1)
    assert "Ana Brill" in claims[0].origins[0].source
    fed = {e.downstream for e in claims[0].edges}
    assert len(fed) >= MOST_TEXTS
    random.Random(1).shuffle(made)
    assert [claim_json(c) for c in link_story(made)] == [claim_json(c) for c in claims]
