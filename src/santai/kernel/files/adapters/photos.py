"""Photographs onto A4 pages."""

import io
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageOps

DPI = 150
PAGE = (1240, 1754)  # A4 at 150 dpi, upright
MARGIN = 40


def pages_to_pdf(photos: Iterable[Path]) -> bytes:
    """One PDF, a page for each photograph, upright as it was taken (EXIF), fitted into the margins; a wide photograph gets a wide page."""
    pages = [_page(photo) for photo in photos]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=DPI, quality=85)
    return out.getvalue()


def _page(path: Path) -> Image.Image:
    with Image.open(path) as opened:
        opened.draft("RGB", (PAGE[1] * 2, PAGE[1] * 2))  # JPEG: decode no larger than needed
        upright = ImageOps.exif_transpose(opened)
        if upright.mode in ("RGBA", "LA", "P"):
            layer = upright.convert("RGBA")
            picture = Image.new("RGB", layer.size, "white")
            picture.paste(layer, mask=layer.getchannel("A"))
        else:
            picture = upright.convert("RGB")
    size = PAGE if picture.height >= picture.width else (PAGE[1], PAGE[0])
    room = (size[0] - 2 * MARGIN, size[1] - 2 * MARGIN)
    picture = ImageOps.contain(picture, room) if picture.width > room[0] or picture.height > room[1] else picture
    page = Image.new("RGB", size, "white")
    page.paste(picture, ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2))
    return page
