"""What may not be published or kept."""

from santai.kernel.ledger.service import ActRefused


class TextWrong(ActRefused):
    code = "back.letters.text_wrong"
    message = "文书的文字需要更正，请看标出的地方。"


class KindUnknown(ActRefused):
    code = "back.letters.kind_unknown"
    message = "没有这种文书，或者它的文字不能改。"


class ItemNotYours(ActRefused):
    code = "back.letters.item_not_yours"
    message = "这个事项不由本单位办理。"


class NothingToPublish(ActRefused):
    code = "back.letters.nothing_to_publish"
    message = "没有可以发布的草稿，可能已被同事发布或者放弃。请刷新后查看。"


class SomebodyElseSaved(ActRefused):
    code = "back.letters.somebody_else_saved"
    message = "同事刚刚改过这份草稿。您写的内容还在下面，请对照后再保存。"


class PhraseWrong(ActRefused):
    code = "back.letters.phrase_wrong"
    message = "请更正后再保存。"
