"""Coded failures at the front desk. Every message says what to do."""

from santai.kernel.ledger.service import ActRefused


class NotFound(ActRefused):
    code = "front.hall.not_found"
    message = "没有找到您要的内容，可能已被删除，或者不属于您。"


class ItemNotOffered(ActRefused):
    code = "front.hall.item_not_offered"
    message = "该事项目前不接受申请，请查看办事指南上的说明。"


class LevelTooLow(ActRefused):
    code = "front.hall.level_too_low"
    message = "这个事项要求更高的实名认证等级。请先在“我的空间”提升认证等级，或者带证件到窗口办理。"


class ItemOutdated(ActRefused):
    code = "front.hall.item_outdated"
    message = "办事要求在您填写期间有更新。您填的内容都在，请点“换用新版本”后核对有变化的部分，再提交。"


class StaleDraft(ActRefused):
    code = "front.hall.stale_draft"
    message = "这份草稿在另一台设备上有更新的内容。请刷新本页后继续，您刚才的输入仍显示在页面上。"


class DraftIncomplete(ActRefused):
    code = "front.hall.draft_incomplete"
    message = "还有内容没有填好，请按提示补充后再提交。"


class SignaturesMissing(ActRefused):
    code = "front.hall.signatures_missing"
    message = "还有人没有签名，全部签名后才能提交。"


class MaterialsMissing(ActRefused):
    code = "front.hall.materials_missing"
    message = "还缺少必要的材料，请上传后再提交。"


class NotTheSigner(ActRefused):
    code = "front.hall.not_the_signer"
    message = "这份签名邀请不是发给您的，请用被邀请人本人的账号登录。"


class SignedOtherContent(ActRefused):
    code = "front.hall.signed_other_content"
    message = "签名以后申请内容有改动，原签名已失效，请重新签名。"


class NotOpen(ActRefused):
    code = "front.hall.not_open"
    message = "办件已经办结，不能再进行这项操作。"


class NothingToCorrect(ActRefused):
    code = "front.hall.nothing_to_correct"
    message = "目前没有需要补正的内容，或者补正已经提交。"


class WrongCode(ActRefused):
    code = "front.hall.wrong_code"
    message = "办件编号或验证码不对，请核对后重试。"


class WrongHolder(ActRefused):
    code = "front.hall.wrong_holder"
    message = "该事项不是由您现在选择的身份申请的，请换一个身份办理。"


class HearingNotOpen(ActRefused):
    code = "front.hall.hearing_not_open"
    message = "现在不能要求听证：还没有告知、已经要求过，或者五个工作日已满。"


class MaterialNotHere(ActRefused):
    code = "front.hall.material_not_here"
    message = "这份材料已经找不到了，请重新选择或上传。"


class PhoneMissing(ActRefused):
    code = "front.hall.phone_missing"
    message = "请填写手机号。"


class RemindedJustNow(ActRefused):
    code = "front.hall.reminded_just_now"
    message = "刚刚提醒过这位签名人，请几小时后再提醒，或者直接联系本人。"


class PresenceRequired(ActRefused):
    code = "front.hall.presence_required"
    message = "该事项依法须由申请人本人到场提出，不能由代理人代为提出（行政许可法第二十九条）。"


class Barred(ActRefused):
    """After false statements: not again before a day."""

    code = "front.hall.barred"
    message = "因提供虚假材料等原因，在规定期限内不能再次申请该事项。"


class FormAids(ActRefused):
    """An aid before the form could not be used."""

    code = "front.hall.form_aids"
    message = "请先选择一项。"


class LaterLife(ActRefused):
    """What a licence, a promise or a credit record keeps from being done. The last part of a code is the word of the table of the law."""

    code = "front.hall.later_life"
    message = "现在不能这样办理。"


class NotRenewable(LaterLife):
    code = "front.hall.not_renewable"
    message = "这张证照没有有效期，不需要延续。"


class OutsideRenewalWindow(LaterLife):
    code = "front.hall.outside_renewal_window"
    message = "已经过了申请延续的时间，请按新办申请。"


class RenewalTooEarly(LaterLife):
    code = "front.hall.too_early"
    message = "还没有到可以申请延续的时间。"


class LicenceEnded(LaterLife):
    code = "front.hall.licence_ended"
    message = "这张证照已经失效，不能变更、延续或者补领，请按新办申请。"


class BarredOneYear(LaterLife):
    code = "front.hall.barred_one_year"
    message = "因隐瞒情况或者提供虚假材料，一年内不得再次申请该事项（行政许可法第七十八条）。"


class BarredThreeYears(LaterLife):
    code = "front.hall.barred_three_years"
    message = "因以欺骗、贿赂等不正当手段取得许可被撤销，三年内不得再次申请该事项（行政许可法第七十九条）。"


class NoTolerance(LaterLife):
    code = "front.hall.local_rule_off"
    message = "该事项没有容缺受理的本地依据，这份材料现在就要提交。"


class NotTolerable(LaterLife):
    code = "front.hall.not_tolerable"
    message = "这份材料不在公布的可容缺清单内，现在就要提交。"


class CommitmentNotOffered(LaterLife):
    code = "front.hall.not_listed"
    message = "该事项不实行告知承诺，请按一般程序申请。"


class NotAllTold(LaterLife):
    code = "front.hall.notice_incomplete"
    message = "请先看完许可条件、标准和不实承诺的后果，并逐项确认。"


class CreditBar(LaterLife):
    code = "front.hall.credit_bar"
    message = "您有未修复的失信信息，修复以前不能选择告知承诺和容缺受理，可以按一般程序申请。"


class CreditUnknown(LaterLife):
    code = "front.hall.credit_unknown"
    message = "暂时查不到信用记录，请稍后再试，或者按一般程序申请。"


class NothingPromised(LaterLife):
    code = "front.hall.nothing_promised"
    message = "没有等待补交的材料，或者补交的期限已过。"
