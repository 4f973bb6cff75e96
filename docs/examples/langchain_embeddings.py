"""The embedding model in a vector store of LangChain's."""

from langchain_core.vectorstores import InMemoryVectorStore

from assistant import Settings
from assistant.langchain import ArticleLoader, PassageEmbeddings, PassageSplitter
from assistant.service import open_embedder

store = InMemoryVectorStore(PassageEmbeddings(open_embedder(Settings())))
store.add_documents(PassageSplitter().transform_documents(ArticleLoader(["articles"]).load()))
for document in store.similarity_search("已在科创板上市的上海集成电路公司有多少家?", k=1):
    print(document.page_content)  # → 35家
