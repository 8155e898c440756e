"""Capitals that stand for their government: "Moscow accused …", "talks between Kabul and Islamabad".

Told by what the name does, has, is told, or is put beside; the words are in ``vocab/places.toml``.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from allegata.reading.place_names import place_words
from allegata.vocab.countries import country_of, country_of_capital

MAX_DEPTH = 4
"""Conjoined names that are followed to the first of them."""


def is_government(span: Span) -> bool:
    """True where a capital stands for its government: by what it does, has, is told, or is put beside."""
    if country_of(span.text):
        return False
    words = place_words()
    root = span.root
    if root.dep_ == "nsubj" and root.head.lemma_.lower() in words["speaks"]:
        return True  # towns do not speak: a government does, or a newspaper named after one
    if not country_of_capital(span.text):
        return False
    before = span.doc[span.start - 1] if span.start else None
    if before is not None and before.lower_ in words["locative"]:
        return False
    if (
        span.end + 1 < len(span.doc)
        and span.doc[span.end].text == ","
        and span.doc[span.end + 1].ent_type_ == "GPE"
    ):
        return False
    return _acts(root, words)


def _acts(token: Token, words: dict[str, frozenset[str]], depth: int = 0) -> bool:
    head, role = token.head, token.dep_
    if role == "nsubj":
        return head.lemma_.lower() in words["acts"]
    if role in ("dobj", "dative", "nsubjpass", "iobj"):
        return head.lemma_.lower() in words["told"]
    if role == "agent" or (role == "pobj" and head.lower_ == "by"):
        return head.head.tag_ == "VBN"
    if role == "poss":
        return head.lemma_.lower() in words["has"]
    if role in ("compound", "nmod", "amod"):
        return head.lemma_.lower() in words["rulers"]
    if role in ("conj", "appos") and depth < MAX_DEPTH:
        return _acts(head, words, depth + 1) or (depth == 0 and _beside_country(head))
    if role == "pobj" and head.lower_ in ("between", "with", "against", "to", "from", "on", "of"):
        nouns = words["has"] if head.lower_ in ("from", "of") else words["between"]
        return head.head.lemma_.lower() in nouns and (
            head.lower_ not in ("from", "of") or head.head.pos_ == "NOUN"
        )
    return False


def _beside_country(head: Token) -> bool:
    """True for "Pakistan and Kabul": a capital joined to a country that itself acts."""
    return bool(country_of(head.text)) and head.dep_ in ("nsubj", "agent")
