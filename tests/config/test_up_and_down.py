"""The real ``santai`` command: start, start again, kill -9, start again, three zones, backup and restore. Run by ``make system``."""

import contextlib
import os
import re
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.support.commanded_city import READY, City

pytestmark = pytest.mark.system


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    city = City(tmp_path / "var")
    yield city
    city.remove()


def test_a_second_start_repeats_nothing_and_keeps_data(city: City) -> None:
    city.up()
    assert city.ask("/healthz") == 200
    with psycopg.connect(city.server.url()) as db:
        accounts = db.execute("select count(*) from kernel_identity_account").fetchone()
    assert city.end(signal.SIGINT) == 0
    assert city.gone()
    _, said = city.up()  # how long it takes is measured, not asserted: only the two servers are left to start
    for work in ("更新数据库结构", "安装应用包", "写入演示历史", "收集静态文件"):
        assert work not in said, said
    with psycopg.connect(city.server.url()) as db:
        assert db.execute("select count(*) from kernel_identity_account").fetchone() == accounts
    assert city.end(signal.SIGTERM) == 0
    assert city.gone()


def test_a_killed_start_leaves_nothing_that_hinders_the_next(city: City) -> None:
    city.up()
    assert city.end(signal.SIGKILL) == -signal.SIGKILL
    assert city.server.answers()  # the database survives and is adopted
    _, said = city.up()
    assert "接管仍在运行的数据库" in said
    assert city.ask("/healthz") == 200
    assert len(city.children) == 2


def test_killed_web_worker_and_database_are_started_again(city: City) -> None:
    city.up()
    before = {str(child["name"]): int(str(child["pid"])) for child in city.children}
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + READY
    back = False
    while not back and time.monotonic() < until:
        with contextlib.suppress(urllib.error.URLError, OSError):
            now = {str(child["name"]): int(str(child["pid"])) for child in city.children}
            back = now.keys() == before.keys() and not set(now.values()) & set(before.values()) and city.ask("/healthz") == 200
    assert back
    city.server.kill()  # looked after every three seconds; a killed postmaster is this command's own child, and must be buried first
    until, back = time.monotonic() + 60, False
    while not back and time.monotonic() < until:
        with contextlib.suppress(urllib.error.URLError, OSError):
            back = city.server.answers() and city.ask("/healthz") == 200
    assert back
    assert city.process is not None and city.process.poll() is None, "the command does not end with its database"
    assert city.end(signal.SIGINT) == 0
    assert city.gone()


def test_a_taken_port_is_named_with_the_next_free_one(city: City) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", city.port))
        taken.listen()
        done = city.run("up", "--port", str(city.port))
    assert done.returncode == 1
    assert f"端口 {city.port} 已被占用" in done.stderr
    assert re.search(r"--port \d+", done.stderr)


def test_the_application_may_only_append_to_the_ledger_and_owns_nothing(city: City) -> None:
    assert city.run("up", "--prepare-only", "--port", str(city.port)).returncode == 0
    city.server.start()
    with psycopg.connect(city.server.url(role="santai_app"), autocommit=True) as db:
        assert db.execute("select count(*) from pg_class where relowner = 'santai_app'::regrole").fetchone() == (0,)
        assert db.execute("select count(*) > 0 from kernel_ledger_entry").fetchone() == (True,)
        for forbidden in ("update kernel_ledger_entry set why = ''", "delete from kernel_ledger_entry", "truncate kernel_ledger_entry",
                          "drop table kernel_ledger_entry", "create table mine (a int)"):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(forbidden)
        partitions = "select inhrelid::regclass::text from pg_inherits where inhparent = 'kernel_ledger_entry'::regclass limit 1"
        partition = db.execute(partitions).fetchone()
        assert partition is not None
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(f"delete from {partition[0]}")


def test_three_zones_answer_on_three_databases(city: City) -> None:
    city.up("--zones")
    for step in (0, 100, 200):
        assert city.ask("/healthz", city.port + step) == 200
    assert len(city.children) == 6
    with psycopg.connect(city.server.url("postgres")) as db:
        names = {row[0] for row in db.execute("select datname from pg_database where datname like 'santai\\_%'")}
    assert names >= {"santai_front", "santai_exchange", "santai_back"}


def test_a_backup_restores_into_an_empty_city_and_never_over_a_full_one(city: City, tmp_path: Path) -> None:
    assert city.run("up", "--prepare-only", "--port", str(city.port)).returncode == 0
    (city.home / "files").mkdir(exist_ok=True)
    (city.home / "files" / "paper").write_bytes(b"content")
    archive = tmp_path / "city.tar"
    done = city.run("backup", "--to", str(archive))
    assert done.returncode == 0, done.stderr
    refused = city.run("restore", str(archive))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    damaged = tmp_path / "damaged.tar"
    content = bytearray(archive.read_bytes())
    content[content.index(b"PGDMP") + 4000] ^= 1
    damaged.write_bytes(content)
    assert city.run("restore", "--check", str(damaged)).returncode == 1
    (city.home / "files" / "paper").write_bytes(b"changed")
    done = city.run("restore", "--force", str(archive))
    assert done.returncode == 0, done.stderr
    assert (city.home / "files" / "paper").read_bytes() == b"content"
    _, said = city.up()
    assert "更新数据库结构" not in said  # the stamps came back with the database
    assert city.ask("/healthz") == 200
