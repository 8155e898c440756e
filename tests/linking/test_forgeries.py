"""Posts shown in pages: a citation of their account, and nothing at all where they are forged."""

import pytest

from allegata.linking.forgeries import find_forgeries, looks_like
from allegata.linking.linker import link_story
from allegata.linking.shown import find_shown
from allegata.linking.why import explain
from allegata.model import Document, Embed

from .conftest import make_reading

ADDRESS = "https://chirper.example/sellin_mayor/status/88"
WORDS = "I opened the sluice at Sellin myself on Sunday and I would open it again"
GENUINE = "Nobody in this town hall touched the sluice at Sellin on Sunday. We are looking for who did it."


def post(text: str = WORDS, document_id: str = "p1", handle: str = "@sellin_mayor") -> Document:
    url = f"https://chirper.example/{handle.lstrip('@')}/status/88"
    return Document(document_id, text, url, "Chirper", handle, None, "2025-03-04T08:00:00+00:00", kind="post")


def page(
    embed: Embed | None = None, text: str = "The mayor opened the sluice.", document_id: str = "d1"
) -> Document:
    return Document(document_id, text, outlet="Hill Post", embeds=(embed,) if embed else ())


def reasons(*documents: Document) -> list[str]:
    return [f.reason for fs in find_forgeries(documents).values() for f in fs]


def test_an_embed_that_is_the_genuine_post_is_none():
    assert reasons(post(), page(Embed(ADDRESS, None, "@sellin_mayor", text=WORDS))) == []
    assert reasons(post(), page(Embed("p1"))) == []


def test_words_that_were_cut_are_still_the_genuine_ones():
    assert (
        reasons(
            post(), page(Embed(ADDRESS, None, "@sellin_mayor", text="I opened the sluice at Sellin myself…"))
        )
        == []
    )


@pytest.mark.parametrize(
    ("embed", "reason"),
    [
        (Embed(ADDRESS, None, "@sellin_mayor", text=WORDS), "other words"),
        (Embed(ADDRESS, None, "@velm_mayor", text=GENUINE), "is of @sellin_mayor and not of @velm_mayor"),
        (
            Embed("https://chirper.example/angler77/status/5", None, "@sellin_mayor", text=WORDS),
            "its address is of @angler77",
        ),
        (
            Embed("https://chirper.example/sellln_mayor/status/5", None, "@sellln_mayor", text=WORDS),
            "only looks like",
        ),
        (Embed(None, None, "@sellin_mayor", text=WORDS), "no post of @sellin_mayor"),
    ],
)
def test_an_embed_that_contradicts_the_genuine_post_is_forged(embed, reason):
    (found,) = reasons(post(GENUINE), page(embed))
    assert reason in found


def test_another_post_of_the_same_account_is_not_called_forged():
    other = Embed("https://chirper.example/sellin_mayor/status/91", None, "@sellin_mayor", text=WORDS)
    assert reasons(post(GENUINE), page(other)) == []


def test_an_account_that_somebody_calls_an_imitation_proves_nothing():
    shown = page(
        Embed("https://chirper.example/SellinRiver_Aid/status/7", None, "@SellinRiver_Aid", text=WORDS)
    )
    words = "The account @SellinRiver_Aid, which speaks of a sluice, is an imitation. We run no other."
    owner = Document("o1", words, outlet="Sellin River Aid", kind="statement")
    assert reasons(shown, owner) == ["Sellin River Aid says that it is not genuine"]


def test_a_post_that_somebody_disowns_proves_nothing():
    shown = page(
        Embed("https://chirper.example/mayor_of_sellin/status/3", None, "@mayor_of_sellin", text=WORDS)
    )
    denial = page(None, "The account @mayor_of_sellin does not belong to the mayor.", "d2")
    (reason,) = reasons(shown, denial)
    assert reason == "Hill Post says that it is not genuine"
    quoted = page(None, f"A post that reads “{WORDS}” is a fake, the town hall said.", "d3")
    assert reasons(shown, quoted)
    assert reasons(shown, page(None, "The account @mayor_of_velm does not belong to the mayor.", "d4")) == []


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("@sellin_mayor", "@sellln_mayor", True),
        ("@sellin_mayor", "@SellinMayor", True),
        ("@harbour_rn", "@harbour_m", True),
        ("@sellin_mayor", "@sellin_mayor", False),
        ("@sellin_mayor", "@velm_mayor", False),
        ("@anna", "@anne", False),
    ],
)
def test_handles_that_pass_for_one_another(a, b, alike):
    assert looks_like(a, b) is looks_like(b, a) is alike


@pytest.mark.parametrize(
    ("text", "account", "words"),
    [
        ("A screenshot of a post by @sellin_mayor is going round.", "@sellin_mayor", ""),
        ('[Embedded post, @sellin_mayor: "I opened it."]', "@sellin_mayor", "I opened it."),
        ("Screenshot of the deleted tweet by Mara Keller: “I opened it.”", "Mara Keller", "I opened it."),
        ("Capture d’écran d’un message de @sellin_mayor", "@sellin_mayor", ""),
    ],
)
def test_a_picture_of_a_post_is_read_from_its_caption(text, account, words):
    (shown,) = find_shown(Document("d", text))
    assert (shown.account, shown.words) == (account, words)
    assert shown.spot is not None and text[slice(*shown.spot)] == account


def test_a_plain_picture_is_no_post():
    assert find_shown(Document("d", "A picture of the post office at Sellin. Photo: Ute Brandt")) == ()


BASE = "The mayor of Sellin opened the sluice of the mill pond on Sunday night and flooded nine houses"


def genuine(text: str):
    return make_reading(
        "p1",
        [text],
        outlet="Chirper",
        kind="post",
        author="@sellin_mayor",
        title=None,
    )


def article(document_id: str, lines: list, hour: int = 10, **more):
    return make_reading(
        document_id,
        lines,
        outlet=f"Outlet {document_id}",
        published=f"2025-03-05T{hour:02}:00:00+00:00",
        **more,
    )


def embedding(words: str, ref: str | None, handle: str):
    lines = [f"{BASE}, and now there is proof.", words, "The mill pond is empty."]
    start = len(lines[0]) + 1
    embed = Embed(ref, handle, handle, text=words, span=(start, start + len(words)))
    return article("d1", lines, embeds=(embed,))


def upstream(claims, document_id: str) -> set[str]:
    return {e.upstream for c in claims for e in c.edges if e.downstream == document_id}


def origins(claims) -> set[str]:
    return {o.source for c in claims for o in c.origins if o.kind != "unattributed"}


SAID = "I opened the sluice of the mill pond at Sellin on Sunday night, and nine houses were flooded"

OTHER = (
    "Nobody of us was near the sluice of the mill pond at Sellin on Sunday night when nine houses were "
    "flooded."
)


def test_a_genuine_embed_is_an_edge_and_a_forged_one_is_none(texts):
    true = genuine(f"{SAID}.")
    address = true.document.url
    assert address is not None
    claims = link_story(texts([true, embedding(SAID, address, "@sellin_mayor")]))
    assert "p1" in upstream(claims, "d1")
    other = genuine(OTHER)
    claims = link_story(texts([other, embedding(SAID, address, "@sellin_mayor")]))
    assert upstream(claims, "d1").isdisjoint({"p1", "@sellin_mayor"})
    lookalike = embedding(SAID, "https://chirper.example/sellln_mayor/status/9", "@sellln_mayor")
    claims = link_story(texts([other, lookalike]))
    assert upstream(claims, "d1").isdisjoint({"p1", "@sellin_mayor", "@sellln_mayor"})
    assert not any("sell" in o and "mayor" in o for o in origins(claims) - {"@sellin_mayor"})


def test_why_says_what_proves_nothing(texts):
    readings = [
        genuine(OTHER),
        embedding(SAID, "https://chirper.example/sellln_mayor/status/9", "@sellln_mayor"),
    ]
    documents = {r.document.id: r.document for r in readings}
    claims = link_story(texts(readings))
    lines = [line for c in claims for line in explain(c, documents)]
    assert any("proves nothing" in line and "only looks like @sellin_mayor" in line for line in lines)


def test_a_dead_embed_is_a_citation_of_its_account(texts):
    dead = embedding(SAID, "https://chirper.example/mill_pond_watch/status/9", "@mill_pond_watch")
    (claim, *_) = link_story(texts([dead, article("d2", [f"{BASE}, neighbours say."], 12)]))
    assert "@mill_pond_watch" in upstream([claim], "d1")


def test_a_described_screenshot_is_a_citation_of_its_account(texts):
    lines = [
        f"{BASE}.",
        "A screenshot of a post by @mill_pond_watch says the mayor opened the sluice of the mill pond.",
    ]
    (claim, *_) = link_story(texts([article("d1", lines), article("d2", [f"{BASE}, neighbours say."], 12)]))
    assert "@mill_pond_watch" in upstream([claim], "d1")
