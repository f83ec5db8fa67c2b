"""The ground of a fresh machine: what it lacks is named exactly, and ``make help`` tells every command."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from santai.config.cli import ground
from santai.config.postgres import LONGEST_SOCKET, SOCKET, Server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose path holds nothing but Python."""
    (tmp_path / "python3").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_the_system_tests_want_the_programs_of_debians_postgresql_and_no_server_of_its_own(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ground, "DEBIAN_POSTGRESQL", tmp_path / "postgresql")
    monkeypatch.setattr(ground, "NO_CLUSTER", tmp_path / "etc" / "santai.conf")
    assert "postgresql" in ground.needed_packages(dev=True, system=True)
    assert "postgresql" not in ground.needed_packages(dev=True)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", lambda command, **_: None)
    ground.install_packages(dev=False, system=True)
    assert ground.NO_CLUSTER.read_text() == "create_main_cluster = false\n"
    (tmp_path / "postgresql/15/bin").mkdir(parents=True)
    (tmp_path / "postgresql/15/bin/postgres").touch()
    assert "postgresql" not in ground.needed_packages(dev=True, system=True)


@pytest.mark.parametrize("dev", [False, True])
def test_missing_packages_are_those_the_machine_lacks_and_no_others(bare: Path, dev: bool) -> None:
    names = ground.needed_packages(dev=dev)
    assert {"nodejs", "npm"} <= set(names)
    assert ("chromium" in names) is ("git" in names) is dev
    for name in ("node", "npm"):
        (bare / name).write_text("#!/bin/sh\n")
        (bare / name).chmod(0o755)
    assert not {"nodejs", "npm"} & set(ground.needed_packages(dev=dev))


def test_an_ordinary_user_is_told_the_command_for_the_administrator_and_nothing_is_touched(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(sys, "argv", ["ground.py"])
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("something was started"))
    assert ground.main() == 1
    said = capsys.readouterr()
    assert "apt-get install -y nodejs npm\n" in said.err and "请管理员执行" in said.err and said.out == ""


def test_root_installs_exactly_what_is_missing(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(subprocess, "run", lambda command, **_: asked.append(command))
    ground.install_packages(dev=False)
    assert asked[-1][:3] == ["apt-get", "install", "-y"] and asked[-1][-2:] == ["nodejs", "npm"]


def test_a_command_that_fails_is_named_with_its_status(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(**_: Any) -> None:
        raise subprocess.CalledProcessError(7, ["npm", "ci"])

    monkeypatch.setattr(ground, "install_packages", fails)
    monkeypatch.setattr(sys, "argv", ["ground.py"])
    assert ground.main() == 1
    assert "npm ci" in (said := capsys.readouterr().err) and "7" in said and "重新执行" in said


def test_make_help_lists_every_target_a_person_calls() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    listed = subprocess.run(["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert targets - set(re.findall(r"make ([a-z-]+)", listed)) == {"ground-dev"}, "the others' own first step"
    named = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.M)[0].split())
    assert named == targets
    for document in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/operations.md"):
        used = set(re.findall(r"(?:`|^)make ([a-z-]+)", (ROOT / document).read_text(), re.M))
        assert used <= targets, document


def test_a_server_in_a_deep_folder_has_its_socket_where_the_kernel_can_name_it(tmp_path: Path) -> None:
    near = Server(home=Path("/srv/city/var/postgres"), binaries=tmp_path, user=None)
    assert near.socket_dir == near.home / "run"
    deep = Path("/srv") / "/".join(["很深的文件夹"] * 8) / "postgres"
    for user in (None, "santai"):
        found = Server(home=deep, binaries=tmp_path, user=user).socket_dir
        assert len(os.fsencode(found / SOCKET)) <= LONGEST_SOCKET or user, found
        assert found != Server(home=deep / "other", binaries=tmp_path, user=user).socket_dir


def test_what_a_machine_that_lost_its_power_left_behind_does_not_hinder_the_next_start(tmp_path: Path) -> None:
    server = Server(home=tmp_path, binaries=tmp_path, user=None)
    server.data.mkdir()
    server.socket_dir.mkdir()
    left = (server.data / "postmaster.pid", server.socket_dir / f"{SOCKET}.lock")
    for path in left:
        path.write_text(f"{os.getpid()}\n{server.data}\n")  # a stranger has the number now
    server._drop_stale_pid()
    assert not any(path.exists() for path in left)
