"""What the aids before a company's form write into it: name, standard scope, standard address. Pure."""

import copy
from collections.abc import Iterable, Mapping
from typing import Any


def with_name(data: Mapping[str, Any], full_name: str, number: str, until: str, fields: Iterable[str]) -> dict[str, Any]:
    """The checked name, and the reservation where the form has a place for it."""
    made = copy.deepcopy(dict(data))
    known = {"company_name": full_name, "name_reservation_no": number, "name_reserved_until": until}
    made |= {name: value for name, value in known.items() if value and name in set(fields)}
    return made


def with_scope(data: Mapping[str, Any], entries: Iterable[Mapping[str, Any]], fields: Iterable[str]) -> dict[str, Any]:
    """The chosen wordings are added once each; the first also proposes the industry while none stands there."""
    made = copy.deepcopy(dict(data))
    known = set(fields)
    rows = [row for row in made.get("business_scope") or [] if isinstance(row, dict) and row.get("text")]
    for entry in entries:
        if entry["text"] in {row.get("text") for row in rows}:
            continue
        row = {name: entry[name] for name in ("code", "text", "licensed") if f"business_scope.*.{name}" in known and name in entry}
        rows.append(row)
        if "industry_code" in known and not made.get("industry_code") and entry.get("industry_code"):
            made["industry_code"] = entry["industry_code"]
            if "industry_name" in known:
                made["industry_name"] = entry.get("industry_name", "")
    made["business_scope"] = rows
    return made


def without_scope(data: Mapping[str, Any], text: str) -> dict[str, Any]:
    made = copy.deepcopy(dict(data))
    made["business_scope"] = [row for row in made.get("business_scope") or [] if row.get("text") != text]
    return made


def with_address(data: Mapping[str, Any], entry: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    made = copy.deepcopy(dict(data))
    known = set(fields)
    place = dict(made.get("domicile") or {})
    place |= {
        name: entry[name] for name in ("division", "division_name", "road", "room") if f"domicile.{name}" in known and entry.get(name)
    }
    made["domicile"] = place
    return made
