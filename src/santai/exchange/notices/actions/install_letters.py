"""The pack part ``notice_templates``: a folder a letter, named by its code."""

from datetime import datetime
from pathlib import PurePosixPath

from django.db import transaction

from santai.exchange.notices import rules
from santai.exchange.notices.models import Letter
from santai.kernel.ledger.service import Actor
from santai.kernel.packs.service import Pack, PackFile, Problem

_FILES = {"title.txt": "title", "text.txt": "text", "sms.txt": "sms"}
_LONGEST_SMS = 300


def letters(files: list[PackFile]) -> dict[str, dict[str, PackFile]]:
    found: dict[str, dict[str, PackFile]] = {}
    for file in files:
        path = PurePosixPath(file.path)
        found.setdefault(path.parent.name, {})[path.name] = file
    return found


def check_letters(pack: Pack, files: list[PackFile]) -> list[Problem]:
    problems: list[Problem] = []
    for code, parts in letters(files).items():
        one = next(iter(parts.values()))
        problems += [one.problem("", f"通知“{code}”缺少 {name}。") for name in ("title.txt", "text.txt") if name not in parts]
        for name, file in parts.items():
            if name not in _FILES:
                problems.append(file.problem("", f"未知的文件。可用：{'、'.join(_FILES)}。"))
            elif not file.text.strip():
                problems.append(file.problem("", "文件是空的。"))
            elif wrong := rules.placeholder_problem(file.text):
                problems.append(file.problem("", wrong))
        if "sms.txt" in parts and len(parts["sms.txt"].text.strip()) > _LONGEST_SMS:
            problems.append(parts["sms.txt"].problem("", f"短信超过 {_LONGEST_SMS} 字。"))
    return problems


@transaction.atomic
def install_letters(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    found = letters(files)
    for code, parts in found.items():
        values = {_FILES[name]: file.text.strip() for name, file in parts.items()}
        Letter.objects.update_or_create(code=code, defaults={"sms": "", **values, "pack": pack.name})
    return len(found)
