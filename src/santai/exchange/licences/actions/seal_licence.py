"""Draw and seal what was entered: after the commit, by the worker, once, and again after any crash."""

import logging
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import FileRef, LicenceIssued
from santai.exchange.licences import rules
from santai.exchange.licences.models import Licence
from santai.kernel.crypto.service import seal_pdf
from santai.kernel.files.service import store
from santai.kernel.jobs.service import wake
from santai.kernel.ledger.service import Party, record, system_actor
from santai.kernel.render.service import chinese_date, pdf

log = logging.getLogger(__name__)
SWEEP = "exchange.licences.seal"
BATCH = 10


def seal_after_commit(licence_id: UUID) -> None:
    """Wake the worker when the surrounding transaction commits: whoever decided does not wait for drawing and sealing.

    ``settings.SEAL_INLINE`` seals before the answer instead: where no worker runs (tests).
    """
    if getattr(settings, "SEAL_INLINE", False):
        transaction.on_commit(lambda: seal_licence(licence_id=licence_id), robust=True)
    wake(SWEEP)


def seal_due(now: datetime) -> int:
    """The sweep: every licence without a file. One that cannot be drawn does not hold up the others."""
    done = 0
    failed = 0
    for licence_id in Licence.objects.filter(sealed_at=None).order_by("issued_at").values_list("id", flat=True)[:200]:
        try:
            done += int(seal_licence(licence_id=licence_id))
        except Exception:
            failed += 1
            log.exception("licence %s could not be sealed", licence_id)
        if done >= BATCH:
            break
    if failed and not done:
        raise RuntimeError(f"{failed} licences could not be sealed")
    return done


@transaction.atomic
def seal_licence(*, licence_id: UUID) -> bool:
    """Draw, seal, keep and announce one licence; False when it is done already or another worker has it."""
    licence = (
        Licence.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(id=licence_id, sealed_at=None)
        .select_related("type")
        .first()
    )
    if licence is None:
        return False
    actor = system_actor("licences")
    content = seal_pdf(
        draw(licence),
        organisation=licence.organisation,
        organisation_name=licence.organisation_name,
        reason=f"颁发{licence.title} {licence.number}",
        at=licence.issued_at,
    )
    name = f"{licence.title}-{licence.holder_name}.pdf".replace("/", "-")
    file = store(content=content, name=name, accepted_types=("application/pdf",), max_megabytes=20, actor=actor, at=licence.issued_at)
    licence.sealed_at = licence.issued_at
    licence.file_digest, licence.file_name, licence.file_size = file.digest, file.name, file.size
    licence.save(update_fields=["sealed_at", "file_digest", "file_name", "file_size"])
    record(
        actor=actor,
        act="exchange.licences.seal_licence",
        on=f"licence:{licence.identifier}",
        at=licence.issued_at,
        details={"digest": file.digest},
    )
    publish(issued(licence, file), actor=actor, order_key=licence.case_no or licence.identifier, at=licence.issued_at)
    return True


def issued(licence: Licence, file: FileRef) -> LicenceIssued:
    return LicenceIssued(
        request_id=licence.request_id,
        case_no=licence.case_no,
        sub_case_no=licence.sub_case_no,
        identifier=licence.identifier,
        number=licence.number,
        title=licence.title,
        licence_type=licence.type_id,
        holder=Party(kind=licence.holder_kind, code_kind=licence.holder_code_kind, code=licence.holder_code, name=licence.holder_name),  # type: ignore[arg-type]
        organisation_name=licence.organisation_name,
        issued_at=licence.issued_at.isoformat(),
        valid_to=licence.valid_to.isoformat() if licence.valid_to else "",
        verify_path=f"/v/{licence.token}/",
        file=file,
        valid_from=licence.valid_from.isoformat(),
        version=licence.version,
        previous=licence.previous.identifier if licence.previous else "",
        organisation=licence.organisation,
    )


def draw(licence: Licence) -> bytes:
    """The unsealed PDF; the same licence gives the same bytes."""
    specs = [rules.FieldSpec.of(entry) for entry in licence.type.fields]
    wording = licence.type.wording
    until = chinese_date(licence.valid_to) if licence.valid_to else rules.LONG_TERM
    data = {
        "title": licence.title,
        "title_en": licence.type.name_en,
        "number": licence.number,
        "identifier": licence.identifier,
        "version": licence.version,
        "holder": licence.holder_name,
        "organisation": licence.organisation_name,
        "values": licence.values,
        "rows": [[spec.label, licence.values.get(spec.id, "")] for spec in specs if licence.values.get(spec.id)],
        "valid": until if not licence.valid_to else f"{chinese_date(licence.valid_from)}至{until}",
        "day": chinese_date(timezone.localtime(licence.issued_at).date()),
        "qr": f"{settings.VERIFY_ADDRESS}/v/{licence.token}/",
        "mark": "演示样证" if settings.DEMO else "",
        "paragraphs": [
            text.format_map(_Lenient({**licence.values, "holder": licence.holder_name})) for text in wording.get("paragraphs", [])
        ],
        **{key: value for key, value in wording.items() if key != "paragraphs"},
    }
    return pdf(licence.type.template, data, at=licence.issued_at)


class _Lenient(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
