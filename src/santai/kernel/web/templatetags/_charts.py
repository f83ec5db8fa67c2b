"""Figures and charts: server-drawn SVG with the finding as title, direct labels and a table behind."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from santai.kernel.web.rules import charts, text
from santai.kernel.web.templatetags._library import register


def _value(row: Any, key: str, default: Any = "") -> Any:
    return row.get(key, default) if isinstance(row, dict) else getattr(row, key, default)


@register.simple_tag
def spark(values: Iterable[float], label: str = "") -> SafeString:
    """A trend without axes; ``label`` says it in words for those who do not see it."""
    points = charts.spark_points([float(v) for v in values])
    if not points:
        return SafeString("")
    return format_html(
        '<svg class="spark" viewBox="0 0 120 32" preserveAspectRatio="none" role="img" aria-label="{}"><polyline points="{}"/></svg>',
        label, points,
    )  # fmt: skip


@register.inclusion_tag("kernel_web/tags/figure_tile.html")
def figure_tile(
    label: str, value: Any, unit: str = "", compare: str = "", trend: Iterable[float] | None = None, href: str = "", source: str = ""
) -> dict[str, Any]:
    """One figure: comparison and source in words ("比上周多 12 件", "办件库，今天 09:00"), its trend, a way down to the cases."""
    history = [float(v) for v in trend or ()]
    return {
        "label": label, "value": text.number(value), "unit": unit, "compare": compare, "trend": history, "href": href, "source": source,
        "trend_label": f"走势：{'、'.join(text.number(v) for v in history)}",
    }  # fmt: skip


@register.inclusion_tag("kernel_web/tags/bar_chart.html")
def bar_chart(
    title: str, rows: Iterable[Any], unit: str = "", source: str = "", download: str = "", label_name: str = ""
) -> dict[str, Any]:
    """Horizontal bars from zero. ``title`` says the finding; rows: label, value, and optionally marked, href."""
    data = [
        (
            str(_value(r, "label")),
            float(_value(r, "value", 0)),
            text.number(_value(r, "value", 0)),
            bool(_value(r, "marked", False)),
            str(_value(r, "href")),
        )
        for r in rows
    ]
    drawn = charts.bars(data, width=74)  # per cent of the row; the rest is for the value beside the bar
    name = label_name or gettext("项目")
    return {"title": title, "chart": drawn, "unit": unit, "source": source, "download": download, "label_name": name}


@register.inclusion_tag("kernel_web/tags/line_chart.html")
def line_chart(
    title: str, rows: Iterable[Any], unit: str = "", source: str = "", download: str = "", label_name: str = ""
) -> dict[str, Any]:
    """A line over time with its axis from zero. ``title`` says the finding; rows: label, value."""
    data = [(str(_value(r, "label")), float(_value(r, "value", 0)), text.number(_value(r, "value", 0))) for r in rows]
    drawn = charts.line(data, width=620, height=220)
    return {"title": title, "chart": drawn, "unit": unit, "source": source, "download": download, "label_name": label_name or "时间"}
