"""The search as a retriever."""

from assistant import Assistant, Filters, Settings, open_index
from assistant.langchain import PassageRetriever

settings = Settings()
assistant = Assistant(open_index(settings), settings)
retriever = PassageRetriever(assistant=assistant, k=3, filters=Filters(years=[2026]))
for document in retriever.invoke("上海有多少家集成电路企业上市?"):
    told = document.metadata
    print(round(told["score"], 1), told["date"], told["title"], told["section"])  # → 2026-05-12
    print(document.page_content)  # → 35家
