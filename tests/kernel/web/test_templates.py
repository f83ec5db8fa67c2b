"""No template of any room carries a style or a script of its own, and every style sheet is this room's or named by its page."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3] / "src/santai"
TEMPLATES = sorted(SOURCE.glob("*/*/templates/**/*.html"))
INLINE = re.compile(
    r"<style\b|\sstyle\s*=\s*[\"']|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/)", re.IGNORECASE
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_template_has_no_inline_style_or_script(path: Path) -> None:
    assert not INLINE.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "wrong", ['<p style="color:red">', "<style>p{}</style>", '<a onclick="x()">', "<script>x</script>", '<a href="javascript:x">']
)
def test_the_pattern_finds_what_the_policy_would_refuse(wrong: str) -> None:
    assert INLINE.search(wrong)


def test_style_sheets_use_no_colour_outside_the_tokens() -> None:
    """Paper and QR codes are black on white by nature; the demonstration bar belongs to no theme."""
    allowed = {"#ffffff", "#000000", "#16191d", "#1d2733", "#f4f6f8", "#9fb0c3", "#cfe2fb"}
    for path in (SOURCE / "kernel/web/static/kernel_web/css").glob("*.css"):
        if path.name != "tokens.css":
            found = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8")))
            assert found <= allowed, path.name


def test_a_public_page_carries_at_most_150_kilobytes() -> None:
    static = SOURCE / "kernel/web/static/kernel_web"
    own = [static / "icons.svg", static / "mark.svg", *(static / "js").glob("*.js")]
    own += [static / f"css/{n}.css" for n in ("tokens", "base", "page", "button", "form", "content", "case", "chart", "dialog", "print")]
    portal = [p for p in (SOURCE / "front/portal/static").rglob("*") if p.is_file()]
    htmx = 38_000  # vendor/htmx.min.js, laid there by set-up
    assert sum(path.stat().st_size for path in own + portal) + htmx <= 150_000
