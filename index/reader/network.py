"""The reader's network: the embedding network, trained on, with two span heads and an answer logit.

What is trained of the encoder is low-rank adapters, or (`rank` 0) the weights of all its layers. Low-rank adapters after
Hu et al., "LoRA" (2021); span heads after Devlin et al., "BERT" (2019).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

RANK = 32
_ADAPTED = ("query", "key", "value", "dense")


class LowRank(nn.Module):
    """A frozen linear layer plus a trained low-rank change: `x W + x A B * scale`."""

    def __init__(self, base: nn.Linear, rank: int = RANK) -> None:
        super().__init__()
        self.base = base.requires_grad_(False)
        self.down = nn.Parameter(torch.randn(rank, base.in_features) / math.sqrt(base.in_features))
        self.up = nn.Parameter(torch.zeros(base.out_features, rank))
        self.scale = 2.0

    def forward(self, values: Tensor) -> Tensor:
        """[..., inputs] to [..., outputs].

        The change is added to the small weight, not to the long output: half the time of the textbook's order on a CPU.
        """
        weight = self.base.weight + (self.up @ self.down * self.scale).to(self.base.weight.dtype)
        return functional.linear(values, weight, self.base.bias)

    def merged(self) -> nn.Linear:
        """One linear layer that computes the same."""
        with torch.no_grad():
            self.base.weight += (self.up @ self.down * self.scale).to(self.base.weight.dtype)
        return self.base


class ReaderNetwork(nn.Module):
    """Reads pairs of question and passage: [batch, tokens] to span logits and one answer logit a pair."""

    def __init__(self, encoder: Any, hidden: int, rank: int = RANK) -> None:
        super().__init__()
        self.encoder = encoder
        encoder.requires_grad_(False)
        if not rank:
            _layers(encoder).requires_grad_(True)
        for layer in _layers(encoder) if rank else []:
            for module in list(layer.modules()):
                for name, child in list(module.named_children()):
                    if isinstance(child, nn.Linear) and name in _ADAPTED:
                        setattr(module, name, LowRank(child, rank))
        self.kind = nn.Parameter(torch.zeros(2, hidden))
        self.span = nn.Linear(hidden, 2)
        self.answers = nn.Sequential(nn.Linear(3 * hidden, hidden), nn.GELU(), nn.Linear(hidden, 1))

    def forward(self, ids: Tensor, mask: Tensor, in_passage: Tensor) -> tuple[Tensor, Tensor]:
        """Span logits [batch, tokens, 2] and answer logits [batch]; `in_passage` marks the passage's tokens."""
        states = self.encoder(inputs_embeds=self._words(ids, in_passage), attention_mask=mask)
        return self.heads(states.last_hidden_state.float(), mask, in_passage)

    def embedded(self, ids: Tensor, in_passage: Tensor) -> Tensor:
        """What the first layer is given [batch, tokens, hidden]."""
        return self.encoder.embeddings(inputs_embeds=self._words(ids, in_passage))

    def _words(self, ids: Tensor, in_passage: Tensor) -> Tensor:
        words = self.encoder.embeddings.word_embeddings(ids)
        return words + functional.embedding(in_passage.long(), self.kind).to(words.dtype)

    def heads(self, states: Tensor, mask: Tensor, in_passage: Tensor) -> tuple[Tensor, Tensor]:
        """What the heads make of the last layer's states [batch, tokens, hidden]; else as `forward`."""
        spans = self.span(states)
        passage = in_passage.unsqueeze(-1).float()
        asked = ((mask - in_passage.long()).unsqueeze(-1)).float()
        mean_passage = (states * passage).sum(1) / passage.sum(1).clamp(min=1)
        mean_asked = (states * asked).sum(1) / asked.sum(1).clamp(min=1)
        logits = self.answers(torch.cat([states[:, 0], mean_passage, mean_asked], dim=-1)).squeeze(-1)
        return spans, logits

    def trained(self) -> dict[str, Tensor]:
        """What training changes: heads, and adapters or layers, without the encoder's embeddings."""
        return {name: value for name, value in self.named_parameters() if value.requires_grad}

    def unfreeze(self) -> None:
        """Fold adapters into the layers' weights, and train these from here on."""
        self.merge()
        _layers(self.encoder).requires_grad_(True)

    def freeze(self, layers: int) -> dict[str, Tensor]:
        """Keep the weights of the first `layers` layers as they are, and return them: training the others costs less.

        What is added to their input is kept too; else the gradient would pass through them all the same.
        """
        before = self.trained()
        self.kind.requires_grad_(not layers)
        for layer in list(_layers(self.encoder))[:layers]:
            layer.requires_grad_(False)
        return {name: value for name, value in before.items() if not value.requires_grad}

    def merge(self) -> None:
        """Fold the adapters into the encoder, so that serving costs what the plain encoder costs."""
        for layer in _layers(self.encoder):
            for module in list(layer.modules()):
                for name, child in list(module.named_children()):
                    if isinstance(child, LowRank):
                        setattr(module, name, child.merged())


def through(layers: Sequence[Any], states: Tensor, mask: Tensor) -> Tensor:
    """States [batch, tokens, hidden] behind some layers of an encoder; `mask` [batch, tokens] is 0 where there is no token."""
    padding = ((1 - mask) * -1e4).to(states.dtype)[:, None, None, :]
    for layer in layers:
        output = layer(states, padding)
        states = output[0] if isinstance(output, tuple) else output
    return states


def folded_attention(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    scaling: float | None = None,
    **_: Any,
) -> tuple[Tensor, None]:
    """Plain attention whose scale and mask are folded into the query and the key, each [batch, heads, tokens, size].

    The mask stands as one more component of each key, met by a one in each query, so that nothing is multiplied or
    added over tokens × tokens: a fifth faster forth and back on a CPU than transformers' own. For masks of padding only.
    """
    query = query * (scaling if scaling is not None else query.shape[-1] ** -0.5)
    if attention_mask is not None:
        padding = attention_mask[:, :, :1, :].transpose(2, 3).to(key.dtype).clamp(min=-1e4)
        query = torch.cat([query, torch.ones_like(query[..., :1])], -1)
        key = torch.cat([key, padding.expand(-1, key.shape[1], -1, -1)], -1)
    shares = torch.softmax(query @ key.transpose(2, 3), dim=-1)
    return (shares @ value).transpose(1, 2).contiguous(), None


def rank_of(trained: dict[str, Tensor]) -> int:
    """The rank of the adapters in what was trained; 0 where it holds whole layers."""
    return next((value.shape[0] for name, value in trained.items() if name.endswith(".down")), 0)


def _layers(encoder: Any) -> Any:
    """The transformer layers of a BERT-like encoder."""
    return encoder.encoder.layer


def build(model_folder: Path, rank: int = RANK, attention: str = "sdpa") -> ReaderNetwork:
    """An untrained reader over the embedding model in `model_folder`, fp32, nothing fetched; `rank` 0 has no adapters."""
    import transformers
    from transformers import AttentionInterface, AutoModel
    from transformers.masking_utils import AttentionMaskInterface, eager_mask

    AttentionInterface.register("folded", folded_attention)
    AttentionMaskInterface.register("folded", eager_mask)
    transformers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_error()  # it reports the pooling layer that is left out on purpose
    encoder = AutoModel.from_pretrained(
        model_folder,
        local_files_only=True,
        dtype=torch.float32,
        add_pooling_layer=False,
        attn_implementation=attention,
    )
    return ReaderNetwork(encoder, encoder.config.hidden_size, rank)
