"""A folder of articles is brought into an index, and questions are answered from it."""

from pathlib import Path

from assistant import Assistant, Settings, Turn, explain, ingest, open_index

settings = Settings()
index = open_index(settings)
report = ingest(index, [Path("articles")])
for problem in report.problems:
    print(explain(problem, "en"))

assistant = Assistant(index, settings)
answer = assistant.ask("上海2025年集成电路产业营收多少?")
print(answer.short_answer)  # → 4800亿元
print(answer.answer)  # → [1]
for citation in answer.citations:
    print(citation.n, citation.title, citation.date, citation.quote)

follow_up = assistant.ask("那湖北呢?", [Turn.after(answer.question, answer)])
print(follow_up.standalone_question)  # → 湖北2025年集成电路产业营收多少?
print(follow_up.short_answer)  # → 1000亿元

print(assistant.ask("上海迪士尼门票多少钱?").refused)  # → True
