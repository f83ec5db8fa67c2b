"""Files: by content, looked into, resumable, reached only by links made for someone."""

import dataclasses
import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pikepdf
import pytest
from PIL import Image

from santai.kernel.files import service
from santai.kernel.files.service import FileRef
from santai.kernel.ledger.service import Actor, entries_on

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 9, 1, 0, tzinfo=UTC)
FOUNDER = Actor(kind="person", account="founder", name="陈静怡")
OTHER = dataclasses.replace(FOUNDER, account="other")


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"


def pdf(**encryption: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out, **encryption)
    return out.getvalue()


def photo(size: tuple[int, int] = (300, 200), kind: str = "JPEG", orientation: int = 0) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    Image.new("RGB", size, "white").save(out, kind, exif=exif)
    return out.getvalue()


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


def put(content: bytes, name: str, **more: Any) -> FileRef:
    return service.store(content=content, name=name, actor=FOUNDER, at=AT, **more)


def test_a_stored_file_reads_back_and_is_recorded() -> None:
    ref = put(pdf(), "章程.pdf")
    assert (ref.name, ref.media_type) == ("章程.pdf", "application/pdf")
    assert service.read(ref.digest).startswith(b"%PDF-")
    assert entries_on(f"file:{ref.digest}").count() == 1
    assert put(service.read(ref.digest), "另一份.pdf").digest == ref.digest


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"MZ\x90\x00" + b"\0" * 2000, "合同.pdf", service.FileMislabelled),
        (b"MZ\x90\x00" + b"\0" * 20 + b"%PDF-1.7", "合同.pdf", service.FileMislabelled),
        (b"#!/bin/sh\nrm -rf /", "说明.pdf", service.FileMislabelled),
        (b"<html><script>alert(1)</script>", "照片.jpg", service.FileMislabelled),
        (photo(), "照片.pdf", service.FileMislabelled),
        (archive("word/document.xml", "[Content_Types].xml"), "合同.pdf", service.FileMislabelled),
        (archive("a.txt"), "材料.zip", service.FileTypeNotAccepted),
        (b"MZ" + b"\0" * 100, "program", service.FileTypeNotAccepted),
        (b"", "空.pdf", service.FileEmpty),
        (b"%PDF-1.7 broken", "坏.pdf", service.FileDamaged),
        (photo()[:200], "坏.jpg", service.FileDamaged),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "锁.pdf", service.FileProtected),
        (b"%PDF-" + b"x" * (1024 * 1024 + 1), "大.pdf", service.FileTooLarge),
    ],
)
def test_what_may_not_come_in_is_refused_and_leaves_nothing(content: bytes, name: str, refusal: type, settings: Any) -> None:
    with pytest.raises(refusal) as refused:
        put(content, name, max_megabytes=1)
    assert name.split(".")[0] in refused.value.message
    assert not [path for path in settings.FILES_DIR.rglob("*") if path.is_file()]


def test_office_and_ofd_files_are_told_apart_by_content() -> None:
    every = ("application/ofd", "application/zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    assert put(archive("OFD.xml"), "证.ofd", accepted_types=every).media_type == "application/ofd"
    assert put(archive("[Content_Types].xml", "word/document.xml"), "a.docx", accepted_types=every).media_type == every[2]
    with pytest.raises(service.FileActive):
        put(archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "a.docx", accepted_types=every)


def test_names_are_made_safe() -> None:
    assert put(photo(), "..\\..\\etc/照片\u202e.jpg").name == "照片.jpg"
    assert put(photo(), "照片").name == "照片.jpg"


def test_content_over_a_link_must_match_its_digest() -> None:
    ref = put(photo(), "a.jpg")
    content = service.read(ref.digest)
    service.keep(ref.digest, content)
    with pytest.raises(service.DigestWrong):
        service.keep(ref.digest, content + b"x")
    assert not service.exists("0" * 64)
    with pytest.raises(service.FileUnknown):
        service.read("../../etc/passwd")


def test_photographs_become_one_upright_pdf() -> None:
    photos = [put(photo((400, 300), orientation=6), "1.jpg"), put(photo((400, 300), "PNG"), "2.png")]
    ref = service.photos_to_pdf(photos=photos, name="租赁合同", actor=FOUNDER, at=AT)
    assert ref.name == "租赁合同.pdf"
    with pikepdf.open(io.BytesIO(service.read(ref.digest))) as document:
        boxes = [page.mediabox for page in document.pages]
    assert [float(box[2]) < float(box[3]) for box in boxes] == [True, False]


def test_an_upload_goes_on_after_a_break() -> None:
    content = photo((900, 900), "PNG") + b""
    half = len(content) // 2
    begun = service.begin_upload(name="图.png", size=len(content), actor=FOUNDER, at=AT)
    service.add_chunk(upload=begun.id, offset=0, chunk=content[:half], actor=FOUNDER, at=AT)
    again = service.begin_upload(name="图.png", size=len(content), actor=FOUNDER, at=AT + timedelta(hours=1))
    assert (again.id, again.received) == (begun.id, half)
    assert service.add_chunk(upload=begun.id, offset=0, chunk=content[:half], actor=FOUNDER, at=AT).received == half
    with pytest.raises(service.UploadOutOfStep) as out:
        service.add_chunk(upload=begun.id, offset=half + 1, chunk=b"x", actor=FOUNDER, at=AT)
    assert out.value.facts["received"] == half
    with pytest.raises(service.UploadOutOfStep):
        service.finish_upload(upload=begun.id, actor=FOUNDER, at=AT)
    with pytest.raises(service.UploadUnknown):
        service.add_chunk(upload=begun.id, offset=half, chunk=b"x", actor=OTHER, at=AT)
    service.add_chunk(upload=begun.id, offset=half, chunk=content[half:], actor=FOUNDER, at=AT)
    ref = service.finish_upload(upload=begun.id, actor=FOUNDER, at=AT)
    assert service.read(ref.digest) == content
    assert service.finish_upload(upload=begun.id, actor=FOUNDER, at=AT) == ref


def test_an_upload_is_looked_into_like_any_file_and_stale_ones_are_dropped() -> None:
    begun = service.begin_upload(name="合同.pdf", size=4, actor=FOUNDER, at=AT)
    service.add_chunk(upload=begun.id, offset=0, chunk=b"MZ\x90\0", actor=FOUNDER, at=AT)
    with pytest.raises(service.FileMislabelled):
        service.finish_upload(upload=begun.id, actor=FOUNDER, at=AT)
    assert service.drop_stale_uploads(at=AT + timedelta(hours=1)) == 0
    assert service.drop_stale_uploads(at=AT + timedelta(days=3)) == 1


def test_a_link_serves_its_reader_only(settings: Any) -> None:
    ref = put(pdf(), "章程.pdf")
    token = service.download_url(ref, FOUNDER).split("/")[-2]
    assert service.opened_link(token, FOUNDER)[0].digest == ref.digest
    for stranger in (OTHER, None):
        with pytest.raises(service.MayNotRead):
            service.opened_link(token, stranger)
    with pytest.raises(service.LinkExpired):
        service.opened_link(service.download_url(ref, FOUNDER, -1).split("/")[-2], FOUNDER)
    with pytest.raises(service.LinkExpired):
        service.opened_link(token[:-2] + "xx", FOUNDER)


def test_a_registered_reader_is_asked_again_when_the_link_is_opened() -> None:
    ref = put(pdf(), "章程.pdf")
    allowed = {"yes": True}
    service.register_reader("tests.case", lambda actor, digest, subject: allowed["yes"] and subject == "case:1")
    token = service.download_url(ref, FOUNDER, context="tests.case", subject="case:1").split("/")[-2]
    service.opened_link(token, FOUNDER)
    allowed["yes"] = False
    with pytest.raises(service.MayNotRead):
        service.opened_link(token, FOUNDER)


def test_a_file_token_proves_whose_upload_it_was() -> None:
    ref = put(pdf(), "章程.pdf")
    assert service.file_from_token(service.file_token(ref, FOUNDER), FOUNDER) == ref
    with pytest.raises(service.MayNotRead):
        service.file_from_token(service.file_token(ref, FOUNDER), OTHER)


def test_a_download_is_an_attachment_that_nobody_sniffs(client: Any) -> None:
    ref = put(photo(), "照片.jpg")
    answer = client.get(service.download_url(ref, None))
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    shown = client.get(service.download_url(ref, None, inline=True))
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Content-Type"] == "image/jpeg"
