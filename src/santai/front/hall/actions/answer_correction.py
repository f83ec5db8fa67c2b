"""Write and send the one answer to a correction notice."""

from datetime import datetime
from typing import Any

from django.db import transaction

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ApplicationCorrected, FileRef, MaterialHandedIn, decode, encode
from santai.front.hall.errors import DraftIncomplete, NotFound, NothingToCorrect, StaleDraft
from santai.front.hall.models import Application, CaseLine, CaseView, CorrectionView
from santai.kernel.forms.service import check, get_form
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def save_correction(*, case_no: str, data: dict[str, Any], revision: int, actor: Actor, at: datetime) -> CorrectionView:
    """Keep the corrected form as it is typed. Errors: NotFound, NothingToCorrect, StaleDraft."""
    correction, application = _open(case_no)
    if revision != correction.revision:
        raise StaleDraft()
    form = get_form(application.form, application.form_version)
    correction.data = check(form, data, today=at.date(), locked=_locked(application)).data
    correction.revision += 1
    correction.save(update_fields=["data", "revision"])
    return correction


@transaction.atomic
def add_correction_file(*, case_no: str, code: str, files: list[FileRef], actor: Actor, at: datetime) -> CorrectionView:
    """Add files to a material of the correction."""
    correction, _ = _open(case_no)
    given = dict(correction.materials.get(code, {}))
    given["files"] = [*given.get("files", []), *(encode(file) for file in files)]
    correction.materials = {**correction.materials, code: given}
    correction.save(update_fields=["materials"])
    return correction


@transaction.atomic
def submit_correction(*, case_no: str, actor: Actor, at: datetime) -> CorrectionView:
    """Send the answer; it can be sent once. Errors: NothingToCorrect (also on a double click), DraftIncomplete with ``fields``."""
    correction, application = _open(case_no)
    form = get_form(application.form, application.form_version)
    checked = check(form, correction.data or application.content, today=at.date(), locked=_locked(application))
    if checked.errors:
        raise DraftIncomplete(fields=checked.errors)
    content = checked.data | ({"situation": application.content["situation"]} if "situation" in application.content else {})
    materials = []
    for material in application.materials:
        replaced = correction.materials.get(material["code"])
        files = replaced["files"] if replaced else material.get("files", [])
        materials.append(
            MaterialHandedIn(
                code=material["code"],
                name=material["name"],
                files=tuple(decode(FileRef, file) for file in files),
                from_licence=material.get("from_licence", ""),
                from_register=material.get("from_register", ""),
            )
        )
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


def _locked(application: Application) -> dict[str, Any]:
    from santai.front.hall.models import Draft

    draft = Draft.objects.filter(id=application.draft).first()
    return {path: given["value"] for path, given in draft.prefilled.items() if given.get("locked")} if draft else {}
