"""Colours one can read: computed from the tokens themselves, light and dark."""

from pathlib import Path

import pytest

from santai.kernel.web.rules.colour import contrast, palettes

CSS = Path(__file__).resolve().parents[3] / "src/santai/kernel/web/static/kernel_web/css/tokens.css"
PALETTES = palettes(CSS.read_text(encoding="utf-8"))
TEXT_ON = [
    ("ink", "page"), ("ink", "raised"), ("ink", "grey-surface"), ("ink", "highlight"), ("ink", "blue-soft"), ("ink", "amber-soft"),
    ("ink", "green-soft"), ("ink", "seal-soft"), ("grey-text", "page"), ("grey-text", "raised"), ("grey-text", "grey-surface"),
    ("grey-text", "highlight"), ("grey-text", "amber-soft"), ("grey-text", "blue-soft"), ("blue", "page"), ("blue", "raised"),
    ("blue", "grey-surface"), ("blue", "blue-soft"), ("blue-strong", "blue-soft"), ("on-blue", "blue"), ("on-blue", "blue-strong"),
    ("on-bar", "bar"), ("on-bar-quiet", "bar"), ("seal", "page"), ("seal", "raised"), ("seal", "seal-soft"), ("on-seal", "seal"),
    ("amber", "amber-soft"), ("amber", "page"), ("green", "green-soft"), ("green", "page"), ("focus-ink", "focus"),
]  # fmt: skip
EDGES = [("grey-line", "page"), ("grey-line", "raised"), ("grey-line", "grey-surface"), ("blue", "page"), ("emblem", "raised")]


def test_there_is_a_light_palette_and_one_dark_palette_written_twice() -> None:
    light, by_device, by_choice = PALETTES
    assert by_device == by_choice
    assert set(light) == set(by_device)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON, ids=lambda name: str(name))
def test_text_stands_out_at_least_four_and_a_half_to_one(text: str, ground: str, dark: bool) -> None:
    palette = PALETTES[1 if dark else 0]
    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES, ids=lambda name: str(name))
def test_edges_of_controls_stand_out_at_least_three_to_one(edge: str, ground: str, dark: bool) -> None:
    palette = PALETTES[1 if dark else 0]
    assert contrast(palette[edge], palette[ground]) >= 3


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
