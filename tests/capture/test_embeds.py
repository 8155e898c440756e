"""Posts quoted in pages: whose, when, what, and where their words stand in the text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from allegata.model import Document, Embed

Read = Callable[..., Document]

BEFORE = "<p>The governor answered her critics on Thursday evening, a day after the vote in the assembly.</p>"
AFTER = "<p>Her office did not reply to questions about the post, which was gone by the next morning.</p>"


def page(middle: str) -> str:
    return (
        "<!doctype html><html><head><title>Governor answers</title></head><body><article>"
        f"<h1>Governor answers</h1>{BEFORE}{middle}{AFTER}</article></body></html>"
    )


def only_embed(document: Document) -> Embed:
    (embed,) = document.embeds
    assert embed.span is not None
    standing = document.text[embed.span[0] : embed.span[1]]
    assert standing.startswith(embed.text)
    before, after = document.text[: embed.span[0]], document.text[embed.span[1] :]
    assert before.rstrip().endswith("in the assembly.")
    assert after.lstrip().startswith("Her office")
    return embed


TWEET = """<blockquote class="twitter-tweet"><p lang="en" dir="ltr">I never signed it &amp; I never
will.</p>&mdash; Mara Lind (@maralind) <a
href="https://twitter.com/maralind/status/1897654321098765432?ref_src=twsrc%5Etfw">March 6,
2025</a></blockquote><script async src="https://platform.twitter.com/widgets.js"></script>"""

BLUESKY = """<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc123/app.bsky.feed.post/3kxyz"
data-bluesky-cid="c"><p lang="en">I never signed it.</p>&mdash; Mara Lind
(<a href="https://bsky.app/profile/did:plc:abc123?ref_src=embed">@maralind.bsky.social</a>)
<a href="https://bsky.app/profile/did:plc:abc123/post/3kxyz?ref_src=embed">March 6, 2025 at 10:15
AM</a></blockquote>"""

MASTODON = """<blockquote class="mastodon-embed" data-embed-url="https://town.example/@maralind/1141/embed">
<p>I never signed it.</p><a href="https://town.example/@maralind/1141">Post by @maralind@town.example</a>
<div>View on Mastodon</div></blockquote>"""

INSTAGRAM = """<blockquote class="instagram-media"
data-instgrm-permalink="https://www.instagram.com/p/Cabc12/?utm=1"> <p>I never signed it.</p><a
href="https://www.instagram.com/p/Cabc12/">A post shared by Mara Lind (@maralind)</a> </blockquote>"""

FACEBOOK = """<div class="fb-post" data-href="https://www.facebook.com/maralind/posts/991">
<blockquote cite="https://www.facebook.com/maralind/posts/991" class="fb-xfbml-parse-ignore">
<p>I never signed it.</p>Posted by <a href="https://www.facebook.com/maralind">Mara Lind</a> on&nbsp;
<a href="https://www.facebook.com/maralind/posts/991">Thursday, March 6, 2025</a></blockquote></div>"""

GENERIC = """<blockquote><p>I never signed it.</p><footer>— Mara Lind (@maralind), 6 March
2025</footer></blockquote>"""

FIGURE = """<figure class="social-embed" data-url="https://parley.example/maralind/status/77">
<p>I never signed it.</p><figcaption>— @maralind <a href="https://parley.example/maralind/status/77">view
post</a> </figcaption></figure>"""


@pytest.mark.parametrize(
    ("markup", "ref", "author", "handle", "published"),
    [
        (TWEET, "https://twitter.com/maralind/status/1897654321098765432", "Mara Lind", "@maralind",
         "2025-03-06"),
        (BLUESKY, "https://bsky.app/profile/did:plc:abc123/post/3kxyz", "Mara Lind", "@maralind.bsky.social",
         "2025-03-06T10:15:00"),
        (MASTODON, "https://town.example/@maralind/1141", "@maralind@town.example",
         "@maralind@town.example", None),
        (INSTAGRAM, "https://www.instagram.com/p/Cabc12/", "Mara Lind", "@maralind", None),
        (FACEBOOK, "https://www.facebook.com/maralind/posts/991", "Mara Lind", "@maralind", "2025-03-06"),
        (GENERIC, None, "Mara Lind", "@maralind", "2025-03-06"),
        (FIGURE, "https://parley.example/maralind/status/77", "@maralind", "@maralind", None),
    ],
)  # fmt: skip
def test_posts_of_many_platforms(
    read: Read, markup: str, ref: str | None, author: str, handle: str, published: str | None
) -> None:
    embed = only_embed(read(page(markup)))
    assert (embed.ref, embed.author, embed.handle) == (ref, author, handle)
    assert (embed.published or "")[: len(published or "")] == (published or "")
    assert embed.text.startswith("I never signed it")
    assert "View on" not in embed.text


def test_the_time_in_the_id_of_a_post_sharpens_its_printed_day(read: Read) -> None:
    embed = only_embed(read(page(TWEET)))
    assert embed.published == "2025-03-06T14:23:41+00:00"
    other_day = re.sub(r"March\s6,\s2025", "May 2, 2024", TWEET)
    assert only_embed(read(page(other_day))).published == "2024-05-02"


def test_a_quotation_of_a_person_is_no_post(read: Read) -> None:
    quotation = (
        "<blockquote><p>We never signed it, and we never will sign it.</p>— Mara Lind, governor</blockquote>"
    )
    document = read(page(quotation))
    assert document.embeds == ()
    assert "We never signed it" in document.text


def test_a_dash_in_the_words_is_no_signature(read: Read) -> None:
    words = (
        "<p>Done — thanks @bob for all the help, it was a very long night and we could not have done it.</p>"
    )
    markup = (
        f'<blockquote class="twitter-tweet">{words}&mdash; Mara Lind (@maralind) March 6, 2025</blockquote>'
    )
    embed = only_embed(read(page(markup)))
    assert embed.text.startswith("Done — thanks @bob")
    assert embed.handle == "@maralind"


def test_posts_of_which_the_page_has_only_the_address(read: Read) -> None:
    document = read(
        page(
            '<script async src="https://telegram.org/js/widget.js" data-telegram-post="lindnews/43"></script>'
            '<iframe src="https://town.example/@maralind/1141/embed" class="mastodon-embed"></iframe>'
        )
    )
    assert [(e.ref, e.handle, e.text, e.span) for e in document.embeds] == [
        ("https://t.me/lindnews/43", "@lindnews", "", None),
        ("https://town.example/@maralind/1141", "@maralind", "", None),
    ]


def test_two_posts_keep_their_order_and_the_page_its_brackets(read: Read) -> None:
    document = read(
        page("<p>⟦0⟧ The first was short, and the second one was not much longer. ⟦0⟧</p>" + GENERIC + TWEET)
    )
    assert [e.text for e in document.embeds] == ["I never signed it.", "I never signed it & I never will."]
    first, second = (e.span for e in document.embeds)
    assert first is not None and second is not None and first[1] < second[0]
    assert document.text.count("⟦0⟧") == 2
    assert not set("⦃⦄") & set(document.text)
