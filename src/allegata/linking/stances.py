"""The stance of a Statement towards a Claim where its own words say more than its cue."""

from __future__ import annotations

import re

from allegata.linking.polarity import Core, is_claimed
from allegata.linking.texts import Text
from allegata.linking.voices import head
from allegata.linking.words import normalise
from allegata.model import AFFIRMING, Statement
from allegata.vocab import load

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
_NOT_WRITTEN = re.compile(
    r"(?:\b(?:not|never)|n['’]t)\s+(?:\w+ly\s+)?(?:write|written|wrote|sign(?:ed)?|publish(?:ed)?|sen[dt]|issued?)\b",
    re.IGNORECASE,
)
"""Who did not write a thing is not silent on it."""
_SILENT = re.compile(
    r"\b(?:do|does|did|will|would|can|could)(?: not|n['’]t) comment\b|\bno comment\b|\bdeclin\w+ to comment\b"
    r"|\bneither confirm\w* nor den\w+",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:is|are|was|were)(?:\s+(?:an?|all|just|pure|utter|total|complete|and|\w{2,20}ly,?))*\s+"
    r"(?:nonsense|rubbish|false|untrue|invented|fabricated|baseless|unfounded|lies?|fabrications?|inventions?|"
    r"forger(?:y|ies)|forged|fakes?|without (?:any )?(?:foundation|basis|merit)|"
    r"falsehoods?|fantas(?:y|ies)|slanders?|hoax|not true)\b",
    re.IGNORECASE,
)
_ANOTHER_PICTURE = re.compile(
    r"\b(?:photo\w*|pictures?|images?|videos?|footage|clip|body|it)\b[^.;]{0,80}?\b(?:"
    r"(?:actually|really|in fact|in reality)\s+(?:shows?|showed|showing|depicts?|depicted)"
    r"|(?:is|are|was|were)\s+(?:actually|really|in fact|in reality)\s+(?:of|from|taken|an?)\b"
    r"|(?:photoshopped|doctored|digitally (?:altered|manipulated)|superimposed|miscaptioned))",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\b(?:denials?|rebuttals?|excuses?|alibis?|defen[cs]es?|refusals?)\b", re.IGNORECASE)
_NOT_SAID = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)
_TURNED_BACK = re.compile(
    r"\b(?:rule|ruled|ruling) out\b|\bonly\b|"
    r"\b(?:den|disput|doubt|exclud|contest|contradict|reject|hid|mince|conceal)\w*\b",
    re.IGNORECASE,
)


def stance_in(text: Text, s: Statement, core: Core | None = None) -> str:
    """The stance of a Statement: a wish for an inquiry demands one, who has no information doubts, who calls
    a thing nonsense or finds that a picture shows something else denies it, who neither confirms nor denies
    says nothing. ``core`` are the Claim's words: what it says itself ("the paper is forged") denies
    nothing."""
    if s.stance == "no_comment" and _NOT_WRITTEN.search(" ".join(text.document.text[a:b] for a, b in s.cue)):
        return "deny"
    if s.stance not in AFFIRMING:
        return s.stance
    said = " ".join(text.document.text[a:b][:400] for a, b in s.content)
    if is_silence(said):
        return "no_comment"
    if _WANTS.search(said):
        return "demand"
    if _KNOWS_NOTHING.search(said[:120]):
        return "doubt"
    if _ANOTHER_PICTURE.search(said[:200]) and head(s.speaker or "") not in _pictures():
        return "deny"
    called = _NOT_SO.search(said[:200])
    if (
        called is None
        or _ANSWER.search(said[: called.start()])
        or (core and is_claimed(called.group(), core))
    ):
        return s.stance
    return "deny"


def _pictures() -> frozenset[str]:
    return frozenset(load("citations")["platforms"]["pictures"])


def is_unsaid(text: Text, s: Statement) -> bool:
    """Whether a Statement's own cue says that its speaker did not do it ("has not signed", "never said"):
    nobody's words are passed on then. "Did not deny" passes some on."""
    if s.stance not in AFFIRMING:
        return False
    cue = " ".join(text.document.text[a:b] for a, b in s.cue)
    return bool(_NOT_SAID.search(cue)) and not _TURNED_BACK.search(cue)


_OWN_ACT = re.compile(
    r"\W*(?:that\s+)?(?:he|she|they|I|we)\s+(?:(?:had|has|have|did|indeed|\w+ly)\s+){0,3}([a-z]{4,})",
    re.IGNORECASE,
)
_ADMITS = re.compile(r"\b(?:admit|confess|concede|acknowledge|own)(?:s|d|ed|ted|ting|ing)?\b", re.IGNORECASE)


def is_admission(text: Text, s: Statement, core: Core) -> bool:
    """Whether somebody admits what is claimed, or says to have done it themselves: their own act is the
    Claim's ("that he opened the gate"). ``core`` are the words of the Claim."""
    if s.stance not in AFFIRMING:
        return False
    if s.stance == "confirm" and any(_ADMITS.search(text.document.text[a:b]) for a, b in s.cue):
        return True
    own = (_OWN_ACT.match(text.document.text[a:b]) for a, b in s.content)
    return any(m is not None and normalise(m.group(1)) in core for m in own)


def is_silence(passage: str) -> bool:
    """Whether a passage declines to speak of the matter."""
    return bool(_SILENT.search(passage))
