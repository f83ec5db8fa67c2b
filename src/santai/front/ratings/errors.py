"""Coded failures of rating. Every message says what to do."""

from santai.kernel.ledger.service import ActRefused


class RatedAlready(ActRefused):
    """Once per business, once per visit (standards.md §2, 好差评)."""

    code = "front.ratings.rated_already"
    message = "这次办事您已经评价过了，每次办事只能评价一次。如有新的意见，请拨打咨询电话。"


class NotFinished(ActRefused):
    code = "front.ratings.not_finished"
    message = "办件还没有办结，办结后就可以评价。"


class RatingIncomplete(ActRefused):
    """``fields`` names every wrong field at once."""

    code = "front.ratings.rating_incomplete"
    message = "请按提示补充后再提交。"
