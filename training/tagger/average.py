"""The mean of several checkpoints of one run, which does better than the last of them.

python training/tagger/average.py OUT.pt RUN/epoch4.pt RUN/epoch5.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    given = parser.parse_args()
    states = [torch.load(path, weights_only=True) for path in given.checkpoints]
    torch.save({name: torch.stack([s[name] for s in states]).mean(0) for name in states[0]}, given.out)


if __name__ == "__main__":
    main()
