"""Several photographs become one PDF."""

from collections.abc import Sequence
from datetime import datetime

from santai.kernel.files import rules
from santai.kernel.files.actions.store import store
from santai.kernel.files.adapters import folder, photos
from santai.kernel.files.errors import FileTypeNotAccepted, FileUnknown
from santai.kernel.files.messages import FileRef
from santai.kernel.ledger.service import Actor

PHOTO_TYPES = (rules.JPEG, rules.PNG, rules.WEBP)
MOST_PHOTOS = 60


def photos_to_pdf(*, photos: Sequence[FileRef], name: str, actor: Actor, at: datetime) -> FileRef:
    """One PDF of stored photographs, in the given order, one to an A4 page and upright as they were taken."""
    return _combine(list(photos), name, actor, at)


def _combine(chosen: list[FileRef], name: str, actor: Actor, at: datetime) -> FileRef:
    if not chosen:
        raise FileUnknown("请至少选择一张照片。")
    if len(chosen) > MOST_PHOTOS:
        raise FileTypeNotAccepted(f"一次最多合并 {MOST_PHOTOS} 张照片，请分成几份。")
    for one in chosen:
        if one.media_type not in PHOTO_TYPES:
            raise FileTypeNotAccepted(f"“{one.name}”不是照片，不能合并；请选择 JPG 或 PNG 图片。")
    paths = [folder.path_of(one.digest) for one in chosen]
    if not all(path.exists() for path in paths):
        raise FileUnknown
    stem = name.removesuffix(".pdf") or "照片"
    return store(content=photos.pages_to_pdf(paths), name=f"{stem}.pdf", accepted_types=(rules.PDF,), max_megabytes=200, actor=actor, at=at)
