"""Each check of ``santai doctor`` with its fault planted: what is wrong is named, and what to do about it."""

import hashlib
import json
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from santai.config import supervisor
from santai.config.cli import build_parser, doctor
from santai.config.installation import Installation
from santai.kernel.clocks import service as clocks
from santai.kernel.jobs import service as jobs


@pytest.fixture
def nothing(tmp_path: Path) -> Installation:
    """An installation that was never started."""
    return Installation(home=tmp_path / "var", given={"DATABASE_URL": "postgresql://santai_app:secret@127.0.0.1:1/santai"})


def here() -> Installation:
    """One whose database is the tests'."""
    return Installation(home=Path(settings.VAR), given={"DATABASE_URL": _url()})


def _url() -> str:
    entry = connection.settings_dict
    return f"postgresql://{entry['USER']}:{entry['PASSWORD']}@/{entry['NAME']}?host={entry['HOST']}"


class TestTheMachine:
    def test_what_python_lacks_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert doctor._python().state == "好"
        monkeypatch.setattr(doctor, "_importable", lambda name: name not in ("typst", "granian"))
        found = doctor._python()
        assert found.state == "故障" and "granian、typst" in found.text and "make run" in found.remedy
        monkeypatch.setattr(doctor.sys, "version_info", (3, 10, 2))
        assert "安装 Python 3.11" in doctor._python().remedy

    def test_a_full_disk_is_a_fault(self, nothing: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(doctor.shutil, "disk_usage", lambda place: SimpleNamespace(free=1024**3))
        found = doctor._disk(nothing)
        assert found.state == "故障" and "1.0 GB" in found.text and "腾出 2 GB" in found.remedy

    def test_assets_that_are_missing_or_changed_are_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(doctor, "ROOT", tmp_path)
        assert {(one.state, one.remedy.split("（")[0]) for one in doctor._assets()} == {("故障", "执行 make assets")}
        for name, content in (("assets", b"script"), ("assets-fonts", b"font")):
            (tmp_path / "var" / name).mkdir(parents=True)
            (tmp_path / "var" / name / "one").write_bytes(content)
            digest = hashlib.sha256(content).hexdigest()
            (tmp_path / "var" / f"{name}.sha256.json").write_text(json.dumps({"files": {"one": digest}}))
        assert {one.state for one in doctor._assets()} == {"好"}
        (tmp_path / "var/assets/one").write_bytes(b"changed")
        (tmp_path / "var/assets-fonts/one").unlink()
        assert [(one.state, one.text) for one in doctor._assets()] == [("故障", "缺少或被改动：one")] * 2

    def test_a_port_that_somebody_else_holds_is_told_with_the_holder(self, nothing: Installation) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            nothing.remember("up", {"port": taken.getsockname()[1]})
            found = doctor._process(nothing)
            assert found.state == "注意" and str(os.getpid()) in found.text and "--port" in found.remedy
        assert "执行 santai up" in doctor._process(nothing).remedy
        nothing.remember("up", {"pid": os.getpid(), "began": supervisor.began(os.getpid()), "address": "http://127.0.0.1:1"})
        assert doctor._process(nothing).state == "好"


class TestTheDatabase:
    def test_one_that_does_not_answer_is_a_fault_when_it_is_the_citys_own(self, nothing: Installation) -> None:
        found = list(doctor.examine(nothing))[-1]
        assert found.what == "数据库 PostgreSQL" and found.state == "故障"
        assert "不应答" in found.text and "检查 DATABASE_URL" in found.remedy and "secret" not in found.text

    def test_the_embedded_one_is_merely_not_started(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)  # for root it would make a folder outside of the temporary one
        found = list(doctor.examine(Installation(home=tmp_path / "var")))[-1]
        assert found.state == "注意" and "执行 santai up" in found.remedy

    def test_one_too_old_is_a_fault(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Old:
            info = SimpleNamespace(server_version=140011, dbname="santai")

            def __enter__(self) -> "Old":
                return self

            def __exit__(self, *_: object) -> None: ...

        monkeypatch.setattr(doctor.psycopg, "connect", lambda url: Old())
        found = list(doctor._database(Installation(home=Path("/nowhere")), "postgresql://x"))
        assert found[0].state == "故障" and "PostgreSQL 15" in found[0].remedy

    @pytest.mark.django_db
    def test_a_role_that_owns_tables_is_warned_of(self) -> None:
        found = {one.what: one for one in doctor._database(here(), _url())}
        assert found["数据库角色"].state == "注意" and "SANTAI_OWNER_URL" in found["数据库角色"].remedy

    @pytest.mark.django_db
    def test_migrations_not_yet_run_are_named(self) -> None:
        assert [one.state for one in doctor._migrations(here())] == ["好"]
        MigrationRecorder(connection).record_unapplied("kernel_identity", "0002_account_must_change_password")
        found = next(iter(doctor._migrations(here())))
        assert found.state == "故障" and "kernel_identity.0002" in found.text and "santai upgrade" in found.remedy


@pytest.mark.django_db
class TestTheApplication:
    def test_packs_that_are_missing_are_named_with_the_command(self) -> None:
        installation = Installation(home=Path("/nowhere"), given={"SANTAI_PACKS_INSTALL": "parks, trees"})
        found = next(iter(doctor._packs(installation)))
        assert found.state == "注意" and found.remedy == "执行 santai pack install parks trees"

    def test_a_silent_worker_is_a_fault_and_a_failing_sweep_a_warning(self) -> None:
        beats = jobs.workers().model.objects
        beats.all().delete()
        assert "没有心跳" in next(iter(doctor._worker(here()))).text
        real = datetime.now(UTC)
        beat = beats.create(worker="a:1:1", zone="all", started_at=real, seen_at=real - timedelta(minutes=5))
        found = next(iter(doctor._worker(here())))
        assert found.state == "故障" and "最后一次" in found.text and "systemctl restart santai-worker" in found.remedy
        beats.filter(pk=beat.pk).update(seen_at=real, troubles={"exchange.bus": {"times": 3, "error": "no route"}})
        found = next(iter(doctor._worker(here())))
        assert found.state == "注意" and "exchange.bus 失败 3 次：no route" in found.text
        beats.filter(pk=beat.pk).update(troubles={})
        assert next(iter(doctor._worker(here()))).state == "好"

    def test_letters_set_aside_are_counted(self) -> None:
        assert next(iter(doctor._dead_letters(here()))).state == "好"
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into exchange_bus_delivery (message_id, published_at, name, origin, destination, lane, state, attempts, waits,"
                " next_attempt_at, error) values (gen_random_uuid(), now(), 'x', 'all', 'front.hall', 'x', 'dead', 5, 0, now(), 'no')"
            )
        found = next(iter(doctor._dead_letters(here())))
        assert found.state == "注意" and "1 条" in found.text and "/exchange/bus/" in found.remedy

    def test_a_year_without_its_holidays_is_warned_of_in_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class December(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> "December":
                return cls(2030, 12, 1, tzinfo=tz)

        monkeypatch.setattr(doctor, "datetime", December)
        monkeypatch.setattr(clocks, "years_loaded", lambda: {2029, 2030})
        found = next(iter(doctor._calendar(here())))
        assert found.state == "注意" and "2031" in found.text and "国务院办公厅通知" in found.remedy
        monkeypatch.setattr(clocks, "years_loaded", lambda: {2029, 2030, 2031})
        assert next(iter(doctor._calendar(here()))).state == "好"

    def test_a_check_that_breaks_hides_no_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(installation: Installation) -> Any:
            raise LookupError("relation does not exist")

        monkeypatch.setattr(doctor, "_packs", broken)
        monkeypatch.setattr("santai.config.cli.enter_django", lambda installation, owner: None)
        found = list(doctor._inside_django(here()))
        assert len(found) >= 5 and any(one.state == "故障" and "relation does not exist" in one.text for one in found)

    def test_an_application_that_cannot_start_is_the_finding(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(installation: Installation, owner: bool) -> None:
            raise ImportError("no module named x")

        monkeypatch.setattr("santai.config.cli.enter_django", broken)
        found = list(doctor._inside_django(here()))
        assert [(one.what, one.state) for one in found] == [("应用", "故障")] and "no module named x" in found[0].text


def test_the_command_prints_each_remedy_and_fails_when_something_is_broken(
    nothing: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = build_parser().parse_args(["doctor"])
    chosen.installation = nothing
    assert doctor.run(chosen) == 1
    said = capsys.readouterr().out
    assert "[故障] 数据库 PostgreSQL" in said and "→ 检查 DATABASE_URL" in said
    chosen = build_parser().parse_args(["doctor", "--json"])
    chosen.installation = nothing
    assert doctor.run(chosen) == 1
    told = json.loads(capsys.readouterr().out)
    assert all(one["remedy"] for one in told if one["state"] != "好")
