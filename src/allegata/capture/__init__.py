"""Bytes to Documents, and the evidence archive.

`open_source` takes a path, an http(s) address or "-" and yields, for each Document, an `Item`: the Capture,
its bytes and the Document. What cannot be read inside a collection comes as a `Refusal`; a source that cannot
be read as a whole raises `CaptureError`. Both say in one line what is wrong and what to do. Nothing is stored
here; `Archive` keeps bodies for a store. Readers of pages, feeds and WARC are imported when first needed.
"""

from allegata.capture.archive import Archive
from allegata.capture.items import DEFAULT_LIMITS, CaptureError, Item, Limits, Refusal
from allegata.capture.sources import open_source

__all__ = ["DEFAULT_LIMITS", "Archive", "CaptureError", "Item", "Limits", "Refusal", "open_source"]
