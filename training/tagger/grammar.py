"""Invented news with its statements known by construction, for what PolNeAR marks seldom or never: chains of
reporters, agencies and officials, posts, accusing and blaming, denials, nouns of saying, headlines.

    python training/tagger/grammar.py OUT.jsonl [--texts 35000] [--seed 7]

Cues come from the vocabulary of the rules, everything else from invented.toml.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clauses import Clauses
from phrases import Phrase, flat, join, mark, spans, tagged, upper
from words import W


class Writer(Clauses):
    """Makes one text after another."""

    def text(self) -> dict[str, Any]:
        """A text of one to six sentences with all its statements."""
        self.count = 0
        size = self.luck.choice((1, 1, 1, 1, 2, 2, 3, 4, 6))
        parts = []
        for _ in range(size):
            fact = self.maybe(0.1 if size == 1 else 0.35)
            parts.append(self.scene() if fact else self.sentence(self.luck.choice((0, 0, 0, 1, 1, 1, 2))))
        whole: Phrase = []
        for part in parts:
            ended = not whole or whole[-1][0].endswith((".", ".”", '."'))
            gap = "" if not whole else self.pick((" ", " ", " ", "\n", "\n\n")) if ended else "\n"
            whole += [*flat(gap), *upper(part)]
        return spans(whole)

    def scene(self) -> Phrase:
        """What the writer tells as fact: no statement."""
        text = self.pick(W["scenes"])
        if self.maybe(0.3):
            return flat(f"{self.event()}.")
        if self.maybe(0.1):
            verb = self.pick(("accuses", "blames", "denies"))
            return flat(f"If {self.actor()} {verb} anyone, the talks will end.")
        return flat(text + ".")

    def sentence(self, depth: int) -> Phrase:
        """A whole sentence with at least one statement."""
        kinds: tuple[Callable[[int], Phrase], ...] = (
            *(self.clause,) * 3,
            self.according,
            *(self.after,) * 2,
            *(self.quoted,) * 2,
            self.noun_first,
            *(self.two,) * 2,
            self.headline,
            self.post,
            self.parted,
            self.relative,
            self.as_put,
            self.adverb_first,
            self.chatter,
        )
        return self.luck.choice(kinds)(depth)

    def clause(self, depth: int) -> Phrase:
        lead = flat(self.pick((*W["times"], *W["settings"])) + ",") if self.maybe(0.15) else []
        return join(lead, self.statement(depth), flat("."))

    def according(self, depth: int) -> Phrase:
        n = self.new()
        cue = self.pick(
            ("according to",) * 4 + ("in the words of", "in the view of", "per", "by the account of")
        )
        who = tagged(self.who().rstrip(",") if self.maybe(0.5) else self.relay(), n, "source")
        body = mark(self.content(depth), n, "content")
        if self.maybe(0.5) and cue != "per":
            return join(tagged(cue, n, "cue"), who, flat(","), body, flat("."))
        return join(body, flat(","), tagged(cue, n, "cue"), who, flat("."))

    def after(self, depth: int) -> Phrase:
        """The content first, its speaker behind it."""
        n = self.new()
        body = mark(self.content(depth), n, "content")
        who, plural = self.subject(n)
        lemma = self.pick(
            ["say", "say", "say", "report", "write", "claim", "add", "note", "allege", "insist"]
        )
        cue = tagged(self.finite(lemma, plural), n, "cue")
        order = (who, cue) if self.maybe(0.75) else (cue, bare(who))
        return join(body, flat(","), *order, self.aside(), flat("."))

    def quoted(self, depth: int) -> Phrase:
        n = self.new()
        left, right = self.pick(("“ ”", "“ ”", '" "')).split()
        who, plural = self.subject(n)
        lemma = self.pick(self.verbs["quote"])
        if self.maybe(0.8):
            lemma = self.pick(["say", "say", "say", "say", "write", "shout", "add", "tell"])
        cue = tagged(self.finite(lemma, plural), n, "cue")
        heard = flat(self.pick(W["hearers"])) if lemma == "tell" else self.aside()
        first = self.spoken(depth)
        style = self.luck.random()
        if style < 0.3:
            return join(who, cue, heard, flat(": " + left), mark(first, n, "content"), flat("." + right))
        order = (cue, bare(who)) if self.maybe(0.5) and lemma != "tell" else (who, cue)
        begin = join(flat(left), mark(upper(first), n, "content"), flat("," + right), *order)
        if style < 0.65 or lemma == "tell":
            more: Phrase = []
            if self.maybe(0.3):
                more = join(flat(" " + left), mark(upper(self.spoken(0)), n, "content"), flat("." + right))
            return join(begin, heard, flat("."), more)
        rest = f"{self.pick(('and', 'but', 'because'))} {self.event()}"
        return join(begin, flat(", " + left), tagged(rest, n, "content"), flat("." + right))

    def spoken(self, depth: int) -> Phrase:
        if self.maybe(0.25):
            return flat(self.pick(W["spoken"]))
        return self.content(depth if self.maybe(0.5) else 0)

    def noun_first(self, depth: int) -> Phrase:
        if self.maybe(0.8):
            return join(self.nominal(depth), flat(self.pick(W["goes_on"]) + "."))
        n = self.new()
        lead = self.pick(("there are", "there were", "it was", "amid"))
        if lead == "it was":
            cue = self.pick(("reported", "alleged", "claimed", "rumoured", "announced"))
            body = join(flat("that"), self.content(depth))
            return join(flat("it"), tagged(f"was {cue}", n, "cue"), mark(body, n, "content"), flat("."))
        noun = self.pick(("reports", "claims", "allegations", "rumours", "fears", "accusations"))
        scene = self.pick(W["scenes"])
        end = f", {scene[0].lower()}{scene[1:]}." if lead == "amid" else "."
        body = mark(self.content(depth), n, "content")
        return join(flat(lead), tagged(noun, n, "cue"), flat("that"), body, flat(end))

    def two(self, depth: int) -> Phrase:
        """Two statements side by side; the second may share the first's speaker."""
        first = self.statement(depth)
        if self.maybe(0.5):
            link = flat(self.pick((", but", ", while", ", and", ";")))
            return join(first, link, self.statement(max(0, depth - 1)), flat("."))
        n = self.new()
        owner = next((i for i, role in first[0][1] if role == "source"), None)
        if owner is None:
            return join(first, flat("."))
        shared = [
            (t, tags | {(n, "source")}) if (owner, "source") in tags else (t, tags) for t, tags in first
        ]
        if self.maybe(0.5):
            cue = tagged(self.pick(("accused", "has accused", "suspects")), n, "cue")
            body = tagged(f"{self.actor()} of {self.doing()}", n, "content")
            return join(shared, flat("and"), cue, body, flat("."))
        if self.maybe(0.35):
            verbs = (
                "dismissing",
                "rejecting",
                "confirming",
                "denying",
                "disputing",
                "repeating",
                "brushing aside",
            )
            body = mark(self.thing(1), n, "content")
            return join(shared, flat(","), tagged(self.pick(verbs), n, "cue"), body, flat("."))
        said = self.event()
        cue_words = self.pick(
            [
                "calling",
                "describing",
                "adding that",
                "denying that",
                "warning that",
                "saying",
                "insisting that",
            ]
        )
        if cue_words == "calling":
            said = f"it {self.pick(('a mistake', 'an act of war', '“a lie”', 'a provocation'))}"
        if cue_words == "describing":
            said = f"{self.pick(W['things'])} as {self.pick(('a crime', 'a mistake', 'a provocation'))}"
        return join(shared, flat(","), tagged(cue_words, n, "cue"), tagged(said, n, "content"), flat("."))

    def headline(self, depth: int) -> Phrase:
        n = self.new()
        groups = (W["capitals"], W["anonymous"], W["bodies"], W["last_names"], ("report", "police", "UN"))
        who = tagged(self.pick(self.luck.choice(groups)).removeprefix("the "), n, "source")
        (_, past, _, _), rest = self.act()
        said = f"{self.actor()} {past} {rest}".replace(" the ", " ").replace(" a ", " ")
        body = tagged(said, n, "content")
        if self.maybe(0.35):
            return join(who, tagged(":", n, "cue"), body)
        if self.maybe(0.5):
            return join(body, tagged(self.pick(("–", "—", "-", ":")), n, "cue"), who)
        cue = self.pick(("says", "say", "claims", "alleges", "warns"))
        return join(body, flat(","), who, tagged(cue, n, "cue"))

    def post(self, depth: int) -> Phrase:
        n = self.new()
        source = tagged(self.handle(), n, "source")
        body = self.content(depth)
        end = flat(self.pick(("", "", "🧵", "#breaking", "1/3", "https://t.co/x7", "👇")))
        luck = self.luck.random()
        if luck < 0.35:
            return join(tagged("RT", n, "cue"), [*source, *flat(":")], mark(upper(body), n, "content"), end)
        if luck < 0.5:
            return join(source, tagged(":", n, "cue"), mark(upper(body), n, "content"), end)
        if luck < 0.6:
            cue = tagged(self.pick(("posts", "tweeted", "writes", "claims", "posted")), n, "cue")
            return join(source, cue, flat("that"), mark(body, n, "content"), flat("."))
        if luck < 0.8:
            name = tagged(f"{self.person()} ({self.handle()})", n, "source")
            cue = tagged(self.pick(("wrote", "posted", "tweeted")), n, "cue")
            where = flat(self.pick(("on X:", "on Telegram:", ":")))
            return join(name, cue, where, flat("“"), mark(upper(body), n, "content"), flat("”"))
        m = self.new()
        teller = tagged(self.pick(W["informants"]), m, "source")
        told = tagged(self.pick(("tells", "says to", "telling", "told")), m, "cue")
        inner = upper(join(teller, told, flat("me"), mark(body, m, "content")))
        return join(tagged("RT", n, "cue"), [*source, *flat(":")], mark(inner, n, "content"), end)

    def parted(self, depth: int) -> Phrase:
        """The speaker inside the content."""
        n = self.new()
        (_, past, _, _), rest = self.act()
        who, plural = self.subject(n)
        cue = tagged(
            self.finite(self.pick(["say", "allege", "claim", "insist", "report", "believe"]), plural),
            n,
            "cue",
        )
        begin, end = tagged(self.actor(), n, "content"), tagged(f"{past} {rest}", n, "content")
        return join(begin, flat(","), bare(who), cue, flat(","), end, flat("."))

    def as_put(self, depth: int) -> Phrase:
        """ "As the mayor put it, ..."."""
        n = self.new()
        who, _ = self.subject(n)
        cue = tagged(self.pick(("put it", "said", "told it", "reported", "noted", "claimed")), n, "cue")
        body = mark(self.content(depth), n, "content")
        if self.maybe(0.5):
            return join(flat("as"), who, cue, flat(","), body, flat("."))
        return join(body, flat(", as"), who, cue, flat("."))

    def adverb_first(self, depth: int) -> Phrase:
        """ "Reportedly, ..."."""
        n = self.new()
        adverbs = "allegedly", "reportedly", "supposedly", "apparently", "purportedly"
        return join(
            tagged(self.pick(adverbs), n, "cue"), flat(","), tagged(self.event(), n, "content"), flat(".")
        )

    def chatter(self, depth: int) -> Phrase:
        """A statement in the loose spelling of a message, or a message passed on."""
        if self.maybe(0.4):
            n = self.new()
            who = tagged(f"{self.pick(W['informants'])} in {self.pick(W['places'])}", n, "source")
            cue = tagged(self.pick(("texts", "writes", "messages", "says", "just called", "DMs")), n, "cue")
            return join(
                who,
                [*cue, *flat(":")],
                mark(self.content(depth), n, "content"),
                flat(self.pick((".", "", "!!"))),
            )
        lead = flat(
            self.pick(("lol", "ok so", "wait,", "fyi", "so", "wow", "update:", "hearing that", "btw"))
        )
        end = flat(self.pick(("... sure", "smh", "stay safe", "unreal", "🙄", "no link yet")))
        whole = join(lead, self.statement(depth), end)
        return [(text.lower(), tags) for text, tags in whole] if self.maybe(0.5) else whole

    def relative(self, depth: int) -> Phrase:
        """ "..., which Kyiv denies": a cue without content, behind another statement or a fact."""
        n = self.new()
        who = tagged(self.who().rstrip(","), n, "source")
        cue = tagged(self.pick(W["denies"]), n, "cue")
        first = self.statement(depth) if self.maybe(0.7) else flat(self.event())
        link = flat(self.pick((", which", ", a charge", ", an allegation", ", something")))
        return join(first, link, who, cue, flat("."))


def bare(who: Phrase) -> Phrase:
    """A speaker without the comma behind its apposition."""
    return [p for p in who if p[0] != ","]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--texts", type=int, default=35000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    writer = Writer(random.Random(given.seed))
    with given.out.open("w", encoding="utf-8") as out:
        for i in range(given.texts):
            out.write(json.dumps({"id": f"own-{i}", **writer.text()}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
