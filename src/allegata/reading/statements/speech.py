"""Whose words stand in quotation marks: quotations given to the cues beside them, or to who spoke last."""

from __future__ import annotations

from allegata.model import Span
from allegata.reading.statements.drafts import Draft, trim, unite
from allegata.reading.statements.quotes import Quotes
from allegata.reading.statements.sources import RELATIVE
from allegata.reading.statements.tree import Tree

SHORT = 4
"""Words that a quotation must have to be speech by itself; fewer are a title or scare quotes."""
REACH = 90
"""Characters that may stand between a cue and the quotation it opens: "told reporters on Tuesday: ..."."""
BREAKS = 3
"""Paragraphs after which a quotation without a cue is no longer given to the last speaker."""


def attach_quotes(tree: Tree, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """The drafts, with quotations joined to their content; those that get none and need one are left out."""
    drafts.sort(key=lambda d: d.place)
    taken: list[Draft | None] = [None] * len(quotes.all)
    for draft in drafts:
        if draft.quotable:
            _cover(tree, quotes, draft)
            _beside(tree, quotes, draft, taken)
    drafts = [d for d in drafts if d.content or d.frame in ("alone", "relative", "account", "idiom")]
    return _free(tree, quotes, drafts, taken)


def _cover(tree: Tree, quotes: Quotes, draft: Draft) -> None:
    """A content that begins or ends inside a quotation takes all of it."""
    spans = []
    cue = draft.cue[0] if draft.cue else (0, 0)
    for start, end in draft.content:
        first, last = quotes.holding(start), quotes.holding(max(end - 1, start))
        for i in (first, last):
            if i is not None:
                q = quotes.all[i]
                if q.start <= cue[0] and cue[1] <= q.end:
                    continue  # the cue itself is quoted: the speaker's own words hold this statement
                start, end = min(start, q.start), max(end, quotes.all[quotes.run(i)[-1]].end)
        spans.append((start, end))
    draft.content = unite(spans)


def _beside(tree: Tree, quotes: Quotes, draft: Draft, taken: list[Draft | None]) -> None:
    text = tree.text
    spans = [*draft.cue, *draft.source] if draft.frame in ("paren", "quote") else draft.cue
    start, end = draft.zone or (min(s for s, _ in spans), max(e for _, e in spans))
    inside = quotes.holding(start)
    i = quotes.before(start)
    if draft.frame in ("paren", "quote") and i is not None and inside is None and taken[i] is None:
        gap = text[quotes.all[i].end : start]
        if len(gap) < 12 and not gap.strip(" ,–—-\u200b\u00a0"):
            for j in quotes.run(i):
                taken[j] = draft
                draft.content.append((quotes.all[j].start, quotes.all[j].end))
    i = quotes.after(max(end, draft.cue[-1][1]) if draft.frame in ("paren", "quote") else draft.cue[-1][1])
    if i is not None and inside is None and taken[i] is None:
        q = quotes.all[i]
        gap = text[end : q.start]
        who = text[slice(*draft.source[0])].lower() if draft.source else ""
        opened = (
            (who not in RELATIVE or not gap.strip(" ,:"))
            and len(gap) <= REACH
            and "\n" not in gap.strip(" ")
            and not any(c in gap for c in '.;!?"')
        )
        if (
            draft.frame == "quote"
            and opened
            and not draft.content
            or (opened and not gap.strip(" ,:—–-\u200b"))
        ):
            if draft.frame in ("quote", "paren") or gap.strip() == ":":
                for j in quotes.run(i):
                    taken[j] = draft
                    draft.content.append((quotes.all[j].start, quotes.all[j].end))
    if draft.frame == "quote" and not draft.content and end < len(text):
        _colon(tree, draft, end)
    draft.content = unite(draft.content)


def _colon(tree: Tree, draft: Draft, end: int) -> None:
    """ "what villagers had been saying: soldiers shot at a ferry": what stands after the colon."""
    i = tree.at(end)
    stop = tree.bounds[min(i, tree.n - 1)][1] if i < tree.n else tree.n
    for j in range(i, min(i + 12, stop - 1)):
        if tree.word[j] == ":":
            span = trim(tree.text, tree.start[j + 1], tree.end[stop - 1])
            if span is not None:
                draft.content.append(span)
            return


def _free(tree: Tree, quotes: Quotes, drafts: list[Draft], taken: list[Draft | None]) -> list[Draft]:
    """Quotations without a cue of their own go on with the speech before them."""
    text = tree.text
    covered = unite(s for d in drafts if quotes.holding(d.place) is None for s in d.content)
    at = 0
    order = sorted(drafts, key=lambda d: d.place)
    running: Draft | None = None
    k = 0
    added: list[Draft] = []
    for i, q in enumerate(quotes.all):
        while k < len(order) and order[k].place < q.start:
            if order[k].quotable and order[k].source and quotes.holding(order[k].place) is None:
                running = order[k]
            k += 1
        while at < len(covered) and covered[at][1] <= q.start:
            at += 1
        if taken[i] is not None or (at < len(covered) and covered[at][0] < q.end):
            continue
        if not _is_speech(tree, q.inner) or running is None:
            continue
        last = max(e for _, e in running.content) if running.content else running.place
        gap = text[min(last, q.start) : q.start]
        if gap.count("\n\n") <= BREAKS and len(gap) < 400 and not _own_sentence(text, q.start):
            continue
        if len(gap) < 400 and (gap.count("\n") == 0 or not gap.strip(" \n\t.,\"”'")):
            running.content.append((q.start, q.end))
    return drafts + added


def _own_sentence(text: str, start: int) -> bool:
    """True where a quotation opens a sentence or a paragraph."""
    i = start - 1
    while i >= 0 and text[i] in " \t\u00a0\u200b":
        i -= 1
    return i < 0 or text[i] in "\n.!?\"”’'"


def _is_speech(tree: Tree, inner: Span) -> bool:
    first, last = tree.at(inner[0]), tree.at(max(inner[1] - 1, inner[0]))
    if last - first < SHORT:
        return False
    return any(tree.is_verb(i) for i in range(first, min(last + 1, first + 40, tree.n)))
