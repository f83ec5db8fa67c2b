"""Hand in more before anybody asked: receipt and the office's five days stay where they were."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ApplicationCorrected, FileRef, MaterialHandedIn, decode, encode
from santai.front.hall.errors import MaterialNotHere, NotFound, NotOpen
from santai.front.hall.models import Application, CaseLine, CaseView
from santai.front.hall.queries import definition_of
from santai.kernel.ledger.service import Actor, as_one_act, record


@as_one_act
def supplement(*, case_no: str, files: Mapping[str, Sequence[FileRef]], actor: Actor, at: datetime) -> Application:
    """Add papers to a case that is not accepted yet. Errors: NotFound; NotOpen; MaterialNotHere for one the item does not list."""
    application = Application.objects.select_for_update().filter(case_no=case_no).first()
    view = CaseView.objects.filter(case_no=case_no).first()
    if application is None or view is None:
        raise NotFound()
    if view.state != "received":
        raise NotOpen("现在不能补充材料；收到补正通知的，请按通知补正。")
    names = {material.code: material.name for material in definition_of(application.item_code, application.item_version).materials}
    if unknown := [code for code in files if code not in names]:
        raise MaterialNotHere(fields={f"material:{code}": MaterialNotHere.message for code in unknown})
    kept = {one["code"]: one for one in application.materials}
    for code, added in files.items():
        before = kept.get(code, {"code": code, "name": names[code]})
        kept[code] = before | {"files": [*before.get("files", []), *(encode(file) for file in added)]}
    application.materials = list(kept.values())
    application.save(update_fields=["materials"])
    CaseLine.objects.create(case_no=case_no, at=at, event="supplemented", text="您补充提交了材料。")
    record(actor=actor, act="front.hall.supplement", on=f"case:{case_no}", at=at, details={"materials": list(files)})
    publish(
        ApplicationCorrected(
            case_no=case_no,
            notice_no="",
            corrected_at=at.isoformat(),
            content=application.content,
            materials=tuple(decode(MaterialHandedIn, one) for one in application.materials),
        ),
        actor=actor,
        order_key=case_no,
        at=at,
    )
    return application
