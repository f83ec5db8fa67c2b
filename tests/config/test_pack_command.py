"""``santai pack check`` and ``install`` before an operator: every error with its file and place, and nothing changed."""

import argparse
from pathlib import Path

import pytest

from santai.config.cli import packs as command
from santai.kernel.packs.service import installed_packs

pytestmark = pytest.mark.django_db


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    folder = tmp_path / "wrong"
    folder.mkdir()
    (folder / "pack.yaml").write_text(
        'name: wrong\ntitle: 有错的包\nversion: "1"\nparts:\n  grants: [grants.yaml, missing.yaml]\n  registers: [names.yaml]\n'
    )
    (folder / "grants.yaml").write_text("grants:\n  - {code: one, query: no.such_query, askers: [person], purposes: [预填], basis: 依据}\n")
    (folder / "names.yaml").write_text("register: something\n")
    return folder


@pytest.mark.parametrize("run", [command.run_check, command.run_install], ids=["check", "install"])
def test_lists_every_error_with_file_and_place_and_changes_nothing(run, wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(argparse.Namespace(folders=[wrong], profile="")) == 1
    shown = capsys.readouterr()
    told = shown.out + shown.err
    for file, words in (("pack.yaml", "missing.yaml"), ("grants.yaml", "no.such_query"), ("names.yaml", "应为 names")):
        assert any(file in line and words in line for line in told.splitlines()), (file, told)
    assert "grants[0].query" in told and "第 2 行" in told
    assert not installed_packs().exists()
