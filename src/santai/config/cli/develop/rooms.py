"""The "Which room?" table of both READMEs, from the first line of every room's README."""

import argparse
import re
import sys
from pathlib import Path

from santai.config.installation import ROOT
from santai.config.zones import SOURCE, rooms_on_disk

BEGIN, END = "<!-- rooms -->", "<!-- /rooms -->"
READMES = ("README.md", "README.zh-CN.md")
DOMAINS = {"kernel": "底座 kernel", "exchange": "中台 exchange", "front": "前台 front", "back": "后台 back", "oversight": "监管 oversight"}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("rooms", help="更新 README 的房间表 · the table of rooms in the READMEs")
    parser.add_argument("--check", action="store_true")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    rooms = rooms_on_disk()
    missing = [room for room in rooms if not (_folder(room) / "README.md").exists()]
    for room in missing:
        print(f"santai/{room.replace('.', '/')} 没有 README.md · has no README.md", file=sys.stderr)
    stale = []
    for name in READMES:
        path = ROOT / name
        text = path.read_text()
        wanted = with_table(text, table(rooms))
        if wanted != text:
            stale.append(name)
            if not chosen.check:
                path.write_text(wanted)
    if chosen.check and stale:
        print(f"{'、'.join(stale)} 的房间表不是最新，执行 make rooms · run `make rooms`", file=sys.stderr)
    return 1 if missing or (chosen.check and stale) else 0


def _folder(room: str) -> Path:
    return SOURCE / Path(*room.split("."))


def table(rooms: list[str]) -> str:
    lines = ["| Room 房间 | What it is for |", "|---|---|"]
    domain = ""
    for room in rooms:
        if room.split(".")[0] != domain:
            domain = room.split(".")[0]
            lines.append(f"| **{DOMAINS[domain]}** | |")
        path = room.replace(".", "/")
        lines.append(f"| [`{path}`](src/santai/{path}/README.md) | {purpose(_folder(room) / 'README.md')} |")
    return "\n".join(lines)


def purpose(readme: Path) -> str:
    """The first sentence of prose, or the heading's words after its dash or dot when there is none."""
    if not readme.exists():
        return ""
    heading, prose = "", ""
    for line in readme.read_text().splitlines():
        text = line.strip()
        if text.startswith("#") and not heading:
            heading = text.lstrip("# ")
        elif text and not text.startswith(("#", "|", "<", "```", "-")):
            prose = text
            break
    prose = re.sub(r"^(?:Purpose|目的|用途)\s*[:：]\s*", "", prose)
    sentence = re.split(r"(?<=[。！？])|(?<=[.!?])\s", prose or heading, maxsplit=1)[0].strip()
    return sentence.replace("|", "\\|")


def with_table(text: str, rows: str) -> str:
    """The text with its table between the markers replaced; ValueError when the markers are missing."""
    before, began, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not began or not ended:
        raise ValueError(f"no {BEGIN} … {END} in the README")
    return f"{before}{BEGIN}\n{rows}\n{END}{after}"
