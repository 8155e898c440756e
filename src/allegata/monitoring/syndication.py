"""What a watch found, as an Atom feed (RFC 4287) and as a JSON Feed (version 1.1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from allegata.monitoring.events import WORDS, Event

Found = tuple[int, str, Event]
"""(number, when it was found, what)."""

_XML = str.maketrans(
    {**dict.fromkeys(range(0x20), " "), **dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")}
    | {"\t": "\t", "\n": "\n", "\r": "\n"}
)
"""Characters that XML 1.0 cannot hold."""


def atom(name: str, feed_id: str, found: Sequence[Found], made: str) -> str:
    """The whole feed, newest first as given. ``made`` is when the watch was made: a feed has to have a
    date."""
    updated = found[0][1] if found else made
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_xml('Allegata: ' + name)}</title>",
        f"<id>{_xml(feed_id)}</id>",
        f"<updated>{_xml(updated)}</updated>",
        "<author><name>Allegata</name></author>",
    ]
    for _, moment, event in found:
        parts += [
            "<entry>",
            f"<id>{_xml(_id(feed_id, event))}</id>",
            f"<title>{_xml(title(event))}</title>",
            f"<updated>{_xml(moment)}</updated>",
            f"<category term={quoteattr(event.kind.translate(_XML))}/>",
            f'<content type="text">{_xml(text(event))}</content>',
            "</entry>",
        ]
    return "\n".join([*parts, "</feed>", ""])


def json_feed(name: str, feed_id: str, found: Sequence[Found]) -> str:
    """The whole feed, newest first as given."""
    items = [
        {
            "id": _id(feed_id, event),
            "title": title(event),
            "content_text": text(event),
            "date_published": moment,
            "tags": [event.kind],
        }
        for _, moment, event in found
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"Allegata: {name}",
        "description": f"What the watch “{name}” found ({feed_id})",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8", "replace").decode() + "\n"


def title(event: Event) -> str:
    """One line: what happened, to what."""
    return f"{WORDS.get(event.kind, event.kind)}: {event.title}"


def text(event: Event) -> str:
    """Some lines: the evidence, and when it came out."""
    lines = [event.detail, f"came out {event.at}" if event.at else "", f"subject {event.subject}"]
    if event.documents:
        lines.append(f"documents {', '.join(event.documents)}")
    return "\n".join(line for line in lines if line)


def _id(feed_id: str, event: Event) -> str:
    return f"{feed_id}:{event.key}"


def _xml(words: str) -> str:
    return escape(words.translate(_XML))
