"""The assistant as a part of a chain: invoked, streamed, awaited, with callbacks."""

import asyncio
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import RunnableConfig

from assistant import Assistant, Settings, open_index
from assistant.langchain import as_runnable

settings = Settings()
answering = as_runnable(Assistant(open_index(settings), settings))

print(answering.invoke("上海2025年集成电路产业营收多少?").short_answer)  # → 4800亿元
chain = answering | (lambda answer: [citation.title for citation in answer.citations])
print(chain.invoke({"question": "上海2025年集成电路产业营收多少?", "filters": {"years": [2026]}}))  # → 上海


class Stages(BaseCallbackHandler):
    """Tells which stages a question goes through."""

    def on_chain_start(self, serialized: Any, inputs: Any, **told: Any) -> None:
        """A stage begins."""
        print(told.get("name"), told.get("tags"))


config = RunnableConfig(callbacks=[Stages()], tags=["demo"], metadata={"person": "anna"}, run_name="policy")
answering.invoke("上海2025年集成电路产业营收多少?", config)  # → policy ['demo']


async def ask_two() -> None:
    """Questions are awaited together, and one is streamed."""
    answers = await answering.abatch(["上海2025年集成电路产业营收多少?", "设备贷款的贴息期限最长几年?"])
    print([answer.short_answer for answer in answers])  # → 4800亿元
    async for answer in answering.astream("上海2025年集成电路产业营收多少?"):
        print(answer.answer)  # → 4800亿元


asyncio.run(ask_two())
