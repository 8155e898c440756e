"""Posts shown in pages that prove nothing: the address is not that of the account shown, the genuine post has
other words, the account only looks like the genuine one, or somebody says that it is not genuine. No Document
has anything from such a post, and the account that it puts on is no origin."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from allegata.linking.addresses import canonical, handle_in
from allegata.linking.shown import Shown, find_shown
from allegata.linking.words import words
from allegata.model import Document, Reading, Statement
from allegata.reading.language import detect_language
from allegata.vocab import load

LEAST_WORDS, LEAST_RUN, SAME_WORDS = 4, 3, 0.9
"""Words of a post from which it can be told from another, words in a row that count as shared, and the share
of the words shown that must stand so in the genuine post."""

MOST_WORDS = 600
"""Words of a post that are compared."""

REPEATED = 5
"""Words in a row by which a statement or a sentence is known to speak of the post shown."""

MOST_DISOWNING = 60_000
"""Characters of a text in which somebody may disown a post."""


@dataclass(frozen=True, slots=True)
class Forgery:
    """A post shown that proves nothing, and why, in words that follow "because". ``accounts`` are the handles
    that it puts on or resembles, as `plain` gives them."""

    shown: Shown
    reason: str
    accounts: frozenset[str] = frozenset()


def find_forgeries(documents: Sequence[Document]) -> dict[str, tuple[Forgery, ...]]:
    """Document id -> the posts that it shows and that prove nothing, judged by what the other documents are
    and say."""
    showing = {d.id: shown for d in documents if (shown := find_shown(d))}
    if not showing:
        return {}
    genuine = _Genuine(documents)
    out: dict[str, tuple[Forgery, ...]] = {}
    for d in documents:
        found = [
            Forgery(s, why, genuine.accounts(s))
            for s in showing.get(d.id, ())
            if (why := genuine.doubt(s, d))
        ]
        if found:
            out[d.id] = tuple(found)
    return out


class _Genuine:
    """The posts of a collection by address and account, and where somebody disowns one."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._posts: dict[str, list[Document]] = defaultdict(list)
        self._by_address: dict[str, Document] = {}
        self._documents = documents
        for d in documents:
            for address in (d.id, canonical(d.url)):
                if address:
                    self._by_address.setdefault(address, d)
            if d.kind == "post" and (account := account_of(d)):
                self._posts[plain(account)].append(d)

    def doubt(self, shown: Shown, inside: Document) -> str | None:
        """Why a post shown in a Document proves nothing; ``None`` where nothing speaks against it."""
        handle = shown.account if (shown.account or "").startswith("@") else None
        at_address = self._by_address.get(shown.ref or "") or self._by_address.get(canonical(shown.ref) or "")
        if at_address is not None:
            owner = account_of(at_address)
            if handle and owner and owner.startswith("@") and plain(owner) != plain(handle):
                return f"the post at its address is of {owner} and not of {handle}"
            if _contradicts(shown.words, at_address.text):
                return "the post at its address has other words"
            return None
        owner = handle_in(shown.ref)
        if handle and owner and plain(owner) != plain(handle):
            return f"its address is of {owner} and not of {handle}"
        known = self._posts.get(plain(handle)) if handle else None
        if handle and known:
            if any(words_of(shown.words) and not _contradicts(shown.words, p.text) for p in known):
                return None
            if shown.ref is None and all(_contradicts(shown.words, p.text) for p in known):
                return f"no post of {handle} that is known has these words"
        elif handle:
            twin = next((a for a in sorted(self._posts) if looks_like(handle, a)), None)
            if twin:
                return f"{handle} only looks like @{twin}"
        return self._disowned(shown, handle, inside)

    def accounts(self, shown: Shown) -> frozenset[str]:
        """The accounts of which a post shown may be taken to be."""
        if not (shown.account or "").startswith("@"):
            return frozenset()
        handle = shown.account or ""
        return frozenset([plain(handle), *(a for a in self._posts if looks_like(handle, a))])

    def _disowned(self, shown: Shown, handle: str | None, inside: Document) -> str | None:
        pattern = _disowning()
        named = re.compile(rf"(?<![\w@]){re.escape(handle)}(?!\w)", re.IGNORECASE) if handle else None
        mine = _runs(shown.words)
        for d in self._documents:
            text = d.text[:MOST_DISOWNING]
            for m in pattern.finditer(text) if d.id != inside.id else ():
                sentence = text[_opening(text, m.start()) : _closing(text, m.end())]
                if (named and named.search(sentence)) or mine & _runs(sentence):
                    who = (d.author if d.kind == "post" else d.outlet) or d.title or d.id
                    return f"{who} says that it is not genuine"
        return None


def account_of(post: Document) -> str | None:
    """The account of a post: its author's handle, the one in its address, else the author's name."""
    if post.author and post.author.startswith("@"):
        return post.author
    return handle_in(post.url) or post.author


def set_aside(reading: Reading, forgeries: Iterable[Forgery]) -> Reading:
    """The Reading without the statements that are the words of posts that prove nothing."""
    gone = {s.id for s in reading.statements for f in forgeries if _is_of(s, f.shown, reading.document.text)}
    if not gone:
        return reading
    kept = tuple(
        replace(s, nested_in=None) if s.nested_in in gone else s
        for s in reading.statements
        if s.id not in gone
    )
    return replace(reading, statements=kept)


def _is_of(s: Statement, shown: Shown, text: str) -> bool:
    if s.speaker and shown.account and plain(s.speaker) == plain(shown.account):
        return True
    spans = (*s.source, *s.cue) or s.content
    if shown.span and any(shown.span[0] <= a and b <= shown.span[1] for a, b in spans):
        return True
    said = " ".join(text[a:b] for a, b in s.content)[:4000]
    return bool(_runs(shown.words) & _runs(said))


def words_of(text: str) -> list[str]:
    """The first words of a post as they are compared."""
    return [w.norm for w in words(_URL.sub(" ", text[: MOST_WORDS * 12]))][:MOST_WORDS]


_URL = re.compile(r"https?://\S+|\bpic\.\w+\.com/\S+")


@lru_cache(maxsize=1024)
def _contradicts(shown: str, genuine: str) -> bool:
    """Whether words shown as a post's are not the genuine one's: most of them do not stand there in a row. A
    translation cannot be judged so."""
    mine, theirs = words_of(shown), words_of(genuine)
    if len(mine) < LEAST_WORDS or not theirs:
        return False
    tongues = {detect_language(shown), detect_language(genuine)} - {None}
    if len(tongues) > 1:
        return False
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    shared = sum(b.size for b in blocks if b.size >= LEAST_RUN)
    return shared < SAME_WORDS * len(mine)


@lru_cache(maxsize=4096)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    norms = words_of(text)
    return frozenset(tuple(norms[i : i + REPEATED]) for i in range(len(norms) - REPEATED + 1))


_TWINS = str.maketrans(
    {
        **dict(zip("0135|", "olesl", strict=True)),
        "i": "l",
        **dict(
            zip(
                "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u043a\u0456\u0455\u0458",
                "aeopcxyklsj",
                strict=True,
            )
        ),
    }
)
"""Characters of handles that pass for others at a glance, the Cyrillic ones of Latin shape among them."""


@lru_cache(maxsize=10_000)
def looks_like(a: str, b: str) -> bool:
    """Whether two handles that differ pass for one another: by characters that look alike, by marks between
    words, or, in a longer one, by one character more, less or other."""
    a, b = plain(a), plain(b)
    if a == b:
        return False
    c, d = _glance(a), _glance(b)
    return c == d or (min(len(c), len(d)) > 6 and _is_one_off(c, d))


def plain(handle: str) -> str:
    """A handle as it is compared: without "@" and case."""
    return unicodedata.normalize("NFKC", handle).strip().removeprefix("@").casefold()


def _glance(handle: str) -> str:
    plain = re.sub(r"[_.\-]+", "", handle.translate(_TWINS))
    return plain.replace("rn", "m").replace("vv", "w")


def _is_one_off(a: str, b: str) -> bool:
    few, many = sorted((a, b), key=len)
    if len(many) - len(few) > 1:
        return False
    start = 0
    while start < len(few) and few[start] == many[start]:
        start += 1
    return few[start + (len(few) == len(many)) :] == many[start + 1 :]


@lru_cache(maxsize=1)
def _disowning() -> re.Pattern[str]:
    listed = sorted(load("citations")["pictures"]["disowned"], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, listed)) + ")", re.IGNORECASE)


def _opening(text: str, at: int) -> int:
    return max(m.end() for m in re.finditer(r"\A|[.!?]\s|\n", text[:at]))


def _closing(text: str, at: int) -> int:
    m = re.compile(r"[.!?](?=\s|$)|\n").search(text, at)
    return m.start() if m else len(text)
