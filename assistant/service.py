"""The assistant as one object: an index, the chain over it, and the checks on what comes in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from queue import SimpleQueue
from typing import TYPE_CHECKING

from assistant.answering.extract import ExtractiveAnswerer
from assistant.catalogue_place import catalogue_of
from assistant.chain import Stage, answering_chain
from assistant.fair_queue import THE_PROGRAM, FairQueue, Place
from assistant.generating.chat_models import make_chat_model, make_small_model
from assistant.generating.context import ContextBuilder
from assistant.generating.failures import in_words
from assistant.generating.generate import GeneratingAnswerer
from assistant.generating.wording import WordingAnswerer
from assistant.limits import check_question
from assistant.model import Answer, Turn
from assistant.passages import Searched, find_parts, passages_in
from assistant.reading.chosen import missing_articles
from assistant.reading.rank import Scorer
from assistant.reading.rerank import rerank_with
from assistant.reading.retrieve import retrieve_with
from assistant.reading.search_again import search_again_with
from assistant.reading.sentence_times import SentenceTimes
from assistant.settings import Settings
from assistant.state import State
from assistant.trace import Trace, trace_of
from assistant.understanding.by_model import LONGEST_WAIT, ModelUnderstanding
from assistant.understanding.dates import with_absolute_years
from assistant.understanding.rewrite import rewrite_with
from assistant.usage import UsageBook, usage_of
from corpus.problem import Problem
from corpus.split import Splitter
from index.embeddings.factory import DEFAULT_MODEL, make_embedder
from index.embeddings.processor import cores
from index.passage_list import Order, PassageList, list_passages
from index.query import Filters, read_query
from index.rerankers import make_reranker
from index.rerankers.factory import open_reader
from index.search import Searcher
from index.store import Index
from index.stores.place import Place as PassagesPlace
from index.stores.place import place_of

if TYPE_CHECKING:
    from assistant.generating.any_endpoint import ChatModel
    from index.embeddings.base import Embedder
    from index.embeddings.endpoint import Endpoint


def open_index(settings: Settings, splitter: Splitter | None = None) -> Index:
    """The index that the settings name, made when it is not there yet; passages as `splitter` cuts them."""
    return Index(
        settings.index_folder,
        lambda: open_embedder(settings),
        model_name=settings.embedding_model,
        splitter=splitter or Splitter(),
        place=passages_place(settings),
        catalogue=catalogue_of(settings),
    )


def passages_place(settings: Settings) -> PassagesPlace:
    """Where the settings keep the passages.

    Raises:
        Problem: as `index.stores.place.place_of` does.
    """
    return place_of(
        settings.passages.get_secret_value(),
        chroma_server=settings.chroma_server,
        database_url=settings.database_url.get_secret_value(),
    )


def open_embedder(settings: Settings) -> Embedder:
    """The embedding model that the settings name.

    Raises:
        Problem: as `index.embeddings.factory.make_embedder` does.
    """
    return make_embedder(
        settings.embedding_model,
        settings.models_folder,
        endpoint=embedding_endpoint(settings),
        query_prefix=settings.embedding_query_prefix,
        passage_prefix=settings.embedding_passage_prefix,
    )


def embedding_endpoint(settings: Settings) -> Endpoint | None:
    """The endpoint that embeds; None where a model here does."""
    if not settings.embedding_base_url:
        return None
    from index.embeddings.endpoint import Endpoint

    return Endpoint(
        settings.embedding_base_url,
        settings.embedding_api_key,
        timeout=settings.embedding_timeout,
        batch=settings.embedding_batch,
    )


def today_of(settings: Settings) -> date:
    """The day from which "去年" is counted."""
    return date.fromisoformat(settings.today) if settings.today else date.today()


_WAITING_FOR_A_MODEL = 16
"""How many answers a language model may be writing at once."""


def _understanding(settings: Settings, given: ChatModel | None, built_in: Stage) -> Stage:
    """The first stage where a language model is set: it asks the model for follow-ups, unless the settings say not to."""
    if not settings.model_understands:
        return built_in
    wait = min(LONGEST_WAIT, settings.llm_timeout)
    short = {"llm_timeout": wait, "llm_thinking_timeout": wait}
    model = make_small_model(settings.model_copy(update=short), given)
    return ModelUnderstanding(
        model, wait, lambda error: in_words(error, settings, of_settings=given is None), built_in
    )


class Assistant:
    """Answers questions from an index; as many at once as there are cores, people in turn (`queue`).

    What a language model costs is noted in `usage`, where one is given. `chat_model`, any of LangChain's, writes in the place
    of the one that the settings name, and understands follow-ups; `settings.llm_…` say how.
    """

    def __init__(
        self,
        index: Index,
        settings: Settings,
        *,
        scorer: Scorer | None = None,
        usage: UsageBook | None = None,
        chat_model: ChatModel | None = None,
    ) -> None:
        self.index = index
        self.settings = settings
        self.chat_model = chat_model
        from index.reader.calculations import open_calculations
        from index.reader.rewriting import open_rewriting

        scorer = scorer or Scorer.load()
        times = SentenceTimes(index)
        extractive = ExtractiveAnswerer(
            index, scorer, times, calculations=open_calculations(settings.models_folder)
        )
        self.reader = open_reader(settings.models_folder)
        self.searcher = Searcher(
            index, make_reranker(settings.reranker, settings.models_folder, reader=self.reader)
        )
        answerer: Stage = extractive
        rewriting = open_rewriting(settings.models_folder)
        built_in = rewrite_with(rewriting.write if rewriting is not None else None)
        understand: Stage = built_in
        if self.uses_llm:
            answerer = self._writing(extractive, scorer, times)
            understand = _understanding(settings, chat_model, built_in)
        self._chain = answering_chain(index, self.searcher, scorer, self.reader, times, answerer, understand)
        self._quoting = answering_chain(
            index, self.searcher, scorer, self.reader, times, extractive, built_in
        )
        self._usage = usage
        self.queue = FairQueue(
            _WAITING_FOR_A_MODEL if self.uses_llm else cores(),
            at_once=settings.questions_at_once,
            waiting=settings.questions_waiting,
            waiting_in_all=settings.questions_waiting_in_all,
        )

    def _writing(self, quotes: Stage, scorer: Scorer, times: SentenceTimes) -> Stage:
        """The answerer that has the language model write, or word what the reader `quotes` where the model is a small one."""
        from index.reader.claims import open_claims

        settings = self.settings
        model = make_chat_model(settings, self.chat_model)
        claims = open_claims(settings.models_folder)
        context = ContextBuilder(self.index, settings.context_tokens)

        def failure(error: BaseException, language: str) -> str:
            return in_words(error, settings, language, of_settings=self.chat_model is None)

        if not settings.model_judges:
            return WordingAnswerer(
                model, quotes, context, failure, claims=claims, shows_thoughts=settings.llm_shows_thoughts
            )
        rerank = rerank_with(self.index, self.searcher, scorer, self.reader, times)
        return GeneratingAnswerer(
            model,
            quotes,
            context,
            failure,
            claims=claims,
            search_again=search_again_with(retrieve_with(self.searcher), rerank),
            searches=settings.model_searches,
            shows_thoughts=settings.llm_shows_thoughts,
        )

    @property
    def uses_llm(self) -> bool:
        """Whether a language model writes the answers: the one that was given, or one that the settings name."""
        return self.chat_model is not None or self.settings.uses_llm

    def checked(self, question: str) -> str:
        """The question without what cannot be read.

        Raises:
            Problem: `empty_question`, `question_too_long`, `index_empty`.
        """
        question = check_question(question, self.settings.longest_question)
        if self.index.catalogue.counts()[1] == 0:
            raise Problem("index_empty", folder=self.index.folder)
        return question

    def ask(
        self,
        question: str,
        history: list[Turn] | None = None,
        *,
        filters: Filters | None = None,
        today: date | None = None,
        language: str = "",
        on_text: Callable[[str], None] | None = None,
        quote: bool = False,
        who: str = THE_PROGRAM,
    ) -> Answer:
        """The checked answer to `question`; `on_text` is called with the text so far while a model writes.

        With `quote` no language model writes, whatever the settings say. `who` asks: people are answered in turn.

        Raises:
            Problem: `empty_question`, `question_too_long`, `index_empty`.
        """
        return self.ask_traced(
            question, history, filters=filters, today=today, language=language, on_text=on_text, quote=quote,
            who=who,
        )[0]  # fmt: skip

    def ask_traced(
        self,
        question: str,
        history: list[Turn] | None = None,
        *,
        filters: Filters | None = None,
        today: date | None = None,
        language: str = "",
        on_text: Callable[[str], None] | None = None,
        quote: bool = False,
        who: str = THE_PROGRAM,
    ) -> tuple[Answer, Trace]:
        """The answer as `ask` gives it, and what every stage saw."""
        place = self.begin(
            question, history, filters=filters, today=today, language=language, on_text=on_text, quote=quote,
            who=who,
        )  # fmt: skip
        return place.result()

    def begin(
        self,
        question: str,
        history: list[Turn] | None = None,
        *,
        filters: Filters | None = None,
        today: date | None = None,
        language: str = "",
        on_text: Callable[[str], None] | None = None,
        quote: bool = False,
        who: str = THE_PROGRAM,
    ) -> Place[tuple[Answer, Trace]]:
        """Have a question answered when it is the turn of `who`, without waiting for it; the arguments are those of `ask`.

        Raises:
            Problem: as `ask` does, and `questions_waiting` or `questions_waiting_in_all`.
        """
        begun = time.perf_counter()
        state = State(
            question=self.checked(question),
            history=history or [],
            filters=filters or Filters(),
            today=today or self.today(),
            language=language or self.settings.language,
            on_text=on_text,
        )
        chain = self._quoting if quote else self._chain

        def work() -> tuple[Answer, Trace]:
            done = chain.invoke(state)
            if done.answer is None:
                raise AssertionError("the chain ended without an answer")
            done.answer.timings_ms.total = round((time.perf_counter() - begun) * 1000, 1)
            done.answer.usage = usage_of(done.tokens, self.settings)
            if self._usage is not None:
                self._usage.note(who, done.answer.usage)
            return done.answer, trace_of(done)

        return self.queue.submit(who, work)

    def search(
        self, question: str, *, filters: Filters | None = None, today: date | None = None, top: int = 8
    ) -> Searched:
        """The passages for a question, each with its scores, and no answer.

        Args:
            question: What is searched for; a question that compares is searched part by part.
            filters: Which articles are searched; where none fits, all are, and the result says so.
            today: The day from which "去年" is counted; that of the settings where none is given.
            top: How many passages at most.

        Returns:
            The best passages, best first; those of the parts of a question in turns.

        Raises:
            Problem: `empty_question`, `question_too_long`, `index_empty`.
        """
        return self.begin_search(question, filters=filters, today=today, top=top).result()

    def begin_search(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        today: date | None = None,
        top: int = 8,
        who: str = THE_PROGRAM,
    ) -> Place[Searched]:
        """Have passages searched when it is the turn of `who`, without waiting for them; the rest is as in `search`.

        Raises:
            Problem: as `search` does, and `questions_waiting` or `questions_waiting_in_all`.
        """
        question, seen, day = self.checked(question), filters or Filters(), today or self.today()

        def work() -> Searched:
            found = passages_in(find_parts(self.searcher, question, seen, day, top), top)
            found.missing_articles = missing_articles(self.index.catalogue, seen)
            return found

        return self.queue.submit(who, work)

    def begin_listing(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        today: date | None = None,
        order: Order = "fit",
        offset: int = 0,
        most: int = 20,
        who: str = THE_PROGRAM,
    ) -> Place[PassageList]:
        """Have all passages that match listed when it is the turn of `who`, a page of `most` from `offset` on.

        No reader network reads them: they come by the first ranking, or the newest first (`index.passage_list`).

        Raises:
            Problem: as `search` does, and `questions_waiting` or `questions_waiting_in_all`.
        """
        day = today or self.today()
        query = read_query(with_absolute_years(self.checked(question), day), filters, day)
        return self.queue.submit(
            who,
            lambda: list_passages(self.index, self.searcher, query, order=order, offset=offset, most=most),
        )

    def stream(
        self,
        question: str,
        history: list[Turn] | None = None,
        *,
        filters: Filters | None = None,
        today: date | None = None,
        language: str = "",
    ) -> Iterator[str | Answer]:
        """The text so far, again and again while it is written, and the checked answer last."""
        steps: SimpleQueue[str | None] = SimpleQueue()
        place = self.begin(
            question, history, filters=filters, today=today, language=language, on_text=steps.put
        )
        place.future.add_done_callback(lambda _: steps.put(None))
        while (text := steps.get()) is not None:
            yield text
        yield place.result()[0]

    def today(self) -> date:
        """The day from which "去年" is counted."""
        return today_of(self.settings)

    def warm_up(self) -> None:
        """Load the models now, so that the first question does not wait for them."""
        self.index.embedder.embed_queries(["预热"])


__all__ = ["DEFAULT_MODEL", "Assistant", "open_index"]
