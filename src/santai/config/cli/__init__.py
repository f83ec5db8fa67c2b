"""The ``santai`` command. Each module of this package adds its subcommands; rooms add theirs in ``management/cli.py``.

A module exposes ``register(subparsers)`` and sets ``run``, a function from the parsed arguments to an exit status. A room's ``run`` (and
our own with ``django=True``) is called with Django set up against the installation's database; everything else starts in milliseconds.
"""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

from santai.config.installation import CannotStart, Installation, find_installation
from santai.config.postgres import PostgresTrouble
from santai.config.zones import SOURCE, rooms_on_disk

OWN = ("up", "doctor", "init", "backup", "upgrade", "packs", "processes", "demo", "develop")


def main(arguments: list[str] | None = None) -> int:
    parser = build_parser()
    chosen = parser.parse_args(arguments)
    if not hasattr(chosen, "run"):
        parser.print_help()
        return 0
    try:
        installation = find_installation(chosen.city)
        chosen.installation = installation
        if getattr(chosen, "django", False):
            enter_django(installation, zone=getattr(chosen, "zone", ""), owner=getattr(chosen, "owner", False))
        return int(chosen.run(chosen) or 0)
    except (CannotStart, PostgresTrouble) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="santai", description="三台 Santai：一个前台、一个中台、一个后台、全程监控。")
    parser.add_argument(
        "--city", default="", metavar="FOLDER", help="santai init 建立的城市文件夹；默认为示范城市 (default: the demonstration city)"
    )
    subparsers = parser.add_subparsers(title="命令 commands", metavar="")
    for name in OWN:
        import_module(f"santai.config.cli.{name}").register(subparsers)
    for room in rooms_on_disk():
        if (SOURCE / Path(*room.split(".")) / "management/cli.py").exists():
            _register_room(room, subparsers)
    return parser


def _register_room(room: str, subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """A room's commands run inside Django; a room that cannot be imported must not take the whole command with it."""
    before = set(subparsers.choices)
    try:
        import_module(f"santai.{room}.management.cli").register(subparsers)
    except Exception as trouble:  # noqa: BLE001  # doctor and down must work whatever a room does
        print(f"santai.{room}.management.cli: {trouble!r}", file=sys.stderr)
        return
    for name in set(subparsers.choices) - before:
        subparsers.choices[name].set_defaults(django=True)


def enter_django(installation: Installation, *, zone: str = "", owner: bool = False) -> None:
    """Set Django up in this process as one of the installation's; the environment of a running child is left as it is."""
    import django

    if "DJANGO_SETTINGS_MODULE" not in os.environ or "DATABASE_URL" not in os.environ:
        last = installation.recall("up")
        families = installation.families(zones=bool(last.get("zones")), port=_port(last))
        family = next((one for one in families if one.zone == zone), families[0])
        if not installation.external_database:
            if not installation.server.answers():
                raise CannotStart("数据库没有运行；请先执行 santai up · The database is not running: start it with `santai up`.")
            installation.server.ensure_database(family.database)
        address = installation.given.get("SANTAI_ADDRESS") or str(last.get("address") or f"http://127.0.0.1:{family.port}")
        hosts = installation.given.get("SANTAI_HOSTS", "127.0.0.1,localhost")
        os.environ.update(installation.environment(family, families=families, address=address, hosts=hosts, owner=owner))
    django.setup()


def _port(last: dict[str, object]) -> int:
    port = last.get("port")
    return port if isinstance(port, int) else 8000
