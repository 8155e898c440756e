"""Pages of actors: a party has one name, on its own page, on those of others and in the list of dyads."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

from allegata.web import paths


def test_a_party_has_one_name_wherever_it_stands(client: TestClient) -> None:
    pairs = [row["names"] for row in client.get("/dyads.json").json()]
    first, second = next(pair for pair in pairs if "Pakistan" in pair)
    for name in ("Government of Pakistan", "Pakistan"):
        page = client.get(paths.actor(name))
        assert page.status_code == 200 and "<h1><bdi>Pakistan</bdi></h1>" in page.text
    one, other = (client.get(paths.actor(n, twin=True)).json() for n in (first, second))
    for actor, counterpart in ((one, second), (other, first)):
        assert actor["actor"] in (first, second)
        named = [row["actor"] for row in (*actor["accuses"], *actor["accused_by"])]
        assert counterpart in named and "Government of Pakistan" not in named
        assert counterpart in [row["actor"] for row in actor["dyads"]]
        dyad = next(row["page"] for row in actor["dyads"] if row["actor"] == counterpart)
        assert client.get(dyad).status_code == 200


def test_all_times_of_an_actor_stand_in_the_drawing(client: TestClient) -> None:
    text = client.get(paths.actor("Pakistan")).text
    bars = re.findall(r'<rect class="(?:by|about)" x="([\d.]+)%" y="([\d.]+)" width="([\d.]+)%"', text)
    assert bars and all(float(x) + float(width) <= 100 and float(y) >= 0 for x, y, width in bars)
