"""How trained weights are kept in a file: large matrices as 8-bit rows with a scale each, everything else as fp16."""

from __future__ import annotations

import os
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

_LARGE = 100_000
_SCALE = ".scale"
_HIGHEST = 127


def save_weights(weights: dict[str, Tensor], file: Path) -> None:
    """Write `weights`, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    kept: dict[str, Tensor] = {}
    for name, value in weights.items():
        value = value.detach().float().cpu()
        if value.ndim == 2 and value.numel() >= _LARGE:
            scale = value.abs().amax(dim=1, keepdim=True).clamp(min=1e-12) / _HIGHEST
            kept[name] = (value / scale).round().to(torch.int8).contiguous()
            kept[name + _SCALE] = scale.contiguous()
        else:
            kept[name] = value.half().contiguous()
    part = file.with_suffix(".part")
    save_file(kept, part)
    os.replace(part, file)


def load_weights(file: Path) -> dict[str, Tensor]:
    """What `save_weights` wrote, fp32."""
    kept = load_file(file)
    return {
        name: value.float() * kept[name + _SCALE] if value.dtype == torch.int8 else value.float()
        for name, value in kept.items()
        if not name.endswith(_SCALE)
    }
