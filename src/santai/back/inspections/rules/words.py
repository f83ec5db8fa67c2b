"""Names and choices of the room."""

PENALTY, INSPECTION = "penalty", "inspection"  # kinds of case
PENALTY_PROCESS, INSPECTION_PROCESS = "penalty", "spot-inspection"
# clock rules (packs/procedures)
DECIDE, SERVE, EVIDENCE, PAY, ASK_HEARING, PUBLISH = (
    "penalty-decision-90",
    "penalty-serve-7",
    "penalty-evidence-7",
    "penalty-pay-15",
    "penalty-hearing-5",
    "inspection-publish-20",
)
WORKERS = ("examiner", "chief", "decider", "site_inspector", "legal_reviewer")
TOLD_PARTS = {"content": "拟处罚的内容", "facts": "事实", "reasons": "理由", "basis": "依据", "rights": "当事人的权利"}
HEARING_KINDS = {
    "": "不属于应当告知听证的处罚",
    "large_fine": "较大数额罚款",
    "large_confiscation": "没收较大数额违法所得、较大价值非法财物",
    "revocation": "降低资质等级、吊销许可证件",
    "shutdown": "责令停产停业、责令关闭、限制从业",
    "other_heavy": "其他较重的行政处罚",
}
PENALTY_KINDS = {
    "warning": "警告",
    "criticism": "通报批评",
    "fine": "罚款",
    "confiscation": "没收违法所得、非法财物",
    "suspension": "暂扣许可证件",
    "downgrade": "降低资质等级",
    "revocation": "吊销许可证件",
    "restriction": "限制开展生产经营活动",
    "shutdown": "责令停产停业、责令关闭",
    "barred": "限制从业",
}
ON_SPOT_KINDS = ("warning", "fine")  # 行政处罚法 51
OUTCOMES = {
    "penalised": "给予行政处罚",
    "no_penalty": "不予行政处罚",
    "dropped": "违法事实不成立，撤销案件",
    "transferred": "涉嫌犯罪，移送司法机关",
}
SERVE_MODES = {"direct": "直接送达", "left": "留置送达", "electronic": "电子送达（经当事人确认）", "post": "邮寄送达", "public": "公告送达"}
RESULTS = {
    "clean": "未发现问题",
    "minor": "发现问题，已当场改正",
    "rectify": "发现问题，责令限期改正",
    "penalty": "发现违法线索，移交立案",
    "gone": "查无下落",
}
SOURCES = ("日常检查", "双随机抽查", "投诉举报", "上级交办", "其他机关移送")
