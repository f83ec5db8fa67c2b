"""``santai demo``: history, fast-forward, reset and status, in the demonstration city only."""

import argparse
import os
import subprocess
import sys
import time


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = subparsers.add_parser("demo", help="十分钟演示：历史、快进、重置、状态（仅示范城市） · the demonstration: history, time, reset")
    commands = demo.add_subparsers(required=True, metavar="history|fast-forward|reset|status")
    history = commands.add_parser("history", help="写入几个月的办件历史 · believable history")
    history.add_argument("--months", type=int, default=6, help="多少个月，默认 6 · how many months back")
    history.add_argument("--count", type=int, default=300, help="多少件，默认 300 · how many applications")
    history.add_argument("--seed", type=int, default=0, help="同样的种子写出同样的历史 · the same seed writes the same history")
    history.set_defaults(run=run_history, django=True, owner=True)
    forward = commands.add_parser("fast-forward", help="把平台时间快进若干个工作日 · move time on by working days")
    forward.add_argument("days", type=int, metavar="N", help="工作日数 · working days")
    forward.set_defaults(run=run_forward, django=True, owner=True)
    reset = commands.add_parser("reset", help="30 秒内回到刚安装的样子，网页不停 · back to the freshly installed city")
    reset.set_defaults(run=run_reset, django=True, owner=True)
    status = commands.add_parser("status", help="平台时间、办件数、能否重置 · time, cases, whether it can be reset")
    status.set_defaults(run=run_status, django=True, owner=True)


def _refused(refusal: Exception) -> int:
    print(getattr(refusal, "message", str(refusal)), file=sys.stderr)
    return 1


def run_history(chosen: argparse.Namespace) -> int:
    from santai.config.demo.history import SEED, refuse_elsewhere, write_history
    from santai.kernel.ledger.service import ActRefused

    began = time.monotonic()
    shown = [0]

    def progress(done: int, total: int) -> None:
        tenth = done * 10 // total
        if tenth > shown[0]:
            shown[0] = tenth
            print(f"[{time.monotonic() - began:6.1f}s] {done}/{total}", flush=True)

    try:
        refuse_elsewhere()
        written = write_history(months=chosen.months, count=chosen.count, seed=chosen.seed or SEED, progress=progress)
    except ActRefused as refusal:
        return _refused(refusal)
    print(f"写入 {written.filed} 件 · {written.filed} applications written（{time.monotonic() - began:.0f} s）")
    if written.refused:
        print("未能写入 · not written: " + "，".join(f"{code} {number}" for code, number in written.refused.items()), file=sys.stderr)
    return 0


def run_forward(chosen: argparse.Namespace) -> int:
    from santai.config.demo.fast_forward import MOST_DAYS, fast_forward
    from santai.kernel.ledger.service import ActRefused

    try:
        at = fast_forward(chosen.days)
    except ActRefused as refusal:
        return _refused(refusal)
    except ValueError:
        print(f"请给出 1 到 {MOST_DAYS} 之间的工作日数 · between 1 and {MOST_DAYS} working days", file=sys.stderr)
        return 1
    print(f"平台时间 · it is now {at:%Y-%m-%d %H:%M}")
    return 0


def run_reset(chosen: argparse.Namespace) -> int:
    from santai.config.demo import service as demo
    from santai.kernel.ledger.service import ActRefused

    try:
        seconds = demo.go_back()
    except demo.NothingKept as missing:
        print(missing.message, flush=True)
        return _install_anew(chosen)
    except ActRefused as refusal:
        return _refused(refusal)
    print(f"已回到刚安装的样子 · back to the freshly installed city（{seconds:.1f} s）")
    return 0


def _install_anew(chosen: argparse.Namespace) -> int:
    """Migrations or packs changed since the copy was made: install from nothing, in place."""
    from django.db import connection

    installation = chosen.installation
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("drop schema if exists demo_snapshot cascade")
        cursor.execute("drop schema public cascade")
        cursor.execute("create schema public")
    connection.close()
    family = installation.families(zones=False, port=8000)[0]
    packs = [name for name in installation.packs if (installation.packs_dir / name / "pack.yaml").exists()]
    command = [sys.executable, "-m", "santai.config.cli", "prepare", "--packs", ",".join(packs)]
    environment = os.environ | {"SANTAI_APP_URL": installation.database_url(family, owner=False)}
    if subprocess.run(command, env=environment, check=False).returncode:
        return 1
    print(f"已重新安装 · installed anew（{time.monotonic() - began:.1f} s）")
    return 0


def run_status(chosen: argparse.Namespace) -> int:
    from django.conf import settings
    from django.utils.timezone import localtime

    from santai.config.demo import board, service
    from santai.kernel.clocks import service as clocks
    from santai.kernel.ledger.service import ActRefused

    try:
        service.refuse_elsewhere()
    except ActRefused as refusal:
        return _refused(refusal)
    kept = service.kept_at()
    figures = board.figures()
    print(f"示范城市 · demonstration city: {settings.PUBLIC_ADDRESS}/demo/")
    print(f"平台时间 · time: {clocks.now():%Y-%m-%d %H:%M}（快进 · ahead {clocks.demo_shift()}）")
    print(f"办件 · cases: {figures['filed']}（在办 · open {figures['open']}）")
    print(f"可重置到 · reset to: {f'{localtime(kept):%Y-%m-%d %H:%M}' if kept else '需要重新安装 · by installing anew'}")
    return 0
