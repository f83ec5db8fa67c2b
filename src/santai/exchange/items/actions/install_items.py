"""Items from packs: everything that can be known to be wrong is found before anything is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from santai.exchange.contracts.service import KINDS, Branch, ClockSet, ItemDefinition, decode
from santai.exchange.items.actions.publish_item import digest_of, publish_item
from santai.exchange.items.models import ItemVersion
from santai.exchange.items.rules import lint, shape
from santai.exchange.items.rules.fields import cross_fields
from santai.exchange.items.rules.limits import later_from
from santai.exchange.items.rules.tables import lint_fees, lint_table
from santai.kernel.clocks import service as clocks
from santai.kernel.codes.service import InvalidIdentifier, check_implementation_code
from santai.kernel.flow import service as flow
from santai.kernel.forms import service as forms
from santai.kernel.forms.service import Form
from santai.kernel.ledger.service import Actor
from santai.kernel.orgs.service import Organisation
from santai.kernel.packs.service import Pack, PackFile, Problem


@dataclass
class Known:
    """What items of this pack may name: in the pack, in packs it requires, or installed."""

    rules: dict[str, clocks.Rule] = field(default_factory=dict)
    forms: dict[tuple[str, int], Form | None] = field(default_factory=dict)  # None: the form itself has problems
    tables: dict[str, tuple[PackFile | None, str]] = field(default_factory=dict)  # decision table → its file, its text; None: deployed
    processes: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    credit_codes: set[str] = field(default_factory=set)  # declared by packs; their own part has checked them


def entries(file: PackFile) -> list[tuple[str, Any]] | None:
    """(place, data) of each item in a file: a list ``items``, or the file is one item."""
    if isinstance(file.data, dict) and isinstance(file.data.get("items"), list):
        return [(f"items[{index}]", data) for index, data in enumerate(file.data["items"])]
    if isinstance(file.data, dict) and "code" in file.data:
        return [("", file.data)]
    return None


def check_items(pack: Pack, files: list[PackFile]) -> list[Problem]:
    """Every problem of the pack's items."""
    known = _known(pack)
    problems: list[Problem] = []
    seen: dict[tuple[str, int], str] = {}
    for file in files:
        rows = entries(file)
        if rows is None:
            problems.append(file.problem("", "应当是一个事项，或有一个列表 items。"))
            continue
        if "items" in file.data:
            problems += [file.problem(str(key), "未知的键。只能有 items。") for key in file.data if key != "items"]
        for place, data in rows:
            dot = f"{place}." if place else ""
            wrong = list(shape.findings(ItemDefinition, data, place))
            if isinstance(data, dict) and "tables" in data:
                wrong.append((f"{dot}tables", "决策表写在 DMN 文件里，发布时由系统填入，这里不写。"))
            problems += [file.problem(where, text) for where, text in wrong]
            if wrong:
                continue
            item = with_tables(decode(ItemDefinition, data), known.tables)
            problems += [file.problem(f"{dot}{where}", text) for where, text in _findings(item, known)]
            problems += _table_problems(item, known, pack, file, f"{dot}decisions")
            if (item.code, item.version) in seen:
                problems.append(file.problem(f"{dot}code", f"事项与版本重复，另见 {seen[item.code, item.version]}。"))
            seen[item.code, item.version] = file.path
    return problems


def install_items(pack: Pack, files: list[PackFile], *, actor: Actor, at: datetime) -> int:
    """Publish every version that is not in force yet."""
    tables = _tables(pack)
    items = [with_tables(decode(ItemDefinition, data), tables) for file in files for _, data in entries(file) or ()]
    return sum(publish_item(definition=item, actor=actor, at=at, pack=pack.name) for item in sorted(items, key=lambda one: one.version))


# -- what may be named ---------------------------------------------------------------------------------------------------------


def _known(pack: Pack) -> Known:
    known = Known()
    for rule in clocks.rules_in_force():
        known.rules[rule.code] = rule
    for file in pack.visible_files("clock_rules"):
        for data in _rows(file, "clock_rules", "rules"):
            try:
                known.rules[str(data["code"])] = clocks.rule_from_data(data)
            except Exception:  # noqa: S112  (the clock rules' own check reports it)
                continue
    for file in pack.visible_files("forms"):
        for data in _rows(file, "forms"):
            key = (str(data.get("key", "")), data.get("version", 1))
            try:
                known.forms[key] = forms.compile_form(data)
            except Exception:  # the forms' own check reports it
                known.forms[key] = None
    for file in pack.visible_files("processes"):
        known.processes |= set(re.findall(r"<(?:\w+:)?process\b[^>]*?\bid=\"([^\"]+)\"", file.text))
    known.processes |= set(flow.deployed_processes().values_list("key", flat=True))
    known.tables = _tables(pack)
    known.organisations = set(Organisation.objects.values_list("code", flat=True))
    for file in pack.visible_files("organisations"):
        known.organisations |= {str(row.get("code", "")) for row in _rows(file, "organisations")}
        known.credit_codes |= {str(row.get("credit_code", "")) for row in _rows(file, "organisations")}
    return known


def _tables(pack: Pack) -> dict[str, tuple[PackFile | None, str]]:
    """Decision tables by key: those in force, then those the pack and what it requires bring along."""
    deployed = {row.key: (None, row.dmn) for row in flow.deployed_decisions().order_by("key", "version")}
    brought = {key: (file, file.text) for file in reversed(pack.visible_files("decisions")) for key in flow.tables_in(file.text)}
    return {**deployed, **brought}


def with_tables(item: ItemDefinition, tables: dict[str, tuple[PackFile | None, str]]) -> ItemDefinition:
    """The item with the text of the tables it names: from publication on they belong to the version."""
    keys = [key for kind in KINDS if (key := getattr(item.decisions, kind)) in tables]
    return replace(item, tables={key: tables[key][1] for key in keys}) if keys else item


def _rows(file: PackFile, *names: str) -> list[dict[str, Any]]:
    data = file.data
    if isinstance(data, dict):
        listed = next((data[name] for name in names if isinstance(data.get(name), list)), None)
        data = [data] if listed is None else listed
    return [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []


def _form(known: Known, key: str, version: int) -> Form | None:
    """KeyError when there is no such form."""
    if (key, version) not in known.forms:
        try:
            known.forms[key, version] = forms.get_form(key, version)
        except forms.FormUnknown:
            raise KeyError(key) from None
    return known.forms[key, version]


# -- one item ------------------------------------------------------------------------------------------------------------------


def _findings(item: ItemDefinition, known: Known) -> Iterator[tuple[str, str]]:
    yield from _codes(item, known)
    yield from lint.lint(item)
    yield from cross_fields(item)
    yield from lint_fees(item)
    yield from _references(item, known)
    yield from _clocks(item.clocks, "clocks", known)
    for index, branch in enumerate(item.branches):
        yield from _clocks(branch.clocks, f"branches[{index}].clocks", known)
    earlier = ItemVersion.objects.filter(code=item.code, version__gte=item.version).exclude(state="draft").order_by("version")
    for row in earlier:
        if row.version > item.version:
            yield "version", f"第 {row.version} 版已经发布，版本号必须更高。"
        elif row.digest != digest_of(item):
            yield "version", f"第 {row.version} 版已经发布，内容不能再改。请提高版本号。"


def _table_problems(item: ItemDefinition, known: Known, pack: Pack, file: PackFile, place: str) -> Iterator[Problem]:
    """What is wrong with the item's tables, named in the DMN file; with a table that is nowhere, in the item's."""
    try:
        form = _form(known, item.form, item.form_version)
    except KeyError:
        form = None
    for kind in KINDS:
        key = getattr(item.decisions, kind)
        if not key:
            continue
        if key not in known.tables:
            yield file.problem(f"{place}.{kind}", f"没有决策表“{key}”。")
            continue
        source, text = known.tables[key]
        if not flow.is_readable(text):
            continue  # the tables' own part says what is wrong with it
        for element, wrong in lint_table(item, kind, flow.table_in(text, key), form):
            yield source.problem(element, f"{wrong}。") if source else file.problem(f"{place}.{kind}", f"{wrong}。")


def _codes(item: ItemDefinition, known: Known) -> Iterator[tuple[str, str]]:
    basic = ""
    try:
        basic = check_implementation_code(item.basic_code)
        if len(basic) != 12:
            yield "basic_code", "基本编码应为 12 位。"
        elif basic[2:4] != item.act_type:
            yield "act_type", f"事项类型应与基本编码第 3、4 位一致（{basic[2:4]}）。"
    except InvalidIdentifier as wrong:
        yield "basic_code", wrong.message
    if item.shape == "joint" and len(item.code) != 31:
        if not lint.JOINT_CODE.fullmatch(item.code):
            yield "code", "联办事项的主题编码只用字母、数字和连字符，3 至 50 位。"
        return
    try:
        code = check_implementation_code(item.code)
        if len(code) not in (31, 33):
            yield "code", "实施编码应为 31 位（办理项 33 位）。"
        elif basic and code[19:31] != basic:
            yield "code", f"实施编码的后 12 位应是基本编码 {basic}。"
        elif item.business and len(code) != 33:
            yield "code", "分办理项（新办、变更、延续……）的，编码应为 33 位。"
        elif len(code) == 33 and not item.item_name:
            yield "item_name", "业务办理项须写明所属的实施清单事项名称。"
    except InvalidIdentifier as wrong:
        declared = item.code[:18] in known.credit_codes  # its division may come with a required pack that is not installed yet
        if not declared or len(item.code) not in (31, 33) or item.code[18] not in "1234567" or item.code[19:31] != basic:
            yield "code", wrong.message


def _references(item: ItemDefinition, known: Known) -> Iterator[tuple[str, str]]:
    templates: set[str] | None = None
    if not item.form:
        yield "form", "必须写明表单。"
    else:
        try:
            form = _form(known, item.form, item.form_version)
            templates = {*form.fields, *form.groups} if form else None
        except KeyError:
            yield "form", f"没有表单“{item.form}”第 {item.form_version} 版。"
    if templates is not None:
        for place, path in lint.form_paths(item):
            if not lint.path_known(path, templates):
                yield place, f"表单里没有“{path}”。"
    for place, process in (("process", item.process), *((f"branches[{i}].process", one.process) for i, one in enumerate(item.branches))):
        if process and process not in known.processes:
            yield place, f"没有流程“{process}”。"
    places = [("organisation", item.organisation), ("intake_organisation", item.intake_organisation)]
    places += [(f"branches[{index}].organisation", branch.organisation) for index, branch in enumerate(item.branches)]
    for place, code in places:
        if code and code not in known.organisations:
            yield place, f"没有机构“{code}”。"
    if item.regulator and item.regulator not in known.organisations:
        yield "regulator", f"没有机构“{item.regulator}”。"
    for index, material in enumerate(item.materials):
        if material.may_follow_days > 0 and f"tolerance-{material.may_follow_days}" not in known.rules:
            lengths = "、".join(sorted((code.removeprefix("tolerance-") for code in known.rules if code.startswith("tolerance-")), key=int))
            yield f"materials[{index}].may_follow_days", f"没有 {material.may_follow_days} 个工作日的补交时限规则。可用：{lengths}。"
    if item.commitment.listed or item.commitment.prescribed_by:
        terms = item.commitment
        for name in ("conditions", "standards", "consequences", "text"):
            if not getattr(terms, name):
                yield f"commitment.{name}", "实行告知承诺的，须写明条件、标准、不实承诺的后果和承诺内容。"
        for name in ("decision", "verify"):
            if getattr(terms, name) not in known.rules:
                yield f"commitment.{name}", f"没有时限规则“{getattr(terms, name)}”。"
        codes = {material.code for material in item.materials}
        for number, code in enumerate(terms.spares):
            if code not in codes:
                yield f"commitment.spares[{number}]", f"没有代码为“{code}”的材料。"
        if item.guarded_field and not terms.prescribed_by:
            yield "commitment.listed", "直接涉及国家安全、公共安全、人身健康等的事项不适用告知承诺，法律另有规定的除外。"
    if not item.organisation:
        yield "organisation", "必须写明实施机关。"
    stops: list[tuple[str, ItemDefinition | Branch]] = [
        ("", item),
        *((f"branches[{index}].", branch) for index, branch in enumerate(item.branches)),
    ]
    for prefix, owner in stops:
        for number, cause in enumerate(owner.special_procedures):
            if cause not in clocks.CAUSES:
                yield f"{prefix}special_procedures[{number}]", f"没有名为“{cause}”的特别程序。可用：{'、'.join(clocks.CAUSES)}。"
        if owner.extension_rule and owner.extension_rule not in known.rules:
            yield f"{prefix}extension_rule", f"没有时限规则“{owner.extension_rule}”。"


def _clocks(named: ClockSet, place: str, known: Known) -> Iterator[tuple[str, str]]:
    for name in ("correction", "promised", "statutory", "respond"):
        code = getattr(named, name)
        if code and code not in known.rules:
            yield f"{place}.{name}", f"没有时限规则“{code}”。"
    promised, statutory = known.rules.get(named.promised), known.rules.get(named.statutory)
    newest = max(clocks.years_loaded(), default=2026)
    if promised and statutory and (day := later_from(promised, statutory, clocks.calendar(), (newest,))):
        yield f"{place}.promised", f"承诺时限比法定时限晚（例如 {day.isoformat()} 起算）。"
