"""Statements as clauses and as noun phrases. Each may hold another in its content, ``depth`` deep at most."""

from __future__ import annotations

from collections.abc import Callable

from phrases import Phrase, flat, join, mark, tagged
from words import POSSESSIVE, W, Words

from allegata.reading.statements.cues import inflect

FOR = frozenset(["blame", "reproach", "rebuke", "condemn", "criticise", "criticize", "denounce", "berate"])
"""Verbs that take "for", not "of"."""
WHETHER = frozenset(
    ("questioned", "is not sure", "wonders", "asked", "wants to know", "did not say", "would not say")
)


class Clauses(Words):
    """Draws statements; `statement` and `nominal` draw one of any kind."""

    def statement(self, depth: int) -> Phrase:
        """A finite clause that is a statement."""
        kinds: tuple[Callable[[int], Phrase], ...] = (
            *(self.saying,) * 3,
            self.telling,
            *(self.blaming,) * 2,
            *(self.rejecting,) * 2,
            self.intending,
            self.quoting,
            self.unsure,
            self.carrying,
            self.hedged,
            self.accused,
            self.responsible,
        )
        return self.luck.choice(kinds)(depth)

    def content(self, depth: int) -> Phrase:
        """A finite clause, often a statement itself."""
        if depth > 0 and self.maybe(0.62):
            return self.statement(depth - 1)
        if self.maybe(0.12):
            link = self.pick(("and", "but", "because", "while", "after"))
            return flat(f"{self.event()} {link} {self.pick(W['facts'])}")
        return flat(self.event())

    def thing(self, depth: int) -> Phrase:
        """A noun phrase, often one that reports ("allegations that ...", "Kyiv's claim that ...")."""
        if depth > 0 and self.maybe(0.7):
            return self.nominal(depth - 1)
        return flat(self.deed())

    def that(self, depth: int, n: int) -> Phrase:
        body = self.content(depth)
        return mark(join(flat("that"), body) if self.maybe(0.55) else body, n, "content")

    def subject(self, n: int) -> tuple[Phrase, bool]:
        """A speaker with its comma, where an apposition wants one, and whether its verb is plural."""
        who = self.who()
        plain = who[0].islower() and not who.startswith(("the ", "a ", "an "))
        plural = who == "they" or (plain and who.split()[-1].endswith("s"))
        if who.endswith(","):
            return [*tagged(who[:-1], n, "source"), *flat(",")], plural
        return tagged(who, n, "source"), plural

    def bare(self, n: int) -> Phrase:
        """A speaker as object: no comma behind it."""
        return tagged(self.who().rstrip(","), n, "source")

    def saying(self, depth: int) -> Phrase:
        n = self.new()
        who, plural = self.subject(n)
        lemma = self.verb("clause")
        cue = tagged(self.finite(lemma, plural), n, "cue")
        if lemma == "tell":
            return join(who, cue, flat(self.pick(W["hearers"])), self.aside(0.2), self.that(depth, n))
        return join(who, cue, self.aside(), self.that(depth, n))

    def telling(self, depth: int) -> Phrase:
        n = self.new()
        who, plural = self.subject(n)
        cue = self.finite(self.pick(("tell", "tell", "inform", "assure", "remind", "warn")), plural)
        return join(who, tagged(cue, n, "cue"), flat(self.pick(W["hearers"])), self.that(depth, n))

    def blaming(self, depth: int) -> Phrase:
        n = self.new()
        who, plural = self.subject(n)
        lemma = self.verb("blame")
        link = "with" if lemma == "charge" else "for" if lemma in FOR else "of"
        body = f"{self.actor()} {link} {self.doing()}"
        if lemma == "blame" and self.maybe(0.4):
            body = f"{self.deed()} on {self.actor()}"
        return join(who, tagged(self.finite(lemma, plural), n, "cue"), tagged(body, n, "content"))

    def responsible(self, depth: int) -> Phrase:
        """A cue around the accused: "holds ... responsible for ..."."""
        n = self.new()
        who, _ = self.subject(n)
        first, second = self.pick(W["responsible"]).split("/")
        a, b = tagged(self.actor(), n, "content"), tagged(self.deed(), n, "content")
        if second in ("on", "at the door of", "down to"):
            a, b = b, a
        return join(who, tagged(first, n, "cue"), a, tagged(second, n, "cue"), b)

    def accused(self, depth: int) -> Phrase:
        """Passive: the accused and the act are the content, "of" stands between them."""
        n = self.new()
        kinds = ("accuse of", "accuse of", "suspect of", "blame for", "charge with", "condemn for")
        lemma, link = self.pick(kinds).split()
        be = self.pick(("was", "were", "has been", "is", "stands", "are"))
        cue = tagged(f"{be} {inflect(lemma)[3]}", n, "cue")
        by = join(flat("by"), self.bare(n)) if self.maybe(0.4) else self.aside()
        accused = tagged(self.actor(), n, "content")
        return join(accused, cue, by, flat(link), tagged(self.doing(), n, "content"))

    def rejecting(self, depth: int) -> Phrase:
        n = self.new()
        who, plural = self.subject(n)
        luck = self.luck.random()
        if luck < 0.25:
            cue = tagged(self.finite(self.verb("ing"), plural), n, "cue")
            return join(who, cue, tagged(self.doing(), n, "content"))
        said = self.finite(self.verb("np"), plural) if luck < 0.65 else self.pick(W["rejecting"])
        return join(who, tagged(said, n, "cue"), mark(self.thing(max(depth, 1)), n, "content"))

    def intending(self, depth: int) -> Phrase:
        n = self.new()
        who, plural = self.subject(n)
        plan = self.pick(W["plans"])
        if self.maybe(0.5):
            cue, body = self.finite(self.verb("to"), plural), f"to {plan}"
        else:
            cue, body = self.finite(self.verb("objto"), plural), f"{self.actor()} to {plan}"
        return join(who, tagged(cue, n, "cue"), tagged(body, n, "content"))

    def quoting(self, depth: int) -> Phrase:
        """ "X quoted Y as saying ...": two statements."""
        n, m = self.new(), self.new()
        inner = self.bare(m)
        said = self.pick(("saying", "telling reporters", "claiming", "insisting", "denying"))
        body = join(inner, flat("as"), tagged(said, m, "cue"), self.that(depth, m))
        cue = self.pick(("quoted", "quotes", "cited", "cites", "has quoted", "quoting"))
        return join(tagged(self.relay(), n, "source"), tagged(cue, n, "cue"), mark(body, n, "content"))

    def carrying(self, depth: int) -> Phrase:
        n = self.new()
        cue, who = self.pick(W["carrying"]), self.relay()
        body = mark(self.nominal(depth), n, "content")
        return join(tagged(who, n, "source"), tagged(cue, n, "cue"), body)

    def unsure(self, depth: int) -> Phrase:
        n = self.new()
        who, _ = self.subject(n)
        cue = self.pick(W["unsure"])
        body = join(flat("whether" if cue in WHETHER else "that"), self.content(depth))
        return join(who, tagged(cue, n, "cue"), mark(body, n, "content"))

    def hedged(self, depth: int) -> Phrase:
        """An adverb or a passive that attributes to nobody; its content has two parts."""
        n = self.new()
        (base, past, part, _), rest = self.act()
        kinds = (
            f"allegedly|{past}",
            f"reportedly|{past}",
            f"are said to|have {part}",
            f"is alleged to|have {part}",
            f"supposedly|{past}",
            f"is believed to|have {part}",
            f"were reported to|have {part}",
            f"is rumoured to|have {part}",
            f"purportedly|{past}",
            f"is expected to|{base}",
            f"are suspected of|having {part}",
            f"apparently|{past}",
        )
        cue, verb = self.pick(kinds).split("|")
        who = tagged(self.actor(), n, "content")
        return join(who, tagged(cue, n, "cue"), tagged(f"{verb} {rest}", n, "content"))

    def nominal(self, depth: int) -> Phrase:
        """A noun phrase that is a statement: "Kyiv's claim that ...", "reports of ..."."""
        n = self.new()
        luck = self.luck.random()
        noun = self.pick(W["nouns"]) if self.maybe(0.6) else self.pick(self.nouns["clause"])
        who = self.who().rstrip(",")
        source, pronoun = tagged(who, n, "source"), who in POSSESSIVE
        if luck < 0.1 and not pronoun:
            return join([*source, *flat("'s")], tagged(self.pick(self.nouns["account"]), n, "cue"))
        link, cue = "that", tagged(noun, n, "cue")
        if luck < 0.25:
            link = "of"
            body = flat(f"{self.pick(W['things'])}{self.tail()}" if self.maybe(0.3) else self.doing())
            cue = tagged(self.pick(self.nouns["of"]), n, "cue")
        else:
            body = self.content(depth)
        inner = mark(body, n, "content")
        if pronoun:
            return join(tagged(POSSESSIVE[who], n, "source"), cue, flat(link), inner)
        luck = self.luck.random()
        if luck < 0.35:
            return join([*source, *flat("'" if who.endswith("s") else "'s")], cue, flat(link), inner)
        if luck < 0.7:
            article = [] if noun.endswith("s") else flat(self.pick(("the", "the", "a")))
            return join(article, cue, flat(self.pick(("by", "from", "by"))), source, flat(link), inner)
        if luck < 0.78:
            head = flat(f"the {self.pick(('idea', 'story', 'theory', 'account'))},")
            return join(head, tagged("promoted", n, "cue"), flat("by"), source, flat(", that"), inner)
        article = [] if noun.endswith("s") else flat(self.pick(("the", "an unproven", "an earlier")))
        return join(article, cue, flat(link), inner)
