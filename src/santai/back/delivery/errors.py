"""What is no delivery."""

from santai.kernel.ledger.service import ActRefused


class NotDelivery(ActRefused):
    code = "back.delivery.not_found"
    message = "没有找到这件送达。"


class DeliveredAlready(ActRefused):
    code = "back.delivery.delivered_already"
    message = "已经送达，不能再登记送达。"


class ProofMissing(ActRefused):
    code = "back.delivery.proof_missing"
    message = "没有送达证明，不算送达。"


class ReceiverUnqualified(ActRefused):
    code = "back.delivery.receiver_unqualified"
    message = "这个人不能代收：本人不在的，可以由同住的成年家属或者有授权的代理人签收。"


class ConsentMissing(ActRefused):
    code = "back.delivery.consent_missing"
    message = "受送达人没有同意电子送达，不能用这种方式。"


class LastResort(ActRefused):
    code = "back.delivery.last_resort"
    message = "其他方式无法送达的，才可以公告送达。请先用其他方式送达。"


class NotGranted(ActRefused):
    code = "back.delivery.not_granted"
    message = "没有准予许可，没有证件可以制作、颁发。"


class SealMissing(ActRefused):
    code = "back.delivery.seal_missing"
    message = "证件须加盖作出决定的行政机关印章（行政许可法第三十九条），没有印章不得颁发。"


class DateWrong(ActRefused):
    code = "back.delivery.date_wrong"
    message = "请核对回执上的收件日期。"


class AddressWrong(ActRefused):
    code = "back.delivery.address_wrong"
    message = "请更正送达地址确认书。"
