"""Layers that do not learn are computed once; what is made of them is what the whole network makes."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import AutoTokenizer

from index.embeddings.factory import default_model_folder
from index.reader.claims import claim_network, one_window
from index.reader.lower_states import LowerStates
from index.reader.read import encode_pairs, pad

PAIRS = [
    ("货物吞吐量是多少", "上半年货物吞吐量2.4亿吨。"),
    ("谁批准", "由县级人民政府批准，报市级人民政府备案。"),
]


def test_the_heads_say_the_same(models: Path) -> None:
    folder = default_model_folder(models)
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    network = claim_network(folder)
    network.freeze(9)
    network.eval()
    windows = one_window(encode_pairs(tokenizer, *map(list, zip(*PAIRS, strict=True))), len(PAIRS))
    lower = LowerStates(network, 9, windows, tokenizer.pad_token_id)
    assert lower.lengths == [len(window.ids) for window in windows]
    with torch.inference_mode():
        spans, logits = network(*pad(windows, tokenizer.pad_token_id))
        again, once_more = lower.heads([0, 1])
    assert torch.allclose(logits, once_more, atol=2e-2)
    for row, window in enumerate(windows):
        assert torch.allclose(spans[row, : len(window.ids)], again[row, : len(window.ids)], atol=5e-2)
