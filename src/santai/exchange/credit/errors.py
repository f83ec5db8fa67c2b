"""What may not happen to a credit record."""

from santai.kernel.ledger.service import ActRefused


class RecordNotFound(ActRefused):
    code = "exchange.credit.not_found"
    message = "没有找到这条信用信息。"


class TooEarly(ActRefused):
    code = "exchange.credit.too_early"
    message = "还没有满最短公示期，暂不能修复。"


class AlreadyEnded(ActRefused):
    code = "exchange.credit.already_ended"
    message = "这条信息已经修复或者公示期满，不用再申请修复。"


class GroundMissing(ActRefused):
    code = "exchange.credit.ground_missing"
    message = "请写明已经履行的义务和改正的情况。"


class NotTheRecorder(ActRefused):
    code = "exchange.credit.not_the_recorder"
    message = "只有认定这条信息的机关可以办理修复。"


class QuestionIncomplete(ActRefused):
    code = "exchange.credit.question_incomplete"
    message = "请按提示填写后再提交。"
