"""An answer is shown while a language model writes it; the built-in answerer has it ready at once."""

from assistant import Answer, Assistant, Settings, open_index

settings = Settings()
assistant = Assistant(open_index(settings), settings)
for step in assistant.stream("上海2025年集成电路产业营收多少?"):
    if isinstance(step, Answer):
        print("checked:", step.answer)  # → 4800亿元
    else:
        print("so far:", step)
