"""What counts as service, by which proof, and on which day; pure.

The proofs follow 民事诉讼法 87–95, to which administrative practice refers: direct 87, 88; left 89; electronic 90; entrusted and post 91;
public notice 95. What the sentence of a mode does not name is no service.
"""

from dataclasses import dataclass
from datetime import date

MODES = {
    "direct": "直接送达",
    "window": "窗口领取",
    "left": "留置送达",
    "entrusted": "委托送达",
    "post": "邮寄送达",
    "electronic": "电子送达",
    "public": "公告送达",
    "sms": "短信告知",
    "call": "电话告知",
}
RECEIVERS = {
    "self": "本人",
    "adult_family": "同住成年家属",
    "agent": "代理人（有授权）",
    "firm": "法定代表人或者单位收件人员",
    "refused": "本人拒收",
    "minor": "未成年家属",
    "unauthorised": "无授权的代领人",
}
PROOFS = {
    "signature": "签收",
    "witness": "见证人签名",
    "recording": "拍照、录像",
    "receipt": "回执",
    "arrival": "到达回执",
    "notice": "公告",
    "returned": "退回",
    "failed": "发送失败",
    "none": "无",
}
MAY_SIGN = {
    "direct": ("self", "adult_family", "agent", "firm"),
    "window": ("self", "agent", "firm"),
    "entrusted": ("self", "adult_family", "agent", "firm"),
}
ENOUGH = {  # mode → proofs that make it service
    "direct": ("signature",),
    "window": ("signature",),
    "left": ("witness", "recording"),
    "entrusted": ("signature",),
    "post": ("receipt",),
    "electronic": ("arrival",),
    "public": ("notice",),
}
FAILED = ("returned", "failed")
TELLING = ("sms", "call")  # they tell; they serve nothing
NEXT = {
    "sms": "call",
    "call": "post",
    "electronic": "call",
    "post": "public",
    "direct": "left",
    "window": "post",
    "entrusted": "post",
    "left": "public",
}


class Unserved(Exception):
    """``why``: receiver_unqualified, proof_missing, consent_missing, last_resort, date_wrong."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Outcome:
    """Of a try. ``on``: the day of service, None while it runs or when it failed."""

    state: str  # delivered, under_way, failed
    on: date | None = None


def outcome_of(
    *, mode: str, receiver: str, proof: str, consent: bool, tried_and_failed: bool, today: date, decided_on: date, receipt_on: date | None
) -> Outcome:
    """What a try comes to. Unserved when it is none."""
    if mode == "electronic" and not consent:
        raise Unserved("consent_missing")
    if mode == "public" and not tried_and_failed:
        raise Unserved("last_resort")
    if proof in FAILED and mode not in ("direct", "window", "left", "public"):
        return Outcome("failed")
    if mode in TELLING:
        return Outcome("told")
    if mode == "post" and proof == "none":
        return Outcome("under_way")  # it is on its way
    if mode in MAY_SIGN and receiver not in MAY_SIGN[mode]:
        raise Unserved("receiver_unqualified")
    if mode == "left" and receiver != "refused":
        raise Unserved("receiver_unqualified")
    if proof not in ENOUGH[mode]:
        raise Unserved("proof_missing")
    if mode == "public":
        return Outcome("under_way")
    if mode == "post":
        if receipt_on is None or not decided_on <= receipt_on <= today:
            raise Unserved("date_wrong")
        return Outcome("delivered", receipt_on)
    return Outcome("delivered", today)
