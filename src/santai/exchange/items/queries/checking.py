"""Everything that can be known to be wrong with one item, before anything is written: asked by packs, by the
editing page, at publication."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from santai.exchange.contracts.service import KINDS, Branch, ClockSet, ItemDefinition
from santai.exchange.items.models import ItemVersion
from santai.exchange.items.rules import lint
from santai.exchange.items.rules.digest import digest_of
from santai.exchange.items.rules.fields import cross_fields
from santai.exchange.items.rules.limits import later_from
from santai.exchange.items.rules.tables import lint_fees, lint_table
from santai.kernel.clocks import service as clocks
from santai.kernel.codes.service import InvalidIdentifier, check_implementation_code
from santai.kernel.flow import service as flow
from santai.kernel.forms import service as forms
from santai.kernel.forms.service import Form
from santai.kernel.orgs.service import Organisation
from santai.kernel.packs.service import PackFile


@dataclass
class Known:
    """What an item may name: installed, or brought along by the pack it comes in and those it requires."""

    rules: dict[str, clocks.Rule] = field(default_factory=dict)
    forms: dict[tuple[str, int], Form | None] = field(default_factory=dict)  # None: the form itself has problems
    tables: dict[str, tuple[PackFile | None, str]] = field(default_factory=dict)  # decision table → its file, its text; None: deployed
    processes: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    credit_codes: set[str] = field(default_factory=set)  # declared by packs; their own part has checked them


def installed() -> Known:
    """What is installed."""
    known = Known()
    for rule in clocks.rules_in_force():
        known.rules[rule.code] = rule
    known.processes = set(flow.deployed_processes().values_list("key", flat=True))
    known.tables = {row.key: (None, row.dmn) for row in flow.deployed_decisions().order_by("key", "version")}
    known.organisations = set(Organisation.objects.values_list("code", flat=True))
    return known


def with_tables(item: ItemDefinition, tables: dict[str, tuple[PackFile | None, str]]) -> ItemDefinition:
    """The item with the text of the tables it names: from publication on they belong to the version."""
    keys = [key for kind in KINDS if (key := getattr(item.decisions, kind)) in tables]
    return replace(item, tables={key: tables[key][1] for key in keys}) if keys else item


def form_known(known: Known, key: str, version: int) -> Form | None:
    """KeyError when there is no such form."""
    if (key, version) not in known.forms:
        try:
            known.forms[key, version] = forms.get_form(key, version)
        except forms.FormUnknown:
            raise KeyError(key) from None
    return known.forms[key, version]


def findings(item: ItemDefinition, known: Known, on: date | None = None) -> Iterator[tuple[str, str]]:
    """(place below the item, text) of everything wrong with it; ``on``: the day an interim permit is looked at."""
    yield from _codes(item, known)
    yield from lint.lint(item)
    yield from cross_fields(item, on)
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


def table_findings(item: ItemDefinition, known: Known) -> Iterator[tuple[str, str]]:
    """What is wrong with the item's installed decision tables, at the place that names them."""
    for kind, _, wrong, _ in faults_of_tables(item, known):
        yield f"decisions.{kind}", wrong


def faults_of_tables(item: ItemDefinition, known: Known) -> Iterator[tuple[str, str, str, PackFile | None]]:
    """(kind, element of the DMN file, text, the file): element and file are empty where the table is nowhere or installed."""
    try:
        form = form_known(known, item.form, item.form_version)
    except KeyError:
        form = None
    for kind in KINDS:
        key = getattr(item.decisions, kind)
        if not key:
            continue
        if key not in known.tables:
            yield kind, "", f"没有决策表“{key}”。", None
            continue
        source, text = known.tables[key]
        if not flow.is_readable(text):
            continue  # the tables' own part says what is wrong with it
        for element, wrong in lint_table(item, kind, flow.table_in(text, key), form):
            yield kind, element, f"{wrong}。", source


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
            form = form_known(known, item.form, item.form_version)
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
    yield from _promises(item, known)
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


def _promises(item: ItemDefinition, known: Known) -> Iterator[tuple[str, str]]:
    """容缺 and 告知承诺: their clock rules exist, everything that is told first is written down."""
    for index, material in enumerate(item.materials):
        if material.may_follow_days > 0 and f"tolerance-{material.may_follow_days}" not in known.rules:
            lengths = "、".join(sorted((code.removeprefix("tolerance-") for code in known.rules if code.startswith("tolerance-")), key=int))
            yield f"materials[{index}].may_follow_days", f"没有 {material.may_follow_days} 个工作日的补交时限规则。可用：{lengths}。"
    terms = item.commitment
    if not (terms.listed or terms.prescribed_by):
        return
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


def _clocks(named: ClockSet, place: str, known: Known) -> Iterator[tuple[str, str]]:
    for name in ("correction", "promised", "statutory", "respond"):
        code = getattr(named, name)
        if code and code not in known.rules:
            yield f"{place}.{name}", f"没有时限规则“{code}”。"
    promised, statutory = known.rules.get(named.promised), known.rules.get(named.statutory)
    newest = max(clocks.years_loaded(), default=2026)
    if promised and statutory and (day := later_from(promised, statutory, clocks.calendar(), (newest,))):
        yield f"{place}.promised", f"承诺时限比法定时限晚（例如 {day.isoformat()} 起算）。"
