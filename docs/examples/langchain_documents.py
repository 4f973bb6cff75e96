"""Documents that another loader read are brought into an index: as lines of JSON, which keep title, date and source."""

import json
from pathlib import Path

from langchain_core.documents import Document

from assistant import Assistant, Settings, ingest, open_index

read_elsewhere = [
    Document(
        "2025年，安徽省新能源汽车产量达到180万辆，同比增长11%。",
        metadata={"title": "安徽新能源汽车产量", "date": "2026-01-18", "source": "安徽经济"},
    )
]
folder = Path("others")
folder.mkdir(exist_ok=True)
with (folder / "others.jsonl").open("w", encoding="utf-8") as lines:
    for document in read_elsewhere:
        print(json.dumps({"text": document.page_content, **document.metadata}), file=lines)

settings = Settings(index=Path("others-index"))
index = open_index(settings)
print(ingest(index, [folder]).articles)  # → 1
answer = Assistant(index, settings).ask("安徽2025年新能源汽车产量多少?")
print(answer.short_answer, answer.citations[0].source)  # → 180万辆 安徽经济
