"""A city made by ``santai init``, from its first minute to another machine: administrator, accounts, backup, restore, upgrade, way back."""

import hashlib
import json
import os
import re
import signal
import stat
import subprocess
import time
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.support.commanded_city import City, Visitor

pytestmark = pytest.mark.system
ROOT = Path(__file__).resolve().parents[2]
OWN = "my-own-pass-77"
OFFICIAL = {
    "organisation": "head-office", "name": "安全员甲", "code_kind": "resident-id", "code": "110105199003078510", "phone": "13800138001",
    "login": "security", "post": "security-admin", "valid_to": "",
}  # fmt: skip


def make(home: Path, **settings: str) -> tuple[City, str]:
    """``santai init`` with every answer on the command line; the city and all it said."""
    city = City(home / "var", city=home, **settings)
    done = city.run(
        "init", str(home), "--address", f"http://127.0.0.1:{city.port}", "--region", "310115", "--region-name", "示例区",
        "--body", "示例区数据局", "--admin-name", "王管理", "--admin-id", "11010519491231002X", "--admin-phone", "13800138000",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return city, done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[City, str]]:
    city, said = make(tmp_path_factory.mktemp("production") / "city")
    yield city, said
    city.remove()


def counts(city: City) -> dict[str, int]:
    """Rows of every table of the city's database."""
    with psycopg.connect(city.server.url()) as db:
        tables = [row[0] for row in db.execute("select relname from pg_stat_user_tables where schemaname = 'public' order by 1")]
        return {table: db.execute(f'select count(*) from "{table}"').fetchone()[0] for table in tables}  # type: ignore[index]


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def handed(text: str) -> str:
    found = re.search(r"(?:password: |notice__number\">)([a-z2-9-]{19})", text)
    assert found is not None, text[-3000:]
    return found.group(1)


def test_the_first_administrator_signs_in_changes_the_password_and_keeps_accounts(made: tuple[City, str]) -> None:
    city, said = made
    assert city.city is not None
    settings = (city.city / "santai.env").read_text()
    secrets = re.findall(r"^SANTAI_(?:SECRET|LINK)_KEY=(.{40,})$", settings, re.M)
    assert len(set(secrets)) == 2 and stat.S_IMODE((city.city / "santai.env").stat().st_mode) == 0o600
    examples = {path.name: path.read_text() for path in (city.city / "examples").iterdir()}
    assert set(examples) == {"santai.service", "santai-web.service", "santai-worker.service", "nginx.conf", "Caddyfile"}
    assert all(f"--city {city.city}" in text and "User=" in text for name, text in examples.items() if name.endswith(".service"))
    _, welcome = city.up()
    assert "示范账号" not in welcome and "santai-demo" not in welcome
    with psycopg.connect(city.server.url()) as db:
        assert db.execute("select login, sample, must_change_password from kernel_identity_account").fetchall() == [("admin", False, True)]
    base = f"http://127.0.0.1:{city.port}"
    admin = Visitor(base)
    assert "演示身份" not in admin.get("/kernel/identity/sign-in/")
    first = handed(said)
    admin.post("/kernel/identity/sign-in/", login="admin", password=first)
    assert admin.at == "/kernel/identity/password/"
    admin.get("/kernel/identity/accounts/")
    assert admin.at == "/kernel/identity/password/", "nothing else opens before the change"
    admin.post("/kernel/identity/password/", current=first, password=OWN, repeat=OWN)
    page = admin.get("/kernel/web/workbench/")
    assert admin.at == "/kernel/identity/accounts/" and "王管理" in page, page[:2000]
    page = admin.get("/kernel/identity/accounts/new/?organisation=head-office")
    assert "安全管理员" in page and "审计管理员" in page
    today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))
    page = admin.post("/kernel/identity/accounts/new/", **OFFICIAL, valid_from=today)
    official = Visitor(base)
    official.post("/kernel/identity/sign-in/", login="security", password=handed(page))
    official.post("/kernel/identity/password/", current=handed(page), password=OWN, repeat=OWN)
    assert "安全管理员" in official.get("/kernel/access/mine/")
    refused = official.get("/kernel/identity/accounts/")
    assert official.at == "403" and "系统管理员" in refused
    account = re.search(r"accounts/([0-9a-f-]{36})/disable/", page)
    assert account is not None
    admin.post(f"/kernel/identity/accounts/{account.group(1)}/disable/", why="试用结束")
    official.get("/kernel/access/mine/")
    assert official.at == "/kernel/identity/sign-in/", "the session ended"
    page = official.post("/kernel/identity/sign-in/", login="security", password=OWN)
    assert "登录名或密码不正确" in page
    healthy = city.run("doctor", "--json")
    assert {one["what"] for one in json.loads(healthy.stdout) if one["state"] == "故障"} == set(), healthy.stdout
    assert city.run("upgrade").returncode == 1 and "正在运行" in city.run("upgrade").stderr
    assert city.end(signal.SIGINT) == 0


def test_a_backup_rebuilds_the_city_in_an_empty_folder_with_the_same_rows_and_files(made: tuple[City, str], tmp_path: Path) -> None:
    city, _ = made
    assert city.city is not None
    (city.home / "files" / "ab").mkdir(parents=True, exist_ok=True)
    (city.home / "files" / "ab" / "paper").write_bytes(os.urandom(70_000))
    archive = tmp_path / "city.tar"
    done = city.run("backup", "--to", str(archive))
    assert done.returncode == 0, done.stderr
    other = City(tmp_path / "elsewhere" / "var", city=tmp_path / "elsewhere")
    full = City(city.home).run("restore", str(archive), "--into", str(city.city))
    assert full.returncode == 1 and "已有内容" in full.stderr
    rebuilt = City(tmp_path / "unused").run("restore", str(archive), "--into", str(other.city))
    try:
        assert rebuilt.returncode == 0, rebuilt.stderr
        city.server.start()
        other.server.start()
        assert counts(other) == counts(city) and len(counts(other)) > 60
        city.server.stop()
        other.server.stop()
        for name in ("files", "secrets"):
            assert digests(other.home / name) == digests(city.home / name) != ({} if name == "files" else None), name
        assert other.city is not None and digests(other.city / "packs") == digests(city.city / "packs") != {}
        settings = (other.city / "santai.env").read_text()
        assert str(city.city) not in settings and f"SANTAI_VAR={other.home}" in settings
        _, said = other.up()
        assert "更新数据库结构" not in said and "安装应用包" not in said
        admin = Visitor(f"http://127.0.0.1:{other.port}")
        admin.post("/kernel/identity/sign-in/", login="admin", password=OWN)
        assert "安全员甲" in admin.get("/kernel/identity/accounts/")
    finally:
        other.remove()


def test_an_upgrade_that_fails_in_the_middle_is_taken_back_by_the_way_it_prints(made: tuple[City, str]) -> None:
    city, _ = made
    city.server.start()
    before = counts(city)
    new = {"DJANGO_SETTINGS_MODULE": "tests.support.planted_upgrade.settings", "PYTHONPATH": str(ROOT)}
    plan = city.run("upgrade", "--plan", **new)
    assert plan.returncode == 0, plan.stderr
    assert "planted_upgrade.0001_changes_what_is_there" in plan.stdout
    assert "planted_upgrade.0002_fails_in_the_middle（不可逆" in plan.stdout and "2 个迁移" in plan.stdout
    assert counts(city) == before, "looking changes nothing"
    done = city.run("upgrade", **new)
    assert done.returncode == 1 and "迁移失败" in done.stderr, done.stdout + done.stderr
    with psycopg.connect(city.server.url()) as db:
        assert db.execute("select count(*) from planted_upgrade").fetchone() == (0,), "the first passed, the second took nothing"
        assert db.execute("select distinct name from kernel_identity_account").fetchall() == [("lost in the upgrade",)]
    way_back = re.search(r"santai (restore --force \S+\.tar)", done.stderr)
    assert way_back is not None, done.stderr
    back = city.run(*way_back.group(1).split())
    assert back.returncode == 0, back.stderr
    assert counts(city) == before
    city.server.stop()
    _, said = city.up()
    assert "更新数据库结构" not in said
    admin = Visitor(f"http://127.0.0.1:{city.port}")
    admin.post("/kernel/identity/sign-in/", login="admin", password=OWN)
    assert "王管理" in admin.get("/kernel/identity/accounts/"), "and the data are those from before"
    assert city.end(signal.SIGTERM) == 0


def test_an_administrator_who_lost_the_password_gets_a_new_first_one_on_the_machine(made: tuple[City, str]) -> None:
    city, _ = made
    assert city.run("password", "admin").returncode == 1, "the database does not run"
    city.up()
    unknown = city.run("password", "nobody")
    assert unknown.returncode == 1 and "没有登录名为 nobody" in unknown.stderr
    done = city.run("password", "admin")
    admin = Visitor(f"http://127.0.0.1:{city.port}")
    admin.post("/kernel/identity/sign-in/", login="admin", password=OWN)
    assert admin.at == "422"
    admin.post("/kernel/identity/sign-in/", login="admin", password=handed(done.stdout))
    assert admin.at == "/kernel/identity/password/"
    assert city.end(signal.SIGINT) == 0


def test_the_web_process_of_systemd_answers_to_the_citys_public_name_and_to_no_other(made: tuple[City, str]) -> None:
    city, _ = made
    assert city.city is not None
    path = city.city / "santai.env"
    kept = path.read_text()
    public = kept.replace(f"SANTAI_ADDRESS=http://127.0.0.1:{city.port}", "SANTAI_ADDRESS=https://zwfw.example.gov.cn")
    path.write_text(public.replace("SANTAI_HOSTS=", "SANTAI_HOSTS=zwfw.example.gov.cn,"))
    city.server.start()
    web = subprocess.Popen(city.command("web", "--port", str(city.port)), env=city.environment, start_new_session=True)
    try:
        until = time.monotonic() + 60
        answer = 0
        while answer == 0 and time.monotonic() < until and web.poll() is None:
            try:
                answer = city.ask("/kernel/identity/sign-in/", Host="zwfw.example.gov.cn")
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        assert answer == 200
        assert city.ask("/kernel/identity/sign-in/", Host="elsewhere.example") == 400
    finally:
        web.terminate()
        web.wait(timeout=30)
        city.server.stop()
        path.write_text(kept)
