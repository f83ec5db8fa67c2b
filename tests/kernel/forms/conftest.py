"""The joint item's form and the demonstration firm."""

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from santai.kernel.codes.service import register_region_source
from santai.kernel.forms.service import Form, compile_form, dated

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 2, 9)
SAMPLE_DIVISIONS = frozenset({"189901", "189902", "189903", "189904"})


@pytest.fixture(scope="session")
def enterprise() -> Form:
    return compile_form(yaml.safe_load((ROOT / "packs/enterprise-start/forms/enterprise-start.yaml").read_text()))


@pytest.fixture
def firm() -> dict[str, Any]:
    raw = yaml.safe_load((ROOT / "packs/enterprise-start/sample.yaml").read_text())
    return copy.deepcopy(dated(raw["data"], TODAY))


@pytest.fixture(autouse=True, scope="session")
def _sample_divisions() -> None:
    """The sample city's divisions are assigned nowhere; in the platform the installed regions make them known."""
    register_region_source(lambda code: code in SAMPLE_DIVISIONS or (code.endswith("0000") and code[:2] == "18"))
