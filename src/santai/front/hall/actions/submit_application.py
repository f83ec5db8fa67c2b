"""Submit: one transaction holds the application, its final number and time of receipt, the projection, the record and the message."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import (
    ApplicationSubmitted,
    FileRef,
    ItemDefinition,
    MaterialDefinition,
    MaterialHandedIn,
    Party,
    Signature,
    decode,
    encode,
)
from santai.front.hall.actions.save_draft import content_digest
from santai.front.hall.errors import DraftIncomplete, ItemNotOffered, ItemOutdated, MaterialsMissing, NotFound, SignaturesMissing
from santai.front.hall.models import Application, CaseLine, CaseView, Draft, ItemCopy, SignatureInvitation
from santai.front.hall.queries import definition_of, form_of_draft, materials_of_draft
from santai.front.hall.rules.materials import missing_materials
from santai.front.hall.rules.signers import signers_in
from santai.kernel.codes.service import next_case_no
from santai.kernel.forms.service import check
from santai.kernel.identity.service import Account, may_act_for
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def submit_application(*, draft_id: UUID | str, account: Account, actor: Actor, at: datetime) -> Application:
    """File the application and return it with its number. A second call (double click, repeated request) returns the same one.

    Errors, each leaving the draft as it is: NotFound; ItemNotOffered; ItemOutdated; DraftIncomplete with ``fields``; MaterialsMissing
    with ``fields`` by ``material:<code>``; SignaturesMissing naming who; AuthorisationExpired and its kin.
    """
    draft = Draft.objects.select_for_update().filter(id=draft_id, account=actor.account).exclude(state=Draft.State.ABANDONED).first()
    if draft is None:
        raise NotFound()
    if draft.state == Draft.State.SUBMITTED:
        return Application.objects.get(case_no=draft.case_no)
    item = definition_of(draft.item_code, draft.item_version)
    current = ItemCopy.objects.filter(code=item.code, current=True).values_list("version", flat=True).first()
    if current is None:
        raise ItemNotOffered()
    if current != draft.item_version:
        raise ItemOutdated(current=current)
    applicant = decode(Party, draft.applicant)
    if applicant.kind == "organisation":
        may_act_for(account=account, company_code=applicant.code, item_code=item.code, on=at.date())
    form = form_of_draft(draft)
    locked = {path: given["value"] for path, given in draft.prefilled.items() if given.get("locked")}
    checked = check(form, draft.data, today=at.date(), locked=locked)
    if checked.errors:
        raise DraftIncomplete(fields=checked.errors)
    draft.data = checked.data
    needed = materials_of_draft(draft)
    missing = missing_materials(needed, draft.materials)
    if missing:
        raise MaterialsMissing(fields={f"material:{material.code}": f"请上传“{material.name}”。" for material in missing})
    signatures = _signatures(draft, item, actor, at)
    case_no = next_case_no(region6=(item.region or "000000")[:6], on=at.date())
    materials = [_handed_in(material, draft.materials.get(material.code, {})) for material in needed]
    filed_by = Party(kind="person", code_kind=account.code_kind, code=account.code or actor.account, name=account.name, phone=account.phone)
    origins = {path: given["origin"] for path, given in draft.prefilled.items()}
    content = {**draft.data, "situation": draft.situation} if draft.situation else draft.data
    application = Application.objects.create(
        case_no=case_no,
        draft=draft.id,
        account=actor.account,
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
        received_at=at,
    )
    CaseView.objects.create(
        case_no=case_no,
        account=actor.account,
        applicant_code=draft.applicant_code,
        applicant_name=applicant.name,
        item_code=item.code,
        item_name=item.name,
        shape=item.shape,
        organisation_name=item.organisation_name,
        received_at=at,
        step="已提交",
        changed_at=at,
    )
    CaseLine.objects.create(case_no=case_no, at=at, event="submitted", text="您提交了申请。")
    draft.state = Draft.State.SUBMITTED
    draft.case_no = case_no
    draft.updated_at = at
    draft.save(update_fields=["state", "case_no", "updated_at", "data"])
    ItemCopy.objects.filter(code=item.code, current=True).update(filings=F("filings") + 1)
    record(
        actor=actor, act="front.hall.submit_application", on=f"case:{case_no}", at=at, details={"item": item.code, "version": item.version}
    )
    publish(
        ApplicationSubmitted(
            case_no=case_no,
            item_code=item.code,
            item_version=item.version,
            received_at=at.isoformat(),
            applicant=applicant,
            filed_by=filed_by,
            authorisation=draft.authorisation,
            form=form.key,
            form_version=form.version,
            content=content,
            materials=tuple(materials),
            signatures=tuple(signatures),
            prefilled=origins,
        ),
        actor=actor,
        order_key=case_no,
        at=at,
    )
    return application


def _signatures(draft: Draft, item: ItemDefinition, actor: Actor, at: datetime) -> list[Signature]:
    """Everyone's signature over the present content; without declared signers, the applicant's own by submitting."""
    reads = content_digest(draft)
    wanted = signers_in(item.signers, draft.data)
    if not wanted:
        return [Signature(signer=actor.name, role="申请人", signed_at=at.isoformat(), method="account", digest=reads)]
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
    )
