"""Contrast by WCAG 2.2 (relative luminance, success criterion 1.4.3)."""

import re


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``."""
    parts = [int(colour.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 (alike) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def palettes(css: str) -> list[dict[str, str]]:
    """The colour tokens of each rule of ``css`` that sets ``--ink``, in order of appearance."""
    found = []
    for body in re.findall(r"\{([^{}]*--ink:[^{}]*)\}", css):
        found.append(dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-fA-F]{6})", body)))
    return found
