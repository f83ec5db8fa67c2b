"""Review or judgment set a decision aside: its licence and its publication fall with it."""

from datetime import datetime

from santai.back.cases.service import Case, SubCase
from santai.back.permits.actions.act_on_licence import _end, _tell_register
from santai.back.permits.actions.publish_decision import withdraw_publication
from santai.back.permits.models import HeldLicence, LicenceAct
from santai.kernel.ledger.service import Actor


def annul(*, case: Case, sub_case: SubCase, why: str, actor: Actor, at: datetime) -> None:
    """Revoke the licence the annulled decision gave and order its publication off. Inside the act of approvals."""
    held = HeldLicence.objects.select_for_update().filter(sub_case_no=sub_case.sub_case_no, state="valid").first()
    if held is not None:
        act = LicenceAct.objects.create(
            identifier=held.identifier, case_no=case.case_no, kind="revoke", ground="", reason=why, organisation=sub_case.organisation,
            organisation_name=sub_case.organisation_name, by_name=actor.name, by_post=actor.post_title, at=at,
        )  # fmt: skip
        _end(held, "revoked", why)
        _tell_register(held, "revoke", act, reason=why, actor=actor, at=at)
    withdraw_publication(sub_case_no=sub_case.sub_case_no, because=why, actor=actor, at=at)
