"""Reads: verification by anyone, licences of a holder, the list for the issuer."""

import hashlib
import re
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from santai.exchange.contracts.service import FileRef, LicenceFacts
from santai.exchange.licences import rules
from santai.exchange.licences.errors import LicenceNotFound
from santai.exchange.licences.messages import Verification
from santai.exchange.licences.models import Licence
from santai.kernel.access.service import scope
from santai.kernel.codes.service import mask
from santai.kernel.crypto.service import check_pdf
from santai.kernel.ledger.service import Actor


def verify(text: str, *, on: date) -> Verification:
    """By token, identifier or number; spaces and letter case do not matter."""
    entry = re.sub(r"\s", "", text)
    if not entry or len(entry) > 120:
        return Verification(outcome="unknown")
    licences = Licence.objects.select_related("type", "next")
    found = licences.filter(token=entry.lower()).first() if rules.looks_like_token(entry.lower()) else None
    found = found or licences.filter(identifier=entry.upper()).first()
    by_number = licences.filter(number__in={entry, entry.upper()}).order_by("-version", "-issued_at")
    found = found or by_number.filter(valid_from__lte=on).first() or by_number.first()
    return _verification(found, on=on) if found else Verification(outcome="unknown")


def verify_file(content: bytes, *, on: date) -> Verification:
    """The file is genuine when exactly these bytes were registered and the seal on them holds."""
    seal = check_pdf(content)
    digest = hashlib.sha256(content).hexdigest()
    found = Licence.objects.select_related("type", "next").filter(file_digest=digest).first()
    if found is None:
        problems = seal.problems
        if seal.valid:
            problems = ("印章有效，但证照库里没有与此文件逐字节相同的证照。它可能是其他公文，或不是原件。",)
        return Verification(outcome="altered", file_checked=True, seal_signer=seal.signer if seal.valid else "", problems=problems)
    if not seal.valid:
        return _verification(found, on=on, outcome="altered", file_checked=True, problems=seal.problems)
    return _verification(found, on=on, file_checked=True, seal_signer=seal.signer, seal_at=seal.signed_at, demonstration=seal.demonstration)


def _verification(
    licence: Licence,
    *,
    on: date,
    outcome: str = "",
    file_checked: bool = False,
    seal_signer: str = "",
    seal_at: str = "",
    problems: tuple[str, ...] = (),
    demonstration: bool = False,
) -> Verification:
    state = rules.state_on(licence.state, licence.valid_to, on)
    newer = getattr(licence, "next", None)
    if newer is not None and newer.valid_from > on and licence.state == rules.VALID:
        newer = None  # renewed, and the old term still runs: until its last day this is the version in force
    if not outcome:
        outcome = "superseded" if newer else "valid" if state == rules.VALID else "not_valid"
        outcome = "being_made" if outcome == "valid" and licence.sealed_at is None else outcome
    specs = [rules.FieldSpec.of(entry) for entry in licence.type.fields]
    shown = [(spec, licence.values.get(spec.id, "")) for spec in specs if spec.public and licence.values.get(spec.id)]
    return Verification(
        outcome=outcome,
        title=licence.title,
        title_en=licence.type.name_en,
        number=licence.number,
        identifier=licence.identifier,
        holder_name=licence.holder_name if licence.holder_kind == "organisation" else masked_name(licence.holder_name),
        holder_code=licence.holder_code
        if licence.holder_code_kind == "credit-code"
        else mask(licence.holder_code_kind, licence.holder_code),
        organisation_name=licence.organisation_name,
        issued_on=timezone.localtime(licence.issued_at).date().isoformat(),
        valid_from=licence.valid_from.isoformat(),
        valid_to=licence.valid_to.isoformat() if licence.valid_to else "",
        state=state,
        state_name=rules.ENDED.get(licence.ended_by) or rules.STATES[state],
        state_reason=licence.state_reason,
        state_changed_on=timezone.localtime(licence.state_changed_at).date().isoformat() if licence.state_changed_at else "",
        version=licence.version,
        token=licence.token,
        newer_token=newer.token if newer else "",
        fields=tuple((spec.label, spec.label_en, mask(spec.masked, value) if spec.masked else value) for spec, value in shown),
        file_checked=file_checked,
        seal_signer=seal_signer,
        seal_at=seal_at,
        problems=problems,
        demonstration=demonstration,
    )


def masked_name(name: str) -> str:
    """A natural person's name in public: the surname, then stars."""
    return name[:1] + "*" * max(len(name) - 1, 0)


def licences_of(holder_code: str, *, licence_type: str = "", only_valid: bool = True, on: date) -> list[Licence]:
    licences = Licence.objects.select_related("type").filter(holder_code=holder_code)
    if licence_type:
        licences = licences.filter(type_id=licence_type)
    if only_valid:
        licences = licences.filter(state=rules.VALID)
    found = list(licences.order_by("-issued_at"))
    return [one for one in found if not only_valid or (one.valid_from <= on and rules.state_on(one.state, one.valid_to, on) == rules.VALID)]


def facts(licence: Licence, *, on: date) -> LicenceFacts:
    file = None
    if licence.file_digest:
        file = FileRef(digest=licence.file_digest, name=licence.file_name, size=licence.file_size, media_type="application/pdf")
    return LicenceFacts(
        identifier=licence.identifier,
        number=licence.number,
        title=licence.title,
        licence_type=licence.type_id,
        holder_name=licence.holder_name,
        organisation_name=licence.organisation_name,
        issued_on=timezone.localtime(licence.issued_at).date().isoformat(),
        valid_to=licence.valid_to.isoformat() if licence.valid_to else "",
        state=rules.state_on(licence.state, licence.valid_to, on),  # type: ignore[arg-type]
        version=licence.version,
        verify_path=f"/v/{licence.token}/",
        file=file,
        fields=dict(licence.values),
    )


READING_ROLES = ("issuing", "examiner", "chief", "decider", "sealer", "archivist")


def licences_issued_by(actor: Actor) -> QuerySet[Licence]:
    """What the actor's own organisation issued, for the posts whose work it is; nothing for any other."""
    return Licence.objects.filter(scope(actor, *READING_ROLES)).select_related("type").order_by("-issued_at", "-id")


def access_licence(identifier: str, *, actor: Actor) -> Licence:
    """One of the actor's organisation; LicenceNotFound otherwise, so that existence is not told."""
    licence = licences_issued_by(actor).filter(identifier=identifier).first()
    if licence is None:
        raise LicenceNotFound
    return licence
