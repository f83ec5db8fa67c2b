"""Labour-dispatch permits of the demonstration firm, as tests of what follows a decision need them."""

from datetime import date
from typing import Any

from santai.back.permits.models import HeldLicence
from santai.exchange.licences.models import Licence
from santai.front.hall import service as hall
from santai.kernel.clocks.service import now, today
from santai.kernel.forms.service import dated
from santai.kernel.jobs.service import drain
from tests.support import walk

HR_FIRM = "91189901MA8100029W"
ITEM = "劳务派遣经营许可"
DISPATCH = {
    "registered_capital": 200,
    "legal_representative": {"name": "方凯", "id_kind": "resident-id", "id_number": "189901198211151115", "mobile": "19981000015"},
    "premises": "望江街道锦绣路 188 号 9 层",
    "tenure": "own",
    "area": 120,
    "facilities": "办公设施齐全，有派遣管理信息系统。",
    "staff": [{"name": "方凯", "id_number": "189901198211151115", "post": "总经理"}],
    "rules": ["contract", "pay", "insurance", "hours", "discipline"],
    "dispatched": 60,
    "pledge": True,
}
TOLD = ("conditions", "standards", "consequences")


def firm() -> Any:
    """The manager acting for the firm."""
    return walk.company("hr-manager", HR_FIRM)


def draft() -> hall.Draft:
    """A filled draft with every material."""
    return walk.start(firm(), walk.item_code(ITEM), dated(DISPATCH, today()))


def granted(one: hall.Draft | None = None) -> str:
    """Filed, accepted, examined and granted; the licence is sealed. The case number."""
    case_no = walk.submit(firm(), one or draft())
    examiner = walk.official("hrss-examiner")
    walk.check(case_no, examiner)
    walk.examine(case_no, examiner)
    walk.decide(case_no, walk.official("hrss-decider"))
    drain()
    return case_no


def licence_of(case_no: str) -> HeldLicence:
    return HeldLicence.objects.get(case_no=case_no)


def expires(identifier: str, on: date) -> None:
    """As if the licence had been given for a term that ends on that day."""
    for model in (HeldLicence, Licence):
        model._default_manager.filter(identifier=identifier).update(valid_to=on)
    hall.LicenceView.objects.filter(identifier=identifier).update(valid_to=on.isoformat())


def commit(one: hall.Draft) -> hall.Draft:
    """The commitment is chosen and signed in the draft."""
    return hall.choose_commitment(draft_id=one.id, told=TOLD, actor=firm()[1], at=now())
