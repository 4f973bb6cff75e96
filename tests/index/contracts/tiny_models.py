"""Models of two layers with random weights, saved as sentence-transformers saves its own; nothing is downloaded."""

from pathlib import Path

import torch
from transformers import BertConfig, BertForSequenceClassification, BertModel, PreTrainedTokenizerFast

_CHARACTERS = sorted(
    set("上海集成电路产业营收多少亿元年全国城镇新增就业万人非银行支付机构注册资本最低为湖北")
)
_PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *_CHARACTERS, *"0123456789，。？问文:"]
LONGEST = 64


def save_embedder(folder: Path, seed: int = 0) -> Path:
    """A sentence-transformers model of 32 dimensions without prompts."""
    from sentence_transformers import SentenceTransformer

    plain = _save(BertModel, folder.with_name(f"{folder.name}-plain"), seed)
    # Pooling, the mean of all tokens, is added by the library.
    SentenceTransformer(str(plain), device="cpu").save(str(folder))
    return folder


def save_cross_encoder(folder: Path, labels: int = 1, seed: int = 0) -> Path:
    """A CrossEncoder that gives `labels` logits a pair."""
    return _save(BertForSequenceClassification, folder, seed, num_labels=labels)


def save_headless(folder: Path) -> Path:
    """A network that was never trained to score pairs."""
    return _save(BertModel, folder, 0)


def _save(kind: type, folder: Path, seed: int, **changes: int) -> Path:
    config = BertConfig(
        vocab_size=len(_PIECES), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=LONGEST, **changes,
    )  # fmt: skip
    torch.manual_seed(seed)
    model = kind(config)
    # Random weights of the usual size make all texts alike; larger ones tell them apart.
    with torch.no_grad():
        for weights in model.parameters():
            if weights.dim() == 2:
                weights.normal_(std=0.5)
    model.save_pretrained(folder)
    _tokenizer().save_pretrained(folder)
    return folder


def _tokenizer() -> PreTrainedTokenizerFast:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    numbers = {piece: number for number, piece in enumerate(_PIECES)}
    words = Tokenizer(models.WordPiece(numbers, unk_token="[UNK]"))
    words.normalizer = normalizers.BertNormalizer()
    words.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    words.post_processor = processors.BertProcessing(("[SEP]", numbers["[SEP]"]), ("[CLS]", numbers["[CLS]"]))
    return PreTrainedTokenizerFast(
        tokenizer_object=words, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]",
        mask_token="[MASK]", model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    )  # fmt: skip
