"""The list of items (实施清单) as people fill it in: columns, their groups and their choices. One description serves the editing page, the
spreadsheet and the comparison of versions. Pure."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "long", "lines", "list", "yes_no", "choice", "choices", "number", "date", "pairs", "figures"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One field. ``key`` is the field of the definition; ``options``: value → what people read."""

    key: str
    title: str
    kind: Kind = "text"
    options: dict[str, str] | None = None
    source: str = ""  # options that only the city knows: forms, processes, licence types
    help: str = ""
    needed: bool = False
    uniform: bool = False  # taken over from 基本目录 with a claim: not the claimer's to change


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows that belong to an item; on the spreadsheet a sheet of its own."""

    key: str
    title: str
    columns: tuple[Column, ...]
    uniform: bool = False


@dataclass(frozen=True, kw_only=True)
class Group:
    key: str
    title: str
    columns: tuple[Column, ...] = ()
    table: Table | None = None
    intro: str = ""


ACT_TYPES = {
    "01": "行政许可", "02": "行政处罚", "03": "行政强制", "04": "行政征收", "05": "行政给付", "06": "行政检查", "07": "行政确认",
    "08": "行政奖励",
    "09": "行政裁决", "10": "其他行政权力", "20": "公共服务",
}  # fmt: skip
ON_APPLICATION = {code: title for code, title in ACT_TYPES.items() if code not in ("02", "03", "04", "06")}
LEVELS = {"1": "国家级", "2": "省级", "3": "市级", "4": "县级", "5": "镇（乡、街道）级", "6": "村（社区）级", "7": "分级管理"}
RANKS = {
    "law": "法律", "regulation": "行政法规", "state_council": "国务院决定", "local_regulation": "地方性法规",
    "provincial_rule": "省级政府规章",
    "ministry_rule": "部门规章", "city_rule": "设区的市政府规章", "normative": "规范性文件",
}  # fmt: skip
UNITS = {"working_day": "工作日", "calendar_day": "自然日", "hour": "小时", "working_hour": "工作小时"}
BUSINESS = {"new": "新办", "change": "变更", "renew": "延续", "reissue": "补办", "cancel": "注销", "other": "其他"}
NATURES = {"permit": "许可", "registration": "登记确认", "filing": "备案", "report": "信息报告"}
SPECIAL = {
    "hearing": "听证", "bidding": "招标", "auction": "拍卖", "inspection": "检验", "testing": "检测", "quarantine": "检疫",
    "appraisal": "鉴定",
    "expert_review": "专家评审",
}  # fmt: skip
FIGURES = {
    "forms": "表单",
    "materials": "材料",
    "trips": "跑动",
    "doors": "进门",
    "fields": "填写项",
    "prefilled": "预填项",
    "days": "天数",
}

BASES = Table(
    key="bases", title="设定依据", uniform=True,
    columns=(
        Column(key="title", title="法律文件名称", needed=True, help="例如《中华人民共和国劳动合同法》"),
        Column(key="rank", title="层级", kind="choice", options=RANKS, needed=True),
        Column(key="articles", title="条款", help="第五十七条第二款"),
        Column(key="number", title="文号"),
        Column(key="in_force_since", title="施行日期", kind="date"),
        Column(key="text", title="条文内容", kind="long"),
    ),
)  # fmt: skip
MATERIALS = Table(
    key="materials", title="申请材料",
    columns=(
        Column(key="code", title="材料代码", needed=True, help="小写英文字母和数字，例如 photo"),
        Column(key="name", title="材料名称", needed=True),
        Column(key="source", title="来源渠道", kind="choice", needed=True, options={"upload": "申请人提交", "register": "数据共享（免交）",
               "licence": "电子证照（免交）", "generated": "系统生成", "form": "申请表填写"}),
        Column(key="required", title="是否必要", kind="yes_no"),
        Column(key="kind", title="材料类型", kind="choice", options={"original": "原件", "copy": "复印件", "both": "原件和复印件"}),
        Column(key="form", title="材料形式", kind="choice", options={"paper": "纸质", "electronic": "电子", "both": "纸质或电子"}),
        Column(key="copies", title="份数", kind="number"),
        Column(key="size", title="规格"),
        Column(key="source_note", title="来源渠道说明"),
        Column(key="basis", title="要求提供的依据"),
        Column(key="standard", title="受理标准"),
        Column(key="filling_note", title="填报须知"),
        Column(key="guidance", title="怎么准备"),
        Column(key="blank_form", title="空白表格"),
        Column(key="example", title="填写样例"),
        Column(key="register", title="共享自哪个库"),
        Column(key="licence_type", title="证照类型", kind="choice", source="licence_types"),
        Column(key="may_follow_days", title="容缺补交天数", kind="number", help="工作日；0 表示不能容缺"),
    ),
)  # fmt: skip
FEES = Table(
    key="fees", title="收费标准",
    columns=(
        Column(key="code", title="收费代码", needed=True),
        Column(key="name", title="收费项目", needed=True),
        Column(key="amount", title="金额（元）", needed=True, help="80 或者 12.50"),
        Column(key="unit", title="计量单位"),
        Column(key="basis", title="收费依据", needed=True),
        Column(key="basis_rank", title="依据层级", kind="choice", options=RANKS),
        Column(key="reduction", title="减免情形"),
    ),
)  # fmt: skip
QUESTIONS = Table(
    key="questions", title="情形",
    columns=(
        Column(key="id", title="情形代码", needed=True, help="小写英文字母，例如 ground"),
        Column(key="text", title="问题", needed=True, help="您是第一次申请吗？"),
        Column(key="help", title="说明"),
        Column(key="options", title="选项", kind="pairs", needed=True, help="一行一个：值: 显示的文字，例如 yes: 是"),
    ),
)  # fmt: skip
FAQ = Table(
    key="faq", title="常见问题",
    columns=(Column(key="title", title="问", needed=True), Column(key="text", title="答", kind="long", needed=True)),
)  # fmt: skip

GROUPS: tuple[Group, ...] = (
    Group(key="basic", title="基本信息", columns=(
        Column(key="code", title="实施编码", needed=True, uniform=True, help="31 位；业务办理项 33 位"),
        Column(key="basic_code", title="基本编码", needed=True, uniform=True, help="12 位"),
        Column(key="name", title="事项名称", needed=True, uniform=True),
        Column(key="item_name", title="所属实施清单事项", help="业务办理项才填", uniform=True),
        Column(key="business", title="业务办理项类型", kind="choice", options=BUSINESS),
        Column(key="act_type", title="事项类型", kind="choice", options=ON_APPLICATION, needed=True, uniform=True),
        Column(key="nature", title="办理性质", kind="choice", options=NATURES, needed=True),
        Column(key="handling", title="办件类型", kind="choice", options={"instant": "即办件", "promised": "承诺件"}, needed=True),
        Column(key="summary", title="一句话说明", help="办成什么事，给谁办"),
        Column(key="name_en", title="英文名称"),
        Column(key="summary_en", title="英文说明"),
        Column(key="local_code", title="地方事项编码"),
        Column(key="power_source", title="权力来源", kind="choice",
               options={"statutory": "法定本级行使", "delegated_down": "上级下放", "authorised": "上级授权", "entrusted": "委托"}),
        Column(key="body_kind", title="实施主体性质", kind="choice", options={"1": "法定机关", "2": "授权组织", "3": "受委托组织",
            "9": "其他"}),
        Column(key="entrusted_by", title="委托部门"),
        Column(key="effective_on", title="生效日期", kind="date", help="留空则发布时生效"),
    )),
    Group(key="bases", title="设定依据", table=BASES, intro="行政许可的依据须是法律、行政法规、国务院决定或者地方性法规。"),
    Group(key="service", title="服务对象和主题", columns=(
        Column(key="served", title="服务对象", kind="choices", needed=True,
               options={"1": "自然人", "2": "企业法人", "3": "事业法人", "4": "社会组织法人", "5": "行政机关", "6": "其他组织"}),
        Column(key="person_topics", title="面向自然人的主题", kind="list"),
        Column(key="corporate_topics", title="面向法人的主题", kind="list"),
        Column(key="life_events", title="人生事件、经营阶段", kind="list"),
        Column(key="keywords", title="搜索用词", kind="list", help="群众会怎么叫它"),
        Column(key="conditions", title="受理条件", kind="long"),
        Column(key="quota", title="数量限制"),
    )),
    Group(key="limits", title="办理时限", intro="承诺时限不能比法定时限长，单位不同的按真实日历逐日比较。", columns=(
        Column(key="statutory_length", title="法定办结时限", kind="number", help="没有法定时限的留空"),
        Column(key="statutory_unit", title="法定时限单位", kind="choice", options=UNITS),
        Column(key="statutory_note", title="法定时限说明"),
        Column(key="promised_length", title="承诺办结时限", kind="number", help="即办件留空"),
        Column(key="promised_unit", title="承诺时限单位", kind="choice", options=UNITS),
        Column(key="promised_note", title="承诺时限说明"),
        Column(key="runs_from", title="从何时起算", kind="choice", options={"acceptance": "受理之日", "receipt": "收到申请之日"}),
        Column(key="special_procedures", title="特别程序", kind="choices", options=SPECIAL, help="所需时间依法不计入期限"),
    )),
    Group(key="handling", title="办理方式", columns=(
        Column(key="channels", title="办理形式", kind="choices",
               options={"1": "窗口办理", "2": "网上（电脑端）", "3": "移动端", "4": "快递申请", "9": "其他"}),
        Column(key="reach", title="通办范围", kind="choice", options={"nation": "全国", "province": "跨省", "city": "跨市",
            "county": "跨县"}),
        Column(key="online_depth", title="网上办理深度", kind="choice",
               options={"1": "Ⅰ级（公布信息）", "2": "Ⅱ级（下载表格）", "3": "Ⅲ级（网上受理）", "4": "Ⅳ级（全程网办）"}),
        Column(key="visits", title="到现场次数", kind="number"),
        Column(key="visit_reason", title="必须到现场的原因"),
        Column(key="handling_place", title="办理地点"),
        Column(key="handling_hours", title="办理时间"),
        Column(key="at_centre", title="是否进驻政务大厅", kind="yes_no"),
        Column(key="bookable", title="是否可以预约", kind="yes_no"),
        Column(key="express", title="是否支持物流快递", kind="yes_no"),
        Column(key="self_service", title="是否支持自助终端", kind="yes_no"),
        Column(key="flow_steps", title="办理流程（环节）", kind="list", help="用顿号分开：申报、收件、受理、审查、决定"),
        Column(key="other_bodies", title="联办机构", kind="list"),
        Column(key="intermediaries", title="中介服务", kind="list"),
    )),
    Group(key="fees", title="收费", table=FEES, columns=(
        Column(key="fee", title="是否收费（一句话）", help="不收费；收费的写明标准和依据"),
        Column(key="pay_online", title="是否支持网上支付", kind="yes_no"),
    )),
    Group(key="materials", title="申请材料", table=MATERIALS, intro="逐一写明，不能写“其他材料”。"),
    Group(key="questions", title="情形", table=QUESTIONS, intro="申请人先回答的问题，答案决定要交的材料和要走的办理项。"),
    Group(key="result", title="办理结果", columns=(
        Column(key="result_kind", title="结果类型", kind="choice", options={"licence": "证照", "document": "批文、证明",
        "none": "没有结果文书"},
               needed=True),
        Column(key="result_name", title="结果名称"),
        Column(key="result_type", title="证照类型", kind="choice", source="licence_types", help="结果是证照时填"),
        Column(key="result_sample", title="结果样本", kind="pairs", help="一行一个：栏目: 样例，例如 证书编号: 东人社〔2026〕1号"),
    )),
    Group(key="contact", title="咨询和监督", columns=(
        Column(key="phone", title="咨询电话", needed=True),
        Column(key="complaint_phone", title="投诉电话", needed=True),
        Column(key="remedy", title="救济途径", kind="long"),
    )),
    Group(key="faq", title="常见问题", table=FAQ),
    Group(key="duties", title="责任清单", columns=(
        Column(key="duties", title="责任事项", kind="lines", help="一行一项"),
        Column(key="accountability", title="追责情形", kind="lines", help="一行一项"),
    )),
    Group(key="figures", title="减了多少", intro="改革前后各要填几张表、交几份材料、跑几次、进几个门。", columns=(
        Column(key="before", title="以前", kind="figures", help="例如：表单 6、材料 14、跑动 5、进门 3、填写项 120、预填项 0、天数 20"),
        Column(key="after", title="现在", kind="figures"),
    )),
    Group(key="work", title="办理配置", columns=(
        Column(key="form", title="申请表", kind="choice", source="forms", needed=True),
        Column(key="process", title="办理流程", kind="choice", source="processes", needed=True),
        Column(key="assurance_level", title="申请人认证等级", kind="choice",
               options={"2": "二级：自己申报", "3": "三级：与人口库、法人库比对", "4": "四级：实人认证", "5": "五级：证书或者窗口"}),
        Column(key="correction_texts", title="常用补正意见", kind="lines", help="一行一条"),
        Column(key="refusal_texts", title="常用不予理由", kind="lines", help="一行一条"),
        Column(key="sources", title="内容来源", kind="lines", help="一行一条"),
    )),
)  # fmt: skip

TABLES = {group.table.key: group.table for group in GROUPS if group.table}
COLUMNS = {column.key: column for group in GROUPS for column in group.columns}
GROUP_OF = {**{column.key: group.key for group in GROUPS for column in group.columns}, **{g.table.key: g.key for g in GROUPS if g.table}}
UNIFORM = tuple(column.key for column in COLUMNS.values() if column.uniform)
# where a finding on the definition points to on the sheet
PLACES = {
    "clocks.promised": "promised_length", "clocks.statutory": "statutory_length", "promised_text": "promised_length",
    "results": "result_kind",
    "results.name": "result_name", "results.licence_type": "result_type", "results.sample": "result_sample", "results.kind": "result_kind",
    "before_after": "before", "before_after.before": "before", "before_after.after": "after", "holder_kinds": "served",
    "form_version": "form",
    "legal_basis": "bases", "version": "code", "topics": "person_topics",
}  # fmt: skip
