"""What a page answers where it cannot be made, and ids out of addresses."""

from __future__ import annotations

from allegata.web import paths


class NotFoundError(Exception):
    """No such page. The message says what is missing, ``hint`` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def id_of(segment: str) -> str:
    """The id in an address. One that no UTF-8 text can hold (half a character) is no id of any store."""
    decoded = paths.decode(segment)
    try:
        decoded.encode("utf-8")
    except UnicodeEncodeError:
        raise NotFoundError("This address holds no id.", "Go to it from a page, not by hand.") from None
    return decoded
