"""Who does an act, and who or what it is done to, as heads of noun phrases in the act's own stretch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from spacy.tokens import Token

from allegata.reading.allegations.acts import Act
from allegata.reading.allegations.lexicon import lexicon
from allegata.reading.allegations.phrases import children_by

_SUBJECTS = frozenset({"nsubj", "csubj"})
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_BETWEEN = frozenset(
    {"DET", "ADJ", "NOUN", "PROPN", "AUX", "ADV", "PRON", "NUM", "PART", "PUNCT", "ADP", "CCONJ"}
)
"""Parts of speech that may stand between "of" and the act it leads to."""
_ABSTRACT_ENDINGS = ("tion", "sion", "ment", "ness", "ism", "ance", "ence", "ity", "ship", "dom", "ure")
_MAX_CLIMB = 12


def is_passive(verb: Token) -> bool:
    """True for "was shot", "shot by", and a participle after a noun ("teachers shot in Hub")."""
    for child in verb.children:
        if child.dep_ in ("nsubjpass", "auxpass", "agent"):
            return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl" and not any(c.dep_ == "aux" for c in verb.children)


def find_actor(act: Act, inside: set[int]) -> Token | None:
    """The head of the noun phrase that names the actor in the stretch ``inside``, if it names one.

    A weapon is an actor only where the text says whose it is ("Congolese jets", not "drones").
    """
    head = _find_actor(act, inside)
    if not act.nominal and not is_passive(act.token):
        if head is not None and head.i and head.doc[head.i - 1].lower_ == "as" and head.dep_ == "nsubj":
            # "servicemen dressed as workers shot at ...": the parser takes the workers
            lead = [t for t in head.doc[max(0, head.i - 6) : head.i - 1] if t.pos_ in ("NOUN", "PROPN")]
            head = next((t for t in reversed(lead) if t.i in inside), head)
        elif head is None:
            head = _left_of(act.token, inside)
    if head is not None and _is_instrument(head) and not _is_owned(head):
        return None
    return head


def _is_owned(noun: Token) -> bool:
    return any(
        c.dep_ in ("poss", "amod", "compound", "nmod")
        and (c.dep_ == "poss" or c.ent_type_ or c.text[:1].isupper())
        for c in noun.children
    )


def _find_actor(act: Act, inside: set[int]) -> Token | None:
    token = act.token
    if act.nominal:
        return _actor_of_noun(token, inside)
    verb = token
    if is_passive(verb):
        return _agent(verb, inside) or (_backer(verb, inside) if act.root == "AID" else None)
    for _ in range(_MAX_CLIMB):
        subject = next((c for c in verb.children if c.dep_ in _SUBJECTS and c.i in inside), None)
        if subject is not None:
            if subject.lower_ in _RELATIVES and verb.dep_ == "relcl":
                return verb.head if verb.head.i in inside else None
            return subject
        passive = next((c for c in verb.children if c.dep_ == "nsubjpass" and c.i in inside), None)
        if passive is not None and verb is not token:
            return passive
        if verb.head.i == verb.i or verb.head.i not in inside:
            return None
        if verb.dep_ in ("acl", "relcl"):
            return verb.head if verb.dep_ == "acl" and verb.tag_ == "VBG" else None
        if verb.pos_ == "NOUN" and verb.lemma_.lower() in lexicon().context["part"]:
            return next((c for c in verb.children if c.dep_ == "poss" and c.i in inside), None)
        if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep", "aux", "acomp"):
            return None
        if verb.dep_ == "ccomp" and any(c.dep_ == "mark" for c in verb.children):
            return None
        verb = verb.head
    return None


def _agent(verb: Token, inside: set[int]) -> Token | None:
    """The noun after "by", unless it is a time or a means ("by noon", "by telephone")."""
    for noun in children_by(verb, "by"):
        means = noun.lemma_.lower() in lexicon().context["means"] or noun.ent_type_ in (
            "DATE",
            "TIME",
            "CARDINAL",
        )
        if noun.i in inside and not means and noun.pos_ != "VERB":
            return noun
    return None


def _backer(verb: Token, inside: set[int]) -> Token | None:
    """Whose help it was done with: "sheltered there with official Afghan support"."""
    for i in range(verb.i + 1, min(verb.i + 25, len(verb.doc))):
        noun = verb.doc[i]
        if (
            noun.dep_ == "pobj"
            and noun.head.lower_ == "with"
            and noun.lemma_.lower() in lexicon().context["backing"]
        ):
            if i not in inside:
                return None
            owner = next((c for c in noun.children if c.dep_ == "poss"), None)
            lead = next((c for c in noun.children if c.ent_type_ in ("NORP", "GPE", "ORG")), None)
            return owner or next(iter(children_by(noun, "of", "from")), None) or lead
    return None


def _left_of(verb: Token, inside: set[int]) -> Token | None:
    """The noun right before a finite verb, where the parser gives it no subject of the stretch."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    i = verb.i - 1
    while i in inside and verb.doc[i].pos_ in ("ADV", "AUX", "PART"):
        i -= 1
    noun = verb.doc[i] if i in inside else None
    if noun is None or noun.pos_ not in ("NOUN", "PROPN") or noun.ent_type_ in ("DATE", "TIME"):
        return None
    start = noun.i
    while start - 1 in inside and verb.doc[start - 1].pos_ in ("NOUN", "PROPN", "ADJ", "DET", "NUM"):
        start -= 1
    before = verb.doc[start - 1] if start else None
    return noun if before is None or before.pos_ != "ADP" else None


def _actor_of_noun(noun: Token, inside: set[int]) -> Token | None:
    agent = _agent(noun, inside)
    if agent is not None:
        return agent
    for i in range(noun.i + 1, min(noun.i + 16, len(noun.doc))):
        word = noun.doc[i]
        if i not in inside or word.pos_ in ("VERB", "AUX"):
            break
        if word.lower_ == "by" and word.dep_ in ("prep", "agent"):
            found = next((c for c in word.children if c.dep_ == "pobj" and c.i in inside), None)
            return found if found is None or found.ent_type_ not in ("DATE", "TIME") else None
    for child in noun.children:
        if child.dep_ == "poss" and child.i in inside and not _takes_object_owner(noun):
            return child
    lead = next(
        (c for c in noun.children if c.dep_ in ("amod", "compound") and c.ent_type_ in ("NORP", "GPE")), None
    )
    if lead is not None and lead.dep_ == "amod":
        return lead
    if (
        noun.dep_ in ("dobj", "nsubjpass")
        and noun.head.i in inside
        and noun.head.lemma_.lower() in lexicon().light
    ):
        light = noun.head
        if is_passive(light):
            return next((a for a in children_by(light, "by") if a.i in inside), None)
        return next((c for c in light.children if c.dep_ in _SUBJECTS and c.i in inside), None)
    return None


def _takes_object_owner(noun: Token) -> bool:
    """ "The nurse's killing": the owner is the victim, unless an "of" names another."""
    return noun.lemma_.lower() in lexicon().context["suffered"] and not children_by(noun, "of")


def is_agent(actor: Token | None) -> bool:
    """False for what cannot act ("the law", "the decline"); true where nobody is named."""
    if actor is None or actor.ent_type_ or actor.pos_ in ("PROPN", "PRON"):
        return True
    low, words = actor.lemma_.lower(), lexicon()
    if low in words.persons or low in words.forces or low in words.bodies:
        return True
    if any(c.ent_type_ in ("NORP", "GPE", "ORG") for c in actor.children if c.i < actor.i):
        return True
    return low not in words.context["abstract"] and not low.endswith(_ABSTRACT_ENDINGS)


def find_victim(act: Act, inside: set[int], places: set[int]) -> Token | None:
    """The head of the phrase that names whom or what a hostile act harms. ``places`` are tokens of places."""
    token = act.token
    found = _victim_of_noun(token, inside) if act.nominal else _victim_of_verb(token, inside)
    if found is None or found.i not in inside:
        return None
    if found.i in places or _is_spot(found):
        return None
    lemma = found.lemma_.lower()
    if lemma in lexicon().context["unharmed"]:
        owners = (o for o in children_by(found, "of", "to") if o.i in inside and o.i not in places)
        return next((o for o in owners if not _is_spot(o)), None)
    if not _is_person(found):
        owner = next((o for o in children_by(found, "from") if _is_person(o) and o.i in inside), None)
        return owner or found
    return found


def _is_spot(noun: Token) -> bool:
    """True for a name that is no person's and no body's: shells fall on it, but it is where and not whom."""
    if noun.pos_ != "PROPN" or noun.ent_type_ in ("PERSON", "ORG", "NORP", "PRODUCT"):
        return False
    return not any(c.dep_ in ("compound", "amod") and c.text.islower() for c in noun.children)


def _victim_of_verb(verb: Token, inside: set[int]) -> Token | None:
    if is_passive(verb):
        patient = next((c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj")), None)
        if patient is None and verb.dep_ in ("acl", "relcl"):
            patient = verb.head
        if patient is None and verb.dep_ == "conj":
            return _victim_of_verb(verb.head, inside) if is_passive(verb.head) else None
        if patient is not None and patient.lower_ in _RELATIVES and verb.dep_ == "relcl":
            patient = verb.head
        if patient is not None and not _is_instrument(patient):
            return patient
        return _struck(verb, inside)
    target = next((c for c in verb.children if c.dep_ in ("dobj", "dative", "oprd") and c.i in inside), None)
    if target is not None and not _is_instrument(target):
        if target.dep_ == "dative" and target.pos_ == "ADP":
            target = next(iter(target.children), target)
        if not _is_person(target):
            source = next((p for p in children_by(verb, "from") if _is_person(p) and p.i in inside), None)
            return source or target
        return target
    struck = _struck(verb, inside)
    if struck is None and target is not None:
        hit = next(
            (c for c in target.children if c.dep_ == "relcl" and lexicon().verb_root(c) == "ASSAULT"), None
        )
        struck = _victim_of_verb(hit, inside) if hit is not None else None
    if struck is None and target is not None:
        struck = next(
            (o for o in children_by(target, "on", "at", "of", "against", "into") if o.i in inside), None
        )
    if struck is None and target is None:
        clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i in inside), None)
        if clause is not None:
            struck = next((c for c in clause.children if c.dep_ == "nsubj" and c.i in inside), None)
    return struck


def _struck(verb: Token, inside: set[int]) -> Token | None:
    """What was fired at, on, into or towards."""
    for child in verb.children:
        if child.dep_ == "prt" and child.lower_ in ("on", "at"):
            follow = next((c for c in child.children if c.dep_ == "pobj"), None)
            if follow is not None:
                return follow
    prepositions = ("on", "at", "upon", "into", "against", "towards", "toward", "over")
    found = [
        o for o in children_by(verb, *prepositions) if o.i in inside and o.ent_type_ not in ("DATE", "TIME")
    ]
    return found[0] if found else None


def _victim_of_noun(noun: Token, inside: set[int]) -> Token | None:
    struck = () if noun.lemma_.lower() in lexicon().context["unaimed"] else ("on", "against")
    for victim in children_by(noun, "of", *struck, "at"):
        if victim.i in inside and victim.ent_type_ not in ("DATE", "TIME"):
            return victim
    for child in noun.children:
        if child.dep_ == "poss" and _takes_object_owner(noun) and child.i in inside:
            return child
    return None


def _is_instrument(noun: Token) -> bool:
    words = _instruments()
    return noun.lemma_.lower() in words or noun.lower_ in words


@lru_cache(maxsize=1)
def _instruments() -> frozenset[str]:
    return lexicon().context["instruments"] | lexicon().instruments


def _is_person(noun: Token) -> bool:
    """True for persons and groups of them, also counted ("four of our men")."""
    if noun.ent_type_ == "PERSON" or noun.pos_ == "PRON":
        return True
    if noun.lemma_.lower() in lexicon().persons or noun.lower_ in lexicon().persons:
        return True
    return any(o.lemma_.lower() in lexicon().persons for o in children_by(noun, "of"))


def accused_before(tokens: Sequence[Token], act: Act) -> list[Token]:
    """In "Iran of arming X" and "X for the killing of Y": the tokens of the accused, before "of" or "for"."""
    order = [t.i for t in tokens]
    if act.token.i not in order:
        return []
    at = order.index(act.token.i)
    for k in range(at - 1, 0, -1):
        if tokens[k].lower_ not in ("of", "for", "over", "with") or tokens[k].pos_ != "ADP":
            continue
        if all(t.pos_ in _BETWEEN or t.tag_ in ("VBG", "VBN") for t in tokens[k + 1 : at]):
            return list(tokens[:k])
    return []
