"""The pack part ``site``: who runs this site. One file with the keys of ``Site``; a later pack replaces what an earlier one said."""

from datetime import datetime
from typing import Any

from django.db import transaction

from santai.kernel.ledger.service import Actor, record
from santai.kernel.packs.service import Pack, PackFile, Problem
from santai.kernel.web.models import SiteFacts

KEYS = ("name", "organiser", "phone", "hours", "address", "id_code", "icp", "police_record")
NEEDED = ("organiser", "phone", "id_code")  # 国办发〔2017〕47号: 主办单位、联系方式、网站标识码


def check_site(pack: Pack, files: list[PackFile]) -> list[Problem]:
    """Every problem of the file."""
    if len(files) != 1:
        return [files[1].problem("", "一个应用包只能有一份网站信息。")]
    file = files[0]
    if not isinstance(file.data, dict):
        return [file.problem("", "应当是“键: 值”的形式。")]
    problems = [file.problem(str(key), f"未知的键。可用的键：{'、'.join(KEYS)}。") for key in file.data if key not in KEYS]
    problems += [file.problem(key, "必须填写。") for key in NEEDED if not _text(file.data.get(key))]
    problems += [file.problem(key, "应当是文字。") for key in KEYS if key in file.data and not _text(file.data[key]) and key not in NEEDED]
    code = file.data.get("id_code")
    if _text(code) and not (len(str(code)) == 10 and str(code).isalnum()):
        problems.append(file.problem("id_code", "网站标识码是 10 位数字或字母。"))
    return problems


@transaction.atomic
def install_site(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    facts: dict[str, object] = {key: str(files[0].data[key]).strip() for key in KEYS if key in files[0].data}
    SiteFacts.objects.update_or_create(id=1, defaults={"facts": facts, "pack": pack.name, "changed_at": at})
    record(actor=actor, act="kernel.web.install_site", on="site", at=at, details=dict(facts))
    return 1


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
