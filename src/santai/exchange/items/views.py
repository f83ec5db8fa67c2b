"""The item manager's pages."""

import json
from typing import Any

import yaml
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from santai.exchange.items import service
from santai.kernel.access.service import role_required
from santai.kernel.clocks.service import now
from santai.kernel.ledger.service import ActRefused


@role_required("item_manager")
def overview(request: HttpRequest) -> HttpResponse:
    """Every item with its newest version."""
    text, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    return render(
        request, "exchange_items/overview.html", {"items": service.latest_versions(text=text, state=state), "q": text, "state": state}
    )


@role_required("item_manager")
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One item: its versions, and the act that takes it off the list."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            service.withdraw_item(code=code, reason=request.POST.get("reason", ""), actor=request.actor, at=now())  # type: ignore[attr-defined]
            messages.success(request, "已撤下。正在办理的件继续按原版本办理。")
            return redirect("exchange_items:item", code=code)
        except ActRefused as refused:
            errors = refused.fields or {"": refused.message}
    versions = _found(service.versions_of, code)
    context = {"versions": versions, "newest": versions[0], "errors": errors, "reason": request.POST.get("reason", "")}
    context["in_force"] = next((one for one in versions if one.state == "published"), None)
    return render(request, "exchange_items/item.html", context, status=422 if errors else 200)


@role_required("item_manager")
def version(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """The definition of one version."""
    row = _found(service.get_version, code, version)
    item, tables = service.definition_of(row), service.tables_of(row)
    text = _readable({key: value for key, value in row.definition.items() if key != "tables"})
    return render(request, "exchange_items/version.html", {"row": row, "item": item, "tables": tables, "text": text})


@role_required("item_manager")
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """What changed between two versions."""
    versions = _found(service.versions_of, code)
    numbers = [one.version for one in versions]
    chosen = [int(one) if (one := request.GET.get(name, "")).isdigit() and int(one) in numbers else 0 for name in ("old", "new")]
    new = chosen[1] or numbers[0]
    old = chosen[0] or next((number for number in numbers if number < new), new)
    changes = [
        {"place": place, "before": _readable(before), "after": _readable(after)} for place, before, after in service.compare(code, old, new)
    ]
    return render(
        request, "exchange_items/compare.html", {"versions": versions, "newest": versions[0], "old": old, "new": new, "changes": changes}
    )


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
