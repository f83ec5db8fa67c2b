"""``santai develop …``: the tools behind ``make lint``, ``make matrix``, ``make law``, ``make rooms`` and ``make where``."""

import argparse

from santai.config.cli.develop import contracts, law, matrix, rooms, templates, walls, where


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    develop = subparsers.add_parser("develop", help="给开发者：核对矩阵、房间表、模板检查等 · tools for developers")
    commands = develop.add_subparsers(required=True, metavar="")
    for module in (contracts, law, matrix, rooms, templates, walls, where):
        module.register(commands)
