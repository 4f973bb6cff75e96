"""Weights between those that a training went on from and those it came to: `python -m index.reader.average OLD NEW OUT`.

A training on new kinds of questions gains on them and loses a little of what was known before; weights in between keep both
(Wortsman et al., "Robust fine-tuning of zero-shot models", 2022). Adapters of OLD are folded into the layers first.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from torch import Tensor

from index.embeddings.factory import default_model_folder
from index.reader.network import build, rank_of
from index.reader.packing import load_weights, save_weights


def average(old: dict[str, Tensor], new: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """`share` of `new` and the rest of `old`, both with whole layers.

    Raises:
        ValueError: where the two do not hold the same weights.
    """
    if old.keys() != new.keys():
        raise ValueError(f"only one of them holds {sorted(old.keys() ^ new.keys())[0]}")
    return {name: (1 - share) * old[name] + share * value for name, value in new.items()}


def whole_layers(file: Path, model_folder: Path) -> dict[str, Tensor]:
    """The weights of `file`, with adapters folded into the layers they change."""
    kept = load_weights(file)
    if not rank_of(kept):
        return kept
    network = build(model_folder, rank_of(kept))
    network.load_state_dict(kept, strict=False)
    network.unfreeze()
    return {name: value.detach() for name, value in network.trained().items()}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--share", type=float, default=0.5, help="of the new weights, 0 to 1")
    parser.add_argument("--models", type=Path, default=Path(".data/models"))
    arguments = parser.parse_args()
    folder = default_model_folder(arguments.models)
    old, new = (whole_layers(file, folder) for file in (arguments.old, arguments.new))
    save_weights(average(old, new, arguments.share), arguments.out)


if __name__ == "__main__":
    main()
