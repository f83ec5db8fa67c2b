"""``santai pack check|install|list``: applications of the city as folders of data."""

import argparse
import sys
from pathlib import Path


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    pack = subparsers.add_parser("pack", help="应用包：检查、安装、列出 · packs: check, install, list")
    commands = pack.add_subparsers(required=True, metavar="check|install|list")
    check = commands.add_parser("check", help="检查而不安装，列出每个错误的文件和位置 · list every error, change nothing")
    check.add_argument("folders", nargs="*", type=Path, help="默认为全部应用包 · default: all packs")
    check.set_defaults(run=run_check, django=True)
    install = commands.add_parser("install", help="安装或更新；有错则什么也不改变 · install or update, all or nothing")
    install.add_argument("folders", nargs="+", type=Path, help="文件夹，或应用包名 · folders, or names in the packs folder")
    install.add_argument("--profile", default="", help="应用包的哪一种做法，例如 legacy-2007 · which of the pack's profiles")
    install.add_argument("--zone", default="")
    install.set_defaults(run=run_install, django=True, owner=True)
    listing = commands.add_parser("list", help="已安装的应用包 · installed packs")
    listing.add_argument("--zone", default="")
    listing.set_defaults(run=run_list, django=True)


def _folder(path: Path) -> Path:
    from django.conf import settings

    return path if (path / "pack.yaml").exists() else settings.PACKS_DIR / path


def run_check(chosen: argparse.Namespace) -> int:
    from django.conf import settings

    from santai.kernel.packs import service as packs

    folders = [_folder(path) for path in chosen.folders] or sorted(path.parent for path in Path(settings.PACKS_DIR).glob("*/pack.yaml"))
    wrong = 0
    for folder in folders:
        problems = packs.check_pack(folder)
        wrong += len(problems)
        print(f"{folder.name}: {'没有发现问题 · nothing wrong' if not problems else f'{len(problems)} 处问题 · problems'}")
        for problem in problems:
            print(f"  {problem}")
    return 1 if wrong else 0


def run_install(chosen: argparse.Namespace) -> int:
    from santai.kernel.clocks import service as clocks
    from santai.kernel.ledger.service import system_actor
    from santai.kernel.packs import service as packs

    for path in chosen.folders:
        folder = _folder(path)
        try:
            done = packs.install_packs(
                folder.parent,
                actor=system_actor("config.cli"),
                at=clocks.now(),
                only=(folder.name,),
                profiles={folder.name: chosen.profile},
            )
        except packs.PackRefused as refusal:
            print(f"{folder.name}：{refusal}\n什么也没有改变；用 santai pack check 查看 · nothing was changed.", file=sys.stderr)
            return 1
        for one in done:
            counts = "，".join(f"{part} {count}" for part, count in one.counts.items())
            print(f"{one.name} {one.version}：{('已安装 · installed　' + counts) if one.changed else '没有变化 · unchanged'}")
    return 0


def run_list(chosen: argparse.Namespace) -> int:
    from santai.kernel.packs import service as packs

    rows = list(packs.installed_packs())
    for row in rows:
        print(f"{row.name}  {row.version}  {row.title}{f'（{row.profile}）' if row.profile else ''}")
    if not rows:
        print("还没有安装应用包 · no pack is installed")
    return 0
