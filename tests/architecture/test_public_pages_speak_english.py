"""What the public reads is there in English: every text marked for translation has one, and no public template holds bare Chinese."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

from santai.kernel.web.rules.catalogue import parse_po

SOURCE = Path(__file__).resolve().parents[2] / "src/santai"
PUBLIC = ("front", "kernel/web", "kernel/identity", "kernel/orgs", "kernel/clocks", "kernel/forms", "kernel/files", "kernel/access",
          "exchange/licences")  # fmt: skip
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
STRING = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
IN_TEMPLATE = re.compile(rf"(?:\b_|gettext)\(({STRING})(?:,\s*({STRING}))?")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# what an English reader does not read as the interface's own words
MARKED = re.compile(
    r"\{#.*?#\}|\{% (?:state|if|elif) [^%]*%\}|\{% comment %\}.*?\{% endcomment %\}"
    r"|\{% blocktrans.*?\{% endblocktrans(?:late)? %\}|\{% trans(?:late)?\b.*?%\}|\{% untranslated %\}.*?\{% enduntranslated %\}"
    r"|<(\w+)[^>]*(?:lang=\"zh|\{% lang_zh %\})[^>]*>.*?</\1>|<!--.*?-->|_\(\"[^\"]*\"\)|_\('[^']*'\)",
    re.DOTALL,
)
WORKBENCH = re.compile(
    r"extends \"kernel_web/(?:workbench|panes|print)\.html\"|extends \"[a-z_]+/(?:sheet|print)\.html\""
    r"|extends \"front_counter/frame\.html\""  # the clerk's pages at the window
)


@cache
def catalogue() -> dict[str, str]:
    known: dict[str, str] = {}
    for path in sorted(SOURCE.glob("*/*/locale/en/LC_MESSAGES/django.po")):
        known |= {key: text for key, text in parse_po(path.read_text(encoding="utf-8")).items() if text.strip("\0")}
    return known


def texts(path: Path) -> set[str]:
    """Every text the file marks for translation, as the catalogue keys it: ``one\\0many`` where there is a plural."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return {"\0".join(ast.literal_eval(one) for one in found if one) for found in IN_TEMPLATE.findall(templatize(source))}
    return {_key(call) for call in ast.walk(ast.parse(source)) if isinstance(call, ast.Call)} - {""}


def _key(call: ast.Call) -> str:
    name = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
    if name not in CALLS:
        return ""
    said = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return "\4".join(said[:2]) if name.startswith("p") else "\0".join(said[: 1 + name.startswith("n")])


def files(pattern: str) -> list[Path]:
    found = [path for room in PUBLIC for path in sorted((SOURCE / room).rglob(pattern))]
    return [path for path in found if "migrations" not in path.parts and "design" not in path.name]


@pytest.mark.parametrize("room", PUBLIC)
def test_every_text_marked_for_translation_has_its_english(room: str) -> None:
    missing = {
        text: path.relative_to(SOURCE)
        for kind in ("*.html", "*.py")
        for path in files(kind)
        if path.is_relative_to(SOURCE / room)
        for text in texts(path)
        if CHINESE.search(text) and text not in catalogue()
    }
    assert not missing, "\n".join(f"{path}: {text!r}" for text, path in missing.items())


def test_public_templates_hold_no_chinese_outside_translation() -> None:
    bare = []
    for path in files("*.html"):
        source = path.read_text(encoding="utf-8")
        if WORKBENCH.search(source) or path.name in OFFICIAL:
            continue
        for line in MARKED.sub("", source).splitlines():
            if words := CHINESE.findall(line):
                bare.append(f"{path.relative_to(SOURCE)}: {' '.join(words)[:100]}")
    assert not bare, "\n".join(bare)


# parts of the workbench, which speaks Chinese; the language's own name; the pages of a broken site, which hold both languages
OFFICIAL = {
    "workbench_head.html",
    "keys.html",
    "_post_dates.html",
    "_why.html",
    "counter_pad.html",
    "counter_person.html",
    "counter_ways.html",
    "masthead.html",
    "400.html",
    "403_csrf.html",
    "500.html",
}
