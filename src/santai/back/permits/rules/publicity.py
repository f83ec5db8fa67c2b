"""双公示: the fields of a published licence decision and what may not be shown (standards.md §6; 行政许可法 5, 40)."""

from collections.abc import Mapping

# label shown → field of the national list; those with True must be filled in
FIELDS: Mapping[str, tuple[str, bool]] = {
    "行政相对人名称": ("XK_XDR_MC", True),
    "行政相对人类别": ("XK_XDR_TYPE", True),
    "统一社会信用代码": ("XK_XDR_SHXYM", False),
    "行政许可决定文书名称": ("XK_XKWS", True),
    "行政许可决定文书号": ("XK_WSH", True),
    "许可类别": ("XK_XKLB", True),
    "许可证书名称": ("XK_XKZS", False),
    "许可编号": ("XK_XKBH", False),
    "许可内容": ("XK_NR", True),
    "许可决定日期": ("XK_JDRQ", True),
    "有效期自": ("XK_YXQZ", False),
    "有效期至": ("XK_YXQZI", False),
    "许可机关": ("XK_XKJG", True),
    "许可机关统一社会信用代码": ("XK_XKJGDM", True),
    "当前状态": ("XK_ZT", True),
    "数据来源单位": ("XK_LYDW", True),
}
SECRETS: Mapping[str, str] = {"state": "国家秘密", "trade": "商业秘密", "privacy": "个人隐私"}


def missing(fields: Mapping[str, str]) -> list[str]:
    """Labels that must be filled in and are not."""
    return [label for label, (_, needed) in FIELDS.items() if needed and not fields.get(label, "").strip()]


def public_name(kind: str, name: str) -> str:
    """A firm's name as it is; of a person the surname, then stars."""
    return name if kind == "organisation" else name[:1] + "*" * max(len(name) - 1, 1)
