"""PAdES B-B by pyHanko: signing and checking."""

import asyncio
import binascii
import io
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import pikepdf
from asn1crypto import keys, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from santai.kernel.crypto.adapters.keystore import Keyed
from santai.kernel.crypto.errors import NotAPdf
from santai.kernel.crypto.messages import SealCheck

T = TypeVar("T")
SEAL_POINTS = 42 / 25.4 * 72  # a government seal's picture measures 42 mm across (国发〔1999〕25号)
ROOM_BESIDE_CERTIFICATES = 2048  # bytes of signature and attributes; left to itself pyHanko signs twice to find out


def place_of_seal(pdf: bytes) -> tuple[int, tuple[int, int, int, int]] | None:
    """Page and box of the named place ``seal`` that render's templates leave; None when the document has none."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            names = document.Root.get("/Names")
            tree = names.get("/Dests") if names is not None else None
            if tree is None or "seal" not in (places := pikepdf.NameTree(tree)):
                return None
            target = places["seal"]
            target = target.D if isinstance(target, pikepdf.Dictionary) else target
            page = next(number for number, page in enumerate(document.pages) if page.obj.objgen == target[0].objgen)
            x, y, half = float(target[2]), float(target[3]) - 10, SEAL_POINTS / 2
            return page, (round(x - half), round(y - half), round(x + half), round(y + half))
    except (pikepdf.PdfError, StopIteration, IndexError, TypeError, ValueError):
        return None


def sign(pdf: bytes, seal: Keyed, root: bytes, *, reason: str, at: datetime, picture: bytes | None, name: str) -> bytes:
    """``pdf`` with one more signature; ``picture`` (a one-page PDF) becomes its appearance at the place ``seal``."""
    certificate = x509.Certificate.load(seal.certificate)
    registry = SimpleCertificateStore()
    registry.register(x509.Certificate.load(root))
    signer = signers.SimpleSigner(
        signing_cert=certificate, signing_key=keys.PrivateKeyInfo.load(seal.key), cert_registry=registry, embed_roots=True
    )
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        earlier = len(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
    except (PdfError, ValueError) as trouble:
        raise NotAPdf from trouble
    field_name = f"Seal{earlier + 1}"
    place = place_of_seal(pdf) if picture and not earlier else None
    style = None
    if place and picture:
        page, box = place
        fields.append_signature_field(writer, fields.SigFieldSpec(field_name, on_page=page, box=box))
        style = StaticStampStyle(
            border_width=0,
            background=_Picture(picture),
            background_opacity=1.0,
            background_layout=SimpleBoxLayoutRule(
                x_align=AxisAlignment.ALIGN_MID,
                y_align=AxisAlignment.ALIGN_MID,
                margins=Margins(),
                inner_content_scaling=InnerScaling.STRETCH_TO_FIT,
            ),
        )
    else:
        fields.append_signature_field(writer, fields.SigFieldSpec(field_name))
    metadata = signers.PdfSignatureMetadata(
        field_name=field_name, md_algorithm="sha256", reason=reason, name=name, subfilter=fields.SigSeedSubFilter.PADES
    )
    out = io.BytesIO()
    dated = _DatedSigner(metadata, signer=signer, stamp_style=style, at=at)
    room = 2 * (len(seal.certificate) + len(root) + ROOM_BESIDE_CERTIFICATES)
    _outside_any_loop(lambda: dated.sign_pdf(writer, output=out, bytes_reserved=room))
    return out.getvalue()


class _DatedSigner(signers.PdfSigner):
    """States the time it is given: in a demonstration the city's time is not the machine's."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at = at

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self._at
        return session


class _Picture(ImportedPdfPage):
    """The first page of a PDF in memory as drawing."""

    def __init__(self, content: bytes) -> None:
        super().__init__("")
        self._content = content

    def render(self) -> bytes:
        drawn = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._content)), page_ix=0)
        name = b"/Seal" + binascii.hexlify(uuid.uuid4().bytes[:8])
        self.resources.xobject[name.decode("ascii")] = drawn
        left, bottom, right, top = drawn.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(left - right), height=abs(bottom - top))
        return name + b" Do"


def _outside_any_loop(act: Callable[[], T]) -> T:
    """pyHanko starts an event loop of its own; where one runs already (an asynchronous server, a browser test) it works in a thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return act()
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(act).result()


def check(pdf: bytes, root: bytes, *, at: datetime | None) -> SealCheck:
    """See ``service.check_pdf``."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        found = reader.embedded_regular_signatures
    except Exception:  # the file comes from a stranger; whatever it does to the parser, the answer is "not readable"
        return SealCheck(valid=False, problems=("这个文件不是可以读取的 PDF，或已损坏。",))
    if not found:
        return SealCheck(valid=False, problems=("文件上没有电子印章。",))
    trusted = x509.Certificate.load(root)
    problems: list[str] = []
    signer = code = signed_at = reason = ""
    for number, signature in enumerate(found, 1):
        try:
            moment = at or signature.self_reported_timestamp
            context = ValidationContext(trust_roots=[trusted], allow_fetching=False, moment=moment, revocation_mode="soft-fail")
            status = _outside_any_loop(partial(validate_pdf_signature, signature, signer_validation_context=context, skip_diff=False))
            subject = status.signing_cert.subject.native
            signer = str(subject.get("organization_name", ""))
            code = str(subject.get("organization_identifier", ""))
            signed_at = status.signer_reported_dt.isoformat() if status.signer_reported_dt else ""
            reason = str(signature.sig_object.get("/Reason", ""))
            if not (status.intact and status.valid):
                problems.append(f"第 {number} 枚印章：盖章后文件被改动过。")
            elif not status.trusted:
                problems.append(f"第 {number} 枚印章：印章证书不是本平台认可的机构签发的。")
            elif number < len(found) and not status.docmdp_ok:
                problems.append(f"第 {number} 枚印章：盖章后文件有不允许的改动。")
            if number == len(found) and status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
                problems.append("盖章后文件末尾又加了内容，印章没有覆盖整个文件。")
        except Exception:  # as above
            problems.append(f"第 {number} 枚印章：印章数据已损坏，无法验证。")
    return SealCheck(
        valid=not problems,
        signer=signer,
        signer_code=code,
        signed_at=signed_at,
        reason=reason,
        seals=len(found),
        demonstration="not for legal use" in str(trusted.subject.native.get("common_name", "")),
        problems=tuple(problems),
    )
