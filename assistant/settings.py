"""Settings: from flags, then the environment (`ASSISTANT_…`), then `.env`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.load import SAMPLE_CORPUS
from index.embeddings import DEFAULT_MODEL
from index.rerankers import DEFAULT_RERANKER

PROVIDERS = frozenset(
    [
        "anthropic",
        "azure_ai",
        "azure_openai",
        "baseten",
        "bedrock",
        "bedrock_converse",
        "cohere",
        "deepseek",
        "fireworks",
        "google_anthropic_vertex",
        "google_genai",
        "google_vertexai",
        "groq",
        "huggingface",
        "ibm",
        "litellm",
        "mistralai",
        "nvidia",
        "ollama",
        "openai",
        "openrouter",
        "perplexity",
        "together",
        "upstage",
        "xai",
    ]
)
"""Names that `langchain.chat_models.init_chat_model` knows before the colon."""


def fields_of(text: str, *, query: bool = False) -> dict[str, Any]:
    """A setting that is a JSON object, or with `query` may be what stands behind the question mark of an address.

    Raises:
        ValueError: It is neither.
    """
    text = text.strip().lstrip("?")
    if not text:
        return {}
    if query and not text.startswith("{"):
        return _query_of(text)
    try:
        read = json.loads(text)
    except ValueError:
        # What was given may hold a key: it is not repeated.
        raise PydanticCustomError("reason_no_json", "no JSON object") from None
    if not isinstance(read, dict):
        raise PydanticCustomError("reason_no_json", "no JSON object")
    return read


def _query_of(text: str) -> dict[str, Any]:
    try:
        return dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True))
    except ValueError:
        raise PydanticCustomError("reason_no_query", "no query of an address") from None


_HIGHEST_PRICE = 1e9
_CONTEXT = 12_000
_CONTEXT_OF_FILE = 2_000
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_HEADER_VALUE = re.compile(r"[\x20-\x7e]*")


class Settings(BaseSettings):
    """Everything that can be set; each field is `ASSISTANT_<NAME>` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", env_file=".env", extra="ignore", allow_inf_nan=False
    )

    data: Path = Field(Path(".data"), description="folder for everything a run makes")
    index: Path | None = Field(None, description="index folder; default: <data>/index")
    corpus: Path = Field(
        SAMPLE_CORPUS, description="folder that `ingest` and `serve` keep the index in step with"
    )
    embedding_model: str = Field(
        DEFAULT_MODEL,
        description="'default', a sentence-transformers name or path, or the name at the endpoint",
    )
    embedding_base_url: str = Field("", description="an OpenAI-compatible endpoint that embeds texts")
    embedding_api_key: SecretStr = Field(SecretStr(""), description="its key, if it wants one")
    embedding_timeout: float = Field(60.0, gt=0, description="seconds to wait for it")
    embedding_batch: int = Field(32, gt=0, description="texts a request; some endpoints take no more than 10")
    embedding_query_prefix: str = Field("", description="put before a question, where the model wants it")
    embedding_passage_prefix: str = Field("", description="put before a passage")
    reranker: str = Field(
        DEFAULT_RERANKER,
        description="'default', 'none', or a sentence-transformers CrossEncoder's name or path",
    )
    chroma_server: str = Field("", description="address of a Chroma server, e.g. http://localhost:8000")
    passages: SecretStr = Field(
        SecretStr(""),
        description="where passages are searched: 'embedded' (the default: files of the index folder, or ASSISTANT_CHROMA_SERVER), "
        "'pgvector' (the database of ASSISTANT_DATABASE_URL), or milvus+http://host:19530; wants the extra 'postgres' or 'milvus'",
    )
    database_url: SecretStr = Field(
        SecretStr(""),
        description="a PostgreSQL database that keeps accounts, chats, costs and the catalogue of a new index instead of files: "
        "postgresql://user:password@host:5432/name; wants the extra 'postgres'",
    )
    llm_file: Path | None = Field(
        None, description="a GGUF file that writes answers here; wants the extra 'gguf'"
    )
    llm_base_url: str = Field("", description="an OpenAI-compatible endpoint that writes answers")
    llm_model: str = Field("", description="the model's name at that endpoint")
    llm_api_key: SecretStr = Field(SecretStr(""), description="its key, if it wants one")
    llm_timeout: float = Field(
        60.0, gt=0, description="seconds in which the model must have written, without its thinking"
    )
    llm_thinking_timeout: float = Field(180.0, gt=0, description="seconds that a model may think besides")
    llm_headers: SecretStr = Field(
        SecretStr(""),
        description='further headers for the endpoint of ASSISTANT_LLM_BASE_URL, as JSON: {"api-key": "…"}',
    )
    llm_query: str = Field(
        "", description="what its address is asked with, e.g. api-version=2024-10-21, or JSON"
    )
    llm_body: str = Field(
        "",
        description='further fields of its requests, as JSON: {"enable_thinking": false}; left out where it refuses them',
    )
    llm_small_model: str = Field(
        "", description="a smaller and quicker model that understands questions; default: the one that writes"
    )
    llm_small_base_url: str = Field(
        "", description="its endpoint; default: the one of ASSISTANT_LLM_BASE_URL"
    )
    llm_small_api_key: SecretStr = Field(SecretStr(""), description="its key, where the endpoint is another")
    llm_shows_thoughts: bool = Field(
        False,
        description="show what a model thought, folded, beside its answer; no article is checked against it",
    )
    llm_counts_tokens: bool = Field(
        True, description="ask the endpoint to count tokens; switch off where it knows no stream_options"
    )
    llm_judges: bool | None = Field(
        None,
        description="the model reads the passages, decides whether they answer and writes the answer; no: the built-in reader finds the "
        "answer and the model only words it, for small models; default: yes for an endpoint, no for a GGUF file",
    )
    llm_context: int | None = Field(
        None,
        ge=500,
        description="tokens that passages, conversation and question may take together, as estimated; "
        "default: 12000 for an endpoint, 2000 for a GGUF file",
    )
    llm_searches: int | None = Field(
        None,
        ge=0,
        le=2,
        description="further searches for what the model says the passages lack; default: 1 for an endpoint, 0 for a GGUF file",
    )
    llm_understands: bool | None = Field(
        None,
        description="the model makes a follow-up stand alone where the built-in understanding is not sure of it; default: yes for "
        "an endpoint, no for a GGUF file",
    )
    llm_price_read: float = Field(
        0.0, ge=0, le=_HIGHEST_PRICE, description="price of a million tokens read, for costs shown"
    )
    llm_price_written: float = Field(
        0.0, ge=0, le=_HIGHEST_PRICE, description="price of a million tokens written"
    )
    modelscope_url: str = Field(
        "https://modelscope.cn", description="where `assistant model get` fetches models, or a mirror of it"
    )
    huggingface_url: str = Field("https://huggingface.co", description="the other place, or a mirror of it")
    ollama_url: str = Field("http://localhost:11434", description="where an Ollama may be")
    judge_base_url: str = Field("", description="an OpenAI-compatible endpoint that judges eval answers")
    judge_model: str = Field("", description="the judging model's name")
    judge_api_key: SecretStr = Field(SecretStr(""), description="its key, if it wants one")
    language: Literal["zh", "en"] = Field("zh", description="language of messages")
    today: str = Field("", description="the day from which 去年 is counted (YYYY-MM-DD); default: today")
    mcp_hosts: str = Field(
        "",
        description="names besides localhost under which other programs reach /mcp, separated by commas",
    )
    longest_question: int = Field(2000, gt=0, description="longest question in characters")
    session_hours: float = Field(
        12, gt=0, description="hours without a request after which one signs in again"
    )
    session_days: float = Field(30, gt=0, description="days after which one signs in again in any case")
    questions_a_minute: int = Field(60, gt=0, description="questions that a person may ask a minute")
    questions_at_once: int = Field(
        2,
        gt=0,
        description="questions of one person that are answered at the same time; more wait their turn",
    )
    questions_waiting: int = Field(30, gt=0, description="questions of one person that may wait")
    questions_waiting_in_all: int = Field(300, gt=0, description="questions of all people that may wait")
    upload_megabytes: int = Field(50, gt=0, description="largest file that the page takes, in MB")
    fetch_private: bool = Field(
        False, description="let `ingest` fetch addresses of private networks and of this machine"
    )
    trusted_proxies: str = Field(
        "",
        description="addresses or networks of proxies whose X-Forwarded-For and -Proto count, separated by commas",
    )
    open: bool = Field(
        False, description="let other machines in without accounts; everybody may do everything"
    )

    @property
    def index_folder(self) -> Path:
        """Where the index lies."""
        return self.index or self.data / "index"

    @property
    def models_folder(self) -> Path:
        """Where models made from wheels lie."""
        return self.data / "models"

    @property
    def web_folder(self) -> Path:
        """Where pages lie that were fetched from the net."""
        return self.data / "web"

    @property
    def gguf_folder(self) -> Path:
        """Where language models lie that were fetched."""
        return self.models_folder / "gguf"

    @property
    def uploads_folder(self) -> Path:
        """Where files lie that were uploaded on the page."""
        return self.data / "uploads"

    @property
    def runs_folder(self) -> Path:
        """Where eval runs lie that were not given a folder."""
        return self.data / "runs"

    @property
    def sets_folder(self) -> Path:
        """Where a person's own eval sets lie."""
        return self.data / "sets"

    @property
    def model_judges(self) -> bool:
        """Whether the language model decides if the passages answer."""
        return self.llm_file is None if self.llm_judges is None else self.llm_judges

    @property
    def context_tokens(self) -> int:
        """Tokens that passages, conversation and question may take together."""
        if self.llm_context is not None:
            return self.llm_context
        return _CONTEXT if self.llm_file is None else _CONTEXT_OF_FILE

    @property
    def model_searches(self) -> int:
        """How often the language model may have more searched for a question."""
        return int(self.llm_file is None) if self.llm_searches is None else self.llm_searches

    @property
    def model_understands(self) -> bool:
        """Whether the language model makes follow-ups stand alone."""
        return self.llm_file is None if self.llm_understands is None else self.llm_understands

    @property
    def uses_llm(self) -> bool:
        """Whether a language model is set up."""
        return self.llm_file is not None or bool(self.llm_model and (self.llm_base_url or self.llm_provider))

    @property
    def llm_provider(self) -> str:
        """The provider that a model's name begins with ("anthropic:claude-…") where no address is set; empty where none is."""
        provider, mark, name = self.llm_model.partition(":")
        return provider if mark and name and not self.llm_base_url and provider in PROVIDERS else ""

    @field_validator("llm_headers", "llm_query", "llm_body")
    @classmethod
    def _is_readable(cls, given: SecretStr | str, info: ValidationInfo) -> SecretStr | str:
        text = given.get_secret_value() if isinstance(given, SecretStr) else given
        fields = fields_of(text, query=info.field_name == "llm_query")
        if info.field_name == "llm_headers" and not all(
            _HEADER_NAME.fullmatch(name) and _HEADER_VALUE.fullmatch(str(value))
            for name, value in fields.items()
        ):
            raise PydanticCustomError("reason_no_headers", "no headers of one line in ASCII each")
        return given
