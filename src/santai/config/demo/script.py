"""The ten minutes: who does what where. Data for the start page."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Step:
    title: str
    text: str
    desk: str  # 前台 中台 后台 监管
    login: str = ""
    url: str = ""
    path: str = ""
    of_item: bool = False
    label: str = "打开"
    minute: str = ""


STEPS = (
    Step(
        title="创办人：一张表", desk="前台", minute="0–2", login="founder", url="front_hall:guide", of_item=True,
        text="陈静怡要开公司。搜索“企业设立一表制”，回答几个问题，点“填入示例”。姓名和身份证号由人口库带出并锁定，七个部门共用的内容只填一次。",
    ),
    Step(
        title="股东：各自签名", desk="前台", minute="2–3", login="shareholder2", url="front_space:home", path="",
        text="林浩然收到邀请，用自己的账号签名；申报页随时显示还缺谁。都签好后，创办人提交，当场拿到办件编号和回执。",
    ),
    Step(
        title="四个屏幕一起动", desk="中台", minute="3–4", url="demo:split",
        text="打开四屏：提交的一刻，中台把申请送到后台，七个部门的办件同时开出，监管开始计时。把这一页留在大屏幕上。",
    ),
    Step(
        title="综合窗口：收件、统一补正", desk="后台", minute="4", login="clerk", url="back_desk:queue",
        text="各部门并行核对材料，意见合并成一份补正通知，一次告知。",
    ),
    Step(
        title="工商：审核、延期", desk="后台", minute="5", login="amr-examiner", url="back_desk:queue",
        text="审核设立登记；股权复杂，申请延期 3 个工作日，由决定岗批准。作出决定时赋统一社会信用代码，自动写回申请表。",
    ),
    Step(
        title="环保：专家评审停表", desk="后台", minute="6", login="eco-examiner", url="back_desk:queue",
        text="启动专家评审：计时停下，申请人看得到原因和预计天数；有结论后继续计时。",
    ),
    Step(
        title="快进 5 个工作日", desk="监管", minute="7", url="demo:clock",
        text="时间一到，没有人点任何按钮：没按时核对的视为受理，临期的提醒，超期的亮黄牌、红牌。",
    ),
    Step(
        title="监督员：红牌追到原因", desk="监管", minute="8", login="supervisor", url="oversight_supervision:wall",
        text="红黄牌墙按部门排开，每张牌都能点到是哪一天、哪一步、谁在办。",
    ),
    Step(
        title="领照、扫码核验、评价", desk="前台", minute="9", login="founder", url="front_space:home",
        text="结果统一送达，电子营业执照盖章可验。用手机扫证照上的二维码核验，再给个好差评。",
    ),
    Step(
        title="分管领导：一页看全区", desk="监管", minute="10", login="leader", url="oversight_cockpit:overview",
        text="今天收了多少、在办多少、快到期多少、差评多少，一页看完，手机上也一样。",
    ),
)  # fmt: skip
