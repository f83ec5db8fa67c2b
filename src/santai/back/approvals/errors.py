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


class OutsideMandate(ActRefused):
    code = "back.approvals.outside_mandate"
    message = "这个决定超出首席代表的授权范围，由本部门决定。"


class MandateIncomplete(ActRefused):
    code = "back.approvals.mandate_incomplete"
    message = "授权还没有填好，请按提示补充。"


class MandateUnknown(ActRefused):
    code = "back.approvals.mandate_unknown"
    message = "没有这份授权，或者已经结束。"


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


# -- acceptance (行政许可法 29, 32) ----------------------------------------------------------------------------------------------------


class CaseEnded(WrongStep):
    code = "back.approvals.case_ended"
    message = "办件已经办结，不能再办理这一步；申请人可以重新申请。"


class AlreadyAccepted(WrongStep):
    code = "back.approvals.already_accepted"
    message = "申请已经受理（含逾期未告知补正而视为受理），不能再要求补正或者不予受理；请依法审查后作出决定。"


class NotAcceptedYet(WrongStep):
    code = "back.approvals.not_accepted_yet"
    message = "申请尚未受理，决定期限没有开始，不能办理这一步；请先受理。"


class RightOrganMissing(ActRefused):
    code = "back.approvals.right_organ_missing"
    message = "不属于本机关职权的，必须告知申请人向哪个机关申请（行政许可法第三十二条第一款第二项）。"


class MustAccept(ActRefused):
    code = "back.approvals.must_accept"
    message = "材料不齐的应当一次告知补正；按要求补齐的应当受理，不能以材料为由不予受理（行政许可法第三十二条）。"


class MustFile(ActRefused):
    code = "back.approvals.must_file"
    message = "备案信息齐全的，收到即为备案，不能不予受理；发现问题的，可以另行告知纠正。"


class PapersMissing(ActRefused):
    code = "back.approvals.materials_missing"
    message = "还有必需的材料没有收到，不能按材料齐全受理；请一次告知补正。"


class NotInList(ActRefused):
    code = "back.approvals.not_in_list"
    message = "只能要求补正事项公布清单中的材料，不得要求提交清单以外的材料（行政许可法第三十一条）。"


class ObtainableBySharing(ActRefused):
    code = "back.approvals.obtainable_by_sharing"
    message = "这项材料由数据共享取得，不得要求申请人另行提供；请在办件中查询核验。"


class FixOnSpotFirst(ActRefused):
    code = "back.approvals.fix_on_spot_first"
    message = "申请人在窗口，错误可以当场更正的，应当允许当场更正，不能发补正通知让其再跑一趟（行政许可法第三十二条第一款第三项）。"


class ReturnHasNoBasis(ActRefused):
    code = "back.approvals.return_has_no_basis"
    message = "收件以后没有退件：只能受理、一次告知补正或者书面不予受理（行政许可法第三十二条）。"


class ProjectCodeMissing(ActRefused):
    code = "back.approvals.project_code_missing"
    message = "投资项目没有有效项目代码的，不予受理其审批申请；请申请人先取得项目代码并补填（企业投资项目核准和备案管理条例第四条）。"


class ConsentMissing(ActRefused):
    code = "back.approvals.consent_missing"
    message = "申请人没有同意改办，不能把申请移到另一事项。"


# -- stops and extensions (行政许可法 42, 45) --------------------------------------------------------------------------------------------


class KindHasNoStop(UnlawfulCause):
    code = "back.approvals.kind_has_no_stop"
    message = "这类事项的期限依法不停止计算：停算的八种事由只适用于行政许可，其他事项须有自己的规定。"


class NoticeMissing(ActRefused):
    code = "back.approvals.notice_missing"
    message = "没有书面告知申请人的，不能停止计时或者延长期限。"


class TimeNeededMissing(ActRefused):
    code = "back.approvals.time_needed_missing"
    message = "请写明特别程序所需的时间，所需时间要书面告知申请人（行政许可法第四十五条）。"


class ResultMissing(ReasonMissing):
    code = "back.approvals.result_missing"
    message = "请写明特别程序的结果。"


class StopTooLong(ActRefused):
    code = "back.approvals.stop_too_long"
    message = "这一程序所需的时间超过规定的上限。"


class OverLimit(WrongStep):
    code = "back.approvals.over_limit"
    message = "延长的时间超过法定的上限。"


class NoExtension(WrongStep):
    code = "back.approvals.no_extension_in_law"
    message = "该事项的办理期限依法不能延长，请在期限内办结。"


# -- decision (行政许可法 34-38, 57, 行政诉讼法 71) ---------------------------------------------------------------------------------------


class AlreadyDecided(WrongStep):
    code = "back.approvals.already_decided"
    message = "已经作出决定，一个申请只有一个决定。"


class KindHasNoDecision(WrongStep):
    code = "back.approvals.kind_has_no_decision"
    message = "备案、信息报告和信息推送不作准予或者不予的决定，只记录、告知或者核实。"


class RemediesMissing(ActRefused):
    code = "back.approvals.remedies_missing"
    message = "不予决定必须告知申请人复议、诉讼的权利和期限（行政许可法第三十八条）。"


class RemediesWrong(ActRefused):
    code = "back.approvals.remedies_wrong"
    message = "决定书写的复议机关与依法确定的不一致，请使用系统按决定机关确定的救济途径。"


class RemedyUnverified(ActRefused):
    code = "back.approvals.remedy_unverified"
    message = "本机关的复议机关尚未核实，不能凭推测写在决定书上；请机构管理员核实后再作决定。"


class TwoOfficers(ActRefused):
    code = "back.approvals.two_officers"
    message = "须由两名以上不同的工作人员进行，同一人签两次不算两人（行政许可法第三十四条、第五十五条）。"


class FormalCheckOnly(ActRefused):
    code = "back.approvals.formal_check_only"
    message = "市场主体登记只作形式审查，不得以现场核查作为登记的前提（市场主体登记管理条例第十九条）。"


class TechnicalStandardMissing(ActRefused):
    code = "back.approvals.technical_standard_missing"
    message = "依检验、检测、检疫结果不予许可的，应当书面说明所依据的技术标准、技术规范（行政许可法第五十五条）。"


class InterestedPartyNotTold(ActRefused):
    code = "back.approvals.interested_party_not_told"
    message = "许可直接关系他人重大利益，尚未告知利害关系人并听取意见，不能作出决定（行政许可法第三十六条）。"


class OrderOfAcceptance(ActRefused):
    code = "back.approvals.order_of_acceptance"
    message = "有数量限制的许可应当按受理的先后顺序作出：还有更早受理的申请没有决定（行政许可法第五十七条）。"


class QuotaSpent(ActRefused):
    code = "back.approvals.quota_spent"
    message = "名额已经用尽，不能再作准予决定。"


class CompetitionMissing(ActRefused):
    code = "back.approvals.competition_missing"
    message = "有限资源的许可应当通过招标、拍卖等公平竞争的方式作出，本件尚未进行（行政许可法第五十三条）。"


class SameFactsSameDecision(ActRefused):
    code = "back.approvals.same_facts_same_decision"
    message = "重新作出决定的，不得以同一事实和理由作出与原决定基本相同的决定（行政复议法第六十四条、行政诉讼法第七十一条）。"


class GroundMissing(ActRefused):
    code = "back.approvals.ground_missing"
    message = "须有法定或者客观的事由，请选择事由并写明。"


class NotClerical(ActRefused):
    code = "back.approvals.not_clerical"
    message = "更正只能改正文字差错，不能改变决定的内容；确需改变的，请依法变更、撤回或者撤销。"


class NoticePeriodOpen(ActRefused):
    code = "back.approvals.notice_period_open"
    message = "公示期未满，不能作出决定。"


class InspectionMissing(ActRefused):
    code = "back.approvals.inspection_missing"
    message = "该许可依法须经现场检查，尚未检查，不能准予。"


class DueMissing(ActRefused):
    code = "back.approvals.due_missing"
    message = "约定逾期视为同意的，必须写明答复期限。"


class TooLate(WrongStep):
    code = "back.approvals.too_late"
    message = "已经作出决定或者期限已过，不能再办理这一步。"
