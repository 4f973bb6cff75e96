"""The assistant's parts as LangChain's own, and a chat model of LangChain's in ours, on three small articles."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler, get_usage_metadata_callback
from langchain_core.documents import Document
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableConfig, RunnableLambda
from langchain_core.tracers.run_collector import RunCollectorCallbackHandler
from pydantic import ValidationError

from assistant.langchain import (
    ArticleDocument,
    ArticleLoader,
    PassageEmbeddings,
    PassageRetriever,
    PassageSplitter,
    ReaderCompressor,
    as_runnable,
)
from assistant.model import Answer, Turn
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from assistant.state import State
from assistant.understanding.by_model import ModelUnderstanding
from corpus.problem import Problem
from evals.identity import identity_of
from index.query import Filters
from index.rerankers import make_reranker
from index.sync import ingest
from tests.small_articles import ARTICLES, QUESTION, WRITTEN, write_articles

STAGES = ["rewrite", "retrieve", "retrieve", "retrieve", "rerank", "answer", "verify", "verify"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_articles(tmp_path_factory.mktemp("small") / "articles")


@pytest.fixture(scope="module")
def own(folder: Path, models: Path) -> Iterator[Assistant]:
    settings = Settings(_env_file=None, data=models.parent, index=folder.parent / "index")
    index = open_index(settings)
    assert not ingest(index, [folder]).problems
    yield Assistant(index, settings)
    index.close()


def writing(own: Assistant, **model: Any) -> Assistant:
    """The same assistant, with a chat model that writes."""
    chat_model = FakeListChatModel(responses=[WRITTEN], **model)
    return Assistant(own.index, own.settings, chat_model=chat_model)


class Seen(BaseCallbackHandler):
    """Notes what LangChain tells of runs."""

    def __init__(self) -> None:
        self.chains: list[dict[str, Any]] = []
        self.models: list[dict[str, Any]] = []
        self.retrievers: list[dict[str, Any]] = []
        self.tokens = ""
        self.ended = 0
        self.errors: list[BaseException] = []

    def on_chain_start(self, serialized: Any, inputs: Any, **told: Any) -> None:
        self.chains.append(told)

    def on_chat_model_start(self, serialized: Any, messages: Any, **told: Any) -> None:
        self.models.append({**told, "class": serialized["name"]})

    def on_retriever_start(self, serialized: Any, query: str, **told: Any) -> None:
        self.retrievers.append(told)

    def on_llm_new_token(self, token: Any, **told: Any) -> None:
        self.tokens += token

    def on_llm_end(self, response: Any, **told: Any) -> None:
        self.ended += 1

    def on_llm_error(self, error: BaseException, **told: Any) -> None:
        self.errors.append(error)


# -- the runnable


def config_with(*handlers: BaseCallbackHandler) -> RunnableConfig:
    return RunnableConfig(
        callbacks=list(handlers), tags=["ours"], metadata={"person": "anna"}, run_name="policy"
    )


def invoked(runnable: Any, given: Any, config: RunnableConfig) -> Answer:
    return runnable.invoke(given, config)


def awaited(runnable: Any, given: Any, config: RunnableConfig) -> Answer:
    return asyncio.run(runnable.ainvoke(given, config))


def streamed(runnable: Any, given: Any, config: RunnableConfig) -> Answer:
    return list(runnable.stream(given, config))[-1]


def streamed_async(runnable: Any, given: Any, config: RunnableConfig) -> Answer:
    async def last() -> Answer:
        return [answer async for answer in runnable.astream(given, config)][-1]

    return asyncio.run(last())


WAYS = pytest.mark.parametrize("ask", [invoked, awaited, streamed, streamed_async])


@WAYS
def test_the_answer_is_that_of_the_assistant_and_every_stage_is_seen(own: Assistant, ask: Any) -> None:
    seen = Seen()
    answer = ask(as_runnable(own), QUESTION, config_with(seen))
    same = {"timings_ms"}
    assert answer.model_dump(exclude=same) == own.ask(QUESTION).model_dump(exclude=same)
    assert "4800亿元" in answer.short_answer
    first, *rest = seen.chains
    assert (first["name"], first["tags"], first["metadata"]) == ("policy", ["ours"], {"person": "anna"})
    assert first["parent_run_id"] is None
    assert [each["name"] for each in rest[1:]] == STAGES
    assert all(each["metadata"] == {"person": "anna"} and "ours" in each["tags"] for each in rest)
    assert all(each["parent_run_id"] is not None for each in rest)


@WAYS
def test_the_model_that_writes_is_one_run_with_its_tokens(own: Assistant, ask: Any) -> None:
    seen = Seen()
    answer = ask(as_runnable(writing(own)), QUESTION, config_with(seen))
    assert answer.written
    assert [each["class"] for each in seen.models] == ["FakeListChatModel"]
    assert "ours" in seen.models[0]["tags"]
    assert seen.models[0]["metadata"]["person"] == "anna"
    assert seen.models[0]["parent_run_id"] is not None
    assert seen.tokens == WRITTEN
    assert seen.ended == 1


def test_pieces_come_before_the_model_has_ended(own: Assistant) -> None:
    seen = Seen()
    ended = [
        (seen.ended, answer)
        for answer in as_runnable(writing(own, sleep=0.005)).stream(QUESTION, config_with(seen))
    ]
    under_way = [answer for done, answer in ended if not done]
    assert len(under_way) > 3
    assert all(WRITTEN.startswith(answer.answer) and not answer.citations for answer in under_way)
    assert ended[-1][1].citations


def test_async_pieces_come_before_the_model_has_ended(own: Assistant) -> None:
    seen = Seen()

    async def under_way() -> int:
        pieces = as_runnable(writing(own, sleep=0.005)).astream(QUESTION, config_with(seen))
        return sum([1 async for answer in pieces if not seen.ended])

    assert asyncio.run(under_way()) > 3


def test_a_chain_goes_on_with_the_checked_answer(own: Assistant) -> None:
    chain = as_runnable(writing(own)) | (lambda answer: answer.citations[0].title)
    assert chain.invoke(QUESTION) == "2025年上海集成电路产业营收超4800亿元"
    assert list(chain.stream(QUESTION)) == ["2025年上海集成电路产业营收超4800亿元"]


def test_history_filters_and_language_come_with_a_question(own: Assistant) -> None:
    runnable = as_runnable(own)
    turn = Turn.after(QUESTION, own.ask(QUESTION))
    assert "湖北" in runnable.invoke({"question": "那湖北呢?", "history": [turn]}).standalone_question
    found = runnable.invoke({"question": QUESTION, "filters": {"regions": ["湖北"]}, "language": "en"})
    assert {each.source for each in [*found.citations, *found.near]} <= {"湖北经济简报"}
    with pytest.raises(ValidationError, match="filter\n"):
        runnable.invoke({"question": QUESTION, "filter": {}})
    with pytest.raises(Problem, match="empty_question"):
        runnable.invoke(" ")


def test_what_it_takes_and_gives_can_be_read(own: Assistant) -> None:
    runnable = as_runnable(own, name="policy")
    assert runnable.get_name() == "policy"
    assert "Asked" in runnable.get_input_jsonschema()["$defs"]
    assert "short_answer" in runnable.get_output_jsonschema()["properties"]


def test_events_and_runs_of_a_question_are_one_tree(own: Assistant) -> None:
    collected = RunCollectorCallbackHandler()
    as_runnable(writing(own)).invoke(QUESTION, RunnableConfig(callbacks=[collected]))
    (root,) = collected.traced_runs
    answered = next(each for each in root.child_runs[0].child_runs if each.name == "answer")
    assert [each.run_type for each in answered.child_runs] == ["llm"]

    async def events() -> list[str]:
        made = as_runnable(writing(own)).astream_events(QUESTION, version="v2")
        return [event["event"] for event in [each async for each in made]]

    told = asyncio.run(events())
    assert (
        told.index("on_chat_model_stream") < told.index("on_chat_model_end") < told.index("on_chain_end", -1)
    )


def test_questions_asked_inside_another_chain_belong_to_it(own: Assistant) -> None:
    seen = Seen()
    around = RunnableLambda(lambda question: own.ask(question).short_answer, name="around")
    assert "4800亿元" in around.invoke(QUESTION, RunnableConfig(callbacks=[seen]))
    assert [each["name"] for each in seen.chains] == ["around", "RunnableSequence", *STAGES]


def test_tokens_are_counted_once(own: Assistant) -> None:
    counted = AIMessage(
        WRITTEN,
        usage_metadata={"input_tokens": 70, "output_tokens": 30, "total_tokens": 100},
        response_metadata={"model_name": "m"},
    )

    class Counting(GenericFakeChatModel):
        def _stream(self, *given: Any, **named: Any) -> Any:
            raise NotImplementedError

        def _should_stream(self, **named: Any) -> bool:
            return False

    assistant = Assistant(own.index, own.settings, chat_model=Counting(messages=iter([counted])))
    with get_usage_metadata_callback() as usage:
        answer = assistant.ask(QUESTION)
    assert usage.usage_metadata["m"]["total_tokens"] == 100
    assert answer.usage is not None
    assert answer.usage.tokens_read == 70


# -- a chat model of LangChain's in ours


def test_a_given_model_writes_and_is_checked(own: Assistant) -> None:
    answer = writing(own).ask(QUESTION)
    assert answer.written
    assert not answer.flags
    assert (
        answer.citations[0].quote == "2025年，上海市集成电路产业的营业收入规模超过4800亿元，比2024年增长24%。"
    )
    wrong = FakeListChatModel(responses=["2025年，上海市集成电路产业的营业收入规模为5123亿元[1]。"])
    flagged = Assistant(own.index, own.settings, chat_model=wrong).ask(QUESTION)
    assert [flag.detail for flag in flagged.flags] == ["5123"]


def test_a_model_with_fallbacks_writes_too(own: Assistant) -> None:
    broken = FakeListChatModel(responses=[WRITTEN], error_on_chunk_number=0)
    model = broken.with_fallbacks([FakeListChatModel(responses=[WRITTEN])])
    answer = Assistant(own.index, own.settings, chat_model=model).ask(QUESTION)
    assert answer.written
    assert not answer.notes


def test_where_a_given_model_fails_the_reader_answers(own: Assistant) -> None:
    class Broken(GenericFakeChatModel):
        def _stream(self, *given: Any, **named: Any) -> Any:
            raise ArithmeticError("the key sk-secret is worn out")

    seen = Seen()
    assistant = Assistant(own.index, own.settings, chat_model=Broken(messages=iter([])))
    answer = as_runnable(assistant).invoke(QUESTION, config_with(seen))
    assert not answer.written
    assert "4800亿元" in answer.answer
    assert "ArithmeticError" in answer.notes[0]
    assert "sk-secret" not in str(answer.notes)
    assert ["sk-secret" in str(error) for error in seen.errors] == [True]


def test_a_given_model_is_named_in_the_identity_of_a_run(own: Assistant) -> None:
    assert identity_of(writing(own), "", []).settings["llm_model"] == "FakeListChatModel"
    assert "llm_model" not in identity_of(own, "", []).settings
    assert writing(own).uses_llm
    assert not own.uses_llm


def test_a_follow_up_that_a_model_understands_is_seen(own: Assistant) -> None:
    seen = Seen()
    understand = ModelUnderstanding(FakeListChatModel(responses=["{}"]))
    turn = Turn.after(QUESTION, own.ask(QUESTION))
    state = State("它的那个呢?", [turn], Filters(), own.today())
    RunnableLambda(understand, name="rewrite").invoke(state, RunnableConfig(callbacks=[seen]))
    assert [each["class"] for each in seen.models] == ["FakeListChatModel"]
    assert seen.models[0]["parent_run_id"] is not None


# -- retriever, loader, splitter, embeddings, compressor


def test_the_retriever_gives_what_the_search_gives(own: Assistant) -> None:
    seen = Seen()
    retriever = PassageRetriever(assistant=own, k=2)
    documents = retriever.invoke(QUESTION, RunnableConfig(callbacks=[seen], tags=["ours"]))
    found = own.search(QUESTION, top=2).hits
    assert [each.page_content for each in documents] == [each.text for each in found]
    first = documents[0].metadata
    names = ("title", "date", "source", "section", "passage_id", "score")
    assert {name: first[name] for name in names} == found[0].model_dump(include=set(names))
    assert all(isinstance(value, str | int | float) for value in first.values())
    assert seen.retrievers[0]["tags"] == ["ours"]
    assert asyncio.run(retriever.ainvoke(QUESTION)) == documents


def test_filters_of_a_retriever_exclude(own: Assistant) -> None:
    only = PassageRetriever(assistant=own, filters=Filters(regions=["湖北"]))
    assert {each.metadata["region"] for each in only.invoke(QUESTION)} == {"湖北"}
    assert PassageRetriever(assistant=own, filters=Filters(years=[1999])).invoke(QUESTION) == []


def test_the_loader_reads_articles_and_names_what_it_cannot_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    loader = ArticleLoader([folder, tmp_path])
    documents = loader.load()
    assert {each.metadata["source"] for each in documents} == {"上海产业观察", "湖北经济简报", "地方财政公报"}
    assert len(documents) == len(ARTICLES)
    assert [Path(str(problem.fields["file"])).name for problem in loader.problems] == ["broken.pdf"]
    assert [each.metadata for each in asyncio.run(loader.aload())] == [each.metadata for each in documents]
    with pytest.raises(Problem, match="no_such_path"):
        list(ArticleLoader([tmp_path / "nowhere"]).lazy_load())


def test_files_are_read_one_after_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.load._READ_AT_ONCE", 1)
    loader = ArticleLoader([folder, folder / "nowhere"])
    first = next(loader.lazy_load())
    assert isinstance(first, ArticleDocument)


def test_the_splitter_cuts_as_an_index_does(own: Assistant, folder: Path) -> None:
    passages = PassageSplitter().transform_documents(ArticleLoader([folder]).load())
    indexed = own.index.catalogue.passages([each.id for each in passages])
    assert len(indexed) == len(passages) == own.index.catalogue.counts()[1]
    for each in passages:
        passage, article = indexed[each.id]
        assert each.page_content == passage.text
        assert each.metadata["title"] == article.title
        assert each.metadata["section"] == " > ".join(passage.heading_path)


def test_any_document_can_be_cut() -> None:
    text = "2025年，上海港集装箱吞吐量居世界首位。" * 60
    whole = Document(text, metadata={"title": "上海港", "date": "昨天", "page": 3})
    passages = PassageSplitter().transform_documents([whole, Document("")])
    assert len(passages) > 2
    assert "".join(each.page_content for each in passages) == text
    assert all(text[each.metadata["start"] : each.metadata["end"]] == each.page_content for each in passages)
    assert all(each.metadata["page"] == 3 for each in passages)
    assert len({each.id for each in passages}) == len(passages)


def test_a_document_that_was_changed_since_is_cut_as_it_is_now(folder: Path) -> None:
    (document, *_) = ArticleLoader([folder / "hubei.md"]).load()
    changed = document.model_copy(update={"page_content": "别的话。"})
    assert [each.page_content for each in PassageSplitter().transform_documents([changed])] == ["别的话。"]


def test_embeddings_are_those_of_the_index(own: Assistant) -> None:
    embeddings = PassageEmbeddings(own.index.embedder)
    texts = ["上海集成电路产业营收超过4800亿元。", "设备贷款贴息期限最长不超过3年。"]
    vectors = embeddings.embed_documents(texts)
    assert vectors == own.index.embedder.embed_passages(texts).tolist()
    asked = embeddings.embed_query(QUESTION)
    assert asked == pytest.approx(asyncio.run(embeddings.aembed_query(QUESTION)))
    likeness = [sum(a * b for a, b in zip(asked, vector, strict=True)) for vector in vectors]
    assert likeness[0] > likeness[1]


def test_the_reader_puts_what_answers_first(own: Assistant) -> None:
    reranker = make_reranker("default", own.settings.models_folder, reader=own.reader)
    documents = [
        Document("上海集成电路展览会将于6月举行。"),
        Document(WRITTEN, metadata={"title": "上海芯片"}),
    ]
    compressor = ReaderCompressor(reranker=reranker)
    best, other = compressor.compress_documents(documents, QUESTION)
    assert best.page_content == WRITTEN
    assert best.metadata["relevance_score"] > 0 > other.metadata["relevance_score"]
    assert "relevance_score" not in documents[1].metadata
    kept = ReaderCompressor(reranker=reranker, top_n=1)
    assert [each.page_content for each in asyncio.run(kept.acompress_documents(documents, QUESTION))] == [
        WRITTEN
    ]
    assert kept.compress_documents([], QUESTION) == []
