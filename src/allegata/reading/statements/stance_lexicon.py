"""What vocab/stance knows of predicates: their classes, what turns them, and the set phrases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from allegata.reading.statements.answers import words
from allegata.reading.statements.cues import inflect, lemmas, nouns
from allegata.reading.statements.tree import Tree
from allegata.vocab import load

HEAD_FORMS = {
    "not",
    "no",
    "can",
    "could",
    "it",
    "pls",
    "please",
    "rather",
    "sooner",
    "right",
    "plea",
    "would",
}
"""First words of phrases that are no verbs and stand as they are."""


@dataclass(frozen=True, slots=True)
class Response:
    """A class of predicates: what they are under "not", "cannot", "refused to" and "no longer".

    ``stance`` is ``None`` where vocab/cues decides; "same" keeps the stance, "same assert" that of what is
    taken up: who does not withdraw a charge goes on alleging it.
    """

    name: str
    stance: str | None
    negated: str
    unable: str
    refused: str
    ceased: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words after the head; each element is (words that fit, may be missing), see vocab/cue_idioms."""

    stance: str
    pattern: tuple[tuple[frozenset[str], bool], ...]


def _table(entry: dict[str, str]) -> Response:
    return Response(
        entry["name"],
        entry.get("stance"),
        entry["negated"],
        entry["unable"],
        entry["refused"],
        entry["ceased"],
    )


@lru_cache(maxsize=1)
def responses() -> dict[tuple[str, str], Response]:
    """(verb, particle or "") to its class."""
    found: dict[tuple[str, str], Response] = {}
    for entry in load("stance")["predicate"]:
        for verb in entry["verbs"].split():
            lemma, _, particle = verb.partition("+")
            found.setdefault((lemma, particle), _table(entry))
    return found


@lru_cache(maxsize=1)
def named() -> dict[str, Response]:
    """The classes by their names."""
    found: dict[str, Response] = {}
    for entry in load("stance")["predicate"]:
        found.setdefault(entry["name"], _table(entry))
    return found


@lru_cache(maxsize=1)
def adjectives() -> dict[str, tuple[str, str]]:
    """An adjective of the source to its stance, and that under "not"."""
    return {
        word: (entry["stance"], entry["negated"])
        for entry in load("stance")["adjective"]
        for word in entry["words"].split()
    }


@cache
def _verbs_in(*keys: str) -> frozenset[tuple[str, str]]:
    pairs = (verb.partition("+") for verb in words(*keys))
    return frozenset((lemma, particle) for lemma, _, particle in pairs)


def unsaying() -> frozenset[tuple[str, str]]:
    """(verb, particle) that takes back what its object names, if that is one's own saying."""
    return _verbs_in("unsaying", "verbs_of_things")


def keeping() -> frozenset[tuple[str, str]]:
    """(verb, particle) that stands for the noun of saying it takes: "stood by his accusation"."""
    return _verbs_in("keeping", "verbs")


@lru_cache(maxsize=1)
def own_forms() -> dict[str, str]:
    """Every form of the verbs of vocab/stance to their lemma, where vocab/cues has none."""
    part = load("stance")
    verbs = [verb.partition("+")[0] for verb, _ in responses()]
    verbs += [v for v, _ in (*unsaying(), *keeping())] + part["unsaying"]["verbs"].split()
    verbs += [head for phrase in part["phrase"] for head in _heads(phrase)]
    known = lemmas()
    forms: dict[str, str] = {}
    for verb in dict.fromkeys(verbs):
        if verb in known or verb in HEAD_FORMS or not verb.isalpha():
            continue
        for form in (*inflect(verb), *part["irregular"].get(verb, "").split()):
            if form not in known:
                forms.setdefault(form, verb)
    return forms


def lemma_of(word: str) -> str | None:
    """The verb that a word may be a form of, if the lexicon has it."""
    return lemmas().get(word) or own_forms().get(word)


@cache
def noun_stance(word: str) -> str | None:
    """The stance of a noun of saying; a "story" is a rumour only as in "the story is that"."""
    found = nouns().get(word)
    if found is None:
        return None
    return next((n for n in found if n.frames != {"copula"}), found[0]).stance


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(lemmas().values()) | frozenset(own_forms().values())


def lexical(tree: Tree, i: int) -> str | None:
    """The verb of the lexicon that token ``i`` is a form of; irregular ones by the parser's lemma."""
    found = lemma_of(tree.word[i])
    if found is None and tree.is_verb(i) and tree.lemma[i].lower() in _known():
        return tree.lemma[i].lower()
    return found


def _lines(entry: dict[str, str]) -> Iterator[list[str]]:
    return (line.split() for line in entry["patterns"].split("\n") if line.strip())


def _heads(entry: dict[str, str]) -> list[str]:
    return [head for line in _lines(entry) for head in line[0].split("|")]


@lru_cache(maxsize=1)
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """Head (a verb's lemma, or a word of `HEAD_FORMS`) to the phrases that begin with it, longest first."""
    found: dict[str, list[Phrase]] = {}
    for entry in load("stance")["phrase"]:
        for heads, *rest in _lines(entry):
            pattern = tuple((frozenset(w.strip("()").split("|")), w.startswith("(")) for w in rest)
            for head in heads.split("|"):
                found.setdefault(head, []).append(Phrase(entry["stance"], pattern))
    return {head: tuple(sorted(p, key=lambda x: -len(x.pattern))) for head, p in found.items()}
