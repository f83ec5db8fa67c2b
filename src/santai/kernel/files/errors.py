"""Coded failures of files; the sentences stand beside the file's input."""

from santai.kernel.ledger.service import ActRefused


class FileRefused(ActRefused):
    """Base of everything that keeps a file out."""

    code = "kernel.files.refused"
    message = "这个文件不能上传。"


class FileEmpty(FileRefused):
    code = "kernel.files.empty"
    message = "文件是空的，请重新选择。"


class FileTooLarge(FileRefused):
    code = "kernel.files.too_large"


class FileMislabelled(FileRefused):
    code = "kernel.files.mislabelled"


class FileTypeNotAccepted(FileRefused):
    code = "kernel.files.type_not_accepted"


class FileDamaged(FileRefused):
    code = "kernel.files.damaged"


class FileProtected(FileRefused):
    code = "kernel.files.protected"


class FileActive(FileRefused):
    """A document that carries a program."""

    code = "kernel.files.active_content"


class FileUnknown(ActRefused):
    code = "kernel.files.unknown"
    message = "文件不存在或还没有传到这里，请稍后再试。"


class DigestWrong(ActRefused):
    code = "kernel.files.digest_wrong"
    message = "文件内容与摘要不符，没有保存。"


class UploadUnknown(ActRefused):
    code = "kernel.files.upload_unknown"
    message = "这次上传已失效，请重新选择文件。"


class UploadOutOfStep(ActRefused):
    """``facts["received"]``: where to go on."""

    code = "kernel.files.upload_out_of_step"
    message = "上传位置不一致，将从已收到的位置继续。"


class LinkExpired(ActRefused):
    code = "kernel.files.link_expired"
    message = "链接已过期，请回到原页面重新打开。"


class MayNotRead(ActRefused):
    code = "kernel.files.may_not_read"
    message = "您不能查看这个文件。"
