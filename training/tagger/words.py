"""Who, what, where and when of the invented texts, drawn by chance from invented.toml."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable
from pathlib import Path

from phrases import Phrase, flat

from allegata.reading.statements.cues import inflect, nouns, senses

COMMON = {
    "clause": "say say say say say tell report add claim allege insist argue note explain announce state "
    "write warn acknowledge admit confirm deny suggest believe think confess complain recall reveal post "
    "swear testify",
    "blame": "accuse accuse accuse accuse blame blame suspect charge",
    "to": "vow promise threaten pledge refuse offer agree decline",
    "objto": "urge ask order tell want expect",
    "np": "deny reject dismiss confirm condemn announce dispute question",
    "ing": "deny deny admit suggest recall",
}
"""Verbs that news uses most, by construction; the rest of the vocabulary is drawn from evenly."""
ADVERBS = (
    "",
    "",
    "",
    "",
    "",
    "",
    "repeatedly ",
    "publicly ",
    "later ",
    "angrily ",
    "flatly ",
    "also ",
    "again ",
)
POSSESSIVE = {"he": "his", "she": "her", "they": "their"}


def lists() -> dict[str, tuple[str, ...]]:
    text = (Path(__file__).parent / "invented.toml").read_text(encoding="utf-8")
    return {k: tuple(v.replace("\n", " ").split(", ")) for k, v in tomllib.loads(text).items()}


W = lists()


class Words:
    """Draws words; ``luck`` decides everything."""

    def __init__(self, luck: random.Random) -> None:
        self.luck = luck
        self.count = 0
        self.verbs: dict[str, list[str]] = {}
        for (lemma, particle), found in senses().items():
            for sense in found:
                for frame in sorted(sense.frames):
                    if not particle and sense.kind != "attitude":
                        self.verbs.setdefault(frame, []).append(lemma)
        frames = ("clause", "of", "owner", "account")
        self.nouns = {
            f: sorted(n for n, cs in nouns().items() if any(f in c.frames for c in cs)) for f in frames
        }

    def pick(self, words: Iterable[str]) -> str:
        return self.luck.choice(tuple(words))

    def maybe(self, chance: float) -> bool:
        return self.luck.random() < chance

    def new(self) -> int:
        """The number of a new statement."""
        self.count += 1
        return self.count

    def person(self) -> str:
        return f"{self.pick(W['first_names'])} {self.pick(W['last_names'])}"

    def handle(self) -> str:
        stem = self.pick((*W["last_names"], *W["places"])).split()[0].lower()
        middle = self.pick(("", "_", "_news", "watch", "_live", "TV"))
        return f"@{stem}{middle}{self.pick(('', '7', '24', '1', '99'))}"

    def office(self) -> str:
        place = self.pick((*W["capitals"], *W["places"]))
        return self.pick(
            (
                f"the {self.pick(W['peoples'])} {self.pick(W['offices'])}",
                f"{place}'s {self.pick(W['offices'])}",
                f"the {self.pick(W['offices'])}",
                f"the {self.pick(W['offices'])} of {place}",
                f"a spokesman for {self.pick(W['bodies'])}",
                f"a spokeswoman for the {self.pick(W['peoples'])} {self.pick(W['offices'])}",
                f"the governor of {place}",
                f"officials in {place}",
                f"the {self.pick(W['peoples'])} embassy in {place}",
            )
        )

    def who(self) -> str:
        """A speaker; one with an apposition ends with a comma."""
        luck = self.luck.random()
        if luck < 0.2:
            return self.person()
        if luck < 0.3:
            if self.maybe(0.7):
                return f"{self.person()}, {self.office()},"
            return f"{self.person()}, who leads {self.pick(W['bodies'])},"
        if luck < 0.36:
            return f"{self.pick(W['titles'])} {self.pick(W['last_names'])}"
        if luck < 0.5:
            return self.office()
        for limit, key in ((0.6, "capitals"), (0.72, "bodies"), (0.84, "anonymous"), (0.89, "outlets")):
            if luck < limit:
                return self.pick(W[key])
        if luck < 0.96:
            return self.pick(("he", "she", "they", "he", "she"))
        return self.pick(W["documents"])

    def relay(self) -> str:
        if self.maybe(0.6):
            return self.pick(W["outlets"])
        return self.pick((*W["documents"], self.person(), self.office()))

    def actor(self) -> str:
        if self.maybe(0.35):
            return self.pick(W["capitals"]) if self.maybe(0.6) else self.pick(W["bodies"])
        group = self.pick(W["groups"])
        if group.startswith(("the ", "its ")) or self.maybe(0.4):
            return group
        return f"{self.pick(W['peoples'])} {group}"

    def tail(self) -> str:
        """Where and when, often."""
        parts = []
        if self.maybe(0.7):
            parts.append(f"{self.pick(('in', 'near', 'outside', 'at'))} {self.pick(W['places'])}")
        if self.maybe(0.3):
            parts.append(self.pick(W["times"]))
        return (" " + " ".join(parts)) if parts else ""

    def act(self) -> tuple[tuple[str, ...], str]:
        """Base, past, participle and gerund of a verb, and what it is done to."""
        if self.maybe(0.75):
            forms = tuple(f.replace("_", " ") for f in self.luck.choice(W["harms"]).split())
            return forms, self.pick(W["victims"]) + self.tail()
        helped = self.pick((*W["bodies"], *(f"the {g}" for g in ("rebels", "smugglers", "gunmen"))))
        return tuple(self.luck.choice(W["helps"]).split()), helped + self.tail()

    def event(self) -> str:
        """A finite clause."""
        if self.maybe(0.35):
            return self.pick(W["facts"])
        (base, past, part, gerund), rest = self.act()
        who = self.actor()
        many = who.split()[-1].endswith(("s", "men", "police")) and who not in W["capitals"]
        be, has = ("were", "have") if many else ("was", "has")
        whom = rest.split(" in ")[0].split(" near ")[0].split(" outside ")[0].split(" at ")[0]
        return self.pick(
            (
                f"{who} {past} {rest}",
                f"{who} had {part} {rest}",
                f"{who} {has} {part} {rest}",
                f"{who} {be} {gerund} {rest}",
                f"{whom} had been {part} by {who}",
                f"{who} had not {part} {rest}",
                f"{who} would {base} {rest}",
                f"no {self.pick(('soldier', 'officer', 'vehicle'))} had {part} {rest}",
            )
        )

    def doing(self) -> str:
        (_, _, _, gerund), rest = self.act()
        return f"{gerund} {rest}"

    def deed(self) -> str:
        """A noun phrase for an act or a matter."""
        if self.maybe(0.6):
            return self.pick(W["things"])
        return f"the {self.act()[0][3]} of {self.pick(W['victims'])}{self.tail()}"

    def verb(self, frame: str) -> str:
        if self.maybe(0.6) and frame in COMMON:
            return self.pick(COMMON[frame].split())
        return self.pick(self.verbs[frame])

    def finite(self, lemma: str, plural: bool = False) -> str:
        """A verb in some tense, sometimes negated, sometimes with an adverb."""
        base, third, past, part, gerund = inflect(lemma)
        now, has, be = (base, "have", "are") if plural else (third, "has", "is")
        adverb = self.pick(ADVERBS)
        if self.maybe(0.6):
            return adverb + past
        return self.pick(
            (
                adverb + now,
                f"{has} {adverb}{part}",
                f"had {adverb}{part}",
                f"{be} {adverb}{gerund}",
                f"would {base}",
                f"did not {base}",
                f"{has} not {part}",
            )
        )

    def aside(self, chance: float = 0.35) -> Phrase:
        """When or through what it was said; in no span."""
        if not self.maybe(chance):
            return []
        return flat(self.pick((*W["times"], *W["settings"])))
