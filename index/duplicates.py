"""Articles that are the same text, or versions of one text, found by MinHash over the whole index.

Signatures are kept in the catalogue, so that an ingest works out only those of new articles. Source of the
method: Broder 1997, "On the resemblance and containment of documents"; library: datasketch.
"""

from __future__ import annotations

import re

import numpy as np
from datasketch import MinHash, MinHashLSH
from pydantic import BaseModel

from corpus.language.normalize import fold
from corpus.model import Article

SAME_TEXT, VERSION = "same_text", "version"
_PERMUTATIONS = 128
_SCHEME = MinHash(num_perm=1).scheme
_SHINGLE = 5
_SHINGLES_AT_ONCE = 20_000
_SAME_FROM = 0.9
_VERSION_FROM = 0.5
_VERSION_OF_SAME_TITLE_FROM = 0.15
_SHORTEST = 200
# A title that more articles share ("通知") tells nothing of versions, and comparing each with each takes its square.
_MOST_OF_ONE_TITLE = 200
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_MARKS = re.compile(r"\W+")
_VERSION_MARKS = re.compile(
    r"[（(][^（()）]*[)）]|(?:19|20)\d{2}年?|修订|修正|试行|征求意见稿|新版|旧版|第.版|版\d"
)


class Link(BaseModel):
    """Two articles that belong together; `newer` is the one with the later date, or the second by name."""

    older: str
    newer: str
    kind: str
    similarity: float


def signature(article: Article) -> bytes | None:
    """MinHash of the text's five-character shingles as bytes, or None for a text too short to compare."""
    text = _MARKS.sub("", fold(article.text))
    if len(text) < _SHORTEST:
        return None
    minhash = MinHash(num_perm=_PERMUTATIONS, seed=1, scheme=_SCHEME)
    ends = len(text) - _SHINGLE + 1
    for start in range(0, ends, _SHINGLES_AT_ONCE):
        # For each shingle 128 numbers are held at once: a large file's would fill the memory.
        part = range(start, min(start + _SHINGLES_AT_ONCE, ends))
        minhash.update_batch({text[i : i + _SHINGLE].encode() for i in part})
    return np.asarray(minhash.hashvalues, dtype=np.uint64).tobytes()


def find_links(signatures: dict[str, bytes], titles: dict[str, str], dates: dict[str, str]) -> list[Link]:
    """Every pair that is alike enough; a version needs less likeness when the bare titles are the same.

    Titles that name two years are of a series ("2023年政府工作报告"), not versions, unless most is the same.
    """
    minhashes = {
        id_: MinHash(
            num_perm=_PERMUTATIONS, seed=1, scheme=_SCHEME, hashvalues=np.frombuffer(data, dtype=np.uint64)
        )
        for id_, data in signatures.items()
    }
    table = MinHashLSH(threshold=_VERSION_FROM, num_perm=_PERMUTATIONS, weights=(0.2, 0.8))
    bare: dict[str, list[str]] = {}
    for id_, minhash in minhashes.items():
        table.insert(id_, minhash)
        bare.setdefault(bare_title(titles[id_]), []).append(id_)
    links = []
    for id_, minhash in minhashes.items():
        same_title = bare[bare_title(titles[id_])]
        if len(same_title) > _MOST_OF_ONE_TITLE:
            same_title = []
        for other in {*table.query(minhash), *same_title}:
            if other <= id_:
                continue
            similarity = float(minhash.jaccard(minhashes[other]))
            series = _years(titles[id_]) != _years(titles[other])
            least = _VERSION_OF_SAME_TITLE_FROM if other in same_title and not series else _VERSION_FROM
            if similarity < least:
                continue
            older, newer = sorted((id_, other), key=lambda each: (dates[each], each))
            kind = SAME_TEXT if similarity >= _SAME_FROM else VERSION
            links.append(Link(older=older, newer=newer, kind=kind, similarity=round(similarity, 3)))
    return sorted(links, key=lambda link: (link.older, link.newer))


def _years(title: str) -> list[str]:
    return _YEAR.findall(fold(title))


def bare_title(title: str) -> str:
    """A title without what tells versions apart: year, number, "（修订）"."""
    return _MARKS.sub("", _VERSION_MARKS.sub("", fold(title)))
