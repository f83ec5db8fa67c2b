"""The door of files: content-addressed, type sniffed, limits held; resumable uploads; short-lived links."""

from santai.kernel.files.actions.keep import keep
from santai.kernel.files.actions.photos_to_pdf import photos_to_pdf
from santai.kernel.files.actions.store import store
from santai.kernel.files.actions.upload import add_chunk, begin_upload, drop_stale_uploads, finish_upload
from santai.kernel.files.errors import (
    DigestWrong,
    FileActive,
    FileDamaged,
    FileEmpty,
    FileMislabelled,
    FileProtected,
    FileRefused,
    FileTooLarge,
    FileTypeNotAccepted,
    FileUnknown,
    LinkExpired,
    MayNotRead,
    UploadOutOfStep,
    UploadUnknown,
)
from santai.kernel.files.messages import FileRef
from santai.kernel.files.queries import (
    download_url,
    exists,
    file_from_token,
    file_token,
    open_stored,
    opened_link,
    read,
    read_ticket,
    register_reader,
    upload_ticket,
)
from santai.kernel.files.rules import INLINE, called, readable_size

__all__ = [
    "INLINE",
    "DigestWrong",
    "FileActive",
    "FileDamaged",
    "FileEmpty",
    "FileMislabelled",
    "FileProtected",
    "FileRef",
    "FileRefused",
    "FileTooLarge",
    "FileTypeNotAccepted",
    "FileUnknown",
    "LinkExpired",
    "MayNotRead",
    "UploadOutOfStep",
    "UploadUnknown",
    "add_chunk",
    "begin_upload",
    "called",
    "download_url",
    "drop_stale_uploads",
    "exists",
    "file_from_token",
    "file_token",
    "finish_upload",
    "keep",
    "open_stored",
    "opened_link",
    "photos_to_pdf",
    "read",
    "read_ticket",
    "readable_size",
    "register_reader",
    "store",
    "upload_ticket",
]
