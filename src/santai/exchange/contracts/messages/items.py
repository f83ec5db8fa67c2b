"""The service item as every desk knows it: published once by exchange/items, kept as a read-only copy by hall and approvals."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from santai.exchange.contracts.messages.base import Message

# 许可 · 登记 · 备案 · 信息报告 · 信息推送 · 确认 · 给付; the three of filing, report and push end without a decision (content.md §1.1)
Nature = Literal["permit", "registration", "filing", "report", "push", "confirmation", "benefit"]
# what an item touches, where the law asks for more: bars after false statements (行政许可法 78, 79), no promise instead of proof
GuardedField = Literal[
    "", "national_security", "state_secret", "public_safety", "financial_prudence", "ecology", "personal_health", "life_and_property",
    "life_and_health",
]  # fmt: skip

# 依据的层级: 法律 行政法规 国务院决定 地方性法规 省级政府规章 部门规章 设区的市政府规章 规范性文件
Rank = Literal["law", "regulation", "state_council", "local_regulation", "provincial_rule", "ministry_rule", "city_rule", "normative"]


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A JSON Logic expression over the form's data, e.g. ``{">": [{"var": "foreign_share"}, 0]}``; ``None`` means always."""

    logic: Any = None


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    """One 设定依据, told apart by its rank: who may set a permit or charge a fee follows from it (行政许可法 14–17, 58)."""

    title: str  # 《…法》
    rank: Rank
    articles: str = ""  # 第二十条、第二十一条
    number: str = ""  # 国务院令第663号
    in_force_since: str = ""  # ISO date; an interim permit of a province's rules lapses a year after it (行政许可法 15)
    text: str = ""  # the clause itself


@dataclass(frozen=True, kw_only=True)
class MaterialDefinition:
    """One 申请材料."""

    code: str
    name: str
    source: Literal["upload", "generated", "form", "register", "licence"]  # register/licence: 免交, fetched
    required: bool = True
    original_checked: bool = False
    may_follow_days: int = 0  # 容缺: working days it may be handed in later; 0: not
    accepted_types: tuple[str, ...] = ("application/pdf", "image/jpeg", "image/png")
    max_megabytes: int = 20
    guidance: str = ""
    basis: str = ""
    branches: tuple[str, ...] = ()  # joint items: the branches that read it; empty: all
    licence_type: str = ""  # for source "licence": offered again from the holder's licences
    register: str = ""  # for source "register"
    name_en: str = ""
    valid_months: int = 0  # what was handed in before is offered again for so long; 0: for good
    kind: Literal["", "original", "copy", "both"] = ""  # 材料类型: 原件 复印件 原件和复印件
    form: Literal["", "paper", "electronic", "both"] = ""  # 材料形式: 纸质 电子 纸质或电子
    copies: int = 0  # 份数; 0: not said
    size: str = ""  # 纸张规格, e.g. A4
    source_note: str = ""  # 来源渠道说明: who issues it
    blank_form: str = ""  # 空白表格: title of the form to be filled in
    example: str = ""  # 填写样例: what a right one looks like, in a sentence
    standard: str = ""  # 受理标准: when it is taken as good
    filling_note: str = ""  # 填报须知


@dataclass(frozen=True, kw_only=True)
class ClockSet:
    """The clock rules that bind one item or branch, by code (kernel/clocks). Empty: that clock does not exist for it."""

    correction: str = ""  # receipt → one complete correction notice, else deemed accepted
    promised: str = ""
    statutory: str = ""
    runs_from: Literal["acceptance", "receipt"] = "acceptance"
    respond: str = ""  # the applicant's time to answer a correction notice; empty: the platform's applicant-correction-15


@dataclass(frozen=True, kw_only=True)
class ResultDefinition:
    """What comes out: a licence of a type, or a document."""

    kind: Literal["licence", "document", "none"] = "document"
    licence_type: str = ""
    name: str = ""
    # form field ids shown on the licence: label → dotted path
    fields: dict[str, str] = field(default_factory=dict)
    valid_years: int = 0  # 0: 长期
    # what granting assigns and where it is written back in the form, e.g. {"credit_code": "credit_code"}; for later branches, locked
    assigns: dict[str, str] = field(default_factory=dict)
    # what granting writes into the legal-entity register: register field → path
    registers: dict[str, str] = field(default_factory=dict)
    # 结果样本: label → what an example says, e.g. {"证书编号": "东江人社派〔2026〕0001号"}; a licence with ``fields`` shows these by itself
    sample: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Branch:
    """One department's part of a joint item: a sub-case with its own process and clocks."""

    code: str  # e.g. "gs"
    name: str
    organisation: str  # organisation code (kernel/orgs)
    item_name: str
    nature: Nature
    process: str  # process key in kernel/flow
    clocks: ClockSet
    finishes_after: tuple[str, ...] = ()  # branches whose outcome it needs before it can finish
    mapping: dict[str, str] = field(default_factory=dict)  # department field id → dotted path in the shared form
    fields: tuple[dict[str, Any], ...] = ()  # the department's own fields, for its view: {"id","label","from"}
    correction_texts: tuple[str, ...] = ()
    special_procedures: tuple[str, ...] = ()  # lawful stops this branch may use, e.g. ("expert_review",)
    hearing: str = ""  # the rule that prescribes a hearing before any decision (行政许可法 46); empty: none does
    extension_rule: str = ""  # clock rule naming approver and length; empty: no extension
    result: ResultDefinition = field(default_factory=ResultDefinition)
    line_system: bool = False  # the department works in its own system, reached through the bus
    phrase: str = ""


@dataclass(frozen=True, kw_only=True)
class FeeDefinition:
    """One charge by its published standard; which of them is due is the fee table's to say."""

    code: str
    name: str
    amount: str  # yuan as written, e.g. "80" or "12.50"; "0": exempt
    unit: str = ""  # what it is charged for: 件, 本 …
    basis: str = ""
    basis_rank: Literal["", Rank] = ""  # a permit's fee needs a law or a regulation of the State Council (行政许可法 58)
    reduction: str = ""  # 减免: who pays less or nothing, and why


@dataclass(frozen=True, kw_only=True)
class DecisionTables:
    """The keys of the item's decision tables. Empty: every branch joins, every material is needed, every charge is due."""

    routing: str = ""  # output ``branch``: which departments take part
    materials: str = ""  # output ``material``: what is to be handed in
    fees: str = ""  # output ``fee``: what it costs


@dataclass(frozen=True, kw_only=True)
class GuideElement:
    """A titled paragraph of the guide (办事指南) beyond the structured elements."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class CommitmentDefinition:
    """告知承诺 for one item. Offered only when ``listed`` or ``prescribed_by`` says by what; empty: not offered."""

    listed: str = ""  # the document by which the city's government approved and published the item for it
    prescribed_by: str = ""  # the statute that itself prescribes it: then the excluded fields do not matter
    conditions: tuple[str, ...] = ()  # told first: the conditions for the permit
    standards: tuple[str, ...] = ()  # told first: standards and technical requirements
    consequences: tuple[str, ...] = ()  # told first: what follows from a false or unkept commitment
    text: tuple[str, ...] = ()  # the commitment itself, as it is signed
    spares: tuple[str, ...] = ()  # codes of materials that the commitment stands for
    decision: str = "commitment-same-day"  # clock rule of the decision
    verify: str = "commitment-verify-45"  # clock rule of the verification after the decision


@dataclass(frozen=True, kw_only=True)
class RenewalWindow:
    """延续: when it may be applied for, counted back from the last valid day (行政许可法 50: thirty days, unless a law says otherwise)."""

    open: int = 0  # not earlier than so many days before; 0: any time
    close: int = 30  # not later than so many days before
    unit: Literal["working_day", "calendar_day"] = "working_day"
    law: str = "《中华人民共和国行政许可法》第五十条、第八十二条"


@dataclass(frozen=True, kw_only=True)
class StartOfWork:
    """A permit that lapses when work does not begin in time (建筑法 9). ``length`` 0: no such rule."""

    length: int = 0
    unit: Literal["month", "year"] = "month"
    times: int = 0  # how often the beginning may be put off
    most: int = 0  # at most so long each time, in ``unit``
    asked_before: int = 0  # working days before the last day; 0: any time before it
    law: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemDefinition:
    """A published item version: immutable. Codes per standards.md §1 (12/31/33 characters)."""

    code: str  # 实施编码, 31 characters, or a pack-wide key for joint items (主题服务编码)
    basic_code: str  # 基本编码, 12 characters
    version: int
    name: str
    name_en: str = ""
    summary: str = ""
    summary_en: str = ""
    shape: Literal["single", "joint"] = "single"
    act_type: str = "01"  # 事项类型代码: 01 许可 … 20 公共服务
    nature: Nature = "permit"
    handling: Literal["instant", "promised"] = "promised"  # 即办件 / 承诺件
    holder_kinds: tuple[Literal["person", "organisation"], ...] = ("person",)
    organisation: str = ""  # code of the (lead) organisation
    organisation_name: str = ""
    intake_organisation: str = ""  # where 收件 happens; empty: the organisation itself
    region: str = ""
    topics: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    form: str = ""  # form key
    form_version: int = 1
    process: str = ""  # process key of the (parent) case
    clocks: ClockSet = field(default_factory=ClockSet)
    branches: tuple[Branch, ...] = ()
    joint_outcome: Literal["all_or_nothing", "severable", "lead_decides"] = "severable"
    lead_branch: str = ""
    # a part is refused after another one's licence is out: the licence stands, or its department must say whether it can stand
    late_refusal: Literal["stands", "reviewed"] = "stands"
    # nobody answers the correction notice: the departments are told and decide, or (by local law only) it counts as withdrawn
    correction_lapse: Literal["told", "withdrawn"] = "told"
    correction_lapse_basis: str = ""
    materials: tuple[MaterialDefinition, ...] = ()
    questions: tuple[
        dict[str, Any], ...
    ] = ()  # 情形: {"id","text","options":[{"value","label"}],"help"}; answers land in data["situation"]
    conditions: str = ""
    legal_basis: tuple[str, ...] = ()
    fee: str = "不收费"  # the sentence of the guide
    fees: tuple[FeeDefinition, ...] = ()
    decisions: DecisionTables = field(default_factory=DecisionTables)
    # table key → DMN text, put in on publication: a case keeps the tables it was filed under
    tables: dict[str, str] = field(default_factory=dict)
    promised_text: str = ""
    statutory_text: str = ""
    visits: int = 0  # 到现场次数
    handling_place: str = ""
    handling_hours: str = ""
    phone: str = ""
    complaint_phone: str = ""
    remedy: str = ""  # 救济途径
    flow_steps: tuple[str, ...] = ()
    results: ResultDefinition = field(default_factory=ResultDefinition)
    hearing: str = ""  # the rule that prescribes a hearing before any decision (行政许可法 46); empty: none does
    special_procedures: tuple[str, ...] = ()
    extension_rule: str = ""
    correction_texts: tuple[str, ...] = ()
    refusal_texts: tuple[str, ...] = ()
    guide: tuple[GuideElement, ...] = ()
    faq: tuple[GuideElement, ...] = ()
    signers: Any = None  # JSON path list of people who must co-sign, e.g. ["legal_representative", "shareholders", "directors"]
    pre_form: tuple[str, ...] = ()  # aids before the form: "name_check", "business_scope", "address"
    # {"before": {…}, "after": {…}}, each of: forms materials trips doors fields prefilled days (FD-014)
    before_after: dict[str, Any] = field(default_factory=dict)
    assurance_level: int = 2
    tolerance_basis: str = ""  # 容缺: the local rule that allows it; without one no material may follow later
    commitment: CommitmentDefinition = field(default_factory=CommitmentDefinition)
    renewal: RenewalWindow = field(default_factory=RenewalWindow)
    start_work: StartOfWork = field(default_factory=StartOfWork)
    transferable_by: str = ""  # the law or regulation that lets the permit be transferred; empty: it may not be (行政许可法 9)
    secret: Literal["", "state", "trade", "privacy"] = ""  # its decisions are not published (行政许可法 5)
    regulator: str = ""  # organisation that supervises afterwards (审管衔接); empty: the deciding one itself
    sample: bool = True  # 示例内容, to be verified locally
    sources: tuple[str, ...] = ()
    bases: tuple[LegalBasis, ...] = ()  # the ranked form of ``legal_basis``
    local_code: str = ""  # 地方事项编码
    item_name: str = ""  # of a 业务办理项 (code of 33): the name of the 实施清单 item it belongs to
    business: Literal["", "new", "change", "renew", "reissue", "cancel", "other"] = ""  # 新办 变更 延续 补办 注销 其他
    power_source: Literal["", "statutory", "delegated_down", "authorised", "entrusted"] = ""  # 法定本级行使 上级下放 授权 委托
    body_kind: Literal["", "1", "2", "3", "9"] = ""  # 主体性质: 1法定机关 2授权组织 3受委托组织 9其他
    entrusted_by: str = ""  # 委托部门
    served: tuple[Literal["1", "2", "3", "4", "5", "6"], ...] = ()  # 1自然人 2企业法人 3事业法人 4社会组织法人 5行政机关 6其他组织
    person_topics: tuple[str, ...] = ()  # 面向自然人的主题
    corporate_topics: tuple[str, ...] = ()  # 面向法人的主题
    channels: tuple[Literal["1", "2", "3", "4", "9"], ...] = ()  # 办理形式: 1窗口 2电脑端 3移动端 4快递 9其他
    reach: Literal["", "nation", "province", "city", "county"] = ""  # 通办范围: 全国 跨省 跨市 跨县
    online_depth: Literal["", "1", "2", "3", "4"] = ""  # 网办深度 Ⅰ–Ⅳ; Ⅳ: 全程网办
    visit_reason: str = ""  # 必须到现场的原因
    at_centre: bool = False  # 进驻政务大厅
    bookable: bool = False  # 预约办理
    pay_online: bool = False  # 网上支付
    express: bool = False  # 物流快递
    self_service: bool = False  # 自助终端
    other_bodies: tuple[str, ...] = ()  # 联办机构
    intermediaries: tuple[str, ...] = ()  # 中介服务
    quota: str = ""  # 数量限制
    promised_note: str = ""  # 承诺办结时限说明
    statutory_note: str = ""  # 法定办结时限说明
    duties: tuple[str, ...] = ()  # 责任事项
    accountability: tuple[str, ...] = ()  # 追责情形
    effective_on: str = ""  # ISO date from which the version is used; empty: from its publication
    guarded_field: GuardedField = ""
    presence_required: bool = False  # the law wants the applicant in person (行政许可法 29)
    project_code_required: bool = False  # an approval of an investment project (企业投资项目核准和备案管理条例 4)
    # papers incomplete: one notice (行政许可法 32); refused in writing on the spot, else deemed accepted (不动产登记暂行条例 17)
    incomplete_papers: Literal["notice", "refused_on_spot"] = "notice"
    test_required: Literal["", "inspection", "testing", "quarantine"] = ""  # 检验、检测、检疫 prescribed (行政许可法 55)
    inspection_required: bool = False  # decided only after an inspection on site, unless promised by the applicant (消防法 15)
    grants_at_most: int = 0  # permits that can be granted at a time, in the order of acceptance (行政许可法 57); 0: no limit
    by_competition: bool = False  # a scarce resource: granted by tender or auction (行政许可法 53)
    notice_days: int = 0  # calendar days a public notice must have run before the decision; 0: none prescribed
    silence_grants: str = ""  # the statute that makes the organ's own silence a consent; empty: silence grants nothing
    stop_limits: dict[str, int] = field(default_factory=dict)  # cause → most working days the time for it may take by its own rule
    reported_from: str = ""  # a yearly report: the first and last day on which it is due, as MM-DD
    reported_to: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemVersionPublished(Message):
    """A version of an item is in force; hall and approvals keep a copy."""

    name: ClassVar[str] = "exchange.items.item_version_published"
    audience: ClassVar[tuple[str, ...]] = ("front.hall", "back.approvals")

    definition: ItemDefinition
    published_at: str


@dataclass(frozen=True, kw_only=True)
class ItemWithdrawn(Message):
    """An item is no longer offered; cases under way go on under their version."""

    name: ClassVar[str] = "exchange.items.item_withdrawn"
    audience: ClassVar[tuple[str, ...]] = ("front.hall", "back.approvals")

    code: str
    withdrawn_at: str
    reason: str
