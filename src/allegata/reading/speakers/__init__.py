"""Who speaks: the source of every Statement, as the fullest name or description its Document gives."""

from allegata.reading.speakers.resolution import resolve_speakers

__all__ = ["resolve_speakers"]
