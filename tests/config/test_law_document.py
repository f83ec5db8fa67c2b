"""docs/law.md tells a lawyer which rules are held to, which are not yet, and which are disputed."""

from types import SimpleNamespace
from typing import Any

from santai.config.cli.develop.law import render


def row(name: str, **more: Any) -> SimpleNamespace:
    return SimpleNamespace(**{"id": name, "sentence": "规则。", "citation": "某法第一条", "sure": "statute", "note": ""} | more)


def test_each_row_says_how_sure_it_is_and_where_it_is_tried() -> None:
    rows = (row("clk-001"), row("clk-002", sure="local", note="存疑。"), row("clk-003", citation="甲|乙"))
    text = render(
        [SimpleNamespace(number=3, title="期限", rows=rows)],
        place_of=lambda one: "时限" if one.id == "clk-001" else "",
        disputed={"clk-003": "原文没有读到。"},
    )
    assert "| 3 | 期限 | 3 | 1 | 1 | 1 |" in text and "|  | 合计 | 3 | 1 | 1 | 1 |" in text
    assert "| clk-001 | 规则。 | 某法第一条 | 条文 | 已核对（时限） |" in text
    assert "| clk-002 | 规则。（注：存疑。） | 某法第一条 | 地方 | 尚未 |" in text
    assert "| clk-003 | 规则。 | 甲\\|乙 | 条文 | 有分歧 |" in text
    assert "- clk-003 有分歧：原文没有读到。" in text
