"""Enquiry services from packs."""

from datetime import datetime
from typing import Any

from django.db import transaction

from santai.front.enquiries.models import Enquiry
from santai.front.enquiries.rules import problems
from santai.kernel.flow.service import deployed_decisions, tables_in
from santai.kernel.ledger.service import Actor, record
from santai.kernel.packs.service import Pack, PackFile, Problem


def _rows(file: PackFile) -> list[Any]:
    data = file.data.get("enquiries") if isinstance(file.data, dict) else file.data
    return data if isinstance(data, list) else [None]


def check_enquiries(pack: Pack, files: list[PackFile]) -> list[Problem]:
    tables = {row.key for row in deployed_decisions()}
    tables |= {key for file in pack.visible_files("decisions") for key in tables_in(file.text)}
    found, seen = [], set()
    for file in files:
        for number, row in enumerate(_rows(file)):
            found += [file.problem(f"[{number}].{place}".rstrip("."), text) for place, text in problems(row, tables)]
            key = row.get("key") if isinstance(row, dict) else None
            if key in seen:
                found.append(file.problem(f"[{number}].key", f"服务“{key}”重复。"))
            seen.add(key)
    return found


@transaction.atomic
def install_enquiries(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    """Each service as the pack says it now; those of this pack it no longer names are taken away."""
    rows = [row for file in files for row in _rows(file)]
    changed = 0
    for row in rows:
        known = Enquiry.objects.filter(key=row["key"]).first()
        if known is None or known.definition != row:
            values = {"title": row["title"], "kind": row["kind"], "organisation_name": row["organisation_name"]}
            Enquiry.objects.update_or_create(key=row["key"], defaults=values | {"definition": row, "pack": pack.name})
            changed += 1
    gone, _ = Enquiry.objects.filter(pack=pack.name).exclude(key__in=[row["key"] for row in rows]).delete()
    if changed or gone:
        record(actor=actor, act="front.enquiries.install", on="enquiries:all", at=at, details={"pack": pack.name, "changed": changed})
    return changed
