"""Run by test_survival as a process of its own: ingests a folder with vectors made from the text's digest."""

import hashlib
import sys
from pathlib import Path

import numpy as np

from index.store import Index
from index.sync import ingest


class DigestEmbedder:
    """Same text, same vector, no model: the moments of a kill then fall on storing, not on computing."""

    fingerprint = "digest"

    def embed_queries(self, texts: list[str]) -> np.ndarray:
        return self.embed_passages(texts)

    def embed_passages(self, texts: list[str]) -> np.ndarray:
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") for text in texts]
        vectors = np.stack([np.random.default_rng(seed).normal(size=32) for seed in seeds]).astype(np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def open_index(folder: Path) -> Index:
    return Index(folder, DigestEmbedder, model_name="digest")


if __name__ == "__main__":
    index = open_index(Path(sys.argv[1]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    ingest(index, [Path(sys.argv[2])])
    sys.stdout.write("done\n")
