"""Refusals of the pack loader."""

from santai.kernel.ledger.service import ActRefused


class PackRefused(ActRefused):
    """A pack has problems; nothing of it was installed. ``facts["problems"]`` lists every one."""

    code = "kernel.packs.refused"
    message = "应用包有问题，没有安装任何内容。请按所列文件和位置改正后重新安装。"
