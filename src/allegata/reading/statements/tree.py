"""The parse of a Document as plain lists, so that rules are quick and may mend what the parser got wrong."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator

from spacy.tokens import Doc

from allegata.model import Span
from allegata.reading.parsing import LONGEST

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
MARKS = frozenset({"that", "whether", "if", "because"})


class Tree:
    """Words of a Document with their heads; ``left`` and ``right`` bound the subtree of a token, inclusive.

    ``bounds[i]`` is the sentence of token i as (first token, one past the last). No arc leaves its sentence.
    """

    def __init__(self, text: str, doc: Doc, sentences: tuple[Span, ...]) -> None:
        self.text = text
        self.start: list[int] = []
        self.end: list[int] = []
        self.word: list[str] = []
        self.lemma: list[str] = []
        self.pos: list[str] = []
        self.tag: list[str] = []
        self.dep: list[str] = []
        self.head: list[int] = []
        self.left: list[int] = []
        self.right: list[int] = []
        self.entity: list[str] = []
        for t in doc:
            self.start.append(t.idx)
            self.end.append(t.idx + len(t))
            self.word.append(t.lower_)
            self.lemma.append(t.lemma_)
            self.pos.append(t.pos_)
            self.tag.append(t.tag_)
            self.dep.append(t.dep_)
            self.head.append(t.head.i)
            self.left.append(t.left_edge.i)
            self.right.append(t.right_edge.i)
            self.entity.append(t.ent_type_)
        self.n = len(self.start)
        self.bounds = self._bounds(sentences)
        self.kids: list[list[int]] = [[] for _ in range(self.n)]
        for i, (low, stop) in enumerate(self.bounds):
            self.left[i], self.right[i] = max(self.left[i], low), min(self.right[i], stop - 1)
            if not low <= self.head[i] < stop:
                self.head[i], self.dep[i] = i, "ROOT"
            elif self.head[i] != i:
                self.kids[self.head[i]].append(i)

    def _bounds(self, sentences: tuple[Span, ...]) -> list[tuple[int, int]]:
        bounds: list[tuple[int, int]] = []
        for start, end in sentences:
            first, last = len(bounds), max(bisect_left(self.start, end), len(bounds))
            if start > (self.start[first] if first < self.n else 0):  # tokens between two sentences
                gap = max(bisect_left(self.start, start), first)
                bounds += [(first, gap)] * (gap - first)
                first = gap
            bounds += [(first, last)] * (last - first)
        bounds += [(len(bounds), self.n)] * (self.n - len(bounds))
        return [
            (low + (i - low) // LONGEST * LONGEST, min(low + (i - low) // LONGEST * LONGEST + LONGEST, stop))
            for i, (low, stop) in enumerate(bounds)
        ]

    def at(self, char: int) -> int:
        """The token that holds a character, or the next one after it. ``n`` at the end of the text."""
        i = bisect_right(self.start, char) - 1
        return i if i >= 0 and char < self.end[i] else i + 1

    def span(self, first: int, last: int) -> Span:
        """Characters of the tokens first..last, both inclusive."""
        return self.start[first], self.end[last]

    def children(self, i: int, *deps: str) -> Iterator[int]:
        return (k for k in self.kids[i] if self.dep[k] in deps)

    def child(self, i: int, *deps: str) -> int | None:
        return next(self.children(i, *deps), None)

    def is_verb(self, i: int) -> bool:
        return self.pos[i] in ("VERB", "AUX")

    def is_finite(self, i: int) -> bool:
        """True where the verb with its auxiliaries is finite: "goes", "has gone", "will go"; not "going"."""
        if self.tag[i] in ("VBD", "VBZ", "VBP", "MD"):
            return True
        if self.tag[i] == "VBN" and self.child(i, "nsubj") is not None:  # a past tense read as a participle
            return True
        return any(
            self.dep[k] in ("aux", "auxpass") and self.tag[k] in ("VBD", "VBZ", "VBP", "MD")
            for k in self.kids[i]
        )

    def phrase_end(self, first: int, limit: int) -> int:
        """The last token of the largest constituent that begins at ``first`` or a clause mark before it."""
        i, end, low = first, first, first
        while low > 0 and low > limit and self.word[low - 1] in MARKS:
            low -= 1
        for _ in range(40):
            end = max(end, self.right[i])
            h = self.head[i]
            if h == i or h < low:
                break
            if self.left[h] < low:
                if self.dep[i] in SUBJECTS and h > i:
                    end = max(
                        end, self.right[h]
                    )  # the verb of the clause, with more hung on it than belongs there
                break
            i = h
        return min(end, self.bounds[first][1] - 1)

    def hang(self, child: int, parent: int, dep: str) -> None:
        """Gives ``child`` another head."""
        old = self.head[child]
        if old != child:
            self.kids[old].remove(child)
        if parent != child:
            insort(self.kids[parent], child)
        self.head[child] = parent
        self.dep[child] = dep

    def cut(self, child: int, parent: int, dep: str) -> None:
        """Hangs ``child`` on ``parent``, an ancestor further up, and ends what lay between before it."""
        x, edge = self.head[child], self.left[child] - 1
        for _ in range(60):
            if x == parent:
                break
            self.right[x] = max(x, min(self.right[x], edge))
            if self.head[x] == x:
                break
            x = self.head[x]
        self.hang(child, parent, dep)
