"""``santai projects exchange``: the day's exchange file for the higher platform, for a timer to run."""

import argparse
from pathlib import Path


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("projects", help="投资项目 · investment projects")
    verbs = parser.add_subparsers(required=True)
    exchange = verbs.add_parser("exchange", help="写出当日交换文件 · write the exchange file of the day")
    exchange.add_argument("--to", type=Path, required=True, help="文件夹 · folder")
    exchange.set_defaults(run=_exchange)


def _exchange(given: argparse.Namespace) -> int:
    from santai.back.projects.service import write_exchange
    from santai.kernel.clocks.service import now

    for path in write_exchange(folder=given.to, at=now()):
        print(path)
    return 0
