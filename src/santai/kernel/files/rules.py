"""Kinds of files: what their first bytes say, which names they may bear, what people call them."""

import re
import unicodedata

PDF, JPEG, PNG, GIF, WEBP, TIFF, BMP = (
    "application/pdf",
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "image/tiff",
    "image/bmp",
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OFD, ZIP, OLE, TEXT, PROGRAM, PAGE, UNKNOWN = (
    "application/ofd", "application/zip", "application/x-ole-storage", "text/plain", "application/x-executable", "text/html",
    "application/octet-stream",
)  # fmt: skip
MP4, MP3, WAV = "video/mp4", "audio/mpeg", "audio/wav"

# The names people know, and the endings a file of the type may bear; the first ending is given to a file that has none.
TYPES: dict[str, tuple[str, tuple[str, ...]]] = {
    PDF: ("PDF 文件", (".pdf",)),
    JPEG: ("JPG 图片", (".jpg", ".jpeg", ".jpe", ".jfif")),
    PNG: ("PNG 图片", (".png",)),
    GIF: ("GIF 图片", (".gif",)),
    WEBP: ("WebP 图片", (".webp",)),
    TIFF: ("TIFF 图片", (".tif", ".tiff")),
    BMP: ("BMP 图片", (".bmp",)),
    DOCX: ("Word 文档", (".docx",)),
    XLSX: ("Excel 表格", (".xlsx",)),
    PPTX: ("PowerPoint 演示", (".pptx",)),
    OFD: ("OFD 版式文件", (".ofd",)),
    ZIP: ("ZIP 压缩包", (".zip",)),
    OLE: ("旧版 Office 文件", (".doc", ".xls", ".ppt", ".wps", ".et")),
    TEXT: ("文本文件", (".txt", ".csv", ".md", ".json", ".yaml", ".yml")),
    MP4: ("MP4 视频", (".mp4", ".m4v", ".mov")),
    MP3: ("MP3 录音", (".mp3",)),
    WAV: ("WAV 录音", (".wav",)),
    PROGRAM: ("程序", (".exe",)),
    PAGE: ("网页或脚本", (".html", ".htm", ".svg", ".xml")),
}
INLINE = frozenset({PDF, JPEG, PNG, GIF, WEBP})  # what a browser may show by itself
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"BM", BMP),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"#!", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xfe\xed\xfa", PROGRAM),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
)
PAGE_MARKS = re.compile(rb"^\s*(<\?xml|<!doctype|<html|<script|<svg|<head|<body|<iframe)", re.IGNORECASE)
TEXT_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 27}


def type_by_signature(head: bytes) -> str:
    """The type the first bytes speak of (give at least 1,024); ZIP stands for every format built on it; UNKNOWN otherwise."""
    if b"%PDF-" in head[:1024] and not head.startswith((b"MZ", b"\x7fELF", b"PK")):
        return PDF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return WAV
    if head[4:8] == b"ftyp":
        return MP4
    for signature, media_type in SIGNATURES:
        if head.startswith(signature):
            return media_type
    if PAGE_MARKS.match(head.removeprefix(b"\xef\xbb\xbf")):
        return PAGE
    return TEXT if looks_like_text(head) else UNKNOWN


def looks_like_text(head: bytes) -> bool:
    """No control bytes, and readable as UTF-8 or GB 18030 (a character cut at the end does not count)."""
    if not head or any(byte in TEXT_CONTROLS for byte in head):
        return False
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                head[: len(head) - cut].decode(encoding)
                return True
            except UnicodeDecodeError:
                continue
    return False


def type_of_archive(names: list[str]) -> str:
    """Which format built on ZIP these members make."""
    members = set(names)
    if "OFD.xml" in members:
        return OFD
    if "[Content_Types].xml" in members:
        for folder, media_type in (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX)):
            if any(name.startswith(folder) for name in members):
                return media_type
    return ZIP


def called(media_type: str) -> str:
    """What people call the type."""
    return TYPES.get(media_type, ("无法识别的文件", ()))[0]


def ending_of(name: str) -> str:
    match = re.search(r"\.[A-Za-z0-9]{1,8}$", name)
    return match[0].lower() if match else ""


def is_labelled_right(name: str, media_type: str) -> bool:
    """Does the name's ending belong to the type? A name without an ending claims nothing."""
    ending = ending_of(name)
    return ending == "" or ending in TYPES.get(media_type, ("", ()))[1]


def clean_name(name: str, media_type: str = "") -> str:
    """A file name safe to show and to save: no path, no control or direction-changing characters, at most 120 characters, an ending."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")).strip(" .")
    plain = re.sub(r'[<>:"|?*]', "_", plain) or "文件"
    ending = ending_of(plain)
    stem = plain[: len(plain) - len(ending)] if ending else plain
    if not ending and media_type in TYPES:
        ending = TYPES[media_type][1][0]
    return stem[: 120 - len(ending)] + ending


def readable_size(size: int) -> str:
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"
