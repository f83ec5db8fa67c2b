"""延续, 变更: what a case about an existing licence brings with it; silence until expiry renews (行政许可法 50)."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from santai.back.approvals.service import close_branch, note_progress, serve_document
from santai.back.cases.service import Case, SubCase, lock_case
from santai.back.permits.errors import NotCompetent
from santai.back.permits.models import HeldLicence, LicenceAct, LicenceCase
from santai.exchange.contracts.service import ApplicationSubmitted
from santai.kernel.clocks.service import clocks_of
from santai.kernel.flow.service import cancel_process
from santai.kernel.jobs.service import for_each
from santai.kernel.ledger.service import as_one_act, system_actor

SAID = {"renew": "延续", "change": "变更", "replace": "补领"}


def note_business(*, case: Case, message: ApplicationSubmitted) -> None:
    """Which licence the case is about, and from when a renewed one counts. The caller holds the transaction."""
    if message.business == "new" or not message.licence:
        return
    held = HeldLicence.objects.filter(identifier=message.licence).first()
    expires = held.valid_to if held else None
    LicenceCase.objects.get_or_create(
        case_no=case.case_no,
        defaults={
            "identifier": message.licence,
            "business": message.business,
            "expires_on": expires if message.business == "renew" else None,
        },
    )
    begins = (expires + timedelta(days=1)).isoformat() if expires else localdate(case.received_at).isoformat()
    case.facts = {**case.facts, "business": message.business, "licence": message.licence, "licence_from": begins}
    if not case._state.adding:
        case.save(update_fields=["facts"])


def refuse_foreign_licence(case: Case) -> None:
    """A change is asked of the organ that decided (行政许可法 49)."""
    link = LicenceCase.objects.filter(case_no=case.case_no).first()
    held = HeldLicence.objects.filter(identifier=link.identifier).first() if link else None
    if held is not None and held.organisation != case.organisation:
        raise NotCompetent(f"这张证照由{held.organisation_name}颁发，请向该机关申请{SAID.get(link.business, '') if link else ''}。")


def note_ended(*, case: Case, at: datetime) -> None:
    """The case about a licence is decided or over: silence means nothing any more."""
    LicenceCase.objects.filter(case_no=case.case_no, ended_at=None).update(ended_at=at)


def renew_the_silent(*, at: datetime) -> int:
    """Renewals applied for in time and undecided when the licence's last day is over."""
    due = LicenceCase.objects.filter(business="renew", ended_at=None, expires_on__lt=localdate(at)).values_list("case_no", flat=True)
    return for_each(list(due[:100]), lambda case_no: renew_by_silence(case_no=case_no, at=at), what="renewal by silence")


@as_one_act
def renew_by_silence(*, case_no: str, at: datetime) -> bool:
    """Deem one renewed; False when it was decided, or the applicant owes what the correction notice asked (no silence of the office)."""
    case = lock_case(case_no)
    link = LicenceCase.objects.select_for_update().get(case_no=case_no)
    if link.ended_at is not None or link.expires_on is None or link.expires_on >= localdate(at):
        return False
    if not case.is_open or case.state == Case.State.CORRECTING or case.shape != "single":
        link.ended_at = at
        link.save(update_fields=["ended_at"])
        return False
    link.ended_at, link.deemed = at, True
    link.save(update_fields=["ended_at", "deemed"])
    actor = system_actor("back.permits")
    sub_case = SubCase.objects.select_for_update(of=("self",)).get(case=case)
    sub_case.case = case
    cancel_process(subject=f"subcase:{sub_case.sub_case_no}", why="视为准予延续", actor=actor, at=at)
    begins = (link.expires_on + timedelta(days=1)).isoformat()
    document = serve_document(
        case=case, sub_case=sub_case, kind="renewed", at=at,
        data={"received_at": case.received_at.isoformat(), "expired_on": link.expires_on.isoformat(), "valid_from": begins},
    )  # fmt: skip
    held = HeldLicence.objects.filter(identifier=link.identifier).first()
    if held is not None:
        LicenceAct.objects.create(
            identifier=held.identifier, case_no=case_no, kind="renew_by_silence", reason="届满前没有作出决定，视为准予延续",
            organisation=case.organisation, organisation_name=case.organisation_name, by_name="", document_no=document.document_no, at=at,
        )  # fmt: skip
    close_branch(
        case=case, sub_case=sub_case, outcome="granted", actor=actor, at=at, document_no=document.document_no,
        text=f"原许可有效期届满，在届满前没有作出决定，视为准予延续（{document.document_no}）。",
    )  # fmt: skip
    note_progress(
        case=case, sub_case=sub_case, event="renewed_by_silence", actor=actor, at=at, text="依照行政许可法第五十条视为准予延续。",
        clocks=[clock for clock in clocks_of(f"subcase:{sub_case.sub_case_no}") if clock.missed_at], public=False,
    )  # fmt: skip
    return True
