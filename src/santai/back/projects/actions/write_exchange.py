"""The exchange file for the higher platform: every project with its approvals."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.utils.timezone import localdate

from santai.back.projects.models import Project
from santai.back.projects.queries import exchange_rows, exchanged
from santai.back.projects.rules import FIELDS, READERS
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, as_one_act, record, system_actor

FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


@as_one_act
def download_exchange(*, form: str, actor: Actor, at: datetime) -> str:
    """The own office's projects as text, on the record; NotAllowed. ``form``: one of FORMATS."""
    require_any(actor, *READERS)
    record(actor=actor, act="back.projects.exchanged", on=f"organisation:{actor.organisation}", at=at, details={"format": form})
    return as_text(exchanged(actor), form, at)


@as_one_act
def write_exchange(*, folder: Path, at: datetime) -> list[Path]:
    """The files of the day of the whole city, both formats; the same day's are replaced. OSError when the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    found = list(Project.objects.prefetch_related("reports").order_by("code"))
    written = []
    for form in FORMATS:
        path = folder / f"projects-{localdate(at):%Y%m%d}.{form}"
        aside = path.with_suffix(f".{form}.part")  # whoever fetches the folder never meets half a file
        aside.write_text(as_text(found, form, at), encoding="utf-8", newline="")
        aside.replace(path)
        written.append(path)
    record(actor=system_actor("back.projects"), act="back.projects.exchanged", on="city", at=at, details={"projects": len(found)})
    return written


def as_text(found: Iterable[Project], form: str, at: datetime) -> str:
    rows = [{name: row.get(name, "") for name in FIELDS} for row in exchange_rows(found, at)]
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1)
    held = io.StringIO()
    table = csv.DictWriter(held, fieldnames=list(FIELDS))
    table.writeheader()
    table.writerows({name: f"'{value}" if value.startswith(("=", "+", "-", "@")) else value for name, value in row.items()} for row in rows)
    return "\ufeff" + held.getvalue()
