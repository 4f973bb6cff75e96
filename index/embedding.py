"""From passages to stored vectors: what is embedded of a passage, and where its vectors are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.label import label_of
from corpus.language.sentences import sentence_spans
from corpus.model import Article, Passage
from corpus.row_words import in_words
from index.embeddings.base import Embedder, PartEmbedder
from index.hit import ArticleInfo
from index.sentence_store import SentenceStore
from index.stores.base import PassageStore


@dataclass(frozen=True)
class Stores:
    """Where what one embedding model made is kept: passages with their vectors, and vectors of their sentences."""

    passages: PassageStore
    sentences: SentenceStore

    def remove(self, ids: Iterable[str]) -> None:
        """Forget passages; unknown ids are no error."""
        every = list(ids)
        self.passages.remove(every)
        self.sentences.remove(every)


def embedding_text(article: Article, passage: Passage) -> str:
    """What is embedded for a passage: its label, which says whose and when, then its text, rows of figures in words."""
    return label_of(article.title, passage) + "\n" + in_words(passage.text, passage.lead).text


def info_of(article: Article) -> ArticleInfo:
    """An article without its text."""
    return ArticleInfo(**article.model_dump(include=set(ArticleInfo.model_fields)))


def store_vectors(
    embedder: Embedder, stores: Stores, passages: list[Passage], articles: dict[str, Article]
) -> None:
    """Embed passages and keep their vectors, and those of their sentences where the model gives them.

    Args:
        embedder: the model that made the other vectors of these stores.
        stores: where they are kept; those already there are replaced.
        passages: few enough to be embedded at once.
        articles: the articles of the passages by id.
    """
    texts = [embedding_text(articles[passage.article_id], passage) for passage in passages]
    if isinstance(embedder, PartEmbedder) and embedder.embeds_parts:
        spans = []
        for text, passage in zip(texts, passages, strict=True):
            words = in_words(passage.text, passage.lead)
            shift = len(text) - len(words.text)
            said = (words.span(*span) for span in sentence_spans(passage.text))
            spans.append([(start + shift, end + shift) for start, end in said])
        vectors, of_sentences = embedder.embed_parts(texts, spans)
        stores.sentences.add([passage.id for passage in passages], of_sentences)
    else:
        vectors = embedder.embed_passages(texts)
    infos = {id_: info_of(articles[id_]) for id_ in {passage.article_id for passage in passages}}
    stores.passages.add(passages, infos, vectors)
