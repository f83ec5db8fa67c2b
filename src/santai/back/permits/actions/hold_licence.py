"""Keep what the department must know of its licences: issued, changed, ended."""

from datetime import date, datetime

from django.utils.timezone import localdate

from santai.back.approvals.service import item_of
from santai.back.cases.service import Case
from santai.back.permits.models import HeldLicence
from santai.back.permits.rules.start_of_work import begin_by
from santai.exchange.contracts.service import LicenceIssued, LicenceRevoked, encode
from santai.kernel.ledger.service import as_one_act

STATES = {"02": "valid", "03": "revoked", "04": "cancelled", "05": "void", "07": "revoked", "99": "recalled"}


@as_one_act
def hold_licence(*, message: LicenceIssued) -> HeldLicence:
    """The copy of a new version; the version it takes the place of is void, unless it simply runs to its last day (a renewal)."""
    issued_at = datetime.fromisoformat(message.issued_at)
    case = Case.objects.filter(case_no=message.case_no).first()
    valid_from = date.fromisoformat(message.valid_from) if message.valid_from else localdate(issued_at)
    before = HeldLicence.objects.filter(identifier=message.previous).first() if message.previous else None
    begins = None
    if case is not None and before is None:
        begins = begin_by(item_of(case.item_code, case.item_version).start_work, valid_from)
    row, _ = HeldLicence.objects.get_or_create(
        identifier=message.identifier,
        defaults={
            "number": message.number,
            "title": message.title,
            "licence_type": message.licence_type,
            "version": message.version,
            "previous": message.previous,
            "holder": encode(message.holder),
            "holder_name": message.holder.name,
            "organisation": message.organisation or (case.organisation if case else ""),
            "organisation_name": message.organisation_name,
            "case_no": message.case_no,
            "sub_case_no": message.sub_case_no,
            "item_code": case.item_code if case else before.item_code if before else "",
            "item_version": case.item_version if case else before.item_version if before else 0,
            "item_name": case.item_name if case else before.item_name if before else message.title,
            "issued_at": issued_at,
            "valid_from": valid_from,
            "valid_to": date.fromisoformat(message.valid_to) if message.valid_to else None,
            "begin_by": before.begin_by if before else begins,
            "put_off": before.put_off if before else 0,
            "begun_on": before.begun_on if before else None,
        },
    )
    if before is not None and before.valid_from == row.valid_from and before.state == "valid":
        before.state, before.state_reason = "void", f"已换发第 {row.version} 版"
        before.save(update_fields=["state", "state_reason"])
    return row


@as_one_act
def note_licence_state(*, message: LicenceRevoked) -> None:
    """What the register says of a licence, also when somebody there changed it. An act of ours is known already."""
    row = HeldLicence.objects.select_for_update().filter(identifier=message.identifier).first()
    state = STATES.get(message.state, "")
    if row is None or not state or row.state == state or (row.state == "lapsed" and state == "void"):
        return
    row.state, row.state_reason = state, message.reason
    row.save(update_fields=["state", "state_reason"])
