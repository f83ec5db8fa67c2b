import argparse


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None: ...
