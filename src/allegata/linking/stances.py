"""The stance of a Statement towards a Claim where its own words say more than its cue."""

from __future__ import annotations

import re

from allegata.linking.texts import Text
from allegata.model import AFFIRMING, Statement

_WANTS = re.compile(
    r"\b(?:want|wants|wanted|need|needs|must|should|ought|call(?:s|ed)? for|demand\w*)\b[^.]{0,60}"
    r"\b(?:inquiry|inquiries|enquiry|investigat\w+|probe|hearing)\b",
    re.IGNORECASE,
)
_KNOWS_NOTHING = re.compile(
    r"\b(?:had|has|have) no (?:information|knowledge|record|evidence|reports?|indication)\b"
    r"|\b(?:is|are|was|were|am) (?:not|un)\s?aware\b|\bno longer (?:sure|certain)\b",
    re.IGNORECASE,
)
_SILENT = re.compile(
    r"\b(?:do|does|did|will|would|can|could)(?: not|n['’]t) comment\b|\bno comment\b|\bdeclin\w+ to comment\b"
    r"|\bneither confirm\w* nor den\w+",
    re.IGNORECASE,
)


def stance_in(text: Text, s: Statement) -> str:
    """The stance of a Statement: a wish for an inquiry demands one, who has no information doubts, who
    neither confirms nor denies says nothing."""
    if s.stance not in AFFIRMING:
        return s.stance
    said = " ".join(text.document.text[a:b][:400] for a, b in s.content)
    if is_silence(said):
        return "no_comment"
    if _WANTS.search(said):
        return "demand"
    return "doubt" if _KNOWS_NOTHING.search(said[:120]) else s.stance


def is_silence(passage: str) -> bool:
    """Whether a passage declines to speak of the matter."""
    return bool(_SILENT.search(passage))
