"""Rules about regions and bodies over plain values."""

import re

LEVEL_OF_LENGTH = {9: "town", 12: "village"}
LEVEL_ORDER = ("city", "district", "town", "village")


def region_problem(code: str, level: str, parent: str) -> str:
    """What is wrong with a region's code at its level under its parent; empty when nothing is."""
    if not re.fullmatch(r"[0-9]{6}([0-9]{3}){0,2}", code):
        return f"区划代码“{code}”应为 6、9 或 12 位数字。"
    if level not in LEVEL_ORDER:
        return f"层级“{level}”应为 city、district、town 或 village。"
    expected = LEVEL_OF_LENGTH.get(len(code))
    if (expected or level) != level or (len(code) == 6 and level not in ("city", "district")):
        return f"{len(code)} 位代码“{code}”的层级不能是 {level}。"
    if level == "city":
        return "市级区划没有上级。" if parent else ""
    if not parent:
        return "除市级外必须填写上级区划。"
    if level == "district" and code[:4] != parent[:4]:
        return f"区级代码“{code}”应与上级“{parent}”的前 4 位相同。"
    if level in ("town", "village") and not code.startswith(parent):
        return f"代码“{code}”应以上级代码“{parent}”开头。"
    return ""


def path_of(code: str, parents: dict[str, str]) -> str:
    """``189900/189901/189901001/`` from a table of parents. ValueError for a circle or a missing parent."""
    chain = [code]
    while parent := parents[chain[-1]]:
        if parent in chain or parent not in parents:
            raise ValueError(f"区划“{code}”的上级“{parent}”不存在或成环")
        chain.append(parent)
    return "/".join(reversed(chain)) + "/"
