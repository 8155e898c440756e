"""Who speaks: the source of every Statement, as the fullest name or description its Document gives."""

from allegata.reading.speakers.resolution import organisation_of, owner_of, resolve_speakers

__all__ = ["organisation_of", "owner_of", "resolve_speakers"]
