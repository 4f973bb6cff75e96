"""A chat model of LangChain writes the answers; here one that needs no network."""

from langchain_core.language_models.fake_chat_models import FakeListChatModel

from assistant import Answer, Assistant, Settings, open_index

model = FakeListChatModel(responses=["2025年，上海市集成电路产业的营业收入规模超过4800亿元[1]。"])

settings = Settings()
assistant = Assistant(open_index(settings), settings, chat_model=model)
for step in assistant.stream("上海2025年集成电路产业营收多少?"):
    if isinstance(step, Answer):
        print(step.answer)  # → 4800亿元[1]
        print(step.citations[0].quote)  # → 2025年，上海市集成电路产业的营业收入规模超过4800亿元
    else:
        print("so far:", step)  # → so far: 2025年，上海
