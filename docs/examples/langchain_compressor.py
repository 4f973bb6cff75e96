"""The reader puts documents in order, whoever found them."""

from langchain_core.documents import Document

from assistant import Settings
from assistant.langchain import ReaderCompressor
from index.rerankers import make_reranker

settings = Settings()
reranker = make_reranker(settings.reranker, settings.models_folder)
found = [
    Document("上海港2025年集装箱吞吐量居世界首位。", metadata={"title": "上海港年报"}),
    Document("2025年，上海市集成电路产业的营业收入规模超过4800亿元。", metadata={"title": "上海芯片产业"}),
    Document("上海集成电路展览会将于6月举行。", metadata={"title": "会展消息"}),
]
compressor = ReaderCompressor(reranker=reranker, top_n=1)
for document in compressor.compress_documents(found, "上海2025年集成电路产业营收多少?"):
    print(document.metadata["title"], document.metadata["relevance_score"])  # → 上海芯片产业
