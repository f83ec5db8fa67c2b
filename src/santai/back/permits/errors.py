"""Coded failures. The last part of a code is the word the table of the law uses."""

from santai.kernel.ledger.service import ActRefused


class _Refused(ActRefused):
    pass


def _refusal(name: str, word: str, message: str) -> type[ActRefused]:
    return type(name, (_Refused,), {"code": f"back.permits.{word}", "message": message, "__module__": __name__})


NotFound = _refusal("NotFound", "not_found", "没有找到，或者不属于本单位。")
NoPower = _refusal("NoPower", "no_power", "只有作出决定的机关或者其上级机关有权作出这一决定（行政许可法第六十九条）。")
NotCompetent = _refusal("NotCompetent", "not_competent", "这张证照不是本机关颁发的，请向作出决定的机关申请（行政许可法第四十九条）。")
GroundMissing = _refusal("GroundMissing", "ground_missing", "请选择法定事由，没有法定事由不能作出这一决定。")
ReasonMissing = _refusal("ReasonMissing", "reason_missing", "请写明事实和理由。")
PublicInterestHarm = _refusal(
    "PublicInterestHarm", "public_interest_harm", "撤销可能对公共利益造成重大损害的，不予撤销（行政许可法第六十九条第三款）。"
)
CompensationMissing = _refusal(
    "CompensationMissing", "compensation_missing", "撤回许可给当事人造成损失的应当补偿，请写明补偿的安排（行政许可法第八条第二款）。"
)
NotExpired = _refusal("NotExpired", "not_expired", "有效期还没有届满，不能以此为由注销（行政许可法第七十条第一项）。")
NotTransferable = _refusal(
    "NotTransferable", "not_transferable", "除法律、法规规定依照法定条件和程序可以转让的外，许可不得转让（行政许可法第九条）。"
)
NotValid = _refusal("NotValid", "not_valid", "这张证照已经不是有效状态。")
TimesSpent = _refusal("TimesSpent", "times_spent", "延期的次数已经用完。")
OverLimit = _refusal("OverLimit", "over_limit", "每次延期不能超过规定的期限。")
TooLate = _refusal("TooLate", "too_late", "已经过了可以提出的时间。")
TooEarly = _refusal("TooEarly", "too_early", "还没有到可以作出这一决定的时间。")
NoStartOfWork = _refusal("NoStartOfWork", "ground_missing", "这项许可没有开工期限。")
LocalRuleOff = _refusal("LocalRuleOff", "local_rule_off", "该事项没有载明容缺受理的本地依据，缺少的材料只能补正。")
MainMaterialMissing = _refusal("MainMaterialMissing", "main_material_missing", "主要材料不齐全，不能容缺受理。")
PromiseMissing = _refusal("PromiseMissing", "promise_missing", "没有书面承诺，不能这样办理。")
NotTolerable = _refusal("NotTolerable", "not_tolerable", "这份材料不在公布的可容缺清单内，不能后补。")
NoticeIncomplete = _refusal("NoticeIncomplete", "notice_incomplete", "须一次告知全部内容，请逐项确认已经告知。")
ToleranceOpen = _refusal("ToleranceOpen", "tolerance_open", "容缺的材料还没有补齐，不能发出办理结果。")
NothingPromised = _refusal("NothingPromised", "nothing_promised", "没有等待补交的材料，或者期限已过。")
NotListed = _refusal("NotListed", "not_listed", "该事项没有经批准公布实行告知承诺。")
ExcludedField = _refusal("ExcludedField", "excluded_field", "该事项直接涉及国家安全、公共安全、人身健康等，不适用告知承诺。")
CreditBar = _refusal("CreditBar", "credit_bar", "申请人有未修复的失信信息，修复以前不适用告知承诺和容缺受理；可以按一般程序办理。")
CreditUnknown = _refusal("CreditUnknown", "credit_unknown", "暂时查不到信用记录，请稍后再试，或者按一般程序办理。")
PromiseIsVoluntary = _refusal("PromiseIsVoluntary", "promise_is_voluntary", "告知承诺由申请人自愿选择，不得以补正要求其承诺。")
RectifyFirst = _refusal("RectifyFirst", "rectify_first", "与承诺不符的，应当先责令限期整改。")
NotVerified = _refusal("NotVerified", "ground_missing", "请先登记核查结果。")
VerifiedAlready = _refusal("VerifiedAlready", "verified_already", "核查结果已经登记，不能重新登记；责令整改后的情况请登记复查结果。")
FieldMissing = _refusal("FieldMissing", "field_missing", "公示内容不完整，请补全后再公示。")
Secret = _refusal("Secret", "secret", "涉及国家秘密、商业秘密或者个人隐私的决定不公开（行政许可法第五条第二款）。")
NotPublished = _refusal("NotPublished", "not_published", "这一决定没有在公示。")
AlreadyPublished = _refusal("AlreadyPublished", "already_published", "这一决定已经公示。")
AlreadyClaimed = _refusal("AlreadyClaimed", "already_claimed", "监管部门已经认领。")
