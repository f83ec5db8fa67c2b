"""Coded failures of an approval."""

from santai.kernel.ledger.service import ActRefused


class ItemUnknown(ActRefused):
    code = "back.approvals.item_unknown"
    message = "事项目录尚未同步到后台，请稍后再试。"


class WrongStep(ActRefused):
    code = "back.approvals.wrong_step"
    message = "办件不在这一环节，可能已被他人办理。请刷新后查看最新进展。"


class DefectsMissing(ActRefused):
    code = "back.approvals.defects_missing"
    message = "请至少写明一处需要补正的内容。"


class SecondCorrectionNotice(ActRefused):
    code = "back.approvals.second_correction_notice"
    message = "补正告知须一次性完成（行政许可法第三十二条），本件已经告知过一次，不能再次要求补正。"


class ReviewIncomplete(ActRefused):
    code = "back.approvals.review_incomplete"
    message = "材料逐项审查还没有做完，请按提示补充。"


class NoCorrectionForThisKind(ActRefused):
    code = "back.approvals.no_correction_for_this_kind"
    message = "信息推送类分支只作核实，不得要求申请人补正。"


class ReasonMissing(ActRefused):
    code = "back.approvals.reason_missing"
    message = "请写明理由：不予决定必须说明理由并告知救济途径（行政许可法第三十八条）。"


class NotReadyToFinish(ActRefused):
    code = "back.approvals.not_ready_to_finish"
    message = "前序部门尚未办结，暂不能作出结论。"


class SameOfficer(ActRefused):
    code = "back.approvals.same_officer"
    message = "审查人与决定人不能是同一人，请由另一名有权限的同事决定。"


class Stopped(ActRefused):
    code = "back.approvals.stopped"
    message = "本部门正处于特别程序，期限暂停；请先结束特别程序再作决定。"


class UnlawfulCause(ActRefused):
    code = "back.approvals.unlawful_cause"
    message = "这一事由不能停止计时：该事项没有列明此特别程序。"


class ApproverMissing(ActRefused):
    code = "back.approvals.approver_missing"
    message = "延长期限须由有权负责人批准，不能由申请延长的本人批准。"


class AlreadyAsked(ActRefused):
    code = "back.approvals.already_asked"
    message = "本部门的延长期限已经提出过。"


class Unreachable(ActRefused):
    code = "back.approvals.unreachable"
    message = "数据交换平台暂时不能应答，请稍后重试；您填写的意见仍保留在本页。"


class HearingRightNotTold(ActRefused):
    code = "back.approvals.hearing_right_not_told"
    message = "本件直接涉及他人重大利益，作出决定前应当告知申请人、利害关系人有要求听证的权利（行政许可法第四十七条）。"


class HearingPending(ActRefused):
    code = "back.approvals.hearing_pending"
    message = "告知听证权利后五个工作日未满，也没有全部放弃，还不能作出决定（行政许可法第四十七条）。"


class HearingNotHeld(ActRefused):
    code = "back.approvals.hearing_not_held"
    message = "应当听证或者已经有人要求听证，举行听证以前不能作出决定。"


class NotOnRecord(ActRefused):
    code = "back.approvals.not_on_record"
    message = "举行过听证的，应当根据听证笔录作出决定（行政许可法第四十八条）。"


class HearingTooLate(ActRefused):
    code = "back.approvals.hearing_too_late"
    message = "要求听证应当在被告知后五个工作日内提出，现在已经过了期限。"


class NoticeTooShort(ActRefused):
    code = "back.approvals.hearing_notice_too_short"
    message = "举行听证应当在七个工作日前通知时间、地点（行政许可法第四十八条）。"


class HearingOverLimit(ActRefused):
    code = "back.approvals.hearing_over_limit"
    message = "听证应当在收到听证申请后二十个工作日内组织（行政许可法第四十七条）。"


class PresiderConflict(ActRefused):
    code = "back.approvals.presider_conflict"
    message = "听证主持人应当是审查本件的人员以外、与本件没有直接利害关系的人员（行政许可法第四十八条）。"


class MustBePublic(ActRefused):
    code = "back.approvals.must_be_public"
    message = "听证应当公开举行；只有涉及国家秘密、商业秘密或者个人隐私的才可以不公开，请写明原因。"


class RecordUnsigned(ActRefused):
    code = "back.approvals.record_unsigned"
    message = "听证笔录应当交听证参加人确认无误后签字或者盖章；拒绝签字的，在笔录上注明。"


class AnnouncementMissing(ActRefused):
    code = "back.approvals.announcement_missing"
    message = "法律、法规、规章规定应当听证的事项，应当先向社会公告，再举行听证（行政许可法第四十六条）。"
