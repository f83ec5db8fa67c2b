"""Coded failures of penalties and inspections: each says what the law asks and what to do."""

from santai.kernel.ledger.service import ActRefused


class EnforcementNotFound(ActRefused):
    code = "back.inspections.not_found"
    message = "没有找到，或者不属于您的单位。"


class WordsMissing(ActRefused):
    code = "back.inspections.words_missing"
    message = "还有内容没有填写。"


class StepDone(ActRefused):
    code = "back.inspections.step_done_already"
    message = "这一步已经办过，或者还没有轮到，请看最新的进展。"


class TwoOfficers(ActRefused):
    code = "back.inspections.two_officers"
    message = "执法人员不得少于两人（《行政处罚法》第四十二条），请补选。"


class NoEnforcementCard(ActRefused):
    code = "back.inspections.no_enforcement_card"
    message = "执法人员应当持有在有效期内的执法证件并主动出示（《行政处罚法》第五十五条）。"


class MustWithdraw(ActRefused):
    code = "back.inspections.must_withdraw"
    message = "所选人员与当事人有直接利害关系，应当回避（《行政处罚法》第四十三条），请换人。"


class NotInvestigated(ActRefused):
    code = "back.inspections.not_investigated"
    message = "还没有调查，请先记录两名执法人员的调查，再作事先告知。"


class EvidenceHeld(ActRefused):
    code = "back.inspections.evidence_held"
    message = "先行登记保存的证据还没有处理（《行政处罚法》第五十六条），请先登记处理决定，再办结案件。"


class PartyNotTold(ActRefused):
    code = "back.inspections.party_not_told"
    message = "还没有把拟处罚的内容、事实、理由、依据和权利完整告知当事人，不得作出处罚决定（《行政处罚法》第四十四条、第六十二条）。"


class PartyNotHeard(ActRefused):
    code = "back.inspections.party_not_heard"
    message = "还没有听取当事人的陈述、申辩，当事人也没有明确放弃，不得作出处罚决定（《行政处罚法》第四十五条、第六十二条）。"


class HeavierAfterDefence(ActRefused):
    code = "back.inspections.heavier_after_defence"
    message = "处罚不得重于已经告知的内容：不得因陈述、申辩而加重处罚（《行政处罚法》第四十五条第二款）；确有新的事实的，请重新告知。"


class HearingRightNotTold(ActRefused):
    code = "back.inspections.hearing_right_not_told"
    message = "拟作的处罚应当告知听证权利（《行政处罚法》第六十三条），请先告知。"


class HearingPending(ActRefused):
    code = "back.inspections.hearing_pending"
    message = "要求听证的期限还没有过，当事人也没有放弃听证，请等期满再决定。"


class HearingNotHeld(ActRefused):
    code = "back.inspections.hearing_not_held"
    message = "当事人要求听证，听证还没有举行。"


class TooLate(ActRefused):
    code = "back.inspections.too_late"
    message = "当事人应当在告知后五个工作日内提出听证（《行政处罚法》第六十四条），已经逾期。"


class NoticeTooShort(ActRefused):
    code = "back.inspections.notice_too_short"
    message = "应当在举行听证的七个工作日前通知（《行政处罚法》第六十四条），请改到更晚的日期。"


class PresiderConflict(ActRefused):
    code = "back.inspections.presider_conflict"
    message = "听证由非本案调查人员主持（《行政处罚法》第六十四条），请换一位主持人。"


class RecordUnsigned(ActRefused):
    code = "back.inspections.record_unsigned"
    message = "听证笔录应当由当事人签名；拒绝签名的，由主持人注明。"


class LegalReviewMissing(ActRefused):
    code = "back.inspections.legal_review_missing"
    message = "应当先经法制审核；未经审核或者审核未通过的，不得作出决定（《行政处罚法》第五十八条）。"


class DiscussionMissing(ActRefused):
    code = "back.inspections.discussion_missing"
    message = "情节复杂或者重大的，应当由负责人集体讨论决定（《行政处罚法》第五十七条），请先记录集体讨论。"


class NotSummary(ActRefused):
    code = "back.inspections.not_summary"
    message = "当场处罚限于警告和对公民二百元以下、对法人或者其他组织三千元以下的罚款（《行政处罚法》第五十一条），请按普通程序立案。"


class ApproverMissing(ActRefused):
    code = "back.inspections.approver_missing"
    message = "先行登记保存应当经机关负责人批准（《行政处罚法》第五十六条），请负责人在本页批准。"


class TimeBarred(ActRefused):
    code = "back.inspections.time_barred"
    message = (
        "违法行为超过追究时效（二年；涉及生命健康安全、金融安全且有危害后果的五年）才被发现，不再给予处罚（《行政处罚法》第三十六条）。"
    )


class FinedAlready(ActRefused):
    code = "back.inspections.fined_already"
    message = "同一个违法行为已经罚过款，不得再次罚款（《行政处罚法》第二十九条）。"


class UnderFourteen(ActRefused):
    code = "back.inspections.under_fourteen"
    message = "不满十四周岁的人有违法行为的，不予行政处罚，责令监护人加以管教（《行政处罚法》第三十条）。"


class SeedMissing(ActRefused):
    code = "back.inspections.seed_missing"
    message = "请填写抽取用的种子。种子和名单一起保存，任何人都可以复核抽取结果。"


class AlreadyDrawn(ActRefused):
    code = "back.inspections.already_drawn"
    message = "这次抽查已经抽取，不能重抽。"


class CardTaken(ActRefused):
    code = "back.inspections.card_taken"
    message = "名录中已经有这个编号。"
