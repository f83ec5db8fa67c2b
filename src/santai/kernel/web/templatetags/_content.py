"""What a page tells: task lists, facts, timelines, states, cards, people, threads, tables."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop

from santai.kernel.web.rules import text
from santai.kernel.web.templatetags._filters import local_day
from santai.kernel.web.templatetags._library import pairs, reader, register
from santai.kernel.web.templatetags._page import icon, lang_of

# word → (tone, shape). A state is never told by colour alone.
STATES: dict[str, tuple[str, str]] = {
    gettext_noop("未开始"): ("off", "ring"),
    gettext_noop("进行中"): ("go", "half"),
    gettext_noop("已完成"): ("done", "check"),
    gettext_noop("需更正"): ("wrong", "cross"),
    gettext_noop("暂时不能填写"): ("off", "lock"),
    gettext_noop("草稿"): ("off", "ring"),
    gettext_noop("已提交"): ("go", "dot"),
    gettext_noop("待受理"): ("go", "ring"),
    gettext_noop("已受理"): ("go", "dot"),
    gettext_noop("待补正"): ("warn", "warn"),
    gettext_noop("已补正"): ("go", "dot"),
    gettext_noop("审查中"): ("go", "half"),
    gettext_noop("办理中"): ("go", "half"),
    gettext_noop("已暂停"): ("warn", "pause"),
    gettext_noop("已延期"): ("warn", "clock"),
    gettext_noop("已办结"): ("done", "check"),
    gettext_noop("准予"): ("done", "check"),
    gettext_noop("不予许可"): ("wrong", "cross"),
    gettext_noop("不予受理"): ("wrong", "cross"),
    gettext_noop("已撤回"): ("off", "cross"),
    gettext_noop("已终止"): ("off", "square"),
    gettext_noop("今天到期"): ("warn", "clock"),
    gettext_noop("已超期"): ("wrong", "warn"),
    gettext_noop("有效"): ("done", "check"),
    gettext_noop("已注销"): ("off", "cross"),
    gettext_noop("已撤销"): ("wrong", "cross"),
    gettext_noop("已过期"): ("wrong", "clock"),
    gettext_noop("待签名"): ("warn", "ring"),
    gettext_noop("已签名"): ("done", "check"),
}
TONES = {"go": "dot", "done": "check", "warn": "warn", "wrong": "cross", "off": "ring", "": "dot"}


@register.simple_tag
def state(word: str, tone: str = "", shape: str = "") -> SafeString:
    """A state as colour, shape and word. Known words (STATES) need no ``tone``; others take go, done, warn, wrong or off."""
    known = STATES.get(word, ("", ""))
    tone = tone or known[0]
    return format_html(
        '<span class="badge{}">{}{}</span>',
        f" badge--{tone}" if tone else "",
        icon(shape or known[1] or TONES.get(tone, "dot")),
        gettext(word),
    )


@register.simple_tag
def remaining(clock: Any, href: str = "", days: int | None = None, now: Any = None) -> SafeString:
    """How long there is left, by when, and why: "还剩 3 个工作日，最迟 2026年12月3日（周四）办结"; one click explains it day by day.

    ``clock`` is a ClockState or a contracts.DueDate; ``days`` the working days left where the clock cannot say it itself
    (ClockState.remaining is asked with ``now``).
    """
    if not clock:
        return SafeString("")
    due = text.as_date(getattr(clock, "due_at", None))
    what = getattr(clock, "state", "running")
    at = text.as_date(now) or localtime()
    unit = {
        "working_day": gettext("个工作日"),
        "calendar_day": gettext("天"),
        "hour": gettext("小时"),
        "working_hour": gettext("个工作小时"),
    }.get(getattr(clock, "unit", ""), gettext("天"))
    by = local_day(due)
    by_text = text.day(by, language=reader()) if by else ""
    if by and isinstance(due, datetime) and getattr(clock, "unit", "") in ("hour", "working_hour"):
        by_text = f"{by_text} {localtime(due):%H:%M}"
    if what == "stopped":
        head, tone, shape, tail = gettext("已暂停计时"), "warn", "pause", ""
    elif what == "met":
        head, tone, shape, tail = gettext("按时完成"), "done", "check", ""
    elif what == "void":
        head, tone, shape, tail = gettext("不再计时"), "off", "square", ""
    elif what == "missed" or (isinstance(due, datetime) and isinstance(at, datetime) and due < at):
        head, tone, shape, tail = gettext("已超期"), "wrong", "warn", gettext("应于 %(day)s 前办结") % {"day": by_text}
    else:
        left = days
        ask = getattr(clock, "remaining", None)
        if left is None and callable(ask):
            answer = ask(at)
            left = getattr(answer, "days", answer)
        if left is None and by:
            left, unit = (by - local_day(at)).days, gettext("天")  # type: ignore[operator]
        last = by is not None and by == local_day(at)
        head = gettext("今天到期") if last else gettext("还剩 %(count)s %(unit)s") % {"count": left, "unit": unit}
        tone, shape = ("warn", "clock") if last or (isinstance(left, int) and left <= 1) else ("go", "clock")
        tail = gettext("最迟 %(day)s 办结") % {"day": by_text}
    badge = format_html('<span class="badge badge--{}">{}{}</span>', tone, icon(shape), head)
    why = format_html('<a class="small" href="{}">{}</a>', href, gettext("怎么算的？")) if href else ""
    return format_html('<span class="remaining">{}<span>{}</span>{}</span>', badge, tail, why)


@register.inclusion_tag("kernel_web/tags/task_list.html")
def task_list(tasks: Iterable[Any]) -> dict[str, Any]:
    """Sections of a long form: each with title, href, state (未开始 进行中 已完成 需更正), and optionally hint."""
    return {"tasks": list(tasks)}


@register.inclusion_tag("kernel_web/tags/facts.html")
def facts(rows: Iterable[Any], css: str = "") -> dict[str, Any]:
    """Labels and values: label, value, and optionally href (change), change, origin, changed, old. ``css``: tight, stacked."""
    return {"rows": list(rows), "css": " ".join(f"facts--{part}" for part in css.split())}


@register.inclusion_tag("kernel_web/tags/timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, Any]:
    """Plain sentences: text, at, and optionally by (the office), more, href, tone (done, now, warn, wrong, next)."""
    return {"events": list(events)}


@register.inclusion_tag("kernel_web/tags/people.html")
def people(persons: Iterable[Any]) -> dict[str, Any]:
    """Persons: name, and optionally what (post, role), state, href."""
    return {"persons": list(persons)}


@register.inclusion_tag("kernel_web/tags/thread.html")
def thread(lines: Iterable[Any], mine: str = "") -> dict[str, Any]:
    """A conversation: by, text, at, and optionally organisation, urges (催办), mine; ``mine`` names the reader's side by its ``side``."""
    return {"lines": list(lines), "mine": mine}


@register.inclusion_tag("kernel_web/tags/wall.html")
def card_wall(columns: Iterable[Any]) -> dict[str, Any]:
    """Columns (title, cards); a card has kind (yellow, red), title, text, href, at, answered."""
    return {"columns": list(columns)}


@register.inclusion_tag("kernel_web/tags/empty.html")
def empty(title: str, body: str = "", href: str = "", label: str = "") -> dict[str, Any]:
    """Nothing here yet: what would be here and how to start."""
    return {"title": title, "body": body, "href": href, "label": label}


@register.inclusion_tag("kernel_web/tags/table.html")
def data_table(
    columns: Iterable[Any], rows: Iterable[Any], caption: str = "", dense: bool = False, sortable: bool = True
) -> dict[str, Any]:
    """A table from data: columns (key, label, num), rows as mappings; a cell may be a value or {"text", "href", "state", "sort"}."""
    heads = list(columns)
    lines = []
    for row in rows:
        cells = []
        for head in heads:
            value = row.get(head["key"], "") if isinstance(row, dict) else getattr(row, head["key"], "")
            cell = dict(value) if isinstance(value, dict) else {"text": value}
            cells.append(cell | {"num": head.get("num", False)})
        lines.append({"cells": cells, "due": row.get("due", "") if isinstance(row, dict) else getattr(row, "due", "")})
    return {"columns": heads, "rows": lines, "caption": caption, "dense": dense, "sortable": sortable}


@register.inclusion_tag("kernel_web/tags/qr.html")
def qr(drawing: SafeString | str, caption: str = "") -> dict[str, Any]:
    """A QR block: ``drawing`` is the SVG from kernel.render's ``qr_svg`` (our own, so shown as it is), or the address of an image."""
    return {"drawing": SafeString(drawing), "is_svg": str(drawing).lstrip().startswith("<"), "caption": caption}


@register.inclusion_tag("kernel_web/tags/tiles.html")
def tiles(entries: Iterable[Any]) -> dict[str, Any]:
    """Ways in: title, href, and optionally text, icon."""
    return {"tiles": list(entries)}


@register.inclusion_tag("kernel_web/tags/link_list.html")
def link_list(*parts: Any) -> dict[str, Any]:
    """Links below each other: pairs of title and address, or one list."""
    return {"links": pairs(parts)}


@register.inclusion_tag("kernel_web/tags/identifier.html")
def identifier(value: str, kind: str = "resident-id", reveal: str = "", copy: bool = False) -> dict[str, Any]:
    """An identifier, masked. ``reveal`` is the address that answers with the whole one (and records who asked); ``copy`` adds a button."""
    from santai.kernel.codes.service import mask

    return {"shown": text.grouped(mask(kind, str(value)), kind) if value else "", "reveal": reveal, "copy": copy}


@register.simple_tag
def copy_text(value: str, label: str = "") -> SafeString:
    """A text with a button that copies it (the button appears with scripts only)."""
    return format_html(
        '<span class="copy"><span class="identifier" data-copy-text="{}"{}>{}</span> '
        '<button type="button" class="tool only-js" data-copy="{}">'
        "{}<span>{}</span></button></span>",
        value, lang_of(value), label or text.grouped(value), value, icon("copy"), gettext("复制"),
    )  # fmt: skip
