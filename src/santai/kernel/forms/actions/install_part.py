"""The part ``forms`` of a pack: each file is one definition."""

from datetime import datetime

from santai.kernel.forms.actions.install_form import install_form
from santai.kernel.forms.rules.definition import find_faults
from santai.kernel.ledger.service import Actor
from santai.kernel.packs.service import Pack, PackFile, Problem


def check_part(pack: Pack, files: list[PackFile]) -> list[Problem]:
    """Every fault of every form file, and two files that claim the same key and version."""
    problems: list[Problem] = []
    seen: dict[tuple[object, object], str] = {}
    for file in files:
        problems += [file.problem("", fault) for fault in find_faults(file.data)]
        if isinstance(file.data, dict):
            name = (file.data.get("key"), file.data.get("version"))
            if name in seen:
                problems.append(file.problem("key", f"与 {seen[name]} 的 key 和 version 相同。"))
            seen[name] = file.path
    return problems


def install_part(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    """Install every form of a pack; those already installed with the same content are left as they are."""
    for file in files:
        install_form(definition=file.data, actor=actor, at=at)
    return len(files)
