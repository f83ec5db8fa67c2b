"""What can go wrong with keys and seals."""

from santai.kernel.ledger.service import ActRefused


class KeyStoreLocked(ActRefused):
    code = "kernel.crypto.key_store_locked"
    message = "签章密钥打不开：密钥口令不正确。请系统管理员核对 SANTAI_KEY_PASSPHRASE 或 secrets/passphrase 文件。"


class UnknownSuite(ActRefused):
    code = "kernel.crypto.unknown_suite"
    message = "不支持这种密码算法套件。"


class NotAPdf(ActRefused):
    code = "kernel.crypto.not_a_pdf"
    message = "这不是一个可以签章的 PDF 文件。"
