"""What each act asks, as data: the pages draw these questions and read the answers back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from santai.back.inspections.rules import words

Options = Sequence[tuple[str, str]]
TIMES: Options = tuple((f"{hour:02}:{minute}", f"{hour:02}:{minute}") for hour in range(8, 19) for minute in ("00", "30"))


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question. ``kind`` is one of the design system's; ``value`` and ``error`` are filled in for the page."""

    name: str
    label: str
    kind: str = "textarea"
    options: Options = ()
    required: bool = True
    help: str = ""
    rows: int = 3
    unit: str = ""
    value: Any = ""
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class ActForm:
    """The questions of one act. ``confirm``: what cannot be undone, in words; ``main``: it is the step whose turn it is."""

    act: str
    title: str
    button: str
    asks: tuple[Ask, ...] = ()
    help: str = ""
    confirm: str = ""
    main: bool = False


def pairs(names: dict[str, str]) -> Options:
    return tuple((key, title) for key, title in names.items() if key)


SHOWN = Ask(name="shown", label="已主动出示执法证件", kind="checkbox", required=False)


def officers_ask(inspectors: Iterable[Any]) -> Ask:
    listed = tuple((one.card_no, f"{one.name}（{one.card_no}，有效期至 {one.valid_to:%Y-%m-%d}）") for one in inspectors)
    said = "不少于两人。与当事人有直接利害关系的应当回避。" if listed else "名录中还没有执法人员，请先到“名录”页登记。"
    return Ask(name="officers", label="执法人员", kind="checkboxes", options=listed, help=said)


KIND = Ask(name="kind", label="当事人类型", kind="radio", options=(("organisation", "法人或者其他组织"), ("person", "公民")))
PARTY = (
    KIND,
    Ask(name="name", label="姓名或者名称", kind="text"),
    Ask(name="code", label="统一社会信用代码或者身份证号", kind="text", required=False, help="公民的证件号码不公开。"),
    Ask(name="born_on", label="出生日期", kind="date", required=False, help="当事人是公民的填写。不满十四周岁的不予处罚。"),
)
CONDUCT = (
    Ask(name="violation", label="违法行为", kind="text", help="按处罚事项目录的名称填写；同一行为以此名称和终了日期识别。"),
    Ask(name="conduct_ended", label="违法行为终了的日期", kind="date", help="连续或者继续的行为填写终了之日。"),
)
FILE = ActForm(
    act="file",
    title="立案",
    button="立案",
    help="自立案之日起九十日内作出决定。",
    asks=(
        *PARTY,
        *CONDUCT,
        Ask(name="found_on", label="发现日期", kind="date"),
        Ask(name="life_or_safety", label="涉及公民生命健康安全、金融安全且有危害后果（追究时效五年）", kind="checkbox", required=False),
        Ask(name="source", label="线索来源", kind="select", options=tuple((one, one) for one in words.SOURCES)),
        Ask(name="facts", label="初步掌握的事实"),
        Ask(name="basis", label="依据的条款", rows=2),
        Ask(name="hearing_kind", label="拟作处罚属于应当告知听证的", kind="select", options=pairs(words.HEARING_KINDS), required=False),
        Ask(name="review_prescribed", label="应当经法制审核", kind="checkbox", required=False),
        Ask(name="grave", label="情节复杂或者重大，须集体讨论", kind="checkbox", required=False),
    ),
)
ON_SPOT = ActForm(
    act="spot",
    title="当场处罚",
    button="作出当场处罚决定",
    confirm="决定书随即编号、用印并当场交付，不能撤回。",
    help="限于警告，对公民二百元以下、对法人或者其他组织三千元以下的罚款。",
    asks=(
        *PARTY,
        *CONDUCT,
        Ask(name="facts", label="违法事实"),
        Ask(name="basis", label="处罚依据的条款", rows=2),
        Ask(name="statement", label="当事人的陈述和申辩", required=False, help="没有陈述的不填。"),
        Ask(
            name="kinds", label="处罚种类", kind="checkboxes", options=tuple((one, words.PENALTY_KINDS[one]) for one in words.ON_SPOT_KINDS)
        ),
        Ask(name="amount", label="罚款金额", kind="number", unit="元", required=False),
    ),
)
INFORM = tuple(Ask(name=key, label=title, rows=2) for key, title in words.TOLD_PARTS.items())
TOLD = (
    *INFORM,
    Ask(
        name="amount", label="拟罚款金额", kind="number", unit="元", required=False, help="决定的罚款不得超过告知的金额；不填的，不得罚款。"
    ),
)
RECORD = Ask(name="text", label="调查的经过和询问的内容", rows=6)
DECIDE = (
    Ask(name="outcome", label="决定", kind="radio", options=pairs(words.OUTCOMES)),
    Ask(name="kinds", label="处罚种类", kind="checkboxes", options=pairs(words.PENALTY_KINDS), required=False),
    Ask(name="amount", label="罚款金额", kind="number", unit="元", required=False),
    Ask(name="content", label="其他处罚和责令改正的内容", required=False),
    Ask(name="reason", label="认定的事实、证据和理由", rows=5),
    Ask(name="present", label="当事人在场，当场交付决定书", kind="checkbox", required=False),
)
ACTS: dict[str, ActForm] = {
    form.act: form
    for form in (
        ActForm(act="investigate", title="调查取证", button="记录调查", asks=(SHOWN, RECORD)),
        ActForm(act="reinvestigate", title="补充调查", button="记录调查", asks=(SHOWN, RECORD)),
        ActForm(
            act="inform",
            title="事先告知",
            button="告知当事人",
            asks=TOLD,
            help="五项都告知当事人，才能作出处罚决定。缺项的先记下，补齐后再告知。",
        ),
        ActForm(act="reinform", title="重新告知", button="重新告知", asks=TOLD, help="新的告知代替原来的，须重新听取陈述、申辩。"),
        ActForm(
            act="hear",
            title="陈述申辩",
            button="记录陈述申辩",
            asks=(
                Ask(name="waived", label="当事人明确放弃陈述、申辩", kind="checkbox", required=False),
                Ask(name="statement", label="当事人的陈述和申辩", required=False),
                Ask(name="answer", label="复核情况", required=False, help="采纳了哪些；没有采纳的说明理由。"),
            ),
        ),
        ActForm(
            act="hearing_right",
            title="告知听证权利",
            button="告知听证权利",
            asks=(
                Ask(
                    name="kind",
                    label="拟作处罚属于",
                    kind="select",
                    options=pairs(words.HEARING_KINDS),
                    required=False,
                    help="立案时已经写明的，以立案为准。",
                ),
            ),
            help="当事人在告知后五个工作日内可以要求听证。",
        ),
        ActForm(
            act="hearing_wish",
            title="听证要求",
            button="记录",
            asks=(Ask(name="wanted", label="当事人的意思", kind="radio", options=(("yes", "要求听证"), ("no", "放弃听证"))),),
        ),
        ActForm(
            act="hearing_notice",
            title="通知听证",
            button="通知",
            help="在举行听证的七个工作日前通知。",
            asks=(
                Ask(name="hearing_on", label="听证日期", kind="date"),
                Ask(name="time", label="时间", kind="select", options=TIMES),
                Ask(name="place", label="地点", kind="text"),
            ),
        ),
        ActForm(
            act="hearing_record",
            title="听证笔录",
            button="保存笔录",
            asks=(
                Ask(name="presider", label="主持人", kind="text", help="由非本案调查人员主持。"),
                Ask(name="record", label="听证的经过", rows=6),
                Ask(
                    name="signing",
                    label="签名",
                    kind="radio",
                    options=(("signed", "当事人核对并签名"), ("refused", "拒绝签名，主持人已注明")),
                ),
            ),
        ),
        ActForm(
            act="review",
            title="法制审核",
            button="提交审核意见",
            asks=(
                Ask(name="passed", label="结论", kind="radio", options=(("yes", "通过"), ("no", "不通过"))),
                Ask(name="text", label="审核意见"),
            ),
        ),
        ActForm(act="discuss", title="集体讨论", button="记录集体讨论", asks=(Ask(name="text", label="参加人员、意见和结论", rows=5),)),
        ActForm(
            act="hold",
            title="批准先行登记保存",
            button="批准",
            help="证据可能灭失或者以后难以取得的，经负责人批准可以先行登记保存，七个工作日内处理。",
            asks=(Ask(name="items", label="物品、数量和存放地点"),),
        ),
        ActForm(act="decide", title="作出决定", button="作出决定", asks=DECIDE, confirm="决定书随即编号、用印，作出后不能撤回。"),
        ActForm(
            act="serve",
            title="送达",
            button="记录送达",
            asks=(
                Ask(name="mode", label="送达方式", kind="select", options=pairs(words.SERVE_MODES)),
                Ask(name="receiver", label="签收人或者送达证明", kind="text"),
            ),
        ),
        ActForm(act="record", title="报所属机关备案", button="已备案", help="当场处罚决定应当报所属行政机关备案。"),
        ActForm(act="execute", title="罚款收缴", button="缴清并结案", asks=(Ask(name="receipt_no", label="罚没票据号码", kind="text"),)),
    )
}
DISPOSE = ActForm(act="dispose", title="处理登记保存的证据", button="记录处理", asks=(Ask(name="disposal", label="处理决定", rows=2),))
INSPECT = ActForm(
    act="inspect",
    title="现场检查",
    button="保存检查记录",
    asks=(
        SHOWN,
        Ask(name="result", label="检查结果", kind="radio", options=pairs(words.RESULTS)),
        Ask(name="findings", label="检查的情况", rows=5),
    ),
)
PUBLISH = ActForm(act="publish", title="结果公示", button="公示", confirm="公示后任何人都可以看到检查结果。")
PLAN = ActForm(
    act="plan",
    title="新的抽查计划",
    button="建立计划",
    asks=(
        Ask(name="title", label="名称", kind="text"),
        Ask(name="subject", label="抽查事项", rows=2),
        Ask(name="basis", label="抽查依据", rows=2),
        Ask(name="take", label="抽取的对象数", kind="number", unit="家"),
    ),
)
DRAW = ActForm(
    act="draw",
    title="抽取",
    button="抽取",
    confirm="一份计划只抽取一次，结果和种子一起保存，不能重抽。",
    help="种子由监督人员当场报出，或者取自事先说好的公开数字，任何人用同一种子和名单都能复核。",
    asks=(
        Ask(name="seed", label="种子", kind="text"),
        Ask(name="seed_from", label="种子的来历", kind="text", required=False, help="例如报出种子的监督人员。"),
    ),
)
INSPECTOR = ActForm(
    act="inspector",
    title="登记检查人员",
    button="加入名录",
    asks=(
        Ask(name="name", label="姓名", kind="text"),
        Ask(name="card_no", label="执法证号", kind="text"),
        Ask(name="valid_to", label="有效期至", kind="date"),
        Ask(name="interests", label="应当回避的对象", required=False, help="每行一个名称或者代码。", rows=2),
    ),
)
OBJECT = ActForm(
    act="object",
    title="登记检查对象",
    button="加入名录",
    asks=(
        Ask(name="name", label="名称", kind="text"),
        Ask(name="code", label="统一社会信用代码或者编号", kind="text"),
        Ask(name="address", label="地址", kind="text", required=False),
    ),
)
