"""Who is credited without a verb of their own ("according to"), what nobody is named for, what the writers
themselves do, and who says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allegata.reading.foreign.contents import LEAST, NOBODY, Found, around, rest_of, trimmed
from allegata.reading.foreign.phrases import RELATIVE, Phrase, phrase
from allegata.reading.foreign.subjects import is_closed, subject, tells_of_person
from allegata.reading.foreign.tokens import Token
from allegata.reading.foreign.words import Words


def refusals(s: Sequence[Token], words: Words) -> Iterator[Found]:
    for i in range(len(s)):
        if (m := words.match(s, i, "refusals")) is not None:
            who = subject(s, i, 0, words)
            if who is None and words.language in ("ru", "de"):
                begins = 1 if s[0].low in ("в", "in") else 0
                who = phrase(s, begins, i, words)
            if isinstance(who, Phrase):
                yield Found(who, (i, m[0]), (), "no_comment", s)
            return


def own_words(s: Sequence[Token], words: Words) -> Iterator[Found]:
    """What the writers themselves demand, deny or take back."""
    for i in range(len(s)):
        if (m := words.match(s, i, "ours")) is not None:
            rest = trimmed(s, m[0], len(s))
            if (
                rest
                and not words.has(s[m[0]], "not_ours")
                and (i == 0 or not words.has(s[i - 1], "negations"))
            ):
                yield Found(NOBODY, (i, m[0]), (rest,), m[1], s)
            return


def by_sources(s: Sequence[Token], words: Words) -> Iterator[Found]:
    for i in range(len(s)):
        m = words.match(s, i, "by")
        if m is None:
            if (passive := _passive(s, i, words)) is not None:
                yield passive
                return
            if (
                words.language == "de"
                and s[i].low == "zufolge"
                and (post := _zufolge(s, i, words)) is not None
            ):
                yield post
                return
            if words.language == "de" and s[i].low == "so" and (post := _so(s, i, words)) is not None:
                yield post
                return
            continue
        begins = i == 0 or s[i - 1].kind != "word" or words.language != "pt"
        more = words.match(s, m[0], "whatever")
        if more is not None and (passive := _passive(s, more[0], words, free=True)) is not None:
            content = rest_of(s, i, passive.who.end, words) if isinstance(passive.who, Phrase) else None
            if content is not None:
                yield Found(passive.who, (i, passive.cue[1]), (content,), "assert", s)
            return
        k = m[0] + (m[0] < len(s) and s[m[0]].low == ":")
        found = phrase(s, k, len(s), words) if begins else None
        if found is None or (found.end < len(s) and words.has(s[k], "relative") and words.language != "de"):
            continue
        closed = found.end >= len(s) or s[found.end].kind != "word" or words.has(s[found.end], "relative")
        name = any(t.capital for t in s[found.start : found.end])
        if not closed and not name and i > 0:
            continue
        if found.end < len(s) and words.has(s[found.end], "relative") and words.language != "de":
            inner = next((x for x in range(found.end, len(s)) if s[x].kind == "mark"), len(s))
            if inner - found.end <= RELATIVE and tells_of_person(
                s, Phrase(found.start, found.start + 3), words
            ):
                found = Phrase(found.start, inner, found.name)
        yield Found(found, (i, m[0]), around(s, i, found.end, words), "assert", s)
        return


def _passive(s: Sequence[Token], i: int, words: Words, *, free: bool = False) -> Found | None:
    """ "… was reported by X"."""
    low = s[i].low
    if i + 2 > len(s) or s[i].kind != "word" or not words.has(s[min(i + 1, len(s) - 1)], "agents"):
        return None
    if not free and (i == 0 or not words.has(s[i - 1], "passive")):
        return None
    bases = (
        low,
        low.rstrip("s"),
        low.rstrip("s")[:-1] + "o",
        low.removesuffix("s").removesuffix("e"),
        low[:-1] + "o",
    )
    stance = next((words.done[b] for b in bases if b in words.done), None)
    found = phrase(s, i + 2, len(s), words) if stance == "assert" else None
    if found is None or not is_closed(s, found.end, words):
        return None
    before = trimmed(s, 0, i)
    whole = before is not None and before[1] - before[0] >= 3 * LEAST
    return Found(found, (i, i + 2), (before,) if whole and before else (), "assert", s)


def _zufolge(s: Sequence[Token], i: int, words: Words) -> Found | None:
    for b in range(max(0, i - 8), i):
        found = phrase(s, b, i, words)
        if found is not None and found.end == i:
            content = rest_of(s, b, i + 1, words)
            return Found(found, (i, i + 1), (content,) if content else (), "assert", s)
    return None


def _so(s: Sequence[Token], i: int, words: Words) -> Found | None:
    """ "…", so die Ministerin."""
    if i == 0 or not (s[i - 1].low == "," or s[i - 1].kind == "quote"):
        return None
    found = phrase(s, i + 1, len(s), words)
    if found is None or not is_closed(s, found.end, words):
        return None
    quote = next((t for t in reversed(s[:i]) if t.kind == "quote"), None)
    content = (quote.start, quote.end) if quote is not None and len(quote.text) > 24 else trimmed(s, 0, i)
    return Found(found, (i, i + 1), (content,), "assert", s) if content else None


_WHICH = frozenset(
    ("lequel", "laquelle", "lesquels", "lesquelles", "cual", "cuales", "qual", "quale", "quali")
)


def cited(s: Sequence[Token], found: Sequence[Found], words: Words) -> Iterator[Found]:
    """From whom the speaker has it: "…, reported X, citing a former officer"."""
    if not found or found[0].stance not in ("assert", "allege", "confirm"):
        return
    taken = [f.cue for f in found]
    for i in range(len(s)):
        m = words.match(s, i, "citing")
        if m is None or any(a <= i < b for a, b in taken):
            continue
        who = phrase(s, m[0], len(s), words)
        if who is not None and words.has(s[m[0]], "articles"):
            yield Found(who, (i, m[0]), found[0].content, "assert", s)
            return


def hearsay(s: Sequence[Token], words: Words) -> Iterator[Found]:
    """What somebody is said to have done, nobody says by whom: "aurait été tué", "soll … haben"."""
    if any(
        t.low in ("si", "se", "wenn", "falls", "?", "s'", "ob") and k < 12
        for k, t in enumerate(s)
        if not (t.low in ("se", "s'") and words.language != "pt")
    ):
        return
    for i in range(len(s)):
        end = None
        m = words.match(s, i, "hearsay")
        if m is not None:
            end = m[0]
        elif words.has(s[i], "hearsay_aux"):
            end = _hearsay_end(s, i, words)
        if end is None:
            continue
        begins = max((k + 1 for k in range(i) if s[k].low in _WHICH), default=0)
        parts = tuple(p for p in (trimmed(s, begins, i), trimmed(s, end, len(s))) if p is not None)
        if parts and sum(b - a for a, b in parts) >= LEAST:
            yield Found(NOBODY, (i, end), parts, "allege", s)
            return


def _hearsay_end(s: Sequence[Token], i: int, words: Words) -> int | None:
    """The end of the auxiliary where a participle follows ("soll": where an infinitive of the past does)."""
    if words.language == "de":
        tail = [t for t in s[i:] if t.kind == "word"][-3:]
        ends = [
            k
            for k in range(i + 2, min(len(s), i + 45))
            if s[k].low in ("haben", "sein") and (k + 1 == len(s) or s[k + 1].kind == "mark")
        ]
        return i + 1 if ends and tail else None
    ending = {
        "fr": (
            "é",
            "ée",
            "és",
            "ées",
            "i",
            "is",
            "ie",
            "u",
            "us",
            "ue",
            "mort",
            "morte",
            "morts",
            "mis",
            "pris",
            "fait",
        ),
        "es": ("ado", "ido", "cho", "sto", "rto", "ito"),
        "pt": ("ado", "ido", "ito", "sto", "erto", "ados", "idos", "gue"),
        "it": (
            "ato",
            "ata",
            "ati",
            "ate",
            "uto",
            "uta",
            "uti",
            "ito",
            "ita",
            "iti",
            "so",
            "tto",
            "sto",
            "rto",
            "sa",
            "tta",
            "rta",
        ),
    }[words.language]
    for k in range(i + 1, min(len(s), i + 4)):
        if s[k].kind != "word" or s[k].low in words.sets["wishes"] or words.has(s[k], "negations"):
            return None
        if s[k].low in ("été", "stato", "stata", "stati", "state", "sido") or (
            len(s[k].low) > 2 and s[k].low.endswith(ending)
        ):
            return i + 1
        if s[k].low in ("à",):
            return i + 1
    return None
