"""Who must sign: people named in the form, each once, natural persons only."""

from collections.abc import Iterator, Mapping
from typing import Any, TypedDict

ROLES = {"legal_representative": "法定代表人", "shareholders": "股东", "directors": "董事、监事、高级管理人员", "founder": "申请人"}


class Signer(TypedDict):
    role: str
    name: str
    code_kind: str
    code: str
    phone: str


def signers_in(declared: Any, data: Mapping[str, Any]) -> list[Signer]:
    """The signers an item declares: paths of person objects or repeating groups (``shareholders``), or ``{"path": …, "role": …}``.

    A person object has ``name``, ``id_kind``, ``id_number`` and ``mobile``. A body signs through the person its row names in
    ``signer_name``, ``signer_id_kind`` and ``signer_id_number``. One person in several roles signs once.
    """
    found: dict[str, Signer] = {}
    for entry in declared or ():
        path = entry if isinstance(entry, str) else entry["path"]
        role = ROLES.get(path, path) if isinstance(entry, str) else entry["role"]
        for person in _people(data.get(path)):
            signer = found.setdefault(
                person["code"],
                Signer(role=role, name=person["name"], code_kind=person["code_kind"], code=person["code"], phone=person["phone"]),
            )
            if role not in signer["role"]:
                signer["role"] += f"、{role}"
    return list(found.values())


def _people(value: Any) -> Iterator[dict[str, str]]:
    rows = value if isinstance(value, list) else [value]
    for row in rows:
        if not isinstance(row, Mapping):
            continue
        prefix = "signer_" if row.get("signer_id_number") else ""
        code = str(row.get(f"{prefix}id_number") or "")
        kind = str(row.get(f"{prefix}id_kind") or "resident-id")
        if code and kind != "credit-code":
            yield {
                "name": str(row.get(f"{prefix}name") or ""),
                "code_kind": kind,
                "code": code,
                "phone": str(row.get("mobile") or ""),
            }
