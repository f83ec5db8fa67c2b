"""Coded failures at the window. Every message says what to do."""

from santai.kernel.ledger.service import ActRefused


class VisitUnknown(ActRefused):
    code = "front.counter.visit_unknown"
    message = "没有这次到窗记录，或者不属于本单位的窗口。请回到窗口首页重新登记。"


class VisitClosed(ActRefused):
    code = "front.counter.visit_closed"
    message = "这次到窗已经结束。请为办事人重新登记一次。"


class VisitIncomplete(ActRefused):
    code = "front.counter.visit_incomplete"
    message = "还有内容没有填好，请按提示补充。"


class IntakeUnknown(ActRefused):
    code = "front.counter.intake_unknown"
    message = "没有这次收件，或者不属于本单位的窗口。"


class IntakeOver(ActRefused):
    code = "front.counter.intake_over"
    message = "这次收件已经结束，不能再改。"


class ReviewIncomplete(ActRefused):
    code = "front.counter.review_incomplete"
    message = "材料审查还没有做完，请按提示补充后再收件。"


class NothingWanting(ActRefused):
    code = "front.counter.nothing_wanting"
    message = "材料没有不合格或者需补正的，不能让申请人带回，请收件。"


class Incomplete(ActRefused):
    """A form of the window with wrong entries; ``fields`` says which."""

    code = "front.counter.incomplete"
    message = "还有内容没有填好，请按提示补充。"


class Unknown(ActRefused):
    code = "front.counter.unknown"
    message = "没有找到，或者不属于本单位。"


class MovedTooLate(ActRefused):
    code = "front.counter.moved_too_late"
    message = "办件已经受理或者办结，不能转到别的事项。请申请人撤回后另行申请，或者向办理部门说明。"


class AlreadyDone(ActRefused):
    code = "front.counter.already_done"
    message = "已经办过了，请刷新页面查看。"


class SamePerson(ActRefused):
    code = "front.counter.same_person"
    message = "批准人不能是提出的本人，请由另一位负责人批准。"
