"""Count in how many news texts a word stands: the background against which linking weighs words.

Reads the development halves named in the card below; writes words and counts only, no text.
Run: python training/background.py SHARED_DATA_FOLDER
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from allegata.linking.words import words

OUT = Path("src/allegata/linking/weights/background.tsv")
KEEP = 4
"""A word in fewer texts than this is not listed: it weighs as much as one never seen."""


def texts(data: Path) -> Iterator[str]:
    for name in ("polnear/train", "fnc/bodies"):
        with (data / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]
    with (data / "news-discourse/train.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield " ".join(s["text"] for s in json.loads(line)["sentences"])


def main() -> None:
    total, counts = 0, Counter[str]()
    for text in texts(Path(sys.argv[1])):
        total += 1
        counts.update({w.norm for w in words(text)})
    OUT.parent.mkdir(parents=True, exist_ok=True)
    kept = sorted((w, n) for w, n in counts.items() if n >= KEEP)
    head = (
        "# Words and the number of texts they stand in. Counted by training/background.py over PolNeAR\n"
        "# train (840 articles), FNC-1 bodies of the development half (1,683), NewsDiscourse train (502).\n"
    )
    rows = "".join(f"{w}\t{n}\n" for w, n in [("<documents>", total), *kept])
    OUT.write_text(head + rows, encoding="utf-8")
    print(f"{total} texts, {len(kept)} words")


if __name__ == "__main__":
    main()
