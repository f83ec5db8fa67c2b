"""Write and send the one answer to a correction notice."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import (
    ApplicationCorrected,
    FileRef,
    MaterialHandedIn,
    Signature,
    decode,
    encode,
    needed_materials,
)
from santai.front.hall.errors import DraftIncomplete, MaterialsMissing, NotFound, NothingToCorrect, NotOpen, StaleDraft
from santai.front.hall.models import Application, CaseLine, CaseView, CorrectionView, Draft
from santai.front.hall.queries import definition_of, require_authority
from santai.front.hall.rules.materials import missing_materials
from santai.kernel.forms.service import check, digest, get_form
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def save_correction(*, case_no: str, data: dict[str, Any], revision: int, actor: Actor, at: datetime, page: str = "") -> CorrectionView:
    """Keep the corrected form as it is typed. Errors: NotFound, NothingToCorrect, StaleDraft."""
    correction, application = _open(case_no)
    if revision != correction.revision and not (page and page == correction.saved_by):
        raise StaleDraft()
    form = get_form(application.form, application.form_version)
    correction.data = check(form, data, today=localdate(at), locked=_locked(application)).data
    correction.revision += 1
    correction.saved_by = page
    correction.save(update_fields=["data", "revision", "saved_by"])
    return correction


@transaction.atomic
def add_correction_file(*, case_no: str, code: str, files: list[FileRef], actor: Actor, at: datetime) -> CorrectionView:
    """Add files to a material of the correction."""
    correction, application = _open(case_no)
    require_authority(actor, application.item_code, at)
    given = dict(correction.materials.get(code, {}))
    given["files"] = [*given.get("files", []), *(encode(file) for file in files)]
    correction.materials = {**correction.materials, code: given}
    correction.save(update_fields=["materials"])
    return correction


@transaction.atomic
def remove_correction_file(*, case_no: str, code: str, digest: str, actor: Actor, at: datetime) -> CorrectionView:
    """Take one of the files added to the correction away again."""
    correction, _ = _open(case_no)
    given = dict(correction.materials.get(code, {}))
    given["files"] = [file for file in given.get("files", []) if file["digest"] != digest]
    correction.materials = {key: value for key, value in (correction.materials | {code: given}).items() if value["files"]}
    correction.save(update_fields=["materials"])
    return correction


@transaction.atomic
def submit_correction(*, case_no: str, actor: Actor, at: datetime, incomplete: bool = False) -> CorrectionView:
    """Send the answer; it can be sent once. ``incomplete``: told what is missing, the applicant sends what there is all the same.

    Errors: NotOpen once the case has ended (also by the silence of the applicant), NothingToCorrect (also on a double click),
    DraftIncomplete, MaterialsMissing with ``fields``, AuthorisationExpired and its kin when the firm acted for has let it end.
    """
    if CaseView.objects.filter(case_no=case_no, state="completed").exists():
        raise NotOpen("办件已经终止，不能再补正；请在材料齐全后重新申请。")
    correction, application = _open(case_no)
    require_authority(actor, application.item_code, at)
    form = get_form(application.form, application.form_version)
    checked = check(form, correction.data or application.content, today=localdate(at), locked=_locked(application))
    if checked.errors:
        raise DraftIncomplete(fields=checked.errors)
    content = checked.data | ({"situation": application.content["situation"]} if "situation" in application.content else {})
    materials = _materials(application, correction, checked.data, incomplete=incomplete)
    correction.data = content
    correction.answered_at = at
    correction.save(update_fields=["data", "answered_at"])
    CaseView.objects.filter(case_no=case_no).update(needs_me=False, step="补正已提交", changed_at=at)
    CaseLine.objects.create(case_no=case_no, at=at, event="correction_sent", text="您提交了补正内容。")
    record(actor=actor, act="front.hall.submit_correction", on=f"case:{case_no}", at=at)
    publish(
        ApplicationCorrected(
            case_no=case_no,
            notice_no=correction.notice_no,
            corrected_at=at.isoformat(),
            content=content,
            materials=tuple(materials),
            signatures=(
                Signature(
                    signer=actor.name,
                    role="申请人（补正）",
                    signed_at=at.isoformat(),
                    method="account",
                    digest=digest(form, checked.data),
                ),
            ),
        ),
        actor=actor,
        order_key=case_no,
        at=at,
    )
    return correction


def _open(case_no: str) -> tuple[CorrectionView, Application]:
    correction = CorrectionView.objects.select_for_update().filter(case_no=case_no).first()
    application = Application.objects.filter(case_no=case_no).first()
    if application is None:
        raise NotFound()
    if correction is None or correction.answered_at:
        raise NothingToCorrect()
    return correction, application


def _materials(application: Application, correction: CorrectionView, data: dict[str, Any], *, incomplete: bool) -> list[MaterialHandedIn]:
    """What was handed in before, replaced where something new was added, and what the corrected answers call for. MaterialsMissing."""
    before = {material["code"]: material for material in application.materials}
    item = definition_of(application.item_code, application.item_version)
    needed = needed_materials(item, {**data, "situation": application.content.get("situation", {})})
    given = {code: before.get(code, {}) | correction.materials.get(code, {}) for code in {*before, *correction.materials}}
    missing = missing_materials(needed, given)
    if missing and not incomplete:
        raise MaterialsMissing(fields={f"material:{material.code}": f"请上传“{material.name}”。" for material in missing})
    names = {material.code: material.name for material in item.materials}
    codes = dict.fromkeys([*before, *(material.code for material in needed), *correction.materials])
    return [
        MaterialHandedIn(
            code=code,
            name=before.get(code, {}).get("name") or names.get(code, code),
            files=tuple(decode(FileRef, file) for file in given.get(code, {}).get("files", [])),
            from_licence=given.get(code, {}).get("from_licence", ""),
            from_register=given.get(code, {}).get("from_register", ""),
            follows_later=bool(given.get(code, {}).get("follows_later")),
        )
        for code in codes
    ]


def _locked(application: Application) -> dict[str, Any]:
    draft = Draft.objects.filter(id=application.draft).first()
    return {path: given["value"] for path, given in draft.prefilled.items() if given.get("locked")} if draft else {}
