"""The list, one item, one version, and what differs between two."""

import json
from typing import Any

import yaml
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from santai.exchange.items import service
from santai.exchange.items.views._paging import page_of_rows
from santai.kernel.access.service import may, role_required
from santai.kernel.web.service import whole

READERS = ("item_manager", "legal_reviewer", "item_publisher")


@role_required(*READERS)
def overview(request: HttpRequest) -> HttpResponse:
    """Every item with its newest version."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "state", "organisation", "act_type")}
    rows = service.find_versions(text=asked["q"], state=asked["state"], organisation=asked["organisation"], act_type=asked["act_type"])
    context = page_of_rows(request, rows) | {
        "asked": asked, "offices": service.offices(), "act_types": service.ON_APPLICATION.items(), "states": service.STATES,
        "query": request.GET.urlencode(), "edits": may(request.actor, "item_manager"),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "exchange_items/overview.html", context)


@role_required(*READERS)
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One item: its versions, and the drafts that change it or take it off the list."""
    versions = _found(service.versions_of, code)
    in_force = next((one for one in versions if one.state == "published"), None)
    edits = in_force is not None and may(request.actor, "item_manager", organisation=in_force.organisation)  # type: ignore[attr-defined]
    context = {"versions": versions, "newest": versions[0], "in_force": in_force, "edits": edits, "errors": {}, "reason": ""}
    context["open_draft"] = service.open_draft_of(code)
    return render(request, "exchange_items/item.html", context)


@role_required(*READERS)
def version(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """The definition of one version."""
    row = _found(service.get_version, code, version)
    item, tables = service.definition_of(row), service.tables_of(row)
    text = _readable({key: value for key, value in row.definition.items() if key != "tables"})
    groups = service.sheet_in_words(row)
    return render(request, "exchange_items/version.html", {"row": row, "item": item, "tables": tables, "text": text, "groups": groups})


@role_required(*READERS)
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """What changed between two versions: in the words of the list, then everything else by its place."""
    versions = _found(service.versions_of, code)
    numbers = [one.version for one in versions]
    chosen = [one if (one := whole(request.GET.get(name, ""), most=99_999) or 0) in numbers else 0 for name in ("old", "new")]
    new = chosen[1] or numbers[0]
    old = chosen[0] or next((number for number in numbers if number < new), new)
    changes = [
        {"place": place, "before": _readable(before), "after": _readable(after)} for place, before, after in service.compare(code, old, new)
    ]
    said = service.compare_in_words(code, old, new)
    context = {"versions": versions, "newest": versions[0], "old": old, "new": new, "changes": changes, "said": said}
    return render(request, "exchange_items/compare.html", context)


def _found(read: Any, *key: Any) -> Any:
    try:
        return read(*key)
    except service.UnknownItem as unknown:
        raise Http404(unknown.message) from unknown


def _readable(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict | list):
        return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100))
    return json.dumps(value, ensure_ascii=False)
