"""Sets of numbers as bits, in blocks: what facets are counted with.

A block holds the numbers of one stretch of `SPAN`. Where few are set, it is stored as their list, else as the
bits themselves (the two containers of roaring bitmaps, Chambi et al. 2016). NumPy is loaded when it is used:
opening a store takes nothing heavy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

SPAN = 1 << 14
_BYTES = SPAN // 8
_FEW = 256
"""Numbers up to which a block is a list: two bytes each, so that no list is as long as the bits."""


class Bits:
    """A set of numbers from 0. Not changed once it is made."""

    __slots__ = ("_flags", "blocks")

    def __init__(self, blocks: Mapping[int, int]) -> None:
        self.blocks = blocks
        self._flags: dict[int, Any] = {}

    @classmethod
    def of(cls, numbers: Iterable[int]) -> Bits:
        return cls.listed(",".join(map(str, numbers)))

    @classmethod
    def listed(cls, text: str) -> Bits:
        """From numbers with commas between them, as a database joins them: quicker than row by row."""
        if not text:
            return cls({})
        import numpy as np

        given = _parsed(text)
        first, last = int(given.min()) // SPAN, int(given.max()) // SPAN
        flags = np.zeros((last - first + 1) * SPAN, np.uint8)
        flags[given - first * SPAN] = 1
        packed = np.packbits(flags, bitorder="little").tobytes()
        found = {
            block: bits
            for block in range(first, last + 1)
            if (bits := int.from_bytes(packed[(block - first) * _BYTES :][:_BYTES], "little"))
        }
        return cls(found)

    def __and__(self, other: Bits) -> Bits:
        few, many = sorted((self.blocks, other.blocks), key=len)
        return Bits({b: both for b, bits in few.items() if (both := bits & many.get(b, 0))})

    def __or__(self, other: Bits) -> Bits:
        out = dict(self.blocks)
        for block, bits in other.blocks.items():
            out[block] = out.get(block, 0) | bits
        return Bits(out)

    def __sub__(self, other: Bits) -> Bits:
        return Bits({b: left for b, bits in self.blocks.items() if (left := bits & ~other.blocks.get(b, 0))})

    def __len__(self) -> int:
        return sum(bits.bit_count() for bits in self.blocks.values())

    def __contains__(self, number: int) -> bool:
        return bool(self.blocks.get(number // SPAN, 0) >> (number % SPAN) & 1)

    def shared(self, other: Bits) -> int:
        """How many numbers are in both."""
        mine = self.blocks
        return sum((bits & mine[b]).bit_count() for b, bits in other.blocks.items() if b in mine)

    def shared_with(self, block: int, stored: bytes) -> int:
        """How many numbers of a block as it is stored are in the set: a list is not made bits for it."""
        bits = self.blocks.get(block)
        if not bits:
            return 0
        if len(stored) == _BYTES:
            return (bits & int.from_bytes(stored, "little")).bit_count()
        import numpy as np

        flags = self._flags.get(block)
        if flags is None:
            held = np.frombuffer(bits.to_bytes(_BYTES, "little"), np.uint8)
            flags = self._flags[block] = np.unpackbits(held, bitorder="little")
        return int(np.count_nonzero(flags[np.frombuffer(stored, "<u2")]))

    def numbers(self) -> list[int]:
        """In ascending order."""
        return [
            block * SPAN + p for block, bits in sorted(self.blocks.items()) for p in _places(bits).tolist()
        ]

    def sample(self, most: int) -> list[int]:
        """At most about so many of the numbers, spread over all of them."""
        step = max(1, len(self) // most)
        out: list[int] = []
        at = 0
        for block, bits in sorted(self.blocks.items()):
            places = _places(bits)
            out += [block * SPAN + place for place in places[-at % step :: step].tolist()]
            at += len(places)
        return out

    def among(self, text: str) -> list[int]:
        """Those of the numbers in ``text``, with commas between them, that are in the set, in their order."""
        import numpy as np

        given = _parsed(text)
        if not len(given) or not self.blocks:
            return []
        end = max(max(self.blocks), int(given.max()) // SPAN) + 1
        flags = np.zeros(end * SPAN, np.uint8)
        for block, bits in self.blocks.items():
            held = np.frombuffer(bits.to_bytes(_BYTES, "little"), np.uint8)
            flags[block * SPAN : (block + 1) * SPAN] = np.unpackbits(held, bitorder="little")
        found: list[int] = given[flags[given] == 1].tolist()
        return found


def pack(bits: int) -> bytes:
    """One block as it is stored."""
    if bits.bit_count() > _FEW:
        return bits.to_bytes(_BYTES, "little")
    return bytes(_places(bits).astype("<u2").tobytes())


def unpack(stored: bytes) -> int:
    """The inverse of `pack`."""
    if len(stored) == _BYTES:
        return int.from_bytes(stored, "little")
    out = 0
    for at in range(0, len(stored), 2):
        out |= 1 << int.from_bytes(stored[at : at + 2], "little")
    return out


def _parsed(text: str) -> Any:
    import numpy as np

    return np.fromstring(text, np.int64, sep=",")


def _places(bits: int) -> Any:
    """Where bits are set, in ascending order, as an array."""
    import numpy as np

    held = np.frombuffer(bits.to_bytes(_BYTES, "little"), np.uint8)
    return np.flatnonzero(np.unpackbits(held, bitorder="little"))
