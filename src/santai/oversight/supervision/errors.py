"""Coded refusals of supervision."""

from santai.kernel.ledger.service import ActRefused


class CardNotFound(ActRefused):
    code = "oversight.supervision.card_not_found"
    message = "没有这张监察牌，或者它不在您的监督范围内。"


class CaseNotWatched(ActRefused):
    code = "oversight.supervision.case_not_watched"
    message = "没有这个办件，或者它不在您的监督范围内。"


class NothingToReview(ActRefused):
    code = "oversight.supervision.nothing_to_review"
    message = "这张牌现在没有待审核的答复。请刷新页面查看最新状态。"


class CardSettled(ActRefused):
    code = "oversight.supervision.card_settled"
    message = "这张牌已经了结，不能再督办。"


class TextMissing(ActRefused):
    code = "oversight.supervision.text_missing"
    message = "请写明理由和要求。"
