"""What is told of spreadsheets and CSV files as they are read."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "csv_open_quote": {
        "zh": "{file} 第 {lines} 行：引号没有成对，已按原样读入这一行，没有并入后面的各行。请检查这一行。",
        "en": "{file}, line {lines}: a quote is never closed; the line was read as it is and takes in no later one. Check it.",
    },
    "sheet_hidden": {
        "zh": "{file}：工作表“{sheet}”是隐藏的，没有读入。需要它时请先取消隐藏。",
        "en": "{file}: the sheet “{sheet}” is hidden and was left out. Unhide it if it is needed.",
    },
    "sheet_parts_hidden": {
        "zh": "{file}：工作表“{sheet}”有 {rows} 行、{columns} 列是隐藏的，没有读入。需要时请先取消隐藏。",
        "en": "{file}: {rows} rows and {columns} columns of the sheet “{sheet}” are hidden and were left out. Unhide them if they are needed.",
    },
    "formulas_without_values": {
        "zh": "{file}：工作表“{sheet}”有 {count} 个公式没有保存计算结果（{cells}），这些单元格没有读入。请用 Excel 或 WPS 打开、保存一次再导入。",
        "en": "{file}: {count} formulas of the sheet “{sheet}” have no saved result ({cells}); these cells were left out. Open and save the file in Excel once.",
    },
}
