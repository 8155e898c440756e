"""Sets of numbers as bits, in blocks: what facets are counted with.

A block holds the numbers of one stretch of `SPAN`. Where few are set, it is stored as their list, else as the
bits themselves (the two containers of roaring bitmaps, Chambi et al. 2016). NumPy is loaded when it is used:
opening a store takes nothing heavy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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

        given = (
            np.array(text.split(","), np.int64) if len(text) < 100 else np.fromstring(text, np.int64, sep=",")
        )
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
        return [block * SPAN + p for block, bits in sorted(self.blocks.items()) for p in _places(bits)]

    def among(self, numbers: Iterable[int]) -> list[int]:
        """Those of ``numbers`` that are in the set, in their order."""
        blocks = {b: bits.to_bytes(_BYTES, "little") for b, bits in self.blocks.items()}
        none = bytes(_BYTES)
        return [n for n in numbers if blocks.get(n // SPAN, none)[n % SPAN >> 3] >> (n & 7) & 1]


def pack(bits: int) -> bytes:
    """One block as it is stored."""
    if bits.bit_count() > _FEW:
        return bits.to_bytes(_BYTES, "little")
    return b"".join(place.to_bytes(2, "little") for place in _places(bits))


def unpack(stored: bytes) -> int:
    """The inverse of `pack`."""
    if len(stored) == _BYTES:
        return int.from_bytes(stored, "little")
    out = 0
    for at in range(0, len(stored), 2):
        out |= 1 << int.from_bytes(stored[at : at + 2], "little")
    return out


def _places(bits: int) -> Sequence[int]:
    """Where bits are set, in ascending order."""
    import numpy as np

    held = np.frombuffer(bits.to_bytes(_BYTES, "little"), np.uint8)
    places: list[int] = np.flatnonzero(np.unpackbits(held, bitorder="little")).tolist()
    return places
