"""The demonstration city's bodies and people, for identity's tests."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from santai.kernel.ledger.service import system_actor
from santai.kernel.packs.service import install_pack

AT = datetime(2026, 2, 9, 1, tzinfo=UTC)


@pytest.fixture
def city_pack(tmp_path: Path) -> Path:
    folder = tmp_path / "demo-city"
    shutil.copytree(settings.PACKS_DIR / "demo-city", folder, ignore=shutil.ignore_patterns("registers"))
    manifest = yaml.safe_load((folder / "pack.yaml").read_text(encoding="utf-8"))
    keep = ("regions", "organisations", "posts", "officials", "personas")
    manifest["parts"] = {name: files for name, files in manifest["parts"].items() if name in keep}
    (folder / "pack.yaml").write_text(yaml.safe_dump(manifest, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture
def city(city_pack: Path, db: None) -> None:
    install_pack(city_pack, actor=system_actor("test"), at=AT)
