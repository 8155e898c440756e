"""Across documents: copies, claims, citations, who speaks for whom, provenance, responses."""

from allegata.linking.features import Features, make_features
from allegata.linking.linker import LinkReport, link, link_story

__all__ = ["Features", "LinkReport", "link", "link_story", "make_features"]
