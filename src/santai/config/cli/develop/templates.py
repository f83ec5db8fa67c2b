"""Template lint: no inline script or style (the content security policy would refuse them anyway), and no logic."""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from santai.config.zones import SOURCE

MOST_CONDITIONS = 2  # and/or in one {% if %}; more belongs into the view's context under a name
CHECKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:json|ld\+json)[\"'])[^>]*>", re.I),
        "内联脚本；放进 static/<label>/*.js (inline script)",
    ),
    (re.compile(r"<style[\s>]", re.I), "内联样式表；放进设计系统 (inline style sheet)"),
    (re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I), "style= 属性；用设计系统的类 (style attribute)"),
    (re.compile(r"<[a-z][^>]*\son[a-z]+\s*=\s*[\"']", re.I), "on…= 事件属性；用脚本文件或 htmx (event attribute)"),
    (re.compile(r"javascript:", re.I), "javascript: 地址 (javascript: address)"),
    (re.compile(r"\bhx-on\b|\bhx-vals\s*=\s*[\"']js:|\bhx-vars\b"), "hx-on、js: 表达式会被安全策略拒绝 (needs eval)"),
    (re.compile(r"\{[{%][^}]*\b(?:objects|filter\(|all\(\)|lambda)\b"), "模板里查询数据；在 queries.py 里取好 (query in a template)"),
    (re.compile(r"\|\s*safe\b"), "|safe；在生成处用 format_html 或清洗 (unescaped)"),
    (re.compile(r"\{%\s*(?:autoescape off)"), "关闭转义 (escaping off)"),
    (re.compile(r"(?:src|href|action)\s*=\s*[\"']https?://(?!\{)", re.I), "外部地址；页面不得依赖外网 (external address)"),
)
_IF = re.compile(r"\{%\s*(?:el)?if\s+([^%]*)%\}")
_COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.S)


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("templates", help="检查模板：无内联脚本样式、无逻辑 · template lint")
    parser.add_argument("folders", nargs="*", type=Path)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    problems = [problem for folder in chosen.folders or [SOURCE] for problem in check_folder(folder)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def check_folder(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.html")):
        if "templates" in path.parts:
            for line, text in check_text(path.read_text()):
                yield f"{path}:{line} {text}"


def check_text(text: str) -> Iterator[tuple[int, str]]:
    """Line and complaint for every breach; comments are not looked at."""
    visible = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    for pattern, complaint in CHECKS:
        for found in pattern.finditer(visible):
            yield visible.count("\n", 0, found.start()) + 1, complaint
    for found in _IF.finditer(visible):
        if len(re.findall(r"\b(?:and|or)\b", found.group(1))) > MOST_CONDITIONS:
            yield visible.count("\n", 0, found.start()) + 1, "条件太长；在视图里起个名字 (logic in a template)"
