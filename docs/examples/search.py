"""Passages are searched, with their scores, and nothing is answered."""

from assistant import Assistant, Filters, Settings, open_index

settings = Settings()
assistant = Assistant(open_index(settings), settings)
found = assistant.search("上海有多少家集成电路企业上市?", filters=Filters(regions=["上海"]), top=3)
for passage in found.hits:
    print(round(passage.score, 1), passage.title, passage.section)  # → 企业与上市公司
    print(passage.text)  # → 35家
print(found.widened)  # → False
