"""docs/architecture.md names rooms and files: each must exist, and each layer of the sources must have its place."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src/santai"
LATER = {"exchange/catalogue"}  # named as the place of a later issue


def section(title: str) -> str:
    """The text under a heading, to the next of the same depth."""
    return TEXT.split(f"## {title}", 1)[1].split("\n## ", 1)[0]


def test_every_room_it_names_exists() -> None:
    named = set(re.findall(r"`((?:kernel|exchange|front|back|oversight)/[a-z]+)`", TEXT)) - LATER
    assert named, "the document names rooms"
    assert [room for room in sorted(named) if not (SOURCE / room / "apps.py").exists()] == []


def test_every_file_of_the_main_line_exists() -> None:
    files = set(re.findall(r"`(?:[a-z_/]*/)?([a-z_]+\.py)`", section("The main line, step by step")))
    there = {path.name for path in SOURCE.rglob("*.py")}
    assert len(files) > 15
    assert files - there == set()


@pytest.mark.requirement("FN-001", part="each of the five layers and two systems has its place in the house")
def test_the_five_layers_and_two_systems_have_their_place() -> None:
    drawings = section("Where the sources' drawings stand in the house")
    layers = ["服务渠道层", "应用服务层", "服务支撑层", "政务信息资源层", "基础设施层", "安全体系", "管理体系"]
    for layer in layers:
        (row,) = [line for line in drawings.splitlines() if line.startswith(f"| {layer}")]
        assert re.search(r"`(kernel|exchange|front|back|oversight|config)", row), f"{layer} names no room"


@pytest.mark.requirement("FN-005", part="the system platform is named room by room")
@pytest.mark.requirement("FN-006", part="the application support platform is named room by room")
def test_the_two_platforms_are_named_room_by_room() -> None:
    drawings = section("Where the sources' drawings stand in the house")
    for number in ("FN-005", "FN-006"):
        paragraph = drawings.split(f"**{number}", 1)[1].split("**FN-", 1)[0]
        assert len(re.findall(r"`[a-z/]+`", paragraph)) >= 4
