"""Noun phrases as short text: without determiner, relative clause and apposition."""

from __future__ import annotations

from spacy.tokens import Token

_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "any", "both"})
_STOPS = frozenset({",", ";", ":", "—", "–", "(", ")", '"', "“", "”", ".", "``", "''"})
_RELATIVES = frozenset({"who", "whom", "which", "that", "whose", "where"})
_KEPT = frozenset({"of", "from", "in", "loyal", "to", "for"})
_EMPLOYING = frozenset(
    {"employ", "hire", "pay", "back", "arm", "run", "own", "command", "lead", "control", "fund"}
)
_REACH = 12
"""Tokens to each side of a head noun, at the most."""


def phrase_tokens(head: Token, inside: set[int] | None = None) -> list[Token]:
    """The tokens of the noun phrase headed by ``head``: its modifiers before it and an "of" phrase after it.

    ``inside`` limits it to the tokens of one stretch, so that nothing is taken over from outside a content.
    """
    doc = head.doc
    start = max(head.left_edge.i, head.i - _REACH)
    lead = head.i
    while lead > start and doc[lead - 1].text not in _STOPS and doc[lead - 1].lower_ not in _RELATIVES:
        if inside is not None and lead - 1 not in inside:
            break
        if doc[lead - 1].pos_ == "ADP" and doc[lead - 1].lower_ != "of":
            break
        lead -= 1
    end = head.i + 1
    limit = min(head.right_edge.i + 1, head.i + _REACH)
    while end < limit and doc[end].text not in _STOPS and doc[end].lower_ not in _RELATIVES:
        if inside is not None and end not in inside:
            break
        token = doc[end]
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD", "VBN", "VBG") and token.dep_ not in ("amod", "compound"):
            break
        if token.pos_ == "ADP" and token.lower_ != "of" and end == head.i + 1:
            break
        if token.pos_ == "ADP" and token.lower_ not in _KEPT:
            break
        end += 1
    tokens = [t for t in doc[lead:end] if not t.is_space]
    while len(tokens) > 1 and tokens[0].lower_ in _DETERMINERS:
        tokens.pop(0)
    while len(tokens) > 1 and tokens[-1].pos_ in ("ADP", "CCONJ", "PART") and tokens[-1].i > head.i:
        tokens.pop()
    return tokens


def with_employer(tokens: list[Token], head: Token) -> list[Token]:
    """The phrase with who employs, pays or commands them: "guards employed by the contractor X"."""
    for child in head.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_.lower() in _EMPLOYING:
            by = next((c for c in child.children if c.dep_ == "agent"), None)
            if by is not None and tokens and child.i == tokens[-1].i + 1:
                body = next((c for c in by.children if c.dep_ == "pobj"), None)
                if body is not None and body.i - head.i <= _REACH:
                    return list(head.doc[tokens[0].i : body.i + 1])
    return tokens


def phrase_text(tokens: list[Token]) -> str:
    """The tokens as one line of text."""
    if not tokens:
        return ""
    return " ".join(tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text.split())


def children_by(head: Token, *prepositions: str) -> list[Token]:
    """Objects of the prepositions that hang on ``head``, in order."""
    return [
        g
        for c in head.children
        if c.dep_ in ("prep", "agent", "dative") and c.lower_ in prepositions
        for g in c.children
        if g.dep_ in ("pobj", "pcomp")
    ]
