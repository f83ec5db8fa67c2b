"""The processes themselves: ``web``, ``worker``, ``prepare`` (migrations, rights, packs), ``migrate``, ``shell``, ``manage``."""

import argparse
import contextlib
import json
import logging
import os
import signal
import sys
import threading
from importlib import import_module
from pathlib import Path

from santai.config import database
from santai.config.zones import SOURCE

YIELD = 10  # nice: when the machine is busy, people who wait for a page go before documents that may follow


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    web = subparsers.add_parser("web", help="在前台运行网页服务（供 systemd 使用） · the web server alone, for systemd")
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=int, default=8000)
    web.add_argument("--workers", type=int, default=2)
    web.set_defaults(run=run_web, django=True)

    worker = subparsers.add_parser("worker", help="在前台运行后台进程（供 systemd 使用） · the worker alone, for systemd")
    worker.set_defaults(run=run_worker, django=True)

    migrate = subparsers.add_parser("migrate", help="以所有者身份更新数据库结构和权限 · migrate as the owner, then grant rights")
    migrate.add_argument("--plan", action="store_true", help="只列出将要执行的迁移 · only show what would be done")
    migrate.add_argument("--zone", default="", help="分区运行时的区名 · which zone, when run as zones")
    migrate.set_defaults(run=run_migrate, django=True, owner=True)

    prepare = subparsers.add_parser("prepare")  # no help: called by `santai up`
    prepare.add_argument("--app-url", default=os.environ.get("SANTAI_APP_URL", ""), help=argparse.SUPPRESS)
    prepare.add_argument("--packs", default="", help=argparse.SUPPRESS)
    prepare.add_argument("--personas", default="", help=argparse.SUPPRESS)
    prepare.set_defaults(run=run_prepare, django=True, owner=True)

    password = subparsers.add_parser("password", help="为忘记密码的账号发初始密码，首次登录须修改 · a new first password for an account")
    password.add_argument("login", help="登录名 · login")
    password.add_argument("--zone", default="", help="分区运行时的区名 · which zone, when run as zones")
    password.set_defaults(run=run_password, django=True)

    shell = subparsers.add_parser("shell", help="打开 Django 的 Python 交互界面 · a Python shell inside the installation")
    shell.set_defaults(run=run_shell, django=True)

    manage = subparsers.add_parser("manage", help="执行 Django 管理命令，例如 santai manage showmigrations · any Django command")
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    manage.set_defaults(run=run_manage, django=True, owner=True)


def web_command(*, host: str, port: int, workers: int) -> list[str]:
    """granian serving WSGI; measured against gunicorn and ASGI servers in the design's stack notes."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
        "--blocking-threads", os.environ.get("SANTAI_THREADS", "8"), "--backlog", "1024", "--respawn-failed-workers",
        "--workers-kill-timeout", "15", "--no-ws", "--log-level", "warning", "santai.config.wsgi:application",
    ]  # fmt: skip


def run_web(chosen: argparse.Namespace) -> int:
    command = web_command(host=chosen.host, port=chosen.port, workers=chosen.workers)
    os.execv(command[0], command)


def _yield() -> None:
    os.nice(YIELD)
    with contextlib.suppress(OSError):  # Linux shares the cores between sessions first, and a session has a niceness of its own
        Path("/proc/self/autogroup").write_text(str(YIELD))


def run_worker(chosen: argparse.Namespace) -> int:
    from santai.kernel.jobs import service as jobs

    _yield()
    stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stop.set())
    jobs.run_worker(stop)
    return 0


def run_migrate(chosen: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("migrate", plan=chosen.plan, interactive=False, verbosity=1)
    if not chosen.plan:
        installation, owner = chosen.installation, os.environ["DATABASE_URL"]
        embedded = not installation.external_database
        app = installation.server.url(owner.rsplit("/", 1)[1].split("?")[0], "santai_app") if embedded else installation.external_database
        database.grant_application_rights(owner, app)
    return 0


def run_prepare(chosen: argparse.Namespace) -> int:
    """Bring one database up to date: structure, rights, month partitions, packs; each only when its inputs changed."""
    from django.conf import settings
    from django.core.management import call_command

    owner_url = os.environ["DATABASE_URL"]
    stamps = database.read_stamps(owner_url)
    schema = database.schema_inputs(settings.ZONE)
    if stamps.get("schema") != schema:
        _step("更新数据库结构", "migrating the database")
        call_command("migrate", interactive=False, verbosity=0)
        _ensure_months()
        database.grant_application_rights(owner_url, chosen.app_url)
        database.write_stamp(owner_url, "schema", schema)
    names = [name for name in chosen.packs.split(",") if (settings.PACKS_DIR / name / "pack.yaml").exists()]
    wanted = database.pack_inputs(settings.PACKS_DIR, names)
    if names and stamps.get("packs") != wanted:
        _step(f"安装应用包 {'、'.join(names)}", f"installing packs {', '.join(names)}")
        if not _install_packs(names):
            return 1
        _tell_rooms()
        if settings.DEMO and settings.ZONE == "all":
            _furnish(owner_url, wanted)
        database.grant_application_rights(owner_url, chosen.app_url)
        database.write_stamp(owner_url, "packs", wanted)
    if chosen.personas:
        _write_personas(Path(chosen.personas))
    return 0


def _step(chinese: str, english: str) -> None:
    print(f"{chinese} · {english}", flush=True)


def _ensure_months() -> None:
    from santai.kernel.jobs import service as jobs

    jobs.ensure_partitions()


def _install_packs(names: list[str]) -> bool:
    from django.conf import settings

    from santai.kernel.clocks import service as clocks
    from santai.kernel.ledger.service import system_actor
    from santai.kernel.packs import service as packs

    try:
        packs.install_packs(settings.PACKS_DIR, actor=system_actor("config.cli"), at=clocks.now(), only=tuple(names))
    except packs.PackRefused as refusal:
        print(f"{refusal}\n应用包没有安装，其余数据未改变 · nothing was installed; check with `santai pack check`.", file=sys.stderr)
        return False
    return True


def _tell_rooms() -> None:
    """Rooms that have something of their own to set up after packs changed (sample history and the like)."""
    from django.conf import settings

    for room in settings.ROOMS:
        if (SOURCE / Path(*room.split(".")) / "management/cli.py").exists():
            after = getattr(import_module(f"santai.{room}.management.cli"), "after_packs", None)
            if after is not None:
                after(demo=settings.DEMO)


def _furnish(owner_url: str, packs: str) -> None:
    """A new demonstration city gets some history and remembers itself for `santai demo reset`. Trouble there never hinders the start."""
    from santai.config.demo import service as demo
    from santai.front.hall.service import CaseView

    if CaseView.objects.exists():
        return
    _step("写入演示历史", "writing some history")
    try:
        demo.furnish()
        database.write_stamp(owner_url, "packs", packs)  # the copy must know which packs it belongs to
        demo.keep()
    except Exception:
        logging.getLogger(__name__).exception("the demonstration's history could not be written")


def _write_personas(path: Path) -> None:
    from django.conf import settings

    from santai.kernel.identity import service as identity

    list_personas = getattr(identity, "demo_personas", None)
    rows = [_plain(persona) for persona in list_personas()] if settings.DEMO and list_personas else []
    scratch = path.with_suffix(f".{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch.write_text(json.dumps(rows, ensure_ascii=False, default=str))
    scratch.replace(path)


def _plain(persona: object) -> dict[str, object]:
    from dataclasses import asdict, is_dataclass

    if is_dataclass(persona) and not isinstance(persona, type):
        return asdict(persona)
    return dict(persona) if isinstance(persona, dict) else dict(getattr(persona, "_asdict", lambda: vars(persona))())


def run_password(chosen: argparse.Namespace) -> int:
    """For the administrator who has no second one to ask: whoever may read the city's keys may do this."""
    from santai.kernel.clocks import service as clocks
    from santai.kernel.identity import service as identity
    from santai.kernel.ledger.service import system_actor

    account = identity.find_account(chosen.login)
    if account is None:
        print(f"没有登录名为 {chosen.login} 的账号 · there is no such account", file=sys.stderr)
        return 1
    password = identity.reset_password(
        account=account, why="在服务器上执行 santai password", actor=system_actor("config.cli"), at=clocks.now()
    )
    print(f"{account.name}（{account.login}）的初始密码 · first password: {password}")
    print("只显示这一次，首次登录必须修改 · shown once, to be changed at the first sign-in")
    if not account.is_active:
        print("这个账号已停用，登录前须由系统管理员恢复 · the account is stopped")
    return 0


def run_shell(chosen: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("shell")
    return 0


def run_manage(chosen: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["santai manage", *chosen.rest])
    return 0
