"""Who must sign: people named in the form, each once, natural persons only."""

from collections.abc import Mapping
from typing import Any, TypedDict


class Signer(TypedDict):
    role: str
    name: str
    code_kind: str
    code: str
    phone: str


def signers_in(declared: Any, data: Mapping[str, Any]) -> list[Signer]:
    """The signers an item declares, e.g. ``[{"path": "shareholders", "role": "股东", "person_when": {...}}]``.

    Each entry names a person object or a repeating group with ``name``, ``code_kind``, ``code`` and ``phone`` (or the field names given in
    the entry). A legal person signs through the ``signatory`` the row names; one person in several roles signs once.
    """
    found: dict[str, Signer] = {}
    for entry in declared or ():
        value = data.get(entry["path"])
        rows = value if isinstance(value, list) else [value] if isinstance(value, Mapping) else []
        for row in rows:
            keys = {"name": "name", "code_kind": "code_kind", "code": "code", "phone": "phone", **entry.get("fields", {})}
            code = str(row.get(keys["code"]) or "")
            kind = str(row.get(keys["code_kind"]) or "resident-id")
            if not code or kind in entry.get("not_kinds", ("credit-code",)):
                continue
            signer = found.setdefault(
                code,
                Signer(
                    role=entry["role"],
                    name=str(row.get(keys["name"]) or ""),
                    code_kind=kind,
                    code=code,
                    phone=str(row.get(keys["phone"]) or ""),
                ),
            )
            if entry["role"] not in signer["role"]:
                signer["role"] += f"、{entry['role']}"
    return list(found.values())
