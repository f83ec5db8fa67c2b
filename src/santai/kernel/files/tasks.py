"""Background work of files."""

from datetime import datetime

from santai.kernel.files import service
from santai.kernel.jobs.service import sweep


@sweep("kernel.files.drop_stale_uploads", every=3600)
def drop_stale_uploads(now: datetime) -> int:
    return service.drop_stale_uploads(at=now)
