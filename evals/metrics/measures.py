"""Every measure: what it is counted over, what it means, whose definition it is. The report and the docs read this."""

from __future__ import annotations

from dataclasses import dataclass

from evals.metrics.retrieval import CUTOFFS, STAGES

STAGE_TIMES = ("rewrite", "retrieve", "rerank", "answer", "verify", "total")


@dataclass(frozen=True)
class Measure:
    """One figure. `better` is +1 where more is better, -1 where less is, 0 where neither.

    `form` is "share" (0 to 1), "score" (0 to 1, not a share of items), "number" or "ms".
    """

    name: str
    group: str
    zh: str
    en: str
    definition: str
    better: int = 1
    form: str = "share"


_ANSWERABLE = "Over the answerable items that name facts"
MEASURES: tuple[Measure, ...] = (
    Measure("right", "answer", "处理正确", "Handled right",
            "Over all items: answered with every fact, or refused where the articles hold no answer."),
    Measure("facts", "answer", "答对", "Answered right",
            f"{_ANSWERABLE}: share whose answer or short answer holds one alternative of every fact (a figure never "
            "inside a longer one). A refusal counts as wrong."),
    Measure("facts_share", "answer", "要点召回", "Share of facts",
            f"{_ANSWERABLE}: mean share of the facts held; keypoint recall.", form="score"),
    Measure("exact", "answer", "短答案全同", "Short answer exact",
            "Over the answered items with accepted short answers: the short answer is one of them (CMRC 2018's rules)."),
    Measure("f1", "answer", "短答案 F1", "Short answer F1",
            "Over the same: F1 of the longest common stretch of characters (CMRC 2018's rules).", form="score"),
    Measure("cells_right", "answer", "表格单元正确", "Cells right",
            "Over the answerable items that name cells of a table: mean share of the cells that the answer's table holds under "
            "their row and column. An answer without a table holds none.", form="score"),
    Measure("length", "answer", "字数", "Characters", "Mean length of the answers given.", 0, "number"),
    Measure("cited", "citation", "引用属实", "Cited right",
            "Over the items answered right: share whose cited quotes alone hold every fact, "
            "or all the evidence where the fact has to be worked out (a sum)."),
    Measure("cells_cited", "citation", "表格单元有据", "Cells cited",
            "Over the items with a right cell: mean share of the right cells that cite a quote which tells their figure.",
            form="score"),
    Measure("cite_evidence", "citation", "引用合证据", "Cites the evidence",
            "Over the answered items with evidence: share of the citations that overlap an evidence quote."),
    Measure("cite_recall", "citation", "引用召回", "Citation recall",
            "Over the answers given: share of sentences whose figures, dates, names, places and half of whose words "
            "stand in the quotes they cite (ALCE's citation recall, Gao et al. 2023, judged by string)."),
    Measure("cite_precision", "citation", "引用精度", "Citation precision",
            "Over the citations given: share that are needed, i.e. support the sentence alone or not without them "
            "(ALCE's citation precision, judged by string)."),
    Measure("cite_recall_reader", "citation", "引用召回（阅读器）", "Citation recall (reader)",
            "As citation recall, but a sentence is supported where the trained reader finds the question answered in the quotes."),
    Measure("cite_precision_reader", "citation", "引用精度（阅读器）", "Citation precision (reader)",
            "As citation precision, judged by the trained reader."),
    Measure("figures", "citation", "数字名称属实", "Figures in the quote",
            "Over the answers given: share of numbers, dates, names and places that stand in the quote cited for them."),
    Measure("refused_right", "refusal", "该拒已拒", "Refused right", "Over the items the articles cannot answer: share refused."),
    Measure("refused_wrong", "refusal", "误拒", "Refused wrong", "Over the answerable items: share refused.", -1),
    Measure("aurc", "refusal", "风险覆盖面积", "Area under risk-coverage",
            "Errors among the answered, averaged over every share that could be answered, surest first; an item that "
            "cannot be answered is an error (AURC, Geifman et al. 2019).", -1, "score"),
    Measure("calibration", "refusal", "校准误差", "Calibration error",
            "Gap between confidence and share right over ten equal bins (ECE, Guo et al. 2017).", -1, "score"),
    *(Measure(f"recall@{k}.{stage}", "retrieval", f"召回@{k}", f"Recall@{k}",
              f"Over the items whose evidence is in the index: share of facts that one of the first {k} passages may be cited for.")
      for stage in STAGES for k in CUTOFFS),
    *(Measure(f"mrr.{stage}", "retrieval", "MRR", "MRR", "Mean of 1 / rank of the first passage with evidence.", form="score")
      for stage in STAGES),
    *(Measure(f"ndcg@10.{stage}", "retrieval", "nDCG@10", "nDCG@10",
              "Discounted gain of the passages with evidence among the first ten (Järvelin and Kekäläinen 2002, scikit-learn).", form="score")
      for stage in STAGES),
    *(Measure(f"ms.{stage}.{name}", "time", f"{zh}", f"{en}", f"Milliseconds a question, {en}.", -1, "ms")
      for stage in STAGE_TIMES for name, zh, en in (("median", "中位", "median"), ("p95", "95%", "95th percentile"))),
    Measure("passages_read", "cost", "阅读段落", "Passages read", "Mean number of passages read for a question.", 0, "number"),
    Measure("tokens_read", "cost", "输入词元", "Tokens read", "Mean tokens a language model read for a question.", -1, "number"),
    Measure("tokens_written", "cost", "输出词元", "Tokens written", "Mean tokens a language model wrote.", -1, "number"),
    Measure("cost", "cost", "费用", "Cost", "Price of the tokens of a question, in the currency of the prices set.", -1, "number"),
    Measure("judge_correct", "judge", "模型评正确", "Judged correct",
            "Share of the answers that the judging model holds for right, given question and accepted answers."),
    Measure("judge_faithful", "judge", "模型评忠实", "Judged faithful",
            "Share of the answers whose every statement the judging model finds in the quotes."),
)  # fmt: skip
BY_NAME = {measure.name: measure for measure in MEASURES}
GROUPS = ("answer", "citation", "refusal", "retrieval", "time", "cost", "judge")
