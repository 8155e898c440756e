"""The fixed terms of the model: what a stance, a role, a kind or an act may be called (docs/words.md)."""

STANCES = ("assert", "allege", "confirm", "deny", "doubt", "retract", "no_comment", "predict", "demand")
"""The source's commitment to the content of a Statement."""

AFFIRMING = frozenset({"assert", "allege", "confirm"})
"""Stances that carry a Claim further."""

OPPOSING = frozenset({"deny", "doubt", "retract", "no_comment", "demand"})
"""Stances that respond to a Claim."""

ROLES = (
    "main_event",
    "consequence",
    "previous_event",
    "current_context",
    "historical_event",
    "anecdotal_event",
    "evaluation",
    "expectation",
    "not_applicable",
)
"""Sentence roles: van Dijk's news schema as labelled by Choubey et al. 2020."""

DOCUMENT_KINDS = ("article", "post", "statement", "transcript")

SOURCE_KINDS = (
    "person",
    "office",
    "organisation",
    "outlet",
    "agency",
    "account",
    "document",
    "eyewitness",
    "anonymous",
    "unknown",
)

ORIGIN_KINDS = (
    "named_official",
    "named_person",
    "organisation",
    "outlet_own_reporting",
    "eyewitness",
    "document",
    "social_account",
    "anonymous",
    "unattributed",
)

EDGE_KINDS = ("speaker", "credit", "wire", "link", "embed", "repost", "copy", "rewrite", "decided")
"""How a Document had it from its upstream: said in the text, but "copy" and "rewrite", which are inferred
from the texts, and "decided", which a person drew."""

PLOVER_ROOTS = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
"""Roots of the PLOVER event ontology (Open Event Data Alliance, 2022)."""
