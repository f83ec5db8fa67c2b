"""The processes and decision tables in force, for those who look after items."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from santai.kernel.access.service import ROLES, role_required
from santai.kernel.flow.service import (
    UnknownDecision,
    UnknownProcess,
    deployed_decisions,
    deployed_processes,
    diagram_of,
    get_decision,
    get_spec,
    steps_of_version,
)

_LOOKERS = ("item_manager", "legal_reviewer", "system_admin")


@role_required(*_LOOKERS)
def processes(request: HttpRequest) -> HttpResponse:
    rows = [
        {
            "name": {"text": spec.name, "href": reverse("kernel_flow:process", args=[spec.key, spec.version])},
            "key": spec.key,
            "version": spec.version,
            "at": spec.deployed_at.astimezone().strftime("%Y-%m-%d %H:%M"),
            "by": spec.deployed_by,
        }
        for spec in deployed_processes()
    ]
    tables = [
        {
            "name": {"text": table.name, "href": reverse("kernel_flow:table", args=[table.key, table.version])},
            "key": table.key,
            "version": table.version,
            "at": table.deployed_at.astimezone().strftime("%Y-%m-%d %H:%M"),
            "by": table.deployed_by,
        }
        for table in deployed_decisions()
    ]
    columns = [
        {"key": "name", "label": "名称"},
        {"key": "key", "label": "代码"},
        {"key": "version", "label": "版本", "num": True},
        {"key": "at", "label": "部署时间"},
        {"key": "by", "label": "部署人"},
    ]
    return render(request, "kernel_flow/processes.html", {"columns": columns, "rows": rows, "tables": tables})


@role_required(*_LOOKERS)
def process(request: HttpRequest, key: str, version: int) -> HttpResponse:
    try:
        spec = get_spec(key, version)
    except UnknownProcess as error:
        raise Http404(error.message) from error
    steps = [step | {"role": ROLES[step["role"]].title if step["role"] in ROLES else ""} for step in steps_of_version(key, version)]
    columns = [
        {"key": "name", "label": "环节"},
        {"key": "kind", "label": "种类"},
        {"key": "lane", "label": "承办"},
        {"key": "role", "label": "角色"},
        {"key": "outcomes", "label": "办理结果"},
        {"key": "message", "label": "等待的消息"},
    ]
    picture = mark_safe(diagram_of(key, version))  # noqa: S308 - our own drawing; every label is escaped
    facts = [
        {"label": "代码", "value": spec.key},
        {"label": "版本", "value": spec.version},
        {"label": "摘要", "value": spec.digest},
        {"label": "部署时间", "value": spec.deployed_at.astimezone().strftime("%Y-%m-%d %H:%M")},
        {"label": "部署人", "value": spec.deployed_by},
        {"label": "决策表", "value": "、".join(spec.decisions) or "无"},
    ]
    context = {"spec": spec, "picture": picture, "columns": columns, "steps": steps, "facts": facts}
    return render(request, "kernel_flow/process.html", context)


@role_required(*_LOOKERS)
def table(request: HttpRequest, key: str, version: int) -> HttpResponse:
    try:
        found = get_decision(key, version)
    except UnknownDecision as error:
        raise Http404(error.message) from error
    columns = [{"key": f"in{at}", "label": label} for at, label in enumerate(found.input_labels)]
    columns += [{"key": f"out{at}", "label": f"→ {label}"} for at, label in enumerate(found.output_labels)]
    columns += [{"key": "note", "label": "说明"}]
    rows = [
        {f"in{at}": test or "-" for at, test in enumerate(row.tests)}
        | {f"out{at}": "" if value is None else str(value) for at, value in enumerate(row.outputs)}
        | {"note": row.note}
        for row in found.rows
    ]
    return render(request, "kernel_flow/table.html", {"table": found, "version": version, "columns": columns, "rows": rows})
