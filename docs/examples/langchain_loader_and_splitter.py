"""Files of any kind are read as documents and cut into passages, without an index."""

from assistant.langchain import ArticleLoader, PassageSplitter

loader = ArticleLoader(["articles"])
documents = loader.load()
for document in documents:
    print(document.metadata["title"], document.metadata["date"])  # → 2025年上海集成电路产业营收超4800亿元
print(loader.problems)  # → []

passages = PassageSplitter().transform_documents(documents)
for passage in passages:
    print(passage.metadata["section"], passage.page_content)  # → 企业与上市公司
