"""Take a file in."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import IO

from django.db import transaction

from santai.kernel.files import errors, rules
from santai.kernel.files.adapters import folder, sniffing
from santai.kernel.files.messages import FileRef
from santai.kernel.files.models import StoredFile
from santai.kernel.ledger.service import Actor, record

PEOPLE_TYPES = (rules.PDF, rules.JPEG, rules.PNG)


def store(
    *,
    content: bytes | IO[bytes],
    name: str,
    accepted_types: Collection[str] = PEOPLE_TYPES,
    max_megabytes: int = 20,
    actor: Actor,
    at: datetime,
) -> FileRef:
    """Keep a file by its content and record who stored it.

    FileEmpty, FileTooLarge, FileMislabelled (the name claims another type than the content has), FileTypeNotAccepted, FileDamaged,
    FileProtected (password), FileActive (macro, script): each says at the field what to do. Nothing is kept of a refused file.
    """
    with folder.Incoming() as incoming:
        for block in folder.blocks_of(content):
            incoming.write(block)
            if incoming.size > max_megabytes * 1024 * 1024:
                raise errors.FileTooLarge(f"“{rules.clean_name(name)}”超过 {max_megabytes} MB，请压缩或分开后上传。")
        incoming.finish()
        media_type = inspected(incoming.path, incoming.size, name, accepted_types)
        incoming.keep()
        return note_stored(
            ref=FileRef(digest=incoming.digest, name=rules.clean_name(name, media_type), size=incoming.size, media_type=media_type),
            actor=actor,
            at=at,
        )


def inspected(path: Path, size: int, name: str, accepted_types: Collection[str]) -> str:
    """The media type of a file that may be taken; raises as ``store`` does."""
    shown = rules.clean_name(name)
    if size == 0:
        raise errors.FileEmpty(f"“{shown}”是空文件，请重新选择。")
    media_type = sniffing.media_type(path)
    wanted = "、".join(dict.fromkeys(rules.called(one) for one in accepted_types))
    if not rules.is_labelled_right(shown, media_type):
        raise errors.FileMislabelled(
            f"“{shown}”的内容其实是{rules.called(media_type)}，与文件名不符。请上传真正的{wanted}。", media_type=media_type
        )
    if media_type not in accepted_types:
        raise errors.FileTypeNotAccepted(f"“{shown}”是{rules.called(media_type)}，这里只收{wanted}。", media_type=media_type)
    try:
        sniffing.inspect(path, media_type)
    except sniffing.Unfit as unfit:
        refusal = {"damaged": errors.FileDamaged, "protected": errors.FileProtected, "active": errors.FileActive}[unfit.kind]
        raise refusal(f"“{shown}”：{unfit}") from None
    return media_type


@transaction.atomic
def note_stored(*, ref: FileRef, actor: Actor, at: datetime) -> FileRef:
    """The row and the ledger entry of one act of storing."""
    StoredFile.objects.create(
        digest=ref.digest,
        name=ref.name,
        size=ref.size,
        media_type=ref.media_type,
        stored_at=at,
        account=actor.account,
        account_name=actor.name,
    )
    record(
        actor=actor,
        act="kernel.files.store",
        on=f"file:{ref.digest}",
        at=at,
        details={"size": ref.size, "media_type": ref.media_type},
    )
    return ref
