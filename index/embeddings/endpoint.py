"""An OpenAI-compatible embeddings endpoint as an embedder."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np
import openai
from pydantic import BaseModel, SecretStr, ValidationError

from corpus.language.script import simplify
from corpus.problem import Problem
from corpus.reasons import reason_of
from index.embeddings.base import Vectors, fingerprint_of
from index.endpoint_client import endpoint_client

_LONGEST_REASON = 120
_KEY_REFUSED = {401, 403}
_PROBE = "预热"


@dataclass(frozen=True)
class Endpoint:
    """Where embeddings are asked for, and how.

    `timeout` is in seconds, for each try; `batch` is how many texts go into a request; `retries` are made after a
    lost connection, a timeout, and the statuses 408, 409, 429 and 5xx, after a growing pause or the one the server
    asks for.
    """

    base_url: str
    api_key: SecretStr
    timeout: float = 60.0
    batch: int = 32
    retries: int = 2


class EndpointEmbedder:
    """A model behind `POST {base_url}/embeddings`. Texts are sent in simplified script.

    It is asked once at the start, so that a wrong address, name or key shows before anything is stored, and the
    fingerprint holds the length of the vectors. The address is no part of it: a server may move.

    Raises:
        Problem: `embedding_endpoint_failed`, `embedding_key_refused`, or one that says what is wrong with the
            reply: `embedding_reply_unreadable`, `embedding_reply_count`, `embedding_reply_numbers`,
            `embedding_dimension_changed`. So do `embed_queries` and `embed_passages`.
    """

    def __init__(
        self, endpoint: Endpoint, model: str, query_prefix: str = "", passage_prefix: str = ""
    ) -> None:
        self._endpoint = endpoint
        self._model = model
        self._query_prefix, self._passage_prefix = query_prefix, passage_prefix
        try:
            self._client = openai.OpenAI(
                base_url=endpoint.base_url,
                api_key=endpoint.api_key.get_secret_value() or "none",
                timeout=endpoint.timeout,
                http_client=endpoint_client(endpoint.timeout),
                max_retries=endpoint.retries,
            )
        except Exception as error:
            # An address that is none; the client's versions differ in what they raise for it.
            raise self._problem(
                "embedding_endpoint_failed", reason=reason_of(error, "reason_no_url")
            ) from None
        self._dimensions = 0
        self._dimensions = self._ask([_PROBE]).shape[1]
        self.fingerprint = fingerprint_of(f"endpoint/{model}/{self._dimensions}", passage_prefix)

    def embed_queries(self, texts: list[str]) -> Vectors:
        """Vectors of questions, [texts, dimensions]."""
        return self._encode(texts, self._query_prefix)

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Vectors of passages, [texts, dimensions]."""
        return self._encode(texts, self._passage_prefix)

    def _encode(self, texts: list[str], prefix: str) -> Vectors:
        # Endpoints refuse a text that is empty.
        sent = [prefix + simplify(text) or " " for text in texts]
        vectors = np.zeros((len(sent), self._dimensions), np.float32)
        for start in range(0, len(sent), self._endpoint.batch):
            part = sent[start : start + self._endpoint.batch]
            vectors[start : start + len(part)] = self._ask(part)
        return vectors

    def _ask(self, texts: list[str]) -> Vectors:
        """Vectors of one request's texts, checked and made of length one."""
        try:
            rows = _Reply.model_validate_json(self._post(texts)).data
        except ValidationError:
            raise self._problem("embedding_reply_unreadable") from None
        if len(rows) != len(texts):
            raise self._problem("embedding_reply_count", asked=len(texts), got=len(rows))
        if all(row.index is not None for row in rows):
            rows.sort(key=lambda row: row.index or 0)
            if [row.index for row in rows] != list(range(len(rows))):
                raise self._problem("embedding_reply_unreadable")
        for row in rows:
            if len(row.embedding) != (self._dimensions or len(rows[0].embedding)):
                raise self._problem(
                    "embedding_dimension_changed",
                    before=self._dimensions or len(rows[0].embedding),
                    now=len(row.embedding),
                )
        values = np.array([row.embedding for row in rows], np.float64)
        lengths = np.linalg.norm(values, axis=1, keepdims=True)
        if not (np.isfinite(lengths).all() and lengths.all()):
            raise self._problem("embedding_reply_numbers")
        return (values / lengths).astype(np.float32)

    def _post(self, texts: list[str]) -> bytes:
        """The body of the endpoint's reply."""
        try:
            # The raw reply, because the client lets pass what is no JSON and forgets the order that rows name.
            reply = self._client.embeddings.with_raw_response.create(
                input=texts, model=self._model, encoding_format="float"
            )
        except openai.APIStatusError as error:
            if error.status_code in _KEY_REFUSED:
                # What the server says stays out: many quote the key.
                raise self._problem("embedding_key_refused", status=error.status_code) from None
            reason = self._in_short(f"HTTP {error.status_code} {_said(error)}")
            raise self._problem("embedding_endpoint_failed", reason=reason) from None
        except openai.OpenAIError as error:
            reason = reason_of(error.__cause__ or error, "reason_no_connection")
            raise self._problem("embedding_endpoint_failed", reason=reason) from None
        return reply.content

    def _in_short(self, text: str) -> str:
        """One line without the key."""
        key = self._endpoint.api_key.get_secret_value()
        return " ".join((text.replace(key, "***") if key else text).split())[:_LONGEST_REASON]

    def _problem(self, code: str, **fields: object) -> Problem:
        return Problem(code, address=_without_login(self._endpoint.base_url), model=self._model, **fields)


class _Row(BaseModel):
    embedding: list[float]
    index: int | None = None


class _Reply(BaseModel):
    data: list[_Row]


def _said(error: openai.APIStatusError) -> str:
    """What the server said of an error."""
    body = error.body
    return str(body.get("message") or body) if isinstance(body, dict) else str(body or "")


def _without_login(address: str) -> str:
    """The address without a name and password before the host and without a query."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "?"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if parts.netloc else address
