"""``santai upgrade``: look first, back up, migrate, and say the way back."""

import argparse
import subprocess
import sys
from io import StringIO
from pathlib import Path

from santai.config import database, supervisor
from santai.config.cli.backup import known_families, make_backup, running_database
from santai.config.cli.doctor import examine
from santai.config.installation import CannotStart, Installation

MAY_BE_BROKEN = {"数据库结构", "应用包", "后台进程", "平台进程", "死信", "工作日历"}  # what an upgrade mends, or what waits while stopped


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    upgrade = subparsers.add_parser("upgrade", help="升级：先检查、再备份、后迁移，并告诉退路 · check, back up, migrate, and the way back")
    upgrade.add_argument("--plan", action="store_true", help="只检查并列出迁移 · only check and list")
    upgrade.set_defaults(run=run)
    plan = subparsers.add_parser("migration-plan")  # no help: called by `santai upgrade` in each zone
    plan.add_argument("--zone", default="")
    plan.set_defaults(run=run_plan, django=True, owner=True)


def run(chosen: argparse.Namespace) -> int:
    installation: Installation = chosen.installation

    def busy() -> CannotStart:
        return CannotStart("平台正在运行；请先 santai down，再升级 · the platform is running: `santai down` first.")

    with supervisor.only_one(installation.run_dir / "up.lock", busy), running_database(installation):
        trouble = [finding for finding in examine(installation) if finding.state == "故障" and finding.what not in MAY_BE_BROKEN]
        for finding in trouble:
            print(f"[{finding.state}] {finding.what}：{finding.text}\n       → {finding.remedy}", file=sys.stderr)
        if trouble:
            raise CannotStart("升级前检查没有通过，什么也没有改变 · the pre-check failed, nothing was changed.")
        families = known_families(installation)
        waiting = sum(_plan(installation, family.zone) for family in families)
        if chosen.plan or not waiting:
            print("没有待执行的迁移 · nothing to migrate" if not waiting else f"共 {waiting} 个迁移待执行 · migrations waiting")
            return 0
        archive = make_backup(installation)
        print(f"升级前备份 · backup before the upgrade: {archive}")
        way_back = f"退路 · way back: {_way_back(installation, archive)}"
        for family in families:
            command = [sys.executable, "-m", "santai.config.cli", "migrate", "--zone", family.zone]
            if subprocess.run(command, env=_environment(installation, family.zone), check=False).returncode:
                raise CannotStart(f"迁移失败，已执行的部分保留 · migrating failed.\n{way_back}")
            database.grant_application_rights(installation.database_url(family, owner=True), installation.database_url(family, owner=False))
        print(f"升级完成；用 santai up 启动 · done, start with `santai up`.\n{way_back}")
    return 0


def _way_back(installation: Installation, archive: Path) -> str:
    if installation.external_database:
        return (
            "换回旧版程序；请数据库管理员另建一个空库（角色不变），把 DATABASE_URL 和 SANTAI_OWNER_URL 指向它，"
            f"执行 santai restore --force {archive}\n"
            f"  (the old program, an empty database named by DATABASE_URL and SANTAI_OWNER_URL, then `santai restore --force {archive}`)"
        )
    return f"换回旧版程序，执行 santai restore --force {archive}"


def _environment(installation: Installation, zone: str) -> dict[str, str]:
    family = next(one for one in known_families(installation) if one.zone == zone)
    return installation.environment(family, families=[family], address=f"http://127.0.0.1:{family.port}", hosts="127.0.0.1", owner=True)


def _plan(installation: Installation, zone: str) -> int:
    """Print what would be migrated in a zone; how many."""
    command = [sys.executable, "-m", "santai.config.cli", "migration-plan", "--zone", zone]
    done = subprocess.run(command, env=_environment(installation, zone), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise CannotStart(f"无法列出迁移（{zone}） · cannot list the migrations")
    lines = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    if lines:
        print(f"{zone}:\n" + "\n".join(lines))
    return len(lines)


def run_plan(chosen: argparse.Namespace) -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    out = StringIO()
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        one_way = [operation for operation in migration.operations if not operation.reversible]
        out.write(f"  {migration.app_label}.{migration.name}{'（不可逆 · cannot be taken back）' if one_way else ''}\n")
    print(out.getvalue(), end="")
    return 0
