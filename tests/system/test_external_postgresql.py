"""``DATABASE_URL``: a PostgreSQL of the city's own (here Debian's, started by the test) instead of the embedded one."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from santai.config import supervisor
from tests.support.commanded_city import City

pytestmark = pytest.mark.system
FOUND = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))


@dataclass
class Debians:
    """A server on the loopback address with the two roles of docs/operations.md."""

    port: int
    process: "subprocess.Popen[bytes]"

    def url(self, role: str, database: str = "santai") -> str:
        return f"postgresql://{role}:secret@127.0.0.1:{self.port}/{database}"


@pytest.fixture(scope="module")
def server() -> Iterator[Debians]:
    if not FOUND:
        pytest.fail("PostgreSQL of the distribution is missing: make system installs it for root; otherwise apt-get install postgresql-15")
    home = Path(tempfile.mkdtemp(prefix="santai-debian-"))
    user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    if user:
        os.chown(home, pwd.getpwnam("nobody").pw_uid, -1)
    binaries, port = FOUND[-1].parent, supervisor.next_free_port("127.0.0.1", 15432)
    (home / "password").write_text("secret")
    plain = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    init = ["-D", str(home / "data"), "-U", "postgres", "--auth=scram-sha-256", "--pwfile", str(home / "password"), "--locale=C.UTF-8"]
    subprocess.run([binaries / "initdb", *init, "--no-sync"], check=True, capture_output=True, env=plain, **user)  # type: ignore[call-overload]
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={home}", "-p", str(port), "-c", "fsync=off"]
    process = subprocess.Popen(
        [binaries / "postgres", "-D", home / "data", *options], env=plain, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **user
    )  # type: ignore[call-overload]
    found = Debians(port, process)
    try:
        until = time.monotonic() + 30
        while True:
            try:
                with psycopg.connect(found.url("postgres", "postgres"), autocommit=True) as db:
                    for role in ("santai_owner", "santai_app"):
                        db.execute(f"create role {role} login password 'secret'")
                break
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
        yield found
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def city(server: Debians, tmp_path: Path) -> Iterator[City]:
    """The demonstration city on an empty database of that server."""
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as db:
        db.execute("drop database if exists santai with (force)")
        db.execute("create database santai owner santai_owner encoding 'UTF8' locale 'C.UTF-8' template template0")
    city = City(tmp_path / "var", DATABASE_URL=server.url("santai_app"), SANTAI_OWNER_URL=server.url("santai_owner"))
    yield city
    if city.process is not None and city.process.poll() is None:
        city.end(signal.SIGTERM)


def test_everything_runs_on_it_as_a_role_that_owns_nothing_and_stopping_leaves_it_running(city: City, server: Debians) -> None:
    _, said = city.up()
    assert "使用外部数据库 PostgreSQL" in said and "数据库已启动" not in said
    assert city.ask("/healthz") == 200 and city.ask("/kernel/identity/sign-in/") == 200
    assert not (city.home / "postgres").exists(), "no embedded server was made"
    with psycopg.connect(server.url("santai_app"), autocommit=True) as db:
        assert db.execute("select count(*) from pg_class where relowner = 'santai_app'::regrole").fetchone() == (0,)
        assert db.execute("select count(*) > 100 from kernel_identity_account").fetchone() == (True,)
        for forbidden in ("update kernel_ledger_entry set why = ''", "delete from kernel_ledger_entry", "create table mine (a int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(forbidden)
        serving = {
            row[0]
            for row in db.execute("select distinct usename from pg_stat_activity where datname = 'santai' and pid <> pg_backend_pid()")
        }
        assert serving == {"santai_app"}, "web and worker"
    told = {one["what"]: one["state"] for one in json.loads(city.run("doctor", "--json").stdout)}
    assert "故障" not in told.values() and "数据库角色" not in told, told
    assert city.end(signal.SIGINT) == 0
    assert server.process.poll() is None
    with psycopg.connect(server.url("santai_app")) as db:
        accounts = db.execute("select count(*) from kernel_identity_account").fetchone()
    _, said = city.up()
    assert "更新数据库结构" not in said and "安装应用包" not in said, "the second start repeats nothing"
    with psycopg.connect(server.url("santai_app")) as db:
        assert db.execute("select count(*) from kernel_identity_account").fetchone() == accounts
    assert city.end(signal.SIGTERM) == 0


def test_a_backup_goes_into_an_empty_database_and_never_over_a_full_one(city: City, server: Debians, tmp_path: Path) -> None:
    assert city.run("up", "--prepare-only").returncode == 0
    archive = tmp_path / "city.tar"
    done = city.run("backup", "--to", str(archive))
    assert done.returncode == 0, done.stderr
    for force in ((), ("--force",)):
        refused = city.run("restore", *force, str(archive))
        assert refused.returncode == 1 and ("空库" in refused.stderr or "--force" in refused.stderr)
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as db:
        counted = "select count(*) from kernel_identity_account"
        with psycopg.connect(server.url("santai_owner")) as own:
            accounts = own.execute(counted).fetchone()
        db.execute("drop database if exists santai with (force)")
        db.execute("create database santai owner santai_owner encoding 'UTF8' locale 'C.UTF-8' template template0")
    done = city.run("restore", "--force", str(archive))
    assert done.returncode == 0, done.stderr
    with psycopg.connect(server.url("santai_app"), autocommit=True) as app:
        assert app.execute(counted).fetchone() == accounts
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("delete from kernel_ledger_entry")


def test_one_role_for_everything_works_and_doctor_warns(city: City, server: Debians) -> None:
    alone = City(city.home, DATABASE_URL=server.url("santai_owner"))
    assert alone.run("up", "--prepare-only").returncode == 0
    told = {one["what"]: one for one in json.loads(alone.run("doctor", "--json").stdout)}
    assert told["数据库角色"]["state"] == "注意" and "SANTAI_OWNER_URL" in told["数据库角色"]["remedy"]


@pytest.mark.parametrize("wrong", ["127.0.0.1:1", "password"])
def test_a_server_that_does_not_answer_is_said_with_what_to_do(city: City, server: Debians, wrong: str) -> None:
    url = (
        server.url("santai_app").replace(f"127.0.0.1:{server.port}", wrong)
        if ":" in wrong
        else server.url("santai_app").replace("secret", "x")
    )
    lost = City(city.home, DATABASE_URL=url)
    done = lost.run("up", "--prepare-only")
    assert done.returncode == 1 and "DATABASE_URL 指向的数据库不应答" in done.stderr and "Traceback" not in done.stderr
    doctor = lost.run("doctor")
    assert doctor.returncode == 1 and "检查 DATABASE_URL" in doctor.stdout and "secret" not in doctor.stdout
