"""What a file really is, from its content; the name is only a claim."""

import zipfile
from pathlib import Path

import filetype
import pikepdf
from PIL import Image, UnidentifiedImageError

from santai.kernel.files import rules

MOST_PIXELS = 120_000_000
MOST_UNPACKED = 1 << 30
IMAGES = frozenset({rules.JPEG, rules.PNG, rules.GIF, rules.WEBP, rules.TIFF, rules.BMP})


class Unfit(Exception):
    """The content cannot be taken: ``kind`` is damaged, protected or active; ``args[0]`` says it to people."""

    def __init__(self, kind: str, text: str) -> None:
        self.kind = kind
        super().__init__(text)


def media_type(path: Path) -> str:
    """The media type by content. Two opinions: our own signatures decide, ``filetype`` fills in what they do not know."""
    with path.open("rb") as file:
        head = file.read(8192)
    found = rules.type_by_signature(head)
    if found == rules.ZIP:
        try:
            with zipfile.ZipFile(path) as archive:
                return rules.type_of_archive(archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError):
            return rules.ZIP
    if found == rules.UNKNOWN:
        guess = filetype.guess(head)
        return str(guess.mime) if guess else rules.UNKNOWN
    return found


def inspect(path: Path, found: str) -> None:
    """Open the file as what it is; Unfit when it is damaged, locked with a password, or carries a program."""
    if found == rules.PDF:
        _inspect_pdf(path)
    elif found in IMAGES:
        _inspect_image(path)
    elif found in (rules.DOCX, rules.XLSX, rules.PPTX, rules.OFD, rules.ZIP):
        _inspect_archive(path)


def _inspect_pdf(path: Path) -> None:
    try:
        with pikepdf.open(path) as document:
            if len(document.pages) == 0:
                raise Unfit("damaged", "PDF 里没有页面，请重新导出后上传。")
            root = document.Root
            names = root.get("/Names")
            if names is not None and "/JavaScript" in names or _starts_something(root.get("/OpenAction")):
                raise Unfit("active", "PDF 里带有脚本，请另存为不含脚本的 PDF 后上传。")
    except pikepdf.PasswordError:
        raise Unfit("protected", "PDF 加了打开密码，请去掉密码后上传。") from None
    except pikepdf.PdfError:
        raise Unfit("damaged", "PDF 已损坏，打不开，请重新导出后上传。") from None


def _starts_something(action: object) -> bool:
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in ("/JavaScript", "/Launch")


def _inspect_image(path: Path) -> None:
    try:
        with Image.open(path) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unfit("damaged", "图片尺寸过大，请缩小到 1.2 亿像素以内。")
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Unfit("damaged", "图片已损坏，打不开，请重新拍摄或导出。") from None


def _inspect_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unfit("damaged", "文件已损坏，打不开，请重新保存后上传。") from None
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Unfit("damaged", "压缩包展开后过大，请分开上传。")
    if any(member.flag_bits & 0x1 for member in members):
        raise Unfit("protected", "文件加了密码，请去掉密码后上传。")
    if any(member.filename.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".bat", ".js", ".vbs")) for member in members):
        raise Unfit("active", "文件里带有宏或程序，请去掉后上传。")
