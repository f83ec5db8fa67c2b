"""A marker names at most three known requirements, and stands on the test that proves them."""

from pathlib import Path

import pytest

from santai.config.cli.develop.matrix import problem_of, read_claims, read_requirements, render
from santai.config.installation import ROOT

KNOWN = {"FD-001": "前台", "FD-002": "门户", "FD-003": "", "FD-004": ""}


def claims_in(folder: Path, text: str):  # type: ignore[no-untyped-def]
    (folder / "tests").mkdir()
    (folder / "tests/test_sample.py").write_text(f"import pytest\n{text}")
    return list(read_claims(folder / "tests"))


def test_every_marker_of_the_suite_is_sound() -> None:
    requirements = read_requirements(ROOT / "docs/requirements.md")
    assert len(requirements) > 600
    assert [f"{claim.test}: {text}" for claim in read_claims(ROOT / "tests") if (text := problem_of(claim, requirements))] == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("@pytest.mark.requirement('FD-001', 'FD-002', 'FD-003', 'FD-004')\ndef test_x(): ...", "too many"),
        ("@pytest.mark.requirement('FD-999')\ndef test_x(): ...", "unknown"),
        ("@pytest.mark.requirement()\ndef test_x(): ...", "no id"),
        ("pytestmark = pytest.mark.requirement('FD-001')", "module-wide"),
        ("IDS = 'FD-001'\n@pytest.mark.requirement(IDS)\ndef test_x(): ...", "literals"),
        ("class TestX:\n    @pytest.mark.requirement('FD-001', why='so')\n    def test_x(self): ...", "part="),
    ],
)
def test_an_unsound_marker_is_named(tmp_path: Path, text: str, word: str) -> None:
    (claim,) = claims_in(tmp_path, text)
    assert word in problem_of(claim, KNOWN)


def test_the_matrix_shows_requirement_part_and_test(tmp_path: Path) -> None:
    (claim,) = claims_in(tmp_path, "class TestX:\n    @pytest.mark.requirement('FD-002', part='搜索')\n    def test_finds(self): ...")
    assert problem_of(claim, KNOWN) == ""
    assert "| FD-002 | 门户 | 搜索 | `tests/test_sample.py::TestX.test_finds` |" in render(KNOWN, [claim])
