"""Whether the evidence was found, and how far in front: recall@k, reciprocal rank and nDCG@10 of ranked passages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import ndcg_score

CUTOFFS = (1, 4, 8)
STAGES = ("dense", "keyword", "fused", "reranked")


def recall_at(k: int, ranked: Sequence[str], groups: Sequence[set[str]]) -> float:
    """Share of the facts that one of the first `k` passages may be cited for."""
    first = set(ranked[:k])
    return sum(bool(first & group) for group in groups) / len(groups)


def reciprocal_rank(ranked: Sequence[str], groups: Sequence[set[str]]) -> float:
    """1 / rank of the first relevant passage, 0 where none is found."""
    relevant = set().union(*groups)
    return next((1 / rank for rank, id_ in enumerate(ranked, 1) if id_ in relevant), 0.0)


def ndcg_at_10(ranked: Sequence[str], groups: Sequence[set[str]]) -> float:
    """nDCG@10 with every relevant passage of the corpus in the ideal order (Järvelin and Kekäläinen, 2002)."""
    relevant = set().union(*groups)
    first = list(ranked[:10])
    # Passages that were not found come after rank 10, so that they count in the ideal order only.
    gains = [float(id_ in relevant) for id_ in first] + [0.0] * (11 - len(first))
    gains += [1.0] * len(relevant - set(first))
    scores = np.arange(len(gains), 0, -1, dtype=float)
    return float(ndcg_score([gains], scores[None, :], k=10)) if relevant else 0.0


def interleaved(lists: Sequence[Sequence[str]]) -> list[str]:
    """The lists of a question's parts as one: all firsts, all seconds, and so on, each id once."""
    longest = max(map(len, lists), default=0)
    return list(dict.fromkeys(each[rank] for rank in range(longest) for each in lists if rank < len(each)))
