"""Whose words stand in quotation marks: quotations given to the cues beside them, or to who spoke last."""

from __future__ import annotations

from allegata.model import Span
from allegata.reading.statements.drafts import CONTENTLESS, Draft, trim, unite
from allegata.reading.statements.quotes import Quotes
from allegata.reading.statements.sources import RELATIVE
from allegata.reading.statements.tree import Tree

SHORT = 4
"""Words that a quotation must have to be speech by itself; fewer are a title or scare quotes."""
REACH = 90
"""Characters that may stand between a cue and the quotation it opens: "told reporters on Tuesday: ..."."""
ASIDES = ("paren", "quote", "weak")
"""Frames of cues that stand beside their content. "weak" ones need words that are speech by themselves."""
GAP = 400
"""Characters after which a quotation without a cue is no longer given to the last speaker."""


def attach_quotes(tree: Tree, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """The drafts, with quotations joined to their content; those that get none and need one are left out."""
    drafts.sort(key=lambda d: d.place)
    taken: list[Draft | None] = [None] * len(quotes.all)
    for draft in drafts:
        if draft.quotable:
            _cover(quotes, draft)
            _beside(tree, quotes, draft, taken)
    drafts = [d for d in drafts if d.content or d.frame in CONTENTLESS]
    return _free(tree, quotes, drafts, taken)


def _cover(quotes: Quotes, draft: Draft) -> None:
    """A content that begins or ends inside a quotation takes all of it."""
    spans = []
    cue = draft.cue[0] if draft.cue else (0, 0)
    for start, end in draft.content:
        first, last = quotes.holding(start), quotes.holding(max(end - 1, start))
        for i in (first, last):
            if i is not None and not (quotes.all[i].start <= cue[0] and cue[1] <= quotes.all[i].end):
                # a cue in the same quotation is the quoted speaker's own
                start, end = min(start, quotes.all[i].start), max(end, quotes.all[i].end)
                spans += [(quotes.all[j].start, quotes.all[j].end) for j in quotes.run(i) if j > i]
        spans.append((start, end))
    draft.content = unite(spans)


def _beside(tree: Tree, quotes: Quotes, draft: Draft, taken: list[Draft | None]) -> None:
    """Gives a draft the quotation right before or right after it, where nobody else has that."""
    aside = draft.frame in ASIDES
    own = [*draft.cue, *draft.source] if aside else draft.cue
    start, end = draft.zone or (min(s for s, _ in own), max(e for _, e in own))
    if quotes.holding(start) is not None:
        return
    before, after = quotes.before(start), quotes.after(max(end, draft.cue[-1][1]))
    if aside and before is not None and taken[before] is None:
        gap = tree.text[quotes.all[before].end : start]
        if len(gap) < 12 and not gap.strip(" ,–—-\u200b\u00a0"):
            _take(tree, quotes, draft, before, taken)
    if after is not None and taken[after] is None:
        start = quotes.all[after].start
        if _opens(tree.text, draft, end, start) if aside else _is_colon(tree.text, end, start):
            _take(tree, quotes, draft, after, taken)
    if draft.content and draft.frame == "clause":  # "said he was tired: ..."
        last = draft.content[-1][1]
        after = quotes.after(last - 1)
        if after is not None and taken[after] is None and _is_colon(tree.text, last, quotes.all[after].start):
            _take(tree, quotes, draft, after, taken)
    if draft.frame in ("quote", "weak") and not draft.content and end < len(tree.text):
        _colon(tree, draft, end)
    draft.content = unite(draft.content)


def _is_colon(text: str, start: int, end: int) -> bool:
    return 0 < end - start < 8 and text[start:end].strip(" .") == ":"


def _opens(text: str, draft: Draft, end: int, quote: int) -> bool:
    """True where nothing but the hearer, time and place stand between a cue and the quotation after it."""
    if quote - end > REACH:
        return False
    gap = text[end:quote].strip(" \u200b\u00a0")
    if not gap.strip(",:—–- "):
        return True
    relative = bool(draft.source) and text[slice(*draft.source[0])].lower() in RELATIVE
    return (
        draft.frame != "paren" and not draft.content and not relative and not any(c in gap for c in '.;!?"\n')
    )


def _take(tree: Tree, quotes: Quotes, draft: Draft, i: int, taken: list[Draft | None]) -> None:
    if draft.frame == "weak" and not _is_speech(tree, quotes.all[i].inner):
        return
    for j in quotes.run(i):
        taken[j] = draft
        draft.content.append((quotes.all[j].start, quotes.all[j].end))


def _colon(tree: Tree, draft: Draft, end: int) -> None:
    """ "what villagers had been saying: soldiers shot at a ferry": what stands after the colon."""
    i = tree.at(end)
    if i >= tree.n:
        return
    stop = tree.bounds[i][1]
    for j in range(i, min(i + 12, stop, tree.n - 1)):
        if tree.word[j] == ":":
            span = trim(tree.text, tree.start[j + 1], tree.end[tree.bounds[j + 1][1] - 1])
            if span is not None and "\n" not in tree.text[tree.end[j] : span[0]]:
                draft.content.append(span)
            return


def _free(tree: Tree, quotes: Quotes, drafts: list[Draft], taken: list[Draft | None]) -> list[Draft]:
    """Quotations without a cue of their own go on with the speech before them."""
    text = tree.text
    covered = unite(s for d in drafts if quotes.holding(d.place) is None for s in d.content)
    at = 0
    order = sorted(drafts, key=lambda d: d.place)
    running: Draft | None = None
    reach = 0  # where the running draft's content ends
    k = 0
    for i, q in enumerate(quotes.all):
        while k < len(order) and order[k].place < q.start:
            if order[k].quotable and _speaks_on(tree, order[k]) and quotes.holding(order[k].place) is None:
                running = order[k]
                reach = max(e for _, e in (*running.content, *running.cue, *running.source))
            k += 1
        while at < len(covered) and covered[at][1] <= q.start:
            at += 1
        if running is None or taken[i] is not None or (at < len(covered) and covered[at][0] < q.end):
            continue
        if q.start - reach >= GAP or not _own_sentence(text, q.start) or not _is_speech(tree, q.inner):
            continue
        gap = text[min(reach, q.start) : q.start]
        if "\n" not in gap or not gap.strip(" \n\t.,\"”'"):
            running.content.append((q.start, q.end))
            reach = max(reach, q.end)
    return drafts


def _speaks_on(tree: Tree, draft: Draft) -> bool:
    """True where a quotation without a cue may be the draft's: not of an aside ("..., who has said")."""
    return bool(draft.source) and tree.text[slice(*draft.source[0])].lower() not in RELATIVE


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
