"""What stands in and around the table of an answer."""

TEXTS: dict[str, dict[str, str]] = {
    "table_place": {"zh": "地区", "en": "Place"},
    "table_name": {"zh": "名称", "en": "Name"},
    "table_time": {"zh": "时间", "en": "Time"},
    "table_measure": {"zh": "指标", "en": "Measure"},
    "table_value": {"zh": "数值", "en": "Value"},
    "table_missing": {"zh": "资料里没有说到", "en": "The articles do not tell it"},
    "table_unsure": {
        "zh": "引文里没有能确定的数值，请看原句",
        "en": "The quote holds no value that is sure; see the sentence",
    },
    "table_printed": {"zh": "原文：{printed}", "en": "As printed: {printed}"},
    "table_period": {"zh": "时间：{period}", "en": "Time: {period}"},
    "table_sort": {"zh": "按“{column}”排序", "en": "Sort by “{column}”"},
    "table_copy": {"zh": "复制表格", "en": "Copy the table"},
    "table_csv": {"zh": "下载 CSV", "en": "CSV file"},
    "series_told": {"zh": "折线图。{lines}", "en": "Line chart. {lines}"},
    "series_point": {"zh": "{time}：{value}", "en": "{time}: {value}"},
    "series_goal": {"zh": "{time}：{value}（目标或预计）", "en": "{time}: {value} (goal or forecast)"},
    "series_gap": {"zh": "{time}：无数据", "en": "{time}: no value"},
    "series_missing": {
        "zh": "资料里没有能确定的数值的时间：{times}",
        "en": "Times for which the articles hold no value that is sure: {times}",
    },
    "table_xlsx": {"zh": "下载 XLSX", "en": "XLSX file"},
}
