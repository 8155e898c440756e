"""What the act coder sees of a clause: its words, what governs its two parties, and what the lexicon has.

A feature is a string; `coder.py` hashes them, so that no list of words ships. The parties stand as ``<s>``
(who acts) and ``<t>`` (on whom), other names and numbers as their kind, so that an act is known by its verb
and not by who does it to whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from allegata.reading.allegations.lexicon import Lexicon, lexicon

MAX_TOKENS = 100
"""Tokens of one sentence that are looked at."""

_KINDS = frozenset(
    {
        "PERSON", "GPE", "NORP", "ORG", "DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "FAC", "LOC",
        "QUANTITY", "PERCENT",
    }
)  # fmt: skip
_VERBAL = frozenset({"VERB", "AUX"})
_CONTENT = frozenset({"NOUN", "VERB", "ADJ"})
_BESIDE = frozenset(
    {
        "xcomp", "ccomp", "dobj", "prep", "prt", "aux", "neg", "acomp", "attr", "auxpass", "oprd", "advmod",
        "dative",
    }
)  # fmt: skip
_WITHIN = frozenset({"dobj", "prep", "attr", "xcomp", "ccomp"})
_WILL = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "going"})
_SHORT = 6
"""Words between the parties that count as one whole feature."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence's ``tokens`` with the indexes of those that name who acts (``source``) and on whom
    (``target``); either may be empty."""

    tokens: tuple[Token, ...]
    source: frozenset[int]
    target: frozenset[int]


def clause_features(clause: Clause) -> list[str]:
    """The features of a clause, each once, in a fixed order."""
    words = _words(clause)
    out = [f"w:{w}" for w in words]
    out += [f"b:{a}_{b}" for a, b in pairwise(words)]
    out += [f"t:{a}_{b}_{c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)]
    out += _between(words)
    for name, party in (("S", clause.source), ("T", clause.target)):
        inside = [t for t in clause.tokens if t.i in party]
        out += [f"{name}:{t.lemma_.lower()}" for t in inside if t.pos_ in _CONTENT]
    known = lexicon()
    for token in heads(clause, clause.source):
        out += _governor(token, known)
    for token in heads(clause, clause.target):
        verb = token.head
        out += [
            f"tgov:{token.dep_}:{verb.lemma_.lower()}",
            f"tgov2:{verb.head.lemma_.lower()}:{verb.lemma_.lower()}",
        ]
        out += [f"lext:{root}" for root in (_root(verb, known), _root(verb.head, known)) if root]
    out += _sentence(clause, known)
    return list(dict.fromkeys(out))


def _words(clause: Clause) -> list[str]:
    """Lemmas, with the parties and other names as signs; a sign is not repeated."""
    out: list[str] = []
    for token in clause.tokens:
        if token.i in clause.source:
            word = "<s>"
        elif token.i in clause.target:
            word = "<t>"
        elif token.ent_type_ in _KINDS:
            word = f"<{token.ent_type_.lower()}>"
        else:
            word = token.lemma_.lower()
        if not out or out[-1] != word or word[0] != "<":
            out.append(word)
    return out


def _between(words: Sequence[str]) -> Iterator[str]:
    """The words between the two parties, and which of them comes first."""
    if "<s>" not in words or "<t>" not in words:
        return
    s, t = words.index("<s>"), words.index("<t>")
    middle = words[min(s, t) + 1 : max(s, t)]
    yield f"order:{'st' if s < t else 'ts'}"
    for word in middle:
        yield f"m:{word}"
    for a, b in pairwise(["^", *middle, "$"]):
        yield f"mb:{a}_{b}"
    yield "mid:" + "_".join(middle[:_SHORT])


def heads(clause: Clause, party: frozenset[int]) -> list[Token]:
    """The tokens by which a party hangs on the rest of the sentence."""
    return [t for t in clause.tokens if t.i in party and t.head.i not in party][:2]


def _governor(head: Token, known: Lexicon) -> Iterator[str]:
    """What the actor hangs on, with what stands beside and under it; and the lexicon's roots up there and
    below, set beside what puts them off ("will", "refused to")."""
    verb = head.head
    lemma = verb.lemma_.lower()
    yield f"gov:{head.dep_}:{lemma}"
    bent = ""
    for child in verb.children:
        if child.dep_ not in _BESIDE:
            continue
        word = child.lemma_.lower()
        yield f"g2:{child.dep_}:{word}"
        yield f"gov2:{lemma}:{child.dep_}:{word}"
        if child.dep_ == "neg":
            bent += "n"
        elif child.lower_ in _WILL:
            bent += "w"
        if child.dep_ in _WITHIN:
            inner = "c" if child.dep_ in ("xcomp", "ccomp") else "o"
            for grandchild in child.children:
                yield f"g3{inner}:{grandchild.dep_}:{grandchild.lemma_.lower()}"
                if grandchild.dep_ in ("aux", "neg"):
                    bent += "W" if grandchild.lower_ in _WILL else "N" if grandchild.dep_ == "neg" else ""
            yield f"gin:{lemma}:{_root(child, known) or '-'}:{bent}"
    root = _root(verb, known)
    if root:
        yield f"lex0:{root}"
    yield f"lexb:{root or '-'}:{bent}"


def _sentence(clause: Clause, known: Lexicon) -> Iterator[str]:
    """What the lexicon has anywhere in the sentence, its main verb, its modals and negations."""
    parties = clause.source | clause.target
    for token in clause.tokens:
        root = _root(token, known)
        if root:
            yield f"lex:{root}"
            if token.i not in parties:
                yield f"lexm:{root}"
            if token.dep_ == "ROOT":
                yield f"lexR:{root}"
        if token.tag_ == "MD":
            yield f"md:{token.lemma_.lower()}"
        if token.dep_ == "neg":
            yield f"neg:{token.head.lemma_.lower()}"
        if token.dep_ == "ROOT":
            yield f"root:{token.lemma_.lower()}"
            helpers = [c.lower_ for c in token.children if c.dep_ in ("aux", "neg")]
            yield f"tag:{token.tag_}:" + "_".join(helpers)


def _root(token: Token, known: Lexicon) -> str | None:
    if token.pos_ in _VERBAL:
        return known.verb_root(token)
    return known.noun_root(token) if token.pos_ == "NOUN" else None


def clause_of(tokens: Iterable[Token], source: Iterable[Token] = (), target: Iterable[Token] = ()) -> Clause:
    """A Clause of at most `MAX_TOKENS` tokens, without white space."""
    kept = tuple(t for t in tokens if not t.is_space)[:MAX_TOKENS]
    return Clause(kept, frozenset(t.i for t in source), frozenset(t.i for t in target))
