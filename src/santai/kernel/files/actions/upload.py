"""A file that arrives in pieces and goes on after a break."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from santai.kernel.files import errors, rules
from santai.kernel.files.actions.store import PEOPLE_TYPES, inspected, note_stored
from santai.kernel.files.adapters import folder
from santai.kernel.files.messages import FileRef
from santai.kernel.files.models import UploadSession
from santai.kernel.ledger.service import Actor

KEPT_FOR = timedelta(hours=48)
LARGEST_CHUNK = 8 * 1024 * 1024


@transaction.atomic
def begin_upload(
    *, name: str, size: int, accepted_types: Collection[str] = PEOPLE_TYPES, max_megabytes: int = 20, actor: Actor, at: datetime
) -> UploadSession:
    """Open an upload, or find the one this account began for the same name and size and left unfinished; go on at ``received``."""
    shown = rules.clean_name(name)
    if size <= 0:
        raise errors.FileEmpty(f"“{shown}”是空文件，请重新选择。")
    if size > max_megabytes * 1024 * 1024:
        raise errors.FileTooLarge(f"“{shown}”有 {rules.readable_size(size)}，超过 {max_megabytes} MB，请压缩或分开后上传。")
    unfinished = UploadSession.objects.filter(
        account=actor.account, name=shown, size=size, digest="", accepted_types=list(accepted_types), touched_at__gt=at - KEPT_FOR
    )
    if found := unfinished.order_by("-touched_at").first():
        return found
    return UploadSession.objects.create(
        name=shown,
        size=size,
        accepted_types=list(accepted_types),
        max_megabytes=max_megabytes,
        account=actor.account,
        begun_at=at,
        touched_at=at,
    )


@transaction.atomic
def add_chunk(*, upload: UUID, offset: int, chunk: bytes, actor: Actor, at: datetime) -> UploadSession:
    """Write the next piece. UploadOutOfStep (with ``facts["received"]``) unless ``offset`` is where the last one ended; a piece
    that arrives twice is acknowledged and changes nothing."""
    session = _own(upload, actor)
    if session.digest or offset + len(chunk) == session.received:
        return session
    if offset != session.received:
        raise errors.UploadOutOfStep(received=session.received)
    if offset + len(chunk) > session.size or len(chunk) > LARGEST_CHUNK:
        raise errors.FileTooLarge(f"“{session.name}”比声明的大，请重新选择文件。")
    folder.write_part(folder.part_path(session.id), offset, chunk)
    session.received = offset + len(chunk)
    session.touched_at = at
    session.save(update_fields=["received", "touched_at"])
    return session


@transaction.atomic
def finish_upload(*, upload: UUID, actor: Actor, at: datetime) -> FileRef:
    """All pieces are here: look into the file as ``store`` does and keep it. Finishing twice gives the same answer."""
    session = _own(upload, actor)
    if session.digest:
        return FileRef(digest=session.digest, name=session.name, size=session.size, media_type=session.media_type)
    if session.received != session.size:
        raise errors.UploadOutOfStep("文件还没有传完，将从已收到的位置继续。", received=session.received)
    part = folder.part_path(session.id)
    with folder.Incoming() as incoming, part.open("rb") as gathered:
        for block in folder.blocks_of(gathered):
            incoming.write(block)
        incoming.finish()
        try:
            media_type = inspected(incoming.path, incoming.size, session.name, session.accepted_types)
        except errors.FileRefused:
            part.unlink(missing_ok=True)
            raise
        incoming.keep()
        ref = FileRef(digest=incoming.digest, name=rules.clean_name(session.name, media_type), size=incoming.size, media_type=media_type)
    note_stored(ref=ref, actor=actor, at=at)
    session.digest, session.media_type, session.name, session.touched_at = ref.digest, media_type, ref.name, at
    session.save(update_fields=["digest", "media_type", "name", "touched_at"])
    transaction.on_commit(lambda: part.unlink(missing_ok=True))
    return ref


def drop_stale_uploads(*, at: datetime, limit: int = 200) -> int:
    """Throw away uploads nobody went on with for two days, and pieces that belong to none."""
    with transaction.atomic():
        stale = list(UploadSession.objects.select_for_update(skip_locked=True).filter(touched_at__lt=at - KEPT_FOR)[:limit])
        for session in stale:
            folder.part_path(session.id).unlink(missing_ok=True)
            session.delete()
    return len(stale)


def _own(upload: UUID, actor: Actor) -> UploadSession:
    session = UploadSession.objects.select_for_update().filter(id=upload, account=actor.account).first()
    if session is None:
        raise errors.UploadUnknown
    return session
