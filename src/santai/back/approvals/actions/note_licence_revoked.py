"""A licence this office gave was revoked."""

from datetime import datetime

from santai.back.cases.service import SubCase, note_event
from santai.exchange.contracts.service import LicenceRevoked
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def note_licence_revoked(*, message: LicenceRevoked, actor: Actor, at: datetime) -> None:
    """Show it on the case; nothing for a licence that no case of ours gave."""
    for sub_case in SubCase.objects.filter(case_id=message.case_no, licence__identifier=message.identifier):
        sub_case.licence = {**sub_case.licence, "revoked_at": message.revoked_at, "revoked_why": message.reason}
        sub_case.save(update_fields=["licence"])
        note_event(
            case_no=message.case_no,
            sub_case_no=sub_case.sub_case_no,
            event="licence_revoked",
            organisation_name=sub_case.organisation_name,
            actor=actor,
            text=f"电子证照已撤销：{message.reason}",
            public=True,
            at=at,
        )
