"""File: the one place where a draft becomes an application, whether it was written in the pages or sent through the interface."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import (
    ApplicationSubmitted,
    Assistance,
    CommitmentMade,
    FileRef,
    ItemDefinition,
    MaterialDefinition,
    MaterialHandedIn,
    Party,
    Signature,
    decode,
    encode,
)
from santai.front.hall.actions.check_standing import refuse_barred, refuse_business
from santai.front.hall.actions.start_draft import prefill, right_to_apply
from santai.front.hall.errors import DraftIncomplete, MaterialsMissing, SignaturesMissing
from santai.front.hall.models import Application, CaseLine, CaseView, Draft, SignatureInvitation
from santai.front.hall.queries import current_item, errors_of_draft, form_of_draft, materials_of_draft
from santai.front.hall.rules.materials import as_uploaded, missing_materials
from santai.front.hall.rules.signers import signers_in
from santai.front.hall.rules.window import query_code, submitted_said
from santai.kernel.codes.service import new_id, next_case_no
from santai.kernel.forms.service import Form, check, digest, get_form
from santai.kernel.identity.service import Account
from santai.kernel.ledger.service import Actor, append, record, together

Channel = Literal["online", "counter", "phone", "api"]
SAME_REQUEST = UUID("6f2d1f0e-6a0b-4c0e-9b53-5a17a1000001")  # names the repeated requests of one account


def file_application(
    *,
    account: Account,
    party: Party,
    item_code: str,
    content: Mapping[str, Any],
    materials: Mapping[str, Any],
    key: str,
    business: str = "new",
    licence: str = "",
    actor: Actor,
    at: datetime,
    channel: Channel = "online",
    incomplete: bool = False,
) -> tuple[Application, bool]:
    """Draft and application in one call, under the rules of ``submit_application``. Returns it and whether it is new.

    ``key`` names the request: the same key of the same account is the same application, however often it is sent. ``content`` may carry
    the guided answers as ``situation``; ``materials``: code → {"files": [FileRef as data], "from_licence", "follows_later"}.
    ``incomplete``: the applicant was told what is missing and files all the same: what is sent is received (行政许可法 29, 32), and the
    department asks once for the rest. Errors: those of ``start_draft`` and ``submit_application``; nothing is kept when one is raised.
    """
    identifier = uuid5(SAME_REQUEST, f"{actor.account}:{key}") if key else new_id()
    if key and (known := Application.objects.filter(draft=identifier).first()):
        return known, False
    item = current_item(item_code)
    authorisation = right_to_apply(account=account, party=party, item=item, at=at, in_person=channel == "counter")
    refuse_barred(item=item, party=party, actor=actor, subject=f"draft:{identifier}", at=at)
    refuse_business(business=business, licence=licence, item_code=item_code, party=party, on=localdate(at))
    form = get_form(item.form, item.form_version)
    prefilled = prefill(form, account, party, actor, f"draft:{identifier}", at)
    draft = Draft(
        id=identifier,
        account=actor.account,
        applicant=encode(party),
        applicant_code=party.code,
        authorisation=authorisation,
        item_code=item.code,
        item_version=item.version,
        item_name=item.name,
        situation=dict(content.get("situation") or {}),
        data=_with_known({name: value for name, value in content.items() if name != "situation"}, prefilled),
        prefilled=prefilled,
        materials=dict(materials),
        business=business,
        licence=licence,
        created_at=at,
        updated_at=at,
    )
    try:
        with transaction.atomic(), together():
            return file_draft(draft=draft, item=item, account=account, actor=actor, at=at, channel=channel, incomplete=incomplete), True
    except IntegrityError:
        if known := Application.objects.filter(draft=identifier).first():
            return known, False  # the same request, a moment earlier
        raise


def file_draft(
    *,
    draft: Draft,
    item: ItemDefinition,
    account: Account,
    actor: Actor,
    at: datetime,
    channel: Channel = "online",
    incomplete: bool = False,
    assistance: Assistance | None = None,
    received_at: datetime | None = None,
    method: str = "account",
) -> Application:
    """Check everything, number it, keep it, tell the back office. The caller holds the transaction, and the row of a draft that has one.

    At a window (``assistance``) a paper seen counts as handed in, and one found wanting may be missing: what was handed in first is the
    receipt, and the one notice tells of the rest (行政许可法 32).
    """
    received = received_at or at
    if assistance is None:
        draft.materials = {code: as_uploaded(given) for code, given in draft.materials.items()}
    applicant = decode(Party, draft.applicant)
    form = form_of_draft(draft)
    locked = {path: given["value"] for path, given in draft.prefilled.items() if given.get("locked")}
    checked = check(form, draft.data, today=localdate(at), locked=locked)
    if errors := errors_of_draft(draft, on=localdate(at), has_phone=bool(account.phone) or assistance is None):
        raise DraftIncomplete(fields=errors)
    draft.data = checked.data
    needed = materials_of_draft(draft)
    missing = missing_materials(needed, draft.materials)
    if missing and not incomplete:
        raise MaterialsMissing(fields={f"material:{material.code}": f"请上传“{material.name}”。" for material in missing})
    signatures = _signatures(draft, item, form, account if assistance else actor, at, method)
    case_no = next_case_no(region6=(item.region or "000000")[:6], on=localdate(received))
    materials = [_handed_in(material, draft.materials.get(material.code, {})) for material in needed]
    filed_by = Party(kind="person", code_kind=account.code_kind, code=account.code or actor.account, name=account.name, phone=account.phone)
    if assistance and draft.assistance.get("filed_by"):
        filed_by = decode(Party, draft.assistance["filed_by"])
    origins = {path: given["origin"] for path, given in draft.prefilled.items()}
    content = {**draft.data, "situation": draft.situation} if draft.situation else draft.data
    application = Application(
        case_no=case_no,
        draft=draft.id,
        account=draft.account,
        applicant=draft.applicant,
        applicant_code=draft.applicant_code,
        phone=account.phone,
        item_code=item.code,
        item_version=item.version,
        form=form.key,
        form_version=form.version,
        content=content,
        materials=[encode(material) for material in materials],
        signatures=[encode(signature) for signature in signatures],
        prefilled=origins,
        business=draft.business,
        licence=draft.licence,
        commitment=draft.commitment,
        received_at=received,
        query_code=query_code() if assistance else "",
        assistance=encode(assistance) if assistance else {},
    )
    view = CaseView(
        case_no=case_no,
        account=draft.account,
        applicant_code=draft.applicant_code,
        applicant_name=applicant.name,
        item_code=item.code,
        item_name=item.name,
        shape=item.shape,
        organisation_name=item.organisation_name,
        received_at=received,
        step="已提交",
        changed_at=at,
    )
    append(application)
    append(view)
    append(CaseLine(case_no=case_no, at=received, event="submitted", text=submitted_said(assistance)))
    draft.state = Draft.State.SUBMITTED
    draft.case_no = case_no
    draft.updated_at = at
    if draft._state.adding:
        append(draft)
    else:
        draft.save(update_fields=["state", "case_no", "updated_at", "data"])
    record(
        actor=actor, act="front.hall.submit_application", on=f"case:{case_no}", at=at, details={"item": item.code, "version": item.version}
    )
    publish(
        ApplicationSubmitted(
            case_no=case_no,
            item_code=item.code,
            item_version=item.version,
            received_at=received.isoformat(),
            applicant=applicant,
            filed_by=filed_by,
            channel="counter" if assistance else channel,
            authorisation=draft.authorisation,
            form=form.key,
            form_version=form.version,
            content=content,
            materials=tuple(materials),
            signatures=tuple(signatures),
            prefilled=origins,
            business=draft.business,  # type: ignore[arg-type]
            licence=draft.licence,
            commitment=decode(CommitmentMade, draft.commitment),
            assistance=assistance,
        ),
        actor=actor,
        order_key=case_no,
        at=at,
    )
    return application


def _with_known(content: dict[str, Any], prefilled: Mapping[str, Any]) -> dict[str, Any]:
    """The content with what the registers know where nothing was sent; a sent value that differs from a locked one is refused later."""
    for path, given in prefilled.items():
        *parents, last = path.split(".")
        here: Any = content
        for parent in parents:
            here = here.setdefault(parent, {}) if isinstance(here, dict) else {}
        if isinstance(here, dict):
            here.setdefault(last, given["value"])
    return content


def _signatures(draft: Draft, item: ItemDefinition, form: Form, who: Actor | Account, at: datetime, method: str) -> list[Signature]:
    """Everyone's signature over the present content; without declared signers, the applicant's own by submitting."""
    reads = digest(form, draft.data)
    wanted = signers_in(item.signers, draft.data)
    if not wanted:
        return [Signature(signer=who.name, role="申请人", signed_at=at.isoformat(), method=method, digest=reads)]
    signed = {
        invitation.code: invitation for invitation in SignatureInvitation.objects.filter(draft=draft, digest=reads).exclude(signed_at=None)
    }
    missing = [signer for signer in wanted if signer["code"] not in signed]
    if missing:
        raise SignaturesMissing(
            f"还有{len(missing)}人没有签名：{'、'.join(signer['name'] for signer in missing)}。全部签名后才能提交。", missing=missing
        )
    return [
        Signature(
            signer=signed[signer["code"]].name,
            role=signer["role"],
            signed_at=signed[signer["code"]].signed_at.isoformat(),  # type: ignore[union-attr]
            method="account",
            digest=reads,
        )
        for signer in wanted
    ]


def _handed_in(material: MaterialDefinition, given: dict[str, Any]) -> MaterialHandedIn:
    return MaterialHandedIn(
        code=material.code,
        name=material.name,
        files=tuple(decode(FileRef, file) for file in given.get("files", [])),
        from_licence=given.get("from_licence", ""),
        from_register=material.register if material.source == "register" else "",
        follows_later=bool(given.get("follows_later")),
        copies=given.get("copies", 0),
        original_seen=bool(given.get("original_seen")),
        verdict=given.get("verdict", ""),
        remark=given.get("remark", ""),
    )
