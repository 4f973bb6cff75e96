"""A set of questions with what their answers must hold is run, and figures tell how it went."""

from pathlib import Path

from assistant import Assistant, Settings, open_index
from evals.items import EvalItem
from evals.run import Runner

settings = Settings()
assistant = Assistant(open_index(settings), settings)
items = [
    EvalItem(id="1", question="上海2025年集成电路产业营收多少?", facts=[["4800亿"]]),
    EvalItem(id="2", question="上海迪士尼门票多少钱?", answerable=False),
]
run = Runner(assistant, items, out=Path("runs/today"), fresh=True).run()
print(run.summary.value("facts"))  # → 1.0
print(run.summary.value("refused_right"))  # → 1.0
for prediction, score in zip(run.predictions, run.scores, strict=True):
    print(prediction.question, prediction.answer, score.values)
