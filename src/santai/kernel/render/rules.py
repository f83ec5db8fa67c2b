"""Dates and money as official papers write them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def chinese_date(day: date) -> str:
    """2026年2月9日, as GB/T 9704-2012 §7.3.5.4 writes 成文日期: Arabic figures, no padding."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_money(amount: Decimal | int | str) -> str:
    """Capital figures of an amount in yuan, e.g. 5000000 → 伍佰万元整; negative or ≥ 10^16 raises ValueError."""
    fen = int((Decimal(amount) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if fen < 0 or fen >= 10**18:
        raise ValueError(f"no capital figures for {amount}")
    yuan, fen = divmod(fen, 100)
    jiao, fen = divmod(fen, 10)
    text = f"{_integer(yuan)}元" if yuan else ""
    if not jiao and not fen:
        return f"{text or '零元'}整"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif text:
        text += "零"
    return text + (f"{_DIGITS[fen]}分" if fen else "整")


def _integer(number: int) -> str:
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10000)
        groups.append(group)
    text = ""
    gap = False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += "零"
        text += _four(group) + _GROUPS[place]
        gap = False
    return text


def _four(group: int) -> str:
    text = ""
    gap = False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            if gap and text:
                text += "零"
            text += _DIGITS[digit] + _UNITS[place]
            gap = False
        else:
            gap = bool(text)
    return text
