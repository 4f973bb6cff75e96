"""The report's plots, as SVG that stands in the page (matplotlib)."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from evals.metrics.measures import STAGE_TIMES
from evals.metrics.retrieval import STAGES
from evals.summary import Summary

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BLUE, _ORANGE, _GREY, _GREEN = "#2563eb", "#ea580c", "#94a3b8", "#16a34a"
_MOST_TYPES = 24
_FONTS = [
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "DejaVu Sans",
]


def can_draw() -> bool:
    """Whether matplotlib is installed."""
    return find_spec("matplotlib") is not None


def plots_of(summary: Summary, words: Callable[[str], str]) -> dict[str, str]:
    """SVG texts by name; `words` gives the text of a message code.

    A plot without data is left out, and all are where matplotlib (of the extra `page`) is not installed.
    """
    if not can_draw():
        return {}
    drawings: dict[str, tuple[tuple[float, float], Callable[[Axes], bool]]] = {
        "types": (
            (6.4, 0.9 + 0.28 * min(len(summary.by_type), _MOST_TYPES)),
            lambda axes: _types(axes, summary, words),
        ),
        "risk": ((4.2, 3.0), lambda axes: _risk(axes, summary, words)),
        "calibration": ((4.2, 3.0), lambda axes: _calibration(axes, summary, words)),
        "stages": ((4.2, 3.0), lambda axes: _stages(axes, summary, words)),
        "times": ((4.2, 3.0), lambda axes: _times(axes, summary, words)),
    }
    result = {}
    for name, (size, draw) in drawings.items():
        svg = _svg(name, size, draw)
        if svg:
            result[name] = svg
    return result


def _svg(name: str, size: tuple[float, float], draw: Callable[[Axes], bool]) -> str:
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    style: Any = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "font.family": "sans-serif",
        "font.sans-serif": _FONTS,
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": _GREY,
        "axes.unicode_minus": False,
    }
    with matplotlib.rc_context(style), warnings.catch_warnings():
        # The words stay words in the SVG; the browser has fonts for them even where matplotlib finds none.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=size, layout="constrained")
        FigureCanvasSVG(figure)
        if not draw(figure.add_subplot()):
            return ""
        text = io.StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    svg = re.sub(r"<\?xml.*?<svg", "<svg", text.getvalue(), count=1, flags=re.DOTALL)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    # Several plots stand in one page: their ids must not meet.
    return re.sub(r'(id="|href="#|url\(#)', rf"\g<1>{name}-", svg)


def _types(axes: Axes, summary: Summary, words: Callable[[str], str]) -> bool:
    rows = [(name, each["right"]) for name, each in summary.by_type.items() if "right" in each][:_MOST_TYPES]
    if not rows:
        return False
    rows.reverse()
    values = [estimate.value for _, estimate in rows]
    margins = [
        [max(0.0, estimate.value - estimate.low) for _, estimate in rows],
        [max(0.0, estimate.high - estimate.value) for _, estimate in rows],
    ]
    axes.barh([name for name, _ in rows], values, xerr=margins, color=_BLUE, ecolor=_GREY, height=0.62)
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter("{x:.0%}")
    axes.set_xlabel(words("plot_right"))
    return True


def _risk(axes: Axes, summary: Summary, words: Callable[[str], str]) -> bool:
    points = summary.curves.risk_coverage
    if len(points) < 2:
        return False
    axes.step([x for x, _ in points], [y for _, y in points], where="post", color=_BLUE)
    refused = [summary.measures.get("refused_right"), summary.measures.get("refused_wrong")]
    answered = 1 - sum(each.value * each.n for each in refused if each) / max(summary.items, 1)
    axes.axvline(answered, color=_ORANGE, linestyle="--", linewidth=1, label=words("plot_threshold"))
    axes.set(xlim=(0, 1), ylim=(0, None), xlabel=words("plot_answered"), ylabel=words("plot_errors"))
    axes.legend(frameon=False, fontsize=8)
    axes.xaxis.set_major_formatter("{x:.0%}")
    axes.yaxis.set_major_formatter("{x:.0%}")
    return True


def _calibration(axes: Axes, summary: Summary, words: Callable[[str], str]) -> bool:
    bins = summary.curves.calibration
    if not bins:
        return False
    most = max(count for _, _, count in bins)
    axes.plot([0, 1], [0, 1], color=_GREY, linestyle="--", linewidth=1)
    axes.plot([x for x, _, _ in bins], [y for _, y, _ in bins], color=_BLUE, linewidth=1)
    axes.scatter(
        [x for x, _, _ in bins],
        [y for _, y, _ in bins],
        s=[12 + 90 * count / most for _, _, count in bins],
        color=_BLUE,
    )
    axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel=words("plot_confidence"), ylabel=words("plot_right"))
    return True


def _stages(axes: Axes, summary: Summary, words: Callable[[str], str]) -> bool:
    measures = summary.measures
    if f"recall@1.{STAGES[0]}" not in measures:
        return False
    width = 0.26
    for number, (k, colour) in enumerate(((1, _BLUE), (4, _ORANGE), (8, _GREEN))):
        places = [position + (number - 1) * width for position in range(len(STAGES))]
        values = [measures[f"recall@{k}.{stage}"].value for stage in STAGES]
        axes.bar(places, values, width, color=colour, label=f"@{k}")
    axes.set_xticks(range(len(STAGES)), [words(f"stage_{stage}") for stage in STAGES])
    axes.set_ylim(0, 1)
    axes.set_ylabel(words("plot_recall"))
    axes.yaxis.set_major_formatter("{x:.0%}")
    axes.legend(frameon=False, fontsize=8, ncols=3, loc="upper center", bbox_to_anchor=(0.5, 1.16))
    return True


def _times(axes: Axes, summary: Summary, words: Callable[[str], str]) -> bool:
    measures = summary.measures
    names = [name for name in STAGE_TIMES if f"ms.{name}.median" in measures]
    if not names:
        return False
    names.reverse()
    labels = [words(f"stage_{name}") for name in names]
    axes.barh(
        labels, [measures[f"ms.{name}.p95"].value for name in names], color=_GREY, height=0.62, label="p95"
    )
    axes.barh(
        labels, [measures[f"ms.{name}.median"].value for name in names], color=_BLUE, height=0.32,
        label=words("plot_median"),
    )  # fmt: skip
    axes.set_xlabel(words("plot_ms"))
    axes.legend(frameon=False, fontsize=8)
    return True
