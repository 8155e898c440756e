"""Persons say what they hold of a Claim, and how reliable they hold a Source to be.

Each is kept as a Judgement (append-only, in the log of acts, undone by another), changes no count, and stands
for its person only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allegata.linking import assessments as opinions
from allegata.linking.assessments import ASSESSMENT, GRADE, ORIGINS_OF_CONFIRMED
from allegata.linking.credits import fold
from allegata.linking.decisions import LONGEST, WORDS, BadJudgementError, undone
from allegata.model import Assessment, Claim, Grade, Judgement
from allegata.runs.judged import checked_person, checked_reason
from allegata.store.base import Store

MOST_ALTERNATIVES = 8
LONGEST_ALTERNATIVE = 300
LONGEST_SOURCE = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """An Assessment or a Grade with what became of it: it "holds", was "replaced" by its person, or was
    "taken back", by whom."""

    opinion: Assessment | Grade
    state: str
    by: str = ""

    @property
    def holds(self) -> bool:
        return self.state == "holds"


def assess(
    store: Store,
    person: str,
    claim: Claim,
    *,
    credibility: int | None = None,
    likelihood: str | None = None,
    confidence: str | None = None,
    alternatives: Iterable[str] = (),
    note: str = "",
) -> Assessment:
    """Keep what ``person`` holds of a Claim. BadJudgementError says what is wrong; nothing is then kept."""
    who, why = checked_person(person), checked_reason(note)
    if credibility is None and likelihood is None:
        raise BadJudgementError("an assessment gives a credibility (1 to 6), a likelihood, or both")
    if credibility is not None:
        _check_credibility(credibility, claim)
    if likelihood is not None and likelihood not in opinions.likelihoods():
        words = ", ".join(opinions.likelihoods())
        raise BadJudgementError(f"“{likelihood[:40]}” is no likelihood: choose {words}")
    if confidence is not None and confidence not in opinions.confidences():
        words = ", ".join(opinions.confidences())
        raise BadJudgementError(f"“{confidence[:40]}” is no confidence: choose {words}")
    count = claim.independent_origins
    value = opinions.plain_value(
        {
            "credibility": credibility,
            "likelihood": likelihood,
            "confidence": confidence,
            "alternatives": _alternatives(alternatives),
            "origins": [count.low, count.high],
        }
    )
    subject = json.dumps([claim.id, _place(store, claim)], ensure_ascii=False)
    made = opinions.assessment_of(store.put_judgement(who, ASSESSMENT, subject, value, why))
    if made is None:
        raise BadJudgementError("the assessment could not be read again")
    return made


def _check_credibility(credibility: int, claim: Claim) -> None:
    if credibility not in opinions.credibilities():
        raise BadJudgementError(f"{credibility} is no credibility: choose 1 to 6")
    count = claim.independent_origins
    if credibility == 1 and count.low < ORIGINS_OF_CONFIRMED:
        stands = str(count.low) if count.low == count.high else f"{count.low}–{count.high}"
        sure = "" if count.low == count.high else f", of which only {count.low} certainly distinct"
        raise BadJudgementError(
            "credibility 1, confirmed by other sources, takes two independent origins: "
            f"this claim has {stands}{sure}"
        )


def _alternatives(given: Iterable[str]) -> list[str]:
    listed = [" ".join(a.split()) for a in given if a.strip()]
    if len(listed) > MOST_ALTERNATIVES:
        raise BadJudgementError(f"{MOST_ALTERNATIVES} alternatives at most, not {len(listed)}")
    for words in listed:
        if len(words) > LONGEST_ALTERNATIVE:
            raise BadJudgementError(f"an alternative has {LONGEST_ALTERNATIVE} characters at most")
    return listed


def _place(store: Store, claim: Claim) -> list[object] | None:
    """The first passage of a Claim, with the words it begins with; ``None`` where it has none."""
    for mention in claim.mentions:
        for p in mention.passages:
            document = store.document(p.document)
            if document is not None and p.start < p.end <= len(document.text):
                return [p.document, p.start, p.end, document.text[p.start : min(p.end, p.start + WORDS)]]
    return None


def grade(store: Store, person: str, source: str, letter: str, reason: str = "") -> Grade:
    """Keep how reliable ``person`` holds a Source to be. BadJudgementError says what is wrong."""
    who, why = checked_person(person), checked_reason(reason)
    name = " ".join(opinions.head(source).split())
    if not name or len(name) > LONGEST_SOURCE:
        raise BadJudgementError(f"a source is named, with {LONGEST_SOURCE} characters at most")
    if letter not in opinions.reliabilities():
        raise BadJudgementError(f"“{letter[:40]}” is no grade: choose A to F")
    subject = json.dumps([name], ensure_ascii=False)
    if len(subject) > LONGEST:
        raise BadJudgementError("the name of the source is too long")
    made = opinions.grade_of(store.put_judgement(who, GRADE, subject, letter, why))
    if made is None:
        raise BadJudgementError("the grade could not be read again")
    return made


def assessments(store: Store, claim: Claim, listed: Sequence[Judgement] | None = None) -> list[Kept]:
    """All that persons held of a Claim, newest first. ``listed``: the Judgements, where they are at hand."""
    judged = store.judgements() if listed is None else listed
    mine = [j for j in judged if j.kind == ASSESSMENT and j.undoes is None]
    others = {i for j in mine if (i := _claim_of(j)) and i != claim.id and store.claim(i) is not None}
    return _kept(
        [(j, a) for j in mine if opinions.is_about(j, claim, others) and (a := opinions.assessment_of(j))],
        judged,
    )


def _claim_of(j: Judgement) -> str | None:
    found = opinions.assessment_of(j)
    return found.claim if found else None


def grades(store: Store, source: str, listed: Sequence[Judgement] | None = None) -> list[Kept]:
    """All grades that persons gave a Source, newest first."""
    judged = store.judgements() if listed is None else listed
    wanted = fold(opinions.head(source))
    found = ((j, opinions.grade_of(j)) for j in judged if j.kind == GRADE)
    return _kept([(j, g) for j, g in found if g is not None and fold(g.source) == wanted], judged)


def grades_now(listed: Iterable[Judgement]) -> dict[str, list[Grade]]:
    """Of each graded Source, by its folded name, the grade of each person that holds, newest first."""
    judged = list(listed)
    gone = undone(judged)
    found: dict[str, list[Grade]] = {}
    for j in judged:
        given = opinions.grade_of(j)
        if given is not None and j.id not in gone:
            found.setdefault(fold(given.source), []).append(given)
    return {source: opinions.newest_each(given) for source, given in found.items()}


def _kept(found: Sequence[tuple[Judgement, Assessment | Grade]], judged: Sequence[Judgement]) -> list[Kept]:
    gone, numbered = undone(judged), {j.id: j for j in judged}
    newest = {o.person: j.id for j, o in sorted(found, key=lambda f: f[0].id) if j.id not in gone}
    out = []
    for j, opinion in sorted(found, key=lambda f: -f[0].id):
        if j.id in gone:
            out.append(Kept(opinion, "taken back", numbered[gone[j.id]].person))
        else:
            out.append(Kept(opinion, "holds" if newest[opinion.person] == j.id else "replaced"))
    return out
