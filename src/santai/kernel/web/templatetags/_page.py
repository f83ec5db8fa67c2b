"""Parts of the frame: style sheets, icons, buttons, navigation, notices, language."""

import re
from typing import Any

from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from santai.kernel.web.templatetags._library import pairs, reader, register

HAN = re.compile("[\u4e00-\u9fff]")


@register.simple_tag
def stylesheets(*names: str) -> SafeString:
    """Links to ``kernel_web/css/<name>.css``, in the order given; the layers are declared by ``tokens``."""
    return format_html_join("\n  ", '<link rel="stylesheet" href="{}">', ((static(f"kernel_web/css/{name}.css"),) for name in names))


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """A drawing from icons.svg; decorative unless it has a ``label``."""
    where = f"{static('kernel_web/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon {}" role="img" aria-label="{}"><use href="{}"/></svg>', css, label, where)
    return format_html('<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', css, where)


@register.simple_tag
def button(
    label: str, name: str = "", value: str = "", kind: str = "", type: str = "submit", icon_name: str = "", form: str = ""
) -> SafeString:
    """A button; ``kind``: empty (primary), quiet, plain, grave (cannot be undone), with large or small after a space."""
    attributes = format_html_join("", ' {}="{}"', [(k, v) for k, v in (("name", name), ("value", value), ("form", form)) if v])
    drawing = icon(icon_name) if icon_name else ""
    return format_html('<button type="{}" class="{}"{}>{}{}</button>', type, button_class(kind), attributes, drawing, label)


@register.simple_tag
def link_button(label: str, href: str, kind: str = "", icon_name: str = "") -> SafeString:
    """A link that looks like a button: it goes somewhere, it does not do something."""
    drawing = icon(icon_name) if icon_name else ""
    return format_html('<a class="{}" href="{}">{}{}</a>', button_class(kind), href, drawing, label)


def button_class(kind: str) -> str:
    return " ".join(["button", *(f"button--{part}" for part in kind.split())])


@register.inclusion_tag("kernel_web/tags/confirm.html", takes_context=True)
def confirm_button(
    context: Context, label: str, consequence: str, action: str = "", name: str = "", value: str = "", kind: str = "grave", yes: str = ""
) -> dict[str, Any]:
    """An act that cannot be undone: asks once, with its consequence in words. Works without scripts by unfolding.

    With ``action`` it is a form of its own; without, it belongs to the form around it.
    """
    return {
        "label": label, "consequence": consequence, "action": action, "name": name, "value": value, "css": button_class(kind),
        "yes": yes or label, "csrf_token": context.get("csrf_token"),
    }  # fmt: skip


@register.inclusion_tag("kernel_web/tags/notice.html")
def notice(text: str = "", tone: str = "info", title: str = "", role: str = "", big: bool = False, number: str = "") -> dict[str, Any]:
    """A banner. ``tone``: info, done, warn, wrong."""
    icons = {"info": "info", "done": "check", "warn": "warn", "wrong": "cross"}
    return {"text": text, "tone": tone, "title": title, "icon_name": icons.get(tone, "info"), "role": role, "big": big, "number": number}


@register.inclusion_tag("kernel_web/tags/messages.html", takes_context=True)
def messages_banner(context: Context) -> dict[str, Any]:
    """What django.contrib.messages has to say, as notices."""
    tones = {"success": "done", "warning": "warn", "error": "wrong"}
    said = [{"text": str(one), "tone": tones.get(one.level_tag, "info")} for one in context.get("messages") or ()]
    return {"said": said}


@register.inclusion_tag("kernel_web/tags/breadcrumbs.html")
def breadcrumbs(*parts: Any) -> dict[str, Any]:
    """``{% breadcrumbs "办事" "/front/hall/" "居住证" %}``, or one list of ``{"title", "href"}``."""
    return {"links": pairs(parts)}


@register.inclusion_tag("kernel_web/tags/tabs.html")
def tabs(current: str, *parts: Any, label: str = "") -> dict[str, Any]:
    """``{% tabs request.path "全部" "/a/" "即将到期" "/b/" %}``; items of a list may carry ``count``. ``current`` is the address shown."""
    return {"links": pairs(parts), "current": current, "label": label}


@register.inclusion_tag("kernel_web/tags/pager.html")
def pager(previous: str = "", following: str = "", count: str = "") -> dict[str, Any]:
    """Keyset paging: addresses of the page before and after, and a sentence such as 共 1,204 件."""
    return {"previous": previous, "following": following, "count": count}


@register.inclusion_tag("kernel_web/tags/steps.html")
def steps(current: int, *titles: Any) -> dict[str, Any]:
    """Progress through a few steps; ``current`` counts from 1, one more than there are when all is done."""
    names = list(titles[0]) if len(titles) == 1 and not isinstance(titles[0], str) else list(titles)
    states = ("is-done" if i < int(current) else "is-now" if i == int(current) else "" for i in range(1, len(names) + 1))
    return {"steps": [{"title": title, "state": state} for title, state in zip(names, states, strict=True)]}


@register.simple_tag
def lang_zh() -> SafeString:
    """`` lang="zh-Hans"`` on English pages, for names and texts that stay Chinese; nothing on Chinese pages."""
    return mark_safe(' lang="zh-Hans"') if reader() == "en" else SafeString("")


@register.simple_tag
def lang_of(shown: Any) -> SafeString:
    """`` lang="zh-Hans"`` on English pages when ``shown``, which may be in either language, is Chinese."""
    return mark_safe(' lang="zh-Hans"') if reader() == "en" and HAN.search(str(shown)) else SafeString("")


class Untranslated(Node):
    def __init__(self, inside: NodeList, *, note: bool) -> None:
        self.inside, self.note = inside, note

    def render(self, context: Context) -> SafeString:
        body = self.inside.render(context)
        if reader() != "en":
            return body
        note = mark_safe('<p class="untranslated-note" lang="en">Parts of this are available in Chinese only.</p>') if self.note else ""
        return format_html('<div lang="zh-Hans">{}{}</div>', note, body)


@register.tag
def untranslated(parser: Parser, token: Token) -> Untranslated:
    """``{% untranslated %}…{% enduntranslated %}``: Chinese content on an English page gets its ``lang`` and a note.

    ``{% untranslated quiet %}`` leaves the note out, for a part beneath one that already has it.
    """
    words = token.split_contents()
    inside = parser.parse(("enduntranslated",))
    parser.delete_first_token()
    return Untranslated(inside, note="quiet" not in words[1:])
